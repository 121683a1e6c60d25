"""Every raw table typed, linked and checked by its contract: one asset each, all alike."""

from __future__ import annotations

from expectations.tables import RAW
from pipelines.assets.declare import clean_asset

cleaned = [clean_asset(raw) for raw in RAW]
