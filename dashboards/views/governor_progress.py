"""A governor's page on progress in one school: places, moves from each pupil's own start, engagement, year 6."""

from __future__ import annotations

from dashboards.queries import ehc_outcomes
from dashboards.views import page, shared_attainment, shared_progress
from dashboards.views.shared_asking import show_asks
from dashboards.views.visits import Visit
from dashboards.wording.ehc_outcomes import standing_sentence

TABLES = ("mart_progress__school",)


def show(visit: Visit) -> None:
    """Progress in one school."""
    urn = visit.school_urn or ""
    page.masthead(visit, f"{visit.schools()[urn]['school_name']} · for governors", "Are they progressing?")
    show_asks(visit, urn, TABLES)
    hidden = shared_progress.show_places(visit, urn, "places")
    hidden += shared_progress.show_moves(visit, urn, "moves")
    hidden += shared_progress.show_engagement(visit, urn, "engagement")
    hidden += shared_attainment.show_year_6(visit, urn, "year-6")
    _outcomes(visit, urn)
    hidden += shared_progress.show_ladder(visit, "ladder")
    page.key(hidden)


def _outcomes(visit: Visit, urn: str) -> None:
    """Outcomes of EHC plans in a sentence; they have a page of their own."""
    row = next((row for row in visit.read(ehc_outcomes.by_school()) if row["school_urn"] == urn), None)
    page.section("Outcomes of EHC plans", "More stands on the page EHC plans.")
    page.reading(standing_sentence(row) if row and row["ehc_plan_count"] != 0 else "No pupil on roll has an EHC plan.")
