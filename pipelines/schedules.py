"""When the night runs: 02:00 in London, one at a time; and, where a trust wants it, when a file arrives."""

import datetime as dt
import hashlib
from pathlib import Path

import dagster as dg

from expectations.errors import OrchardError
from pipelines.readers.settling import is_settled
from pipelines.settings import load_settings
from pipelines.where import home_folder

JOB_NAME = "nightly_refresh"

nightly_refresh = dg.define_asset_job(
    JOB_NAME,
    selection=dg.AssetSelection.all(),
    executor_def=dg.in_process_executor,
    description="From the drop folder to a published release.",
    tags={"dagster/max_runtime": "3600"},
)

# 02:00 stands once on every night of the year: the hour that is skipped or repeated in London is 01:00 to 02:00.
at_two = dg.ScheduleDefinition(
    name="at_two_in_london",
    job=nightly_refresh,
    cron_schedule="0 2 * * *",
    execution_timezone="Europe/London",
    default_status=dg.DefaultScheduleStatus.RUNNING,
)


@dg.sensor(
    name="when_a_file_arrives",
    job=nightly_refresh,
    minimum_interval_seconds=300,
    default_status=dg.DefaultSensorStatus.STOPPED,
    description="Off unless switched on: refreshes when the settled files of the drop folder have changed.",
)
def when_a_file_arrives(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
    """Ask for one run per state of the drop folder."""
    try:
        settings = load_settings(home_folder())
    except OrchardError as error:
        return dg.SkipReason(error.what)
    cursor = state_of(settings.drop_folder, settings.quiet_seconds, dt.datetime.now(dt.UTC).timestamp())
    if cursor == context.cursor:
        return dg.SkipReason("No new file has settled.")
    return dg.SensorResult(run_requests=[dg.RunRequest()], cursor=cursor)


def state_of(drop: Path, quiet_seconds: float, now: float) -> str:
    """Digest of the names, sizes and times of the settled files; nothing is opened."""
    seen = [
        (str(path.relative_to(drop)), status.st_size, status.st_mtime_ns)
        for path in sorted(drop.rglob("*"))
        if path.is_file() and is_settled(path, now, quiet_seconds) and (status := path.lstat())
    ]
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:16]
