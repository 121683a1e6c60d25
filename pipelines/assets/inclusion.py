"""Attendance and suspensions."""

from __future__ import annotations

from expectations.tables.inclusion import CORE_ATTENDANCE, CORE_SUSPENSIONS
from pipelines.assets.declare import sql_asset

core_attendance = sql_asset(CORE_ATTENDANCE)
core_suspensions = sql_asset(CORE_SUSPENSIONS)
