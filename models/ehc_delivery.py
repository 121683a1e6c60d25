"""Section F promised against delivered, rolled up by school and year, and by kind of provision over the trust.

What one line promises and what of it took place is ``models/sql/model_ehc_delivery__lines.sql``. A shortfall is a duty:
lines that are ahead make up for none that is behind, and nothing here is an efficiency.
"""

from __future__ import annotations

import datetime as dt

import polars as pl

from models.everywhere import in_school_and_trust

BEHIND_BELOW = 0.90
"""Share of the due sessions below which a line or a kind of provision is behind; the SQL holds the same number."""
SMALLEST_PLANS = 10
"""Plans from which a kind of provision is said to be behind in a year (METHODS E2, R2)."""
_BY = ["school_urn", "academic_year"]


def mart_ehc_delivery__school_frame(
    model_ehc_delivery__lines: pl.DataFrame, model_value_for_money__plans: pl.DataFrame, data_date: dt.date
) -> pl.DataFrame:
    """The frame of MART_EHC_DELIVERY__SCHOOL for the disclosure door, each school and the trust by academic year.

    The plans of a year are those of ``mart_value_for_money__school``, one for one, so that no few follow from the two.
    """
    plans = model_value_for_money__plans.select("plan_key", *_BY).unique()
    plans = in_school_and_trust(plans)
    lines = in_school_and_trust(model_ehc_delivery__lines)
    counted = plans.group_by(_BY).agg(pl.len().cast(pl.Int64).alias("plans_count"))
    figures = counted.join(lines.group_by(_BY).agg(*_sums()), on=_BY, how="left")
    counts = [name for name in figures.columns if name.endswith("_count")]
    for part, base in (("", "plans_with_sessions_count"), ("specialist_", "plans_with_specialist_count")):
        is_low = _is_low(f"{part}delivered_rate", base)
        since = _runs_behind(figures.with_columns(is_behind=is_low), "school_urn", f"{part}behind_since_year")
        figures = figures.join(since, on=_BY, how="left")
    return figures.with_columns(pl.col(counts).fill_null(0), data_date=pl.lit(data_date)).sort(_BY)


def mart_ehc_delivery__type_frame(
    model_ehc_delivery__lines: pl.DataFrame, data_date: dt.date, year: int
) -> pl.DataFrame:
    """The frame of MART_EHC_DELIVERY__TYPE: the trust's lines of one academic year by kind."""
    by = ["provision_group", "academic_year"]
    years = (
        model_ehc_delivery__lines.filter(pl.col("academic_year") <= year)
        .group_by(by)
        .agg(
            pl.col("is_specialist").first(),
            _plans_with(_is_due()).alias("type_plans_count"),
            _plans_with(_is_behind()).alias("behind_plans_count"),
            *_delivered("delivered_rate", pl.lit(True)),
            *_hours(),
        )
    )
    is_low = _is_low("delivered_rate", "type_plans_count")
    since = _runs_behind(years.with_columns(is_behind=is_low), "provision_group", "behind_since_year")
    recorded = years.filter(pl.col("type_plans_count") > 0).group_by("provision_group")
    first = recorded.agg(pl.col("academic_year").min().alias("recorded_since_year"))
    now = years.filter(academic_year=year).join(since, on=by, how="left").join(first, on="provision_group", how="left")
    return now.with_columns(data_date=pl.lit(data_date)).sort("provision_group")


def _sums() -> list[pl.Expr]:
    is_specialist, is_any = pl.col("is_specialist"), pl.lit(True)
    return [
        _plans_with(is_any).alias("plans_with_lines_count"),
        _plans_with(_is_due()).alias("plans_with_sessions_count"),
        _plans_with(_is_due() & ~is_specialist).alias("plans_with_support_count"),
        _plans_with(_is_due() & is_specialist).alias("plans_with_specialist_count"),
        _plans_with(_is_behind()).alias("behind_plans_count"),
        *_delivered("delivered_rate", is_any),
        *_delivered("support_delivered_rate", ~is_specialist),
        *_delivered("specialist_delivered_rate", is_specialist),
        pl.col("promised_hours").sum(),
        *_hours(),
    ]


def _is_recorded() -> pl.Expr:
    return pl.col("delivered_sessions_count").is_not_null()


def _is_due() -> pl.Expr:
    return _is_recorded() & (pl.col("due_sessions_count").round(6) > 0)


def _is_behind() -> pl.Expr:
    return pl.col("delivery_state") == "BEHIND"


def _plans_with(which: pl.Expr) -> pl.Expr:
    return pl.col("plan_key").filter(which).n_unique().cast(pl.Int64)


def _delivered(name: str, which: pl.Expr) -> list[pl.Expr]:
    """Sessions delivered of those due, over the recorded lines: what value for money counts, to nine places."""
    is_told = _is_recorded() & which
    due = pl.col("due_sessions_count").filter(is_told).sum().round(6)
    delivered = pl.col("delivered_sessions_count").filter(is_told).sum()
    return [pl.when(due > 0).then((delivered / due).round(9)).alias(name)]


def _hours() -> list[pl.Expr]:
    """Hours over the lines whose sessions are planned and recorded; nothing where there are none."""
    is_told = pl.col("delivered_hours").is_not_null()
    return [
        pl.when(is_told.any()).then(pl.col(name).filter(is_told).sum()).alias(name)
        for name in ("due_hours", "delivered_hours", "shortfall_hours")
    ]


def _is_low(rate: str, plans: str) -> pl.Expr:
    return ((pl.col(rate) < BEHIND_BELOW) & (pl.col(plans) >= SMALLEST_PLANS)).fill_null(False)


def _runs_behind(years: pl.DataFrame, of: str, name: str) -> pl.DataFrame:
    """For each row that ``is_behind``, as ``name``: the first year of its unbroken run of years behind."""
    behind = years.filter("is_behind").select(of, "academic_year").sort(of, "academic_year")
    is_next = (pl.col("academic_year") - pl.col("academic_year").shift(1).over(of)) == 1
    runs = behind.with_columns(run=(~is_next.fill_null(False)).cum_sum().over(of))
    return runs.with_columns(pl.col("academic_year").min().over(of, "run").alias(name)).drop("run")
