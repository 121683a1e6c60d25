"""What a SENCO has to see to about groups: sessions without a record, end tests due or missing."""

from __future__ import annotations

from expectations.tables.group_reviews import MART_INTERVENTIONS__EXIT, MART_INTERVENTIONS__GROUP
from pipelines.assets.declare import sql_asset

mart_interventions__group = sql_asset(MART_INTERVENTIONS__GROUP)
mart_interventions__exit = sql_asset(MART_INTERVENTIONS__EXIT)
