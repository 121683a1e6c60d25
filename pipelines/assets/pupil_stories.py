"""What one pupil received: groups with their dose, the plan's cost to date. For the pupil's page."""

from __future__ import annotations

from expectations.tables.pupil_stories import MART_INTERVENTIONS__PUPIL, MART_VALUE_FOR_MONEY__PLAN
from pipelines.assets.declare import sql_asset

mart_interventions__pupil = sql_asset(MART_INTERVENTIONS__PUPIL)
mart_value_for_money__plan = sql_asset(MART_VALUE_FOR_MONEY__PLAN)
