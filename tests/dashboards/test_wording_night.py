"""The central team's first sentences: whether the release stands, what was not taken, whether a row is lost."""

from typing import Any

import pytest

from dashboards.wording import night as words

TAKEN, REFUSED, HELD = ({"state": state} for state in ("TAKEN", "REFUSED", "HELD"))


def balance(came: int, accepted: int, aside: int) -> dict[str, Any]:
    return {"rows_count": came, "accepted_rows_count": accepted, "quarantined_rows_count": aside}


def test_a_whole_night_is_said_in_three_sentences() -> None:
    assert words.night_sentences(7, True, [TAKEN, TAKEN], [balance(10, 9, 1)]) == (
        "Release 7 is whole, and it is what everyone sees.",
        "Every file that came was taken.",
        "Every source is in balance: no row is lost.",
    )


@pytest.mark.parametrize(
    ("files", "start"),
    [([TAKEN, REFUSED], "1 of 2 files was not taken. "), ([HELD, REFUSED, TAKEN], "2 of 3 files were not taken. ")],
)
def test_what_was_not_taken_is_counted_with_where_the_next_step_stands(files: list[Any], start: str) -> None:
    said = words.night_sentences(7, True, files, [])[1]
    assert said.startswith(start)
    assert "what to do, stands below" in said


def test_an_unreadable_release_and_a_lost_row_are_said() -> None:
    stands, _, rows = words.night_sentences(6, False, [], [balance(10, 8, 1), balance(5, 5, 0)])
    assert stands == "A newer release cannot be read: everyone sees release 6, the last one that is whole."
    assert rows == "1 source out of balance: rows are lost. Tell whoever keeps Orchard today."
