"""Part-time timetables and placements in alternative provision: who, since when, reviewed or overdue. No files."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from seeds.trust.calendar import Calendar
from seeds.trust.inclusion import is_term
from seeds.trust.needs import Need, Needs
from seeds.trust.people import Enrolment
from seeds.trust.rows import Row
from seeds.trust.schools import School
from seeds.trust.streams import Stream, weekday_from

EVER_PART_TIME = {"N": 0.004, "K": 0.05, "E": 0.09}
EVER_PLACED = {"N": 0.004, "K": 0.03, "E": 0.02}
"""Share of pupils who have had one in the last two years, by SEN status now."""
PROVIDERS = ("Hollowbank Centre", "Kiteham Workshop", "Reedmarsh Farm", "Sallowfield Unit")
STILL_RUNNING, WITHOUT_END, WITHOUT_NEXT = 0.55, 0.15, 0.15
REVIEWED_EVERY = 42
"""Days after which a timetable without a day of review is due: six weeks, as the method page says."""


@dataclass(frozen=True)
class PartTime:
    """One part-time timetable; ``next_review`` as the school wrote it down, if it did."""

    enrolment: Enrolment
    start: dt.date
    planned_end: dt.date | None
    end: dt.date | None
    sessions: int
    last_review: dt.date | None
    next_review: dt.date | None

    def runs_on(self, day: dt.date) -> bool:
        """True while it runs and the pupil is on roll."""
        return self.start <= day and (self.end is None or self.end >= day) and self.enrolment.is_on_roll(day)

    @property
    def review_due(self) -> dt.date:
        """The day by which it is to be reviewed."""
        return self.next_review or (self.last_review or self.start) + dt.timedelta(days=REVIEWED_EVERY)


@dataclass(frozen=True)
class Placement:
    """One placement in alternative provision."""

    enrolment: Enrolment
    provider: str
    start: dt.date
    planned_end: dt.date | None
    end: dt.date | None
    sessions: int
    is_registered: bool | None
    last_visit: dt.date | None

    def runs_on(self, day: dt.date) -> bool:
        """True while it runs and the pupil is on roll."""
        return self.start <= day and (self.end is None or self.end >= day) and self.enrolment.is_on_roll(day)


def give_part_time(
    school: School, roll: list[Enrolment], needs: Needs, calendar: Calendar, seed: int
) -> list[PartTime]:
    """A school's part-time timetables of the last two years; likelier with SEN, likeliest with SEMH."""
    stream, today = Stream(seed, f"part-time timetables {school.urn}"), calendar.data_date
    return [
        _part_time(enrolment, calendar, stream)
        for enrolment in roll
        if enrolment.is_on_roll(today)
        and stream.chance(_chance(EVER_PART_TIME, needs.get(enrolment.person.key), today))
    ]


def _chance(rates: dict[str, float], need: Need | None, today: dt.date) -> float:
    rate = rates[need.provision_on(today) if need else "N"]
    return rate * (4 if need and need.main == "SEMH" else 1)


def _part_time(enrolment: Enrolment, calendar: Calendar, stream: Stream) -> PartTime:
    today = calendar.data_date
    is_running = stream.chance(STILL_RUNNING)
    start = _term_day(enrolment, calendar, 10, 150 if is_running else 600, stream)
    planned = None if stream.chance(WITHOUT_END) else weekday_from(start + dt.timedelta(days=stream.whole(28, 98)))
    end = None if is_running else min(start + dt.timedelta(days=stream.whole(20, 120)), today - dt.timedelta(days=3))
    end = max(end, start) if end else None
    reviewed = [start + dt.timedelta(days=days) for days in (42, 84, 126)]
    held = [day for day in reviewed if day <= (end or today)]
    last = weekday_from(held[-1]) if held and stream.chance(0.6) else None
    last = last if last is None or last <= today else None
    following = None if stream.chance(WITHOUT_NEXT) else weekday_from((last or start) + dt.timedelta(days=42))
    return PartTime(enrolment, start, planned, end, stream.whole(3, 8), last, following)


def place_elsewhere(
    school: School, roll: list[Enrolment], needs: Needs, calendar: Calendar, seed: int
) -> list[Placement]:
    """Placements of pupils of the upper years of mainstream schools."""
    stream, today = Stream(seed, f"alternative provision {school.urn}"), calendar.data_date
    older = [e for e in roll if e.is_on_roll(today) and e.person.nc_year(calendar.last_year) >= 4]
    if school.is_special:
        return []
    return [
        _placement(enrolment, calendar, stream)
        for enrolment in older
        if stream.chance(_chance(EVER_PLACED, needs.get(enrolment.person.key), today))
    ]


def _placement(enrolment: Enrolment, calendar: Calendar, stream: Stream) -> Placement:
    today = calendar.data_date
    is_running = stream.chance(0.6)
    start = _term_day(enrolment, calendar, 15, 300 if is_running else 600, stream)
    planned = None if stream.chance(0.3) else weekday_from(start + dt.timedelta(days=stream.whole(60, 300)))
    end = None if is_running else max(start, min(start + dt.timedelta(days=stream.whole(40, 200)),
                                                 today - dt.timedelta(days=5)))  # fmt: skip
    visit = None if stream.chance(0.25) else weekday_from(start + dt.timedelta(days=stream.whole(0, 60)))
    registered = stream.weighted({True: 70, False: 20, None: 10})
    return Placement(enrolment, stream.one_of(PROVIDERS), start, planned, end, stream.whole(2, 10), registered,
                     visit if visit and visit <= today else None)  # fmt: skip


def _term_day(enrolment: Enrolment, calendar: Calendar, least: int, most: int, stream: Stream) -> dt.date:
    """A school day between so many days ago; never before the pupil came."""
    today = calendar.data_date
    day = stream.day(today - dt.timedelta(days=most), today - dt.timedelta(days=least))
    while not is_term(day, calendar):
        day = weekday_from(day + dt.timedelta(days=3))
    return max(enrolment.entry, day)


def part_time_rows(timetables: list[PartTime], calendar: Calendar) -> list[Row]:
    """(UPN, MIS id, surname, forename, start, planned end, end, sessions a week, last review, next review)."""
    return [
        [*_who(one.enrolment, calendar), one.start, one.planned_end, one.end, one.sessions, one.last_review,
         one.next_review]
        for one in timetables
    ]  # fmt: skip


def placement_rows(placements: list[Placement], calendar: Calendar) -> list[Row]:
    """(UPN, MIS id, surname, forename, provider, start, planned end, end, sessions, registered, last visit)."""
    return [
        [*_who(one.enrolment, calendar), one.provider, one.start, one.planned_end, one.end, one.sessions,
         one.is_registered, one.last_visit]
        for one in placements
    ]  # fmt: skip


def _who(enrolment: Enrolment, calendar: Calendar) -> Row:
    person = enrolment.person
    return [enrolment.upn_on(calendar.data_date), enrolment.mis_id, person.surname, person.forename]
