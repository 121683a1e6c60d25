"""Referrals to outside agencies: steps, waits by service and school, what agencies were paid, the SENCO's list."""

from __future__ import annotations

import polars as pl

from expectations.tables.referrals import (
    CORE_REFERRALS,
    MART_REFERRALS__OPEN,
    MART_REFERRALS__SCHOOL,
    MART_REFERRALS__SERVICE,
    MODEL_REFERRALS__SCHOOL,
    MODEL_REFERRALS__SERVICE,
    MODEL_REFERRALS__STEPS,
)
from expectations.tables.registers import CORE_AGENCY_SERVICES
from models import referrals
from pipelines.assets.declare import released_from, sql_asset, table_asset
from pipelines.reference_data import date_of

core_agency_services = sql_asset(CORE_AGENCY_SERVICES)
core_referrals = sql_asset(CORE_REFERRALS)
model_referrals__steps = sql_asset(MODEL_REFERRALS__STEPS)


@table_asset(MODEL_REFERRALS__SERVICE)
def model_referrals__service(
    model_referrals__steps: pl.DataFrame,
    core_agency_services: pl.DataFrame,
    core_costs: pl.DataFrame,
    core_ehc_plans: pl.DataFrame,
    core_schools: pl.DataFrame,
    core_run: pl.DataFrame,
) -> pl.DataFrame:
    urns, day = core_schools["school_urn"].to_list(), date_of(core_run)
    return referrals.sum_services(model_referrals__steps, core_agency_services, core_costs, core_ehc_plans, urns, day)


@table_asset(MODEL_REFERRALS__SCHOOL)
def model_referrals__school(
    model_referrals__steps: pl.DataFrame,
    core_costs: pl.DataFrame,
    core_ehc_plans: pl.DataFrame,
    core_schools: pl.DataFrame,
    core_run: pl.DataFrame,
) -> pl.DataFrame:
    urns = core_schools["school_urn"].to_list()
    return referrals.sum_schools(model_referrals__steps, core_costs, core_ehc_plans, urns, date_of(core_run))


mart_referrals__service = released_from(MART_REFERRALS__SERVICE, MODEL_REFERRALS__SERVICE)
mart_referrals__school = released_from(MART_REFERRALS__SCHOOL, MODEL_REFERRALS__SCHOOL)


@table_asset(MART_REFERRALS__OPEN)
def mart_referrals__open(
    model_referrals__steps: pl.DataFrame,
    model_pupils__on_roll: pl.DataFrame,
    core_pupils: pl.DataFrame,
    core_run: pl.DataFrame,
) -> pl.DataFrame:
    return referrals.list_open(model_referrals__steps, model_pupils__on_roll, core_pupils, date_of(core_run))
