"""Interventions as a chart with its reading and table twin: the same for a school, the trust and the SEND lead."""

from __future__ import annotations

from dashboards.charts import can_be_drawn, interventions_chart
from dashboards.figures import Row, known, shown
from dashboards.markup import Content, Html, tag
from dashboards.tables import TableTwin, headings
from dashboards.views import page
from dashboards.views.visits import Visit
from dashboards.wording import impact as words
from dashboards.wording.numbers import counted, listed, percent, pounds, signed, whole

_LEGEND = (
    ("dot", "strong or moderate evidence (A, B)"),
    ("dot hollow", "weak evidence (C)"),
    ("", "no dot: no evidence yet (D), or a test of another kind"),
)


def show_interventions(
    visit: Visit, rows: list[Row], name: str, twin: TableTwin, fold: str = page.SAME_AS_TABLE
) -> int:
    """Chart, legend, reading, table twin and download; ``rows`` come in order of name. Returns the hidden cells."""
    is_drawn = any(can_be_drawn(row) for row in rows)
    if is_drawn:
        page.chart(interventions_chart(rows), alt=alt_text(rows), key=f"chart-{name}")
        page.legend(*_LEGEND)
    page.reading(reading_sentence(rows), words.HOW_TO_READ if is_drawn else "")
    hidden = page.table(twin, name, visit, fold if is_drawn else "")
    page.paragraphs(
        words.chance_sentence(sum(known(row, "difference_points") for row in rows)), words.NOT_A_TRIAL, class_="small"
    )
    return hidden


def reading_sentence(rows: list[Row]) -> str:
    """The chart in one sentence: how many are ahead, behind, without clear difference, not to be told."""
    verdicts = [row["verdict"] for row in rows]
    parts = (
        ("AHEAD", "ended ahead of similar pupils"),
        ("BEHIND", "ended behind"),
        ("NO_CLEAR_DIFFERENCE", "showed no clear difference"),
        ("CANNOT_TELL", "cannot be judged yet"),
    )
    said = [f"{verdicts.count(code)} {what}" for code, what in parts if code in verdicts]
    return (
        f"Of {counted(len(rows), 'intervention')}, {listed(said)}." if said else "There are no interventions to show."
    )


def alt_text(rows: list[Row]) -> str:
    """What the picture shows, for people who do not see it. Only what is drawn."""
    drawn = [
        f"{row['intervention_name']}: {words.points_words(row['difference_points'])}, range {words.range_words(row)}"
        for row in rows
        if can_be_drawn(row)
    ]
    return "Difference from similar pupils in points. " + ("; ".join(drawn) + "." if drawn else "Nothing is drawn.")


def interventions_table(rows: list[Row], caption: str, is_school: bool = False) -> TableTwin:
    """The chart's table twin. In a school's, pupils who started, delivery and cost are the school's own."""
    started = "school_started_count" if is_school else "started_count"
    pupils = "#Pupils here" if is_school else "#Pupils started"
    return TableTwin(
        caption,
        headings("Intervention", pupils, "#Compared, in the trust", "#Difference in points (likely range)",
                 "Grade", "Verdict", "#Delivered", "#Cost to date"),
        tuple(
            (
                row["intervention_name"],
                shown(row, started, whole),
                shown(row, "both_scores_count", whole),
                difference_words(row),
                words.grade_words(row["grade"]),
                words.verdict_words(row["verdict"]),
                shown(row, "dose_rate", percent),
                shown(row, "cost_to_date_pence", pounds),
            )
            for row in rows
        ),
        "Compared: pupils with a score before and after. They, the difference, the grade and the verdict are over the "
        "whole trust and all years.",
    )  # fmt: skip


def difference_words(row: Row) -> Content:
    """A difference never stands without its range: +3 (0 to +7)."""
    if not known(row, "difference_points", "lower_points", "upper_points"):
        return shown(row, "difference_points")
    return f"{signed(row['difference_points'])} ({words.range_words(row)})"


def card(row: Row, *extra: Content) -> Html:
    """One intervention: grade, verdict, what can be said, dose."""
    grade = tag("span", row["grade"], class_="grade", title=f"Evidence: {words.grade_words(row['grade'])}")
    meta = tag("p", grade, f" {words.verdict_words(row['verdict'])}", class_="meta")
    said = (words.result_sentence(row), words.dose_sentence(row), words.cost_sentence(row), *extra)
    return tag("li", tag("h3", row["intervention_name"]), meta, *(tag("p", part) for part in said if part))
