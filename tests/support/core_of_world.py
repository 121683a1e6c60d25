"""The core tables that impact is made from, straight from the sample's truth: no files, no dirt."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl

from expectations.contract import Table
from expectations.tables.assessments import CORE_ASSESSMENTS
from expectations.tables.inclusion import CORE_ATTENDANCE, CORE_SUSPENSIONS
from expectations.tables.interventions import (
    CORE_INTERVENTION_PUPILS,
    CORE_INTERVENTION_SESSIONS,
    CORE_INTERVENTIONS,
)
from expectations.tables.pupils import CORE_ENROLMENTS, CORE_PUPILS, CORE_SCHOOLS, CORE_SEN_STATUS
from expectations.tables.reference import CORE_RUN
from models import calendar
from models.impact import estimate_interventions
from pipelines.reference_data import effect_months
from seeds.trust.assessment_rows import AGE, JUDGED_NAME, STANDARDISED, list_assessments
from seeds.trust.assessments import TESTS
from seeds.trust.catalogue import POINTS, entry_of, read_catalogue
from seeds.trust.levels import BANDS, STEPS
from seeds.trust.world import World
from tests.support.filling import fill, fill_impact
from tests.support.frames import pupil, rows

Frames = dict[str, pl.DataFrame]
SCALES = {
    STANDARDISED: "STANDARDISED", AGE: "AGE", "Points": "POINTS", "Point in Time Assessment": "BAND",
    "Pre-Key Stage": "PRE_KEY_STAGE", "Engagement Model": "ENGAGEMENT",
}  # fmt: skip


def estimate_world(world: World) -> pl.DataFrame:
    """MODEL_IMPACT__ESTIMATES of a world."""
    core = core_of(world)
    given = {name: core[name] for name in ("core_run", "core_interventions", "core_intervention_pupils")}
    given["core_intervention_sessions"] = core["core_intervention_sessions"]
    starters = fill("model_interventions__starters", given)
    doses = fill("model_interventions__group_dose", given | {"core_half_terms": core["core_half_terms"]})
    scored = {name: core[name] for name in _READ_BY_SCORES} | {"model_interventions__starters": starters}
    people = fill_impact(scored)["model_impact__pupils"]
    return estimate_interventions(people, doses, starters, core["core_interventions"], effect_months())


_READ_BY_SCORES = (
    "core_run", "core_assessments", "core_half_terms", "core_pupils", "core_schools", "core_enrolments",
    "core_attendance", "core_suspensions", "core_sen_status",
)  # fmt: skip


def core_of(world: World) -> Frames:
    """Core tables by name; every group as if the school's own map described it."""
    day = world.calendar.data_date
    year = calendar.academic_year(day)
    return {
        "core_run": rows(CORE_RUN, data_date=day, academic_year=year),
        "core_half_terms": calendar.half_terms(),
        "core_schools": _table(
            CORE_SCHOOLS, [{"school_urn": s.urn, "phase": s.phase, "is_special": s.is_special} for s in world.schools]
        ),
        "core_pupils": _table(
            CORE_PUPILS,
            [{"pupil_key": pupil(p.key), "birth_date": p.birth_date, "is_fsm": p.is_fsm} for p in world.people.persons],
        ),
        "core_enrolments": _table(
            CORE_ENROLMENTS,
            [
                {
                    "pupil_key": pupil(e.person.key),
                    "school_urn": e.school.urn,
                    "entry_date": e.entry,
                    "leaving_date": e.leaving,
                }
                for e in world.people.enrolments
            ],
        ),
        "core_assessments": _table(CORE_ASSESSMENTS, list(_scores(world))),
        "core_attendance": _table(CORE_ATTENDANCE, list(_attended(world))),
        "core_suspensions": _table(CORE_SUSPENSIONS, list(_suspended(world))),
        "core_sen_status": _table(CORE_SEN_STATUS, list(_planned(world))),
        **_groups(world),
    }


def _table(contract: Table, records: list[dict[str, Any]]) -> pl.DataFrame:
    return rows(contract, **{name: [record[name] for record in records] for name in records[0]})


def _scores(world: World) -> Iterator[dict[str, Any]]:
    """Marks that an intervention may be linked to, each as a figure of its scale."""
    middle = {
        (year, name): day
        for year, name, day in calendar.half_terms().select("academic_year", "half_term", "middle_date").iter_rows()
    }
    for school in world.schools:
        roll = [e for e in world.people.enrolments if e.school.urn == school.urn]
        keys = {e.insight_id: pupil(e.person.key) for e in roll}
        for row in list_assessments(school, roll, world.needs, world.scores, world.levels, world.seed):
            insight_id, _, year, _, half_term, name, subject, scheme, mark, day = row
            scale = SCALES[str(scheme)]
            if scale != "ENGAGEMENT" and (name != JUDGED_NAME or subject == POINTS.subject):
                yield {
                    "pupil_key": keys[str(insight_id)],
                    "school_urn": school.urn,
                    "academic_year": year,
                    "half_term": half_term,
                    "assessment_name": name,
                    "subject": subject,
                    "scale": scale,
                    "score": _figure(scale, str(mark)),
                    "mark": mark,
                    "assessed_date": day or middle[year, half_term],
                }


def _figure(scale: str, mark: str) -> float | None:
    """The mark as a number; a code that names no step ("below") has none."""
    if scale == "AGE":
        years, months = mark.replace("y ", ".").rstrip("m").split(".")
        return 12.0 * int(years) + int(months)
    if scale == "BAND":
        return 1.0 + BANDS.index(mark)
    if scale == "PRE_KEY_STAGE":
        return float(STEPS.index(mark)) if mark in STEPS else None
    return float(mark)


def _attended(world: World) -> Iterator[dict[str, Any]]:
    for urn, terms in world.attended.items():
        for term in terms:
            yield {
                "pupil_key": pupil(term.enrolment.person.key),
                "school_urn": urn,
                "academic_year": term.half_term.academic_year,
                "half_term": term.half_term.name,
                "possible_sessions_count": term.possible,
                "authorised_sessions_count": term.authorised,
                "unauthorised_sessions_count": term.unauthorised,
            }


def _suspended(world: World) -> Iterator[dict[str, Any]]:
    for urn, suspensions in world.suspensions.items():
        for one in suspensions:
            key = pupil(one.enrolment.person.key)
            yield {"pupil_key": key, "school_urn": urn, "start_date": one.day, "category": one.category}


def _planned(world: World) -> Iterator[dict[str, Any]]:
    schools = {e.person.key: e.school.urn for e in world.people.enrolments}
    for key, need in world.needs.items():
        for spell in need.spells:
            if spell.provision == "E":
                yield {
                    "pupil_key": pupil(key),
                    "school_urn": schools[key],
                    "sen_provision": "E",
                    "start_date": spell.start,
                    "end_date": spell.end,
                }


def _groups(world: World) -> Frames:
    groups, members, sessions = [], [], []
    for group in world.groups:
        key, kind = f"{group.school.urn}:{group.reference}", group.intervention
        place = {"intervention_key": key, "school_urn": group.school.urn}
        span = {"start_date": group.block.start, "end_date": group.block.end}
        entry, outcome = entry_of(kind.name), kind.outcome
        groups.append(
            place
            | span
            | {
                "intervention_name": kind.name,
                "is_in_catalogue": kind.name in read_catalogue(),
                "area_of_need": entry.area_of_need,
                "outcome_domain": entry.outcome_domain or None,
                "planned_sessions_count": group.planned_count,
                "session_minutes": kind.minutes,
                "assessment_name": outcome.assessment_name,
                "exit_assessment_name": None if outcome.exit_test is None else TESTS[outcome.exit_test].name,
                "subject": outcome.subject or None,
            }
        )
        members += [
            place | span | {"pupil_key": pupil(p.enrolment.person.key), "attended_sessions_count": p.attended_count}
            for p in group.members
        ]
        sessions += [
            place | {"session_date": s.day, "is_delivered": s.is_delivered, "session_minutes": kind.minutes}
            for s in group.sessions
        ]
    return {
        "core_interventions": _table(CORE_INTERVENTIONS, groups),
        "core_intervention_pupils": _table(CORE_INTERVENTION_PUPILS, members),
        "core_intervention_sessions": _table(CORE_INTERVENTION_SESSIONS, sessions),
    }
