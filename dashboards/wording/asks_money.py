"""Questions on money: their titles, what to ask, the sentence of the figure."""

from __future__ import annotations

from collections.abc import Callable

from dashboards.figures import Row
from dashboards.wording import spend

ASKS: dict[str, tuple[str, str, Callable[[Row], str]]] = {
    "SPENT_BEYOND": (
        "More spent than the funding for it",
        "Without naming a child: what did we spend beyond notional budget and top-up, on what, and with what result?",
        spend.beyond_question_sentence,
    ),
    "HOURS_DRIFT": (
        "Teaching assistants’ hours that did not take place",
        "Where do teaching assistants’ hours drift from what plans and groups need, and what takes their place?",
        spend.need_met_sentence,
    ),
}
"""Trigger: its title, its question, its sentence. The rules stand in ``models/questions_money.py``."""
ANSWERS = {
    "SPENT_BEYOND": "Which kinds of support it paid for, from which budget, whether more top-up was asked for, and "
    "what changed for the pupils. No child named.",
    "HOURS_DRIFT": "Which hours (absence, cover, posts that stand empty), since when, and how the hours that plans "
    "require are made sure of first.",
}
