"""The truth about the register: every conflict with its days and who mends it, and every flow, in plain Python."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from seeds.trust.conflicts import Conflict, insight_words
from seeds.trust.needs import Need
from seeds.trust.people import Enrolment
from seeds.trust.pupil_lists import Census
from seeds.trust.world import World

Record = dict[str, object]
DELIVERED_BEFORE = dt.timedelta(days=1)
"""Files of the sample were last changed on the day before the data date."""
NEAR_DAYS = 31
_OWNERS = {"NEED": "SENCO", "ROLL_CENSUS": "OFFICE", "ROLL_LEFT": "SENCO", "YEAR": "SENCO", "SEX": "OFFICE",
           "FSM": "OFFICE", "STATUS_DATE": "SENCO"}  # fmt: skip


def conflict_rows(world: World) -> Iterator[Record]:
    """One record per conflict: those planted one by one, and every census that codes another provision."""
    for one in world.conflicts:
        if one.kind in _OWNERS:
            record = _record(one.enrolment, one.kind.split("_")[0], _opened(one, world), None, _OWNERS[one.kind])
            yield record | ({"match_field": "STATUS_DATE"} if one.kind == "STATUS_DATE" else {})
    returns: dict[tuple[str, str], list[tuple[dt.date, str]]] = {}
    for census in world.censuses:
        for pupil in census.pupils:
            place = (census.school.urn, pupil.enrolment.mis_id)
            returns.setdefault(place, []).append((census.day, pupil.provision))
    for enrolment in world.people.enrolments:
        coded = returns.get((enrolment.school.urn, enrolment.mis_id), [])
        yield from _provision(enrolment, coded, world)


def _record(
    enrolment: Enrolment, field: str, opened: dt.date, closed: dt.date | None, owner: str, how: str = ""
) -> Record:
    return {
        "school_urn": enrolment.school.urn, "mis_id": enrolment.mis_id, "match_field": field, "opened_date": opened,
        "closed_date": closed or "", "closed_how": how, "owner": owner,
    }  # fmt: skip


def _opened(one: Conflict, world: World) -> dt.date:
    """First day on which the data show a planted conflict."""
    own = [census for census in world.censuses if census.school.urn == one.enrolment.school.urn]
    if one.kind == "NEED":
        return max(census.day for census in own if census.term == "SPR")
    if one.kind == "ROLL_LEFT":
        assert one.enrolment.leaving is not None
        return one.enrolment.leaving + dt.timedelta(days=1)
    if one.kind == "STATUS_DATE":
        return world.needs[one.enrolment.person.key].spells[0].start  # the plan's own day; the register's is earlier
    return max(census.day for census in own)


def _provision(enrolment: Enrolment, coded: list[tuple[dt.date, str]], world: World) -> Iterator[Record]:
    """Runs of disagreement over the censuses and, last, Insight's newest file."""
    need, day = world.needs.get(enrolment.person.key), world.calendar.data_date - DELIVERED_BEFORE
    checks = [(on, _held(need, on), code) for on, code in coded]
    if enrolment.leaving is None or enrolment.leaving >= day:
        said = insight_words(world.conflicts).get((enrolment.school.urn, enrolment.mis_id))
        told_on = enrolment.leaving or world.calendar.data_date
        checks.append((day, _held(need, day), said or _held(need, told_on)))
    opened: dt.date | None = None
    for on, held, code in checks:
        if held != code and opened is None:
            opened = on
        elif held == code and opened is not None:
            yield _record(enrolment, "PROVISION", opened, on, "SENCO", "AGREED")
            opened = None
    if opened is None:
        return
    if enrolment.leaving is not None and enrolment.leaving < world.calendar.data_date:
        yield _record(enrolment, "PROVISION", opened, max(opened, enrolment.leaving), "SENCO", "LEFT")
        return
    is_insights = len(checks) > 1 and checks[-2][2] == checks[-1][1]
    yield _record(enrolment, "PROVISION", opened, None, "INSIGHT_LEAD" if is_insights else "SENCO")


def _held(need: Need | None, day: dt.date) -> str:
    return need.provision_on(day) if need else "N"


def flow_rows(world: World) -> Iterator[Record]:
    """One record per flow of a register in the last three academic years and the running one."""
    first = dt.date(world.calendar.last_year - 3, 9, 1)
    for enrolment in world.people.enrolments:
        need = world.needs.get(enrolment.person.key)
        for flow, day in _flows(enrolment, need) if need else ():
            if first <= day <= world.calendar.data_date:
                yield _flow(enrolment, flow, day)
    yield from (_flow(*found) for found in _needs_changed(world.censuses) if found[2] >= first)


def _flow(enrolment: Enrolment, flow: str, day: dt.date) -> Record:
    return {"school_urn": enrolment.school.urn, "mis_id": enrolment.mis_id, "flow": flow, "flow_date": day}


def _flows(enrolment: Enrolment, need: Need) -> Iterator[tuple[str, dt.date]]:
    """A child's flows at one school: a gap of up to 31 days between two statuses is none."""
    entry, leaving = enrolment.entry, enrolment.leaving or dt.date(9999, 12, 31)
    ended: dt.date | None = None
    for place, spell in enumerate(need.spells):
        end = spell.end or dt.date(9999, 12, 31)
        before, ended_before = (need.spells[place - 1].provision if place else None), ended
        ended = end
        if spell.start > leaving or end < entry:
            continue
        is_near = ended_before is not None and (spell.start - ended_before).days <= NEAR_DAYS + 1
        if spell.start <= entry:
            yield "ARRIVED", entry
        elif not is_near:
            yield "JOINED", spell.start
        elif before == "K" and spell.provision == "E":
            yield "PLAN", spell.start
        following = need.spells[place + 1].start if place + 1 < len(need.spells) else dt.date.max
        if end < leaving and (following - end).days > NEAR_DAYS + 1:
            yield ("BACK" if spell.provision == "K" else "ENDED"), end + dt.timedelta(days=1)
        if spell.start <= leaving <= end and enrolment.leaving:
            yield "LEFT", leaving


def _needs_changed(censuses: list[Census]) -> Iterator[tuple[Enrolment, str, dt.date]]:
    """Main need in one spring return beside the one before of the same school."""
    known: dict[tuple[str, int], str] = {}
    for census in (census for census in censuses if census.term == "SPR"):
        for pupil in census.pupils:
            if not pupil.needs or pupil.provision == "N":
                continue
            place, main = (census.school.urn, pupil.enrolment.person.key), pupil.needs[0][0]
            before = known.get(place)
            known[place] = main
            if before and before != main:
                is_recoded = (before, main) == ("OTH", "DS")
                yield pupil.enrolment, "NEED_RECODED" if is_recoded else "NEED_CHANGED", census.day
