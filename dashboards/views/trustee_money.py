"""The trustees' page on value for money: which interventions to go on with, and which of two is likely better value."""

from __future__ import annotations

import streamlit as st

from dashboards.queries import cost_effectiveness as queries
from dashboards.queries import impact, questions
from dashboards.views import page
from dashboards.views import shared_cost_effectiveness as shared
from dashboards.views.shared_asking import asks_of
from dashboards.views.visits import Visit
from dashboards.wording import cost_effectiveness as words
from expectations.vocabulary import TRUST


def show(visit: Visit) -> None:
    """Value for money over the whole trust."""
    page.masthead(visit, "For trustees", "Value for money")
    page.key(show_cost_effectiveness(visit))


def show_cost_effectiveness(visit: Visit) -> int:
    """The sections on interventions; returns how many of their figures are hidden."""
    options, pairs = visit.read(queries.options()), visit.read(queries.pairs())
    estimates = {row["intervention_name"]: row for row in visit.read(impact.interventions())}
    _ask_about(visit)
    page.section("Go on, adapt or stop", "What the rules propose for each intervention. The SEND lead decides.")
    hidden = shared.show_proposals(visit, options, fold="Show each with its rule")
    page.section(
        "What would we buy as a trust?", "Two interventions with the same measure, their cost and result known."
    )
    shared.show_likely(pairs)
    if pairs:
        hidden += page.table(shared.pairs_table(pairs), "pairs", visit, fold="Show every pair as a table")
    page.paragraphs(words.HOW_COMPARED, shared.chance_sentence(pairs), words.NOT_FOR_A_PLAN, class_="small")
    page.section("What each intervention costs", "In order of name, beside its result: not a ranking.")
    hidden += page.table(shared.options_table(options, estimates, "Interventions and their cost"), "options", visit)
    page.paragraphs(shared.rating_sentence(options), class_="small")
    page.section("Targets met, and what they cost", "For interventions that work towards each pupil’s own targets.")
    return hidden + shared.show_targets(visit, options)


def _ask_about(visit: Visit) -> None:
    """The trust's questions that rest on these figures."""
    asked = [
        row
        for row in visit.read(questions.of_school(TRUST))
        if str(row["figure_table"]).startswith("mart_cost_effectiveness__")
    ]
    if asked:
        page.section("Ask about", "The figures of this page most worth a question. A question is not a judgement.")
        st.html(page.asks(asks_of(visit, asked)))
