"""The trustees' page: the trust on a page. Exceptions across schools, impact, destinations, the schools."""

from __future__ import annotations

import streamlit as st

from dashboards.figures import Row, shown
from dashboards.markup import Content
from dashboards.queries import deliveries, destinations, impact, pupils, questions, value_for_money
from dashboards.tables import TableTwin, headings
from dashboards.views import page, shared_destinations
from dashboards.views.shared_asking import asks_of
from dashboards.views.trustee_interventions import show_whether_it_works
from dashboards.views.visits import Visit
from dashboards.wording.numbers import counted, percent, sentence, whole
from dashboards.wording.questions import SUBJECT_WORDS
from dashboards.wording.release import CONFIDENCE_WORDS, confidence_words
from expectations.vocabulary import TRUST

ASKS_SHOWN = 3
OF_THE_TRUST = "mart_impact__intervention"
"""A figure of the whole trust, asked of every school that runs it."""


def show(visit: Visit) -> None:
    """The trust on a page."""
    schools, confidence = visit.schools(), visit.read(deliveries.confidence())
    page.masthead(visit, "For trustees", visit.about()["trust_name"],
                  [("Schools", str(len(schools))), ("Data confidence", _confidence_words(confidence))])  # fmt: skip
    asked = visit.read(questions.of_all())
    _ask_about(visit, schools, asked)
    interventions = visit.read(impact.interventions())
    hidden = show_whether_it_works(visit, interventions)
    leavers = visit.read(destinations.of_school(TRUST))
    page.section("Destinations", "Where pupils were two terms after they left; more stands on the page Destinations.")
    page.reading(*(shared_destinations.headlines(leavers) or ["No leavers in the data."]))
    on_roll, newest = visit.read(pupils.on_roll()), visit.read(value_for_money.newest_year())
    hidden += _schools(visit, schools, on_roll, newest, confidence)
    page.key(hidden)


def _confidence_words(rows: list[Row]) -> str:
    said = [row["confidence"] for row in rows if row["school_urn"] != TRUST]
    counts = [f"{said.count(code)} {word.lower()}" for code, word in CONFIDENCE_WORDS.items() if code in said]
    return ", ".join(counts) or "not judged"


def _ask_about(visit: Visit, schools: dict[str, Row], asked: list[Row]) -> None:
    asking = [urn for urn in schools if any(row["school_urn"] == urn for row in asked)]
    lead = f"{len(asking)} of {counted(len(schools), 'school')} have figures worth a question."
    page.section("Ask about", sentence(lead))
    own = asks_of(visit, [row for row in asked if row["school_urn"] == TRUST])
    if own:
        st.html(page.asks(own[:ASKS_SHOWN]))
    if asking:
        page.table(_exceptions(visit, schools, asked), "questions", visit)


def _exceptions(visit: Visit, schools: dict[str, Row], asked: list[Row]) -> TableTwin:
    """What to ask in each school: how many questions, about what, the first one in words."""
    rows: list[tuple[Content, ...]] = []
    for urn, school in schools.items():
        mine = [row for row in asked if row["school_urn"] == urn]
        if not mine:
            continue
        subjects = list(dict.fromkeys(SUBJECT_WORDS.get(str(row["subject"]), "Other") for row in mine))
        own = [row for row in mine if row["figure_table"] != OF_THE_TRUST] or mine
        first = asks_of(visit, own[:1])[0]
        rows.append((school["school_name"], str(len(mine)), " · ".join(subjects), f"{first.title}. {first.question}"))
    labels = headings("School", "#Questions", "About", "~The most pressing of its own")
    return TableTwin("Questions in each school", labels, tuple(rows), "In order of name within each kind of school.")


def _schools(visit: Visit, schools: dict[str, Row], *sources: list[Row]) -> int:
    page.section("Our schools", "Special and mainstream schools stand apart: their figures do not compare.")
    hidden = 0
    for is_special, name in ((False, "Mainstream schools"), (True, "Special schools")):
        chosen = {urn: school for urn, school in schools.items() if school["is_special"] is is_special}
        if chosen:
            hidden += page.table(_school_grid(name, chosen, *sources), f"schools-{name.split()[0].lower()}", visit)
    return hidden


def _school_grid(
    name: str, schools: dict[str, Row], on_roll: list[Row], newest: list[Row], confidence: list[Row]
) -> TableTwin:
    """One row per school: who is on roll, what is delivered, how sure the data is."""
    by_urn = [{row["school_urn"]: row for row in rows} for rows in (on_roll, newest, confidence)]
    rows = []
    for urn, school in schools.items():
        roll, plan, sure = (found.get(urn, {}) for found in by_urn)
        rows.append(
            (
                school["school_name"],
                school["phase"],
                shown(roll, "pupils_count", whole),
                shown(roll, "sen_support_count", whole),
                shown(roll, "sen_support_rate", percent),
                shown(roll, "ehc_plan_count", whole),
                shown(roll, "ehc_plan_rate", percent),
                shown(plan, "delivered_rate", percent),
                confidence_words(sure.get("confidence")),
            )
        )
    labels = headings(
        "School", "Phase", "#Pupils", "#SEN support", "#% SEN support", "#EHC plans", "#% EHC plans",
        "#Plan sessions delivered", "Data confidence",
    )  # fmt: skip
    return TableTwin(name, labels, tuple(rows))
