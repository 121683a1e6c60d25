"""The difference between a group and like others: by hand, against its plain twin, and what must not change it."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from models.stratified import find_gap
from tests.support.plain_identification import plain_gap


def test_one_stratum_is_the_plain_difference() -> None:
    """20 girls of 100 and 30 boys of 100: ten girls fewer than at the boys' share."""
    gap = find_gap([20], [100], [30], [100])
    assert gap is not None
    assert gap.fewer == pytest.approx(10)
    assert gap.error == pytest.approx(100 * math.sqrt(0.2 * 0.8 / 100 + 0.3 * 0.7 / 100), rel=0.01)
    low, high = gap.within()
    assert low < 0 < high


def test_strata_undo_a_difference_that_is_only_of_their_mix() -> None:
    """Both list half of the low scores and none of the high ones; the girls have fewer low scores."""
    gap = find_gap([10, 0], [20, 80], [40, 0], [80, 20])
    assert gap is not None
    assert gap.fewer == pytest.approx(0)


def test_a_stratum_without_others_tells_nothing() -> None:
    with_it, without = find_gap([5, 9], [20, 10], [8, 0], [20, 0]), find_gap([5], [20], [8], [20])
    assert with_it == without
    assert find_gap([9], [10], [0], [0]) is None
    assert find_gap([], [], [], []) is None


@pytest.mark.parametrize("counts", [([3], [2], [0], [5]), ([-1], [2], [0], [5]), ([1], [2], [6], [5])])
def test_impossible_counts_are_refused(counts: tuple[list[int], ...]) -> None:
    with pytest.raises(ValueError, match="more than its group"):
        find_gap(*counts)


STRATUM = st.tuples(st.integers(0, 30), st.integers(0, 30), st.integers(0, 30), st.integers(0, 30)).filter(
    lambda cells: cells[0] <= cells[1] and cells[2] <= cells[3]
)


@given(st.lists(STRATUM, min_size=1, max_size=8))
@settings(max_examples=80, deadline=None)
def test_it_equals_its_plain_twin_and_swapping_sides_flips_the_sign(strata: list[tuple[int, int, int, int]]) -> None:
    assume(any(n and m for _, n, _, m in strata))
    hits, pupils, other_hits, others = (list(column) for column in zip(*strata, strict=True))
    gap, swapped = find_gap(hits, pupils, other_hits, others), find_gap(other_hits, others, hits, pupils)
    assert gap is not None
    assert swapped is not None
    assert (gap.fewer, gap.error) == pytest.approx(plain_gap(strata), abs=1e-6)
    assert gap.fewer / gap.pupils == pytest.approx(-swapped.fewer / swapped.pupils, abs=1e-9)
    twice = find_gap(*([2 * one for one in column] for column in (hits, pupils, other_hits, others)))
    assert twice is not None
    assert twice.fewer == pytest.approx(2 * gap.fewer, abs=1e-9)


def test_with_no_difference_a_range_misses_it_one_time_in_twenty() -> None:
    numbers, missed = np.random.default_rng(7), 0
    sizes, shares = np.array([4, 9, 15, 22]), np.array([0.6, 0.3, 0.15, 0.05])
    for _ in range(1500):
        gap = find_gap(numbers.binomial(sizes, shares).tolist(), sizes.tolist(),
                       numbers.binomial(sizes + 3, shares).tolist(), (sizes + 3).tolist())  # fmt: skip
        assert gap is not None
        low, high = gap.within()
        missed += not low <= 0 <= high
    assert 0.025 < missed / 1500 < 0.085
