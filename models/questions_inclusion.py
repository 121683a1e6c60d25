"""What to ask of absence, suspensions, part-time timetables and the curriculum, found in released figures."""

from __future__ import annotations

import polars as pl

from expectations.tables.inclusion_marts import ALL_PUPILS
from expectations.vocabulary import TRUST
from models.asking import Found, Trigger, exceptions

ROSE_BY = 0.01
"""Points of the share of half-days missed, above the year before, from which it is asked about."""
RECORDED_BELOW, MISSING_FROM = 0.5, 0.25
SPECIAL_FROM = 0.5
"""Share with EHC plans from which a school is not compared with the trust's pupils together."""

PART_TIME_BEYOND = Trigger(
    "PART_TIME_BEYOND", "INCLUSION", "mart_inclusion__now", "part_time_late_count",
    "Five pupils or more are on a part-time timetable past its planned end or its review.",
)  # fmt: skip
SEN_SUSPENDED_MORE = Trigger(
    "SEN_SUSPENDED_MORE", "INCLUSION", "mart_inclusion__school", "suspensions_per_100_years",
    "Pupils with SEN are suspended at a rate whose whole likely range lies above the trust's of the same status; "
    "where both stand together, above both. Mainstream schools; phase is not adjusted for.",
)  # fmt: skip
SEN_ABSENT_MORE = Trigger(
    "SEN_ABSENT_MORE", "INCLUSION", "mart_inclusion__school", "persistent_rate",
    "The whole likely range of the share of pupils with SEN who missed a tenth or more lies above the trust's share of "
    "the same status; where both stand together, above both. Mainstream schools; phase is not adjusted for.",
)  # fmt: skip
SEN_ABSENCE_ROSE = Trigger(
    "SEN_ABSENCE_ROSE", "INCLUSION", "mart_inclusion__school", "absence_rate",
    "Pupils with SEN missed a percentage point or more beyond the same half-terms of the year before.",
)  # fmt: skip
LESSONS_MISSED = Trigger(
    "LESSONS_MISSED", "INCLUSION", "mart_inclusion__curriculum", "missing_rate",
    "A quarter or more of the pupils with SEN of whom it is recorded miss lessons to attend an intervention.",
)  # fmt: skip
ACCESS_UNRECORDED = Trigger(
    "ACCESS_UNRECORDED", "INCLUSION", "mart_inclusion__curriculum", "recorded_rate",
    "Less than half of how pupils with SEN take part in the curriculum is recorded.",
)  # fmt: skip
PRESSING = (PART_TIME_BEYOND, SEN_SUSPENDED_MORE, SEN_ABSENT_MORE, SEN_ABSENCE_ROSE)
STANDING = (LESSONS_MISSED, ACCESS_UNRECORDED)


def ask_of_inclusion(
    mart_inclusion__school: pl.DataFrame,
    mart_inclusion__now: pl.DataFrame,
    mart_inclusion__curriculum: pl.DataFrame,
    mart_pupils__school: pl.DataFrame,
) -> Found:
    """Exceptions of released figures, by trigger; a figure that is hidden raises none."""
    with_sen = mart_inclusion__school.filter(pl.col("sen_group") != "No SEN")
    compared = _beside_the_trust(with_sen, mart_pupils__school)
    late, everybody = pl.col("part_time_late_count"), mart_inclusion__now.filter(sen_group=ALL_PUPILS)
    rise = (pl.col("absence_rate") - pl.col("before_absence_rate")).round(3)
    missing, recorded = pl.col("missing_rate"), pl.col("recorded_rate")
    more_suspended = pl.col("suspensions_low_per_100_years") - pl.col("trust_suspensions")
    more_absent = pl.col("persistent_low_rate") - pl.col("trust_persistent")
    return {
        "PART_TIME_BEYOND": exceptions(everybody, late > 0, None, late),
        "SEN_SUSPENDED_MORE": exceptions(compared, more_suspended > 0, "sen_group", more_suspended),
        "SEN_ABSENT_MORE": exceptions(compared, more_absent > 0, "sen_group", more_absent),
        "SEN_ABSENCE_ROSE": exceptions(with_sen, rise >= ROSE_BY, "sen_group", rise),
        "LESSONS_MISSED": exceptions(mart_inclusion__curriculum, missing >= MISSING_FROM, None, missing),
        "ACCESS_UNRECORDED": exceptions(mart_inclusion__curriculum, recorded < RECORDED_BELOW, None, -recorded),
    }


def _beside_the_trust(with_sen: pl.DataFrame, mart_pupils__school: pl.DataFrame) -> pl.DataFrame:
    """Groups of mainstream schools with the trust's figure of the same status; of SEN together, the higher one."""
    plans = mart_pupils__school.select("school_urn", "ehc_plan_rate")
    schools = with_sen.filter(pl.col("school_urn") != TRUST).join(plans, on="school_urn", how="left")
    mainstream = schools.filter(pl.col("ehc_plan_rate").fill_null(0) < SPECIAL_FROM)
    figures = {"trust_persistent": "persistent_rate", "trust_suspensions": "suspensions_per_100_years"}
    apart = with_sen.filter(pl.col("school_urn") == TRUST, pl.col("sen_group") != "SEN").select(
        "sen_group", **{name: pl.col(column) for name, column in figures.items()}
    )
    together = apart.select(pl.lit("SEN").alias("sen_group"), *(_only_if_all(name) for name in figures))
    return mainstream.join(pl.concat([apart, together]), on="sen_group", how="left")


def _only_if_all(name: str) -> pl.Expr:
    """The highest, and nothing where one of them is not told."""
    return pl.when(pl.col(name).null_count() == 0).then(pl.col(name).max()).first().alias(name)
