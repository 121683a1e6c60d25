"""The SEND lead's page on value for money: what to decide first, then options of one measure and two in depth."""

from __future__ import annotations

import streamlit as st

from dashboards.figures import Row
from dashboards.markup import tag, visible
from dashboards.queries import cost_effectiveness as queries
from dashboards.queries import impact
from dashboards.views import page
from dashboards.views import shared_cost_effectiveness as shared
from dashboards.views.visits import Visit
from dashboards.wording import cost_effectiveness as words
from dashboards.wording.numbers import listed, sentence

_QUESTIONS = (
    "For the intervention with most pupils: what would have happened without it, and would we start it today?",
    "Which of these would we buy, train for or staff as a trust?",
    "Where two have the same measure and one is likely better value: for whom does the other one fit?",
    "Which of the proposals do we follow, which not, and what have schools seen that the figures have not?",
    "What must we record from the next group on, so that we can tell next year?",
)


def show(visit: Visit) -> None:
    """Value for money of interventions."""
    options, pairs = visit.read(queries.options()), visit.read(queries.pairs())
    estimates = {row["intervention_name"]: row for row in visit.read(impact.interventions())}
    page.masthead(visit, "For the SEND lead", "Value for money")
    page.paragraphs(words.NOT_FOR_A_PLAN, class_="small")
    page.section(
        "Decide: continue, adapt or stop", "What the rules propose, the rule that fired, what would change it."
    )
    hidden = shared.show_proposals(visit, options, is_linked=True)
    hidden += _side_by_side(visit, options, pairs, estimates)
    page.section("Targets met, and what they cost", "For interventions that work towards each pupil’s own targets.")
    hidden += shared.show_targets(visit, options)
    _not_compared(options)
    page.section("Questions for commissioning", "To take to the next round of buying, training and staffing.")
    st.html(tag("ol", *(tag("li", question) for question in _QUESTIONS), class_="plain"))
    page.key(hidden)


def _side_by_side(visit: Visit, options: list[Row], pairs: list[Row], estimates: dict[str, Row]) -> int:
    """The options of one measure, then two of them: plane and curve."""
    page.section("Options side by side", "Interventions with the same measure, in order of name: not a ranking.")
    found = queries.measures(pairs)
    if not found:
        page.paragraphs("No two interventions with the same measure can be set side by side yet.")
        return 0
    chosen = st.selectbox("Measure", found, format_func=lambda one: visible(words.measure_words(*one)), key="measure")
    of_measure = [row for row in options if queries.measure_of(row) == chosen]
    mine = [row for row in pairs if queries.measure_of(row) == chosen]
    twin = shared.options_table(of_measure, estimates, f"Measured by {words.measure_words(*chosen)}", is_linked=True)
    hidden = page.table(twin, "options", visit)
    page.paragraphs(shared.rating_sentence(of_measure), class_="small")
    page.section("Two options beside each other", "What one achieves and costs more than the other.")
    names = [queries.pair_name(row) for row in mine]
    name = st.selectbox("Two options", names, format_func=visible, key=f"pair-{found.index(chosen)}")
    hidden += shared.show_pair(visit, mine[names.index(name)])
    hidden += page.table(shared.pairs_table(mine), "pairs", visit, fold="Show every pair of this measure")
    page.paragraphs(words.HOW_COMPARED, shared.chance_sentence(mine), class_="small")
    return hidden


def _not_compared(options: list[Row]) -> None:
    """Why the others stand beside nothing, each with its reason."""
    named = {
        said: [row["intervention_name"] for row in options if row["standing"] == code]
        for code, said in words.STANDING_WORDS.items()
        if code != "COMPARED"
    }
    cards = [
        tag("li", tag("h3", sentence(said)), tag("p", f"{listed(names)}.")) for said, names in named.items() if names
    ]
    if cards:
        page.section("Not set beside others", "What keeps an intervention out, and so what to mend first.")
        st.html(tag("ul", *cards, class_="cards strands"))
