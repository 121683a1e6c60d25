"""The statutory clock of EHC plans: roll-ups for the board. Each pupil's is in ``models/sql/model_ehc_clock__*.sql``.

The school's lateness (meeting, report) and the authority's (decision, amended plan) are counted apart, never added.
"""

from __future__ import annotations

import datetime as dt

import polars as pl

from expectations.tables.ehc_clock_marts import MART_EHC_CLOCK__YEAR
from expectations.vocabulary import TRUST
from models.calendar import academic_year, years_before
from models.ehc_clock_curve import (
    ENDED,
    IN_TIME_DAYS,
    ISSUED,
    OPEN,
    Incidence,
    incidence,
    look_ahead,
    next_caseload,
)
from models.everywhere import in_school_and_trust
from models.proportions import wilson_bounds

CURVE_WEEKS = (0, 4, 6, *range(8, 56, 4))
SOON_DAYS = 90
MOST_YEARS = 6
FEWEST_ISSUED = 5
"""Plans issued by a week before their share is told (METHODS E2, R1)."""
_PARTS = {  # stem: (the day it was due, days late)
    "reviews": ("due_date", "meeting_late_days"),
    "reports": ("report_due_date", "report_late_days"),
    "decisions": ("decision_due_date", "decision_late_days"),
    "amended": ("amended_due_date", "amended_late_days"),
}
_EVENTS = {"IN_TIME": ISSUED, "LATE": ISSUED, "EXCEPTION": ISSUED, "ENDED": ENDED}


def roll_up(
    model_ehc_clock__plans: pl.DataFrame,
    model_ehc_clock__reviews: pl.DataFrame,
    model_ehc_clock__requests: pl.DataFrame,
    model_ehc_clock__transfers: pl.DataFrame,
    schools: list[str],
    data_date: dt.date,
) -> pl.DataFrame:
    """The frame of MART_EHC_CLOCK__SCHOOL for the disclosure door: one row per school and one for the trust."""
    counted = pl.DataFrame({"school_urn": [*schools, TRUST]}, schema={"school_urn": pl.String})
    parts = (
        _count_plans(model_ehc_clock__plans),
        _count_reviews(model_ehc_clock__reviews, data_date),
        _count_waiting(model_ehc_clock__reviews, data_date),
        _count_requests(model_ehc_clock__requests),
        _count_transfers(model_ehc_clock__transfers),
    )
    for part in parts:
        counted = counted.join(part, on="school_urn", how="left")
    counted = counted.with_columns(pl.exclude("school_urn").fill_null(0))
    low, high = wilson_bounds(counted["reviews_in_time_count"], counted["reviews_due_count"])
    is_any = pl.col("reviews_due_count") > 0
    return counted.with_columns(
        *(_share(f"{stem}_in_time_count", f"{stem}_due_count", f"{stem}_in_time_rate") for stem in _PARTS),
        _share("adulthood_covered_count", "adulthood_due_count", "adulthood_covered_rate"),
        wilson_low_rate=pl.when(is_any).then(pl.Series(low)),
        wilson_high_rate=pl.when(is_any).then(pl.Series(high)),
        data_date=pl.lit(data_date),
    ).sort("school_urn")


def _share(count: str, whole: str, name: str) -> pl.Expr:
    return pl.when(pl.col(whole) > 0).then(pl.col(count) / pl.col(whole)).alias(name)


def _sums(frame: pl.DataFrame, counted: dict[str, pl.Expr]) -> pl.DataFrame:
    """How many rows of each school and the trust meet each condition."""
    return (
        in_school_and_trust(frame)
        .group_by("school_urn")
        .agg(which.fill_null(False).sum().cast(pl.Int64).alias(name) for name, which in counted.items())
    )


def _count_plans(plans: pl.DataFrame) -> pl.DataFrame:
    return _sums(plans, {"plans_count": pl.col("is_active")})


def _count_reviews(reviews: pl.DataFrame, data_date: dt.date) -> pl.DataFrame:
    """What fell due in the twelve months to the data date and of which it is known whether it was in time."""
    since = years_before(data_date, 1)

    def is_due(day: str, late: str) -> pl.Expr:
        in_window = (pl.col(day) > since) & (pl.col(day) <= data_date)
        return (in_window & pl.col(late).is_not_null()).fill_null(False)

    due = {stem: is_due(day, late) for stem, (day, late) in _PARTS.items()}
    was_held = pl.col("is_held") & (pl.col("meeting_date") > since) & pl.col("is_from_year_9")
    counted = {f"{stem}_due_count": which for stem, which in due.items()} | {
        f"{stem}_in_time_count": due[stem] & (pl.col(late) == 0) for stem, (_, late) in _PARTS.items()
    }
    counted |= {
        "adulthood_due_count": was_held,
        "adulthood_covered_count": was_held & pl.col("is_adulthood_covered"),
    }
    behind = reviews.filter(pl.any_horizontal(*due.values(), was_held.fill_null(False)))
    plans = in_school_and_trust(behind).group_by("school_urn").agg(reviewed_plans_count=pl.col("plan_key").n_unique())
    return _sums(reviews, counted).join(plans.cast({"reviewed_plans_count": pl.Int64}), on="school_urn", how="left")


def _count_waiting(reviews: pl.DataFrame, data_date: dt.date) -> pl.DataFrame:
    """Plans whose next review is overdue, or due within ninety days; each plan once."""
    ahead = data_date + dt.timedelta(days=SOON_DAYS)
    waiting = reviews.filter(pl.col("is_live") & ~pl.col("is_held"))
    nearest = waiting.sort("due_date").unique("plan_key", keep="first", maintain_order=True)
    return _sums(
        nearest,
        {
            "overdue_reviews_count": pl.col("due_date") < data_date,
            "due_soon_count": pl.col("due_date").is_between(data_date, ahead),
        },
    )


def _count_requests(requests: pl.DataFrame) -> pl.DataFrame:
    standing = pl.col("standing")
    return _sums(
        requests,
        {
            "open_requests_count": standing.is_in(["OPEN", "OPEN_LATE", "OPEN_EXCEPTION"]),
            "open_late_count": standing.is_in(["OPEN_LATE", "OPEN_EXCEPTION"]),
        },
    )


def _count_transfers(transfers: pl.DataFrame) -> pl.DataFrame:
    is_move, standing = pl.col("is_move_certain"), pl.col("transfer_standing")
    is_waiting = standing.is_in(["REVIEW", "DECISION", "PLAN"])
    return _sums(
        transfers,
        {
            "transfers_count": is_move,
            "transfers_unreviewed_count": is_move & (standing == "REVIEW"),
            "transfers_late_count": is_move & is_waiting & (pl.col("transfer_late_days") > 0),
        },
    )


def by_calendar_year(
    model_ehc_clock__requests: pl.DataFrame, model_ehc_clock__plans: pl.DataFrame, data_date: dt.date
) -> pl.DataFrame:
    """The frame of MART_EHC_CLOCK__YEAR: plans issued and decisions made in a year, by DfE's definition."""
    issued = model_ehc_clock__requests.filter(pl.col("final_plan_date").is_not_null())
    is_exception = pl.col("is_exception").fill_null(False)
    is_in_time = pl.col("plan_days") <= IN_TIME_DAYS
    plans = _by_year(
        issued,
        "final_plan_date",
        {
            "issued_count": pl.lit(True),
            "exception_count": is_exception,
            "regular_count": ~is_exception,
            "issued_in_time_count": is_in_time,
            "exception_in_time_count": is_in_time & is_exception,
            "regular_in_time_count": is_in_time & ~is_exception,
        },
    )
    decided = _by_year(
        model_ehc_clock__requests.filter(pl.col("assess_decision_date").is_not_null()),
        "assess_decision_date",
        {"decided_count": pl.lit(True), "decided_in_time_count": pl.col("assess_late_days") == 0},
    )
    caseload = pl.DataFrame(
        [(data_date.year - back, count) for back, count in enumerate(_caseloads(model_ehc_clock__plans, data_date))][
            1:
        ],
        schema={"calendar_year": pl.Int64, "caseload_count": pl.Int64},
        orient="row",
    )
    counts = [c.name for c in MART_EHC_CLOCK__YEAR.columns if c.name.endswith("_count") and c.name != "caseload_count"]
    return (
        plans.join(decided, on="calendar_year", how="full", coalesce=True)
        .join(caseload, on="calendar_year", how="left")
        .with_columns(pl.col(counts).fill_null(0))
        .with_columns(
            _share("issued_in_time_count", "issued_count", "issued_in_time_rate"),
            _share("regular_in_time_count", "regular_count", "regular_in_time_rate"),
            _share("decided_in_time_count", "decided_count", "decided_in_time_rate"),
        )
        .sort("calendar_year")
    )


def _by_year(frame: pl.DataFrame, day: str, counted: dict[str, pl.Expr]) -> pl.DataFrame:
    year = pl.col(day).dt.year().cast(pl.Int64).alias("calendar_year")
    return (
        frame.with_columns(year, **counted)
        .group_by("calendar_year")
        .agg(pl.col(name).fill_null(False).sum().cast(pl.Int64) for name in counted)
    )


def _caseloads(plans: pl.DataFrame, data_date: dt.date) -> list[int]:
    """Plans in force of pupils on roll on the data date and on that day of each year before, newest first.

    Goes back to the first academic year whose leavers are on record: before it, those who have left are missing.
    """
    counts = [int(plans["is_active"].sum())]
    first_leaving = plans["leaving_date"].min()
    for back in range(1, MOST_YEARS):
        day = years_before(data_date, back)
        if not isinstance(first_leaving, dt.date) or academic_year(day) < academic_year(first_leaving):
            break
        in_force = (pl.col("plan_start_date") <= day) & (pl.col("cease_date").fill_null(dt.date.max) > day)
        on_roll = (pl.col("entry_date") <= day) & (pl.col("leaving_date").fill_null(dt.date.max) >= day)
        counts.append(plans.filter(in_force & on_roll).height)
    return counts


def follow(model_ehc_clock__requests: pl.DataFrame) -> Incidence:
    """The trust's requests as a curve; those still open count as long as they have been followed."""
    events = model_ehc_clock__requests["standing"].replace_strict(_EVENTS, default=OPEN, return_dtype=pl.Int64)
    return incidence(model_ehc_clock__requests["followed_days"].to_numpy(), events.to_numpy())


def draw_curve(model_ehc_clock__requests: pl.DataFrame) -> pl.DataFrame:
    """The frame of MART_EHC_CLOCK__CURVE: likely shares by week, and at the door how many were followed so long."""
    curve = follow(model_ehc_clock__requests)
    points = [
        {
            "elapsed_weeks": weeks,
            "cases_count": _in_tens(model_ehc_clock__requests.height),
            "issued_rate": _issued_rate(curve, model_ehc_clock__requests, 7 * weeks),
            "at_risk_count": curve.at_risk(7 * weeks),
        }
        for weeks in CURVE_WEEKS
    ]
    return pl.DataFrame(points, schema_overrides={"issued_rate": pl.Float64})


def _issued_rate(curve: Incidence, requests: pl.DataFrame, days: int) -> float | None:
    """The likely share with a plan by a day; None while only one to four have one: the share would tell of them."""
    issued = requests.filter(pl.col("final_plan_date").is_not_null() & (pl.col("plan_days") <= days)).height
    return None if 0 < issued < FEWEST_ISSUED else curve.at(days)[0]


def _in_tens(count: int) -> int:
    return count // 10 * 10


def forecast(
    model_ehc_clock__requests: pl.DataFrame, model_ehc_clock__plans: pl.DataFrame, data_date: dt.date
) -> pl.DataFrame:
    """The frame of MART_EHC_CLOCK__FORECAST: one row, blank where too few requests or years say anything."""
    curve = follow(model_ehc_clock__requests)
    is_open = model_ehc_clock__requests["standing"].str.starts_with("OPEN")
    ahead = look_ahead(curve, model_ehc_clock__requests.filter(is_open)["followed_days"].to_numpy())
    likely = (ahead.expected, ahead.low, ahead.high)
    next_year = next_caseload(_caseloads(model_ehc_clock__plans, data_date)[::-1])
    rates = {"by_20_rate": _issued_rate(curve, model_ehc_clock__requests, IN_TIME_DAYS)} | {
        name: value / ahead.open_count if ahead.open_count else None
        for name, value in zip(("expected_rate", "expected_low_rate", "expected_high_rate"), likely, strict=True)
    }
    names = ("next_caseload_count", "next_caseload_low_count", "next_caseload_high_count")
    counts = dict(zip(names, map(round, next_year), strict=True)) if next_year else dict.fromkeys(names)
    known = {
        "data_date": data_date,
        "cases_count": _in_tens(model_ehc_clock__requests.height),
        "at_risk_count": curve.at_risk(IN_TIME_DAYS),
        "open_count": ahead.open_count,
    }
    return pl.DataFrame(
        [{**known, **rates, **counts}],
        schema_overrides={**dict.fromkeys(rates, pl.Float64), **dict.fromkeys(counts, pl.Int64)},
    )
