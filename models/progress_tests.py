"""What an assessment can show of a change, by need: who sits at its ends, who moved, how much of a move is chance.

More than 15% at an end: means say too little there, so only who is ahead may be told (METHODS A1).
"""

from __future__ import annotations

import datetime as dt
import math

import polars as pl

from expectations.tables.progress import NO_SEN
from models.goals import reliable_change
from models.progress import need_group

END_ABOVE = 0.15
"""Share at one end from which the scale's own distances are not to be used."""
FEWEST = 10
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
    counted = marked.group_by(_BY).agg(_counts())
    return counted.with_columns(
        _share("at_lowest", "pupils"), _share("at_highest", "pupils"), _share("movable", "compared"),
        _share("rose", "compared"), _share("fell", "compared"), data_date=pl.lit(data_date),
    ).with_columns(_limit(), _method()).sort(_BY)  # fmt: skip


def needed_points() -> float:
    """Points by which two sittings of a standardised test must differ to be told apart from chance (METHODS A7)."""
    return reliable_change(0.0, 1.0).needed_points or math.inf


def _counts() -> list[pl.Expr]:
    score, before, change = pl.col("score"), pl.col("earlier_score"), pl.col("change")
    low, high = pl.col("lowest_score"), pl.col("highest_score")
    is_compared = change.is_not_null()
    which = {
        "pupils_count": pl.lit(True),
        "at_lowest_count": score == low,
        "at_highest_count": score == high,
        "compared_count": is_compared,
        "movable_count": is_compared & (before > low) & (before < high),
        "rose_count": change > 0,
        "same_count": change == 0,
        "fell_count": change < 0,
    }
    counts = [pl.col("pupil_key").filter(told.fill_null(False)).len().cast(pl.Int64).alias(name)
              for name, told in which.items()]  # fmt: skip
    is_interval = pl.col("scale").first() == _INTERVAL_SCALE
    reliable = (change.abs() > needed_points()).fill_null(False).sum().cast(pl.Int64)
    days = (pl.col("assessed_date") - pl.col("earlier_date")).dt.total_days()
    return [
        *counts,
        pl.when(is_interval).then(reliable).alias("reliable_count"),
        (days.mean() / 7).alias("between_weeks"),
        pl.when(is_interval).then(change.std() / math.sqrt(2)).alias("noise_points"),
    ]


def _share(stem: str, whole: str) -> pl.Expr:
    count, of = pl.col(f"{stem}_count"), pl.col(f"{whole}_count")
    return pl.when(of > 0).then(count / of).alias(f"{stem}_rate")


def _limit() -> pl.Expr:
    is_low, is_high = pl.col("at_lowest_rate") > END_ABOVE, pl.col("at_highest_rate") > END_ABOVE
    word = (
        pl.when(is_low & is_high).then(pl.lit("BOTH"))
        .when(is_low).then(pl.lit("FLOOR"))
        .when(is_high).then(pl.lit("CEILING"))
        .otherwise(pl.lit("NEITHER"))
    )  # fmt: skip
    return pl.when(pl.col("pupils_count") >= FEWEST).then(word).alias("limit_code")


def _method() -> pl.Expr:
    is_scale = (pl.col("scale") == _INTERVAL_SCALE) & (
        pl.max_horizontal("at_lowest_rate", "at_highest_rate") <= END_ABOVE
    )
    word = pl.when(is_scale).then(pl.lit("AS_SCALE")).otherwise(pl.lit("ORDINAL"))
    return pl.when(pl.col("pupils_count") >= FEWEST).then(word).alias("method_code")
