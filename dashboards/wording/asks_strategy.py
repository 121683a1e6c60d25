"""Questions about the strategy: title, question, sentence."""

from __future__ import annotations

from collections.abc import Callable

from dashboards.figures import Row
from dashboards.wording import strategy

ASKS: dict[str, tuple[str, str, Callable[[Row], str]]] = {
    "STRATEGY_BLOCKED": (
        "Actions of the strategy that are stuck",
        "Who can unblock them, and by which day?",
        strategy.blocked_sentence,
    ),
    "STRATEGY_SILENT": (
        "Actions that nobody reports on",
        "Which of these actions still hold, who leads each, and when shall we hear?",
        strategy.unreported_sentence,
    ),
    "STRATEGY_UNEVIDENCED": (
        "Done, and no evidence named",
        "What shows that these actions are done, and what changed for pupils?",
        strategy.evidence_sentence,
    ),
}
