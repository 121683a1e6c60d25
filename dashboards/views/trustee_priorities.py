"""The strategy's five priorities on the trustees' first page: a figure or two of each, a sentence, the way to more."""

from __future__ import annotations

from collections.abc import Iterable

from dashboards.figures import Row, shown
from dashboards.markup import Content, join, tag
from dashboards.queries import ehc_clock, ehc_delivery, ehc_outcomes, impact, progress, pupils, strategy
from dashboards.queries.estimates import roll_up
from dashboards.tables import Linked
from dashboards.views import page
from dashboards.views.tiles import Tile, tiles
from dashboards.views.visits import Visit
from dashboards.wording import catalogue
from dashboards.wording import ehc_delivery as delivery_words
from dashboards.wording import ehc_outcomes as outcome_words
from dashboards.wording import impact as impact_words
from dashboards.wording import progress as progress_words
from dashboards.wording import strategy as strategy_words
from dashboards.wording.numbers import percent, whole
from expectations.vocabulary import TRUST


def show_priorities(visit: Visit) -> int:
    """The five sections; returns how many of their figures are hidden."""
    return _leadership(visit) + _identification(visit) + _teaching(visit) + _tracking(visit) + _provision(visit)


def _leadership(visit: Visit) -> int:
    plan = next(iter(visit.read(strategy.priorities())), {})
    of = f"of {plan['actions_count']} in the strategy" if plan else ""
    table = "mart_strategy__priority"
    return _show(
        visit, "1 Leadership", strategy_words.plan_sentence(plan) if plan else "No action is in the data.",
        [_tile(plan, "Actions done", "done_count", table, of), _tile(plan, "Blocked", "blocked_count", table, of)],
        ("Strategy", "strategy"), plan,
    )  # fmt: skip


def _identification(visit: Visit) -> int:
    row = _of_trust(visit.read(pupils.on_roll()))
    table = "mart_pupils__school"
    said = "Special schools are in these shares. The page below tells whether a school differs from schools like it."
    return _show(
        visit, "2 Identification", said,
        [_tile(row, "SEN support", "sen_support_rate", table, _count(row, "sen_support_count")),
         _tile(row, "EHC plans", "ehc_plan_rate", table, _count(row, "ehc_plan_count"))],
        ("Identification and moderation", "identification"), row,
    )  # fmt: skip


def _teaching(visit: Visit) -> int:
    rows = visit.read(impact.interventions())
    sure = [row for row in rows if row["grade"] in ("A", "B")]
    moved = next((row for row in visit.read(progress.by_school())
                  if row["school_urn"] == TRUST and row["subject"] == "Reading"), {})  # fmt: skip
    said = catalogue.places_sentence(roll_up(rows, "verdict", impact_words.VERDICT_WORDS))
    listed = [
        Tile("Interventions measured", str(len(rows)), (f"{len(sure)} with strong or moderate evidence",),
             "mart_impact__intervention", "grade"),
        _tile(moved, "Moved up a rung in reading", "moved_up_rate", "mart_progress__school",
              "of those below age-related a year ago"),
    ]  # fmt: skip
    return _show(visit, "3 Teaching and intervention", said, listed, ("What we run", "works"), moved,
                 progress_words.moved_sentence(moved) if moved else "")  # fmt: skip


def _tracking(visit: Visit) -> int:
    clock, outcomes = _of_trust(visit.read(ehc_clock.by_school())), _of_trust(visit.read(ehc_outcomes.by_school()))
    listed = [
        _tile(clock, "Reviews held by their day", "reviews_in_time_rate", "mart_ehc_clock__school",
              _count(clock, "reviews_due_count", "due")),
        _tile(outcomes, "Plans with evidence", "with_evidence_rate", "mart_ehc_outcomes__school",
              "evidence of the last 14 weeks"),
    ]  # fmt: skip
    said = outcome_words.standing_sentence(outcomes) if outcomes else ""
    return _show(visit, "4 Tracking", said, listed, ("Risk", "risk"), {**outcomes, **clock})


def _provision(visit: Visit) -> int:
    years = visit.read(ehc_delivery.by_year(TRUST))
    row, before = (years[-1] if years else {}), (years[-2] if len(years) > 1 else {})
    table = "mart_ehc_delivery__school"
    last = join(("Last year: ", shown(before, "delivered_rate", percent))) if before else ""
    listed = [
        _tile(row, "Section F delivered", "delivered_rate", table, last),
        _tile(row, "Specialists’ visits made", "specialist_delivered_rate", table, "therapists, specialist teachers"),
    ]
    return _show(visit, "5 Provision", delivery_words.low_sentence(row), listed, ("Risk", "risk"), row)


def _show(
    visit: Visit, title: str, said: str, listed: list[Tile], way: tuple[str, str], row: Row, also: str = ""
) -> int:
    """A priority: figures, sentences, the way to its page; how many of its figures are hidden."""
    page.section(title)
    more = join(("More: ", Linked(*way, visit.here()).html(), "."))
    told = tag("div", *(tag("p", part) for part in (said, also, more) if part), class_="reading")
    return page.put(tag("div", tiles(visit, listed), told, class_="priority"))


def _tile(row: Row, label: str, column: str, table: str, beside: Content) -> Tile:
    figure = shown(row, column, percent if column.endswith("_rate") else whole)
    return Tile(label, figure, (beside,), table, column)


def _count(row: Row, column: str, what: str = "pupils") -> Content:
    return join((shown(row, column, whole), f" {what}"))


def _of_trust(rows: Iterable[Row]) -> Row:
    return next((row for row in rows if row["school_urn"] == TRUST), {})
