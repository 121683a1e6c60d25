"""The truth about who is here and included: absence and suspensions by SEN status then, part-time, subjects.

Absence and entries of the curriculum are those of the rows that are good: what dirt takes away is not to be found.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping

from seeds.trust.calendar import Calendar, HalfTerm, years_later
from seeds.trust.deliveries import Delivery
from seeds.trust.part_time import PartTime
from seeds.trust.people import Enrolment
from seeds.trust.rows import Row
from seeds.trust.sheets import Sheet
from seeds.trust.world import World

Record = dict[str, object]
ATTENDANCE, CURRICULUM = "raw_attendance__half_terms", "raw_inclusion__curriculum"


def good_rows(sheet: Sheet) -> Iterator[Row]:
    """The rows that are taken."""
    lost = {planted.index for planted in sheet.planted if planted.effect == "quarantine"}
    return (row for index, row in enumerate(sheet.rows) if index not in lost)


def absence_truth_rows(world: World, deliveries: list[Delivery]) -> Iterator[Record]:
    """One record per pupil, school, period and SEN status then: sessions possible and missed, this year and before."""
    by_number = {(e.school.urn, e.mis_id): e for e in world.people.enrolments}
    sums: dict[tuple[str, str, int, str], list[int]] = defaultdict(lambda: [0, 0])
    for urn, sheet in _sheets(deliveries, ATTENDANCE):
        for row in good_rows(sheet):
            said = {name: row[sheet.place(name)] for name in sheet.fields if name}
            half = _compared(world.calendar, said)
            if half is None:
                continue
            enrolment = by_number[urn, str(said["mis_id"])]
            if enrolment.person.key in world.died:
                continue
            status = _status_in(world, enrolment, half)
            total = sums[urn, enrolment.mis_id, half.academic_year, status]
            total[0] += _whole(said["possible_sessions_count"])
            total[1] += _whole(said["authorised_sessions_count"]) + _whole(said["unauthorised_sessions_count"])
    for (urn, mis_id, year, status), (possible, absent) in sorted(sums.items()):
        yield {
            "school_urn": urn, "mis_id": mis_id, "academic_year": year, "sen_provision": status,
            "possible_sessions_count": possible, "absent_sessions_count": absent,
        }  # fmt: skip


def _compared(calendar: Calendar, said: Mapping[str, object]) -> HalfTerm | None:
    """The half-term of a row, if it is one of this school year or the same of the year before."""
    year, name = said["academic_year"], said["half_term"]
    ended = {h.name for h in calendar.half_terms if h.academic_year == calendar.last_year
             and h.end <= calendar.data_date}  # fmt: skip
    if year not in (calendar.last_year, calendar.last_year - 1) or name not in ended:
        return None
    return calendar.half_term(int(str(year)), str(name))


def _status_in(world: World, enrolment: Enrolment, half: HalfTerm) -> str:
    """SEN status on the middle day of a half-term, or the first or last day on roll."""
    middle = half.start + (half.end - half.start) // 2
    day = max(enrolment.entry, min(enrolment.leaving or middle, middle))
    need = world.needs.get(enrolment.person.key)
    return need.provision_on(day) if need else "N"


def _whole(value: object) -> int:
    return int(str(value))


def suspension_truth_rows(world: World) -> Iterator[Record]:
    """One record per pupil, school, twelve months and SEN status on the day: suspensions and permanent exclusions."""
    today = world.calendar.data_date
    counts: dict[tuple[str, str, bool, str], list[int]] = defaultdict(lambda: [0, 0])
    for urn, listed in world.suspensions.items():
        for one in listed:
            age = _years_ago(one.day, today)
            if age is None or one.enrolment.person.key in world.died:
                continue
            need = world.needs.get(one.enrolment.person.key)
            status = need.provision_on(one.day) if need else "N"
            counts[urn, one.enrolment.mis_id, age == 0, status][one.category == "PERM"] += 1
    for (urn, mis_id, is_latest, status), (suspensions, exclusions) in sorted(counts.items()):
        yield {
            "school_urn": urn, "mis_id": mis_id, "is_latest": is_latest, "sen_provision": status,
            "suspensions_count": suspensions, "exclusions_count": exclusions,
        }  # fmt: skip


def _years_ago(day: dt.date, today: dt.date) -> int | None:
    """0 in the last twelve months, 1 in the twelve before, nothing earlier or later."""
    if day > today:
        return None
    return next((age for age in (0, 1) if day > years_later(today, -age - 1)), None)


def part_time_truth_rows(world: World) -> Iterator[Record]:
    """One record per part-time timetable that runs: days past its planned end and past its review."""
    today = world.calendar.data_date
    for urn, timetables in world.part_time.items():
        for one in timetables:
            if one.runs_on(today) and one.enrolment.person.key not in world.died:
                yield {"school_urn": urn, "mis_id": one.enrolment.mis_id, "start_date": one.start, **_late(one, today)}


def _late(one: PartTime, today: dt.date) -> Record:
    beyond = (today - one.planned_end).days if one.planned_end else 0
    return {"beyond_end_days": max(0, beyond), "review_overdue_days": max(0, (today - one.review_due).days)}


def placement_truth_rows(world: World) -> Iterator[Record]:
    """One record per placement in alternative provision that runs."""
    today = world.calendar.data_date
    for urn, placements in world.placements.items():
        for one in placements:
            if one.runs_on(today) and one.enrolment.person.key not in world.died:
                yield {
                    "school_urn": urn, "mis_id": one.enrolment.mis_id, "start_date": one.start,
                    "running_days": (today - one.start).days,
                }  # fmt: skip


def curriculum_truth_rows(world: World, deliveries: list[Delivery]) -> Iterator[Record]:
    """One record per school and subject of the newest whole term: entries due, blank, and how pupils take part."""
    last = next((e for entries in world.curriculum.values() for e in reversed(entries)), None)
    if last is None:
        return
    term = (last.academic_year, last.term)
    for urn, sheet in _sheets(deliveries, CURRICULUM):
        due = [e for e in world.curriculum[urn] if (e.academic_year, e.term) == term]
        due = [e for e in due if e.enrolment.person.key not in world.died]
        living = {e.enrolment.mis_id for e in due}
        found = _entries(sheet, term)
        for subject in dict.fromkeys(e.subject for e in due):
            ways = [way for (mis_id, about), way in found.items() if about == subject and mis_id in living]
            yield {
                "school_urn": urn, "curriculum_subject": subject,
                "entries_count": sum(e.subject == subject for e in due),
                "blank_count": sum(e.subject == subject for e in due) - len([way for way in ways if way]),
                **{f"{name}_count": ways.count(code) for name, code in
                   (("full", "FULL"), ("adapted", "ADAPTED"), ("not_taught", "NOT"))},
            }  # fmt: skip


def _entries(sheet: Sheet, term: tuple[int, str]) -> dict[tuple[str, str], str | None]:
    """Access by pupil and subject as the file has it, a value that is flagged blank."""
    flagged = {planted.index for planted in sheet.planted if planted.effect == "flag" and planted.column == "access"}
    lost = {planted.index for planted in sheet.planted if planted.effect == "quarantine"}
    places = [sheet.place(name) for name in ("academic_year", "school_term", "mis_id", "curriculum_subject", "access")]
    found: dict[tuple[str, str], str | None] = {}
    for index, row in enumerate(sheet.rows):
        if index in lost:
            continue
        year, name, mis_id, subject, access = (row[place] for place in places)
        if (year, name) == term:
            found[str(mis_id), str(subject)] = None if index in flagged or access is None else str(access)
    return found


def _sheets(deliveries: list[Delivery], table: str) -> Iterator[tuple[str, Sheet]]:
    return ((d.folder, sheet) for d in deliveries for sheet in d.sheets if sheet.table == table)
