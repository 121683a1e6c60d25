"""When the night runs: 02:00 in London, one at a time; and, where a trust wants it, when a file arrives."""

import datetime as dt

import dagster as dg

from expectations.errors import OrchardError
from pipelines.drop_folder import find_arrivals
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
    arrivals, _ = find_arrivals(
        settings.drop_folder, dt.datetime.now(dt.UTC), settings.quiet_seconds, settings.largest_file_megabytes * 1024**2
    )
    cursor = state_of([arrival.delivery_key + arrival.school_urn for arrival in arrivals])
    if cursor == context.cursor:
        return dg.SkipReason("No new file has settled.")
    return dg.SensorResult(run_requests=[dg.RunRequest(run_key=cursor)], cursor=cursor)


def state_of(keys: list[str]) -> str:
    """Digest of the settled files, whatever their order."""
    import hashlib

    return hashlib.sha256("".join(sorted(keys)).encode()).hexdigest()[:16]
