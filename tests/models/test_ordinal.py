"""Rank methods against hand-counted pairs, the plain twins, scipy and statsmodels, and where they have no answer."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.ordinal import proportional_odds, superiority
from models.scores import Reason
from tests.support import plain_ordinal as plain
from tests.support.plain_estimation import solve, t_multiplier
from tests.support.results import assert_figures_or_reason

LEVELS = st.lists(st.integers(1, 6).map(float), min_size=2, max_size=15)


def make_levels(seed: int = 3, treated_count: int = 30, comparison_count: int = 70, effect: float = 0.9):
    """Levels 0 to 4 that rise with where a pupil started, and by ``effect`` on the scale of log-odds."""
    draw = np.random.default_rng(seed)
    treated = np.arange(treated_count + comparison_count) < treated_count
    start = draw.normal(size=treated.size)
    hidden = start + effect * treated + draw.logistic(size=treated.size)
    return np.digitize(hidden, [-1.5, -0.3, 0.8, 2.0]), treated, start[:, None]


class TestSuperiority:
    def test_hand_counted(self):
        # 2, 3, 3 against 1, 2, 3: 1.5 + 2.5 + 2.5 of 9 pairs.
        assert superiority([2, 3, 3], [1, 2, 3]).rate == pytest.approx(6.5 / 9)

    @settings(max_examples=80, deadline=None)
    @given(LEVELS, LEVELS)
    def test_equals_plain_twin(self, ours, theirs):
        result = superiority(ours, theirs)
        assert_figures_or_reason(result)
        if result.reason_code is not Reason.OK:
            is_apart = min(ours) > max(theirs) or max(ours) < min(theirs)
            assert result.reason_code is (Reason.SEPARATED if is_apart else Reason.NO_SPREAD)
            return
        rate, error, freedom = plain.superiority(ours, theirs)
        assert (result.rate, result.standard_error) == pytest.approx((rate, error))
        assert result.degrees_of_freedom == pytest.approx(freedom)
        assert 0 < result.lower < rate < result.upper < 1

    @settings(max_examples=80, deadline=None)
    @given(LEVELS, LEVELS)
    def test_equals_scipy(self, ours, theirs):
        from scipy import stats

        result = superiority(ours, theirs)
        if result.reason_code is not Reason.OK:
            return
        u = stats.mannwhitneyu(ours, theirs, method="asymptotic").statistic
        assert result.rate == pytest.approx(u / (len(ours) * len(theirs)))
        oracle = stats.brunnermunzel(theirs, ours)
        statistic = (result.rate - 0.5) / result.standard_error
        assert statistic == pytest.approx(oracle.statistic, abs=1e-9)
        assert 2 * stats.t.sf(abs(statistic), result.degrees_of_freedom) == pytest.approx(oracle.pvalue, abs=1e-9)

    def test_interval_on_the_scale_of_log_odds(self):
        result = superiority([2, 3, 3, 5], [1, 2, 3, 1])
        odds = math.log(result.rate / (1 - result.rate))
        half = t_multiplier(result.degrees_of_freedom) * result.standard_error / (result.rate * (1 - result.rate))
        assert (result.lower, result.upper) == pytest.approx(
            (1 / (1 + math.exp(half - odds)), 1 / (1 + math.exp(-half - odds))), abs=1e-6
        )

    @settings(max_examples=40, deadline=None)
    @given(LEVELS, st.lists(st.tuples(st.integers(1, 6).map(float), st.floats(0.05, 1)), min_size=3, max_size=15))
    def test_weighted_equals_plain_twin(self, ours, weighed):
        theirs, weights = zip(*weighed, strict=True)
        result = superiority(ours, theirs, weights)
        assert_figures_or_reason(result)
        if result.reason_code is Reason.OK:
            rate, error, freedom = plain.superiority(ours, theirs, weights)
            assert (result.rate, result.standard_error) == pytest.approx((rate, error))
            assert result.degrees_of_freedom == pytest.approx(freedom)

    def test_equal_weights_are_no_weights(self):
        assert superiority([2, 3, 3], [1, 2, 3], [0.4] * 3).upper == pytest.approx(
            superiority([2, 3, 3], [1, 2, 3]).upper
        )

    def test_all_weight_on_one_pupil_is_no_comparison(self):
        assert superiority([2, 3, 3], [1, 2, 3], [0, 1, 0]).reason_code is Reason.THIN_COMPARISON

    def test_only_the_order_of_levels_counts(self):
        one, other = superiority([2, 3, 3], [1, 2, 3]), superiority([20, 99, 99], [-5, 20, 99])
        assert (one.rate, one.lower) == (other.rate, other.lower)

    def test_covers_the_truth_at_the_stated_rate(self):
        # Levels 0-4 with odds of e^0.9: the true share is estimated once from a million pairs.
        draw = np.random.default_rng(5)
        ours, theirs = (np.digitize(draw.logistic(shift, 1, 200_000), [-1, 0, 1, 2]) for shift in (0.9, 0.0))
        truth = superiority(ours, theirs).rate
        held = 0
        for _ in range(300):
            result = superiority(draw.choice(ours, 15), draw.choice(theirs, 60))
            held += result.lower <= truth <= result.upper
        assert held / 300 >= 0.95 - 3 * math.sqrt(0.95 * 0.05 / 300)

    @pytest.mark.parametrize(
        ("ours", "theirs", "reason"),
        [
            ([], [1, 2], Reason.NO_TREATED), ([1, 2], [], Reason.NO_COMPARISON), ([1], [1, 2, 3], Reason.TOO_FEW),
            ([1, 2], [2], Reason.TOO_FEW), ([4] * 5, [4] * 5, Reason.NO_SPREAD), ([4, 5], [1, 2], Reason.SEPARATED),
            ([1, 2], [4, 5], Reason.SEPARATED), ([1, math.nan], [1, 2], Reason.NOT_FINITE),
            ([1, 2], [1, math.inf], Reason.NOT_FINITE),
        ],
    )  # fmt: skip
    def test_no_answer_has_its_reason(self, ours, theirs, reason):
        result = superiority(ours, theirs)
        assert result.reason_code is reason
        assert_figures_or_reason(result)

    @pytest.mark.parametrize("weights", [[0, 0], [1, -1], [1, math.nan]])
    def test_impossible_weights_are_a_reason(self, weights):
        assert superiority([1, 2], [1, 2], weights).reason_code is Reason.NOT_FINITE

    def test_a_weight_for_each(self):
        with pytest.raises(ValueError, match="One weight"):
            superiority([1, 2], [1, 2], [1.0])


class TestProportionalOdds:
    def test_two_levels_without_covariates_by_hand(self):
        # 8 of 10 against 20 of 40: odds 4 over odds 1; SE^2 = 1/8 + 1/2 + 1/20 + 1/20.
        ranks = [1] * 8 + [0] * 2 + [1] * 20 + [0] * 20
        result = proportional_odds(ranks, np.arange(50) < 10, np.empty((50, 0)))
        assert result.ratio == pytest.approx(4.0)
        assert result.standard_error == pytest.approx(math.sqrt(1 / 8 + 1 / 2 + 1 / 20 + 1 / 20))
        assert (result.lower, result.upper) == pytest.approx(
            (4 * math.exp(-1.959964 * result.standard_error), 4 * math.exp(1.959964 * result.standard_error)), rel=1e-6
        )

    @pytest.mark.parametrize("seed", [3, 4, 5])
    def test_equals_statsmodels_and_the_plain_information(self, seed):
        from statsmodels.miscmodels.ordinal_model import OrderedModel

        ranks, treated, start = make_levels(seed)
        result = proportional_odds(ranks, treated, start)
        table = np.column_stack([treated, start]).astype(float)
        oracle = OrderedModel(ranks, table, distr="logit").fit(method="bfgs", disp=0, gtol=1e-8)
        assert result.log_ratio == pytest.approx(oracle.params[0], abs=1e-4)
        # statsmodels gives the observed information, ours is the expected: alike, not equal
        assert result.standard_error == pytest.approx(oracle.bse[0], rel=0.03)
        cuts = oracle.model.transform_threshold_params(oracle.params)[1:-1].tolist()
        information = plain.expected_information(cuts, oracle.params[:2].tolist(), table.tolist())
        size = len(information)
        inverse = solve(information, [[1.0 if i == j else 0.0 for j in range(size)] for i in range(size)])
        at = len(cuts)
        assert result.standard_error == pytest.approx(math.sqrt(inverse[at][at]), rel=1e-3)

    def test_many_levels_that_nobody_shares(self):
        from statsmodels.miscmodels.ordinal_model import OrderedModel

        draw = np.random.default_rng(6)
        treated, start = np.arange(60) < 20, draw.normal(size=60)
        points = start + 0.6 * treated + draw.logistic(size=60)
        result = proportional_odds(points, treated, start[:, None])
        ranks = np.argsort(np.argsort(points))
        table = np.column_stack([treated, start]).astype(float)
        oracle = OrderedModel(ranks, table, distr="logit").fit(method="bfgs", disp=0, maxiter=2000)
        assert result.log_ratio == pytest.approx(oracle.params[0], abs=2e-3)

    def test_whole_weights_act_as_copies(self):
        # 15 comparison pupils whose weights sum to 20, the number of the treated: each weight is a number of copies
        ranks, treated, start = make_levels(7, 20, 15)
        times = np.where(treated, 1, np.where(np.arange(35) < 30, 1, 2))
        copied = proportional_odds(*(np.repeat(part, times, axis=0) for part in (ranks, treated, start)))
        weighted = proportional_odds(ranks, treated, start, times[~treated])
        assert weighted.log_ratio == pytest.approx(copied.log_ratio, abs=1e-9)
        assert weighted.log_ratio != pytest.approx(proportional_odds(ranks, treated, start).log_ratio, abs=1e-3)

    def test_weighted_error_is_the_sandwich_and_covers(self):
        # Weights that fit the start of the treated; the truth is found 95 times in 100.
        held = 0
        for seed in range(150):
            draw = np.random.default_rng(seed)
            ranks, treated, start = make_levels(seed, 30, 120, 0.7)
            result = proportional_odds(ranks, treated, start, draw.uniform(0.5, 1.5, 120))
            held += result.lower <= math.exp(0.7) <= result.upper
        assert held / 150 >= 0.95 - 3 * math.sqrt(0.95 * 0.05 / 150)

    def test_swapping_arms_turns_the_ratio_over(self):
        ranks, treated, start = make_levels(8, 40, 40)
        one, other = proportional_odds(ranks, treated, start), proportional_odds(ranks, ~treated, start)
        assert (other.ratio, other.lower) == pytest.approx((1 / one.ratio, 1 / one.upper))

    def test_only_the_order_of_levels_and_not_the_unit_of_the_start_counts(self):
        ranks, treated, start = make_levels(9)
        one, other = proportional_odds(ranks, treated, start), proportional_odds(ranks**3 * 10, treated, 7 * start + 90)
        assert (other.ratio, other.upper) == pytest.approx((one.ratio, one.upper))

    def test_covariates_are_dropped_from_the_right_and_constants_first(self):
        ranks, treated, start = make_levels(10, 12, 60)
        table = np.column_stack([start, np.ones(72), np.arange(72) % 5, np.arange(72) % 7])
        assert proportional_odds(ranks, treated, table).covariates_used == (0, 2)

    @pytest.mark.parametrize(
        ("ranks", "treated", "covariates", "reason"),
        [
            ([], [], [], Reason.NO_TREATED),
            ([1, 2], [True, True], [[1], [2]], Reason.NO_COMPARISON),
            ([1, 2, 1, 2], [True, True, False, False], [[1], [2], [1], [2]], Reason.TOO_FEW),
            ([1] * 20, [True] * 10 + [False] * 10, [[1]] * 20, Reason.NO_SPREAD),
            ([2] * 10 + [1] * 10, [True] * 10 + [False] * 10, [[1]] * 20, Reason.SEPARATED),
            ([2] * 10 + [1] * 5 + [2] * 5, [True] * 10 + [False] * 10, [[1]] * 20, Reason.SEPARATED),
            ([1, 2] * 10, [True] * 10 + [False] * 10, [[1]] * 10 + [[0]] * 10, Reason.NO_OVERLAP),
            ([1, 2] * 10, [True] * 10 + [False] * 10, [[math.nan]] * 20, Reason.NOT_FINITE),
            ([1, math.nan] * 10, [True] * 10 + [False] * 10, [[1]] * 20, Reason.NOT_FINITE),
        ],
    )
    def test_no_answer_has_its_reason(self, ranks, treated, covariates, reason):
        result = proportional_odds(ranks, treated, covariates)
        assert result.reason_code is reason
        assert_figures_or_reason(result)

    def test_a_start_that_tells_the_end_exactly_is_no_stack_trace(self):
        treated = np.arange(40) % 2 == 0
        start = np.arange(40) // 2
        assert_figures_or_reason(proportional_odds(start // 5, treated, start[:, None]))

    @settings(max_examples=40, deadline=None)
    @given(st.lists(st.tuples(st.integers(0, 3), st.booleans(), st.integers(-2, 2)), max_size=40))
    def test_any_levels_give_figures_or_a_reason(self, pupils):
        ranks, treated, start = zip(*pupils, strict=True) if pupils else ((), (), ())
        assert_figures_or_reason(proportional_odds(ranks, treated, np.reshape(start, (-1, 1))))

    def test_arrays_that_do_not_fit_are_a_fault_of_the_caller(self):
        with pytest.raises(ValueError, match="differ in number"):
            proportional_odds([1, 2, 3], [True, False], [[1], [2], [3]])
