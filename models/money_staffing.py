"""Hours of support staff by school and grade, and what other group sizes or hours would come to: a range, no promise.

Never per person (METHODS E2, R8), and never a line of section F: what a plan requires is a duty. A group with a pupil
who has section F is left as it is, for it may be how that duty is met; so is a group of one.
"""

from __future__ import annotations

import datetime as dt

import polars as pl

from expectations.derive import conform
from expectations.tables.money_staffing import MART_MONEY__DEPLOYMENT, MART_MONEY__WHAT_IF, SHARES, SIZES
from expectations.vocabulary import TRUST
from models.money import SMALLEST_STAFF

TAUGHT_WEEKS = 38
"""Weeks of a school year in which pupils are taught."""
_BY = ["school_urn", "financial_year", "staff_grade"]
_CHANGES = ("change_low_hours", "change_high_hours", "cost_change_low_pence", "cost_change_high_pence")


def deploy(model_money__staff_hours: pl.DataFrame) -> pl.DataFrame:
    """MART_MONEY__DEPLOYMENT: hours by school, year and grade; none for fewer than three staff."""
    due, given = pl.col("due_hours"), pl.col("given_hours")
    told = model_money__staff_hours.with_columns(
        has_three_staff=(pl.col("staff_count") >= SMALLEST_STAFF).fill_null(False),
        weekly_planned_hours=(pl.col("planned_hours") / TAUGHT_WEEKS).round(1),
        need_met_rate=pl.when(due > 0).then((given / due).round(9)),
    )
    figures = [name for name in MART_MONEY__DEPLOYMENT.column_names if name not in (*_BY, "has_three_staff")]
    shown = told.with_columns(pl.when("has_three_staff").then(pl.col(name)).alias(name) for name in figures)
    return conform(shown.select(MART_MONEY__DEPLOYMENT.column_names), MART_MONEY__DEPLOYMENT).sort(_BY)


def what_if(
    model_interventions__group_dose: pl.DataFrame,
    core_interventions: pl.DataFrame,
    core_intervention_pupils: pl.DataFrame,
    core_ehc_provision: pl.DataFrame,
    core_ehc_plans: pl.DataFrame,
    core_support_staff: pl.DataFrame,
    core_run: pl.DataFrame,
) -> pl.DataFrame:
    """MART_MONEY__WHAT_IF: groups of the last twelve months as if planned again, one larger or smaller, hours +/-10%.

    Each scenario is an interval from four readings: groups repacked without a remainder or in whole groups school by
    school, and hours as planned or as they are delivered so far. Staff cost goes with the hours.
    """
    year, today = core_run["academic_year"][0], core_run["data_date"][0]
    lines = core_ehc_provision.filter(pl.col("academic_year").is_between(year - 1, year))
    with_lines = lines.join(core_ehc_plans, on="plan_key").select("pupil_key")
    bound = core_intervention_pupils.join(with_lines.unique(), on="pupil_key")["intervention_key"].unique()
    groups = _of_a_year(model_interventions__group_dose, core_interventions, today).with_columns(
        is_kept=pl.col("intervention_key").is_in(bound.implode()) | (pl.col("pupils_count") < 2)
    )
    named = groups.group_by("intervention_name").agg(
        (~pl.col("is_kept")).sum().cast(pl.Int64).alias("groups_count"),
        pl.col("is_kept").sum().cast(pl.Int64).alias("kept_groups_count"),
    )
    led = _led_by(groups.filter(~pl.col("is_kept")), core_support_staff.filter(financial_year=year))
    grid = pl.DataFrame({"group_size_change": SIZES}).join(pl.DataFrame({"hours_change_rate": SHARES}), how="cross")
    cells = named.join(led, on="intervention_name", how="left").join(grid, how="cross")
    changes = _changes(_schools(groups.filter(~pl.col("is_kept"))), grid)
    by = ["intervention_name", "group_size_change", "hours_change_rate"]
    told = cells.join(changes, on=by, how="left").with_columns(
        school_urn=pl.lit(TRUST), has_three_staff=pl.col("has_three_staff").fill_null(False)
    )
    shown = told.with_columns(pl.when("has_three_staff").then(pl.col(name)).alias(name) for name in _CHANGES)
    return conform(shown.select(MART_MONEY__WHAT_IF.column_names), MART_MONEY__WHAT_IF).sort(by)


def _of_a_year(dose: pl.DataFrame, groups: pl.DataFrame, today: dt.date) -> pl.DataFrame:
    """Priced groups that began in the last twelve months: planned hours, staff cost, the share of the due that was."""
    in_year = dose.filter(
        pl.col("start_date").is_between(today - dt.timedelta(days=364), today)
        & pl.col("planned_cost_pence").is_not_null()
        & (pl.col("pupils_count") > 0)
    )
    priced = in_year.join(
        groups.select("intervention_key", "staff_grade", "session_minutes", "resource_pence"), on="intervention_key"
    )
    due, given = pl.col("due_sessions_count"), pl.col("delivered_sessions_count")
    return priced.with_columns(
        planned_hours=pl.col("planned_sessions_count") * pl.col("session_minutes") / 60.0,
        planned_pence=(pl.col("planned_cost_pence") - pl.col("resource_pence").fill_null(0)).cast(pl.Float64),
        dose=pl.when(due > 0).then((given / due).clip(0, 1)).fill_null(1.0),
    )


def _led_by(groups: pl.DataFrame, staff: pl.DataFrame) -> pl.DataFrame:
    """Whether three staff or more lead it: by headcount of the grades that do, else one for each school and grade."""
    posts = groups.select("intervention_name", "school_urn", "staff_grade").unique()
    counted = posts.join(staff, on=["school_urn", "staff_grade"], how="left")
    return counted.group_by("intervention_name").agg(
        (pl.col("staff_count").fill_null(1).sum() >= SMALLEST_STAFF).alias("has_three_staff")
    )


def _schools(groups: pl.DataFrame) -> pl.DataFrame:
    """Groups, pupils, hours and cost by intervention and school, planned and at the share delivered so far."""
    return groups.group_by("intervention_name", "school_urn").agg(
        pl.len().cast(pl.Float64).alias("groups"),
        pl.col("pupils_count").sum().cast(pl.Float64).alias("pupils"),
        *(
            (pl.col(f"planned_{unit}") * share).sum().alias(f"{name}_{unit}")
            for unit in ("hours", "pence")
            for name, share in (("plan", 1.0), ("real", pl.col("dose")))
        ),
    )


def _changes(schools: pl.DataFrame, grid: pl.DataFrame) -> pl.DataFrame:
    """The interval of each scenario: lowest and highest of the four readings, summed over schools."""
    by = ["intervention_name", "group_size_change", "hours_change_rate"]
    size = pl.col("pupils") / pl.col("groups")
    wished = pl.max_horizontal(size + pl.col("group_size_change"), pl.lit(1.0))
    pooled, whole = size / wished, ((pl.col("pupils") / wished - 1e-9).ceil()) / pl.col("groups")
    kept = pl.col("group_size_change") == 0
    more = 1 + pl.col("hours_change_rate")
    readings = {
        f"{name}_{way}": pl.when(kept).then(1.0).otherwise(factor) * more - 1
        for name in ("plan", "real") for way, factor in (("pooled", pooled), ("whole", whole))
    }  # fmt: skip
    sums = schools.join(grid, how="cross").group_by(by).agg(
        (pl.col(f"{reading.split('_')[0]}_{unit}") * change).sum().alias(f"{reading}_{unit}")
        for reading, change in readings.items() for unit in ("hours", "pence")
    )  # fmt: skip
    ends = {"low": pl.min_horizontal, "high": pl.max_horizontal}
    return sums.select(
        *by,
        *(end(f"{reading}_hours" for reading in readings).round(1).alias(f"change_{name}_hours")
          for name, end in ends.items()),
        *(end(f"{reading}_pence" for reading in readings).round(0).cast(pl.Int64).alias(f"cost_change_{name}_pence")
          for name, end in ends.items()),
    )  # fmt: skip
