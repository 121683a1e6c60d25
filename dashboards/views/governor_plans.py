"""The governor's page on EHC plans: the statutory clock of one school. Released figures only."""

from __future__ import annotations

from dashboards.figures import shown
from dashboards.queries import ehc_clock
from dashboards.views import page, shared_ehc_clock
from dashboards.views.visits import Visit
from dashboards.wording.numbers import percent, whole
from expectations.vocabulary import TRUST


def show(visit: Visit) -> None:
    """EHC plans of one school."""
    urn = visit.school_urn or ""
    rows = {row["school_urn"]: row for row in visit.read(ehc_clock.by_school())}
    mine, trust = rows.get(urn, {}), rows.get(TRUST, {})
    page.masthead(visit, visit.schools()[urn]["school_name"], "EHC plans",
                  [("Plans", shown(mine, "plans_count", whole)),
                   ("Reviews held by their day", shown(mine, "reviews_in_time_rate", percent)),
                   ("Trust", shown(trust, "reviews_in_time_rate", percent))])  # fmt: skip
    hidden = shared_ehc_clock.show_reviews(visit, mine, "clock-reviews")
    shared_ehc_clock.show_transfers(mine)
    hidden += shared_ehc_clock.show_requests(visit, mine)
    page.key(hidden)
