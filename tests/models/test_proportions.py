"""Ranges of shares against published values, a plain twin and statsmodels."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.proportions import newcombe, unknown_band, wilson, wilson_bounds
from tests.support import plain_estimation as plain

GROUPS = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def test_published_values():
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)  # Newcombe 1998
    assert newcombe(56, 70, 48, 80) == pytest.approx((0.0524, 0.3339), abs=5e-5)  # Newcombe 1998
    assert wilson(0, 6) == pytest.approx((0.0, 0.390), abs=5e-4)  # METHODS C: "0/6 is 0% to 39%"


@settings(deadline=None)
@given(GROUPS)
def test_wilson_equals_plain_twin(group):
    assert wilson(*group) == pytest.approx(plain.wilson(*group), abs=1e-9)


def test_equal_to_statsmodels():
    from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

    for successes, n in [(0, 1), (1, 1), (1, 2), (5, 10), (9, 10), (22, 28), (20124, 22236)]:
        assert wilson(successes, n) == pytest.approx(proportion_confint(successes, n, method="wilson"), abs=1e-12)
    for counts in [(56, 70, 48, 80), (9, 10, 3, 10), (15, 17, 17, 17)]:
        oracle = confint_proportions_2indep(*counts, method="newcomb")
        assert newcombe(*counts) == pytest.approx(oracle, abs=1e-9)


@settings(deadline=None)
@given(GROUPS)
def test_the_range_holds_the_share_and_stays_between_nobody_and_everybody(group):
    low, high = wilson(*group)
    assert 0 <= low <= group[0] / group[1] <= high <= 1
    failures_low, failures_high = wilson(group[1] - group[0], group[1])
    assert (failures_low, failures_high) == pytest.approx((1 - high, 1 - low), abs=1e-12)


@settings(deadline=None)
@given(GROUPS)
def test_twice_the_pupils_narrow_the_range(group):
    low, high = wilson(*group)
    double_low, double_high = wilson(2 * group[0], 2 * group[1])
    assert double_high - double_low < high - low


def test_many_at_once_equal_one_at_a_time():
    successes, n = np.array([0, 3, 10, 0]), np.array([10, 10, 10, 0])
    low, high = wilson_bounds(successes, n)
    assert [*zip(low, high, strict=True)] == [wilson(int(s), int(m)) for s, m in zip(successes, n, strict=True)]


def test_of_nobody_everything_is_possible():
    assert wilson(0, 0) == (0.0, 1.0)
    assert newcombe(0, 0, 3, 9) == (-1.0, 1.0)
    assert unknown_band(0, 0, 0) is None


@settings(deadline=None)
@given(GROUPS, GROUPS)
def test_swapping_groups_mirrors_the_difference(one, other):
    low, high = newcombe(*one, *other)
    assert newcombe(*other, *one) == pytest.approx((-high, -low), abs=1e-12)


def test_unknown_band():
    # METHODS C: "22 to 25 of 28 leavers ... (three not traced)"
    band = unknown_band(22, 3, 28)
    assert (band.lower_rate, band.upper_rate) == pytest.approx((22 / 28, 25 / 28))
    assert band.leads
    assert not unknown_band(22, 2, 28).leads


def test_the_band_leads_only_above_a_tenth():
    assert not unknown_band(5, 1, 10).leads
    assert unknown_band(50, 11, 100).leads


@pytest.mark.parametrize("counts", [(-1, 5), (6, 5)])
def test_impossible_counts_are_refused(counts):
    with pytest.raises(ValueError, match="more than its group"):
        wilson(*counts)
    with pytest.raises(ValueError, match="more than its group"):
        unknown_band(counts[0], 0, counts[1])
