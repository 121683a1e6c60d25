"""Money: what was spent against its funding, whether the ledger agrees, hours of support staff and what-if."""

from __future__ import annotations

import polars as pl

from expectations.tables.money_ledger import (
    MART_MONEY__FINDINGS,
    MART_MONEY__RECONCILIATION,
    MODEL_MONEY__LEDGER,
    MODEL_MONEY__RECONCILIATION,
)
from expectations.tables.money_spend import (
    MART_MONEY__SCHOOL,
    MODEL_MONEY__GROUPS,
    MODEL_MONEY__PUPILS,
    MODEL_MONEY__SCHOOL,
)
from expectations.tables.money_staffing import (
    CORE_SUPPORT_STAFF,
    MART_MONEY__DEPLOYMENT,
    MART_MONEY__WHAT_IF,
    MODEL_MONEY__STAFF_HOURS,
)
from models import money, money_ledger, money_staffing
from pipelines.assets.declare import released_asset, sql_asset, table_asset

core_support_staff = sql_asset(CORE_SUPPORT_STAFF)
model_money__groups = sql_asset(MODEL_MONEY__GROUPS)
model_money__pupils = sql_asset(MODEL_MONEY__PUPILS)
model_money__staff_hours = sql_asset(MODEL_MONEY__STAFF_HOURS)


@table_asset(MODEL_MONEY__SCHOOL)
def model_money__school(
    model_money__pupils: pl.DataFrame,
    model_money__groups: pl.DataFrame,
    core_costs: pl.DataFrame,
    core_schools: pl.DataFrame,
    core_school_funding: pl.DataFrame,
    model_money__staff_hours: pl.DataFrame,
    core_run: pl.DataFrame,
) -> pl.DataFrame:
    return money.roll_up(
        model_money__pupils,
        model_money__groups,
        core_costs,
        core_schools,
        core_school_funding,
        model_money__staff_hours,
        core_run,
    )


@released_asset(MART_MONEY__SCHOOL)
def mart_money__school(
    model_money__school: pl.DataFrame, mart_value_for_money__school: pl.DataFrame, core_run: pl.DataFrame
) -> pl.DataFrame:
    return money.respect(model_money__school, mart_value_for_money__school, core_run)


@table_asset(MODEL_MONEY__LEDGER)
def model_money__ledger(
    raw_money__agency_invoices: pl.DataFrame,
    raw_money__resources: pl.DataFrame,
    core_quarantine: pl.DataFrame,
    core_schools: pl.DataFrame,
    core_ehc_plans: pl.DataFrame,
    core_interventions: pl.DataFrame,
    core_run: pl.DataFrame,
) -> pl.DataFrame:
    known = money_ledger.Known(core_schools, core_ehc_plans, core_interventions, core_run)
    return money_ledger.list_lines(raw_money__agency_invoices, raw_money__resources, core_quarantine, known)


@table_asset(MODEL_MONEY__RECONCILIATION)
def model_money__reconciliation(
    model_money__ledger: pl.DataFrame,
    core_costs: pl.DataFrame,
    model_money__groups: pl.DataFrame,
    model_value_for_money__plans: pl.DataFrame,
    core_schools: pl.DataFrame,
    core_run: pl.DataFrame,
) -> pl.DataFrame:
    return money_ledger.reconcile(
        model_money__ledger, core_costs, model_money__groups, model_value_for_money__plans, core_schools, core_run
    )


@table_asset(MART_MONEY__RECONCILIATION)
def mart_money__reconciliation(model_money__reconciliation: pl.DataFrame) -> pl.DataFrame:
    return model_money__reconciliation


@table_asset(MART_MONEY__FINDINGS)
def mart_money__findings(
    model_money__ledger: pl.DataFrame,
    clean_money__top_up: pl.DataFrame,
    core_funding_bands: pl.DataFrame,
    core_schools: pl.DataFrame,
) -> pl.DataFrame:
    return money_ledger.list_findings(model_money__ledger, clean_money__top_up, core_funding_bands, core_schools)


@table_asset(MART_MONEY__DEPLOYMENT)
def mart_money__deployment(model_money__staff_hours: pl.DataFrame) -> pl.DataFrame:
    return money_staffing.deploy(model_money__staff_hours)


@table_asset(MART_MONEY__WHAT_IF)
def mart_money__what_if(
    model_interventions__group_dose: pl.DataFrame,
    core_interventions: pl.DataFrame,
    core_intervention_pupils: pl.DataFrame,
    core_ehc_provision: pl.DataFrame,
    core_ehc_plans: pl.DataFrame,
    core_support_staff: pl.DataFrame,
    core_run: pl.DataFrame,
) -> pl.DataFrame:
    return money_staffing.what_if(
        model_interventions__group_dose,
        core_interventions,
        core_intervention_pupils,
        core_ehc_provision,
        core_ehc_plans,
        core_support_staff,
        core_run,
    )
