"""Targets set for the pupils of some groups, each scaled from -2 to +2, and what was reached. No wording is made up."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from expectations.vocabulary import AREAS_OF_NEED
from seeds.trust.calendar import Calendar
from seeds.trust.catalogue import entry_of
from seeds.trust.interventions import Group
from seeds.trust.people import Enrolment
from seeds.trust.rows import Row
from seeds.trust.streams import Stream, weekday_from

SCALED_AREAS = (AREAS_OF_NEED[0], AREAS_OF_NEED[2])
"""Communication and social groups work towards targets; so does every group of a special school."""
REACHED_MEAN, REACHED_SD = 0.15, 0.95
SCORED_RATE, LEVELLED_RATE, IN_TIME_RATE = 0.88, 0.92, 0.85


@dataclass(frozen=True)
class Target:
    """One target of one pupil in one group."""

    group: Group
    enrolment: Enrolment
    number: int
    weight: int | None
    start_level: int | None
    achieved_level: int | None
    set_date: dt.date
    scored_date: dt.date | None
    is_scored_by_deliverer: bool | None


def set_targets(groups: list[Group], calendar: Calendar, seed: int) -> list[Target]:
    """Targets of every group whose school keeps its own map and that works towards targets."""
    stream = Stream(seed, "targets")
    return [
        _set_target(group, member.enrolment, number, calendar, stream)
        for group in groups
        if not group.is_in_insight and works_towards_targets(group)
        for member in group.members
        for number in range(1, stream.whole(1, 3) + 1)
    ]


def works_towards_targets(group: Group) -> bool:
    """True for groups in special schools, and for those whose area of need has no test of its own."""
    return group.school.is_special or entry_of(group.intervention.name).area_of_need in SCALED_AREAS


def _set_target(group: Group, enrolment: Enrolment, number: int, calendar: Calendar, stream: Stream) -> Target:
    """Most are set and levelled before the first session, and scored in the week after the last."""
    is_in_time, is_levelled = stream.chance(IN_TIME_RATE), stream.chance(LEVELLED_RATE)
    away = stream.whole(-10, 0) if is_in_time else stream.whole(3, 15)
    set_date = weekday_from(group.block.start + dt.timedelta(days=away))
    set_date = min(set_date, group.block.start) if is_in_time else set_date
    start = -1 if stream.chance(0.8) else -2
    reached = max(-2, min(2, round(stream.normal(REACHED_MEAN, REACHED_SD))))
    scored_date = weekday_from(group.block.end + dt.timedelta(days=stream.whole(0, 7)))
    is_scored = stream.chance(SCORED_RATE) and scored_date <= calendar.data_date
    by_deliverer = stream.chance(0.3) if stream.chance(0.9) else None
    weight = stream.whole(1, 3) if group.school.index % 2 else None
    return Target(
        group, enrolment, number, weight, start if is_levelled else None, reached if is_scored else None, set_date,
        scored_date if is_scored else None, by_deliverer if is_scored else None,
    )  # fmt: skip


def target_rows(targets: list[Target], calendar: Calendar) -> list[Row]:
    """Rows of the targets sheet in the order of its contract's columns."""
    return [
        [
            t.group.reference, t.enrolment.upn_on(calendar.data_date), t.enrolment.mis_id, t.enrolment.person.surname,
            t.enrolment.person.forename, t.number, t.weight, t.start_level, t.achieved_level, t.set_date,
            t.scored_date, t.is_scored_by_deliverer,
        ]
        for t in targets
    ]  # fmt: skip
