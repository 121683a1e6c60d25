"""Invented numbers obey the real rules: UPN check letters, census days."""

from __future__ import annotations

import datetime as dt

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from expectations.checks import ValidUpn
from seeds.trust.calendar import academic_year_of, census_day, make_calendar
from seeds.trust.identifiers import check_letter, make_upn, spoil_upn


def is_valid(upns: list[str]) -> list[bool]:
    return pl.DataFrame({"upn": upns}).select(~ValidUpn().failing("upn")).to_series().to_list()


@pytest.mark.parametrize("upn", ["B801200005001", "N823432113104"])
def test_check_letter_agrees_with_published_numbers(upn):
    assert check_letter(upn[1:]) == upn[0]


@given(st.integers(2001, 2030), st.integers(2000, 2030), st.integers(0, 21_999), st.booleans())
def test_every_made_upn_is_valid_and_every_spoiled_one_is_not(school, year, serial, is_temporary):
    upn = make_upn(school, year, serial, is_temporary=is_temporary)
    assert upn[1:4] == "999"
    assert upn[-1].isalpha() == is_temporary
    assert is_valid([upn, spoil_upn(upn)]) == [True, False]


@pytest.mark.parametrize(
    ("year", "term", "day"),
    [
        (2024, "AUT", dt.date(2024, 10, 3)), (2025, "SPR", dt.date(2025, 1, 16)), (2025, "SUM", dt.date(2025, 5, 15)),
        (2025, "AUT", dt.date(2025, 10, 2)), (2026, "SPR", dt.date(2026, 1, 15)), (2026, "SUM", dt.date(2026, 5, 21)),
    ],
)  # fmt: skip
def test_census_days_are_the_published_ones(year, term, day):
    assert census_day(year, term) == day


def test_academic_year_turns_on_the_first_of_september():
    assert academic_year_of(dt.date(2025, 8, 31)) == 2024
    assert academic_year_of(dt.date(2025, 9, 1)) == 2025


@pytest.mark.parametrize("years", [0, 5, 9])
def test_years_without_term_dates_are_refused(years):
    with pytest.raises(ValueError, match="term_dates"):
        make_calendar(years, dt.date(2026, 11, 20))
