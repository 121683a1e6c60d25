"""Questions about the register, by trigger: title, question, what the figure says, what a good answer contains."""

from __future__ import annotations

from collections.abc import Callable

from dashboards.figures import Row
from dashboards.wording import match, sen_flows

ASKS: dict[str, tuple[str, str, Callable[[Row], str]]] = {
    "NO_PROVISION": (
        "On the register with no provision",
        "Who is on the register with no provision, since when, and what will each of them get?",
        match.provision_sentence,
    ),
    "OLD_CONFLICTS": (
        "Data conflicts open for more than ten days",
        "What keeps register, census and Insight from saying the same, and who mends it by when?",
        match.health_sentence,
    ),
    "NEED_UNCLEAR": (
        "Needs not told",
        "For how many pupils is the need still not known, and who will look at each of them?",
        sen_flows.unclear_asked,
    ),
}
"""Trigger: the exception's title, the question, and how its figure is said."""
ANSWERS = {
    "NO_PROVISION": "How many are new to the register, how many wait for a group to begin and until when, how many are "
    "helped in class with nothing written down, and who should come off the register. No child named.",
    "OLD_CONFLICTS": "Which list is wrong most often, who mends it (office, SENCO, Insight lead), and that it is done "
    "before the next census day.",
    "NEED_UNCLEAR": "How many pupils are newly on SEN support, what is being found out about the others, and that no "
    "specialist is needed to record a type of need.",
}
