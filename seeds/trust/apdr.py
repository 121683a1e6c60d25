"""Assess-plan-do-review cycles of pupils on SEN support: mostly on time, some stuck at a stage, some never changed.

What is made here is what happened; what a school writes down of it is ``cycle_rows``.
"""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import dataclass, replace
from importlib import resources

from expectations.vocabulary import AREAS_OF_NEED
from seeds.trust.calendar import Calendar
from seeds.trust.interventions import Group
from seeds.trust.needs import Need, Needs, Spell
from seeds.trust.people import Enrolment, People
from seeds.trust.rows import Row
from seeds.trust.schools import School
from seeds.trust.streams import Stream, weekday_from

WITHOUT_CYCLE, STUCK, NEVER_CHANGED = 0.08, 0.12, 0.09
"""Pupils with no cycle at all; steps near the data date that nobody took; pupils whose provision nobody changes."""
STUCK_DAYS = 60
CHANGE_NOT_TOLD = 0.08
OUTCOMES = {"MET": 34, "PARTLY_MET": 36, "NOT_MET": 30}
NEXT_STEPS = {
    "MET": {"CONTINUE": 80, "CHANGE": 12, "STOP": 8},
    "PARTLY_MET": {"CONTINUE": 70, "CHANGE": 26, "REFER": 4},
    "NOT_MET": {"CHANGE": 55, "CONTINUE": 32, "REFER": 9, "REQUEST_EHC_ASSESSMENT": 4},
}
WORDS: tuple[dict[str, str], ...] = (
    {},
    {
        "MET": "Achieved", "PARTLY_MET": "Partially met", "NOT_MET": "Not achieved", "CONTINUE": "Continue",
        "CHANGE": "Change provision", "STOP": "End", "REFER": "Refer", "REQUEST_EHC_ASSESSMENT": "EHCNA",
    },
    {
        "MET": "Met", "PARTLY_MET": "Partly met", "NOT_MET": "Not met", "CONTINUE": "Next cycle",
        "CHANGE": "Adapt", "STOP": "No further action", "REFER": "Referral",
        "REQUEST_EHC_ASSESSMENT": "Request EHC assessment",
    },
)  # fmt: skip
"""How a school writes the codes: as they are, or in words of its own."""


@dataclass(frozen=True)
class Cycle:
    """One cycle of one pupil in one school; steps that have not happened by the data date are None."""

    enrolment: Enrolment
    number: int
    area: str | None
    assessed: dt.date
    planned: dt.date | None
    started: dt.date | None
    review_due: dt.date | None
    reviewed: dt.date | None
    outcome: str | None
    next_step: str | None
    group_reference: str | None
    has_pupil_view: bool | None
    has_parent_view: bool | None
    is_changed: bool | None


def make_cycles(people: People, needs: Needs, groups: list[Group], calendar: Calendar, seed: int) -> list[Cycle]:
    """Every cycle since the September before last, school by school."""
    maker = _Maker(groups, calendar, Stream(seed, "assess plan do review"))
    cycles = []
    for enrolment in people.enrolments:
        need = needs.get(enrolment.person.key)
        spell = next((s for s in need.spells if s.provision == "K"), None) if need else None
        if need and spell and not enrolment.school.is_special:
            cycles += maker.cycles_of(enrolment, need, spell)
    return cycles


class _Maker:
    def __init__(self, groups: list[Group], calendar: Calendar, stream: Stream) -> None:
        self.calendar, self.stream, self.areas = calendar, stream, _areas()
        self.groups: dict[tuple[str, int], list[Group]] = {}
        for group in groups:
            for member in group.members:
                self.groups.setdefault((group.school.urn, member.enrolment.person.key), []).append(group)

    def cycles_of(self, enrolment: Enrolment, need: Need, spell: Spell) -> list[Cycle]:
        """The cycles of one pupil in one school, one after the other."""
        begins = max(enrolment.entry, spell.start, dt.date(self.calendar.last_year - 1, 9, 1))
        ends = min(day for day in (enrolment.leaving, spell.end, self.calendar.data_date) if day)
        if self.stream.chance(WITHOUT_CYCLE):
            return []
        is_changing = not self.stream.chance(NEVER_CHANGED)
        cycles: list[Cycle] = []
        assessed = self._step(begins, 0, 20, ends)
        while assessed is not None:
            cycle = self._cycle(enrolment, self.areas.get(need.main), assessed, ends)
            cycle = self._reviewed(cycle, cycles, is_changing=is_changing)
            cycles.append(cycle)
            assessed = None if cycle.next_step == "STOP" else self._step(cycle.reviewed, 4, 24, ends)
        return cycles

    def _cycle(self, enrolment: Enrolment, area: str | None, assessed: dt.date, ends: dt.date) -> Cycle:
        """The steps of a cycle as far as they happened; about one review in seven is late."""
        stream = self.stream
        planned = self._step(assessed, 4, 24, ends)
        started = self._step(planned, 1, 11, ends)
        due = school_day(planned + dt.timedelta(days=stream.whole(66, 90)), self.calendar) if planned else None
        reviewed = None
        if started and due:
            days = (due - started).days + (stream.whole(3, 30) if stream.chance(0.14) else -stream.whole(0, 9))
            reviewed = self._step(started, days, days, ends)
        return Cycle(
            enrolment, 1, area, assessed, planned, started, due, reviewed, None, None,
            self._group(enrolment, started), stream.chance(0.84), stream.chance(0.72), None,
        )  # fmt: skip

    def _reviewed(self, cycle: Cycle, earlier: list[Cycle], *, is_changing: bool) -> Cycle:
        """The cycle with its number, what its review found and decided, and whether the provision is a new one."""
        stream = self.stream
        outcome = stream.weighted(OUTCOMES) if is_changing else "NOT_MET"
        next_step = stream.weighted(NEXT_STEPS[outcome]) if is_changing else "CONTINUE"
        change_rate = 0.9 if earlier and earlier[-1].next_step in ("CHANGE", "REFER") else 0.15
        is_changed = stream.chance(change_rate) and is_changing
        is_told = bool(earlier) and not stream.chance(CHANGE_NOT_TOLD)
        return replace(
            cycle,
            number=len(earlier) + 1,
            outcome=outcome if cycle.reviewed else None,
            next_step=next_step if cycle.reviewed else None,
            is_changed=is_changed if is_told else None,
        )

    def _step(self, before: dt.date | None, low: int, high: int, ends: dt.date) -> dt.date | None:
        """The school day of the next step; None when it lies after the end, or near it and nobody took it."""
        if before is None:
            return None
        day = school_day(before + dt.timedelta(days=self.stream.whole(low, high)), self.calendar)
        is_near = day > self.calendar.data_date - dt.timedelta(days=STUCK_DAYS)
        return None if day > ends or (is_near and self.stream.chance(STUCK)) else day

    def _group(self, enrolment: Enrolment, day: dt.date | None) -> str | None:
        """The group of the provision map that the pupil is in on the day."""
        mine = self.groups.get((enrolment.school.urn, enrolment.person.key), [])
        return next((g.reference for g in mine if day and g.block.start <= day <= g.block.end), None)


def school_day(day: dt.date, calendar: Calendar) -> dt.date:
    """The day, or the first school day after it."""
    day = weekday_from(day)
    if any(h.start <= day <= h.end for h in calendar.half_terms):
        return day
    return weekday_from(min((h.start for h in calendar.half_terms if h.start > day), default=day))


def _areas() -> dict[str, str]:
    """Broad area of need by SEN type; types that belong to none are left out."""
    text = (resources.files("seeds") / "reference" / "sen_need_type.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {row["code"]: row["broad_area"] for row in rows if row["broad_area"] in AREAS_OF_NEED}


def cycle_rows(school: School, cycles: list[Cycle], calendar: Calendar) -> list[Row]:
    """The rows of a school's workbook, in the order of the contract's columns."""
    words = WORDS[school.index % len(WORDS)]
    return [
        [
            c.enrolment.upn_on(calendar.data_date), c.enrolment.mis_id, c.enrolment.person.surname,
            c.enrolment.person.forename, c.number, c.area, c.assessed, c.planned, c.started, c.review_due, c.reviewed,
            words.get(c.outcome or "", c.outcome), words.get(c.next_step or "", c.next_step), c.group_reference,
            c.has_pupil_view, c.has_parent_view, c.is_changed,
        ]
        for c in cycles
    ]  # fmt: skip
