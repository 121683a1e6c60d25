"""Primary need: pupils on roll by area and census type, SEN support and plans apart; codes over the spring censuses."""

from __future__ import annotations

import datetime as dt

import polars as pl

from expectations.tables.needs import AREA_COUNTS, NEED_COUNTS, RATES
from models.pupils import in_trust_once, roll_up

DOWN_CODED_FROM = 2025
"""Spring census from which Down syndrome has a code of its own; before it stood among the others."""


def mart_needs_frame(model_pupils__on_roll: pl.DataFrame, provision: str, data_date: dt.date) -> pl.DataFrame:
    """The frame of MART_NEEDS__SUPPORT (``provision`` K) or MART_NEEDS__PLAN (E) for the disclosure door.

    The whole is the count of MART_PUPILS__SCHOOL: in the trust a child on roll in two schools counts once, with the
    higher provision of the two.
    """
    whole = {"K": "sen_support_count", "E": "ehc_plan_count"}[provision]
    people = in_trust_once(model_pupils__on_roll).filter(pl.col("sen_provision") == provision)
    counted = people.group_by("school_urn").agg(
        (pl.col("sen_type").is_in(types) if types else pl.col("sen_type").is_null()).sum().cast(pl.Int64).alias(name)
        for name, types in NEED_COUNTS.items()
    )
    places = roll_up(model_pupils__on_roll).select("school_urn", whole)
    frame = places.join(counted, on="school_urn", how="left").with_columns(pl.col(list(NEED_COUNTS)).fill_null(0))
    frame = frame.with_columns(pl.sum_horizontal(parts).alias(area) for area, parts in AREA_COUNTS.items())
    shares = ((pl.col(f"{stem}_count") / pl.col(whole)).fill_nan(None).alias(f"{stem}_rate") for stem in RATES)
    return frame.with_columns(*shares, data_date=pl.lit(data_date))


def mart_needs__year_frame(model_sen_flows__needs: pl.DataFrame) -> pl.DataFrame:
    """The frame of MART_NEEDS__YEAR: the trust's main needs by spring census; a child in two schools counts once."""
    once = model_sen_flows__needs.with_columns(
        calendar_year=pl.col("reference_date").dt.year().cast(pl.Int64)
    ).sort("school_urn").unique(["pupil_key", "calendar_year"], keep="first", maintain_order=True)  # fmt: skip
    code = pl.col("sen_type")
    counted = once.group_by("calendar_year").agg(
        pl.len().cast(pl.Int64).alias("typed_count"),
        (code == "OTH").sum().cast(pl.Int64).alias("other_count"),
        (code == "DS").sum().cast(pl.Int64).alias("down_count"),
        (code == "NSA").sum().cast(pl.Int64).alias("unspecified_count"),
    )
    return counted.with_columns(
        is_down_coded=pl.col("calendar_year") >= DOWN_CODED_FROM,
        other_rate=pl.col("other_count") / pl.col("typed_count"),
        unspecified_rate=pl.col("unspecified_count") / pl.col("typed_count"),
    )
