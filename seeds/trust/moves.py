"""Who left a school before the end of a phase and where to; the school's own list of it, with gaps."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from seeds.trust.calendar import Calendar
from seeds.trust.destinations import leaving_stage
from seeds.trust.needs import Needs
from seeds.trust.people import Enrolment, People
from seeds.trust.rows import Row
from seeds.trust.streams import Stream

WENT = {
    True: {"L12": 22, "L14": 8, "L15": 14, "L10": 38, "L90": 8, "L16": 2, "L99": 8},
    False: {"L10": 72, "L15": 8, "L90": 12, "L14": 2, "L99": 6},
}
"""Where pupils with SEN, and without, went outside the trust."""
TYPES = {
    "L10": "OTHER_SCHOOL", "L12": "SPECIAL_SCHOOL", "L14": "ALTERNATIVE_PROVISION", "L15": "HOME_EDUCATION",
    "L90": "ELSEWHERE", "L16": "ELSEWHERE", "L99": "NOT_KNOWN",
}  # fmt: skip
UNLISTED = 0.08
DIED = "L98"


@dataclass(frozen=True)
class Move:
    """One move. ``listed`` is what the school's list says: nothing when it lacks the pupil; ``is_listed`` else."""

    enrolment: Enrolment
    leaving: dt.date
    provision: str
    move_type: str
    listed: str | None
    is_listed: bool


def find_moves(people: People, needs: Needs, calendar: Calendar, seed: int) -> list[Move]:
    """Every end on a roll that is no end of a phase; one pupil of the trust died, and is in no count."""
    stream = Stream(seed, "moves")
    later: dict[int, list[Enrolment]] = {}
    for enrolment in people.enrolments:
        later.setdefault(enrolment.person.key, []).append(enrolment)
    moves = []
    for enrolment in people.enrolments:
        if enrolment.leaving is None or enrolment.leaving > calendar.data_date or leaving_stage(enrolment):
            continue
        need = needs.get(enrolment.person.key)
        provision = need.provision_on(enrolment.leaving) if need else "N"
        went, is_listed = stream.weighted(WENT[provision != "N"]), not stream.chance(UNLISTED)
        target = _next_school(enrolment, later[enrolment.person.key])
        if target is not None:
            went = "L12" if target.school.is_special else "L10"
        found = TYPES[went] if is_listed or target is not None else "NOT_KNOWN"
        moves.append(Move(enrolment, enrolment.leaving, provision, found, went, is_listed))
    return _with_one_death(moves, later)


def _next_school(enrolment: Enrolment, spells: list[Enrolment]) -> Enrolment | None:
    assert enrolment.leaving is not None
    soon = enrolment.leaving + dt.timedelta(days=60)
    return next(
        (s for s in spells if s.school.urn != enrolment.school.urn and enrolment.leaving <= s.entry <= soon), None
    )


def _with_one_death(moves: list[Move], spells: dict[int, list[Enrolment]]) -> list[Move]:
    """The last mover with a UPN and a single spell died."""
    for place in range(len(moves) - 1, -1, -1):
        enrolment = moves[place].enrolment
        if moves[place].is_listed and enrolment.person.upn and len(spells[enrolment.person.key]) == 1:
            one = moves[place]
            moves[place] = Move(enrolment, one.leaving, one.provision, "DIED", DIED, True)
            break
    return moves


def move_rows(moves: list[Move], calendar: Calendar) -> list[Row]:
    """(UPN, MIS id, surname, forename, leaving date, code) of the moves that the school's list holds."""
    return [
        [
            move.enrolment.upn_on(calendar.data_date), move.enrolment.mis_id, move.enrolment.person.surname,
            move.enrolment.person.forename, move.leaving, move.listed,
        ]
        for move in moves
        if move.is_listed
    ]  # fmt: skip
