"""What pupils scored."""

from __future__ import annotations

from expectations.tables.assessments import (
    CORE_ASSESSMENTS,
)
from pipelines.assets.declare import sql_asset

core_assessments = sql_asset(CORE_ASSESSMENTS)
