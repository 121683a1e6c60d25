"""Risk, for trustees: what may harm a pupil while everybody waits. Released figures only."""

from __future__ import annotations

from dashboards.views import page, shared_ehc_delivery, shared_ehc_outcomes
from dashboards.views.shared_referrals import show_agencies
from dashboards.views.visits import Visit
from expectations.vocabulary import TRUST


def show(visit: Visit) -> None:
    """Risk across the trust: what plans promise and is not delivered, outcomes that nothing shows, waits."""
    page.masthead(visit, "For trustees", "Risk", [("Schools", str(len(visit.schools())))])
    hidden = shared_ehc_delivery.show_delivery(visit, TRUST, "delivery")
    hidden += shared_ehc_delivery.show_by_type(visit, "delivery-by-type")
    hidden += shared_ehc_delivery.show_schools(visit, "delivery-schools")
    hidden += shared_ehc_outcomes.show_outcomes(visit, TRUST, "outcomes")
    hidden += shared_ehc_outcomes.show_areas(visit, "outcomes-area")
    hidden += shared_ehc_outcomes.show_schools(visit, "outcomes-schools")
    page.key(hidden + _show_waits(visit))


def _show_waits(visit: Visit) -> int:
    """How long pupils wait for outside agencies. Returns the hidden cells."""
    page.section(
        "Outside agencies", "From referral to seen, to a report, to provision: where pupils wait, and how long."
    )
    return show_agencies(visit, TRUST)
