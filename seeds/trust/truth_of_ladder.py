"""The truth about the ladder: where each child with SEN stands in each subject, where a year before. Plain rules only.

Read from what is delivered, rows that must be set aside left out: what a careful person with the files would say.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from seeds.trust.calendar import Calendar
from seeds.trust.deliveries import Delivery
from seeds.trust.levels import JUDGED_SUBJECTS, STEPS
from seeds.trust.people import Enrolment
from seeds.trust.sheets import Sheet
from seeds.trust.small_steps import NEW_VERSION_FROM, RAW_SCHEME
from seeds.trust.world import World

Record = dict[str, object]
BANDS = {"Towards": "WTS", "Within": "EXS", "Above": "GDS"}
RUNGS = (*STEPS, *BANDS.values())
_FINEST_FIRST = ("steps", "codes", "bands")
_YEAR, _SIX_WEEKS = dt.timedelta(days=365), dt.timedelta(days=42)
_AGO = range(300, 421)


@dataclass(frozen=True)
class Mark:
    """One mark: its system, and its rung and step if it has any; ``why_not`` if it has none."""

    day: dt.date
    system: str
    rung: str | None = None
    step: int = 0
    why_not: str = ""

    @property
    def place(self) -> tuple[int, int]:
        """For comparing marks with a rung."""
        return RUNGS.index(self.rung or ""), self.step


def ladder_truth_rows(world: World, deliveries: list[Delivery]) -> Iterator[Record]:
    """One record per child with SEN on roll and subject: standing, rung, rung before, movement; or nothing."""
    marks, day = _marks(world, deliveries), world.calendar.data_date
    for enrolment in world.people.enrolments:
        need = world.needs.get(enrolment.person.key)
        if need is None or need.provision_on(day) == "N" or not enrolment.is_on_roll(day):
            continue
        for subject in JUDGED_SUBJECTS:
            told = _standing(marks[enrolment.person.key, subject], day, enrolment, world.calendar)
            who = {"school_urn": enrolment.school.urn, "person": enrolment.person.key, "mis_id": enrolment.mis_id}
            yield {**who, "subject": subject, **told}


def catch_up_truth_rows(world: World, deliveries: list[Delivery]) -> Iterator[Record]:
    """One record per child and sitting of the raw check that is taken: planted at its floor for one need."""
    named = {(e.school.urn, e.insight_id): e for e in world.people.enrolments}
    for delivery in deliveries:
        for sheet in (sheet for sheet in delivery.sheets if sheet.table == "raw_insight__assessments"):
            for row in (row for row in _sound_rows(sheet) if row["mark_scheme"] == RAW_SCHEME):
                enrolment = named[delivery.folder, str(row["insight_pupil_id"])]
                need = world.needs[enrolment.person.key].main
                who = {"school_urn": delivery.folder, "person": enrolment.person.key, "planted_need": need}
                yield {**who, "assessed_date": _insight_mark(row, world.calendar).day, "raw_score": row["mark"]}


def _standing(marks: list[Mark], day: dt.date, enrolment: Enrolment, calendar: Calendar) -> Record:
    nothing: Record = {"unplaced_reason": "", "ladder_rung": "", "ladder_step": "", "earlier_rung": "", "movement": "",
                       "is_further_within_rung": ""}  # fmt: skip
    recent = [m for m in marks if day - _YEAR < m.day <= day]
    on_ladder = [m for m in recent if m.system in _FINEST_FIRST]
    if on_ladder:
        last = max(m.day for m in on_ladder)
        near = [m for m in on_ladder if last - m.day <= _SIX_WEEKS]
        now = min(near, key=lambda m: (m.rung is None, _FINEST_FIRST.index(m.system), -m.day.toordinal()))
        if now.rung is None:
            return {"ladder_standing": "UNPLACED", **nothing, "unplaced_reason": now.why_not}
        placed: Record = {"ladder_standing": "PLACED", **nothing, "ladder_rung": now.rung, "ladder_step": now.step}
        return {**placed, **_movement(now, marks)}
    if recent:
        has_points = any(m.system == "points" for m in recent)
        return {
            "ladder_standing": "UNPLACED",
            **nothing,
            "unplaced_reason": "OTHER_SCALE" if has_points else "TEST_ONLY",
        }
    is_young = enrolment.person.nc_year(calendar.last_year) < 1
    return {"ladder_standing": "TOO_YOUNG" if is_young else "NOT_RECORDED", **nothing}


def _movement(now: Mark, marks: list[Mark]) -> Record:
    """Against the mark nearest to a year before in the same system."""
    before = [m for m in marks if m.rung and (now.day - m.day).days in _AGO]
    same = [m for m in before if m.system == now.system]
    if not same:
        return {"movement": "OTHER_SYSTEM" if before else "NOTHING_BEFORE"}
    then = min(same, key=lambda m: (abs((now.day - m.day).days - 365), -m.day.toordinal()))
    (rung, step), (old_rung, old_step) = now.place, then.place
    movement = "UP" if rung > old_rung else "DOWN" if rung < old_rung else "HELD"
    is_further = movement == "HELD" and step > old_step
    return {"earlier_rung": then.rung, "movement": movement, "is_further_within_rung": str(is_further).lower()}


def _marks(world: World, deliveries: list[Delivery]) -> dict[tuple[int, str], list[Mark]]:
    """By person and subject: every mark that is not set aside."""
    by_insight = {(e.school.urn, e.insight_id): e.person.key for e in world.people.enrolments}
    by_mis = {(e.school.urn, e.mis_id): e.person.key for e in world.people.enrolments}
    found: dict[tuple[int, str], list[Mark]] = defaultdict(list)
    for delivery in deliveries:
        for sheet in delivery.sheets:
            if sheet.table == "raw_insight__assessments":
                for row in _sound_rows(sheet):
                    person = by_insight[delivery.folder, str(row["insight_pupil_id"])]
                    found[person, str(row["subject"])].append(_insight_mark(row, world.calendar))
            elif sheet.table == "raw_small_steps__records":
                for row in _sound_rows(sheet):
                    found[by_mis[delivery.folder, str(row["mis_id"])], str(row["subject"])].append(_step_mark(row))
    return found


def _sound_rows(sheet: Sheet) -> Iterator[dict[str, object]]:
    """The rows that are taken, without the blanks that were put around words."""
    aside = {planted.index for planted in sheet.planted if planted.effect == "quarantine"}
    for index, row in enumerate(sheet.rows):
        if index not in aside:
            plain = [cell.strip() if isinstance(cell, str) else cell for cell in row]
            yield dict(zip(sheet.fields, plain, strict=False))


def _insight_mark(row: dict[str, object], calendar: Calendar) -> Mark:
    half_term = calendar.half_term(int(str(row["academic_year"])), str(row["half_term"]))
    middle = half_term.start + dt.timedelta(days=(half_term.end - half_term.start).days // 2)
    day = row["assessed_date"] if isinstance(row["assessed_date"], dt.date) else middle
    scheme, mark = row["mark_scheme"], str(row["mark"])
    if scheme in ("Pre-Key Stage", "Engagement Model"):
        return Mark(day, "codes", mark) if mark in STEPS else Mark(day, "codes", why_not="BELOW_ONLY")
    if scheme == "Point in Time Assessment":
        return Mark(day, "bands", BANDS.get(mark), why_not="BELOW_ONLY")
    return Mark(day, "points" if scheme in ("Points", "Raw score") else "tests")


def _step_mark(row: dict[str, object]) -> Mark:
    """Letters before the change, numbers since; the other way round a step is not known."""
    day, code = row["recorded_date"], str(row["step_code"])
    assert isinstance(day, dt.date)  # the rows are as they were made
    if ("." in code) != (day >= NEW_VERSION_FROM):
        return Mark(day, "steps", why_not="UNKNOWN_CODE")
    step = int(code[-1]) if "." in code else "ABC".index(code[-1]) + 1
    return Mark(day, "steps", STEPS[int(code[0])], step)
