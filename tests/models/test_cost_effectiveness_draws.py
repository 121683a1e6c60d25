"""Draws, quadrants, chances and Fieller's range: against hand values, the analytic answer and a refitting twin."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.adjustment import adjusted_difference
from models.cost_effectiveness_draws import (
    Moments,
    better_value,
    cost_of_a_point,
    draw_deviations,
    normal_better_value,
    quadrants,
)

Z = 1.959963984540054
CLEAR = Moments(4.0, 20_000.0, 1.0, 250_000.0, 0.0)
"""4 points more (error 1) for 200 pounds more (error 5 pounds)."""


def test_fieller_against_values_worked_out_by_hand() -> None:
    """a = 16 - 3.8415 = 12.1585; b = 80,000; c = 400,000,000 - 960,365; roots (b -+ sqrt(b^2 - ac)) / a."""
    ratio = cost_of_a_point(CLEAR)
    assert ratio.reason == "GIVEN"
    assert ratio.middle == 5_000
    assert (ratio.lower, ratio.upper) == pytest.approx((3_343.5, 9_816.1), abs=0.5)


def test_the_ends_of_fiellers_range_are_where_the_worth_of_the_gain_is_just_not_clear() -> None:
    moments = replace(CLEAR, covariance=200.0)
    ratio = cost_of_a_point(moments)
    for end in (ratio.lower, ratio.upper):
        assert end is not None
        variance = moments.cost_variance - 2 * end * moments.covariance + end**2 * moments.effect_variance
        assert (moments.cost - end * moments.effect) ** 2 == pytest.approx(Z**2 * variance)


def test_fieller_holds_the_true_ratio_95_times_in_100() -> None:
    numbers = np.random.default_rng(5)
    effects, costs = numbers.normal(5, 1, 4000), numbers.normal(300, 40, 4000)
    ranges = [cost_of_a_point(Moments(e, c, 1.0, 1600.0, 0.0)) for e, c in zip(effects, costs, strict=True)]
    given_ = [one for one in ranges if one.lower is not None and one.upper is not None]
    assert len(given_) > 3900
    held = sum(one.lower <= 60 <= one.upper for one in given_ if one.lower and one.upper) / len(given_)
    assert 0.938 < held < 0.962  # 0.95 and three and a half standard errors of 4,000 tries


@pytest.mark.parametrize(
    ("moments", "reason"),
    [
        (replace(CLEAR, effect=1.9), "NO_CLEAR_DIFFERENCE"),
        (replace(CLEAR, effect=0.0), "NO_CLEAR_DIFFERENCE"),
        (replace(CLEAR, cost=900.0), "COST_UNSURE"),
        (replace(CLEAR, cost=0.0, cost_variance=0.0), "COST_UNSURE"),
        (replace(CLEAR, cost=-20_000.0), "BETTER_AND_CHEAPER"),
        (replace(CLEAR, effect=-4.0), "BETTER_AND_CHEAPER"),
        (Moments(0.0, 0.0, 0.0, 0.0, 0.0), "NO_CLEAR_DIFFERENCE"),
    ],
)
def test_where_no_ratio_can_be_given_it_says_why(moments: Moments, reason: str) -> None:
    ratio = cost_of_a_point(moments)
    assert (ratio.reason, ratio.middle, ratio.lower, ratio.upper) == (reason, None, None, None)


@given(
    effect=st.floats(-20, 20), cost=st.floats(-50_000, 50_000), effect_error=st.floats(0, 10),
    cost_error=st.floats(0, 20_000), together=st.floats(-0.95, 0.95),
)  # fmt: skip
def test_a_ratio_is_never_negative_and_is_the_same_from_either_side(
    effect: float, cost: float, effect_error: float, cost_error: float, together: float
) -> None:
    covariance = together * effect_error * cost_error
    moments = Moments(effect, cost, effect_error**2, cost_error**2, covariance)
    ratio, turned = cost_of_a_point(moments), cost_of_a_point(replace(moments, effect=-effect, cost=-cost))
    assert ratio == turned
    if ratio.middle is not None and ratio.lower is not None and ratio.upper is not None:
        assert 0 < ratio.lower <= ratio.middle * (1 + 1e-9) <= ratio.upper * (1 + 1e-8)
        assert effect**2 > Z**2 * effect_error**2
    for price in (0, 10_000):
        chance = normal_better_value(moments, price)
        assert chance + normal_better_value(replace(moments, effect=-effect, cost=-cost), price) == pytest.approx(1)


def test_draws_spread_as_their_strata_do_and_lie_round_nothing() -> None:
    numbers = np.random.default_rng(3)
    deviations = numbers.normal(size=(240, 2)) * (1.0, 30.0) + np.repeat([[0.5, 0.0]], 240, axis=0)
    strata = [f"{at % 6}" for at in range(240)]
    drawn = draw_deviations(deviations, strata)
    expected = sum(
        len(part) / (len(part) - 1) * (part - part.mean(axis=0)).T @ (part - part.mean(axis=0))
        for part in (deviations[np.array(strata) == name] for name in set(strata))
    )
    scale = np.sqrt(np.outer(np.diag(expected), np.diag(expected)))
    assert np.cov(drawn.T) / scale == pytest.approx(expected / scale, abs=0.08)
    assert np.abs(drawn.mean(axis=0) / np.sqrt(np.diag(expected))).max() < 4 / sqrt(5000)
    assert np.array_equal(drawn, draw_deviations(deviations, strata))
    assert not np.array_equal(drawn, draw_deviations(deviations, strata, seed=1))


def test_pupils_alone_in_their_school_and_arm_are_drawn_together() -> None:
    deviations = np.array([[1.0, 0.0], [-1.0, 0.0], [3.0, 0.0]])
    assert draw_deviations(deviations, ["a", "b", "c"]).std(axis=0)[0] > 1
    assert np.array_equal(draw_deviations(deviations[:1], ["a"]), np.zeros((5000, 2)))


def test_draws_in_portions_are_draws() -> None:
    deviations = np.random.default_rng(1).normal(size=(900, 2))
    drawn = draw_deviations(deviations, ["one"] * 900)
    assert drawn.std(axis=0) == pytest.approx(deviations.std(axis=0) * sqrt(900), rel=0.05)


def test_the_chance_from_the_draws_is_that_of_the_normal_formula() -> None:
    numbers = np.random.default_rng(8)
    moments = Moments(1.5, 9_000.0, 1.2**2, 2_500.0**2, -800.0)
    covariance = [[1.2**2, -800.0], [-800.0, 2_500.0**2]]
    effects, costs = numbers.multivariate_normal([1.5, 9_000.0], covariance, 5000).T
    prices = (0, 2_000, 10_000, 30_000)
    for price, chance in zip(prices, better_value(effects, costs, prices), strict=True):
        assert chance == pytest.approx(normal_better_value(moments, price), abs=0.02)
    gain = (10_000 * 1.5 - 9_000) / sqrt(10_000**2 * 1.44 + 2 * 10_000 * 800 + 2_500**2)
    assert normal_better_value(moments, 10_000) == pytest.approx(NormalDist().cdf(gain))


def test_the_four_quarters_by_hand_and_what_lies_on_a_line_counts_half() -> None:
    effects, costs = np.array([1.0, 1.0, -1.0, -2.0]), np.array([-5.0, 5.0, -5.0, 5.0])
    assert quadrants(effects, costs) == (0.25, 0.25, 0.25, 0.25)
    assert quadrants(-effects, -costs) == (0.25, 0.25, 0.25, 0.25)
    assert quadrants(np.array([1.0, 2.0]), np.array([0.0, 0.0])) == (0.5, 0.5, 0, 0)
    assert better_value(np.array([0.0, 0.0]), np.array([0.0, 0.0]), (0, 100)) == (0.5, 0.5)
    assert normal_better_value(Moments(0, 0, 0, 0, 0), 100) == 0.5
    assert normal_better_value(Moments(1, 0, 0, 0, 0), 100) == 1


def test_the_spread_is_that_of_fitting_every_draw_again() -> None:
    """The twin: each draw refits the weighted regression over the pupils drawn, with their weights kept."""
    numbers = np.random.default_rng(11)
    count, ours = 260, 60
    treated = np.arange(count) < ours
    school = np.arange(count) % 4
    before = 90 + 8 * numbers.standard_normal(count)
    after = 20 + 0.8 * before + 2 * treated + school + 6 * numbers.standard_normal(count)
    whole = adjusted_difference(after, treated, before[:, None], school)
    assert whole.deviations is not None
    assert whole.shares is not None
    assert float(np.sqrt((whole.deviations**2).sum())) == pytest.approx(whole.standard_error)
    assert float(whole.shares @ after) == pytest.approx(whole.points)
    assert (whole.shares[treated].sum(), whole.shares[~treated].sum()) == pytest.approx((1, -1))

    design = np.column_stack([treated, before, school[:, None] == np.arange(4)]).astype(float)
    weight = np.where(treated, 1.0, ours / (count - ours))
    arms = [np.flatnonzero((school == s) & (treated == t)) for s in range(4) for t in (True, False)]
    slopes = []
    for _ in range(500):
        chosen = np.concatenate([numbers.choice(arm, arm.size) for arm in arms])
        root = np.sqrt(weight[chosen])[:, None]
        slopes.append(np.linalg.lstsq(design[chosen] * root, after[chosen] * root[:, 0], rcond=None)[0][0])
    drawn = draw_deviations(whole.deviations[:, None], [f"{s} {t}" for s, t in zip(school, treated, strict=True)])
    assert float(drawn.std()) == pytest.approx(float(np.std(slopes)), rel=0.15)
