"""The school calendar at its edges: 31 August and 1 September, 29 February, holidays, census days."""

from __future__ import annotations

import datetime as dt
from importlib import resources

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from expectations.errors import ContractViolation
from expectations.findings import find
from expectations.tables.reference import CORE_HALF_TERMS
from models import calendar

DAYS = st.dates(dt.date(2010, 1, 1), dt.date(2044, 12, 31))
BIRTHS = st.dates(dt.date(1996, 1, 1), dt.date(2025, 12, 31))


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (dt.date(2025, 9, 1), 2025),
        (dt.date(2025, 8, 31), 2024),
        (dt.date(2026, 1, 1), 2025),
        (dt.date(2024, 2, 29), 2023),
    ],
)
def test_the_academic_year_turns_on_the_first_of_september(day: dt.date, year: int) -> None:
    assert calendar.academic_year(day) == calendar.financial_year(day) == year
    assert pl.select(calendar.academic_year_of(pl.lit(day))).item() == year


@given(DAYS)
def test_every_day_lies_within_its_academic_year(day: dt.date) -> None:
    year = calendar.academic_year(day)
    assert dt.date(year, 9, 1) <= day <= calendar.last_day(year)
    assert pl.select(calendar.academic_year_of(pl.lit(day))).item() == year


@pytest.mark.parametrize(
    ("birth", "day", "years", "months"),
    [
        (dt.date(2016, 2, 29), dt.date(2025, 2, 28), 8, 107),
        (dt.date(2016, 2, 29), dt.date(2025, 3, 1), 9, 108),
        (dt.date(2016, 2, 29), dt.date(2024, 2, 29), 8, 96),
        (dt.date(2015, 8, 31), dt.date(2025, 8, 30), 9, 119),
        (dt.date(2015, 8, 31), dt.date(2025, 8, 31), 10, 120),
        (dt.date(2015, 8, 31), dt.date(2025, 9, 30), 10, 120),
        (dt.date(2015, 8, 31), dt.date(2025, 10, 1), 10, 121),
    ],
)
def test_ages(birth: dt.date, day: dt.date, years: int, months: int) -> None:
    assert (calendar.age_years(birth, day), calendar.age_months(birth, day)) == (years, months)


@given(BIRTHS, st.integers(0, 8000))
def test_an_age_in_months_never_falls_and_gains_at_most_one_a_day(birth: dt.date, days: int) -> None:
    day = birth + dt.timedelta(days=days)
    gained = calendar.age_months(birth, day + dt.timedelta(days=1)) - calendar.age_months(birth, day)
    assert gained in (0, 1)


@pytest.mark.parametrize(
    ("birth", "year", "group"),
    [
        (dt.date(2020, 8, 31), 2024, "R"),
        (dt.date(2020, 9, 1), 2024, "N2"),
        (dt.date(2019, 9, 1), 2024, "R"),
        (dt.date(2014, 8, 31), 2025, "7"),
        (dt.date(2014, 9, 1), 2025, "6"),
        (dt.date(2016, 2, 29), 2025, "5"),
        (dt.date(2007, 8, 31), 2025, "14"),
        (dt.date(2006, 8, 31), 2025, None),
        (dt.date(2025, 9, 1), 2025, None),
    ],
)
def test_year_groups(birth: dt.date, year: int, group: str | None) -> None:
    assert calendar.year_group(birth, year) == group


@given(BIRTHS)
def test_a_child_moves_up_one_year_group_each_september(birth: dt.date) -> None:
    order = ["E1", "E2", "N1", "N2", "R", *map(str, range(1, 15))]
    groups = [calendar.year_group(birth, birth.year + n) for n in range(25)]
    assert [g for g in groups if g] == order


@pytest.mark.parametrize(
    ("year", "term", "day"),
    [
        (2024, "AUT", dt.date(2024, 10, 3)),
        (2025, "SPR", dt.date(2025, 1, 16)),
        (2025, "SUM", dt.date(2025, 5, 15)),
        (2025, "AUT", dt.date(2025, 10, 2)),
        (2026, "SPR", dt.date(2026, 1, 15)),
        (2026, "SUM", dt.date(2026, 5, 21)),
        (2026, "AUT", dt.date(2026, 10, 1)),
    ],
)
def test_census_days_are_those_that_councils_published(year: int, term: str, day: dt.date) -> None:
    assert calendar.census_day(year, term) == day
    assert calendar.census_term(day) == term


def test_half_terms_hold_their_contract_and_never_overlap() -> None:
    terms = calendar.half_terms()
    assert find(terms, CORE_HALF_TERMS) == []
    running = terms.filter(pl.col("half_term") != "Entry").sort("half_term_index")
    assert (running["start_date"] <= running["middle_date"]).all()
    assert (running["middle_date"] <= running["end_date"]).all()
    assert (running["start_date"].shift(-1) > running["end_date"]).drop_nulls().all()
    assert (running["start_date"].dt.weekday() <= 5).all()
    assert (terms.sort("half_term_index")["half_term_index"].diff().drop_nulls() == 1).all()
    entry = terms.filter(half_term="Entry").join(running.filter(half_term="Autumn1"), on="academic_year")
    assert entry.filter(pl.col("start_date") != pl.col("start_date_right")).is_empty()


def given_year(**changes: str) -> pl.DataFrame:
    starts = {"Autumn1": "2025-09-03", "Autumn2": "2025-11-03", "Spring1": "2026-01-05", "Spring2": "2026-02-23",
              "Summer1": "2026-04-13", "Summer2": "2026-06-01"} | changes  # fmt: skip
    ends = ("2025-10-24", "2025-12-19", "2026-02-13", "2026-03-27", "2026-05-22", "2026-07-17")
    return pl.DataFrame(
        {"half_term": list(starts), "start_date": list(starts.values()), "end_date": ends}
    ).with_columns(academic_year=pl.lit("2025"))


def test_given_term_dates_replace_the_convention_for_their_year_only() -> None:
    terms = calendar.half_terms(given_year())
    first = terms.filter(half_term="Autumn1").filter(pl.col("academic_year").is_in([2024, 2025]))
    assert first["start_date"].to_list() == [dt.date(2024, 9, 2), dt.date(2025, 9, 3)]
    entry = terms.filter(academic_year=2025, half_term="Entry").row(0, named=True)
    assert entry["start_date"] == entry["end_date"] == entry["middle_date"] == dt.date(2025, 9, 3)


def test_a_year_with_a_half_term_missing_is_refused() -> None:
    with pytest.raises(ContractViolation, match="each half-term once"):
        calendar.half_terms(given_year().head(5))


def test_the_trusts_own_term_dates_can_be_used() -> None:
    shipped = (resources.files("seeds") / "reference" / "term_dates.csv").read_bytes()
    assert find(calendar.half_terms(pl.read_csv(shipped, infer_schema=False)), CORE_HALF_TERMS) == []
