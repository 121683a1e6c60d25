"""From ticks to levels and a band, by hand."""

from __future__ import annotations

import pytest

from expectations.banding import Criterion, band_of, join_codes, levels_of, split_codes

CRITERIA = {
    "C1": Criterion("Talk", 1),
    "C3": Criterion("Talk", 3),
    "S2": Criterion("Self", 2),
    "S4": Criterion("Self", 4),
}


@pytest.mark.parametrize(
    ("ticked", "levels", "highest", "middle"),
    [
        ((), {"Talk": 0, "Self": 0}, None, None),
        (("C1",), {"Talk": 1, "Self": 0}, 1, 1),
        (("C1", "C3", "S2"), {"Talk": 3, "Self": 2}, 3, 3),
        (("C1", "S4"), {"Talk": 1, "Self": 4}, 4, 4),
        (("X9",), {"Talk": 0, "Self": 0}, None, None),
    ],
)
def test_the_highest_tick_of_each_descriptor_counts(
    ticked: tuple[str, ...], levels: dict[str, int], highest: int | None, middle: int | None
) -> None:
    assert levels_of(ticked, CRITERIA) == levels
    assert band_of(levels.values(), "HIGHEST") == highest
    assert band_of(levels.values(), "MIDDLE") == middle


def test_the_middle_of_three_levels_and_none_of_nought() -> None:
    assert band_of([4, 1, 2, 0, 0], "MIDDLE") == 2
    assert band_of([0, 0], "MIDDLE") is None


def test_codes_are_split_as_people_write_them_and_joined_in_order() -> None:
    assert split_codes(" c1; S2,C1\nc3 ;;") == ("C1", "S2", "C3")
    assert split_codes(None) == split_codes("") == ()
    assert join_codes({"S2", "C1"}) == "C1;S2"
