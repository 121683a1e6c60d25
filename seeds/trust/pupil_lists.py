"""The three lists of pupils: Insight's, SEND register, School Census; and where register and census disagree."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from seeds.trust.calendar import Calendar, academic_year_of
from seeds.trust.needs import Need, Needs
from seeds.trust.people import Enrolment
from seeds.trust.rows import Row
from seeds.trust.schools import School
from seeds.trust.streams import Stream

DISAGREEMENT_RATE = 0.012


def year_code(number: int) -> str:
    """National curriculum year code of a year group: reception R, nursery N2 and N1."""
    return {0: "R", -1: "N2", -2: "N1"}.get(number, str(number))


def insight_pupils(roll: list[Enrolment], needs: Needs, calendar: Calendar) -> list[Row]:
    """Everybody who is or was here, as Insight has them today; year 0 is reception."""
    rows: list[Row] = []
    for enrolment in roll:
        person, day = enrolment.person, enrolment.leaving or calendar.data_date
        number = person.nc_year(academic_year_of(day))
        need = needs.get(person.key)
        rows.append([
            enrolment.insight_id, enrolment.mis_id, enrolment.upn_on(calendar.data_date), person.surname,
            person.forename,
            person.birth_date, person.sex, "0" if number == 0 else year_code(number),
            need.provision_on(day) if need else "N", person.is_eal, person.is_fsm, enrolment.entry, enrolment.leaving,
        ])  # fmt: skip
    return rows


def register_rows(roll: list[Enrolment], needs: Needs, calendar: Calendar) -> list[Row]:
    """One row per child and SEN status spell that touches the child's time here, in the register's column order."""
    rows: list[Row] = []
    for enrolment in roll:
        person, need = enrolment.person, needs.get(enrolment.person.key)
        if need is None:
            continue
        last = enrolment.leaving or calendar.data_date
        number = person.nc_year(academic_year_of(last))
        for spell in need.spells:
            end = spell.end
            if enrolment.leaving and (end is None or end > enrolment.leaving):
                end = enrolment.leaving
            if end and end > calendar.data_date:
                end = None
            if spell.start > last or (end and end < max(enrolment.entry, spell.start)):
                continue
            rows.append([
                enrolment.upn_on(calendar.data_date), enrolment.mis_id, person.surname, person.forename,
                person.birth_date,
                year_code(number), spell.provision, need.main_on(calendar.data_date), need.second, spell.start, end,
            ])  # fmt: skip
    return rows


@dataclass(frozen=True)
class Disagreement:
    """A child whose SEN provision in a census is not the register's."""

    enrolment: Enrolment
    reference_date: dt.date
    register: str
    census: str


@dataclass(frozen=True)
class CensusPupil:
    """One child in one return."""

    enrolment: Enrolment
    upn: str | None
    former_upn: str | None
    nc_year: str
    provision: str
    needs: tuple[tuple[str, int], ...]
    has_top_up: bool


@dataclass
class Census:
    """One school's return for one census day. SEN types are collected in spring only."""

    school: School
    term: str
    day: dt.date
    pupils: list[CensusPupil] = field(default_factory=list)
    disagreements: list[Disagreement] = field(default_factory=list)


def take_census(school: School, roll: list[Enrolment], needs: Needs, term: str, day: dt.date, seed: int) -> Census:
    """The return of a school, with about one SEN pupil in a hundred coded otherwise than on the register."""
    census, stream = Census(school, term, day), Stream(seed, f"census {school.urn} {day}")
    year = academic_year_of(day)
    for enrolment in roll:
        if not enrolment.is_on_roll(day):
            continue
        need = needs.get(enrolment.person.key)
        held = need.provision_on(day) if need else "N"
        coded = held
        if held != "N" and not school.is_special and stream.chance(DISAGREEMENT_RATE):
            coded = "N" if held == "K" else "K"
            census.disagreements.append(Disagreement(enrolment, day, held, coded))
        census.pupils.append(
            CensusPupil(
                enrolment, enrolment.upn_on(day), enrolment.former_upn_on(day),
                year_code(enrolment.person.nc_year(year)), coded,
                _types(need, coded, day) if term == "SPR" else (), coded == "E",
            )
        )  # fmt: skip
    return census


def _types(need: Need | None, coded: str, day: dt.date) -> tuple[tuple[str, int], ...]:
    if need is None or coded == "N":
        return ()
    main = need.main_on(day)
    main = "OTH" if main == "NSA" and coded == "E" else main
    second = ((need.second, 2),) if need.second and need.second != main else ()
    return ((main, 1), *second)
