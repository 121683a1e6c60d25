"""What to ask about who is identified, from released figures: apart from its like, grown, a group missing."""

from __future__ import annotations

import polars as pl

from models.asking import Found, Trigger, exceptions

GREW_BY = 0.03
"""Points of share by which SEN support rose within a year."""
GREW_FROM = 10
"""Pupils with SEN support from whom a rise is looked at."""

APART = Trigger(
    "SEN_SUPPORT_APART", "IDENTIFICATION", "mart_identification__school", "support_ratio",
    "More or fewer pupils have SEN support than 998 in 1,000 schools would with the same year groups and free school "
    "meals, by the shares of the trust's other mainstream schools; the furthest from what was expected first.",
)  # fmt: skip
TRIGGERS = (
    Trigger("GROUP_MISSING", "IDENTIFICATION", "mart_identification__group", "fewer_mean",
            "More of a group of pupils are missing from the register than in the trust's other schools, beside pupils "
            "of like year group, meals and scores, by more than chance in 998 of 1,000."),
    Trigger("SUPPORT_GREW", "IDENTIFICATION", "mart_identification__school", "year_before_support_rate",
            "The share with SEN support rose by three points or more within a year."),
)  # fmt: skip


def ask_of_identification(mart_identification__school: pl.DataFrame, mart_identification__group: pl.DataFrame) -> Found:
    """Exceptions of released figures of identification, by trigger. What is hidden raises none."""
    schools = mart_identification__school
    share = pl.col("sen_support_count") / pl.col("pupils_count")
    rise = (share - pl.col("year_before_support_rate")).round(4)
    is_apart = pl.col("support_verdict").is_in(["ABOVE", "BELOW"])
    away = pl.col("support_ratio").clip(0.01).log().abs()
    groups = mart_identification__group
    more = pl.col("fewer_mean") - pl.col("usual_mean").fill_null(0)
    return {
        "SEN_SUPPORT_APART": exceptions(schools, is_apart, None, away),
        "GROUP_MISSING": exceptions(groups, pl.col("is_beyond_chance"), "pupil_group", more),
        "SUPPORT_GREW": exceptions(
            schools, (rise >= GREW_BY) & (pl.col("sen_support_count") >= GREW_FROM), None, rise
        ),
    }  # fmt: skip
