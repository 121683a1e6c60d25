"""Identification and moderation, for trustees. Released figures only."""

from __future__ import annotations

from dashboards.views import page, shared_moderation
from dashboards.views.shared_asking import show_asks
from dashboards.views.visits import Visit
from expectations.vocabulary import TRUST

TABLES = ("mart_moderation__round", "mart_moderation__practice")


def show(visit: Visit) -> None:
    """What moderation found across the trust."""
    page.masthead(visit, "For trustees", "Identification and moderation")
    show_asks(visit, TRUST, TABLES)
    page.key(shared_moderation.show(visit, TRUST))
