"""Attendance by half-term, and suspensions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from seeds.trust.calendar import Calendar, HalfTerm
from seeds.trust.interventions import Group
from seeds.trust.needs import Needs
from seeds.trust.people import Enrolment
from seeds.trust.rows import Row
from seeds.trust.schools import School
from seeds.trust.streams import Stream

MEAN_ABSENCE = {"N": 0.055, "K": 0.085, "E": 0.095}
SUSPENSIONS_PER_YEAR = {"Primary": 0.03, "Secondary": 0.25, "All-through": 0.15, "Special": 0.1}

Falls = dict[int, tuple[dt.date, float]]
"""Person key to the first day of a lower absence and by how much of the possible sessions it is lower."""


@dataclass(frozen=True)
class Attended:
    """One child's half-term in one school, in sessions; ``fall_rate`` is what an intervention took off its absence."""

    enrolment: Enrolment
    half_term: HalfTerm
    possible: int
    authorised: int
    unauthorised: int
    fall_rate: float


def find_falls(groups: Iterable[Group]) -> Falls:
    """Person key to the first day and size of the fall in absence that interventions for attendance bring."""
    falls: Falls = {}
    for group in groups:
        if group.intervention.outcome.scale == "ATTENDANCE":
            for member in group.members:
                falls[member.enrolment.person.key] = (group.block.start, -member.effect / 100)
    return falls


def attend(
    school: School, roll: list[Enrolment], needs: Needs, calendar: Calendar, falls: Falls, seed: int
) -> Iterator[Attended]:
    """Attendance in whole half-terms. Who is hardly ever absent cannot fall by much: a fifth of it stays."""
    stream, thinning = Stream(seed, f"attendance {school.urn}"), Stream(seed, f"fewer absences {school.urn}")
    ended = [h for h in calendar.half_terms if h.end <= calendar.data_date]
    for enrolment in roll:
        need = needs.get(enrolment.person.key)
        usual = stream.numbers.gamma(1.4, 1 / 1.4)
        begin, fall = falls.get(enrolment.person.key, (calendar.data_date, 0.0))
        for half_term in ended:
            possible = 2 * _days_on_roll(enrolment, half_term)
            if possible == 0 or enrolment.person.nc_year(half_term.academic_year) < 0:
                continue
            mean = MEAN_ABSENCE[need.provision_on(half_term.start) if need else "N"]
            rate = min(0.9, mean * usual)
            missed = int(stream.numbers.binomial(possible, rate))
            authorised = int(stream.numbers.binomial(missed, 0.68))
            kinds = (authorised, missed - authorised)
            fallen = min(fall, 0.8 * rate) if half_term.start >= begin else 0.0
            if fallen:
                kept = 1 - fallen / rate
                kinds = (int(thinning.numbers.binomial(kinds[0], kept)), int(thinning.numbers.binomial(kinds[1], kept)))
            yield Attended(enrolment, half_term, possible, *kinds, fallen)


def attendance_rows(terms: Iterable[Attended], calendar: Calendar) -> list[Row]:
    """(UPN, MIS id, surname, forename, year, half-term, possible, authorised, unauthorised), whole half-terms."""
    return [
        [
            term.enrolment.upn_on(calendar.data_date), term.enrolment.mis_id, term.enrolment.person.surname,
            term.enrolment.person.forename, term.half_term.academic_year, term.half_term.name,
            term.possible, term.authorised, term.unauthorised,
        ]
        for term in terms
    ]  # fmt: skip


def _days_on_roll(enrolment: Enrolment, half_term: HalfTerm) -> int:
    first = max(enrolment.entry, half_term.start)
    last = min(enrolment.leaving or half_term.end, half_term.end)
    days = (last - first).days + 1
    if days <= 0:
        return 0
    weeks, rest = divmod(days, 7)
    return 5 * weeks + sum((first + dt.timedelta(days=n)).weekday() < 5 for n in range(rest))


@dataclass(frozen=True)
class Suspension:
    """One suspension or exclusion, in sessions missed."""

    enrolment: Enrolment
    day: dt.date
    category: str
    missed: int


def suspend(school: School, roll: list[Enrolment], needs: Needs, calendar: Calendar, seed: int) -> Iterator[Suspension]:
    """Suspensions of a school's pupils, no two of a pupil on one day; likelier with SEN, likeliest with SEMH."""
    stream = Stream(seed, f"suspensions {school.urn}")
    for enrolment in roll:
        need = needs.get(enrolment.person.key)
        first = max(enrolment.entry, dt.date(calendar.first_year, 9, 1))
        last = min(enrolment.leaving or calendar.data_date, calendar.data_date - dt.timedelta(days=2))
        rate = SUSPENSIONS_PER_YEAR[school.phase] * (5 if need and need.main == "SEMH" else 2 if need else 1)
        years = max(0.0, (last - first).days / 365)
        days = (
            {stream.day(first, last) for _ in range(int(stream.numbers.poisson(rate * years * 0.6)))}
            if years > 0
            else set()
        )
        for day in sorted(day for day in days if day <= last and is_term(day, calendar)):
            category = stream.weighted({"SUSP": 94, "LNCH": 5, "PERM": 1})
            yield Suspension(enrolment, day, category, 1 if category == "LNCH" else 2 * stream.whole(1, 5))


def suspension_rows(suspensions: Iterable[Suspension], calendar: Calendar) -> list[Row]:
    """(UPN, MIS id, surname, forename, start, category, sessions missed)."""
    return [
        [
            one.enrolment.upn_on(calendar.data_date), one.enrolment.mis_id, one.enrolment.person.surname,
            one.enrolment.person.forename, one.day, one.category, one.missed,
        ]
        for one in suspensions
    ]  # fmt: skip


def is_term(day: dt.date, calendar: Calendar) -> bool:
    """True for a day within a half-term."""
    return any(half_term.start <= day <= half_term.end for half_term in calendar.half_terms)
