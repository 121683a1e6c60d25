"""Assess, plan, do, review: the roll-up by school and trust, and the SENCO's ledger with names.

Where one cycle stands is ``models/sql/model_apdr__cycles.sql``.
"""

from __future__ import annotations

import datetime as dt

import polars as pl

from expectations.contract import Table
from expectations.derive import conform
from expectations.tables.apdr import MART_APDR__CYCLE, MART_APDR__PUPIL, STAGES
from expectations.vocabulary import TRUST
from models.calendar import academic_year
from models.everywhere import in_school_and_trust

_STANDINGS = {"open_count": ["OPEN"], "between_count": ["BETWEEN"], "no_cycle_count": ["NONE", "STOPPED"]}
_RATES = {
    "pupil_view": ("pupil_view_count", "cycled_count"),
    "parent_view": ("parent_view_count", "cycled_count"),
    "reviewed_in_time": ("reviews_in_time_count", "reviews_due_count"),
}


def roll_up(
    model_apdr__pupils: pl.DataFrame, model_apdr__cycles: pl.DataFrame, schools: list[str], data_date: dt.date
) -> pl.DataFrame:
    """One row per school, with pupils on SEN support or without, and one for the trust: counts and shares.

    In the trust a child on roll in two schools counts once. Reviews are those that fell due this academic year, of
    pupils on SEN support now; a rate of nobody is blank.
    """
    once = model_apdr__pupils.sort("school_urn").unique("pupil_key", keep="first", maintain_order=True)
    people = pl.concat([model_apdr__pupils, once.with_columns(school_urn=pl.lit(TRUST))])
    reviews = _reviews_due(model_apdr__cycles, model_apdr__pupils, data_date)
    reviews = in_school_and_trust(reviews)
    everywhere = pl.DataFrame({"school_urn": [*schools, TRUST]}, schema={"school_urn": pl.String})
    counted = everywhere.join(_count_pupils(people), on="school_urn", how="left")
    counted = counted.join(_count_reviews(reviews), on="school_urn", how="left")
    return (
        counted.with_columns(pl.exclude("school_urn").fill_null(0))
        .with_columns(_share(count, whole).alias(f"{stem}_rate") for stem, (count, whole) in _RATES.items())
        .sort("school_urn")
    )


def _count_pupils(people: pl.DataFrame) -> pl.DataFrame:
    is_overdue = pl.col("overdue_days").fill_null(0) > 0
    # Views are asked of those whose cycles go on: with the ended ones, a few ended cycles would follow by subtraction.
    is_going_on = pl.col("standing").is_in(["OPEN", "BETWEEN"])
    counted = {
        "sen_support_count": pl.col("pupil_key").is_not_null(),
        **{name: pl.col("standing").is_in(standings) for name, standings in _STANDINGS.items()},
        "overdue_count": is_overdue,
        **{f"{stage.lower()}_overdue_count": is_overdue & (pl.col("stage") == stage) for stage in STAGES[:-1]},
        "unchanged_count": pl.col("is_repeating"),
        "cycled_count": is_going_on,
        "pupil_view_count": is_going_on & pl.col("is_pupil_view_recorded"),
        "parent_view_count": is_going_on & pl.col("is_parent_view_recorded"),
    }
    return people.group_by("school_urn").agg(which.sum().cast(pl.Int64).alias(name) for name, which in counted.items())


def _reviews_due(cycles: pl.DataFrame, pupils: pl.DataFrame, data_date: dt.date) -> pl.DataFrame:
    """Cycles of pupils on SEN support whose review's last day is over, and lay in this academic year."""
    year_start = dt.date(academic_year(data_date), 9, 1)
    is_due = (pl.col("review_limit_date") >= year_start) & (pl.col("review_limit_date") < data_date)
    return cycles.filter(is_due).join(pupils, on=["pupil_key", "school_urn"], how="semi")


def _count_reviews(reviews: pl.DataFrame) -> pl.DataFrame:
    is_in_time = pl.col("reviewed_date") <= pl.col("review_limit_date")
    return reviews.group_by("school_urn").agg(
        pl.col("pupil_key").n_unique().cast(pl.Int64).alias("reviewing_count"),
        pl.len().cast(pl.Int64).alias("reviews_due_count"),
        is_in_time.sum().cast(pl.Int64).alias("reviews_in_time_count"),
    )


def _share(count: str, whole: str) -> pl.Expr:
    return pl.when(pl.col(whole) > 0).then(pl.col(count) / pl.col(whole))


def mart_apdr__school_frame(
    model_apdr__pupils: pl.DataFrame, model_apdr__cycles: pl.DataFrame, schools: list[str], data_date: dt.date
) -> pl.DataFrame:
    """The frame of MART_APDR__SCHOOL for the disclosure door."""
    return roll_up(model_apdr__pupils, model_apdr__cycles, schools, data_date).with_columns(data_date=pl.lit(data_date))


def list_cycles(
    model_apdr__cycles: pl.DataFrame, model_pupils__on_roll: pl.DataFrame, core_pupils: pl.DataFrame
) -> pl.DataFrame:
    """MART_APDR__CYCLE: every cycle of a pupil who is on the school's roll, with the pupil's name."""
    return _name(model_apdr__cycles, model_pupils__on_roll, core_pupils, MART_APDR__CYCLE)


def list_pupils(
    model_apdr__pupils: pl.DataFrame, model_pupils__on_roll: pl.DataFrame, core_pupils: pl.DataFrame
) -> pl.DataFrame:
    """MART_APDR__PUPIL: every pupil on SEN support, with name and need."""
    return _name(model_apdr__pupils, model_pupils__on_roll, core_pupils, MART_APDR__PUPIL)


def _name(frame: pl.DataFrame, on_roll: pl.DataFrame, people: pl.DataFrame, table: Table) -> pl.DataFrame:
    named = frame.join(on_roll, on=["pupil_key", "school_urn"], how="inner").join(
        people.select("pupil_key", "surname", "forename"), on="pupil_key", how="inner"
    )
    return conform(named.select(table.column_names), table).sort(table.key)
