"""The engagement profile: what staff saw each half-term of pupils below the age curriculum. Never a score."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from expectations.tables.engagement import ENGAGEMENT_AREAS
from seeds.trust.calendar import Calendar, HalfTerm
from seeds.trust.interventions import WINDOW_DAYS, Group
from seeds.trust.needs import Needs
from seeds.trust.people import Enrolment
from seeds.trust.rows import Row
from seeds.trust.schools import School
from seeds.trust.streams import Stream, weekday_from

USUAL_RATE, IN_GROUP_RATE = 0.3, 0.45
"""Chance that progress is seen in an area: at any time, and during a group or soon after."""
AREAS_EACH_TIME = 3
AREA_WORDS = (
    {area: area.capitalize() for area in ENGAGEMENT_AREAS},
    {
        "EXPLORATION": "Exploring", "REALISATION": "Realising", "ANTICIPATION": "Anticipating",
        "PERSISTENCE": "Persisting", "INITIATION": "Initiating",
    },
)  # fmt: skip
DIRECTION_WORDS = (
    {"PROGRESS": "Progress", "SAME": "Same", "LESS": "Less"},
    {"PROGRESS": "More", "SAME": "No change", "LESS": "Less"},
)


@dataclass(frozen=True)
class Observation:
    """One pupil, one day, one area."""

    enrolment: Enrolment
    day: dt.date
    area: str
    direction: str


def keeps_profile(school: School) -> bool:
    """True for special schools and about a third of the others."""
    return school.is_special or school.index % 3 == 2


def observe_engagement(groups: list[Group], needs: Needs, calendar: Calendar, seed: int) -> list[Observation]:
    """Observations of group members below the age curriculum, in schools that keep the profile, while on roll."""
    stream = Stream(seed, "engagement")
    joined: dict[tuple[str, int], list[tuple[Enrolment, Group]]] = {}
    for group in groups:
        if keeps_profile(group.school):
            for member in group.members:
                need = needs.get(member.enrolment.person.key)
                if need is not None and need.is_below_curriculum:
                    key = (group.school.urn, member.enrolment.person.key)
                    joined.setdefault(key, []).append((member.enrolment, group))
    return [
        observation
        for _, spells in sorted(joined.items())
        for half_term in calendar.half_terms
        for observation in _observe(spells[0][0], [g for _, g in spells], half_term, calendar, stream)
    ]


def _observe(
    enrolment: Enrolment, groups: list[Group], half_term: HalfTerm, calendar: Calendar, stream: Stream
) -> Iterator[Observation]:
    """One day of a half-term, three areas."""
    day = stream.day(half_term.start + dt.timedelta(days=7), half_term.end - dt.timedelta(days=4))
    day = weekday_from(day)
    areas = stream.some(ENGAGEMENT_AREAS, AREAS_EACH_TIME)
    is_in_group = any(g.block.start < day <= g.block.end + dt.timedelta(days=WINDOW_DAYS) for g in groups)
    rate = IN_GROUP_RATE if is_in_group else USUAL_RATE
    seen = [stream.weighted({"PROGRESS": rate, "SAME": 0.9 - rate, "LESS": 0.1}) for _ in areas]
    if day > calendar.data_date or not enrolment.is_on_roll(day):
        return
    for area, direction in zip(areas, seen, strict=True):
        yield Observation(enrolment, day, area, direction)


def observation_rows(school: School, observations: list[Observation], calendar: Calendar) -> list[Row]:
    """Rows of one school in the order of the contract's columns, in the school's own words."""
    areas, directions = AREA_WORDS[school.index % 2], DIRECTION_WORDS[school.index % 2]
    return [
        [
            o.enrolment.upn_on(calendar.data_date), o.enrolment.mis_id, o.enrolment.person.surname,
            o.enrolment.person.forename, o.day, areas[o.area], directions[o.direction],
        ]
        for o in observations
        if o.enrolment.school.urn == school.urn
    ]  # fmt: skip
