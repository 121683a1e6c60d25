"""What to ask of moderation, found in released figures: raters apart, own drift, a round long ago, gaps to policy."""

from __future__ import annotations

import polars as pl

from expectations.vocabulary import TRUST
from models.asking import Found, Trigger, exceptions

STALE_DAYS = 365
LOW_EXACT = 0.5
DRIFT_FROM = 0.5
"""Bands that a school differs from the others by, its whole likely range on one side, from which it is asked about."""

MODERATION_APART = Trigger(
    "MODERATION_APART", "IDENTIFICATION", "mart_moderation__round", "exact_rate",
    "In the newest round alpha is below .667; or it cannot be measured, and raters gave the same band less than 5 "
    "times in 10.",
)  # fmt: skip
OWN_DRIFT = Trigger(
    "OWN_DRIFT", "IDENTIFICATION", "mart_moderation__school", "drift_bands",
    "In its newest round the school's raters, three or more, differed from the others by half a band or more, the "
    "whole likely range on one side.",
)  # fmt: skip
MODERATION_STALE = Trigger(
    "MODERATION_STALE", "IDENTIFICATION", "mart_moderation__round", "round_date",
    "The newest round was held more than a year ago.",
)  # fmt: skip
PRACTICE_GAP = Trigger(
    "PRACTICE_GAP", "IDENTIFICATION", "mart_moderation__practice", "policy_gaps_count",
    "The school's answers on how it moderates differ from the trust's policy; most questions first.",
)  # fmt: skip
TRIGGERS = (MODERATION_APART, OWN_DRIFT, MODERATION_STALE, PRACTICE_GAP)


def ask_of_moderation(
    mart_moderation__round: pl.DataFrame, mart_moderation__school: pl.DataFrame, mart_moderation__practice: pl.DataFrame
) -> Found:
    """Agreement and the date of a round are asked of the trust, drift and practice of the school."""
    rounds = mart_moderation__round.with_columns(school_urn=pl.lit(TRUST))
    newest = rounds.sort("round_date", "round_name").tail(1)
    is_apart = pl.col("agreement") == "NOT_RELIABLE"  # alpha itself is rounded by now
    is_unclear = pl.col("alpha").is_null() & (pl.col("exact_rate") < LOW_EXACT)
    age = (pl.col("data_date") - pl.col("round_date")).dt.total_days()
    own = mart_moderation__school.sort("round_date", "round_name").unique(
        "school_urn", keep="last", maintain_order=True
    )
    is_one_sided = (pl.col("drift_lower") > 0) | (pl.col("drift_upper") < 0)
    size = pl.col("drift_bands").abs()
    schools = mart_moderation__practice.unique("school_urn", keep="first", maintain_order=True)
    gaps = pl.col("policy_gaps_count")
    return {
        "MODERATION_APART": exceptions(newest, is_apart | is_unclear, "round_name", -pl.col("exact_rate")),
        "OWN_DRIFT": exceptions(own, is_one_sided & (size >= DRIFT_FROM), "round_name", size),
        "MODERATION_STALE": exceptions(newest, age > STALE_DAYS, "round_name", age),
        "PRACTICE_GAP": exceptions(schools, gaps > 0, None, gaps),
    }
