"""What governors and trustees see of the statutory clock: by school, by calendar year, as a curve, as a forecast.

Few and coarse: the school's own lateness and the authority's stand apart and are never added, and what a year, the
curve and the forecast tell is of the trust as a whole.
"""

from __future__ import annotations

from typing import Any

from expectations import vocabulary as v
from expectations.checks import Between
from expectations.contract import Column, Count, Kind, Label, Partition, Rate, Sensitivity, Table, Unit
from expectations.tables.pupils import NEARLY_WITH_PLAN, ON_ROLL_WITH_PLAN

_HIDDEN = "hidden: small group"
_NOT_ENOUGH = "nothing to count, fewer than ten, or hidden"
_COUNTED: dict[str, Any] = {"null": _HIDDEN, "checks": (Between(0, None),)}
_DATA_DATE = Column("data_date", Kind.DATE, "Date of the data.", release=Label())


def _count(name: str, meaning: str, of: str | None = None, behind: str | None = None) -> Column:
    return Column(name, Kind.INTEGER, meaning, release=Count(of=of, behind=behind), **_COUNTED)


def _plans(name: str, meaning: str, of: str | None = None) -> Column:
    return _count(name, meaning, of).but(unit=Unit.PLANS)


def _rate(name: str, meaning: str, of: str, count: str | None, *, is_of_people: bool = True) -> Column:
    role = Rate(of, count, is_of_people)
    return Column(name, Kind.NUMBER, meaning, unit=Unit.RATE, null=_NOT_ENOUGH, checks=(Between(0, 1),), release=role)


def _in_time(stem: str, whole: str, met: str) -> tuple[Column, ...]:
    """What fell due in the last twelve months, how much of it was in time, and the share."""
    due, count = f"{stem}_due_count", f"{stem}_in_time_count"
    return (
        _count(due, f"{whole} in the last 12 months.", behind="reviewed_plans_count"),
        _count(count, f"Of these, {met}.", due, "reviewed_plans_count"),
        _rate(f"{stem}_in_time_rate", f"Share of these {met}.", due, count),
    )


MART_EHC_CLOCK__SCHOOL = Table(
    name="mart_ehc_clock__school",
    grain="One row per school, and one for the trust: reviews, requests and transfers on the data date.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("school_urn",),
    columns=(
        v.SCHOOL_URN,
        _DATA_DATE,
        _plans("plans_count", "Active EHC plans of pupils on roll.").but(release=ON_ROLL_WITH_PLAN),
        _plans("reviewed_plans_count", "Plans with a step of a review that fell due in the last 12 months.").but(
            release=NEARLY_WITH_PLAN
        ),
        *_in_time("reviews", "Annual reviews that fell due", "held by their day (the school's part)"),
        _rate("wilson_low_rate", "Lower end of that share's likely range (95%, Wilson).", "reviews_due_count",
              "reviews_in_time_count", is_of_people=False),
        _rate("wilson_high_rate", "Upper end of that share's likely range (95%, Wilson).", "reviews_due_count",
              "reviews_in_time_count", is_of_people=False),
        *_in_time("reports", "School reports that fell due", "sent within two weeks (the school's part)"),
        *_in_time("decisions", "Authority decisions that fell due", "made within four weeks (the authority's part)"),
        *_in_time("amended", "Amended plans that fell due", "issued in time (the authority's part)"),
        _count("adulthood_due_count", "Reviews held in the last 12 months in year 9 or above.", None,
               "reviewed_plans_count"),
        _count("adulthood_covered_count", "Of these, with preparation for adulthood recorded as covered.",
               "adulthood_due_count", "reviewed_plans_count"),
        _rate("adulthood_covered_rate", "Share of these with preparation for adulthood.", "adulthood_due_count",
              "adulthood_covered_count"),
        _plans("overdue_reviews_count", "Plans whose review is overdue now: not held, or not in the tracker.",
               "plans_count"),
        _plans("due_soon_count", "Plans whose review is due in the next 90 days.", "plans_count"),
        _count("open_requests_count", "Requests for an assessment still open."),
        _count("open_late_count", "Of these, past 20 weeks; lawful exceptions included.", "open_requests_count"),
        _plans("transfers_count", "Plans of pupils who must change school at the end of this year.", "plans_count"),
        _plans("transfers_unreviewed_count", "Of these, not reviewed yet.", "transfers_count"),
        _plans("transfers_late_count", "Of these, without the amended plan although its day has passed.",
               "transfers_count"),
        v.HIDDEN_COLUMNS,
    ),
)  # fmt: skip

_CALENDAR_YEAR = Column(
    "calendar_year", Kind.INTEGER, "Calendar year, as DfE counts.", checks=(Between(2010, 2045),), release=Label()
)

MART_EHC_CLOCK__YEAR = Table(
    name="mart_ehc_clock__year",
    grain="One row per calendar year: the trust's requests by DfE's definition, with and without exceptions.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("calendar_year",),
    columns=(
        _CALENDAR_YEAR,
        _count("issued_count", "Final plans issued in the year."),
        _count("exception_count", "Of these, with a lawful exception to the 20 weeks.", "issued_count"),
        _count("regular_count", "Of these, without an exception.", "issued_count"),
        _count("issued_in_time_count", "Issued within 20 weeks, exceptions included.", "issued_count"),
        _count("exception_in_time_count", "Issued within 20 weeks although an exception was recorded.",
               "exception_count"),
        _count("regular_in_time_count", "Issued within 20 weeks, exceptions left out.", "regular_count"),
        _rate("issued_in_time_rate", "Share issued within 20 weeks, exceptions included.", "issued_count",
              "issued_in_time_count"),
        _rate("regular_in_time_rate", "Share issued within 20 weeks, exceptions left out.", "regular_count",
              "regular_in_time_count"),
        _count("decided_count", "Decisions whether to assess made in the year."),
        _count("decided_in_time_count", "Of these, within 6 weeks.", "decided_count"),
        _rate("decided_in_time_rate", "Share decided within 6 weeks.", "decided_count", "decided_in_time_count"),
        Column("caseload_count", Kind.INTEGER, "Active plans of pupils on roll on the same day of that year.",
               unit=Unit.PLANS, release=Count(), null="the running year, or hidden", checks=(Between(0, None),)),
        v.HIDDEN_COLUMNS,
    ),
    partitions=(
        Partition("issued_count", ("exception_count", "regular_count")),
        Partition("issued_in_time_count", ("exception_in_time_count", "regular_in_time_count")),
    ),
)  # fmt: skip

# In tens, and no share ended without a plan: with plans issued and requests open, those few would follow.
_CASES = _count("cases_count", "At least so many requests of the trust are followed, closed or open: in tens.")


def _likely(name: str, meaning: str, base: str | None = None) -> Column:
    """A share estimated from all requests: no number of pupils, but of ten or more (``base``: of those followed)."""
    column = _rate(name, meaning, "cases_count", None)
    return column.but(release=Rate("cases_count", None, is_of_people=False, base=base))


MART_EHC_CLOCK__CURVE = Table(
    name="mart_ehc_clock__curve",
    grain="One row per number of weeks since the request: the trust's share issued so far, open cases included.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("elapsed_weeks",),
    columns=(
        Column("elapsed_weeks", Kind.INTEGER, "Weeks since the request.", unit=Unit.WEEKS, checks=(Between(0, 520),),
               release=Label()),
        _CASES,
        _likely("issued_rate", "Likely share with a final plan by then (Aalen-Johansen).", "at_risk_count"),
        v.HIDDEN_COLUMNS,
    ),
)  # fmt: skip

MART_EHC_CLOCK__FORECAST = Table(
    name="mart_ehc_clock__forecast",
    grain="One row: what the trust's open requests and its caseload are likely to become.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("data_date",),
    columns=(
        _DATA_DATE,
        _CASES,
        _likely("by_20_rate", "Likely share issued within 20 weeks, open cases included.", "at_risk_count"),
        _likely("expected_rate", "Of open requests, the share expected to get a final plan within 13 weeks.",
                "open_count"),
        _likely("expected_low_rate", "Lower end of its likely range.", "open_count"),
        _likely("expected_high_rate", "Upper end of its likely range.", "open_count"),
        _plans("next_caseload_count", "Active plans expected in a year."),
        _plans("next_caseload_low_count", "Lower end, from how far such a forecast was off before."),
        _plans("next_caseload_high_count", "Upper end."),
        v.HIDDEN_COLUMNS,
    ),
)  # fmt: skip

MART_EHC_CLOCK__BENCHMARKS = Table(
    name="mart_ehc_clock__benchmarks",
    grain="One row per published figure of England or an authority, with release, method and licence.",
    sensitivity=Sensitivity.OPEN,
    key=("measure", "area", "period"),
    columns=(
        Column("measure", Kind.TEXT, "What is measured."),
        Column("area", Kind.TEXT, "England or an authority."),
        Column("period", Kind.TEXT, "Calendar year."),
        Column("value", Kind.NUMBER, "Value as published.", null="not used: a rule says why"),
        Column("unit", Kind.TEXT, "Unit as published."),
        Column("publication", Kind.TEXT, "Which edition of which publication."),
        Column("method_version", Kind.TEXT, "How it was collected: figures of two methods are two series."),
        Column("licence", Kind.TEXT, "Licence."),
        Column("data_rule", Kind.TEXT, "Why the value is not used.", null="it is used"),
    ),
)

TABLES = (
    MART_EHC_CLOCK__SCHOOL,
    MART_EHC_CLOCK__YEAR,
    MART_EHC_CLOCK__CURVE,
    MART_EHC_CLOCK__FORECAST,
    MART_EHC_CLOCK__BENCHMARKS,
)
