"""What was run: groups, their pupils and sessions, dose and cost."""

from __future__ import annotations

from expectations.tables.interventions import (
    CORE_INTERVENTION_PUPILS,
    CORE_INTERVENTION_SESSIONS,
    CORE_INTERVENTIONS,
    MODEL_INTERVENTIONS__GROUP_DOSE,
    MODEL_INTERVENTIONS__STARTERS,
)
from pipelines.assets.declare import sql_asset

core_interventions = sql_asset(CORE_INTERVENTIONS)
core_intervention_pupils = sql_asset(CORE_INTERVENTION_PUPILS)
core_intervention_sessions = sql_asset(CORE_INTERVENTION_SESSIONS)
model_interventions__group_dose = sql_asset(MODEL_INTERVENTIONS__GROUP_DOSE)
model_interventions__starters = sql_asset(MODEL_INTERVENTIONS__STARTERS)
