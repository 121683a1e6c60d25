"""Each check at its thresholds, by hand; the UPN's check letter by what modulo 23 promises."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from expectations import checks
from expectations.checks import UPN_LETTERS, ValidUpn
from tests.support.frames import upn

NAN = float("nan")
DAY = dt.date(2025, 9, 1)
UP_TO_TEN = checks.Between(0, 10)
DATES = checks.DateBetween(dt.date(2025, 9, 1), dt.date(2026, 8, 31))


def breaks(check: checks.Check, value: Any, kind: type[pl.DataType] | None = None) -> bool:
    """Whether one value breaks a column check."""
    return pl.DataFrame({"value": pl.Series([value], dtype=kind)}).select(check.failing("value")).item()


@pytest.mark.parametrize(
    ("check", "value", "is_broken"),
    [
        (UP_TO_TEN, -1, True), (UP_TO_TEN, 0, False), (UP_TO_TEN, 10, False), (UP_TO_TEN, 11, True),
        (UP_TO_TEN, -0.001, True), (UP_TO_TEN, 10.001, True), (UP_TO_TEN, NAN, True),
        (checks.Between(0, None), 10**15, False), (checks.Between(0, None), -1, True),
        (checks.Between(None, 0), -(10**15), False), (checks.Between(None, 0), 1, True),
        (checks.Between(0, None), NAN, True), (checks.Between(0, None), float("inf"), False),
        (DATES, dt.date(2025, 8, 31), True), (DATES, dt.date(2025, 9, 1), False),
        (DATES, dt.date(2026, 8, 31), False), (DATES, dt.date(2026, 9, 1), True), (DATES, dt.date(9999, 12, 31), True),
        (checks.OneOf(("K", "E")), "K", False), (checks.OneOf(("K", "E")), "k", True),
        (checks.OneOf(("K", "E")), "", True), (checks.OneOf(("K", "E")), "K ", True),
        (checks.Matches("[0-9]{3}", "three digits"), "123", False),
        (checks.Matches("[0-9]{3}", "three digits"), "1234", True),
        (checks.Matches("[0-9]{3}", "three digits"), "123\n", True),
        (checks.Matches("a|bc", "a or bc"), "bc", False), (checks.Matches("a|bc", "a or bc"), "ac", True),
    ],
)  # fmt: skip
def test_a_value_at_the_threshold(check: checks.Check, value: Any, is_broken: bool) -> None:
    assert breaks(check, value) is is_broken


@pytest.mark.parametrize(
    ("check", "kind"),
    [
        (UP_TO_TEN, pl.Int64),
        (UP_TO_TEN, pl.Float64),
        (DATES, pl.Date),
        (checks.OneOf(("K",)), pl.String),
        (checks.Matches("x", "x"), pl.String),
        (ValidUpn(), pl.String),
    ],
)
def test_a_blank_never_breaks_a_column_check(check: checks.Check, kind: type[pl.DataType]) -> None:
    assert breaks(check, None, kind) is False


def test_rules_across_columns() -> None:
    """Hand table: a row each for below, at, above, and with a blank on either side."""
    frame = pl.DataFrame(
        {
            "first_date": [DAY, DAY, DAY, None, DAY],
            "last_date": [dt.date(2025, 8, 31), DAY, dt.date(2025, 9, 2), DAY, None],
            "part_count": [3, 2, 1, None, 1],
            "whole_count": [2, 2, 2, 2, None],
        }
    )
    found = frame.select(
        date_order=checks.NotBefore("last_date", "first_date").failing(),
        above=checks.NotAbove("part_count", "whole_count").failing(),
    )
    assert found["date_order"].to_list() == [True, False, False, False, False]
    assert found["above"].to_list() == [True, False, False, False, False]


def test_parts_sum_to_the_whole_where_all_are_shown() -> None:
    frame = pl.DataFrame({"whole": [5, 5, 5, None], "one": [2, 2, None, 1], "two": [3, 2, 3, 1]})
    assert frame.select(checks.SumsTo("whole", ("one", "two")).failing()).to_series().to_list() == [
        False,
        True,
        False,
        False,
    ]


def test_a_key_twice_marks_both_rows_and_a_blank_equals_a_blank() -> None:
    frame = pl.DataFrame({"a": [1, 1, 1, 2, 2], "b": ["x", "x", "y", None, None]})
    assert frame.select(checks.UniqueTogether(("a", "b")).failing()).to_series().to_list() == [
        True,
        True,
        False,
        True,
        True,
    ]


def test_a_upn_worked_by_hand() -> None:
    """A published sample: 8·2 + 1·4 + 2·5 + 5·10 + 1·13 = 93 for 801200005001, and 93 = 4·23 + 1: the letter is B.

    With Q as its last character (Q = 14) in place of 1, 80 + 14·13 = 262 = 11·23 + 9: the letter is K.
    """
    digits = [int(d) for d in "801200005001"]
    assert sum(d * w for d, w in zip(digits, range(2, 14), strict=True)) == 93
    assert UPN_LETTERS[93 % 23] == "B"
    assert breaks(ValidUpn(), "B801200005001") is False
    assert breaks(ValidUpn(), "C801200005001") is True
    assert breaks(ValidUpn(), "K80120000500Q") is False


@pytest.mark.parametrize(
    "malformed",
    ["", "B80120000500", "B8012000050011", "b801200005001", "I801200005001", "B80120000500I", "B801200005001 ",
     "8801200005001", "B8012000 5001", "B80120000500é", "B801200005001\n", "B８01200005001"],
)  # fmt: skip
def test_what_has_not_the_form_is_no_upn(malformed: str) -> None:
    assert breaks(ValidUpn(), malformed) is True


upns = st.builds(upn, st.integers(0, 9_999_999), st.booleans())


@given(upns)
def test_every_slip_of_one_character_is_caught(right: str) -> None:
    """Weights 2 to 13 and differences up to 22 are never a multiple of 23, which is prime: no slip passes."""
    slips = [
        right[:place] + other + right[place + 1 :]
        for place in range(13)
        for other in (UPN_LETTERS if right[place] in UPN_LETTERS else "0123456789")
        if other != right[place]
    ]
    assert pl.DataFrame({"upn": [right, *slips]}).select(ValidUpn().failing("upn")).to_series().to_list() == [
        False,
        *[True] * len(slips),
    ]


@given(upns)
def test_every_swap_of_two_characters_is_caught(right: str) -> None:
    """Two digits swapped change the sum by a product of two numbers below 23: neighbours or not, none passes."""
    swaps = [
        right[:first] + right[second] + right[first + 1 : second] + right[first] + right[second + 1 :]
        for first in range(1, 13)
        for second in range(first + 1, 13)
        if right[first] != right[second]
    ]
    assert pl.DataFrame({"upn": swaps}, schema={"upn": pl.String}).select(ValidUpn().failing("upn").all()).item()


@given(st.text(max_size=15))
def test_any_text_is_judged(text: str) -> None:
    assert breaks(ValidUpn(), text) in (True, False)


@pytest.mark.parametrize(
    ("check", "words"),
    [
        (UP_TO_TEN, "must be between 0 and 10"),
        (checks.Between(2, None), "must be 2 or more"),
        (checks.Between(None, 2.5), "must be 2.5 or less"),
        (checks.Between(None, None), "must be a number"),
        (checks.Between(2010, 2045), "must be between 2010 and 2045"),
        (checks.Between(0, 10_000_000), "must be between 0 and 10,000,000"),
        (checks.PenceBetween(0, 500_000_050), "must be between £0 and £5,000,000.5"),
        (DATES, "must be a date from 01 Sep 2025 to 31 Aug 2026"),
        (checks.OneOf(("N", "K", "E")), "must be one of N, K, E"),
        (checks.OneOf(tuple("ABCDEFGHIJKLMN")), "must be one of A, B, C, D, E, F, G, H, I, J, K, L …"),
        (checks.Matches("x", "an x"), "must be an x"),
        (ValidUpn(), "must be a UPN of 13 characters with the right check letter"),
        (checks.NotBefore("end_date", "start_date"), "end_date must not be before start_date"),
        (checks.NotAbove("part", "whole"), "part must not be above whole"),
        (checks.SumsTo("whole", ("a", "b")), "a + b must equal whole"),
        (checks.UniqueTogether(("a", "b")), "a, b: each combination once"),
    ],
)
def test_a_check_describes_itself(check: checks.Check | checks.TableCheck, words: str) -> None:
    assert check.describe() == words
    assert check.next_step.endswith(".")
