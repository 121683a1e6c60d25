"""What to ask of what interventions cost for what they change: title, question, what the figure says."""

from __future__ import annotations

from collections.abc import Callable

from dashboards.figures import Row
from dashboards.wording.cost_effectiveness import difference_sentence, per_pupil_sentence, value_sentence
from dashboards.wording.proposals import proposal_sentence


def _proposed(row: Row) -> str:
    return f"{proposal_sentence(row)} {per_pupil_sentence(row)}".strip()


def _pair(row: Row) -> str:
    return f"{value_sentence(row)} {difference_sentence(row)}".strip()


def _most(row: Row) -> str:
    return f"It has the most pupils of those whose cost is known. {per_pupil_sentence(row)}".strip()


ASKS: dict[str, tuple[str, str, Callable[[Row], str]]] = {
    "PROPOSED_STOP": (
        "The rules propose to stop it",
        "Do we stop it, for whom must it go on, and what do these pupils get instead?",
        _proposed,
    ),
    "BETTER_VALUE": (
        "One is likely better value",
        "For whom does the other one fit, and what would we buy as a trust?",
        _pair,
    ),
    "PROPOSED_ADAPT": (
        "The rules propose to adapt it",
        "What will be done differently, and when do we look again?",
        _proposed,
    ),
    "MOST_PUPILS": (
        "The one with most pupils",
        "What would have happened without it? What would we buy as a trust?",
        _most,
    ),
}
"""Trigger: its title, its question, its sentence."""
ANSWERS = {
    "PROPOSED_STOP": "A decision with its date: stop, change, or run it once more and look again; which pupils have it "
    "in a plan and keep it; what the others get. No child named.",
    "BETTER_VALUE": "Which pupils each is for, whether schools could change over, what training or licences that "
    "takes, and who would look at the next result.",
    "PROPOSED_ADAPT": "What is changed (sessions held, group, staff, pupils chosen), by whom, and the date of the next "
    "result.",
    "MOST_PUPILS": "The result beside similar pupils, with its range; what it costs for each pupil; and whether one "
    "order or one training for the whole trust would do.",
}
"""Trigger: what to listen for."""
