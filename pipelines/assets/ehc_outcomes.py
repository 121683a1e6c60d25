"""Outcomes and milestones of EHC plans: where each stands, the SENCO's lists, released figures."""

from __future__ import annotations

import polars as pl

from expectations.tables.ehc_outcome_marts import MART_EHC_OUTCOMES__AREA, MART_EHC_OUTCOMES__SCHOOL
from expectations.tables.ehc_outcomes import (
    CORE_EHC_MILESTONES,
    MART_EHC_OUTCOMES__MILESTONE,
    MART_EHC_OUTCOMES__PLAN,
    MODEL_EHC_OUTCOMES__MILESTONES,
    MODEL_EHC_OUTCOMES__OUTCOMES,
)
from models import ehc_outcomes
from pipelines.assets.declare import released_asset, sql_asset
from pipelines.reference_data import date_of

core_ehc_milestones = sql_asset(CORE_EHC_MILESTONES)
model_ehc_outcomes__milestones = sql_asset(MODEL_EHC_OUTCOMES__MILESTONES)
model_ehc_outcomes__outcomes = sql_asset(MODEL_EHC_OUTCOMES__OUTCOMES)
mart_ehc_outcomes__plan = sql_asset(MART_EHC_OUTCOMES__PLAN)
mart_ehc_outcomes__milestone = sql_asset(MART_EHC_OUTCOMES__MILESTONE)


@released_asset(MART_EHC_OUTCOMES__SCHOOL)
def mart_ehc_outcomes__school(
    model_ehc_outcomes__outcomes: pl.DataFrame,
    model_pupils__on_roll: pl.DataFrame,
    core_schools: pl.DataFrame,
    core_run: pl.DataFrame,
) -> pl.DataFrame:
    schools = core_schools["school_urn"].to_list()
    return ehc_outcomes.mart_ehc_outcomes__school_frame(
        model_ehc_outcomes__outcomes, model_pupils__on_roll, schools, date_of(core_run)
    )


@released_asset(MART_EHC_OUTCOMES__AREA)
def mart_ehc_outcomes__area(model_ehc_outcomes__outcomes: pl.DataFrame, core_run: pl.DataFrame) -> pl.DataFrame:
    return ehc_outcomes.mart_ehc_outcomes__area_frame(model_ehc_outcomes__outcomes, date_of(core_run))
