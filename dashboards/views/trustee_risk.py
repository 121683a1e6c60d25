"""The trustees' page of risk: what plans promise and is not delivered, and outcomes that nothing shows."""

from __future__ import annotations

from dashboards.views import page, shared_ehc_delivery, shared_ehc_outcomes
from dashboards.views.visits import Visit
from expectations.vocabulary import TRUST


def show(visit: Visit) -> None:
    """Risk across the trust."""
    page.masthead(visit, "For trustees", "Risk", [("Schools", str(len(visit.schools())))])
    hidden = shared_ehc_delivery.show_delivery(visit, TRUST, "delivery")
    hidden += shared_ehc_delivery.show_by_type(visit, "delivery-by-type")
    hidden += shared_ehc_delivery.show_schools(visit, "delivery-schools")
    hidden += shared_ehc_outcomes.show_outcomes(visit, TRUST, "outcomes")
    hidden += shared_ehc_outcomes.show_areas(visit, "outcomes-area")
    hidden += shared_ehc_outcomes.show_schools(visit, "outcomes-schools")
    page.key(hidden)
