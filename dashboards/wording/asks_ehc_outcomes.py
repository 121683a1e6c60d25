"""Questions of outcomes and milestones: title, question, sentence. Codes: ``models/questions_ehc_outcomes.py``."""

from __future__ import annotations

from collections.abc import Callable

from dashboards.figures import Row
from dashboards.wording import ehc_outcomes

ASKS: dict[str, tuple[str, str, Callable[[Row], str]]] = {
    "NO_EVIDENCE": (
        "Outcomes without evidence",
        "Which outcomes have no evidence, and who will gather it before the next review?",
        ehc_outcomes.no_evidence_sentence,
    ),
    "MILESTONES_OVERDUE": (
        "Milestones past their day",
        "Which milestones are overdue, what stands in the way, and what is the new day?",
        ehc_outcomes.overdue_sentence,
    ),
}
