"""The SEND lead's interventions: the whole catalogue, by subject and area, with effect, range, grade, dose and cost."""

from __future__ import annotations

import streamlit as st

from dashboards.figures import Row, known, shown
from dashboards.markup import MISSING, Content, tag, visible
from dashboards.queries import impact
from dashboards.tables import TableTwin, headings
from dashboards.views import page, shared_impact
from dashboards.views.visits import Visit
from dashboards.wording import catalogue, differences
from dashboards.wording import impact as words
from dashboards.wording.numbers import percent, pounds, signed, whole

EVERY_AREA, EVERY_SUBJECT = "Every area of need", "Every subject"
BY_NAME, BY_AREA = "by name", "by area of need"


def show(visit: Visit) -> None:
    """Catalogue: chart, table, averages by subject, what is told in words only."""
    rows = visit.read(impact.interventions())
    judged = sum(1 for row in rows if row["verdict"] != "CANNOT_TELL")
    page.masthead(visit, "For the SEND lead", "Interventions",
                  [("In the catalogue", str(len(rows))), ("With a verdict", str(judged))])  # fmt: skip
    if not rows:
        page.paragraphs("No intervention is in the data yet.")
        return
    page.section("Catalogue", "Each beside similar pupils in the trust, over all years. Not a ranking.")
    chosen, group = _choose(rows)
    if not chosen:
        page.paragraphs("No intervention is both of this area and this subject.")
        return
    hidden = shared_impact.show_interventions(visit, chosen, "catalogue", catalogue_table(chosen), fold="", group=group)
    _averages(visit, chosen)
    page.section("What it took")
    hidden += page.table(delivery_table(chosen), "delivery-and-cost", visit)
    _in_words(chosen)
    page.key(hidden)


def _choose(rows: list[Row]) -> tuple[list[Row], str]:
    """The interventions of an area and a subject in the order asked for, and the column that groups them."""
    areas = sorted({row["area_of_need"] for row in rows if row["area_of_need"]})
    subjects = sorted({row["outcome_domain"] for row in rows if row["outcome_domain"]})
    left, middle, right = st.columns(3)
    with left:
        area = st.selectbox("Area of need", [EVERY_AREA, *areas], format_func=visible, key="area")
    with middle:
        subject = st.selectbox("Subject", [EVERY_SUBJECT, *subjects], format_func=visible, key="subject")
    with right:
        order = st.selectbox("In order", [BY_NAME, BY_AREA], key="order")
    chosen = [
        row
        for row in rows
        if area in (EVERY_AREA, row["area_of_need"]) and subject in (EVERY_SUBJECT, row["outcome_domain"])
    ]
    if order == BY_NAME:
        return chosen, ""
    return sorted(chosen, key=lambda row: (row["area_of_need"] or "~", row["intervention_name"])), "area_of_need"


def catalogue_table(rows: list[Row]) -> TableTwin:
    """The chart's table twin, with the same rounding; each name leads to the intervention's own page."""
    return TableTwin(
        "Catalogue of interventions: the result",
        headings("Intervention", "Subject", "Grade", "Verdict", "#Best estimate (likely range)",
                 "#Its own pupils alone", "#Pupils compared"),
        tuple(
            (
                shared_impact.in_depth(row["intervention_name"]),
                row["outcome_domain"] or MISSING,
                words.grade_words(row["grade"]),
                words.verdict_words(row["verdict"]),
                shared_impact.difference_words(row),
                shared_impact.own_words(row),
                shown(row, "both_scores_count", whole),
            )
            for row in rows
        ),
        "Best estimate: drawn towards the average of its subject where five or more can be compared, otherwise its own "
        "pupils alone. Points of a standardised test unless words say otherwise.",
    )  # fmt: skip


def delivery_table(rows: list[Row]) -> TableTwin:
    """What it took: who started, where, how much was delivered, what it cost and will cost."""
    return TableTwin(
        "Catalogue of interventions: delivery and cost",
        headings("Intervention", "Area of need", "#Pupils started", "#Schools", "#Delivered", "#Adult hours",
                 "#Cost to date", "#Full plan"),
        tuple(
            (
                row["intervention_name"],
                row["area_of_need"] or MISSING,
                shown(row, "started_count", whole),
                str(row["schools_count"]),
                shown(row, "dose_rate", percent),
                shown(row, "delivered_hours", whole),
                shown(row, "cost_to_date_pence", pounds),
                shown(row, "planned_cost_pence", pounds),
            )
            for row in rows
        ),
        "Delivered: of the sessions due by the date of the data.",
    )  # fmt: skip


def effect_words(row: Row) -> Content:
    """An effect size never stands without its range."""
    if not known(row, "effect_size_sd", "lower_sd", "upper_sd"):
        return shown(row, "effect_size_sd")
    size, low, high = (signed(row[name], "0.01") for name in ("effect_size_sd", "lower_sd", "upper_sd"))
    return f"{size} ({low} to {high})"


def _averages(visit: Visit, rows: list[Row]) -> None:
    """What each subject's interventions come to together."""
    domains = shared_impact.domains_of(visit)
    here = sorted({row["outcome_domain"] for row in rows if row["outcome_domain"] in domains})
    if here:
        page.section("Together, by subject", "A few results always look far apart by luck. Together they say more.")
        page.paragraphs(*(catalogue.domain_sentence(domains[name]) for name in here))


def _in_words(rows: list[Row]) -> None:
    """Outcomes that are no points on a test: ranks, sessions missed, suspensions."""
    told = [row for row in rows if row["outcome_unit"] not in (None, "POINTS")]
    if not told:
        return
    page.section("On other scales, in words", "Steps, bands and ages are ranks; attendance is sessions. No points.")
    cards = (
        tag(
            "li",
            tag("h3", row["intervention_name"]),
            tag("p", shared_impact.grade_badge(row), f" {words.verdict_words(row['verdict'])}", class_="meta"),
            tag("p", differences.result_sentence(row)),
        )
        for row in told
    )
    st.html(tag("ul", *cards, class_="cards"))
