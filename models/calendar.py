"""The school calendar: academic years, half-terms, census days, ages and year groups. The only place for such sums.

Academic and academy financial years run from 1 September to 31 August and are named by the year they start in.
"""

from __future__ import annotations

import datetime as dt

import polars as pl

from expectations import vocabulary as v
from expectations.derive import conform
from expectations.errors import ContractViolation
from expectations.tables.reference import CORE_HALF_TERMS

FIRST_MONTH = 9
AGE_AT_RECEPTION = 4
"""Whole years on the 31 August before the year starts. Source: DfE year group table (reference/nc_year.csv)."""
CONVENTION_YEARS = range(2015, 2041)
"""Years whose half-terms follow the convention below where the term dates do not give them."""
_YEAR_GROUPS = ("E1", "E2", "N1", "N2", "R", *(str(year) for year in range(1, 15)))
_THURSDAY, _FRIDAY = 3, 4


def academic_year(day: dt.date) -> int:
    """The academic year of a day: 2025 from 1 September 2025 to 31 August 2026."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def academic_year_of(day: pl.Expr) -> pl.Expr:
    """``academic_year`` for a column of dates."""
    return day.dt.year().cast(pl.Int64) - (day.dt.month() < FIRST_MONTH).cast(pl.Int64)


def last_day(year: int) -> dt.date:
    """31 August, the last day of an academic year."""
    return dt.date(year + 1, FIRST_MONTH, 1) - dt.timedelta(days=1)


def financial_year(day: dt.date) -> int:
    """The academy financial year of a day; it runs with the academic year (Academy Trust Handbook)."""
    return academic_year(day)


def years_before(day: dt.date, years: int) -> dt.date:
    """The same day some years before; 29 February becomes 28 February."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def age_months(birth: dt.date, day: dt.date) -> int:
    """Completed months on a day; a child born on the 31st completes one on the first day after a shorter month.

    Somebody born on 29 February completes a year on 1 March when there is no 29 February.
    """
    months = (day.year - birth.year) * 12 + day.month - birth.month
    return months - (day.day < birth.day)


def age_years(birth: dt.date, day: dt.date) -> int:
    """Completed years on a day."""
    return age_months(birth, day) // 12


def year_group(birth: dt.date, year: int) -> str | None:
    """The national curriculum year of a child's birth cohort in an academic year; nothing outside E1 to 14.

    A child born on 31 August is the youngest of the older year group, one born on 1 September the oldest of
    the younger.
    """
    place = age_years(birth, dt.date(year, 8, 31)) - AGE_AT_RECEPTION + _YEAR_GROUPS.index("R")
    return _YEAR_GROUPS[place] if 0 <= place < len(_YEAR_GROUPS) else None


def census_day(calendar_year: int, term: str) -> dt.date:
    """School Census day: first Thursday of October, third Thursday of January or of May. Source: DfE census guides."""
    month, week = {"AUT": (10, 1), "SPR": (1, 3), "SUM": (5, 3)}[term]
    first = dt.date(calendar_year, month, 1)
    return first + dt.timedelta(days=(_THURSDAY - first.weekday()) % 7 + 7 * (week - 1))


def census_term(day: dt.date) -> str:
    """The census term of a day: AUT September to December, SPR January to April, SUM May to August."""
    if day.month >= FIRST_MONTH:
        return "AUT"
    return "SPR" if day.month <= 4 else "SUM"


def half_terms(term_dates: pl.DataFrame | None = None) -> pl.DataFrame:
    """CORE_HALF_TERMS from the term dates where they are given, from the convention where not.

    ``term_dates``: ``academic_year``, ``half_term``, ``start_date``, ``end_date`` as text or typed; a year must
    be given whole. Entry stands for the first day of autumn 1.
    """
    given = _given_terms(term_dates) if term_dates is not None else []
    years = {year for year, *_ in given}
    by_rule = [row for year in CONVENTION_YEARS if year not in years for row in _convention(year)]
    rows = pl.DataFrame(given + by_rule, schema=["academic_year", "half_term", "start_date", "end_date"], orient="row")
    entry = rows.filter(half_term="Autumn1").with_columns(half_term=pl.lit("Entry"), end_date="start_date")
    place = pl.col("half_term").replace_strict({name: n for n, name in enumerate(v.HALF_TERMS)}, return_dtype=pl.Int64)
    days = (pl.col("end_date") - pl.col("start_date")).dt.total_days()
    return conform(
        pl.concat([rows, entry])
        .with_columns(
            middle_date=pl.col("start_date") + pl.duration(days=days // 2),
            half_term_index=pl.col("academic_year") * len(v.HALF_TERMS) + place,
        )
        .sort("half_term_index")
        .select(CORE_HALF_TERMS.column_names),
        CORE_HALF_TERMS,
    )


def _given_terms(term_dates: pl.DataFrame) -> list[tuple[int, str, dt.date, dt.date]]:
    wanted = set(v.HALF_TERMS[1:])
    typed = term_dates.filter(pl.col("half_term") != "Entry").select(
        pl.col("academic_year").cast(pl.Int64), "half_term", *(_as_date(name) for name in ("start_date", "end_date"))
    )
    for (year,), terms in typed.group_by("academic_year"):
        if set(terms["half_term"]) != wanted or terms.height != len(wanted):
            raise ContractViolation(
                "The term dates of a year do not give each half-term once",
                f"academic year {year}",
                "Complete the year.",
            )
    return typed.sort("academic_year", "start_date").rows()


def _as_date(name: str) -> pl.Expr:
    return pl.col(name).cast(pl.String).str.to_date("%Y-%m-%d")


def _monday_of(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


def _convention(year: int) -> list[tuple[int, str, dt.date, dt.date]]:
    """Half-terms by the pattern that most English authorities publish; breaks begin on a Monday and last as below."""
    opening = dt.date(year, 9, 2)
    if opening.weekday() > _FRIDAY:
        opening += dt.timedelta(days=7 - opening.weekday())
    breaks = (
        (_monday_of(dt.date(year, 10, 28)), 7),  # the last full week of October
        (_monday_of(dt.date(year, 12, 23)), 14),  # Christmas
        (_monday_of(dt.date(year + 1, 2, 17)), 7),
        (_monday_of(dt.date(year + 1, 4, 5)), 14),  # around Easter
        (_monday_of(dt.date(year + 1, 5, 31)), 7),  # the week of the late May bank holiday
        (_monday_of(dt.date(year + 1, 7, 25)), 0),  # summer
    )
    rows, start = [], opening
    for name, (monday, days) in zip(v.HALF_TERMS[1:], breaks, strict=True):
        rows.append((year, name, start, monday - dt.timedelta(days=3)))
        start = monday + dt.timedelta(days=days)
    return rows
