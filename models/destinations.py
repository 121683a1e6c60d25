"""Where leavers went, over three pooled leaving years: every leaver in the denominator, the untraced as a band.

What became of one leaver is ``models/sql/model_destinations__leavers.sql``; ranges are ``models/proportions.py``
(METHODS C).
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl

from expectations.derive import conform, empty_frame
from expectations.tables.destinations import MODEL_DESTINATIONS__GROUPS
from expectations.vocabulary import TRUST
from models.proportions import unknown_band, wilson

POOLED_YEARS = 3
SMALLEST_WORDS, SMALLEST_RATE = 6, 10
"""Below 6 leavers nothing is said (DfE hides cohorts under 6); from 10 on there is a rate (METHODS C)."""
SMALLEST_BAND = 5
"""Untraced leavers from which a page may be told to lead with the band: fewer are hidden, and so is this."""
GROUPS: dict[str, pl.Expr] = {
    "All leavers": pl.lit(True),
    "SEN": pl.col("has_sen"),
    "No SEN": ~pl.col("has_sen"),
    "EHC plan": pl.col("has_ehc_plan"),
    "SEN support": pl.col("has_sen") & ~pl.col("has_ehc_plan"),
}
"""All leavers = SEN + no SEN; SEN = EHC plan + SEN support."""
OF_SCHOOLS = ("All leavers", "SEN", "No SEN")
"""Groups published of a school; the trust has all five. Fewer tables, fewer sums that tell a hidden figure."""
_RATES = ("sustained_low_rate", "sustained_high_rate", "wilson_low_rate", "wilson_high_rate", "september_rate")


def group_leavers(model_destinations__leavers: pl.DataFrame) -> pl.DataFrame:
    """MODEL_DESTINATIONS__GROUPS: schools and trust, stage and SEN group; only leavers whose two terms have passed."""
    leavers = model_destinations__leavers.unique(["pupil_key", "school_urn", "leaving_date"])
    due = leavers.filter(pl.col("sustained_outcome") != "NOT_DUE")
    if due.is_empty():
        return empty_frame(MODEL_DESTINATIONS__GROUPS)
    last = int(due["academic_year"].max())  # type: ignore[arg-type]  # a whole-number column that is not empty
    pooled = due.filter(pl.col("academic_year") > last - POOLED_YEARS)
    everywhere = pl.concat([pooled, pooled.with_columns(school_urn=pl.lit(TRUST))])
    counts = everywhere.group_by("school_urn", "leaver_stage").agg(
        count for group, members in GROUPS.items() for count in _count_outcomes(group, members)
    )
    years = {"first_academic_year": last - POOLED_YEARS + 1, "last_academic_year": last}
    rows = [
        {"school_urn": row["school_urn"], "leaver_stage": row["leaver_stage"], "sen_group": group}
        | years
        | _describe(*(row[f"{group} {name}"] for name in ("all", "sustained", "unknown", "september")))
        for row in counts.to_dicts()
        for group in GROUPS
    ]
    return conform(pl.DataFrame(rows, infer_schema_length=None), MODEL_DESTINATIONS__GROUPS).sort(
        MODEL_DESTINATIONS__GROUPS.key
    )


def _count_outcomes(group: str, members: pl.Expr) -> list[pl.Expr]:
    outcomes = {
        "all": pl.lit(True),
        "sustained": pl.col("sustained_outcome") == "SUSTAINED",
        "unknown": pl.col("sustained_outcome") == "UNKNOWN",
        "september": pl.col("september_outcome") == "SUSTAINED",
    }
    is_row = pl.col("has_sen").is_not_null()  # true of every row: makes a column of a constant
    return [(is_row & members & outcome).sum().alias(f"{group} {name}") for name, outcome in outcomes.items()]


def _describe(leavers: int, sustained: int, unknown: int, september: int) -> dict[str, Any]:
    """Counts, rule and, from ten leavers on, rates of one group."""
    rule = "NOTHING" if leavers < SMALLEST_WORDS else "WORDS" if leavers < SMALLEST_RATE else "RATE"
    band = unknown_band(sustained, unknown, leavers)
    low, high = wilson(sustained, leavers)
    figures = {
        "leavers_count": leavers,
        "sustained_count": sustained,
        "not_sustained_count": leavers - sustained - unknown,
        "unknown_count": unknown,
        "september_count": september,
        "small_number_rule": rule,
        "is_band_first": bool(band and band.leads and rule == "RATE" and unknown >= SMALLEST_BAND),
        **dict.fromkeys(_RATES),
    }
    if rule == "RATE" and band is not None:
        values = (band.lower_rate, band.upper_rate, low, high, september / leavers)
        figures |= dict(zip(_RATES, values, strict=True))
    return figures


def mart_destinations__school_frame(model_destinations__groups: pl.DataFrame, data_date: dt.date) -> pl.DataFrame:
    """The frame of MART_DESTINATIONS__SCHOOL for the disclosure door: coarser for schools than for the trust."""
    is_published = (pl.col("school_urn") == TRUST) | pl.col("sen_group").is_in(OF_SCHOOLS)
    return model_destinations__groups.filter(is_published).with_columns(data_date=pl.lit(data_date))
