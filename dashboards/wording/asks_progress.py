"""Questions of the ladder: title, question, sentence, answer. Codes: ``models/questions_progress.py``."""

from __future__ import annotations

from collections.abc import Callable

from dashboards.figures import Row
from dashboards.wording import progress

ASKS: dict[str, tuple[str, str, Callable[[Row], str]]] = {
    "HELD": (
        "Held on the ladder",
        "Which pupils have been at one place for a year, and what will class teaching do differently?",
        progress.held_ask_sentence,
    ),
    "STEPS_UNSEEN": (
        "Steps that nobody records",
        "What do we use for these pupils instead, and from when can we see a step?",
        progress.unseen_sentence,
    ),
    "TEST_AT_FLOOR": (
        "A test that cannot see their steps",
        "Who still sits this test, what does it tell us, and what do we use instead?",
        progress.floor_sentence,
    ),
}
ANSWERS = {
    "HELD": "How many of them were looked at one by one, what was found (teaching, attendance, a step too large), and "
    "what changes by when. No child named.",
    "STEPS_UNSEEN": "Which record is used from which half-term on, who was shown how to use it, and how many pupils "
    "have a first entry. Not a new test for everybody.",
    "TEST_AT_FLOOR": "That pupils at the lowest value are told of by small steps or the engagement model, and that the "
    "test is kept for those of whom it can tell something.",
}
