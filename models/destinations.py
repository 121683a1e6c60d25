"""Where leavers went, over three pooled leaving years: every leaver in the denominator, the untraced as a band.

What became of one leaver is ``models/sql/model_destinations__leavers.sql``; ranges are ``models/proportions.py``
(METHODS C).
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl

from expectations.contract import Table
from expectations.derive import conform, empty_frame
from expectations.tables.destination_results import (
    MART_DESTINATIONS__BACKGROUND,
    MART_DESTINATIONS__CALL,
    MODEL_DESTINATIONS__GROUPS,
    REASON_COUNTS,
    UNKNOWN_REASONS,
)
from expectations.vocabulary import TRUST
from models.everywhere import in_school_and_trust
from models.proportions import Z95, share_trend, unknown_band, wilson

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
_NOT_TOLD = ("intended_count", *REASON_COUNTS, "later_leavers_count", "later_positive_count", "later_negative_count",
             "later_unknown_count", "later_low_rate", "later_high_rate", "trend")  # fmt: skip
"""Told of all leavers together only: by SEN group they would be many small numbers."""
TREND_YEARS, TREND_LEAVERS = 4, 30
"""A trend is told of four leaving years or more with 30 leavers or more in each (METHODS C)."""


def group_leavers(model_destinations__leavers: pl.DataFrame) -> pl.DataFrame:
    """MODEL_DESTINATIONS__GROUPS: schools and trust, stage and SEN group; only leavers whose two terms have passed."""
    leavers = model_destinations__leavers.unique(["pupil_key", "school_urn", "leaving_date"])
    due = leavers.filter(pl.col("sustained_outcome") != "NOT_DUE")
    if due.is_empty():
        return empty_frame(MODEL_DESTINATIONS__GROUPS)
    last = int(due["academic_year"].max())  # type: ignore[arg-type]  # a whole-number column that is not empty
    pooled = due.filter(pl.col("academic_year") > last - POOLED_YEARS)
    everywhere = in_school_and_trust(pooled)
    counts = everywhere.group_by("school_urn", "leaver_stage").agg(
        *(count for group, members in GROUPS.items() for count in _count_outcomes(group, members)),
        *(counted.sum().alias(name) for name, counted in _of_all_together().items()),
    )
    trends = _trends(due)
    years = {"first_academic_year": last - POOLED_YEARS + 1, "last_academic_year": last}
    rows = [
        {"school_urn": row["school_urn"], "leaver_stage": row["leaver_stage"], "sen_group": group}
        | years
        | _describe(*(row[f"{group} {name}"] for name in ("all", "sustained", "unknown", "september")))
        | (_describe_all(row, trends) if group == "All leavers" else dict.fromkeys(_NOT_TOLD))
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


def _of_all_together() -> dict[str, pl.Expr]:
    """What is counted of all leavers of a stage and of no smaller group."""
    later, is_row = pl.col("later_outcome"), pl.col("has_sen").is_not_null()
    which = {
        "intended": pl.col("is_intended_positive").fill_null(False),
        **{reason: (pl.col("unknown_reason") == reason).fill_null(False) for reason in UNKNOWN_REASONS},
        "later": later != "NOT_DUE",
        "later_positive": later == "SUSTAINED",
        "later_unknown": later == "UNKNOWN",
    }
    return {name: is_row & counted for name, counted in which.items()}


def _describe_all(row: dict[str, Any], trends: dict[tuple[str, str], str]) -> dict[str, Any]:
    """Intentions, why some are not traced, two years on and the trend of all leavers of a stage together."""
    later, positive, unknown = (row[name] for name in ("later", "later_positive", "later_unknown"))
    has_rate = later >= SMALLEST_RATE
    return {
        "intended_count": row["intended"],
        # Of one school, reasons are small numbers: they would take the number of untraced leavers with them.
        **{
            name: row[reason] if row["school_urn"] == TRUST else None
            for name, reason in zip(REASON_COUNTS, UNKNOWN_REASONS, strict=True)
        },
        "later_leavers_count": later,
        "later_positive_count": positive,
        "later_negative_count": later - positive - unknown,
        "later_unknown_count": unknown,
        "later_low_rate": positive / later if has_rate else None,
        "later_high_rate": (positive + unknown) / later if has_rate else None,
        "trend": trends.get((row["school_urn"], row["leaver_stage"]), "TOO_FEW"),
    }


def _trends(due: pl.DataFrame) -> dict[tuple[str, str], str]:
    """By school (or trust) and stage: where the yearly sustained shares go; of too few years or leavers nothing."""
    everywhere = in_school_and_trust(due)
    years = (
        everywhere.group_by("school_urn", "leaver_stage", "academic_year")
        .agg(leavers=pl.len(), sustained=(pl.col("sustained_outcome") == "SUSTAINED").sum())
        .sort("academic_year")
    )
    told = {}
    for (school, stage), part in years.group_by("school_urn", "leaver_stage", maintain_order=True):
        leavers = part["leavers"].to_list()
        if len(leavers) >= TREND_YEARS and min(leavers) >= TREND_LEAVERS:
            z = share_trend(part["academic_year"].to_list(), part["sustained"].to_list(), leavers)
            told[str(school), str(stage)] = _trend_code(z)
    return told


def _trend_code(z: float | None) -> str:
    if z is None or abs(z) < Z95:
        return "WITHIN_CHANCE"
    return "RISING" if z > 0 else "FALLING"


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


def list_calls(model_destinations__calls: pl.DataFrame, core_pupils: pl.DataFrame) -> pl.DataFrame:
    """MART_DESTINATIONS__CALL: every leaver with a call to come, by name."""
    to_come = model_destinations__calls.filter(pl.col("call_point").is_not_null())
    return named(to_come, core_pupils, MART_DESTINATIONS__CALL)


def list_background(model_destinations__background: pl.DataFrame, core_pupils: pl.DataFrame) -> pl.DataFrame:
    """MART_DESTINATIONS__BACKGROUND: leavers with SEN, what they had and where they went, by name."""
    return named(model_destinations__background.filter("has_sen"), core_pupils, MART_DESTINATIONS__BACKGROUND)


def named(frame: pl.DataFrame, core_pupils: pl.DataFrame, table: Table) -> pl.DataFrame:
    """A pupil-level frame with family name and forename, in the shape of ``table``; for the staff app only."""
    names = core_pupils.select("pupil_key", "surname", "forename")
    both = frame.join(names, on="pupil_key", how="inner")
    return conform(both.select(table.column_names), table).sort(table.key)
