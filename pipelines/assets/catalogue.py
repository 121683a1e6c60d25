"""What the trust calls its interventions: settled names, names to settle, protocol, timeliness, who is unserved."""

from __future__ import annotations

import polars as pl

from expectations.tables.catalogue import CORE_ALIAS_DECISIONS
from pipelines.assets.declare import settings_asset
from pipelines.journal_source import settled_names
from pipelines.night import Night


@settings_asset(CORE_ALIAS_DECISIONS)
def core_alias_decisions(night: Night) -> pl.DataFrame:
    return settled_names(night)
