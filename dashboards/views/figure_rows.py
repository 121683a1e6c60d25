"""The row of a mart that holds the figure of an exception: the school's (or the trust's), and what it is about."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from dashboards.figures import Row
from dashboards.queries import (
    catalogue,
    cost_effectiveness,
    deliveries,
    destinations,
    ehc_clock,
    ehc_delivery,
    ehc_outcomes,
    identification,
    impact,
    inclusion,
    match,
    moderation,
    money,
    moves,
    progress,
    pupils,
    purchasing,
    referrals,
    release,
    sen_flows,
    strategy,
    value_for_money,
)
from dashboards.views.visits import Visit
from expectations.vocabulary import TRUST

ENGLAND_WITH_PLAN = "KS4 leavers with EHC plan in any sustained destination"
"""The published measure beside which leavers with a plan are asked about."""
Finder = Callable[[Visit, Row], Iterable[Row]]
"""From a visit and an exception to the rows that may hold its figure."""


def figure_row(visit: Visit, question: Row) -> Row | None:
    """The row behind an exception, from the visit's own file; ``None`` where there is none."""
    find = FINDERS.get(question["figure_table"])
    return next(iter(find(visit, question)), None) if find else None


def _where(rows: Iterable[Row], **wanted: object) -> list[Row]:
    """The rows that have these values, as text."""
    return [row for row in rows if all(str(row[name]) == str(value) for name, value in wanted.items())]


def _school(read: Callable[[Visit], Iterable[Row]]) -> Finder:
    """The school's own row."""
    return lambda visit, asked: _where(read(visit), school_urn=asked["school_urn"])


def _named(column: str, read: Callable[[Visit, str], Iterable[Row]]) -> Finder:
    """The row whose ``column`` says what the exception is about."""
    return lambda visit, asked: _where(read(visit, asked["school_urn"]), **{column: asked["about"]})


def _impact_of_school(visit: Visit, urn: str) -> Iterable[Row]:
    """A school's delivery; the trust's own stands beside its estimate."""
    return visit.read(impact.interventions() if urn == TRUST else impact.of_school(urn))


def _intervention(visit: Visit, asked: Row) -> list[Row]:
    """The trust's result; of a school also whether it runs there now, for it is asked about what a school ran too."""
    found = _where(visit.read(impact.interventions()), intervention_name=asked["about"])
    here = _where(visit.read(impact.of_school(asked["school_urn"])), intervention_name=asked["about"])
    return [{**row, "is_running_here": here[0]["is_running"] if here else None} for row in found]


def _leavers(visit: Visit, asked: Row) -> list[Row]:
    """The leavers that the question is about: those with a plan beside England's, else all of the stage."""
    group = "EHC plan" if asked["trigger"] == "LOW_SUSTAINED" else "All leavers"
    rows = _where(visit.read(destinations.of_school(asked["school_urn"])), leaver_stage=asked["about"], sen_group=group)
    published = _where(visit.read(release.benchmarks()), measure=ENGLAND_WITH_PLAN, area="England")
    newest = max(published, key=lambda row: str(row["period"]), default=None) if group == "EHC plan" else None
    beside = {"england_value": newest["value"], "england_period": newest["period"]} if newest else {}
    return [{**row, **beside} for row in rows]


def _plans(visit: Visit, asked: Row) -> list[Row]:
    rows = visit.read(value_for_money.by_year(asked["school_urn"]))
    return _where(rows, academic_year=str(asked["about"])[:4]) or rows[-1:]


def _moves(visit: Visit, asked: Row) -> list[Row]:
    group = "SEN" if asked["trigger"] == "SEN_LEAVE_MORE" else "All pupils"
    return _where(visit.read(moves.rates()), school_urn=asked["school_urn"], move_group=group)


def _pairs(visit: Visit, asked: Row) -> list[Row]:
    return [
        row for row in visit.read(cost_effectiveness.pairs()) if cost_effectiveness.pair_name(row) == asked["about"]
    ]


def _tests(visit: Visit, asked: Row) -> list[Row]:
    return [row for row in visit.read(progress.tests()) if progress.test_name(row) == asked["about"]]


def _ladder(visit: Visit, asked: Row) -> list[Row]:
    return _where(visit.read(progress.by_school()), school_urn=asked["school_urn"], subject=asked["about"])


FINDERS: dict[str, Finder] = {
    "mart_impact__intervention": _intervention,
    "mart_impact__school": _named("intervention_name", _impact_of_school),
    "mart_value_for_money__school": _plans,
    "mart_money__school": _named("financial_year", lambda visit, urn: visit.read(money.by_year(urn))),
    "mart_cost_effectiveness__option": _named(
        "intervention_name", lambda visit, _: visit.read(cost_effectiveness.options())
    ),
    "mart_cost_effectiveness__pair": _pairs,
    "mart_ehc_clock__school": _school(lambda visit: visit.read(ehc_clock.by_school())),
    "mart_ehc_delivery__school": _named("academic_year", lambda visit, urn: visit.read(ehc_delivery.by_year(urn))),
    "mart_ehc_outcomes__school": _school(lambda visit: visit.read(ehc_outcomes.by_school())),
    "mart_destinations__school": _leavers,
    "mart_moves__school": _moves,
    "mart_inclusion__school": _named("sen_group", lambda visit, urn: visit.read(inclusion.figures(urn))),
    "mart_inclusion__now": _school(lambda visit: visit.read(inclusion.now())),
    "mart_inclusion__curriculum": _school(lambda visit: visit.read(inclusion.curriculum())),
    "mart_progress__school": _ladder,
    "mart_progress__test": _tests,
    "mart_deliveries__confidence": _school(lambda visit: visit.read(deliveries.confidence())),
    "mart_interventions__compliance": _named("academic_year", lambda visit, urn: visit.read(catalogue.tested(urn))),
    "mart_interventions__timeliness": lambda visit, asked: visit.read(catalogue.waits(asked["school_urn"])),
    "mart_referrals__service": _named("service_label", lambda visit, _: visit.read(referrals.by_service())),
    "mart_referrals__school": _school(lambda visit: visit.read(referrals.by_school())),
    "mart_purchasing__needs": _named("sen_type", lambda visit, _: visit.read(purchasing.needs())),
    "mart_purchasing__saving": lambda visit, _: visit.read(purchasing.saved_yearly()),
    "mart_strategy__priority": _named("priority_name", lambda visit, _: visit.read(strategy.priorities())),
    "mart_identification__school": _school(lambda visit: visit.read(identification.by_school())),
    "mart_identification__group": _named("pupil_group", lambda visit, urn: visit.read(identification.groups(urn))),
    "mart_moderation__round": _named("round_name", lambda visit, _: visit.read(moderation.rounds())),
    "mart_moderation__school": _named("round_name", lambda visit, urn: visit.read(moderation.own_drift(urn))),
    "mart_moderation__practice": _school(lambda visit: visit.read(moderation.practice())),
    "mart_match__school": _school(lambda visit: visit.read(match.by_school())),
    "mart_needs__support": _school(lambda visit: visit.read(sen_flows.needs_of_support())),
    "mart_pupils__school": _school(lambda visit: visit.read(pupils.on_roll())),
}
