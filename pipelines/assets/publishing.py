"""The last asset: the marts become a release that people see, or the last good one stands."""

import dagster as dg

from expectations.tables import ALL
from pipelines.assets.declare import explain
from pipelines.night import Night
from pipelines.releasing import PUBLISHED, release_marts


@dg.asset(
    name="release",
    group_name="release",
    deps=[table.name for table in PUBLISHED if table.name in ALL],
    required_resource_keys={"night"},
    kinds={"duckdb"},
    description="A new version folder with its manifest; the pointer is moved last.",
)
def release(context: dg.AssetExecutionContext) -> dg.MaterializeResult:
    """Publish what has changed."""
    night: Night = context.resources.night
    number = explain(night, "release", lambda: release_marts(night, context.run_id))
    return dg.MaterializeResult(metadata={"release_number": number, "is_new": night.is_new_release})
