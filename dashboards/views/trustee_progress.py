"""Trustees' page on progress: the ladder over the trust, moves by starting point, need and pathway, the schools."""

from __future__ import annotations

from dashboards.views import page, shared_attainment, shared_progress
from dashboards.views.shared_asking import show_asks
from dashboards.views.visits import Visit
from expectations.vocabulary import TRUST

TABLES = ("mart_progress__school", "mart_progress__test")


def show(visit: Visit) -> None:
    """Progress across the trust."""
    page.masthead(visit, "For trustees", "Are they progressing?")
    show_asks(visit, TRUST, TABLES)
    hidden = shared_progress.show_ladder(visit, "ladder")
    hidden += shared_progress.show_places(visit, TRUST, "places")
    hidden += shared_progress.show_moves(visit, TRUST, "moves")
    hidden += shared_progress.show_groups(visit, "groups")
    hidden += shared_progress.show_engagement(visit, TRUST, "engagement")
    hidden += shared_attainment.show_year_6(visit, TRUST, "year-6")
    hidden += shared_progress.show_schools(visit, "schools")
    page.key(hidden)
