"""The truth about assess-plan-do-review: where each pupil on SEN support stands on the data date. Plain rules only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from seeds.trust.apdr import Cycle
from seeds.trust.calendar import Calendar
from seeds.trust.world import World

Record = dict[str, object]
WEEK = dt.timedelta(weeks=1)


def cycle_truth_rows(world: World) -> Iterator[Record]:
    """One record per pupil on roll with SEN support: standing, stage, its due day, cycles without change."""
    day = world.calendar.data_date
    cycles: dict[tuple[str, int], list[Cycle]] = {}
    for cycle in world.cycles:
        cycles.setdefault((cycle.enrolment.school.urn, cycle.enrolment.person.key), []).append(cycle)
    for enrolment in world.people.enrolments:
        person, urn = enrolment.person, enrolment.school.urn
        need = world.needs.get(person.key)
        if need and need.provision_on(day) == "K" and enrolment.is_on_roll(day):
            mine = cycles.get((urn, person.key), [])
            yield {"school_urn": urn, "person": person.key, "mis_id": enrolment.mis_id, **_standing(mine, world)}


def _standing(cycles: list[Cycle], world: World) -> Record:
    """Standing, stage and days as the ledger must find them; '' where nothing is due."""
    nothing: Record = {"stage": "ASSESS", "stage_due_date": "", "overdue_days": ""}
    run: Record = {"unchanged_run_count": _unchanged(cycles) if cycles else ""}
    if not cycles:
        return {"cycles_count": 0, "standing": "NONE", **nothing, **run}
    if cycles[-1].next_step == "STOP":
        return {"cycles_count": len(cycles), "standing": "STOPPED", **nothing, **run}
    stage, last_day = _next(cycles[-1])
    due = _in_term(last_day, world.calendar)
    told: Record = {"cycles_count": len(cycles), "standing": "BETWEEN" if stage == "ASSESS" else "OPEN"}
    late = max(0, (world.calendar.data_date - due).days)
    return {**told, "stage": stage, "stage_due_date": due, "overdue_days": late, **run}


def _next(cycle: Cycle) -> tuple[str, dt.date]:
    """The step that is to come, and the day by which, holidays aside."""
    if cycle.reviewed:
        return "ASSESS", cycle.reviewed + 4 * WEEK
    if cycle.started:
        return "REVIEW", min(cycle.review_due or dt.date.max, cycle.started + 14 * WEEK)
    return ("DO", cycle.planned + 2 * WEEK) if cycle.planned else ("PLAN", cycle.assessed + 4 * WEEK)


def _in_term(day: dt.date, calendar: Calendar) -> dt.date:
    if any(h.start <= day <= h.end for h in calendar.half_terms):
        return day
    return min((h.start for h in calendar.half_terms if h.start > day), default=day)


def _unchanged(cycles: list[Cycle]) -> int:
    """How many of the last cycles ran one after the other on one provision, each after a target that was not met."""
    count = 1
    for before, after in zip(reversed(cycles[:-1]), reversed(cycles[1:]), strict=True):
        is_changed = after.is_changed
        if is_changed is None and before.group_reference and after.group_reference:
            is_changed = before.group_reference != after.group_reference
        if before.outcome != "NOT_MET" or is_changed is not False:
            break
        count += 1
    return count
