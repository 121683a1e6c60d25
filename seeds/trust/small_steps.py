"""What small steps show and other systems do not: a special school's own record, and a test of which most
pupils with one need score nothing. Draws of its own, so that no other planted truth moves.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator

from seeds.trust.assessment_rows import judged_day
from seeds.trust.calendar import Calendar, HalfTerm
from seeds.trust.levels import JUDGED_SUBJECTS, STEPS, Levels
from seeds.trust.needs import Needs
from seeds.trust.people import Enrolment
from seeds.trust.rows import Row
from seeds.trust.schools import School
from seeds.trust.streams import Stream

FRAMEWORK = "Small Steps"
NEW_VERSION_FROM = dt.date(2025, 9, 1)
"""From here on the framework's steps are numbers; a step in letters after it is not known to the reference data."""
STEPS_IN_RUNG = 3
SLOW_TO_CHANGE = 0.04
"""Share of records that still have the old letters after the change."""
PATHWAYS = ("Multi-sensory", "Engagement", "Progression", "Functional")
RAW_TEST, RAW_SCHEME, RAW_HIGHEST = "Phonics Catch-up Check", "Raw score", 40
RAW_HALF_TERMS = ("Autumn1", "Summer1")
RAW_NC_YEARS = (2, 9)
FLOORED_NEED, FLOORED_RATE = "MLD", 0.7
"""The need whose pupils mostly score nothing in the test, and how many of them."""


def records_steps(school: School) -> bool:
    """True for the first special school: it alone keeps small steps."""
    return school.index == 0 and school.is_special


def step_rows(school: School, roll: list[Enrolment], levels: Levels, seed: int) -> list[Row]:
    """Small-step records of a school: (UPN, MIS id, surname, forename, subject, framework, step, day, pathway)."""
    if not records_steps(school):
        return []
    stream = Stream(seed, f"small steps {school.urn}")
    return [row for enrolment in roll for row in _of_child(enrolment, levels, stream)]


def pathway_of(step: int) -> str:
    """The pathway that goes with a child's first step: those at the beginning learn through the senses."""
    return PATHWAYS[min(step // 2, len(PATHWAYS) - 1)]


def _of_child(enrolment: Enrolment, levels: Levels, stream: Stream) -> Iterator[Row]:
    calendar, person, pathway = levels.calendar, enrolment.person, ""
    for place, half_term in enumerate(calendar.half_terms):
        day = judged_day(half_term)
        if not 1 <= person.nc_year(half_term.academic_year) <= 14 or not enrolment.is_on_roll(day):
            continue
        for at, subject in enumerate(JUDGED_SUBJECTS):
            is_slow = stream.chance(SLOW_TO_CHANGE)
            if day > calendar.data_date:
                continue
            step, within = small_step(levels.below(person, place, at))
            pathway = pathway or pathway_of(step)
            code = f"{step}{'ABC'[within - 1]}" if day < NEW_VERSION_FROM or is_slow else f"{step}.{within}"
            yield [
                enrolment.upn_on(calendar.data_date), enrolment.mis_id, person.surname, person.forename, subject,
                FRAMEWORK, code, day, pathway,
            ]  # fmt: skip


def small_step(level: float) -> tuple[int, int]:
    """The rung that a level rounds to, and which third of it, from 1."""
    rung = min(max(round(level), 0), len(STEPS) - 1)
    within = 1 + math.floor((level - rung + 0.5) * STEPS_IN_RUNG)
    return rung, min(max(within, 1), STEPS_IN_RUNG)


def check_rows(school: School, roll: list[Enrolment], needs: Needs, calendar: Calendar, seed: int) -> list[Row]:
    """Rows of the catch-up check for Insight's export: pupils with SEN of mainstream schools, twice a year."""
    if school.is_special:
        return []
    stream = Stream(seed, f"catch-up check {school.urn}")
    return [row for enrolment in roll for row in _checked(enrolment, needs, calendar, stream)]


def _checked(enrolment: Enrolment, needs: Needs, calendar: Calendar, stream: Stream) -> Iterator[Row]:
    need = needs.get(enrolment.person.key)
    if need is None:
        return
    is_floored = stream.chance(FLOORED_RATE) and need.main == FLOORED_NEED
    usual = stream.whole(6, RAW_HIGHEST - 8)
    for half_term in calendar.half_terms:
        score = min(RAW_HIGHEST, max(1, usual + stream.whole(-5, 8)))
        day = half_term.start + dt.timedelta(days=16)
        if _is_due(enrolment, half_term, day) and day <= calendar.data_date and need.provision_on(day) != "N":
            yield [
                enrolment.insight_id, enrolment.upn_on(calendar.data_date), half_term.academic_year,
                str(enrolment.person.nc_year(half_term.academic_year)), half_term.name, RAW_TEST, "Reading",
                RAW_SCHEME, "0" if is_floored else str(score), day,
            ]  # fmt: skip


def _is_due(enrolment: Enrolment, half_term: HalfTerm, day: dt.date) -> bool:
    low, high = RAW_NC_YEARS
    year = enrolment.person.nc_year(half_term.academic_year)
    return half_term.name in RAW_HALF_TERMS and low <= year <= high and enrolment.is_on_roll(day)
