"""The code location as it is, but for a schedule that fires every minute: a real daemon proves that it is kept."""

import dagster as dg

from pipelines.definitions import build_definitions
from pipelines.schedules import nightly_refresh

defs = build_definitions(
    schedule=dg.ScheduleDefinition(
        name="every_minute",
        job=nightly_refresh,
        cron_schedule="* * * * *",
        execution_timezone="Europe/London",
        default_status=dg.DefaultScheduleStatus.RUNNING,
    )
)
