"""What changed since an earlier paper, and why: the larger the change against what is worth a sentence, the earlier.

Only figures that both papers show are compared. The cause is read off published facts, in this order: the meaning of
the figure, a year that was already over, the roll, and else new records.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dashboards.papers.blocks import Fact, Stored
from dashboards.papers.figures import SMALLEST_STEP, Line, Past
from dashboards.wording.numbers import long_date, year_name
from dashboards.wording.papers import change_words

MOST = 3
ROLL = "roll"


@dataclass(frozen=True)
class Earlier:
    """What a paper is compared with: figures, and the day to which they told."""

    data_date: dt.date
    figures: Past


@dataclass(frozen=True)
class Change:
    """A figure then and now. ``size``: how many times the change that is worth a sentence."""

    key: str
    now: Stored
    before: Stored
    size: float
    cause: str


def changes(lines: Iterable[Line], now: Mapping[str, Stored], earlier: Earlier, data_date: dt.date) -> list[Change]:
    """Every figure that moved by what is worth a sentence, the largest change first."""
    worth = {line.key: line.worth for line in lines if line.worth}
    found = []
    for key, stored in now.items():
        before = earlier.figures.get(key)
        if before is None or key not in worth:
            continue
        size = _size(stored, before, worth[key] or 1)
        if size >= 1:
            found.append(Change(key, stored, before, size, _cause(key, stored, before, now, earlier, data_date)))
    return sorted(found, key=lambda change: (-change.size, change.key))


def spread(found: Iterable[Change], figure_of: Mapping[str, int]) -> list[Change]:
    """The changes so that a second one of a figure comes after the first of every other, else in their order."""
    first: list[Change] = []
    others: list[Change] = []
    figures: set[int | None] = set()
    for change in found:
        number = figure_of.get(change.key)
        (others if number in figures else first).append(change)
        figures.add(number)
    return first + others


def _size(now: Stored, before: Stored, worth: float) -> float:
    """Times the change that is worth a sentence; nought where it could be one child, or where one is not shown."""
    if now.share is not None and before.share is not None:
        return abs(now.share - before.share) / worth
    if now.share is not None or before.share is not None or now.number is None or before.number is None:
        return 0
    step = abs(now.number - before.number)
    return step / worth if step >= SMALLEST_STEP or not now.counts_people else 0


def _cause(key: str, now: Stored, before: Stored, figures: Past, earlier: Earlier, data_date: dt.date) -> str:
    if now.definition != before.definition:
        return "DEFINITION"
    if now.period != before.period:
        return "YEAR"
    is_over = now.period.isdigit() and dt.date(int(now.period) + 1, 9, 1) <= earlier.data_date
    if is_over or data_date == earlier.data_date:
        return "LATE_DATA"
    roll, roll_before = figures.get(ROLL), earlier.figures.get(ROLL)
    has_moved = roll is not None and roll_before is not None and roll.number != roll_before.number
    return "PUPILS" if has_moved and key in OF_THE_ROLL else "RECORDS"


OF_THE_ROLL = frozenset({ROLL, "sen_support", "ehc_plans"})
"""Figures that move when pupils join or leave."""


def points(found: list[Change], since: dt.date | None) -> tuple[Fact, ...]:
    """The three largest in words. ``since``: the day of the earlier paper; ``None`` for last year's figures."""
    return tuple(Fact(change.now.label, _sentence(change, since)) for change in found[:MOST])


def _sentence(change: Change, since: dt.date | None) -> str:
    cause = change.cause if since else ""
    return change_words(_said(change.now), _said(change.before), _since(change, since), cause)


def _said(stored: Stored) -> str:
    return stored.share_words or stored.number_words


def _since(change: Change, since: dt.date | None) -> str:
    if since:
        return f"on {long_date(since)}"
    return f"in {year_name(int(change.before.period))}" if change.before.period.isdigit() else "last year"
