"""Conflicts between register, census and Insight over the nights: first seen, closed, how old; lists and roll-up.

What disagrees tonight is ``models/sql/model_match__found.sql``. What an earlier night saw and tonight's data no longer
show has been mended in its source; its days come from the deliveries, never from a clock.
"""

from __future__ import annotations

import datetime as dt

import polars as pl

from expectations.derive import conform, empty_frame
from expectations.tables.match import MART_MATCH__CONFLICT, MODEL_MATCH__CONFLICTS
from expectations.vocabulary import TRUST
from models.calendar import census_day, years_before
from models.destinations import named

OLD_AFTER = 10
"""Days open after which a conflict is asked about."""
KEPT_YEARS = 3
_WHAT = ["school_urn", "pupil_key", "match_field"]
_KEY = [*_WHAT, "opened_date"]


def remember(
    model_match__found: pl.DataFrame,
    before: pl.DataFrame,
    delivered: pl.DataFrame,
    data_date: dt.date,
) -> pl.DataFrame:
    """MODEL_MATCH__CONFLICTS from tonight's findings and the same table of the night before (empty on the first).

    A conflict that goes on keeps the first day it was seen. One that is open in ``before`` and not found tonight was
    mended: it is closed on ``newest_date`` of its school in ``delivered`` (school_urn, newest_date). Twice over the
    same data gives the same rows. Closed ones are kept for three years.
    """
    tonight = model_match__found
    was_open = before.filter(pl.col("closed_date").is_null())
    earlier = was_open.group_by(_WHAT).agg(pl.col("opened_date").min().alias("seen_date"))
    going_on = pl.col("closed_date").is_null() | (pl.col("closed_date") >= pl.col("seen_date"))
    dated = tonight.join(earlier, on=_WHAT, how="left").with_columns(
        opened_date=pl.when(going_on.fill_null(False)).then(pl.min_horizontal("opened_date", "seen_date"))
        .otherwise("opened_date")
    )  # fmt: skip
    dated = dated.sort("closed_date", nulls_last=False).unique(_KEY, keep="first", maintain_order=True)
    continued = dated.filter(going_on.fill_null(False))
    mended = _mended(was_open.join(continued, on=_WHAT, how="anti"), delivered, data_date)
    columns = tonight.columns
    told = pl.concat([dated.select(columns), mended.select(columns)])
    past = before.filter(pl.col("closed_date").is_not_null()).join(told, on=_KEY, how="anti")
    kept = past.filter(pl.col("closed_date") >= years_before(data_date, KEPT_YEARS))
    days = (pl.lit(data_date) - pl.col("opened_date")).dt.total_days()
    whole = pl.concat([told, kept.select(columns)]).with_columns(
        open_days=pl.when(pl.col("closed_date").is_null()).then(days)
    )
    return conform(whole.sort(_KEY), MODEL_MATCH__CONFLICTS)


def _mended(gone: pl.DataFrame, delivered: pl.DataFrame, data_date: dt.date) -> pl.DataFrame:
    """Conflicts that the data no longer show: closed by the newest delivery of their school."""
    day = pl.min_horizontal(pl.col("newest_date").fill_null(data_date), pl.lit(data_date))
    return gone.join(delivered, on="school_urn", how="left").with_columns(
        closed_date=pl.max_horizontal(day, "opened_date"), closed_how=pl.lit("MENDED")
    )


def newest_deliveries(core_deliveries: pl.DataFrame) -> pl.DataFrame:
    """``school_urn``, ``newest_date``: the day of each school's newest file taken."""
    taken = core_deliveries.filter(pl.col("state") == "TAKEN")
    return taken.group_by("school_urn").agg(pl.col("delivered_date").max().alias("newest_date"))


def list_conflicts(
    model_match__conflicts: pl.DataFrame,
    model_pupils__on_roll: pl.DataFrame,
    core_pupils: pl.DataFrame,
    data_date: dt.date,
) -> pl.DataFrame:
    """MART_MATCH__CONFLICT: open ones and those closed in the last 12 months, with names."""
    recent = pl.col("closed_date").is_null() | (pl.col("closed_date") > years_before(data_date, 1))
    years = model_pupils__on_roll.select("pupil_key", "school_urn", "nc_year")
    told = model_match__conflicts.filter(recent).join(years, on=["pupil_key", "school_urn"], how="left")
    return named(told, core_pupils, MART_MATCH__CONFLICT)


def next_census(data_date: dt.date, term: str | None = None) -> tuple[str, dt.date]:
    """The first census day on or after a day, of any term or of one: (term, day)."""
    days = [
        (census_day(year, name), name)
        for year in (data_date.year, data_date.year + 1)
        for name in ("SPR", "SUM", "AUT")
        if term in (None, name)
    ]
    day, name = min(pair for pair in days if pair[0] >= data_date)
    return name, day


def mart_match__school_frame(
    model_match__conflicts: pl.DataFrame,
    model_sen_flows__gaps: pl.DataFrame,
    core_schools: pl.DataFrame,
    clean_school_census__pupils: pl.DataFrame,
    data_date: dt.date,
) -> pl.DataFrame:
    """The frame of MART_MATCH__SCHOOL for the disclosure door: pupils with conflicts and gaps, school and trust.

    In the trust a child counts once.
    """
    is_open, year_ago = pl.col("closed_date").is_null(), years_before(data_date, 1)
    conflicts = model_match__conflicts
    counted = {
        "conflicts_count": conflicts.filter(is_open),
        "old_conflicts_count": conflicts.filter(pl.col("open_days") > OLD_AFTER),
        "opened_count": conflicts.filter(pl.col("opened_date") > year_ago),
        "closed_count": conflicts.filter(pl.col("closed_date") > year_ago),
        "no_provision_count": model_sen_flows__gaps.filter(pl.col("gap") == "NO_PROVISION"),
        "unregistered_count": model_sen_flows__gaps.filter(pl.col("gap") == "NOT_REGISTERED"),
    }
    places = pl.DataFrame({"school_urn": [*core_schools["school_urn"], TRUST]}, schema={"school_urn": pl.String})
    days = clean_school_census__pupils.group_by("school_urn").agg(latest_census_date=pl.col("reference_date").max())
    frame = places.join(days, on="school_urn", how="left")
    for name, rows in counted.items():
        frame = frame.join(count_pupils(rows, name), on="school_urn", how="left")
    return (
        frame.with_columns(pl.col(list(counted)).fill_null(0))
        .with_columns(
            pl.col("latest_census_date").fill_null(pl.col("latest_census_date").max()),
            conflicts_age=_age(pl.col("old_conflicts_count"), pl.col("conflicts_count")),
            data_date=pl.lit(data_date),
            next_census_date=pl.lit(next_census(data_date)[1]),
        )
        .drop("old_conflicts_count")
    )


def _age(old: pl.Expr, still: pl.Expr) -> pl.Expr:
    """How many of those with a conflict have an old one, in words: nobody, some, half or more."""
    word = pl.when(2 * old >= still).then(pl.lit("MOST")).otherwise(pl.lit("SOME"))
    return pl.when(still == 0).then(None).when(old == 0).then(pl.lit("NONE")).otherwise(word)


def count_pupils(rows: pl.DataFrame, name: str, *by: str) -> pl.DataFrame:
    """Distinct pupils of each school and of the trust: ``school_urn``, the columns ``by``, and ``name``."""
    everywhere = pl.concat([rows, rows.with_columns(school_urn=pl.lit(TRUST))])
    return everywhere.group_by("school_urn", *by).agg(pl.col("pupil_key").n_unique().cast(pl.Int64).alias(name))


def nothing_before() -> pl.DataFrame:
    """What the first night remembers."""
    return empty_frame(MODEL_MATCH__CONFLICTS)
