"""Questions of promised and delivered: title, question, sentence. Codes: ``models/questions_ehc_delivery.py``."""

from __future__ import annotations

from collections.abc import Callable

from dashboards.figures import Row
from dashboards.wording import ehc_delivery

ASKS: dict[str, tuple[str, str, Callable[[Row], str]]] = {
    "LOW_DELIVERY": (
        "Promised support not delivered",
        "Which promised provision is not being delivered, and since when?",
        ehc_delivery.low_sentence,
    ),
}
