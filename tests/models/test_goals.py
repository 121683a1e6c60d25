"""Goals, ratio gain and reliable change: published and hand-computed answers, plain twins, limits."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.goals import (
    BrooksBand,
    Change,
    band_of,
    goal_attainment,
    ratio_gain,
    reliable_change,
    summarise_goals,
)
from models.scores import Reason
from tests.support import plain_goals as plain
from tests.support.results import assert_figures_or_reason

GOALS = st.lists(st.tuples(st.integers(-2, 2), st.floats(0.1, 9)), min_size=1, max_size=8)


class TestGoalAttainment:
    def test_three_goals_one_better_than_hoped(self):
        # 50 + 10 x 3 / sqrt(0.7 x 3 + 0.3 x 9): the figure of the erratum
        assert goal_attainment([1, 1, 1]) == pytest.approx(63.69, abs=0.005)

    def test_as_hoped_is_fifty_and_one_goal_moves_by_tens(self):
        assert [goal_attainment([level]) for level in (-2, -1, 0, 1, 2)] == [30, 40, 50, 60, 70]

    @settings(max_examples=60, deadline=None)
    @given(GOALS)
    def test_equals_plain_twin(self, goals):
        levels, weights = zip(*goals, strict=True)
        assert goal_attainment(levels, weights) == pytest.approx(plain.goal_attainment(levels, weights))

    @settings(max_examples=40, deadline=None)
    @given(GOALS, st.floats(0.01, 100))
    def test_only_proportions_of_weights_matter_and_signs_mirror(self, goals, unit):
        levels, weights = zip(*goals, strict=True)
        score = goal_attainment(levels, weights)
        assert goal_attainment(levels, [unit * w for w in weights]) == pytest.approx(score)
        assert goal_attainment([-x for x in levels], weights) == pytest.approx(100 - score)

    @pytest.mark.parametrize("levels", [[3], [-3], [0.5], [math.nan], [math.inf]])
    def test_levels_outside_the_scale_are_refused(self, levels):
        with pytest.raises(ValueError, match="from -2 to 2"):
            goal_attainment(levels)

    @pytest.mark.parametrize("weights", [[0.0], [-1.0], [math.nan], [math.inf]])
    def test_weights_are_above_zero(self, weights):
        with pytest.raises(ValueError, match="above 0"):
            goal_attainment([1], weights)

    @pytest.mark.parametrize(("levels", "weights"), [([], None), ([1, 2], [1.0])])
    def test_a_weight_for_each_of_some_goals(self, levels, weights):
        with pytest.raises(ValueError, match="at least one goal"):
            goal_attainment(levels, weights)


class TestSummary:
    def test_hand_computed(self):
        result = summarise_goals([50, 60, 40, 50, 70, 60, 50], [30, 40, None, 30, 40, 40, 30])
        assert (result.reason_code, result.pupils_count, result.with_start_count) == (Reason.OK, 7, 6)
        assert (result.median, result.mean) == (50, pytest.approx(380 / 7))
        assert (result.start_median, result.start_mean) == (35, 35)
        assert result.mean_change == pytest.approx((20 + 20 + 20 + 30 + 20 + 20) / 6)

    def test_starts_of_fewer_than_six_are_not_told(self):
        result = summarise_goals([50.0] * 7, [30.0] * 5 + [None] * 2)
        assert (result.mean, result.start_mean, result.mean_change, result.with_start_count) == (50, None, None, 5)

    @pytest.mark.parametrize(("count", "reason"), [(0, Reason.NO_TREATED), (1, Reason.TOO_FEW), (2, Reason.TOO_FEW),
                                                   (5, Reason.TOO_FEW), (6, Reason.OK)])  # fmt: skip
    def test_small_groups(self, count, reason):
        result = summarise_goals([50.0] * count)
        assert result.reason_code is reason
        assert_figures_or_reason(result, "start_median", "start_mean", "mean_change")

    def test_not_a_number(self):
        assert summarise_goals([50.0] * 6 + [math.nan]).reason_code is Reason.NOT_FINITE

    def test_a_start_for_each(self):
        with pytest.raises(ValueError, match="for each pupil"):
            summarise_goals([50.0, 50.0], [30.0])


class TestRatioGain:
    def test_ratio_of_sums_not_mean_of_ratios(self):
        # 6 pupils: one gains 12 months in 2, five gain 10 in 10: 62 / 52; the mean of ratios would be 1.83.
        result = ratio_gain([12, 10, 10, 10, 10, 10], [2, 10, 10, 10, 10, 10])
        assert (result.ratio, result.months_gained, result.months_between) == (pytest.approx(62 / 52), 62, 52)

    @settings(max_examples=40, deadline=None)
    @given(st.lists(st.tuples(st.integers(-12, 40), st.integers(1, 14)), min_size=6, max_size=20))
    def test_equals_plain_twin(self, pupils):
        gained, between = zip(*pupils, strict=True)
        assert ratio_gain(gained, between).ratio == pytest.approx(plain.ratio_gain(gained, between), abs=1e-12)

    @pytest.mark.parametrize(
        ("ratio", "band"),
        [(-0.5, "DOUBTFUL"), (1.39, "DOUBTFUL"), (1.4, "MODEST"), (1.99, "MODEST"), (2.0, "USEFUL"),
         (2.99, "USEFUL"), (3.0, "SUBSTANTIAL"), (3.99, "SUBSTANTIAL"), (4.0, "REMARKABLE"), (9.0, "REMARKABLE")],
    )  # fmt: skip
    def test_bands_at_their_limits(self, ratio, band):
        assert band_of(ratio) is BrooksBand(band)

    def test_a_limit_reached_by_sums_is_reached(self):
        assert ratio_gain([1.4] * 10, [1.0] * 10).band is BrooksBand.MODEST

    @pytest.mark.parametrize(("count", "has_band"), [(6, False), (9, False), (10, True)])
    def test_no_word_below_ten(self, count, has_band):
        assert (ratio_gain([20] * count, [10] * count).band is not None) is has_band

    @pytest.mark.parametrize(
        ("gained", "between", "reason"),
        [
            ([], [], Reason.NO_TREATED), ([5.0], [5.0], Reason.TOO_FEW), ([5.0] * 2, [5.0] * 2, Reason.TOO_FEW),
            ([5.0] * 5, [5.0] * 5, Reason.TOO_FEW), ([5.0] * 7, [5.0] * 6 + [0.0], Reason.NO_TIME_BETWEEN),
            ([5.0] * 7, [5.0] * 6 + [-3.0], Reason.NO_TIME_BETWEEN),
            ([5.0] * 6 + [math.nan], [5.0] * 7, Reason.NOT_FINITE),
        ],
    )  # fmt: skip
    def test_no_answer_has_its_reason(self, gained, between, reason):
        result = ratio_gain(gained, between)
        assert result.reason_code is reason
        assert_figures_or_reason(result)

    def test_months_for_each(self):
        with pytest.raises(ValueError, match="for each pupil"):
            ratio_gain([1.0], [])


class TestReliableChange:
    def test_thirteen_points(self):
        assert reliable_change(90, 100).needed_points == pytest.approx(13.148, abs=5e-4)

    @pytest.mark.parametrize(
        ("leaving", "change"), [(104, "RISEN"), (103, "WITHIN_CHANCE"), (90, "WITHIN_CHANCE"), (77, "WITHIN_CHANCE"),
                                (76, "FALLEN")],
    )  # fmt: skip
    def test_at_the_limit(self, leaving, change):
        assert reliable_change(90, leaving).change is Change(change)

    def test_hand_computed(self):
        # 15 sqrt(2 x 0.2) = 9.4868; 12 points are 1.2649 of them
        result = reliable_change(85, 97, 15, 0.8)
        assert (result.index, result.points, result.change) == (
            pytest.approx(1.2649, abs=5e-5),
            12,
            Change.WITHIN_CHANCE,
        )

    @pytest.mark.parametrize(("entry", "leaving"), [(None, 90), (90, None), (math.nan, 90), (90, math.inf)])
    def test_a_missing_score_is_a_reason(self, entry, leaving):
        result = reliable_change(entry, leaving)
        assert result.reason_code is Reason.NOT_FINITE
        assert_figures_or_reason(result)

    @pytest.mark.parametrize(
        ("sd", "retest"), [(0, 0.9), (-1, 0.9), (15, 1.0), (15, -0.1), (math.nan, 0.9), (15, math.nan)]
    )
    def test_impossible_settings_are_refused(self, sd, retest):
        with pytest.raises(ValueError, match="retest correlation"):
            reliable_change(90, 95, sd, retest)
