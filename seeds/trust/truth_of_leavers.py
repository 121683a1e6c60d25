"""The truth about leavers one by one, and about moves: where they were, why some are not known, where pupils went."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator

from seeds.trust.destinations import POSITIVE, YEAR_6, Leaver, nccis_rows
from seeds.trust.rows import Row
from seeds.trust.world import World

Record = dict[str, object]
IN_PLACE = {code for codes in POSITIVE.values() for code in codes}


def leaver_rows(world: World) -> Iterator[Record]:
    """One record per living leaver: September, two terms and two years on, and why a due point is not known."""
    spells: dict[int, list[Row]] = defaultdict(list)
    for row in nccis_rows(world.leavers, world.calendar, world.seed):
        spells[(int(str(row[0])[2:]) - 700_000) // 7].append(row)
    for number, leaver in enumerate(world.leavers):
        if leaver.enrolment.person.key in world.died:
            continue
        mine = spells[number]
        lost = leaver.is_due and leaver.outcome == "UNKNOWN"
        yield {
            "school_urn": leaver.enrolment.school.urn,
            "mis_id": leaver.enrolment.mis_id,
            "leaving_date": leaver.leaving,
            "leaver_stage": leaver.stage,
            "september_outcome": _outcome(leaver.september),
            "sustained_outcome": leaver.outcome if leaver.is_due else "NOT_DUE",
            "unknown_reason": _reason(leaver, mine, 1, dt.date(leaver.leaving.year + 1, 3, 31)) if lost else "",
            "later_outcome": leaver.later_outcome,
            "later_unknown_reason": _reason(leaver, mine, 2, dt.date(leaver.leaving.year + 2, 9, 30))
            if leaver.later_outcome == "UNKNOWN"
            else "",
        }


def _outcome(code: str | None) -> str:
    return "UNKNOWN" if code is None else "SUSTAINED" if code in IN_PLACE else "NOT_SUSTAINED"


def _reason(leaver: Leaver, spells: list[Row], point: int, day: dt.date) -> str:
    """The first that holds: asked in vain, a record of that day that lapsed, not listed, never contacted."""
    if leaver.tries[point]:
        return "NO_ANSWER"
    if leaver.stage == YEAR_6:
        return "NEVER_CONTACTED"
    open_ones = [row for row in spells if row[4] is None and isinstance(row[3], dt.date) and row[3] <= day]
    if any(row[6] or (isinstance(row[7], dt.date) and row[7] <= day) for row in open_ones):
        return "LAPSED"
    return "NEVER_CONTACTED" if spells else "NOT_LISTED"


def move_truth_rows(world: World) -> Iterator[Record]:
    """One record per move before the end of a phase; pupils who died are told as such and must be in no count."""
    for move in world.moves:
        yield {
            "school_urn": move.enrolment.school.urn,
            "mis_id": move.enrolment.mis_id,
            "leaving_date": move.leaving,
            "sen_provision": move.provision,
            "move_type": "DIED" if move.enrolment.person.key in world.died else move.move_type,
        }
