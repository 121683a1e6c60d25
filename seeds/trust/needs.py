"""Which children have SEN, since when, and which need: spells of SEN support and of EHC plans. No files."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from seeds.trust.calendar import Calendar
from seeds.trust.people import Enrolment, People
from seeds.trust.streams import Stream, weekday_from

SUPPORT_NEEDS = {
    "SLCN": 28, "SEMH": 19, "MLD": 16, "SPLD": 15, "ASD": 8, "OTH": 4, "NSA": 4, "PD": 3, "HI": 2, "VI": 1,
}  # fmt: skip
PLAN_NEEDS = {
    "ASD": 30,
    "SLCN": 22,
    "SEMH": 20,
    "MLD": 11,
    "SLD": 5,
    "PD": 4,
    "SPLD": 3,
    "HI": 2,
    "OTH": 2,
    "VI": 1,
    "DS": 1,
}
SPECIAL_NEEDS = {"SLD": 36, "ASD": 25, "PMLD": 15, "MLD": 14, "PD": 4, "DS": 4, "MSI": 2}
"""Weights near the national shares (DfE, Special educational needs in England; EHC plans 2025)."""
EVER_SUPPORTED, EVER_PLANNED = 0.29, 0.07
DOWN_SYNDROME_FROM = dt.date(2025, 1, 1)


@dataclass(frozen=True)
class Spell:
    """One SEN status of one child for some time; no end while it still holds."""

    provision: str
    start: dt.date
    end: dt.date | None

    def holds_on(self, day: dt.date) -> bool:
        """True when the status holds on the day."""
        return self.start <= day and (self.end is None or day <= self.end)


@dataclass(frozen=True)
class Need:
    """SEN of one child over the years: spells in order, main and second need, working below the age curriculum."""

    spells: tuple[Spell, ...]
    main: str
    second: str | None
    is_below_curriculum: bool

    def provision_on(self, day: dt.date) -> str:
        """N, K or E on a day."""
        return next((spell.provision for spell in self.spells if spell.holds_on(day)), "N")

    def plan_start(self) -> dt.date | None:
        """First day of the EHC plan, if there ever was one."""
        return next((spell.start for spell in self.spells if spell.provision == "E"), None)

    def main_on(self, day: dt.date) -> str:
        """The main need as it could be coded on a day: Down syndrome has a code since January 2025."""
        return "OTH" if self.main == "DS" and day < DOWN_SYNDROME_FROM else self.main


Needs = dict[int, Need]
"""Person key to SEN; children who never had SEN are not in it."""


def decide_needs(people: People, calendar: Calendar, seed: int) -> Needs:
    """SEN of every child: all in special schools have a plan; elsewhere low ability makes SEN likelier."""
    stream = Stream(seed, "needs")
    first_of: dict[int, Enrolment] = {}
    special: dict[int, Enrolment] = {}
    for enrolment in people.enrolments:
        first_of.setdefault(enrolment.person.key, enrolment)
        if enrolment.school.is_special:
            special[enrolment.person.key] = enrolment
    needs = {key: _special_need(enrolment, stream) for key, enrolment in sorted(special.items())}
    mainstream = [e for key, e in sorted(first_of.items()) if key not in special]
    liability = [
        (-0.9 * e.person.general + (0.35 if e.person.sex == "M" else 0) + stream.normal(0, 0.8), e) for e in mainstream
    ]
    liability.sort(key=lambda pair: (-pair[0], pair[1].person.key))
    planned, supported = round(EVER_PLANNED * len(liability)), round(EVER_SUPPORTED * len(liability))
    for place, (_, enrolment) in enumerate(liability[:supported]):
        # Neighbours in the order swap now and then, so that a plan is not simply the lowest score.
        is_planned = place < planned * 2 and stream.chance(0.5)
        needs[enrolment.person.key] = _mainstream_need(enrolment, is_planned, calendar, stream)
    return needs


def _special_need(enrolment: Enrolment, stream: Stream) -> Need:
    born = enrolment.person.birth_date
    latest = enrolment.entry - dt.timedelta(days=30)
    start = weekday_from(max(born + dt.timedelta(days=700), latest - dt.timedelta(days=stream.whole(0, 900))))
    start = min(start, latest)
    main = stream.weighted(SPECIAL_NEEDS)
    return Need((Spell("E", start, None),), main, _second(main, stream, 0.6), is_below_curriculum=True)


def _mainstream_need(enrolment: Enrolment, is_planned: bool, calendar: Calendar, stream: Stream) -> Need:
    entry = enrolment.entry
    support = weekday_from(entry + dt.timedelta(days=int(stream.numbers.gamma(1.3, 330))))
    if not is_planned:
        end = None
        if stream.chance(0.3):
            end = weekday_from(support + dt.timedelta(days=stream.whole(250, 1100)))
            end = end if end < calendar.data_date else None
        main = stream.weighted(SUPPORT_NEEDS)
        return Need((Spell("K", support, end),), main, _second(main, stream, 0.25), is_below_curriculum=False)
    main = stream.weighted(PLAN_NEEDS)
    plan = weekday_from(entry + dt.timedelta(days=stream.whole(-400, 1300)))
    spells = [Spell("E", plan, None)]
    if plan > entry + dt.timedelta(days=200):
        begun = max(entry, plan - dt.timedelta(days=stream.whole(190, 700)))
        spells.insert(0, Spell("K", weekday_from(begun), plan - dt.timedelta(days=1)))
    return Need(tuple(spells), main, _second(main, stream, 0.45), is_below_curriculum=stream.chance(0.35))


def _second(main: str, stream: Stream, rate: float) -> str | None:
    second = stream.weighted(SUPPORT_NEEDS)
    return second if stream.chance(rate) and second not in (main, "NSA") else None
