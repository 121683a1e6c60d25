"""How each kind of delivered text is read: exactly, in every form that systems write, and never by a guess."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations import vocabulary as v
from expectations.contract import Column, Kind
from models.clean_values import read_distinct

A_DATE = Column("some_date", Kind.DATE, "A date.")
SOME_MONEY = Column("some_pence", Kind.MONEY, "Money.")
A_COUNT = Column("some_count", Kind.INTEGER, "A count.")
A_NUMBER = Column("some_number", Kind.NUMBER, "A number.")
A_FLAG = Column("is_something", Kind.BOOLEAN, "A flag.")
UNREADABLE = object()
MINUS, DASH = "\u2212", "\u2013"


def read(column: Column, text: str) -> Any:
    value, is_unreadable = read_distinct(pl.Series([text]), column).select("value", "is_unreadable").row(0)
    assert not (is_unreadable and value is not None)
    return UNREADABLE if is_unreadable else value


@pytest.mark.parametrize(
    "text",
    [
        "2020-04-25",
        "25/04/2020",
        "25-04-2020",
        "25.04.2020",
        "25/4/2020",
        "2020-Apr-25 00:00:00",
        "2020-04-25 00:00:00",
        "25 April 2020",
        "25 Apr 2020",
        " 25/04/2020\u00a0",
        "2020-04-25T00:00:00",
    ],
)
def test_a_date_is_read_in_every_form_that_systems_write(text: str) -> None:
    assert read(A_DATE, text) == dt.date(2020, 4, 25)


@pytest.mark.parametrize(
    "text",
    [
        "04/25/2020",
        "25/04/20",
        "31/02/2020",
        "29/02/2023",
        "0/1/2020",
        "45000",
        "2020-13-01",
        "1/2-2020",
        "TBC",
        "25 Floreal 2020",
        "#REF!",
    ],
)
def test_a_date_that_could_mean_something_else_is_not_read(text: str) -> None:
    assert read(A_DATE, text) is UNREADABLE


@given(
    st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)),
    st.sampled_from(["%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y", "%d %B %Y", "%Y-%b-%d 00:00:00"]),
)
@settings(max_examples=60, deadline=None)
def test_a_written_date_reads_back_as_itself(day: dt.date, form: str) -> None:
    assert read(A_DATE, day.strftime(form)) == day


@given(st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)))
@settings(max_examples=60, deadline=None)
def test_a_month_first_date_is_never_taken_for_another_day_when_its_day_is_above_twelve(day: dt.date) -> None:
    text = day.strftime("%m/%d/%Y")
    expected = UNREADABLE if day.day > 12 else dt.date(day.year, day.day, day.month)
    assert read(A_DATE, text) == expected


@pytest.mark.parametrize(
    ("text", "pence"),
    [
        ("£1,200.50", 120050),
        ("(250.00)", -25000),
        ("-£3.50", -350),
        ("£-3.5", -350),
        ("0.10", 10),
        ("12", 1200),
        ("£ 12", 1200),
        ("1,234,567.89", 123456789),
        ("0.07", 7),
        ("-", None),
        ("", None),
        ("n/a", None),
    ],
)
def test_money_is_exact_whole_pence(text: str, pence: int | None) -> None:
    assert read(SOME_MONEY, text) == pence


@pytest.mark.parametrize(
    "text", ["1.200,50", "1e9", "TBC", "12.345", "1.200", "1,20", "--5", "NaN", "12.", "£", "1 200"]
)
def test_money_is_never_guessed(text: str) -> None:
    assert read(SOME_MONEY, text) is UNREADABLE


@given(st.integers(-(10**12), 10**12))
@settings(max_examples=60, deadline=None)
def test_every_amount_in_pence_reads_back_as_itself(pence: int) -> None:
    sign = "-" if pence < 0 else ""
    assert read(SOME_MONEY, f"{sign}£{abs(pence) // 100:,}.{abs(pence) % 100:02}") == pence


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        (A_COUNT, "12", 12),
        (A_COUNT, "1.0", 1),
        (A_COUNT, "1,200", 1200),
        (A_COUNT, "-2", -2),
        (A_COUNT, "12.5", UNREADABLE),
        (A_COUNT, "12 345", UNREADABLE),
        (A_COUNT, "9" * 40, UNREADABLE),
        (A_NUMBER, "12.5", 12.5),
        (A_NUMBER, ".5", 0.5),
        (A_NUMBER, "1e5", UNREADABLE),
        (A_NUMBER, "NaN", UNREADABLE),
        (A_FLAG, "Yes", True),
        (A_FLAG, "t", True),
        (A_FLAG, "FALSE", False),
        (A_FLAG, "0", False),
        (A_FLAG, "maybe", UNREADABLE),
        (v.ACADEMIC_YEAR, "2025", 2025),
        (v.ACADEMIC_YEAR, "2025/26", 2025),
        (v.ACADEMIC_YEAR, "2025/2026", 2025),
        (v.ACADEMIC_YEAR, "202526", 2025),
        (v.ACADEMIC_YEAR, "2099/00", 2099),
        (v.ACADEMIC_YEAR, "2025/27", UNREADABLE),
        (v.NC_YEAR, "0", "R"),
        (v.NC_YEAR, "Year 4", "4"),
        (v.NC_YEAR, "Y4", "4"),
        (v.NC_YEAR, "4.0", "4"),
        (v.NC_YEAR, "Reception", "R"),
        (v.NC_YEAR, "N1", "N1"),
        (v.NC_YEAR, "12", "12"),
        (v.SEX, "Female", "F"),
        (v.SEX, "M", "M"),
        (v.SEN_PROVISION, "SEN Support", "K"),
        (v.SEN_PROVISION, "EHCP", "E"),
        (v.SEN_PROVISION, "EHC plan", "E"),
        (v.SEN_PROVISION, "None", "N"),
        (v.SEN_PROVISION, "School Action", "A"),
        (v.SEN_PROVISION, "School Action +", "P"),
        (v.SEN_PROVISION, "-", None),
        (v.HALF_TERM, "Autumn 1", "Autumn1"),
        (v.HALF_TERM, "autumn1", "Autumn1"),
        (v.HALF_TERM, "Spring 2nd half", "Spring2"),
        (v.AREA_OF_NEED, "Cognition & Learning", "Cognition and learning"),
        (v.SUBJECT, "Maths", "Mathematics"),
        (v.SUBJECT, "Forest school", "Forest school"),
        (v.UPN, " b80120000500\u200b1", "B801200005001"),
        (v.MIS_ID, "3512.0", "3512"),
        (v.MIS_ID, "003512", "003512"),
        (v.MIS_ID, "n/a", None),
        (v.SURNAME, "Null", "Null"),
        (v.SURNAME, "-", "-"),
        (v.SURNAME, "O\u2019Neil\x00", "O\u2019Neil"),
        (v.SURNAME, "Zoe\u0301", "Zo\u00e9"),
        (v.SURNAME, "A\tB", "A B"),
        (v.SURNAME, "\u202ebad", "bad"),
        (v.SURNAME, " \u00a0 ", None),
    ],
)
def test_values_are_read_as_schools_write_them(column: Column, text: str, value: Any) -> None:
    result = read(column, text)
    assert result is value if value is UNREADABLE or value is None else result == value


@given(st.text(max_size=30))
@settings(max_examples=150, deadline=None)
def test_any_text_at_all_is_read_or_refused_without_an_error(text: str) -> None:
    for column in (A_DATE, SOME_MONEY, A_COUNT, A_NUMBER, A_FLAG, v.ACADEMIC_YEAR, v.NC_YEAR, v.UPN, v.SURNAME):
        read(column, text)


@pytest.mark.parametrize("text", ["-2", "-2.0", f"{MINUS}2", f"{DASH}2", f"{MINUS} 2"])
def test_a_minus_is_read_however_the_program_wrote_it(text: str) -> None:
    assert read(A_COUNT, text) == read(A_NUMBER, text) == -2


@pytest.mark.parametrize("text", [f"2{DASH}4", f"2{MINUS}4", f"{DASH}{DASH}2", f"{MINUS}x", f"{DASH} {DASH}"])
def test_a_dash_between_or_before_anything_else_is_no_number(text: str) -> None:
    assert read(A_COUNT, text) is UNREADABLE
    assert read(A_NUMBER, text) is UNREADABLE
