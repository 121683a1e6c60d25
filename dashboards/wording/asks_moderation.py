"""Questions about moderation: title, question, sentence; and what a good answer would contain."""

from __future__ import annotations

from collections.abc import Callable

from dashboards.figures import Row
from dashboards.wording import moderation

ASKS: dict[str, tuple[str, str, Callable[[Row], str]]] = {
    "MODERATION_APART": (
        "Schools mean different things by a band",
        "What did moderation find, and what will be done before bands are compared again?",
        moderation.found_sentence,
    ),
    "OWN_DRIFT": (
        "Our bands differ from other schools’",
        "What did moderation find, and which criteria do we read differently from others?",
        moderation.own_sentence,
    ),
    "MODERATION_STALE": (
        "No moderation for more than a year",
        "When is the next round, and what has changed in the schools since the last one?",
        moderation.last_sentence,
    ),
    "PRACTICE_GAP": (
        "How we moderate is not the trust’s policy",
        "What of this will we change, and where should the policy change instead?",
        moderation.gaps_sentence,
    ),
}
ANSWERS = {
    "MODERATION_APART": "Which parts of the matrix raters read differently, what was agreed on each case that lay far "
    "apart, and the day of the next round. No child named.",
    "OWN_DRIFT": "What the raters saw that others did not, or the other way round, whether bands on the register were "
    "looked at again, and what the next round is expected to show. No child named.",
    "MODERATION_STALE": "A day for the next round, who rates, and who brings the results to the board.",
    "PRACTICE_GAP": "Which questions, what the school does instead and why, and from when it does as the policy says.",
}
