"""Who the pupils are and where they were on roll: people, enrolments, moves, UPNs. What they score is elsewhere."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace

from seeds.trust.calendar import Calendar, academic_year_of
from seeds.trust.identifiers import HOSTILE_NAMES, invent_forename, invent_surname, make_upn
from seeds.trust.schools import School
from seeds.trust.streams import Stream, weekday_from

JOINED_LATE, LEFT_EARLY, MOVED, TEMPORARY, WITHOUT_UPN = 0.12, 0.06, 0.01, 0.008, 0.004
FROM_TRUST_PRIMARY = 0.35
"""Share of a secondary's year 7 that comes from the trust's own primaries."""
FSM_RATE, EAL_RATE = 0.35, 0.20


@dataclass(frozen=True)
class Person:
    """One child. ``upn`` is the permanent number; the temporary one was used before ``upn_issued``.

    ``year_zero`` is the academic year in which the child is, or would have been, in reception. ``ability`` holds the
    stable part of reading and mathematics scores, in points from the mean.
    """

    key: int
    surname: str
    forename: str
    birth_date: dt.date
    sex: str
    is_fsm: bool
    is_eal: bool
    year_zero: int
    general: float
    ability: tuple[float, float]
    upn: str | None
    temporary_upn: str | None = None
    upn_issued: dt.date | None = None

    def nc_year(self, academic_year: int) -> int:
        """Year group as a number, reception 0."""
        return academic_year - self.year_zero

    def upn_on(self, day: dt.date) -> str | None:
        """The UPN known on a day."""
        if self.temporary_upn and (self.upn is None or self.upn_issued is None or day < self.upn_issued):
            return self.temporary_upn
        return self.upn


@dataclass(frozen=True)
class Enrolment:
    """One spell of one child on one school's roll. ``own_upn`` is a UPN the school issued although there was one."""

    person: Person
    school: School
    entry: dt.date
    leaving: dt.date | None
    mis_id: str
    insight_id: str
    own_upn: str | None = None

    def is_on_roll(self, day: dt.date) -> bool:
        """On roll on the day, first and last day included."""
        return self.entry <= day and (self.leaving is None or day <= self.leaving)

    def upn_on(self, day: dt.date) -> str | None:
        """The UPN that the school holds for the child on a day."""
        return self.own_upn or self.person.upn_on(day)

    def former_upn_on(self, day: dt.date) -> str | None:
        """The UPN before it, where the school knows one."""
        if self.own_upn:
            return self.person.upn
        person = self.person
        known = person.upn is not None and person.upn_issued is not None and day >= person.upn_issued
        return person.temporary_upn if known else None


@dataclass
class People:
    """Everybody, and every enrolment in order of school and entry."""

    persons: list[Person] = field(default_factory=list)
    enrolments: list[Enrolment] = field(default_factory=list)

    def on_roll(self, school: School, day: dt.date) -> list[Enrolment]:
        """The roll of a school on a day."""
        return [e for e in self.enrolments if e.school.urn == school.urn and e.is_on_roll(day)]


def make_people(schools: tuple[School, ...], calendar: Calendar, seed: int) -> People:
    """The trust's children over the whole period and those who left in the summer before it."""
    maker = _Maker(calendar, Stream(seed, "people"))
    for school in sorted(schools, key=lambda s: s.year_range[0]):  # primaries first: they feed the secondary
        maker.fill_school(school)
    maker.move_some(schools)
    maker.people.enrolments.sort(key=lambda e: (e.school.index, e.entry, e.person.key))
    return maker.numbered()


class _Maker:
    def __init__(self, calendar: Calendar, stream: Stream) -> None:
        self.calendar, self.stream = calendar, stream
        self.people = People()
        self.oldest_leaving = dt.date(calendar.first_year, 6, 1)
        self.feeders: dict[int, list[Person]] = {}

    def fill_school(self, school: School) -> None:
        first, last = school.year_range
        cohort_count = 1.09 * school.pupils_count / (last - first + 1)  # early leavers outnumber late joiners
        for start_year in range(self.calendar.first_year - 1 - (last - first), self.calendar.last_year + 1):
            for _ in range(max(1, round(cohort_count * (1 + self.stream.normal(0, 0.06))))):
                self._enrol(school, start_year)

    def _enrol(self, school: School, start_year: int) -> None:
        first, last = school.year_range
        stream = self.stream
        leaving_year = start_year + last - first
        entry = weekday_from(dt.date(start_year, 9, stream.whole(2, 6)))
        leaving = self._last_day(school, leaving_year)
        if stream.chance(JOINED_LATE) and leaving_year > start_year:
            entry = stream.day(entry, dt.date(leaving_year, 5, 1))
        leaving = self._shortened(school, entry, leaving)
        if entry > self.calendar.data_date - dt.timedelta(days=3) or leaving < self.oldest_leaving:
            return
        person = self._person_for(school, start_year - first)
        if school.phase == "Primary" and leaving.month == 7 and person.upn:
            self.feeders.setdefault(academic_year_of(leaving) + 1, []).append(person)
        is_over = leaving <= self.calendar.data_date
        self.people.enrolments.append(Enrolment(person, school, entry, leaving if is_over else None, "", ""))

    def _last_day(self, school: School, leaving_year: int) -> dt.date:
        """The summer in which the school's last year group leaves; a few special pupils stay a year less."""
        if school.is_special and self.stream.chance(0.35):
            leaving_year -= self.stream.one_of((1, 2, 3))
        is_year_11 = school.year_range[1] == 11
        return dt.date(leaving_year + 1, 6, 26) if is_year_11 else dt.date(leaving_year + 1, 7, 19)

    def _shortened(self, school: School, entry: dt.date, leaving: dt.date) -> dt.date:
        stream = self.stream
        if school.phase == "All-through" and leaving.year - entry.year > 2 and stream.chance(0.45):
            year_11_summer = dt.date(leaving.year - 2, 6, 26)
            leaving = year_11_summer if entry < year_11_summer - dt.timedelta(days=300) else leaving
        if stream.chance(LEFT_EARLY) and (leaving - entry).days > 250:
            leaving = _not_in_summer(stream.day(entry + dt.timedelta(days=120), leaving - dt.timedelta(days=60)))
        return leaving

    def _person_for(self, school: School, year_zero: int) -> Person:
        """A child who finished one of the trust's primaries, or somebody new."""
        waiting = self.feeders.get(year_zero + 7, []) if school.phase == "Secondary" else []
        if waiting and self.stream.chance(FROM_TRUST_PRIMARY):
            return waiting.pop(self.stream.whole(0, len(waiting) - 1))
        return self._new_person(school, year_zero)

    def _new_person(self, school: School, year_zero: int) -> Person:
        stream, key = self.stream, len(self.people.persons)
        birth = dt.date(year_zero - 5, 9, 1) + dt.timedelta(days=stream.whole(0, 364))
        is_fsm = stream.chance(FSM_RATE)
        general = stream.normal() - (0.25 if is_fsm else -0.13) - (2.6 if school.is_special else 0)
        spread = 15 * 0.8**0.5
        ability = tuple(round(spread * (0.85 * general + 0.53 * stream.normal()), 3) for _ in range(2))
        issued = int(school.laestab[3:])
        names = (invent_surname(stream), invent_forename(stream))
        if key % 997 == 400:  # a handful in the whole trust
            names = HOSTILE_NAMES[key // 997 % len(HOSTILE_NAMES)]
        person = Person(
            key, *names, birth, stream.one_of("FM"), is_fsm,
            stream.chance(EAL_RATE), year_zero, general, (ability[0], ability[1]), make_upn(issued, year_zero, key),
        )  # fmt: skip
        person = self._with_odd_upn(person, issued)
        self.people.persons.append(person)
        return person

    def _with_odd_upn(self, person: Person, issued: int) -> Person:
        stream = self.stream
        if stream.chance(TEMPORARY):
            temporary = make_upn(issued, person.year_zero, person.key, is_temporary=True)
            day = stream.day(dt.date(self.calendar.first_year + 1, 3, 1), self.calendar.data_date)
            return replace(
                person, temporary_upn=temporary, upn_issued=day, upn=None if stream.chance(0.25) else person.upn
            )
        return replace(person, upn=None) if stream.chance(WITHOUT_UPN) else person

    def move_some(self, schools: tuple[School, ...]) -> None:
        """About one child in a hundred changes school inside the trust, some with a second UPN by mistake."""
        stream, last_day = self.stream, self.calendar.data_date - dt.timedelta(days=30)
        begins = dt.date(self.calendar.first_year, 9, 20)
        primaries = [s for s in schools if s.phase == "Primary"]
        specials = [s for s in schools if s.is_special]
        staying = [e for e in self.people.enrolments if e.school.phase == "Primary" and e.leaving is None]
        # Without a UPN nothing but the name would follow a child to another school: no rule could tell.
        single = [e for e in staying if e.entry < begins and e.person.upn]
        for enrolment in stream.some(single, max(2, round(MOVED * len(self.people.persons)))):
            others = [s for s in primaries if s.urn != enrolment.school.urn]
            is_to_special = not others or stream.chance(0.15)
            target = stream.one_of(specials if is_to_special else others)
            day = _not_in_summer(stream.day(begins, last_day))
            own = make_upn(int(target.laestab[3:]), day.year, enrolment.person.key) if stream.chance(0.3) else None
            place = self.people.enrolments.index(enrolment)
            self.people.enrolments[place] = replace(enrolment, leaving=day)
            entry = weekday_from(day + dt.timedelta(days=stream.whole(1, 12)))
            self.people.enrolments.append(Enrolment(enrolment.person, target, entry, None, "", "", own))

    def numbered(self) -> People:
        """The same with each school's own numbers: MIS id with leading zeros, Insight id."""
        counts: dict[str, int] = {}
        numbered = []
        for enrolment in self.people.enrolments:
            count = counts[enrolment.school.urn] = counts.get(enrolment.school.urn, 0) + 1
            numbered.append(
                replace(
                    enrolment,
                    mis_id=f"{1000 + 3 * count:06d}",
                    insight_id=str(10_000 * (40 + enrolment.school.index) + count),
                )
            )
        return People(self.people.persons, numbered)


def _not_in_summer(day: dt.date) -> dt.date:
    """The day, or one in April: who goes in the summer term is a leaver, and those are meant to be few and known."""
    return dt.date(day.year, 4, 22) if 5 <= day.month <= 8 else day
