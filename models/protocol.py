"""How interventions are run, summed by school and trust: the protocol's steps, and how soon support comes.

Holds counts and shares only. Whether an intervention helps is ``impact.py``; what of this may be seen, the door's.
"""

from __future__ import annotations

import datetime as dt

import polars as pl

from expectations.tables.catalogue import LATE_DAYS
from models.everywhere import in_school_and_trust

_STEPS = {
    "starts_count": pl.lit(True),
    "linked_starts_count": pl.col("has_outcome"),
    "baseline_starts_count": pl.col("has_outcome") & pl.col("has_baseline"),
    "exit_due_starts_count": pl.col("is_exit_due"),
    "exit_starts_count": pl.col("is_exit_due") & pl.col("has_exit"),
    "both_starts_count": pl.col("is_exit_due") & pl.col("has_both"),
    "dose_recorded_starts_count": pl.col("is_dose_recorded"),
    "full_dose_starts_count": pl.col("is_dose_recorded") & pl.col("is_full_dose"),
    "review_due_starts_count": pl.col("is_review_due"),
    "reviewed_starts_count": pl.col("is_review_due") & pl.col("is_reviewed"),
}
_SHARES = {
    "baseline_rate": ("baseline_starts_count", "linked_starts_count"),
    "exit_rate": ("exit_starts_count", "exit_due_starts_count"),
    "both_rate": ("both_starts_count", "exit_due_starts_count"),
    "dose_recorded_rate": ("dose_recorded_starts_count", "starts_count"),
    "full_dose_starts_rate": ("full_dose_starts_count", "dose_recorded_starts_count"),
    "reviewed_rate": ("reviewed_starts_count", "review_due_starts_count"),
}


def sum_protocol(model_interventions__protocol: pl.DataFrame, data_date: dt.date) -> pl.DataFrame:
    """The frame of MART_INTERVENTIONS__COMPLIANCE for the disclosure door: by school, and for the trust, and year.

    Shares are of those they can be asked of; null where there is nobody. Groups that wait for their name to be settled
    are counted once, in ``left_out_count``, and nowhere else.
    """
    starts = model_interventions__protocol.unique(["intervention_key", "pupil_key"])
    is_known, pupil = pl.col("is_in_catalogue"), pl.col("pupil_key")
    summed = in_school_and_trust(starts).group_by("school_urn", "academic_year").agg(
        pupil.filter(is_known).n_unique().alias("pupils_count"),
        pupil.filter(~is_known).n_unique().alias("left_out_count"),
        *((is_known & step).sum().alias(name) for name, step in _STEPS.items()),
    )  # fmt: skip
    shares = (_share(part, whole).alias(name) for name, (part, whole) in _SHARES.items())
    return summed.with_columns(*shares, data_date=pl.lit(data_date)).sort("school_urn", "academic_year")


def sum_timeliness(
    model_interventions__concerns: pl.DataFrame,
    model_interventions__low_scores: pl.DataFrame,
    model_pupils__on_roll: pl.DataFrame,
    data_date: dt.date,
) -> pl.DataFrame:
    """The frame of MART_INTERVENTIONS__TIMELINESS for the disclosure door: one row a school, one for the trust.

    A pupil on roll in two schools counts once in the trust. A school where nobody gave concern has zeros.
    """
    concerns = in_school_and_trust(model_interventions__concerns).unique(["school_urn", "pupil_key"])
    has_begun, waited = pl.col("begun_date").is_not_null(), pl.col("waited_days")
    is_told = pl.col("concern_date") < data_date - dt.timedelta(days=LATE_DAYS)
    waits = concerns.group_by("school_urn").agg(
        pl.len().alias("concern_count"),
        has_begun.sum().alias("begun_count"),
        (~has_begun).sum().alias("not_begun_count"),
        waited.filter(has_begun).mean().alias("mean_wait_days"),
        is_told.sum().alias("told_count"),
        (is_told & (waited > LATE_DAYS)).sum().alias("slow_count"),
    )
    pupils = in_school_and_trust(model_interventions__low_scores).unique(["school_urn", "pupil_key"])
    low = pupils.group_by("school_urn").agg(
        pl.len().alias("low_score_count"), (~pl.col("is_supported")).sum().alias("unserved_count")
    )
    schools = in_school_and_trust(model_pupils__on_roll).select("school_urn").unique()
    joined = schools.join(waits, on="school_urn", how="left").join(low, on="school_urn", how="left")
    counts = [name for name in (*waits.columns, *low.columns) if name.endswith("_count")]
    return joined.with_columns(pl.col(counts).fill_null(0)).with_columns(
        _share("slow_count", "told_count").alias("slow_rate"),
        _share("unserved_count", "low_score_count").alias("unserved_rate"),
        data_date=pl.lit(data_date),
    ).sort("school_urn")  # fmt: skip


def _share(part: str, whole: str) -> pl.Expr:
    return pl.when(pl.col(whole) > 0).then(pl.col(part) / pl.col(whole))
