"""Trustees' page of destinations: by stage, special-school leavers in a section of their own, schools, moves."""

from __future__ import annotations

import streamlit as st

from dashboards.figures import Row, shown
from dashboards.queries import destinations, moves, questions
from dashboards.tables import TableTwin, headings
from dashboards.views import page, shared_destinations
from dashboards.views.shared_asking import ASKS_SHOWN, NOT_A_JUDGEMENT, asks_of
from dashboards.views.visits import Visit
from dashboards.wording import destination_steps as steps
from dashboards.wording import destinations as words
from dashboards.wording.numbers import percent, whole
from expectations.vocabulary import TRUST

SPECIAL = "Special school leaver"


def show(visit: Visit) -> None:
    """The leavers of the trust."""
    rows = visit.read(destinations.of_school(TRUST))
    everyone = [row for row in rows if row["sen_group"] == shared_destinations.EVERYONE]
    facts = [("Leaving years", words.years_words(everyone[-1]))] if everyone else []
    page.masthead(visit, "For trustees", "Where our leavers go", facts)
    every_one = visit.read(questions.every_one_of_school(TRUST))
    listed = asks_of(visit, [row for row in every_one if row["subject"] == "DESTINATIONS"])
    if listed:
        page.section("Ask about", NOT_A_JUDGEMENT)
        st.html(page.asks(listed, ASKS_SHOWN))
    mainstream = [row for row in rows if row["leaver_stage"] != SPECIAL]
    page.section("Mainstream schools", "Where pupils were two terms after they left, over three years together.")
    hidden = shared_destinations.show_stages(visit, mainstream, "leavers")
    routes, schools = visit.read(destinations.routes()), visit.read(destinations.of_schools())
    for row in everyone:
        hidden += _stage(visit, row, routes, schools)
    page.section("Beside others", "England, and leavers with SEN beside those without.")
    hidden += shared_destinations.show_comparisons(visit, TRUST, visit.read(destinations.compared(TRUST)), "beside")
    st.html(shared_destinations.how_counted(steps.DEFINITION, words.HOW_TO_READ))
    page.section("Moves before leaving", "Who went before the end of a phase, and where to.")
    rates = visit.read(moves.rates())
    hidden += shared_destinations.show_moves(visit, rates, TRUST, "moves")
    hidden += page.table(_moves_by_school(visit, rates), "moves-by-school", visit, fold="Show the schools")
    page.key(hidden)


def _stage(visit: Visit, row: Row, routes: list[Row], schools: list[Row]) -> int:
    """One stage: its steps, its routes, its schools in order of name."""
    stage = row["leaver_stage"]
    name = stage.lower().replace(" ", "-")
    page.section(words.stage_words(row), f"Those who left in {words.years_words(row)}. Every leaver is counted.")
    hidden = shared_destinations.show_steps(visit, row, f"steps-{name}")
    taken = [route for route in routes if route["leaver_stage"] == stage]
    if taken:
        hidden += page.table(shared_destinations.routes_table(taken), f"routes-{name}", visit, fold="Show the routes")
    twin = _by_school(visit, stage, schools)
    return hidden + (page.table(twin, f"schools-{name}", visit, fold="Show the schools") if twin.rows else 0)


def _by_school(visit: Visit, stage: str, rows: list[Row]) -> TableTwin:
    found = {row["school_urn"]: row for row in rows if row["leaver_stage"] == stage}
    cells = tuple(
        (
            school["school_name"],
            shown(found[urn], "leavers_count", whole),
            shown(found[urn], "sustained_low_rate", percent),
            shown(found[urn], "sustained_high_rate", percent),
            shown(found[urn], "unknown_count", whole),
        )
        for urn, school in visit.schools().items()
        if urn in found
    )
    labels = headings("School", "#Leavers", "#Sustained, lowest", "#Sustained, highest", "#Not traced")
    return TableTwin(f"{stage}: schools", labels, cells, "In order of name. Needs differ; this is no ranking.")


def _moves_by_school(visit: Visit, rates: list[Row]) -> TableTwin:
    by_key = {(row["school_urn"], row["move_group"]): row for row in rates}
    cells = tuple(
        (
            school["school_name"],
            *(
                shown(by_key.get((urn, group), {}), column, said)
                for group in ("All pupils", "SEN", "No SEN")
                for column, said in (("moves_count", whole), ("moves_per_100_years", str))
            ),
        )
        for urn, school in visit.schools().items()
        if (urn, "All pupils") in by_key
    )
    labels = headings("School", "#Moves", "#In 100 a year", "#With SEN", "#In 100 a year, SEN", "#Without SEN",
                      "#In 100 a year, no SEN")  # fmt: skip
    return TableTwin("Moves before the end of a phase, by school", labels, cells, "In order of name; no ranking.")
