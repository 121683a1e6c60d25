"""Figures that contradict each other: a child in two schools, in the trust once; hand answers."""

from __future__ import annotations

import pytest

from models.attack import Attack, Constraint, Knowledge, Place

A, B, TRUST, OTHER = (("mart", at, "plan_count") for at in range(4))
SCHOOLS = {TRUST: 1.0, A: -1.0, B: -1.0}


def known(*constraints: Constraint) -> Knowledge:
    return Knowledge({place for c in constraints for place in c.terms}, list(constraints))


def exactly(place: Place, value: float) -> Constraint:
    return Constraint({place: 1.0}, value, value)


@pytest.mark.parametrize("is_whole", [False, True])
def test_the_fewest_children_in_two_schools_that_explain_the_figures_put_off_the_sums_over_schools(
    *, is_whole: bool
) -> None:
    """7 and 5 in two schools, 10 in the trust: two are in both. What must hold holds still."""
    told = known(exactly(A, 7), exactly(B, 5), exactly(TRUST, 10), Constraint(SCHOOLS, 0, 0, is_loose=True),
                 Constraint({TRUST: 1.0, OTHER: -1.0}, 6, 6))  # fmt: skip
    attack = Attack(told, is_whole=is_whole)
    assert attack.range_of({A: 1.0}) == pytest.approx((7, 7))
    assert attack.range_of({OTHER: 1.0}) == pytest.approx((4, 4))


def test_a_hidden_count_keeps_the_room_that_children_in_two_schools_give_it() -> None:
    """The roll shows one child in both schools, so 6 of one school and 9 of the trust leave 2 to 4 of the other."""
    roll = [("mart", at, "pupils_count") for at in range(3)]
    told = known(exactly(A, 6), exactly(TRUST, 9), Constraint(SCHOOLS, 0, 0, is_loose=True),
                 exactly(roll[0], 20), exactly(roll[1], 20), exactly(roll[2], 39),
                 Constraint({roll[2]: 1.0, roll[0]: -1.0, roll[1]: -1.0}, 0, 0, is_loose=True))  # fmt: skip
    assert Attack(told).range_of({B: 1.0}) == pytest.approx((2, 4))


def test_figures_that_add_up_are_taken_at_their_word() -> None:
    told = known(exactly(A, 6), exactly(TRUST, 9), Constraint(SCHOOLS, 0, 0, is_loose=True))
    assert Attack(told).range_of({B: 1.0}) == pytest.approx((3, 3))


def test_what_no_child_in_two_schools_explains_is_doubted_too() -> None:
    """A part of 8 of a group of 6: no search breaks off the night."""
    told = known(exactly(A, 8), Constraint({B: 1.0, A: -1.0}, 0, float("inf")), exactly(B, 6))
    least, most = Attack(told).range_of({A: 1.0})
    assert least <= 8 <= most
