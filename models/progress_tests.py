"""What an assessment can show of a change, by need: who sits at its ends, who moved, how much of a move is chance.

More than 15% at an end: means say too little there, so only who is ahead may be told (METHODS A1); the page says so.
"""

from __future__ import annotations

import datetime as dt
import math

import polars as pl

from expectations.tables.progress import NO_SEN
from expectations.tables.progress_marts import FEWEST_SHOWN
from models.goals import reliable_change
from models.progress import need_group

_INTERVAL_SCALE = "STANDARDISED"
_BY = ["assessment_name", "subject", "scale", "need_group"]


def mart_progress__test_frame(model_progress__sittings: pl.DataFrame, data_date: dt.date) -> pl.DataFrame:
    """The frame of MART_PROGRESS__TEST for the disclosure door: every assessment and need over the whole trust.

    A child on roll in two schools counts once. Shares of nobody are blank.
    """
    once = model_progress__sittings.sort("school_urn").unique(
        ["pupil_key", "assessment_name", "subject", "scale"], keep="first", maintain_order=True
    )
    is_none = pl.col("sen_provision") == "N"
    marked = once.with_columns(
        need_group=pl.when(is_none).then(pl.lit(NO_SEN)).otherwise(need_group()),
        change=pl.col("score") - pl.col("earlier_score"),
    )
    counted = marked.group_by(_BY).agg(_figures()).filter(pl.col("pupils_count") >= FEWEST_SHOWN)
    return counted.with_columns(data_date=pl.lit(data_date)).sort(_BY)


def needed_points() -> float:
    """Points by which two sittings of a standardised test must differ to be told apart from chance (METHODS A7)."""
    return reliable_change(0.0, 1.0).needed_points or math.inf


def _figures() -> list[pl.Expr]:
    score, before, change = pl.col("score"), pl.col("earlier_score"), pl.col("change")
    low, high = pl.col("lowest_score"), pl.col("highest_score")
    is_compared, is_interval = change.is_not_null(), pl.col("scale").first() == _INTERVAL_SCALE
    is_movable, days = (
        (before > low) & (before < high),
        (pl.col("assessed_date") - pl.col("earlier_date")).dt.total_days(),
    )
    has_changed = pl.when(is_interval).then((change.abs() > needed_points()).mean()).otherwise((change != 0).mean())
    return [
        pl.len().cast(pl.Int64).alias("pupils_count"),
        (score == low).mean().alias("at_lowest_rate"),
        (score == high).mean().alias("at_highest_rate"),
        is_compared.sum().cast(pl.Int64).alias("compared_count"),
        is_movable.filter(is_compared).mean().alias("movable_rate"),
        has_changed.alias("changed_rate"),
        (days.mean() / 7).alias("between_weeks"),
        pl.when(is_interval).then(change.std() / math.sqrt(2)).alias("noise_points"),
    ]
