"""Who is on roll: the count by school and trust, and the SENCO's register. Who a person is: ``models/linkage.py``."""

from __future__ import annotations

import datetime as dt

import polars as pl

from expectations.derive import conform
from expectations.tables.pupils import MART_PUPILS__REGISTER
from expectations.vocabulary import TRUST

_COUNTS = {"sen_support_count": "K", "ehc_plan_count": "E", "no_sen_count": "N"}


def roll_up(model_pupils__on_roll: pl.DataFrame) -> pl.DataFrame:
    """One row per school and one for the trust: pupils by SEN provision, counts and shares."""
    counted = (
        in_trust_once(model_pupils__on_roll)
        .group_by("school_urn")
        .agg(
            pl.len().cast(pl.Int64).alias("pupils_count"),
            *((pl.col("sen_provision") == code).sum().cast(pl.Int64).alias(name) for name, code in _COUNTS.items()),
        )
    )
    return counted.with_columns(
        sen_support_rate=pl.col("sen_support_count") / pl.col("pupils_count"),
        ehc_plan_rate=pl.col("ehc_plan_count") / pl.col("pupils_count"),
    ).sort("school_urn")


def in_trust_once(pupils: pl.DataFrame) -> pl.DataFrame:
    """Each pupil in each school, and once more in the trust: on roll in two schools, with the higher provision."""
    on_roll = pupils.unique(["pupil_key", "school_urn"])
    rank = pl.col("sen_provision").replace_strict({"E": 0, "K": 1, "N": 2}, return_dtype=pl.Int8)
    once = on_roll.sort(rank, "school_urn").unique("pupil_key", keep="first", maintain_order=True)
    return pl.concat([on_roll, once.with_columns(school_urn=pl.lit(TRUST))])


def mart_pupils__school_frame(model_pupils__on_roll: pl.DataFrame, data_date: dt.date) -> pl.DataFrame:
    """The frame of MART_PUPILS__SCHOOL for the disclosure door."""
    return roll_up(model_pupils__on_roll).with_columns(data_date=pl.lit(data_date))


def list_register(model_pupils__on_roll: pl.DataFrame, core_pupils: pl.DataFrame) -> pl.DataFrame:
    """MART_PUPILS__REGISTER: every pupil on roll with SEN support or a plan, for the staff app."""
    with_sen = model_pupils__on_roll.filter(pl.col("sen_provision").is_in(["K", "E"]))
    named = with_sen.join(core_pupils.select("pupil_key", "surname", "forename"), on="pupil_key", how="inner")
    return conform(named.select(MART_PUPILS__REGISTER.column_names), MART_PUPILS__REGISTER).sort(
        "school_urn", "surname", "forename", "pupil_key"
    )
