"""Risk, for trustees: what may harm a pupil while everybody waits. Released figures only."""

from __future__ import annotations

from dashboards.views import page
from dashboards.views.shared_referrals import show_agencies
from dashboards.views.visits import Visit
from expectations.vocabulary import TRUST


def show(visit: Visit) -> None:
    """Waits across the trust."""
    page.masthead(visit, "For trustees", "Risk", [("Schools", str(len(visit.schools())))])
    page.key(show_outside_agencies(visit))


def show_outside_agencies(visit: Visit) -> int:
    """How long pupils wait for outside agencies. Returns the hidden cells."""
    page.section(
        "Outside agencies", "From referral to seen, to a report, to provision: where pupils wait, and how long."
    )
    return show_agencies(visit, TRUST)
