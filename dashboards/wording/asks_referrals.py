"""Questions about waits for agencies and about buying as one trust: title, question, sentence."""

from __future__ import annotations

from collections.abc import Callable

from dashboards.figures import Row
from dashboards.wording import purchasing, referrals

ASKS: dict[str, tuple[str, str, Callable[[Row], str]]] = {
    "SERVICE_WAIT": (
        "A long wait to be seen",
        "How long do pupils wait for this service, and what do we do meanwhile?",
        referrals.service_sentence,
    ),
    "LONG_WAIT": (
        "Pupils wait long for outside agencies",
        "How long do pupils wait for this service, and what do we do meanwhile?",
        referrals.seen_sentence,
    ),
    "NEED_WITHOUT_TEST": (
        "A need without a test",
        "Do the diagnostic tests that we have meet the needs of our children, and who can test for this one?",
        purchasing.need_sentence,
    ),
    "BUY_TOGETHER": (
        "Cheaper bought as one trust",
        "What would we buy as a trust?",
        purchasing.together_sentence,
    ),
}
