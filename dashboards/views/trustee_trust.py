"""The trustees' page: the trust on a page. The five priorities in a figure or two each, then exceptions by school."""

from __future__ import annotations

import streamlit as st

from dashboards.figures import Row
from dashboards.papers.exceptions import chosen, exceptions
from dashboards.queries import deliveries, destinations, questions
from dashboards.tables import Cell, Stacked, TableTwin, headings
from dashboards.views import page, shared_destinations
from dashboards.views.shared_asking import asks_of
from dashboards.views.trustee_priorities import show_priorities
from dashboards.views.visits import Visit
from dashboards.wording.numbers import counted, sentence
from dashboards.wording.questions import SUBJECT_WORDS
from dashboards.wording.release import CONFIDENCE_WORDS
from expectations.vocabulary import TRUST

ASKS_SHOWN = 3


def show(visit: Visit) -> None:
    """The trust on a page."""
    schools, confidence = visit.schools(), visit.read(deliveries.confidence())
    page.masthead(visit, "For trustees", visit.about()["trust_name"],
                  [("Schools", str(len(schools))), ("Data confidence", _confidence_words(confidence))])  # fmt: skip
    asked = visit.read(questions.of_all())
    asking = [urn for urn in schools if any(row["school_urn"] == urn for row in asked)]
    page.paragraphs(sentence(f"{len(asking)} of {counted(len(schools), 'school')} have figures worth a question."))
    _ask_about(visit, schools, asked, bool(asking))
    hidden = show_priorities(visit)
    leavers = visit.read(destinations.of_school(TRUST))
    page.section("Destinations", "Where pupils were two terms after they left; more stands on the page Destinations.")
    page.reading(*(shared_destinations.headlines(leavers) or ["No leavers in the data."]))
    page.key(hidden)


def _confidence_words(rows: list[Row]) -> str:
    said = [row["confidence"] for row in rows if row["school_urn"] != TRUST]
    counts = [f"{said.count(code)} {word.lower()}" for code, word in CONFIDENCE_WORDS.items() if code in said]
    return ", ".join(counts) or "not judged"


def _ask_about(visit: Visit, schools: dict[str, Row], asked: list[Row], has_asking: bool) -> None:
    page.section("Ask about", "What stands out in the whole trust, then school by school. Not a judgement.")
    own = asks_of(visit, [row for row in asked if row["school_urn"] == TRUST])
    if own:
        st.html(page.asks(own[:ASKS_SHOWN]))
    if has_asking:
        page.table(_exceptions(visit, schools, asked), "questions", visit, fold="Show what to ask in each school")


def _exceptions(visit: Visit, schools: dict[str, Row], asked: list[Row]) -> TableTwin:
    """What to ask in each school: about what, and the first question of its own paper with its figure."""
    rows: list[tuple[Cell, ...]] = []
    for urn, school in schools.items():
        mine = [row for row in asked if row["school_urn"] == urn]
        if not mine:
            continue
        subjects = list(dict.fromkeys(SUBJECT_WORDS.get(str(row["subject"]), "Other") for row in mine))
        first = exceptions(visit, chosen(visit, urn)[:1])
        told = Stacked(f"{first[0].title}: {first[0].figure}".removesuffix(": "), first[0].question) if first else ""
        rows.append((school["school_name"], " · ".join(subjects), told))
    labels = headings("School", "~About", "~The most pressing of its own")
    return TableTwin("Questions in each school", labels, tuple(rows), "In order of name within each kind of school.")
