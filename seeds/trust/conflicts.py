"""Where register, census and Insight are made to differ, one of each kind in a school, and where they are put there.

Each is planted in the source that no other figure rests on: a need in the census (the register speaks first), a year in
the register, sex and free meals in Insight (the census speaks first). So no other planted truth moves.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from seeds.trust.calendar import Calendar
from seeds.trust.ehc_plans import Plan
from seeds.trust.needs import Needs
from seeds.trust.people import Enrolment, People
from seeds.trust.pupil_lists import Census, CensusPupil, Disagreement, year_code
from seeds.trust.rows import Row
from seeds.trust.schools import School
from seeds.trust.streams import Stream

KINDS = (
    "PROVISION_BOTH", "PROVISION_INSIGHT", "NEED", "ROLL_CENSUS", "ROLL_LEFT", "YEAR", "SEX", "FSM", "STATUS_DATE",
    "OLD_CODE",
)  # fmt: skip
DAYS_APART = 14
_OTHER_NEED = {"SLCN": "ASD", "SEMH": "SLCN"}
_OTHER_SEX = {"F": "M", "M": "F"}


@dataclass(frozen=True)
class Conflict:
    """One planted difference: of which child in which school, and what the faulty source is made to say."""

    kind: str
    enrolment: Enrolment
    said: str = ""


def plant_conflicts(
    people: People,
    schools: Iterable[School],
    needs: Needs,
    plans: list[Plan],
    censuses: list[Census],
    calendar: Calendar,
    seed: int,
) -> list[Conflict]:
    """One conflict of each kind in every school that has a child for it, no child with two; censuses are changed."""
    planned = {plan.enrolment.mis_id + plan.enrolment.school.urn for plan in plans if plan.cease is None}
    found: list[Conflict] = []
    for school in schools:
        own = [census for census in censuses if census.school.urn == school.urn]
        if len(own) < 2:
            continue
        stream = Stream(seed, f"conflicts {school.urn}")
        roll = [e for e in people.enrolments if e.school.urn == school.urn and _is_plain(e)]
        taken: set[int] = set()
        for kind in KINDS:
            fit = [e for e in roll if e.person.key not in taken and _fits(kind, e, needs, own, calendar, planned)]
            for enrolment in stream.some(fit, 1):
                taken.add(enrolment.person.key)
                found.append(Conflict(kind, enrolment, _said(kind, enrolment, needs, calendar)))
        _change_censuses(own, [one for one in found if one.enrolment.school.urn == school.urn], needs)
    return found


def _is_plain(enrolment: Enrolment) -> bool:
    """Known by one permanent UPN all along: the link between the lists is not what is tested here."""
    person = enrolment.person
    return person.upn is not None and person.temporary_upn is None and enrolment.own_upn is None


def _fits(
    kind: str, enrolment: Enrolment, needs: Needs, own: list[Census], calendar: Calendar, planned: set[str]
) -> bool:
    newest, need = own[-1], needs.get(enrolment.person.key)
    if kind == "ROLL_LEFT":
        return need is not None and _left_lately(enrolment, calendar) and need.provision_on(_last(enrolment)) != "N"
    if enrolment.leaving is not None or enrolment.entry > newest.day or not _is_in(newest, enrolment):
        return False
    if kind in ("ROLL_CENSUS", "SEX", "FSM"):
        is_fsm_told = enrolment.person.is_fsm and enrolment.school.forms.census == "xml"
        return need is None and (kind != "FSM" or is_fsm_told)
    if kind == "STATUS_DATE":
        is_planned = enrolment.mis_id + enrolment.school.urn in planned
        return need is not None and is_planned and len(need.spells) == 1 and need.spells[0].start < enrolment.entry
    springs = [census for census in own if census.term == "SPR"]
    first = springs[-1].day if kind == "NEED" else newest.day
    is_steady = need is not None and need.spells[-1].provision == "K" and need.spells[-1].end is None
    if not is_steady or need is None or need.spells[-1].start > first or enrolment.entry > first:
        return False
    return kind != "NEED" or need.main in ("SLCN", "SEMH", "MLD", "SPLD", "ASD")


def _left_lately(enrolment: Enrolment, calendar: Calendar) -> bool:
    day = enrolment.leaving
    return day is not None and calendar.data_date - dt.timedelta(days=400) < day < calendar.data_date


def _last(enrolment: Enrolment) -> dt.date:
    return enrolment.leaving or dt.date.max


def _is_in(census: Census, enrolment: Enrolment) -> bool:
    return any(pupil.enrolment is enrolment for pupil in census.pupils)


def _said(kind: str, enrolment: Enrolment, needs: Needs, calendar: Calendar) -> str:
    """What the faulty source says instead."""
    need = needs.get(enrolment.person.key)
    if kind == "YEAR":
        return year_code(enrolment.person.nc_year(calendar.last_year) + 1)
    if kind == "NEED" and need:
        return _OTHER_NEED.get(need.main, "SEMH")
    return {"SEX": _OTHER_SEX[enrolment.person.sex], "OLD_CODE": "A"}.get(kind, "N")


def _change_censuses(own: list[Census], conflicts: list[Conflict], needs: Needs) -> None:
    """The newest return without one child and with one child's provision, the newest spring with one child's need."""
    springs = [census for census in own if census.term == "SPR"]
    for one in conflicts:
        newest, key = own[-1], one.enrolment
        if one.kind == "ROLL_CENSUS":
            newest.pupils = [pupil for pupil in newest.pupils if pupil.enrolment is not key]
        elif one.kind == "PROVISION_BOTH":
            _change(newest, key, provision="N", needs=())
            known = [found for found in newest.disagreements if found.enrolment is not key]
            newest.disagreements = [*known, Disagreement(key, newest.day, "K", "N")]
        elif one.kind == "NEED" and springs:
            _change(springs[-1], key, provision="K", needs=((one.said, 1),))
            springs[-1].disagreements = [x for x in springs[-1].disagreements if x.enrolment is not key]


def _change(census: Census, enrolment: Enrolment, **changes: object) -> None:
    def changed(pupil: CensusPupil) -> CensusPupil:
        return replace(pupil, **changes) if pupil.enrolment is enrolment else pupil  # type: ignore[arg-type]

    census.pupils = [changed(pupil) for pupil in census.pupils]


def in_insight(rows: list[Row], roll: list[Enrolment], conflicts: list[Conflict]) -> list[Row]:
    """Insight's pupils with the planted differences; ``rows`` stand in the order of ``roll``."""
    places = {"PROVISION_BOTH": 8, "PROVISION_INSIGHT": 8, "SEX": 6, "FSM": 10}
    planted = {one.enrolment.mis_id: one for one in conflicts if one.kind in places}
    for enrolment, row in zip(roll, rows, strict=True):
        one = planted.get(enrolment.mis_id)
        if one:
            row[places[one.kind]] = False if one.kind == "FSM" else one.said
    return rows


def in_register(rows: list[Row], conflicts: list[Conflict]) -> list[Row]:
    """The register's rows with the planted differences, found by the school's own number in the newest row."""
    planted = {one.enrolment.mis_id: one for one in conflicts}
    newest = {row[1]: row for row in rows}
    for number, row in newest.items():
        one = planted.get(str(number))
        if one is None:
            continue
        if one.kind == "ROLL_LEFT":
            row[10] = None
        elif one.kind == "YEAR":
            row[5] = one.said
        elif one.kind == "OLD_CODE":
            row[6] = one.said
        elif one.kind == "STATUS_DATE" and isinstance(row[9], dt.date):
            row[9] -= dt.timedelta(days=DAYS_APART)
    return rows


def insight_words(conflicts: list[Conflict]) -> dict[tuple[str, str], str]:
    """By school and its own number: the provision that Insight is made to say."""
    return {
        (one.enrolment.school.urn, one.enrolment.mis_id): one.said
        for one in conflicts
        if one.kind in ("PROVISION_BOTH", "PROVISION_INSIGHT")
    }
