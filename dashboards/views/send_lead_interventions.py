"""The SEND lead's interventions: the catalogue with effect, range, grade, verdict, dose and cost; one in depth."""

from __future__ import annotations

import streamlit as st

from dashboards.figures import Row, known, shown
from dashboards.markup import Content, join, tag, visible
from dashboards.queries import impact
from dashboards.tables import TableTwin, headings
from dashboards.views import page, shared_impact
from dashboards.views.visits import Visit
from dashboards.wording import impact as words
from dashboards.wording.numbers import percent, pounds, sentence, signed, whole

EVERY_AREA = "Every area of need"


def show(visit: Visit) -> None:
    """Catalogue, then one intervention."""
    rows = visit.read(impact.interventions())
    judged = sum(1 for row in rows if row["verdict"] != "CANNOT_TELL")
    page.masthead(visit, "For the SEND lead", "Interventions",
                  [("In the catalogue", str(len(rows))), ("With a verdict", str(judged))])  # fmt: skip
    if not rows:
        page.paragraphs("No intervention is in the data yet.")
        return
    page.section("Catalogue", "In order of name. The difference is from similar pupils in the trust, over all years.")
    areas = sorted({row["area_of_need"] for row in rows if row["area_of_need"]})
    area = st.selectbox("Area of need", [EVERY_AREA, *areas], format_func=visible, key="area")
    chosen = [row for row in rows if area in (EVERY_AREA, row["area_of_need"])]
    hidden = shared_impact.show_interventions(visit, chosen, "catalogue", _catalogue(chosen), fold="")
    hidden += _in_depth(visit, chosen)
    page.key(hidden)


def _catalogue(rows: list[Row]) -> TableTwin:
    return TableTwin(
        "Catalogue of interventions",
        headings("Intervention", "Grade", "Verdict", "#Difference in points (likely range)",
                 "#Effect size (SD)", "#Pupils", "#Schools", "#Delivered", "#Cost to date", "#Planned cost"),
        tuple(
            (
                row["intervention_name"],
                words.grade_words(row["grade"]),
                words.verdict_words(row["verdict"]),
                shared_impact.difference_words(row),
                effect_words(row),
                shown(row, "started_count", whole),
                str(row["schools_count"]),
                shown(row, "dose_rate", percent),
                shown(row, "cost_to_date_pence", pounds),
                shown(row, "planned_cost_pence", pounds),
            )
            for row in rows
        ),
    )  # fmt: skip


def effect_words(row: Row) -> Content:
    """An effect size never stands without its range."""
    if not known(row, "effect_size_sd", "lower_sd", "upper_sd"):
        return shown(row, "effect_size_sd")
    size, low, high = (signed(row[name], "0.01") for name in ("effect_size_sd", "lower_sd", "upper_sd"))
    return f"{size} ({low} to {high})"


def _in_depth(visit: Visit, rows: list[Row]) -> int:
    page.section("One in depth")
    names = [row["intervention_name"] for row in rows]
    name = st.selectbox("Intervention", names, format_func=visible, key="intervention")
    row = next(row for row in rows if row["intervention_name"] == name)
    grade = tag("span", row["grade"], class_="grade")
    verdict = tag("p", grade, f" {words.verdict_words(row['verdict'])} · evidence {words.grade_words(row['grade'])}")
    st.html(join((tag("h3", name), verdict)))
    said = words.result_sentence(row)
    reason = words.reason_sentence(row)
    page.reading(said, words.growth_sentence(row), reason if reason not in said else "")
    page.paragraphs(words.design_sentence(row), words.missing_scores_sentence(row), words.dose_sentence(row),
                    _start_sentence(row))  # fmt: skip
    st.html(tag("dl", *(tag("div", tag("dt", label), tag("dd", said)) for label, said in _facts(row)), class_="facts"))
    schools = visit.read(impact.schools_running(name))
    hidden = page.table(_schools_table(visit, schools), "one-intervention", visit) if schools else 0
    ask = "What would have happened without it, and was the planned dose delivered?"
    st.html(tag("p", tag("b", "Ask"), ask, class_="ask"))
    return hidden


def _facts(row: Row) -> list[tuple[str, Content]]:
    test = " · ".join(part for part in (row["assessment_name"], row["subject"]) if part)
    return [
        ("Test", test or "none linked"),
        ("Pupils started", shown(row, "started_count", whole)),
        ("With both scores", shown(row, "both_scores_count", whole)),
        ("Similar pupils", shown(row, "comparison_count", whole)),
        ("Attended 80% or more", shown(row, "full_dose_rate", percent)),
        ("Hours delivered", shown(row, "delivered_hours", whole)),
        ("Cost to date", shown(row, "cost_to_date_pence", pounds)),
        ("Planned cost", shown(row, "planned_cost_pence", pounds)),
        ("Effect size (SD)", effect_words(row)),
    ]


def _start_sentence(row: Row) -> str:
    if not known(row, "baseline_gap_sd"):
        return ""
    gap = signed(abs(row["baseline_gap_sd"]), "0.01").lstrip("+")
    return sentence(f"before it began the groups stood at most {gap} standard deviations apart, after weighting.")


def _schools_table(visit: Visit, rows: list[Row]) -> TableTwin:
    names = visit.schools()
    return TableTwin(
        "In each school",
        headings("School", "Running", "#Pupils started", "#Delivered", "#Hours", "#Cost to date", "#Planned cost"),
        tuple(
            (
                names[row["school_urn"]]["school_name"] if row["school_urn"] in names else row["school_urn"],
                "yes" if row["is_running"] else "no",
                shown(row, "started_count", whole),
                shown(row, "dose_rate", percent),
                shown(row, "delivered_hours", whole),
                shown(row, "cost_to_date_pence", pounds),
                shown(row, "planned_cost_pence", pounds),
            )
            for row in rows
        ),
        "Schools are not compared on effect: that needs more pupils than one school has.",
    )
