"""A governor's "what we run and whether it works": three best evidenced, three to question, then all of it."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from dashboards.figures import Row
from dashboards.markup import Html, tag
from dashboards.queries import cost_effectiveness, impact
from dashboards.views import page, shared_impact
from dashboards.views.visits import Visit
from dashboards.wording import differences, proposals
from dashboards.wording.questions import TRIGGERS

_LEAD = "The result is the trust’s, over all its schools and years; pupils, delivery and cost are this school’s own."
ASK_OF_FEW = "What did their teachers see, and will we run it the same way again so that we can learn more?"
ASK_OF_LEVEL = "What would these pupils do instead, and would they lose anything?"
_ASKS = {impact.IS_BEHIND: "BEHIND", impact.HAS_LITTLE_DOSE: "LOW_DOSE", impact.IS_UNPROVEN: "UNPROVEN"}


def show_what_we_run(visit: Visit, running: list[Row], asked: Collection[str] = ()) -> int:
    """The section for one school's running interventions; returns how many of its figures are hidden.

    ``asked``: interventions that the page asked about before; their question is not put twice.
    """
    page.section("What runs here", _LEAD)
    if not running:
        page.paragraphs("No intervention is running here on the date of the data.")
        return 0
    best = impact.best_evidenced(running)
    doubtful = impact.to_question([row for row in running if not (row in best and _is_level(row))])
    proposed = {row["intervention_name"]: row for row in visit.read(cost_effectiveness.options())}
    left = tag("div", tag("h3", "Best evidenced"), _cards(best, proposed, "None has strong or moderate evidence yet."))
    right = tag("div", tag("h3", "To question"), _cards(doubtful, proposed, "None stands out.", asked))
    st.html(tag("div", left, right, class_="pair"))
    page.paragraphs(proposals.WHO_DECIDES, class_="small")
    twin = shared_impact.interventions_table(running, "Interventions running here", is_school=True)
    hidden = shared_impact.show_interventions(visit, running, "interventions", twin)
    others = [row for row in running if row not in best and row not in doubtful]
    if others:
        st.html(tag("details", tag("summary", "The others that run here, in words"), _cards(others, proposed, "")))
    return hidden


def _cards(
    rows: list[Row], proposed: dict[str, Row], otherwise: str, asked: Collection[str] | None = None
) -> Html:  # fmt: skip
    """A card each; with its question where ``asked`` is given and does not name it."""
    if not rows:
        return tag("p", otherwise)
    silent = [row["intervention_name"] for row in rows] if asked is None else asked
    cards = (
        shared_impact.card(row, _proposal(row, proposed), None if row["intervention_name"] in silent else _ask(row))
        for row in rows
    )
    return tag("ul", *cards, class_="cards")


def _proposal(row: Row, proposed: dict[str, Row]) -> str:
    """What the rules propose for the whole trust; why stands on the trust's own pages."""
    found = proposed.get(row["intervention_name"])
    return "" if found is None else f"Proposed for the trust: {proposals.proposal_words(found['proposal']).lower()}."


def _is_level(row: Row) -> bool:
    """Well evidenced to make no clear difference: told once, among the best evidenced."""
    return impact.concern_of(row) == impact.IS_LEVEL


def _ask(row: Row) -> Html:
    """The question of what makes it doubtful; of few pupils, what can be learnt from them."""
    return tag("span", tag("b", "Ask"), question_of(row), class_="ask")


def question_of(row: Row) -> str:
    """The question that an intervention to question carries."""
    concern = impact.concern_of(row)
    if concern == impact.IS_LEVEL:
        return ASK_OF_LEVEL
    is_small = row["small_number_rule"] in ("TOO_FEW", "CANNOT_TELL_SMALL", None)
    if concern in (None, impact.IS_UNPROVEN) and is_small and row["reason"] not in differences.NOT_MEASURED:
        return ASK_OF_FEW
    return TRIGGERS[_ASKS[impact.IS_UNPROVEN if concern is None else concern]][1]
