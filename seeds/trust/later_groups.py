"""Groups beside the measured ones: prompt check-ins in some schools, and a short burst whose end test is still open.

Each has a stream of its own and changes no mark, so that every other group, pick and planted effect is as without it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from seeds.trust.assessment_rows import judged_day
from seeds.trust.assessments import TESTS, Scores
from seeds.trust.blocks import Block, plan_sessions
from seeds.trust.calendar import Calendar, HalfTerm
from seeds.trust.catalogue import CHECK_INS, SPRINT, Intervention, entry_of
from seeds.trust.interventions import Group, Participation
from seeds.trust.levels import gives_points, is_below_curriculum
from seeds.trust.needs import Needs
from seeds.trust.people import Enrolment, People
from seeds.trust.schools import School
from seeds.trust.streams import Stream

LOW_SCORE = 85
"""A standardised score below this is a concern: the trust's own setting."""
TAKEN_RATE, KEPT_RATE = 0.9, 0.6
"""Of the pupils of a prompt school: who gets a check-in the half-term after the first concern, and who of those whose
latest score is low is in one now."""
JUDGED_RATE = 0.9
GROUP_SIZE, SPRINT_SIZE = 6, 5
PROMPT_FROM = dt.timedelta(days=760)
"""How long before the data date the prompt schools took check-ins up: concerns older than two years do not count."""


@dataclass
class _Former:
    """Forms groups of one school, each pupil at most once at a time."""

    school: School
    calendar: Calendar
    stream: Stream
    groups: list[Group] = field(default_factory=list)

    def form(self, intervention: Intervention, block: Block, pupils: list[Enrolment], size: int) -> None:
        """The pupils in groups of at most ``size``."""
        aliases = entry_of(intervention.name).aliases
        for first in range(0, len(pupils), size):
            sessions, planned_count = plan_sessions(intervention, block, self.calendar, self.stream)
            delivered = sum(session.is_delivered for session in sessions)
            is_over = block.length != "RUNNING"
            members = tuple(self._take_part(pupil, delivered, is_over) for pupil in pupils[first : first + size])
            reference = f"{intervention.name[0]}{len(self.groups) + 1:03d}"
            spelling = aliases[self.school.index % len(aliases)].capitalize()
            self.groups.append(
                Group(reference, self.school, intervention, spelling, block, planned_count, sessions, members, False)
            )

    def _take_part(self, pupil: Enrolment, delivered: int, is_over: bool) -> Participation:
        attended = max(1, int(self.stream.numbers.binomial(delivered, 0.94)))
        judged = max(-2, min(2, round(self.stream.normal(0.4, 0.9)))) if self.stream.chance(JUDGED_RATE) else None
        return Participation(pupil, attended, judged if is_over else None, None, None, False, effect=0.0)


def is_prompt(school: School) -> bool:
    """True for the schools that answer a first concern at once."""
    return not school.is_special and school.index % 2 == 0 and school.forms.provision_map == "workbook"


def form_later_groups(
    people: People, schools: tuple[School, ...], needs: Needs, scores: Scores, calendar: Calendar, seed: int
) -> list[Group]:
    """Check-ins of every prompt school, and one burst in the first of them that gives points."""
    groups: list[Group] = []
    concerns, low = first_concerns(people, needs, scores, calendar), _low_now(scores, calendar)
    for school in schools:
        if is_prompt(school):
            former = _Former(school, calendar, Stream(seed, f"check-ins {school.urn}"))
            _check_in(former, people, concerns, low)
            groups += former.groups
    for school in [s for s in schools if is_prompt(s) and gives_points(s)][:1]:
        former = _Former(school, calendar, Stream(seed, f"sprint {school.urn}"))
        _sprint(former, people, needs)
        groups += former.groups
    return groups


def first_concerns(people: People, needs: Needs, scores: Scores, calendar: Calendar) -> dict[int, dt.date]:
    """Person key to the day of the first low standardised score or of the first SEN status, whichever came first."""
    days: dict[int, dt.date] = {key: need.spells[0].start for key, need in needs.items()}
    observed = scores.observed()
    for person in people.persons:
        for point in calendar.test_points:
            sat = scores.sat[person.key, point.index]
            if (sat & (observed[person.key, point.index] < LOW_SCORE)).any():
                day = point.monday + dt.timedelta(days=int(scores.days[person.key, point.index]))
                days[person.key] = min(day, days.get(person.key, day))
                break
    return days


def _low_now(scores: Scores, calendar: Calendar) -> Callable[[int], bool]:
    """Whether the latest score of a child in a subject is low."""
    observed = scores.observed()

    def is_low(key: int) -> bool:
        latest: dict[str, int] = {}
        for point in calendar.test_points[-3:]:
            for place, test in enumerate(TESTS):
                if scores.sat[key, point.index, place]:
                    latest[test.subject] = int(observed[key, point.index, place])
        return any(score < LOW_SCORE for score in latest.values())

    return is_low


def _check_in(former: _Former, people: People, concerns: dict[int, dt.date], is_low: Callable[[int], bool]) -> None:
    """At the start of each half-term those whose first concern came in the one before; now also whose score is low."""
    calendar = former.calendar
    for before, half_term in _half_terms(calendar):
        block = _block(calendar, half_term, dt.timedelta(days=2), dt.timedelta(weeks=9))
        staying = [e for e in people.on_roll(former.school, block.start) if e.is_on_roll(block.end)]
        is_now = block.end >= calendar.data_date
        chosen = [
            e
            for e in staying
            if (before.start <= concerns.get(e.person.key, dt.date.min) < half_term.start
                and former.stream.chance(TAKEN_RATE))
            or (is_now and half_term.name == "Autumn2" and is_low(e.person.key) and former.stream.chance(KEPT_RATE))
        ]  # fmt: skip
        former.form(CHECK_INS, block, chosen, GROUP_SIZE)


def _half_terms(calendar: Calendar) -> Iterator[tuple[HalfTerm, HalfTerm]]:
    """Each half-term since check-ins were taken up, with the one before it."""
    terms = sorted(calendar.half_terms, key=lambda term: term.start)
    for before, half_term in pairwise(terms):
        if calendar.data_date - PROMPT_FROM <= half_term.start < calendar.data_date - dt.timedelta(days=7):
            yield before, half_term


def _block(calendar: Calendar, half_term: HalfTerm, after: dt.timedelta, length: dt.timedelta) -> Block:
    start = half_term.start + after
    length_name = "RUNNING" if start + length >= calendar.data_date else "TERM"
    return Block(half_term.academic_year, length_name, start, start + length, None, None)


def _sprint(former: _Former, people: People, needs: Needs) -> None:
    """A fortnight of writing that ended this week: judged before it began, and not yet since."""
    calendar = former.calendar
    half_term = calendar.half_term(calendar.last_year, "Autumn2")
    block = _block(calendar, half_term, dt.timedelta(), dt.timedelta(days=15))
    judged = judged_day(calendar.half_term(calendar.last_year, "Autumn1"))
    low, high = SPRINT.nc_years
    able = [
        e
        for e in people.on_roll(former.school, judged)
        if low <= e.person.nc_year(calendar.last_year) <= high
        and e.is_on_roll(calendar.data_date)
        and not is_below_curriculum(e, needs)
    ]
    former.form(SPRINT, block, former.stream.some(able, SPRINT.treated_count), SPRINT_SIZE)
