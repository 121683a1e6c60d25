"""Where leavers went: intended, September, two terms on; as the school knows it and as the authority does.

Every outcome is decided first; the school's tracker and the NCCIS extract are then written so that together they
tell it: one of them may be silent, they never contradict each other, and an untraced leaver is untraced in both.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from seeds.trust.calendar import Calendar, academic_year_of
from seeds.trust.needs import Needs
from seeds.trust.people import Enrolment, People
from seeds.trust.rows import Row
from seeds.trust.streams import Stream

YEAR_6, YEAR_11, SIXTH_FORM, SPECIAL = "Year 6", "Year 11", "Sixth form", "Special school leaver"
POSITIVE = {
    YEAR_6: {"L10": 90, "L11": 4, "L12": 5, "L13": 1},
    YEAR_11: {"210": 30, "220": 14, "230": 44, "310": 7, "330": 3, "280": 2},
    SIXTH_FORM: {"240": 48, "230": 14, "310": 16, "330": 17, "430": 5},
    SPECIAL: {"L20": 20, "L21": 30, "L22": 28, "L23": 14, "L24": 8},
}
NEGATIVE = {
    YEAR_6: {"L16": 1},
    YEAR_11: {"619": 60, "610": 25, "640": 15},
    SIXTH_FORM: {"619": 75, "640": 25},
    SPECIAL: {"L32": 70, "619": 30},
}
NATIONAL = {
    "L20": "210", "L21": "230", "L22": "280", "L23": "460", "L24": "330", "L25": "540", "L30": "670", "L31": "670",
    "L32": "670",
}  # fmt: skip
UNKNOWN_RATE = {YEAR_6: 0.08, YEAR_11: 0.11, SIXTH_FORM: 0.17, SPECIAL: 0.2}
NOT_SUSTAINED_RATE = {YEAR_6: 0.02, YEAR_11: 0.07, SIXTH_FORM: 0.08, SPECIAL: 0.13}


@dataclass(frozen=True)
class Leaver:
    """One leaver with the outcome that is true and traceable: SUSTAINED, NOT_SUSTAINED or UNKNOWN.

    ``is_due`` says that two terms have passed by the data date; before that no outcome can be seen. ``tries`` are the
    days of contacts without an answer: September, March, two years on. What is later is set by
    ``destinations_later``.
    """

    enrolment: Enrolment
    leaving: dt.date
    stage: str
    provision: str
    outcome: str
    is_due: bool
    intended: str | None
    september: str | None
    spring: str | None
    is_traced_by_school: bool
    later: str | None = None
    is_later_due: bool = False
    is_later_by_school: bool = True
    later_outcome: str = "NOT_DUE"
    tries: tuple[dt.date | None, ...] = (None, None, None)
    later_contact: dt.date | None = None
    later_found: dt.date | None = None

    @property
    def academic_year(self) -> int:
        """Academic year in which the child left."""
        return academic_year_of(self.leaving)


def find_leavers(people: People, needs: Needs, calendar: Calendar, seed: int) -> list[Leaver]:
    """Everybody who left a school at the end of a phase, from the summer before the first year on."""
    stream = Stream(seed, "destinations")
    leavers = []
    for enrolment in people.enrolments:
        stage = leaving_stage(enrolment)
        if stage and enrolment.leaving:
            need = needs.get(enrolment.person.key)
            provision = need.provision_on(enrolment.leaving) if need else "N"
            leavers.append(_send(enrolment, enrolment.leaving, stage, provision, calendar, stream))
    return leavers


def leaving_stage(enrolment: Enrolment) -> str | None:
    """The phase that ended, or None for a child who is here or left in mid-phase."""
    if enrolment.leaving is None or not 5 <= enrolment.leaving.month <= 8:
        return None
    year_group = enrolment.person.nc_year(academic_year_of(enrolment.leaving))
    if enrolment.school.is_special:
        return SPECIAL if year_group >= 11 else None
    if year_group == 6 and enrolment.school.phase == "Primary":
        return YEAR_6
    return YEAR_11 if year_group == 11 else SIXTH_FORM if year_group >= 12 else None


def _send(
    enrolment: Enrolment, leaving: dt.date, stage: str, provision: str, calendar: Calendar, stream: Stream
) -> Leaver:
    harder = 1.5 if provision != "N" and stage != SPECIAL else 1.0
    lost, failed = UNKNOWN_RATE[stage] * (1.15 if harder > 1 else 0.97), NOT_SUSTAINED_RATE[stage] * harder
    outcome = stream.weighted({"UNKNOWN": lost, "NOT_SUSTAINED": failed, "SUSTAINED": 1 - lost - failed})
    is_due = dt.date(leaving.year + 1, 3, 31) <= calendar.data_date
    went = stream.weighted(POSITIVE[stage])
    intended = went if stream.chance(0.86) else stream.weighted(POSITIVE[stage])
    september: str | None
    spring: str | None
    if outcome == "SUSTAINED":
        september, spring = went, went if stream.chance(0.94) else stream.weighted(POSITIVE[stage])
    elif outcome == "NOT_SUSTAINED":
        negative = stream.weighted(NEGATIVE[stage])
        september, spring = (went if stream.chance(0.65) else negative), negative
    else:
        september, spring = (went if stream.chance(0.4) else None), None
    return Leaver(
        enrolment, leaving, stage, provision, outcome, is_due, intended if stream.chance(0.95) else None, september,
        spring if is_due else None, stage == YEAR_6 or enrolment.upn_on(leaving) is None or stream.chance(0.8),
    )  # fmt: skip


def tracker_rows(leavers: list[Leaver], seed: int) -> list[Row]:
    """The school's tracker: pupil, leaving date, year group, codes and days of contact."""
    stream = Stream(seed, f"tracker {leavers[0].enrolment.school.urn}" if leavers else "tracker")
    rows: list[Row] = []
    for leaver in leavers:
        person, year = leaver.enrolment.person, leaver.leaving.year
        unknown = stream.one_of(("810", None, None))
        spring = (leaver.spring if leaver.is_traced_by_school else None) or (
            unknown if leaver.is_due and not leaver.spring else None
        )
        asked = dt.date(year, 9, 8) + dt.timedelta(days=stream.whole(0, 20))
        again = dt.date(year + 1, 3, 2) + dt.timedelta(days=stream.whole(0, 28))
        rows.append([
            leaver.enrolment.upn_on(leaver.leaving), leaver.enrolment.mis_id, person.surname, person.forename,
            person.birth_date,
            leaver.leaving, str(person.nc_year(leaver.academic_year)), leaver.intended, leaver.september,
            asked if leaver.september else leaver.tries[0], spring,
            again if spring and spring != "810" else leaver.tries[1],
            leaver.later if leaver.is_later_by_school else None, leaver.later_contact or leaver.tries[2],
        ])  # fmt: skip
    return rows


def nccis_rows(leavers: list[Leaver], calendar: Calendar, seed: int) -> list[Row]:
    """The authority's extract, year 11 and above: number, UPN, activity, start, end, ascertained, lapsed, lapse due,
    verified, NEET since, intended in year 11.
    """
    stream = Stream(seed, "nccis")
    rows: list[Row] = []
    for number, leaver in enumerate(leavers):
        upn = leaver.enrolment.upn_on(calendar.data_date)
        if leaver.stage == YEAR_6 or upn is None:
            continue
        is_missed = leaver.is_traced_by_school and leaver.outcome != "UNKNOWN" and stream.chance(0.15)
        rows += [
            [f"YP{700_000 + 7 * number}", upn, *spell, *_currency(leaver, spell)]
            for spell in [*([] if is_missed else _spells(leaver, stream)), *_later_spells(leaver)]
            if isinstance(spell[1], dt.date) and spell[1] <= calendar.data_date
        ]
    return rows


def _later_spells(leaver: Leaver) -> list[Row]:
    """The record two years on, where the authority and not the school knows."""
    if leaver.later is None or leaver.is_later_by_school or leaver.later_found is None:
        return []
    code = NATIONAL.get(leaver.later, leaver.later)
    return [[code, leaver.later_found, None, leaver.later_found + dt.timedelta(days=30), False]]


def _currency(leaver: Leaver, spell: Row) -> Row:
    """Lapse day, last check, NEET since, intended: a record is good for one school year, a lapsed one for no day."""
    code, begins, ended, found, is_lapsed = spell
    assert isinstance(begins, dt.date)
    last = dt.date(begins.year + (2 if begins > dt.date(leaver.leaving.year + 1, 8, 31) else 1), 8, 31)
    lapse: dt.date | None = last
    if is_lapsed:  # carried over from the summer; every other record does not say since when
        lapse = None if begins.day % 2 else begins + dt.timedelta(days=5)
    is_neet = str(code).startswith("6")
    intended = NATIONAL.get(leaver.intended or "", leaver.intended) if leaver.stage == YEAR_11 else None
    return [None if ended else lapse, found, begins if is_neet else None, intended]


def _spells(leaver: Leaver, stream: Stream) -> list[Row]:
    year = leaver.leaving.year
    begins = dt.date(year, 9, stream.whole(1, 12))
    found = dt.date(year, 10, stream.whole(1, 30))
    first = NATIONAL.get(leaver.september or "", leaver.september)
    if leaver.outcome == "UNKNOWN":
        lapsed = first or stream.weighted(POSITIVE[YEAR_11])
        options: list[list[Row]] = [[["810", begins, None, found, False]], [[lapsed, begins, None, found, True]], []]
        return stream.one_of(options)
    if leaver.outcome == "SUSTAINED" or not leaver.is_due:
        return [[first, begins, None, found, False]]
    negative = NATIONAL.get(leaver.spring or "", leaver.spring)
    changed = dt.date(year + 1, 1, stream.whole(8, 30))
    if first == negative:
        return [[negative, begins, None, found, False]]
    ended = changed - dt.timedelta(days=stream.whole(1, 20))
    return [[first, begins, ended, found, False], [negative, changed, None, changed + dt.timedelta(days=20), False]]
