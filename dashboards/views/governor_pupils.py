"""Who our pupils are, for the governors of one school. Released figures only."""

from __future__ import annotations

from dashboards.views import page, shared_moderation
from dashboards.views.shared_asking import show_asks
from dashboards.views.visits import Visit

TABLES = ("mart_moderation__school", "mart_moderation__practice")


def show(visit: Visit) -> None:
    """How the school's bands hold up beside other schools'."""
    urn = visit.school_urn or ""
    page.masthead(visit, visit.schools()[urn]["school_name"], "Who our pupils are")
    show_asks(visit, urn, TABLES)
    page.key(shared_moderation.show(visit, urn))
