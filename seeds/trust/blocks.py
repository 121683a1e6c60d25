"""When interventions run: stretches of weeks between two tests, and sessions. Who takes part: ``interventions``."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from seeds.trust.calendar import Calendar, TestPoint
from seeds.trust.catalogue import Intervention
from seeds.trust.streams import Stream

WEEKDAYS = {1: (2,), 2: (1, 3), 3: (0, 2, 4), 4: (0, 1, 3, 4), 5: (0, 1, 2, 3, 4)}
"""Sessions a week to the days of the week."""


@dataclass(frozen=True)
class Block:
    """A stretch of weeks between two tests; ``entry`` and ``exit`` are None where no test frames it."""

    academic_year: int
    length: str
    start: dt.date
    end: dt.date
    entry: TestPoint | None
    exit: TestPoint | None


@dataclass(frozen=True)
class Session:
    """One planned session that fell due by the data date."""

    day: dt.date
    is_delivered: bool


def make_blocks(calendar: Calendar) -> list[Block]:
    """Blocks of ten weeks within a term, of twenty weeks over two, and the one that is still running."""
    blocks = []
    for year in calendar.years:
        points = {p.half_term: p for p in calendar.test_points if p.academic_year == year}
        autumn, spring, summer = (points.get(name) for name in ("Autumn2", "Spring2", "Summer2"))
        if autumn and spring:
            start = calendar.half_term(year, "Spring1").start
            blocks.append(Block(year, "TERM", start, _friday(start, 10), autumn, spring))
        if autumn and summer:
            start, end = calendar.half_term(year, "Spring1").start, calendar.half_term(year, "Summer2").start
            blocks.append(Block(year, "YEAR", start, _friday(end, 2), autumn, summer))
        if spring and summer:
            start = calendar.half_term(year, "Summer1").start
            blocks.append(Block(year, "TERM", start, _friday(start, 10), spring, summer))
    start = calendar.half_term(calendar.last_year, "Autumn1").start + dt.timedelta(days=13)
    if start < calendar.data_date:
        end = calendar.half_term(calendar.last_year, "Autumn2").end - dt.timedelta(days=7)
        blocks.append(Block(calendar.last_year, "RUNNING", start, end, None, None))
    return blocks


def _friday(start: dt.date, weeks: int) -> dt.date:
    monday = start - dt.timedelta(days=start.weekday())
    return monday + dt.timedelta(days=7 * weeks - 3)


def plan_sessions(
    intervention: Intervention, block: Block, calendar: Calendar, stream: Stream
) -> tuple[tuple[Session, ...], int]:
    """Sessions due by the data date, with the share delivered near the intervention's rate; and all planned."""
    planned = calendar.teaching_days(block.start, block.end, WEEKDAYS[intervention.sessions_per_week])
    due = [day for day in planned if day < calendar.data_date]
    rate = min(1.0, max(0.3, intervention.delivered_rate + stream.normal(0, 0.03)))
    # The first session takes place: that day a group has started, and its entry test must still be near.
    later = stream.numbers.permutation(max(0, len(due) - 1))[: round(len(due) * (1 - rate))] + 1
    missed = {due[int(place)] for place in later}
    return tuple(Session(day, day not in missed) for day in due), len(planned)
