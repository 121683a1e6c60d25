"""The trustees' page of risk: statutory clocks across schools, special and mainstream apart. Released figures only."""

from __future__ import annotations

from dashboards.figures import shown
from dashboards.queries import ehc_clock
from dashboards.views import page, shared_ehc_clock
from dashboards.views.visits import Visit
from dashboards.wording.numbers import percent, whole
from expectations.vocabulary import TRUST


def show(visit: Visit) -> None:
    """What the law sets days for, and whether they are kept."""
    rows = {row["school_urn"]: row for row in visit.read(ehc_clock.by_school())}
    trust = rows.get(TRUST, {})
    page.masthead(visit, "For trustees", "Risk",
                  [("Reviews overdue now", shown(trust, "overdue_reviews_count", whole)),
                   ("Reviews held by their day", shown(trust, "reviews_in_time_rate", percent)),
                   ("Requests open past 20 weeks", shown(trust, "open_late_count", whole))])  # fmt: skip
    page.paragraphs("Days that the law sets. Schools stand in order of name; not a ranking: ask what lies behind.")
    hidden = shared_ehc_clock.show_reviews(visit, trust, "clock-reviews")
    hidden += shared_ehc_clock.show_schools(visit)
    hidden += shared_ehc_clock.show_requests(visit, trust)
    page.key(hidden)
