"""The trustees' page: the trust on a page. The five priorities in a figure or two each, then exceptions by school."""

from __future__ import annotations

import streamlit as st

from dashboards.figures import Row
from dashboards.markup import Content
from dashboards.queries import deliveries, destinations, questions
from dashboards.tables import TableTwin, headings
from dashboards.views import page, shared_destinations
from dashboards.views.shared_asking import asks_of
from dashboards.views.trustee_priorities import show_priorities
from dashboards.views.visits import Visit
from dashboards.wording.numbers import counted, sentence
from dashboards.wording.questions import SUBJECT_WORDS
from dashboards.wording.release import CONFIDENCE_WORDS
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
    asking = [urn for urn in schools if any(row["school_urn"] == urn for row in asked)]
    page.paragraphs(sentence(f"{len(asking)} of {counted(len(schools), 'school')} have figures worth a question."))
    hidden = show_priorities(visit)
    leavers = visit.read(destinations.of_school(TRUST))
    page.section("Destinations", "Where pupils were two terms after they left; more stands on the page Destinations.")
    page.reading(*(shared_destinations.headlines(leavers) or ["No leavers in the data."]))
    _ask_about(visit, schools, asked, bool(asking))
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
