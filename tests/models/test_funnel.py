"""Exact limits, over-dispersion and the interval of O/E: hand values, published values, statsmodels, a plain twin."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.funnel import (
    FEWEST_SCHOOLS,
    Spread,
    exact_limits,
    expected_false_alarms,
    find_spread,
    limits_of,
    poisson_interval,
    wider_limits,
)
from tests.support.plain_identification import plain_limit, plain_spread


@pytest.mark.parametrize(
    ("observed", "low", "high"),
    [(0, 0.0, 3.689), (1, 0.0253, 5.572), (10, 4.795, 18.390), (50, 37.111, 65.919)],
)
def test_the_poisson_interval_is_garwoods(observed: int, low: float, high: float) -> None:
    """Values of the printed tables of exact Poisson limits."""
    assert poisson_interval(observed, 1.0) == pytest.approx((low, high), abs=6e-4)
    assert poisson_interval(observed, 20.0) == pytest.approx((low / 20, high / 20), abs=6e-5)


def test_the_poisson_interval_equals_statsmodels() -> None:
    from statsmodels.stats.rates import confint_poisson

    for observed in (1, 7, 84, 400):
        assert poisson_interval(observed, 60.5) == pytest.approx(
            tuple(confint_poisson(observed, 60.5, method="exact-c")), rel=1e-9
        )


@pytest.mark.parametrize(("observed", "expected"), [(-1, 1.0), (1, 0.0), (1, -2.0)])
def test_no_interval_of_the_impossible(observed: int, expected: float) -> None:
    with pytest.raises(ValueError, match="negative or nothing"):
        poisson_interval(observed, expected)


def test_limits_of_ten_by_hand() -> None:
    """Of ten with a half expected: F(1) = 11/1024, F(2) = 56/1024, F(7) = 968/1024, F(8) = 1013/1024."""
    found = exact_limits(5.0, 10)
    assert found.low_95 == pytest.approx(2 - (56 - 25.6) / 45)
    assert found.high_95 == pytest.approx(8 - (1013 - 998.4) / 45)
    assert found.low_998 == pytest.approx(1 - (11 - 1.024) / 10)
    assert found.high_998 == pytest.approx(9 - (1023 - 1022.976) / 10)


@given(st.integers(12, 90), st.integers(1, 11))
@settings(max_examples=40, deadline=None)
def test_limits_equal_exact_arithmetic(pupils: int, expected: int) -> None:
    found = exact_limits(float(expected), pupils)
    share = Fraction(expected, pupils)
    points = ((found.low_95, "0.025"), (found.high_95, "0.975"), (found.low_998, "0.001"), (found.high_998, "0.999"))
    for limit, point in points:
        assert limit == pytest.approx(plain_limit(Fraction(point), pupils, share), abs=1e-6)
    assert found.low_998 <= found.low_95 < expected < found.high_95 < found.high_998


@pytest.mark.parametrize("expected", [0.0, 20.0, -1.0, 21.0])
def test_no_limits_where_nobody_or_everybody_was_expected(expected: float) -> None:
    with pytest.raises(ValueError, match="between nobody and everybody"):
        exact_limits(expected, 20)


def test_998_of_1000_schools_that_list_as_expected_lie_within() -> None:
    numbers = np.random.default_rng(5)
    found = exact_limits(45.0, 300)
    counts = numbers.binomial(300, 0.15, size=200_000)
    outside = ((counts < found.low_998) | (counts > found.high_998)).mean()
    assert 0.001 < outside < 0.004
    assert 0.03 < ((counts < found.low_95) | (counts > found.high_95)).mean() < 0.07


NEAR = ([50, 43, 47, 40, 52, 45, 46, 38], [45.0] * 8, [300] * 8)
APART = ([90, 12, 47, 80, 20, 45, 75, 18], [45.0] * 8, [300] * 8)


def test_schools_that_differ_by_chance_keep_the_exact_limits() -> None:
    spread = find_spread(*NEAR)
    assert spread.phi is not None
    assert spread.phi < 1
    assert not spread.is_wider_than_chance
    assert limits_of(45.0, 300, spread) == exact_limits(45.0, 300)


def test_schools_that_differ_by_more_get_wider_limits() -> None:
    spread = find_spread(*APART)
    assert spread.is_wider_than_chance
    wide, exact = limits_of(45.0, 300, spread), exact_limits(45.0, 300)
    assert wide.low_95 < exact.low_95
    assert wide.high_998 > exact.high_998
    assert wider_limits(45.0, 300, 0.0).high_95 == pytest.approx(exact.high_95, abs=1.5)


@given(st.lists(st.integers(5, 110), min_size=8, max_size=16))
@settings(max_examples=60, deadline=None)
def test_the_spread_equals_its_plain_twin(observed: list[int]) -> None:
    pupils = [250 + 13 * place for place in range(len(observed))]
    expected = [0.16 * n for n in pupils]
    found, plain = find_spread(observed, expected, pupils), plain_spread(observed, expected, pupils)
    assert found.phi == pytest.approx(plain[0])
    assert found.tau2 == pytest.approx(plain[1], abs=1e-12)


def test_below_eight_schools_nothing_is_estimated() -> None:
    assert find_spread(*(part[: FEWEST_SCHOOLS - 1] for part in APART)) == Spread(7, None, 0.0)
    assert find_spread(*(part[:FEWEST_SCHOOLS] for part in APART)).phi is not None


def test_false_alarms_and_ends_of_the_scale() -> None:
    assert expected_false_alarms(7) == pytest.approx(0.014)
    everywhere = wider_limits(1.0, 300, 1.0)
    assert everywhere.low_998 == 0.0
    assert everywhere.high_998 == pytest.approx(300)
    assert math.isfinite(everywhere.high_95)
