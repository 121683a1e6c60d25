"""Risk, for trustees: what may harm a pupil while everybody waits. Released figures only."""

from __future__ import annotations

from dashboards.figures import Row, shown
from dashboards.queries import ehc_clock
from dashboards.views import page, shared_ehc_clock, shared_ehc_delivery, shared_ehc_outcomes
from dashboards.views.shared_asking import show_asks
from dashboards.views.shared_referrals import show_agencies
from dashboards.views.visits import Visit
from dashboards.wording.numbers import percent, whole
from expectations.vocabulary import TRUST

TABLES = ("mart_ehc_clock__school", "mart_ehc_outcomes__school", "mart_ehc_delivery__school", "mart_referrals__service")


def show(visit: Visit) -> None:
    """Risk across the trust: days that the law sets, what plans promise and is not delivered, waits."""
    rows = {row["school_urn"]: row for row in visit.read(ehc_clock.by_school())}
    trust = rows.get(TRUST, {})
    hidden = page.masthead(visit, "For trustees", "Risk",
                  [("Reviews overdue now", shown(trust, "overdue_reviews_count", whole)),
                   ("Reviews held by their day", shown(trust, "reviews_in_time_rate", percent)),
                   ("Requests open past 20 weeks", shown(trust, "open_late_count", whole))])  # fmt: skip
    page.paragraphs("Schools stand in order of name, special and mainstream apart. Not a ranking.")
    show_asks(visit, TRUST, TABLES)
    page.key(hidden + _show_delivery(visit) + _show_clock(visit, trust) + _show_waits(visit))


def _show_clock(visit: Visit, trust: Row) -> int:
    hidden = shared_ehc_clock.show_reviews(visit, trust, "clock-reviews")
    hidden += shared_ehc_clock.show_schools_folded(visit)
    return hidden + shared_ehc_clock.show_requests(visit, trust)


def _show_delivery(visit: Visit) -> int:
    hidden = shared_ehc_delivery.show_delivery(visit, TRUST, "delivery")
    hidden += shared_ehc_delivery.show_schools(visit, "delivery-schools", is_folded=True)
    hidden += shared_ehc_delivery.show_by_type(visit, "delivery-by-type")
    hidden += shared_ehc_outcomes.show_outcomes(visit, TRUST, "outcomes")
    hidden += shared_ehc_outcomes.show_areas(visit, "outcomes-area")
    return hidden + shared_ehc_outcomes.show_schools(visit, "outcomes-schools")


def _show_waits(visit: Visit) -> int:
    """How long pupils wait for outside agencies. Returns the hidden cells."""
    page.section(
        "Outside agencies", "From referral to seen, to a report, to provision: where pupils wait, and how long."
    )
    return show_agencies(visit, TRUST)
