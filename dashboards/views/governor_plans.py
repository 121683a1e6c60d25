"""A governor's page of EHC plans in one school: outcomes, and what is promised and delivered. Released figures only."""

from __future__ import annotations

from dashboards.views import page, shared_ehc_delivery, shared_ehc_outcomes
from dashboards.views.visits import Visit


def show(visit: Visit) -> None:
    """EHC plans in one school."""
    urn = visit.school_urn or ""
    page.masthead(visit, f"{visit.about()['trust_name']} · for governors", "EHC plans",
                  [("School", visit.schools()[urn]["school_name"])])  # fmt: skip
    hidden = shared_ehc_outcomes.show_outcomes(visit, urn, "outcomes")
    hidden += shared_ehc_delivery.show_delivery(visit, urn, "delivery")
    page.key(hidden)
