"""How far each school's data can be relied on, from what arrived and what had to be set aside."""

from __future__ import annotations

import datetime as dt

import polars as pl

from expectations.derive import conform
from expectations.tables.deliveries import MART_DELIVERIES__CONFIDENCE
from expectations.vocabulary import TRUST

GOOD_BELOW, FAIR_BELOW = 0.02, 0.05
"""Share of rows set aside."""


def judge_confidence(
    core_schools: pl.DataFrame,
    core_deliveries: pl.DataFrame,
    model_deliveries__balance: pl.DataFrame,
    data_date: dt.date,
) -> pl.DataFrame:
    """MART_DELIVERIES__CONFIDENCE: one row per school, and one for the trust over all that was delivered.

    GOOD: under 2% of rows set aside and no file refused or held; FAIR: under 5%; POOR: more; NO_DATA: nothing taken.
    """
    places = pl.concat([core_schools.select("school_urn"), pl.DataFrame({"school_urn": [TRUST]})]).unique()
    files = _everywhere(core_deliveries).group_by("school_urn").agg(
        pl.col("delivered_date").filter(pl.col("state") == "TAKEN").max().alias("latest_delivery_date"),
        (pl.col("state") == "TAKEN").sum().alias("files_taken_count"),
        pl.col("state").is_in(["REFUSED", "HELD"]).sum().alias("files_refused_count"),
    )  # fmt: skip
    rows = _everywhere(model_deliveries__balance).group_by("school_urn").agg(
        pl.col("rows_count").sum(), pl.col("quarantined_rows_count").sum()
    )  # fmt: skip
    joined = places.join(files, on="school_urn", how="left").join(rows, on="school_urn", how="left")
    counts = ("files_taken_count", "files_refused_count", "rows_count", "quarantined_rows_count")
    share = pl.col("quarantined_rows_count") / pl.col("rows_count")
    judged = joined.with_columns(pl.col(counts).fill_null(0)).with_columns(
        data_date=pl.lit(data_date),
        set_aside_percent=pl.when(pl.col("rows_count") > 0).then((100 * share).round(0)).cast(pl.Int64),
        confidence=_confidence(share),
    )
    return conform(judged.select(MART_DELIVERIES__CONFIDENCE.column_names), MART_DELIVERIES__CONFIDENCE).sort(
        "school_urn"
    )


def _everywhere(frame: pl.DataFrame) -> pl.DataFrame:
    """Each row under its school and, once, under the trust."""
    return pl.concat([frame.filter(pl.col("school_urn") != TRUST), frame.with_columns(school_urn=pl.lit(TRUST))])


def _confidence(share: pl.Expr) -> pl.Expr:
    is_clean = pl.col("files_refused_count") == 0
    return (
        pl.when((pl.col("files_taken_count") == 0) | (pl.col("rows_count") == 0))
        .then(pl.lit("NO_DATA"))
        .when((share < GOOD_BELOW) & is_clean)
        .then(pl.lit("GOOD"))
        .when(share < FAIR_BELOW)
        .then(pl.lit("FAIR"))
        .otherwise(pl.lit("POOR"))
    )
