"""Interventions as a chart with its reading and table twin: the same for a school, the trust and the SEND lead."""

from __future__ import annotations

from collections.abc import Sequence

from dashboards.charts.interventions import intervention_marks, interventions_alt, interventions_chart
from dashboards.charts.ranges import Mark
from dashboards.figures import Row, is_hidden, shown
from dashboards.markup import HIDDEN, MISSING, Content, Html, tag
from dashboards.queries import impact
from dashboards.queries.estimates import Estimate, estimate_of, own_estimate_of
from dashboards.tables import Cell, Linked, TableTwin, headings
from dashboards.views import page
from dashboards.views.visits import Visit
from dashboards.wording import catalogue, differences
from dashboards.wording import impact as words
from dashboards.wording.numbers import percent, pounds, signed, whole

_FIRM = ("dot", "strong or moderate evidence (A, B)")
_WEAK = ("dot hollow", "weak evidence (C)")
_ALONE = ("diamond", "diamond: its own pupils alone, not drawn towards an average")
_BAND = ("band", "its subject’s average, and where another one would be expected")
_NO_DOT = ("", "no dot: no evidence yet (D), or a test of another kind, in words")


def domains_of(visit: Visit) -> dict[str, Row]:
    """Each subject's average, by its name."""
    return {row["outcome_domain"]: row for row in visit.read(impact.domains())}


def show_interventions(
    visit: Visit, rows: list[Row], name: str, twin: TableTwin, fold: str = page.SAME_AS_TABLE, group: str = ""
) -> int:
    """Chart, legend, reading, table twin and download; ``rows`` come in the order shown. Returns the hidden cells.

    ``group``: the column whose values open parts of the picture.
    """
    domains = domains_of(visit)
    marks = intervention_marks(rows, domains, group)
    is_drawn = any(mark.estimate for mark in marks)
    if is_drawn:
        page.chart(interventions_chart(marks), interventions_alt(marks), key=f"chart-{name}",
                   title=catalogue.reading_sentence(rows).removesuffix("."))  # fmt: skip
        page.legend(*legend_of(marks))
    page.reading(*(how_to_read(marks) if is_drawn else (catalogue.reading_sentence(rows),)))
    hidden = page.table(twin, name, visit, fold if is_drawn else "")
    compared = sum(estimate_of(row) is not None or bool(differences.short_words(row)) for row in rows)
    page.paragraphs(catalogue.chance_sentence(compared), words.NOT_A_TRIAL, class_="small")
    return hidden


def legend_of(marks: Sequence[Mark]) -> list[tuple[str, str]]:
    """What the marks that are there mean, and no others."""
    drawn = [(mark, mark.estimate) for mark in marks if mark.estimate is not None]
    kept = (
        (_FIRM, any(mark.is_firm for mark, _ in drawn)),
        (_WEAK, any(not mark.is_firm for mark, _ in drawn)),
        (_ALONE, any(not estimate.is_drawn_in for _, estimate in drawn)),
        (_BAND, any(mark.band for mark, _ in drawn)),
        (_NO_DOT, len(drawn) < len(marks)),
    )
    return [entry for entry, is_there in kept if is_there]


def how_to_read(marks: Sequence[Mark]) -> tuple[str, str]:
    """How to read the marks that are there."""
    return catalogue.HOW_TO_READ, catalogue.HOW_TO_READ_BAND if any(mark.band for mark in marks) else ""


def interventions_table(rows: Sequence[Row], caption: str, is_school: bool = False) -> TableTwin:
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
    """The shown estimate, never without its range: +3 (0 to +7); on other scales in words."""
    if row["outcome_unit"] not in (None, "POINTS"):
        return differences.short_words(row) or missing_sign(row)
    estimate = estimate_of(row)
    return missing_sign(row) if estimate is None else signed_range(estimate)


def own_words(row: Row) -> Content:
    """The figure of its own pupils alone, in points."""
    own = own_estimate_of(row) if row["outcome_unit"] == "POINTS" else None
    return missing_sign(row) if own is None else signed_range(own)


def missing_sign(row: Row) -> Content:
    """Why no difference stands there: hidden, or none."""
    names = ("difference_points", "shrunken_points", "superiority_rate")
    return HIDDEN if any(is_hidden(row, name) for name in names) else MISSING


def signed_range(estimate: Estimate) -> str:
    """+3 (0 to +7)."""
    return f"{signed(estimate.points)} ({differences.range_words(estimate.lower, estimate.upper)})"


def in_depth(name: str) -> Cell:
    """An intervention's name, leading to its own page."""
    return Linked(name, "intervention", {"name": name})


def card(row: Row, *extra: Content) -> Html:
    """One intervention: grade, verdict, what can be said, dose."""
    meta = tag("p", grade_badge(row), f" {words.verdict_words(row['verdict'])}", class_="meta")
    own = " ".join(
        said for said in (differences.here_sentence(row), words.dose_sentence(row), words.cost_sentence(row)) if said
    )
    said = (differences.result_sentence(row), own, *extra)
    return tag("li", tag("h3", row["intervention_name"]), meta, *(tag("p", part) for part in said if part))


def grade_badge(row: Row) -> Html:
    """The letter in its box, its word beside it for those who hover or listen."""
    said = f"Evidence: {words.grade_words(row['grade'])}"
    return tag("span", row["grade"], class_="grade", title=said)
