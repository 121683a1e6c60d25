"""The ladder rolled up by school, starting point, need and pathway; engagement by area; the lists with names.

Where one pupil stands and stood is ``models/sql/model_progress__pupils.sql``. Counted are directions and never
distances: the steps are not of one size, so no step is added to another and no mean is made.
"""

from __future__ import annotations

import datetime as dt

import polars as pl

from expectations.derive import conform
from expectations.tables.engagement import ENGAGEMENT_AREAS
from expectations.tables.progress import (
    BELOW_AGE,
    LADDER_SUBJECTS,
    MART_PROGRESS__PUPIL,
    MART_PROGRESS__SYSTEM,
    NEED_GROUPS,
    STARTS,
)
from expectations.tables.progress_marts import ALL_BELOW, FEWEST_SHOWN, SEN_GROUPS
from expectations.vocabulary import TRUST
from models import pupils
from models.everywhere import in_school_and_trust

SEEN_DAYS = 182
"""Observations of the last half-year: over a whole one nearly every pupil has progress somewhere."""
_NEED_OF = {
    "ASD": 0, "SLCN": 1, "SEMH": 2, "BESD": 2, "SPLD": 3, "MLD": 4, "SLD": 5, "PMLD": 5, "HI": 6, "VI": 6, "MSI": 6,
    "PD": 6,
}  # fmt: skip
_START_OF = {"EM": 0, "PK1": 0, "PK2": 0, "PK3": 1, "PK4": 1, "PK5": 2, "PK6": 2}
_MOVED = ("UP", "HELD", "DOWN")
_BY = ["school_urn", "subject"]


def need_group() -> pl.Expr:
    """The group of a need by ``sen_type``; what is not in the list is among the others."""
    named = {code: NEED_GROUPS[place] for code, place in _NEED_OF.items()}
    return pl.col("sen_type").replace_strict(named, default=NEED_GROUPS[-1], return_dtype=pl.String)


def mart_progress__school_frame(
    model_progress__pupils: pl.DataFrame, model_pupils__on_roll: pl.DataFrame, schools: list[str], data_date: dt.date
) -> pl.DataFrame:
    """The frame of MART_PROGRESS__SCHOOL for the disclosure door: each school and the trust, each subject.

    In the trust a child on roll in two schools counts once, where ``models.pupils`` counts it.
    """
    people = pl.concat([model_progress__pupils, _once(model_progress__pupils).with_columns(school_urn=pl.lit(TRUST))])
    places = pl.DataFrame({"school_urn": [*schools, TRUST]}).join(
        pl.DataFrame({"subject": LADDER_SUBJECTS}), how="cross"
    )
    roll = pupils.roll_up(model_pupils__on_roll).select("school_urn", "sen_support_count", "ehc_plan_count")
    counted = (
        places.join(roll, on="school_urn", how="left")
        .join(people.group_by(_BY).agg(_counts()), on=_BY, how="left")
        .with_columns(pl.exclude(_BY).fill_null(0))
    )
    off, sen = pl.col("off_ladder_count"), pl.col("sen_count")
    return (
        counted.with_columns(sen_count=pl.col("sen_support_count") + pl.col("ehc_plan_count"))
        .with_columns(_moved_up_rate(), off_ladder_rate=pl.when(sen > 0).then(off / sen), data_date=pl.lit(data_date))
        .sort(_BY)
    )


def _once(people: pl.DataFrame) -> pl.DataFrame:
    """Each child once: in the school with the higher provision, the first by URN."""
    rank = pl.col("sen_provision").replace_strict({"E": 0, "K": 1}, default=2, return_dtype=pl.Int8)
    return people.sort(rank, "school_urn").unique(["pupil_key", "subject"], keep="first", maintain_order=True)


def _counts() -> list[pl.Expr]:
    is_placed, is_below = pl.col("ladder_standing") == "PLACED", pl.col("ladder_rung").is_in(BELOW_AGE)
    which = {
        "placed_count": is_placed,
        "below_age_count": is_placed & is_below,
        "age_related_count": is_placed & ~is_below,
        "off_ladder_count": ~is_placed,
        "steps_unseen_count": pl.col("unplaced_reason") == "BELOW_ONLY",
    }
    moves = _moves(_started_below())
    return [*(told.fill_null(False).sum().cast(pl.Int64).alias(name) for name, told in which.items()), *moves]


def _moves(among: pl.Expr) -> list[pl.Expr]:
    """Compared, moved up and not, of the pupils among whom it is asked."""
    movement = pl.col("movement")
    which = {
        "compared_count": movement.is_in(_MOVED),
        "moved_up_count": movement == "UP",
        "not_up_count": movement.is_in(_MOVED[1:]),
        "small_step_count": pl.col("is_further_within_rung"),
    }
    return [(told & among).fill_null(False).sum().cast(pl.Int64).alias(name) for name, told in which.items()]


def _started_below() -> pl.Expr:
    return pl.col("earlier_rung").is_in(BELOW_AGE)


def _moved_up_rate() -> pl.Expr:
    share = pl.col("moved_up_count") / pl.col("compared_count")
    return pl.when(pl.col("compared_count") > 0).then(share).alias("moved_up_rate")


def mart_progress__rung_frame(model_progress__pupils: pl.DataFrame, data_date: dt.date) -> pl.DataFrame:
    """The frame of MART_PROGRESS__RUNG: how many of the trust's pupils stand on each rung. A child counts once."""
    placed = _once(model_progress__pupils).filter(pl.col("ladder_standing") == "PLACED")
    by = ["subject", "ladder_rung"]
    counted = placed.group_by(by).agg(pl.len().cast(pl.Int64).alias("pupils_count"))
    return counted.with_columns(data_date=pl.lit(data_date)).sort(by)


def mart_progress__group_frame(model_progress__pupils: pl.DataFrame, data_date: dt.date) -> pl.DataFrame:
    """The frame of MART_PROGRESS__GROUP: the trust by starting point; and of those who started below age-related

    everybody, by need and by pathway. A child counts once.
    """
    compared = _once(model_progress__pupils).filter(pl.col("movement").is_in(_MOVED))
    below = compared.filter(_started_below())
    named = {rung: STARTS[place] for rung, place in _START_OF.items()}
    start = pl.col("earlier_rung").replace_strict(named, default=STARTS[-1], return_dtype=pl.String)
    kinds = {
        "ALL": (below, pl.lit(ALL_BELOW)),
        "START": (compared, start),
        "NEED": (below, need_group()),
        "PATHWAY": (below.drop_nulls("pathway"), pl.col("pathway")),
    }
    rows = pl.concat(
        frame.with_columns(group_kind=pl.lit(kind), progress_group=group) for kind, (frame, group) in kinds.items()
    )
    by = ["subject", "group_kind", "progress_group"]
    down = (pl.col("movement") == "DOWN").sum().cast(pl.Int64)
    counted = rows.group_by(by).agg(*_moves(pl.lit(True)), moved_down_count=down)
    return counted.with_columns(
        _moved_up_rate(),
        moved_down_count=pl.when(pl.col("group_kind") == "ALL").then("moved_down_count"),
        data_date=pl.lit(data_date),
    ).sort(by)


def mart_progress__engagement_frame(
    core_engagement: pl.DataFrame, model_pupils__on_roll: pl.DataFrame, data_date: dt.date
) -> pl.DataFrame:
    """The frame of MART_PROGRESS__ENGAGEMENT: schools with ten pupils or more on the profile, areas side by side."""
    day, pupil = pl.col("observed_date"), pl.col("pupil_key")
    seen = core_engagement.filter((day <= data_date) & (day > data_date - dt.timedelta(days=SEEN_DAYS)))
    seen = seen.join(
        model_pupils__on_roll.select("pupil_key", "school_urn"), on=["pupil_key", "school_urn"], how="semi"
    )
    whole = seen.group_by("school_urn").agg(pupil.n_unique().cast(pl.Int64).alias("profile_count"))
    by = ["school_urn", "engagement_area"]
    progress = seen.filter(pl.col("engagement_direction") == "PROGRESS")
    counted = progress.group_by(by).agg(pupil.n_unique().cast(pl.Int64).alias("progress_count"))
    areas = whole.filter(pl.col("profile_count") >= FEWEST_SHOWN).join(
        pl.DataFrame({"engagement_area": ENGAGEMENT_AREAS}), how="cross"
    )
    return (
        areas.join(counted, on=by, how="left")
        .with_columns(pl.col("progress_count").fill_null(0), data_date=pl.lit(data_date))
        .sort(by)
    )


def mart_progress__year_6_frame(
    model_progress__year_6: pl.DataFrame, schools: list[str], data_date: dt.date
) -> pl.DataFrame:
    """The frame of MART_PROGRESS__YEAR_6: years together, because one class has too few; schools and the trust."""
    year, kept = pl.col("academic_year"), pl.col("has_kept_pace")
    group = pl.when(pl.col("sen_provision") == "E").then(pl.lit("EHC plan")).otherwise(pl.lit("SEN support"))
    rows = in_school_and_trust(model_progress__year_6).with_columns(sen_group=group)
    places = pl.DataFrame({"school_urn": [*schools, TRUST]}).join(pl.DataFrame({"sen_group": SEN_GROUPS}), how="cross")
    by = ["school_urn", "sen_group"]
    counted = rows.group_by(by).agg(
        pl.len().cast(pl.Int64).alias("cohort_count"),
        pl.col("is_expected").sum().cast(pl.Int64).alias("expected_count"),
        kept.count().cast(pl.Int64).alias("compared_count"),
        kept.sum().cast(pl.Int64).alias("kept_pace_count"),
    )
    of_all = places.join(counted, on=by, how="left").with_columns(pl.exclude(by).fill_null(0))
    cohort, compared = pl.col("cohort_count"), pl.col("compared_count")
    years = model_progress__year_6.select(first_year=year.min(), last_year=year.max()).row(0)
    return (
        of_all.with_columns(
            reached_expected_rate=pl.when(cohort > 0).then(pl.col("expected_count") / cohort),
            kept_pace_rate=pl.when(compared > 0).then(pl.col("kept_pace_count") / compared),
            first_year=pl.lit(years[0], dtype=pl.Int64),
            last_year=pl.lit(years[1], dtype=pl.Int64),
            data_date=pl.lit(data_date),
        )
        .filter(pl.lit(model_progress__year_6.height > 0))
        .sort(by)
    )


def list_pupils(
    model_progress__pupils: pl.DataFrame, model_progress__sittings: pl.DataFrame, core_pupils: pl.DataFrame
) -> pl.DataFrame:
    """MART_PROGRESS__PUPIL: every pupil with SEN on roll and subject, by name, and whether the system shows steps."""
    at_floor = (
        model_progress__sittings.filter(pl.col("score") == pl.col("lowest_score"))
        .sort("assessment_name")
        .unique(["pupil_key", "school_urn", "subject"], keep="first", maintain_order=True)
        .select("pupil_key", "school_urn", "subject", floor_assessment="assessment_name")
    )
    named = model_progress__pupils.join(
        core_pupils.select("pupil_key", "surname", "forename"), on="pupil_key", how="inner"
    ).join(at_floor, on=["pupil_key", "school_urn", "subject"], how="left")
    told = named.with_columns(system_fit=_fit())
    return conform(told.select(MART_PROGRESS__PUPIL.column_names), MART_PROGRESS__PUPIL).sort(MART_PROGRESS__PUPIL.key)


def _fit() -> pl.Expr:
    """Whether the steps of a pupil can be seen. The floor of a test matters where no ladder shows them."""
    standing, reason = pl.col("ladder_standing"), pl.col("unplaced_reason")
    return (
        pl.when(standing.is_in(["NOT_RECORDED", "TOO_YOUNG"])).then(standing)
        .when(reason == "UNKNOWN_CODE").then(pl.lit("UNKNOWN_CODE"))
        .when((standing == "UNPLACED") & pl.col("floor_assessment").is_not_null()).then(pl.lit("AT_THE_FLOOR"))
        .when(standing == "UNPLACED").then(pl.lit("NO_STEPS"))
        .otherwise(pl.lit("FITS"))
    )  # fmt: skip


def count_systems(mart_progress__pupil: pl.DataFrame) -> pl.DataFrame:
    """MART_PROGRESS__SYSTEM: which systems each school uses for whom; pupils from year 1 on."""
    rows = mart_progress__pupil.filter(pl.col("ladder_standing") != "TOO_YOUNG").with_columns(
        pl.col("ladder_system").fill_null("NONE")
    )
    reason = pl.col("unplaced_reason")
    which = {
        "recorded_pupils_count": pl.lit(True),
        "placed_pupils_count": pl.col("ladder_standing") == "PLACED",
        "below_only_pupils_count": (reason == "BELOW_ONLY").fill_null(False),
        "unknown_code_pupils_count": pl.col("unknown_mark").is_not_null(),
        "at_floor_pupils_count": pl.col("floor_assessment").is_not_null(),
    }
    counted = rows.group_by("school_urn", "subject", "ladder_system").agg(
        pl.col("pupil_key").filter(told).len().cast(pl.Int64).alias(name) for name, told in which.items()
    )
    return conform(counted.select(MART_PROGRESS__SYSTEM.column_names), MART_PROGRESS__SYSTEM).sort(
        MART_PROGRESS__SYSTEM.key
    )
