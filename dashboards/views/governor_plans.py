"""A governor's page on EHC plans in one school: the statutory clock, outcomes, what is promised and delivered."""

from __future__ import annotations

from dashboards.figures import shown
from dashboards.markup import join
from dashboards.queries import ehc_clock
from dashboards.views import page, shared_ehc_clock, shared_ehc_delivery, shared_ehc_outcomes
from dashboards.views.shared_asking import show_asks
from dashboards.views.visits import Visit
from dashboards.wording.numbers import percent, whole
from expectations.vocabulary import TRUST

TABLES = ("mart_ehc_clock__school", "mart_ehc_outcomes__school", "mart_ehc_delivery__school")


def show(visit: Visit) -> None:
    """EHC plans of one school."""
    urn = visit.school_urn or ""
    rows = {row["school_urn"]: row for row in visit.read(ehc_clock.by_school())}
    mine, trust = rows.get(urn, {}), rows.get(TRUST, {})
    ours, theirs = (shown(row, "reviews_in_time_rate", percent) for row in (mine, trust))
    hidden = page.masthead(visit, f"{visit.schools()[urn]['school_name']} · for governors", "EHC plans",
                  [("Plans", shown(mine, "plans_count", whole)),
                   ("Reviews held by their day", join((ours, " (trust ", theirs, ")")))])  # fmt: skip
    show_asks(visit, urn, TABLES)
    hidden += shared_ehc_delivery.show_delivery(visit, urn, "delivery")
    hidden += shared_ehc_outcomes.show_outcomes(visit, urn, "outcomes")
    hidden += shared_ehc_clock.show_reviews(visit, mine, "clock-reviews")
    shared_ehc_clock.show_transfers(mine)
    hidden += shared_ehc_clock.show_requests(visit, mine)
    page.key(hidden)
