"""One school that lists many more pupils than its like, one that lists far fewer, and one that misses its girls.

All three are planted on the finished trust, so that nothing else moves: newly listed pupils came on the register, and
others left it, after the last half-term and census that count; of girls and boys only the sex is exchanged, on which
nothing rests but who has SEN, and that is decided by then.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from seeds.trust.calendar import Calendar
from seeds.trust.needs import SUPPORT_NEEDS, Need, Needs, Spell
from seeds.trust.people import Enrolment, People, Person
from seeds.trust.schools import School
from seeds.trust.streams import Stream

LISTED_MORE = 0.16
"""Share of the roll that the first school put on its register this term."""
TAKEN_OFF, EXCHANGED = 0.70, 0.60
"""Shares: of pupils with SEN support taken off in the second school; of listed girls with whom a boy is exchanged."""


@dataclass(frozen=True)
class Planted:
    """Which school has which fault, by URN."""

    over: str
    under: str
    girls: str


def choose_schools(schools: tuple[School, ...]) -> Planted | None:
    """The first three primaries; ``None`` where there are fewer."""
    primaries = [school.urn for school in schools if school.phase == "Primary"]
    return Planted(*primaries[:3]) if len(primaries) >= 3 else None


def exchange_girls(people: People, needs: Needs, schools: tuple[School, ...], calendar: Calendar, seed: int) -> People:
    """The same people, but in one school most girls with SEN are boys, and as many boys without SEN are girls."""
    planted = choose_schools(schools)
    if planted is None:
        return people
    stream, day = Stream(seed, "identification: girls"), calendar.data_date
    roll = _roll(people, planted.girls, day)
    with_sen = [e.person for e in roll if e.person.key in needs and needs[e.person.key].provision_on(day) != "N"]
    girls = [person for person in with_sen if person.sex == "F"]
    chosen = stream.some(girls, round(EXCHANGED * len(girls)))
    boys = [e.person for e in roll if e.person.key not in needs and e.person.sex == "M"]
    exchanged = {person.key: "M" for person in chosen} | {p.key: "F" for p in stream.some(boys, len(chosen))}

    def renewed(person: Person) -> Person:
        return replace(person, sex=exchanged[person.key]) if person.key in exchanged else person

    enrolments = [replace(e, person=renewed(e.person)) for e in people.enrolments]
    return People([renewed(person) for person in people.persons], enrolments)


def shift_registers(people: People, needs: Needs, schools: tuple[School, ...], calendar: Calendar, seed: int) -> Needs:
    """The needs with pupils newly listed in the first school, and others taken off the register in the second."""
    planted = choose_schools(schools)
    if planted is None:
        return needs
    stream = Stream(seed, "identification: registers")
    last = max(h.end for h in calendar.half_terms if h.end <= calendar.data_date)
    first = last + dt.timedelta(days=8)
    until = max(first, calendar.data_date - dt.timedelta(days=4))
    shifted, roll = dict(needs), _roll(people, planted.over, calendar.data_date)
    unlisted = [e.person for e in roll if e.person.key not in needs and e.entry < last]
    likely = sorted(unlisted, key=lambda person: (person.general, person.key))[: len(unlisted) // 2]
    for person in stream.some(likely, round(LISTED_MORE * len(roll))):
        spell = Spell("K", stream.day(first, until), None)
        shifted[person.key] = Need((spell,), stream.weighted(SUPPORT_NEEDS), None, is_below_curriculum=False)
    listed = [e.person.key for e in _roll(people, planted.under, calendar.data_date) if _has_support(e, needs, last)]
    for key in stream.some(listed, round(TAKEN_OFF * len(listed))):
        need = shifted[key]
        *before, spell = need.spells
        shifted[key] = replace(need, spells=(*before, replace(spell, end=stream.day(first, until))))
    return shifted


def _has_support(enrolment: Enrolment, needs: Needs, day: dt.date) -> bool:
    """SEN support that has no end and had begun by the day."""
    need = needs.get(enrolment.person.key)
    return (
        need is not None
        and need.spells[-1].provision == "K"
        and need.spells[-1].end is None
        and (need.spells[-1].start < day)
    )


def _roll(people: People, urn: str, day: dt.date) -> list[Enrolment]:
    return [e for e in people.enrolments if e.school.urn == urn and e.is_on_roll(day)]
