"""A governor's page of leavers: where they meant to go, where they were, whether they stayed, who left before time."""

from __future__ import annotations

import streamlit as st

from dashboards.queries import destinations, moves, questions
from dashboards.views import page, shared_destinations
from dashboards.views.shared_asking import ASKS_SHOWN, NOT_A_JUDGEMENT, asks_of
from dashboards.views.visits import Visit
from dashboards.wording import destination_steps as steps
from dashboards.wording import destinations as words


def show(visit: Visit) -> None:
    """The leavers of one school."""
    urn = visit.school_urn or ""
    rows = visit.read(destinations.of_school(urn))
    everyone = [row for row in rows if row["sen_group"] == shared_destinations.EVERYONE]
    facts = [("Leaving years", words.years_words(everyone[-1]))] if everyone else []
    page.masthead(visit, f"{visit.schools()[urn]['school_name']} · for governors", "Our leavers", facts)
    every_one = visit.read(questions.every_one_of_school(urn))
    asked = [row for row in every_one if row["subject"] == "DESTINATIONS"]
    if asked:
        page.section("Ask about", NOT_A_JUDGEMENT)
        st.html(page.asks(asks_of(visit, asked), ASKS_SHOWN))
    hidden = 0
    for row in everyone:
        page.section(words.stage_words(row), f"Those who left in {words.years_words(row)}. Every leaver is counted.")
        hidden += shared_destinations.show_steps(visit, row, f"steps-{_name(row['leaver_stage'])}")
        if not any(ask_row["about"] == row["leaver_stage"] for ask_row in asked):
            page.ask("Did those who were in a place in September stay, and who calls those not traced?")
    if not everyone:
        page.section("Leavers", "No leavers are in the data for whom two terms have passed.")
    if rows:
        page.section("With and without SEN", "Two terms on, over three years together.")
        hidden += page.table(shared_destinations.destinations_table(rows), "leavers", visit)
        page.section("Beside others", "England, and leavers with SEN beside those without.")
        hidden += shared_destinations.show_comparisons(visit, urn, visit.read(destinations.compared(urn)), "beside")
        st.html(shared_destinations.how_counted(steps.DEFINITION, words.HOW_TO_READ))
    page.section("Moves before leaving", "Who went before the end of a phase.")
    hidden += shared_destinations.show_moves(visit, visit.read(moves.rates()), urn, "moves")
    page.ask("Who left in mid-phase, where to, and what had we tried first? No child named.")
    page.key(hidden)


def _name(stage: str) -> str:
    return stage.lower().replace(" ", "-")
