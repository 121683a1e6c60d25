"""A trustee's page on whether interventions work: pupils and money by verdict, then each intervention."""

from __future__ import annotations

from dashboards.queries import impact
from dashboards.views import page
from dashboards.views.shared_asking import show_asks
from dashboards.views.trustee_interventions import show_whether_it_works
from dashboards.views.visits import Visit
from expectations.vocabulary import TRUST

TABLES = ("mart_impact__intervention", "mart_impact__school", "mart_interventions__compliance",
          "mart_interventions__timeliness")  # fmt: skip


def show(visit: Visit) -> None:
    """What the trust runs."""
    interventions = visit.read(impact.interventions())
    page.masthead(visit, "For trustees", "What we run and whether it works",
                  [("Interventions", str(len(interventions)))])  # fmt: skip
    show_asks(visit, TRUST, TABLES)
    page.key(show_whether_it_works(visit, interventions))
