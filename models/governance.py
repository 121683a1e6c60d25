"""SEND leadership, website and policies by school, and over the trust: dates against the data date. No pupil."""

from __future__ import annotations

import datetime as dt

import polars as pl

from expectations.derive import conform
from expectations.tables.governance import MART_GOVERNANCE__SCHOOL, WEBSITE_ITEMS
from expectations.vocabulary import TRUST
from models.calendar import years_before

STAFF_YEARS, GOVERNOR_YEARS = 1, 2
"""How long the training of all staff, and of the SEND governor, counts as recent."""


def by_school(
    core_leadership: pl.DataFrame, core_website_items: pl.DataFrame, core_schools: pl.DataFrame, data_date: dt.date
) -> pl.DataFrame:
    """MART_GOVERNANCE__SCHOOL: a row for each school of ``core_schools``, and the trust's sums.

    A day counts as kept up to and on it; training counts up to and on the same day one or two years later.
    """
    schools = core_schools.select("school_urn")
    rows = schools.join(_leadership(core_leadership, data_date), on="school_urn", how="left").join(
        _website(core_website_items, data_date), on="school_urn", how="left"
    )
    counts = [name for name in rows.columns if name.endswith("_count") and name != "open_recommendations_count"]
    rows = rows.with_columns(pl.col(counts).fill_null(0)).with_columns(
        missing_items_count=len(WEBSITE_ITEMS) - pl.col("website_items_count")
    )
    return conform(_with_trust(rows).with_columns(data_date=pl.lit(data_date)), MART_GOVERNANCE__SCHOOL)


def _leadership(core_leadership: pl.DataFrame, data_date: dt.date) -> pl.DataFrame:
    award, follow_up = pl.col("senco_award"), pl.col("follow_up_due_date")
    return core_leadership.select(
        "school_urn",
        "senco_weekly_hours",
        "open_recommendations_count",
        schools_count=pl.lit(1, pl.Int64),
        award_held_count=(award == "HELD").cast(pl.Int64),
        award_under_way_count=(award == "UNDER_WAY").cast(pl.Int64),
        staff_trained_count=_recent("staff_training_date", data_date, STAFF_YEARS),
        governor_trained_count=_recent("governor_training_date", data_date, GOVERNOR_YEARS),
        late_follow_ups_count=((follow_up < data_date) & pl.col("follow_up_date").is_null()).cast(pl.Int64),
    )


def _recent(column: str, data_date: dt.date, years: int) -> pl.Expr:
    day = pl.col(column)
    return ((day >= years_before(data_date, years)) & (day <= data_date)).fill_null(False).cast(pl.Int64)


def _website(core_website_items: pl.DataFrame, data_date: dt.date) -> pl.DataFrame:
    due = pl.col("item_due_date")
    return core_website_items.group_by("school_urn").agg(
        website_items_count=pl.len().cast(pl.Int64),
        late_items_count=(due < data_date).sum().cast(pl.Int64),
        next_item_due_date=due.min(),
    )


def _with_trust(rows: pl.DataFrame) -> pl.DataFrame:
    """The schools' rows and the sums over them; a sum of nothing known is not known, and posts are not summed."""
    counts = [name for name in rows.columns if name.endswith("_count")]
    hours = pl.lit(None, rows.schema["senco_weekly_hours"]).alias("senco_weekly_hours")
    sums = [pl.when(pl.col(name).count() > 0).then(pl.col(name).sum()).alias(name) for name in counts]
    trust = rows.select(pl.lit(TRUST).alias("school_urn"), hours, *sums, pl.col("next_item_due_date").min())
    return pl.concat([rows, trust.select(rows.columns)]).sort("school_urn")
