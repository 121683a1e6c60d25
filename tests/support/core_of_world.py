"""The core tables that impact is made from, straight from the sample's truth: no files, no dirt."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl

from expectations.contract import Table
from expectations.tables.assessments import CORE_ASSESSMENTS
from expectations.tables.interventions import (
    CORE_INTERVENTION_PUPILS,
    CORE_INTERVENTION_SESSIONS,
    CORE_INTERVENTIONS,
)
from expectations.tables.pupils import CORE_ENROLMENTS, CORE_PUPILS, CORE_SCHOOLS
from expectations.tables.reference import CORE_RUN
from models import calendar
from models.impact import estimate_interventions
from seeds.trust.assessments import SUBJECTS, TEST_NAMES
from seeds.trust.catalogue import read_catalogue
from seeds.trust.world import World
from tests.support.filling import fill, fill_impact
from tests.support.frames import pupil, rows

Frames = dict[str, pl.DataFrame]


def estimate_world(world: World) -> pl.DataFrame:
    """MODEL_IMPACT__ESTIMATES of a world."""
    core = core_of(world)
    run = {name: core[name] for name in ("core_run", "core_interventions", "core_intervention_pupils")}
    sessions = {"core_intervention_sessions": core["core_intervention_sessions"]}
    starters = fill("model_interventions__starters", run | sessions)
    doses = fill("model_interventions__group_dose", run | sessions | {"core_half_terms": core["core_half_terms"]})
    read = ("core_run", "core_assessments", "core_half_terms", "core_pupils", "core_schools", "core_enrolments")
    given = {name: core[name] for name in read} | {"model_interventions__starters": starters}
    people = fill_impact(given)["model_impact__pupils"]
    return estimate_interventions(people, doses, starters, core["core_interventions"])


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
        **_groups(world),
    }


def _table(contract: Table, records: list[dict[str, Any]]) -> pl.DataFrame:
    return rows(contract, **{name: [record[name] for record in records] for name in records[0]})


def _scores(world: World) -> list[dict[str, Any]]:
    observed, records = world.scores.observed(), []
    for enrolment in world.people.enrolments:
        key = enrolment.person.key
        for point in world.calendar.test_points:
            day = point.monday + dt.timedelta(days=int(world.scores.days[key, point.index]))
            for at, subject in enumerate(SUBJECTS):
                if world.scores.sat[key, point.index, at] and enrolment.is_on_roll(day):
                    score = float(observed[key, point.index, at])
                    records.append(
                        {
                            "pupil_key": pupil(key),
                            "school_urn": enrolment.school.urn,
                            "academic_year": point.academic_year,
                            "half_term": point.half_term,
                            "assessment_name": TEST_NAMES[subject],
                            "subject": subject,
                            "scale": "STANDARDISED",
                            "score": score,
                            "mark": str(score),
                            "assessed_date": day,
                        }
                    )
    return records


def _groups(world: World) -> Frames:
    catalogue, groups, members, sessions = read_catalogue(), [], [], []
    for group in world.groups:
        key, kind = f"{group.school.urn}:{group.reference}", group.intervention
        place = {"intervention_key": key, "school_urn": group.school.urn}
        span = {"start_date": group.block.start, "end_date": group.block.end}
        subject = None if kind.subject is None else SUBJECTS[kind.subject]
        groups.append(
            place
            | span
            | {
                "intervention_name": kind.name,
                "area_of_need": catalogue[kind.name].area_of_need,
                "planned_sessions_count": group.planned_count,
                "session_minutes": kind.minutes,
                "assessment_name": TEST_NAMES[subject] if subject else None,
                "subject": subject,
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
