"""A governor's page on what one school runs and whether it works: exceptions first, then the interventions."""

from __future__ import annotations

from dashboards.queries import impact, questions
from dashboards.views import page
from dashboards.views.governor_interventions import show_what_we_run
from dashboards.views.shared_asking import show_asks
from dashboards.views.visits import Visit

TABLES = ("mart_impact__intervention", "mart_impact__school")


def show(visit: Visit) -> None:
    """What one school runs."""
    urn = visit.school_urn or ""
    running = impact.beside_the_trust(visit.read(impact.of_school(urn)), visit.read(impact.interventions()))
    page.masthead(visit, f"{visit.schools()[urn]['school_name']} · for governors", "What we run and whether it works",
                  [("Running now", str(len(running)))])  # fmt: skip
    show_asks(visit, urn, TABLES)
    asked = [row["about"] for row in visit.read(questions.every_one_of_school(urn)) if row["figure_table"] in TABLES]
    page.key(show_what_we_run(visit, running, asked))
