"""What one pupil received, for the pupil's page in the staff app: the groups with their dose, the plan's cost to date.

Money stands with what was delivered, a group or a plan, and is never added up over a child (METHODS B5).
"""

from __future__ import annotations

from expectations import vocabulary as v
from expectations.checks import NotBefore
from expectations.contract import Sensitivity, Table
from expectations.tables.impact_marts import MART_IMPACT__PUPIL
from expectations.tables.interventions import (
    CORE_INTERVENTION_PUPILS,
    INTERVENTION_KEY,
    MODEL_INTERVENTIONS__GROUP_DOSE,
)
from expectations.tables.value_for_money import MODEL_VALUE_FOR_MONEY__PLANS

_DOSE = MODEL_INTERVENTIONS__GROUP_DOSE.by_name

MART_INTERVENTIONS__PUPIL = Table(
    name="mart_interventions__pupil",
    grain="One row per group and pupil with SEN on roll who was in it: the dose, and the group's cost. Staff app only.",
    sensitivity=Sensitivity.PUPIL,
    key=("intervention_key", "pupil_key"),
    columns=(
        INTERVENTION_KEY,
        v.PUPIL_KEY,
        v.SCHOOL_URN,
        v.INTERVENTION_NAME,
        v.START_DATE.but(meaning="The pupil's first day in the group."),
        v.END_DATE.but(null=None, meaning="The pupil's last day in the group."),
        _DOSE["pupils_count"],
        MART_IMPACT__PUPIL.by_name["delivered_sessions_count"],
        CORE_INTERVENTION_PUPILS.by_name["attended_sessions_count"],
        _DOSE["cost_to_date_pence"],
    ),
    checks=(NotBefore("end_date", "start_date"),),
)

_PLAN = MODEL_VALUE_FOR_MONEY__PLANS.by_name

MART_VALUE_FOR_MONEY__PLAN = Table(
    name="mart_value_for_money__plan",
    grain="One row per EHC plan of a pupil on roll and academic year: what its delivered support cost. Staff app only.",
    sensitivity=Sensitivity.PUPIL,
    key=("plan_key", "academic_year"),
    columns=(
        v.PLAN_KEY,
        v.PUPIL_KEY,
        v.SCHOOL_URN,
        v.ACADEMIC_YEAR,
        _PLAN["cost_to_date_pence"],
        _PLAN["unrecorded_pence"],
    ),
)

TABLES = (MART_INTERVENTIONS__PUPIL, MART_VALUE_FOR_MONEY__PLAN)
