"""No cell that came from a file is run by a spreadsheet, and no ordinary cell is changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expectations.spreadsheets import FORMULA_SIGNS, inert, is_signed_number

SIGNS = "".join(FORMULA_SIGNS) + "＝＋－＠"


@pytest.mark.parametrize("text", [
    "=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "\u00a0=1", "\ufeff=1", "＝1+1",
    "-", "+", "--1", "-1-1", "-1.2.3", "+٣", '=HYPERLINK("http://192.0.2.1","x")',
])  # fmt: skip
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(text: str) -> None:
    assert inert(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "register - new.xlsx", "Elm", "3", "-3", "+4.5", "-0.25", "a=b", "'=1", "1-4"])
def test_ordinary_words_and_numbers_are_left_alone(text: str) -> None:
    assert inert(text) == text


@given(st.text(alphabet=st.sampled_from(SIGNS + " \u00a0ab1.0(")))
def test_nothing_begins_with_a_sign_but_a_number(text: str) -> None:
    made = inert(text)
    assert made in (text, f"'{text}")
    assert not made.lstrip(" \u00a0\u3000\ufeff").startswith(tuple(SIGNS)) or is_signed_number(made)
    assert inert(made) == made, "once is enough"
