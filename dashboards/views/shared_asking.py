"""Exceptions of a school or the trust, with the figures behind them looked up in the visit's own file."""

from __future__ import annotations

from dashboards.figures import Row
from dashboards.queries import catalogue, deliveries, destinations, ehc_clock, impact, pupils, value_for_money
from dashboards.views.visits import Visit
from dashboards.wording.questions import Ask, ask_of
from expectations.vocabulary import TRUST


def asks_of(visit: Visit, questions: list[Row]) -> list[Ask]:
    """Each exception in words, in the order given."""
    return [ask_of(question, _figure_row(visit, question)) for question in questions]


def _figure_row(visit: Visit, question: Row) -> Row | None:
    """The row of the mart that holds the figure: the school's (or trust's), and what it is about."""
    urn, about = question["school_urn"], question["about"]
    match question["figure_table"]:
        case "mart_impact__intervention":
            rows = [row for row in visit.read(impact.interventions()) if row["intervention_name"] == about]
        case "mart_impact__school" if urn == TRUST:  # the trust's own delivery stands beside its estimate
            rows = [row for row in visit.read(impact.interventions()) if row["intervention_name"] == about]
        case "mart_impact__school":
            rows = [row for row in visit.read(impact.of_school(urn)) if row["intervention_name"] == about]
        case "mart_value_for_money__school":
            rows = visit.read(value_for_money.by_year(urn))
            rows = [row for row in rows if str(row["academic_year"]) == str(about)[:4]] or rows[-1:]
        case "mart_destinations__school":
            rows = [row for row in visit.read(destinations.of_school(urn)) if row["leaver_stage"] == about]
        case "mart_deliveries__confidence":
            rows = [row for row in visit.read(deliveries.confidence()) if row["school_urn"] == urn]
        case "mart_interventions__compliance":
            rows = [row for row in visit.read(catalogue.tested(urn)) if str(row["academic_year"]) == about]
        case "mart_interventions__timeliness":
            rows = visit.read(catalogue.waits(urn))
        case "mart_ehc_clock__school":
            rows = [row for row in visit.read(ehc_clock.by_school()) if row["school_urn"] == urn]
        case "mart_pupils__school":
            rows = [row for row in visit.read(pupils.on_roll()) if row["school_urn"] == urn]
        case _:
            rows = []
    return rows[0] if rows else None
