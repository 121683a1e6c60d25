"""Pupils of one intervention and pupils to compare with, drawn at random, and the estimate that the model makes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import polars as pl

from expectations.findings import find
from expectations.tables import ALL
from models.impact import estimate_interventions
from pipelines.reference_data import effect_months
from tests.support.frames import pupil, rows

TODAY = dt.date(2026, 11, 20)
ESTIMATES = ALL["model_impact__estimates"]
PEOPLE, DOSE = ALL["model_impact__pupils"], ALL["model_interventions__group_dose"]
STARTERS, GROUPS = ALL["model_interventions__starters"], ALL["core_interventions"]
MONTHS = effect_months()


def cohort(
    treated: int, compared: int = 200, *, effect: float = 0.0, seed: int = 1, apart: float = 0.0
) -> pl.DataFrame:
    """Pupils of three schools whose exit is their baseline and chance; ``apart`` lifts the comparison's baselines."""
    numbers = np.random.default_rng(seed)
    count = treated + compared
    is_treated = np.arange(count) < treated
    baseline = 88 + 8 * numbers.standard_normal(count) + apart * ~is_treated
    leave = 20 + 0.8 * baseline + effect * is_treated + 6 * numbers.standard_normal(count)
    return rows(
        PEOPLE,
        intervention_name="Reading Plus",
        assessment_name="Test",
        subject="Reading",
        is_treated=is_treated.tolist(),
        pupil_key=[pupil(n) for n in range(count)],
        school_urn=[f"10000{n % 3}" for n in range(count)],
        academic_year=[2024 + n // 3 % 2 for n in range(count)],
        baseline_score=baseline.tolist(),
        baseline_scores_count=2,
        exit_score=leave.tolist(),
        is_exit_due=True,
        age_months=[90 + n % 40 for n in range(count)],
        is_fsm=[n % 3 == 0 for n in range(count)],
        has_ehc_plan=[n % 7 == 0 for n in range(count)],
        absence_rate=[0.05 + n % 5 / 100 for n in range(count)],
    )


def estimate(people: pl.DataFrame, name: str = "Reading Plus", linked: bool = True) -> dict[str, Any]:
    """The one row of an intervention."""
    return estimate_frame(people, name, linked).to_dicts()[0]


def estimate_frame(people: pl.DataFrame, name: str = "Reading Plus", linked: bool = True) -> pl.DataFrame:
    """The estimates of one intervention, which may have nobody."""
    test = {"assessment_name": "Test", "subject": "Reading"} if linked else {"assessment_name": None, "subject": None}
    return estimate_all(people, **{name: test})


def estimate_all(people: pl.DataFrame, **groups: dict[str, Any]) -> pl.DataFrame:
    """The estimates of every intervention of the pupils, each with one group.

    ``groups``: columns of core_interventions by intervention. Whatever the pupils are, the result holds its contract
    and has no figure that is no number.
    """
    named = {str(name): {} for name in people["intervention_name"].unique().sort()} | groups
    found = estimate_interventions(people, *_delivered(people, named), MONTHS)
    assert find(found, ESTIMATES) == []
    floats = found.select(pl.selectors.float()).unpivot()["value"].drop_nulls()
    assert floats.is_finite().all()
    return found


def _delivered(people: pl.DataFrame, groups: dict[str, dict[str, Any]]) -> tuple[pl.DataFrame, ...]:
    """Dose, starters and groups: everybody who took part was in the one group of the intervention."""
    treated = people.filter("is_treated").unique(["intervention_name", "pupil_key"])
    keys = {name: f"G{at}" for at, name in enumerate(groups)}
    begun = rows(
        STARTERS,
        intervention_key=[keys[name] for name in treated["intervention_name"]],
        intervention_name=treated["intervention_name"].to_list(),
        school_urn=treated["school_urn"].to_list(),
        pupil_key=treated["pupil_key"].to_list(),
        delivered_sessions_count=10,
        attended_sessions_count=9,
    )
    dose = rows(
        DOSE,
        intervention_key=list(keys.values()),
        intervention_name=list(keys),
        planned_sessions_count=12,
        due_sessions_count=12,
        delivered_sessions_count=9,
        delivered_hours=4.5,
        cost_to_date_pence=9_000,
        planned_cost_pence=12_000,
    )
    told = [rows(GROUPS, intervention_key=keys[name], intervention_name=name, **groups[name]) for name in keys]
    return dose, begun, pl.concat(told)
