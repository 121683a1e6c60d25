"""The row of a mart that holds the figure of an exception: the school's (or the trust's), and what it is about."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from dashboards.figures import Row
from dashboards.queries import (
    catalogue,
    cost_effectiveness,
    deliveries,
    destinations,
    ehc_delivery,
    ehc_outcomes,
    impact,
    money,
    pupils,
    purchasing,
    referrals,
    value_for_money,
)
from dashboards.views.visits import Visit
from expectations.vocabulary import TRUST

Finder = Callable[[Visit, str, str | None], list[Row]]
"""From a visit, a school's URN and what the exception is about, to the rows that may hold its figure."""


def figure_row(visit: Visit, question: Row) -> Row | None:
    """The row behind an exception, from the visit's own file; ``None`` where there is none."""
    find = FINDERS.get(question["figure_table"])
    rows = find(visit, question["school_urn"], question["about"]) if find else []
    return rows[0] if rows else None


def _where(rows: Iterable[Row], **wanted: str | None) -> list[Row]:
    """The rows that have these values, as text."""
    return [row for row in rows if all(str(row[name]) == str(value) for name, value in wanted.items())]


def _impact_of_school(visit: Visit, urn: str, about: str | None) -> list[Row]:
    """A school's delivery; the trust's own stands beside its estimate."""
    rows = visit.read(impact.interventions() if urn == TRUST else impact.of_school(urn))
    return _where(rows, intervention_name=about)


def _plans(visit: Visit, urn: str, about: str | None) -> list[Row]:
    rows = visit.read(value_for_money.by_year(urn))
    return _where(rows, academic_year=str(about)[:4]) or rows[-1:]


FINDERS: dict[str, Finder] = {
    "mart_impact__intervention": lambda visit, _, about: _where(
        visit.read(impact.interventions()), intervention_name=about
    ),
    "mart_impact__school": _impact_of_school,
    "mart_value_for_money__school": _plans,
    "mart_money__school": lambda visit, urn, about: _where(visit.read(money.by_year(urn)), financial_year=about),
    "mart_ehc_delivery__school": lambda visit, urn, about: _where(
        visit.read(ehc_delivery.by_year(urn)), academic_year=about
    ),
    "mart_ehc_outcomes__school": lambda visit, urn, _: _where(visit.read(ehc_outcomes.by_school()), school_urn=urn),
    "mart_destinations__school": lambda visit, urn, about: _where(
        visit.read(destinations.of_school(urn)), leaver_stage=about
    ),
    "mart_deliveries__confidence": lambda visit, urn, _: _where(visit.read(deliveries.confidence()), school_urn=urn),
    "mart_interventions__compliance": lambda visit, urn, about: _where(
        visit.read(catalogue.tested(urn)), academic_year=about
    ),
    "mart_interventions__timeliness": lambda visit, urn, _: visit.read(catalogue.waits(urn)),
    "mart_cost_effectiveness__option": lambda visit, _, about: _where(
        visit.read(cost_effectiveness.options()), intervention_name=about
    ),
    "mart_cost_effectiveness__pair": lambda visit, _, about: [
        row for row in visit.read(cost_effectiveness.pairs()) if cost_effectiveness.pair_name(row) == about
    ],
    "mart_referrals__service": lambda visit, _, about: _where(visit.read(referrals.by_service()), service_label=about),
    "mart_referrals__school": lambda visit, urn, _: _where(visit.read(referrals.by_school()), school_urn=urn),
    "mart_purchasing__needs": lambda visit, _, about: _where(visit.read(purchasing.needs()), sen_type=about),
    "mart_purchasing__saving": lambda visit, *_: visit.read(purchasing.saved_yearly()),
    "mart_pupils__school": lambda visit, urn, _: _where(visit.read(pupils.on_roll()), school_urn=urn),
}
