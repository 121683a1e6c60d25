"""Questions of the ladder: pupils held more often than in the trust, steps that nobody records, a test at its floor."""

from __future__ import annotations

import polars as pl

from expectations.tables.progress import NO_SEN
from expectations.vocabulary import TRUST
from models.asking import Found, Trigger, exceptions

MANY_PUPILS = 10
CHANCE_Z = 1.959963984540054
"""One in forty schools would lie as far below the trust's share by chance alone."""
UNSEEN_ABOVE = 0.5
FLOOR_ABOVE = 0.15

TRIGGERS = (
    Trigger("HELD", "PROGRESS", "mart_progress__school", "not_up_count",
            "Of ten pupils or more below age-related a year ago, fewer moved up than chance would make of the trust's "
            "share (97.5%)."),
    Trigger("STEPS_UNSEEN", "PROGRESS", "mart_progress__school", "off_ladder_count",
            "More than half of ten or more pupils with SEN, any in reception or younger among them, have no place on "
            "the ladder in a subject."),
    Trigger("TEST_AT_FLOOR", "PROGRESS", "mart_progress__test", "at_lowest_rate",
            "More than 15% of the pupils with one need have the lowest value of a test; the largest share first."),
)  # fmt: skip


def ask_of_progress(mart_progress__school: pl.DataFrame, mart_progress__test: pl.DataFrame) -> Found:
    """Exceptions of the released ladder and tests, by trigger. A test is asked about for the whole trust."""
    trust = mart_progress__school.filter(school_urn=TRUST).select("subject", together="moved_up_rate")
    schools = mart_progress__school.filter(pl.col("school_urn") != TRUST).join(trust, on="subject", how="left")
    share, count, whole = pl.col("moved_up_rate"), pl.col("compared_count"), pl.col("together")
    below = (whole - share) / (whole * (1 - whole) / count).sqrt()
    off = pl.col("off_ladder_rate")
    floored = mart_progress__test.filter(pl.col("need_group") != NO_SEN).with_columns(
        school_urn=pl.lit(TRUST), named=pl.col("assessment_name") + ": " + pl.col("need_group")
    )
    at_floor = (pl.col("at_lowest_rate") > FLOOR_ABOVE) & (pl.col("scale") != "BAND")
    return {
        "HELD": exceptions(schools, (count >= MANY_PUPILS) & (below.fill_nan(None) > CHANCE_Z), "subject", below),
        "STEPS_UNSEEN": exceptions(
            mart_progress__school, (pl.col("sen_count") >= MANY_PUPILS) & (off > UNSEEN_ABOVE), "subject", off
        ),
        "TEST_AT_FLOOR": exceptions(floored, at_floor, "named", pl.col("at_lowest_rate")),
    }
