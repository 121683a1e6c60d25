"""Pooling against hand-computed answers, the plain twin, statsmodels, published meta-analyses, and at its edges."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from models.pooling import Pooled, effect_variance, false_discovery, pool_effects, shrink_effects
from models.scores import Reason
from tests.support import plain_pooling as plain
from tests.support.plain_estimation import correction, t_multiplier
from tests.support.results import assert_figures_or_reason

STUDIES = st.lists(st.tuples(st.floats(-1.5, 1.5), st.floats(0.005, 0.5)), min_size=5, max_size=14)
SPREAD_OUT = ([-2.0, -1.0, 0.0, 1.0, 2.0], [0.5] * 5)

# Tuberculosis cases and others, vaccinated then not: the 13 trials of BCG in Colditz and others 1994 (facts).
BCG = [
    (4, 119, 11, 128), (6, 300, 29, 274), (3, 228, 11, 209), (62, 13536, 248, 12619), (33, 5036, 47, 5761),
    (180, 1361, 372, 1079), (8, 2537, 10, 619), (505, 87886, 499, 87892), (29, 7470, 45, 7232), (17, 1699, 65, 1600),
    (186, 50448, 141, 27197), (5, 2493, 3, 2338), (27, 16886, 29, 17825),
]  # fmt: skip


def log_risk_ratios() -> tuple[list[float], list[float]]:
    effects = [math.log(a / (a + b)) - math.log(c / (c + d)) for a, b, c, d in BCG]
    return effects, [1 / a - 1 / (a + b) + 1 / c - 1 / (c + d) for a, b, c, d in BCG]


class TestPool:
    def test_hand_computed(self):
        # Equal variances: tau^2 = s^2 - v = 2.5 - 0.5 = 2; SE = sqrt(2.5 / 5); t(4) = 2.776445, t(3) = 3.182446.
        result = pool_effects(*SPREAD_OUT)
        assert (result.reason_code, result.count, result.mean) == (Reason.OK, 5, pytest.approx(0.0))
        assert result.tau == pytest.approx(math.sqrt(2))
        assert (result.lower, result.upper) == pytest.approx((-1.963243, 1.963243), abs=1e-6)
        assert (result.prediction_lower, result.prediction_upper) == pytest.approx(
            (-3.182446 * math.sqrt(2.5), 3.182446 * math.sqrt(2.5)), abs=1e-5
        )
        assert result.heterogeneity_q == pytest.approx(10 / 0.5)

    def test_homogeneous_estimates_have_no_spread_and_no_narrower_range_than_the_mean_allows(self):
        # Unmodified Hartung-Knapp would give a range of no width at all here.
        result = pool_effects([0.2] * 6, [0.04] * 6)
        assert (result.reason_code, result.tau, result.mean) == (Reason.NO_SPREAD_BETWEEN, 0.0, pytest.approx(0.2))
        half = t_multiplier(5) * math.sqrt(0.04 / 6)
        assert (result.lower, result.upper) == pytest.approx((0.2 - half, 0.2 + half), abs=1e-7)

    @settings(max_examples=60, deadline=None)
    @given(STUDIES)
    def test_equals_plain_twin(self, studies):
        effects, variances = zip(*studies, strict=True)
        result = pool_effects(effects, variances)
        found = [getattr(result, name) for name in ("mean", "lower", "upper", "tau")]
        found += [result.prediction_lower, result.prediction_upper]
        assert found == pytest.approx(plain.pool(effects, variances), abs=2e-6)
        assert (result.reason_code is Reason.OK) is (result.tau > 0)

    @settings(max_examples=60, deadline=None)
    @given(STUDIES)
    def test_the_spread_solves_its_own_equation_and_is_never_negative(self, studies):
        effects, variances = zip(*studies, strict=True)
        result = pool_effects(effects, variances)
        _, _, squares = plain.weighted_mean(effects, variances, result.tau**2)
        assert result.tau >= 0
        if result.tau > 0:
            assert squares == pytest.approx(len(effects) - 1, rel=1e-8)
        else:
            assert squares <= len(effects) - 1 + 1e-9

    def test_equals_statsmodels_iterated(self):
        from statsmodels.stats.meta_analysis import combine_effects

        draw = np.random.default_rng(4)
        variances = draw.uniform(0.01, 0.2, 15)
        effects = 0.1 + 0.3 * draw.normal(size=15) + np.sqrt(variances) * draw.normal(size=15)
        oracle = combine_effects(effects, variances, method_re="iterated", use_t=True)
        result = pool_effects(effects, variances)
        assert result.tau**2 == pytest.approx(oracle.tau2, rel=1e-6)
        assert result.mean == pytest.approx(oracle.mean_effect_re, rel=1e-6)
        assert result.heterogeneity_q == pytest.approx(oracle.q, rel=1e-9)

    def test_where_the_library_goes_below_zero_we_do_not(self):
        from statsmodels.stats.meta_analysis import combine_effects

        effects, variances = np.array([0.10, 0.12, 0.11, 0.09, 0.10, 0.13]), np.full(6, 0.05)
        assert combine_effects(effects, variances, method_re="chi2").tau2 < 0
        result = pool_effects(effects, variances)
        assert (result.tau, result.reason_code) == (0.0, Reason.NO_SPREAD_BETWEEN)
        assert_figures_or_reason(result)

    def test_bcg_trials_as_published(self):
        # metafor's documentation: REML -0.7145 (0.1798), tau2 0.3132, Q(12) = 152.23; DL -0.7141, 0.3088.
        effects, variances = log_risk_ratios()
        by_likelihood = plain.restricted_likelihood(effects, variances)
        assert by_likelihood == pytest.approx(0.3132, abs=5e-5)
        assert plain.weighted_mean(effects, variances, by_likelihood)[:2] == pytest.approx((-0.7145, 0.1798), abs=5e-5)
        one_step = plain.der_simonian_laird(effects, variances)
        assert one_step == pytest.approx(0.3088, abs=5e-5)
        assert plain.weighted_mean(effects, variances, one_step)[0] == pytest.approx(-0.7141, abs=5e-5)
        result = pool_effects(effects, variances)
        assert result.heterogeneity_q == pytest.approx(152.2330, abs=5e-5)
        assert result.tau**2 == pytest.approx(0.3181, abs=5e-5)
        assert result.mean == pytest.approx(-0.7150, abs=5e-5)

    @pytest.mark.parametrize("count", [0, 1, 2, 4])
    def test_below_five_nothing_is_pooled(self, count):
        result = pool_effects([0.1] * count, [0.02] * count)
        assert result == Pooled(Reason.TOO_FEW_TO_POOL, count)
        assert shrink_effects([0.1] * count, [0.02] * count, result) == ()

    @pytest.mark.parametrize(
        ("effects", "variances", "reason"),
        [
            ([0.1] * 4 + [math.nan], [0.1] * 5, Reason.NOT_FINITE),
            ([0.1] * 5, [0.1] * 4 + [math.inf], Reason.NOT_FINITE),
            ([0.1] * 5, [0.1] * 4 + [0.0], Reason.NO_INTERVAL),
            ([0.1] * 5, [0.1] * 4 + [-0.2], Reason.NO_INTERVAL),
            ([1e300, -1e300, 0.0, 1.0, 2.0], [1e-300] * 5, Reason.NO_FIT),
        ],
    )
    def test_hopeless_input_is_a_reason(self, effects, variances, reason):
        result = pool_effects(effects, variances)
        assert result.reason_code is reason
        assert_figures_or_reason(result)

    def test_a_variance_for_each_effect(self):
        with pytest.raises(ValueError, match="One variance"):
            pool_effects([0.1] * 5, [0.1] * 4)

    @settings(max_examples=40, deadline=None)
    @given(STUDIES, st.floats(-3, 3), st.floats(0.2, 5))
    def test_another_zero_or_unit_moves_the_figures_with_it(self, studies, shift, unit):
        effects, variances = np.array(studies).T
        one, other = pool_effects(effects, variances), pool_effects(shift + unit * effects, unit**2 * variances)
        assert other.mean == pytest.approx(shift + unit * one.mean, abs=1e-6)
        assert other.upper == pytest.approx(shift + unit * one.upper, abs=1e-6)
        assert other.tau == pytest.approx(unit * one.tau, abs=1e-5)


class TestShrink:
    def test_hand_computed(self):
        # w = 2 / 2.5 = 0.8; 2 becomes 1.6; SE^2 = 0.8 x 0.5 + 0.04 x 0.5 = 0.42; t(4) = 2.776445 and 0.740697.
        last = shrink_effects(*SPREAD_OUT, pool_effects(*SPREAD_OUT))[-1]
        assert (last.effect, last.kept_share) == pytest.approx((1.6, 0.8))
        assert last.standard_error == pytest.approx(math.sqrt(0.42))
        assert (last.lower, last.upper) == pytest.approx(
            (1.6 - 2.776445 * math.sqrt(0.42), 1.6 + 2.776445 * math.sqrt(0.42)), abs=1e-6
        )
        assert last.inner_upper - last.effect == pytest.approx(0.740697 * math.sqrt(0.42), abs=1e-6)

    @settings(max_examples=60, deadline=None)
    @given(STUDIES)
    def test_equals_plain_twin(self, studies):
        effects, variances = zip(*studies, strict=True)
        found = shrink_effects(effects, variances, pool_effects(effects, variances))
        for one, (effect, error) in zip(found, plain.shrink(effects, variances), strict=True):
            assert (one.effect, one.standard_error) == pytest.approx((effect, error), abs=1e-6)

    @settings(max_examples=60, deadline=None)
    @given(STUDIES)
    def test_lies_between_its_own_estimate_and_the_mean(self, studies):
        effects, variances = zip(*studies, strict=True)
        pooled = pool_effects(effects, variances)
        for own, variance, one in zip(effects, variances, shrink_effects(effects, variances, pooled), strict=True):
            assert min(own, pooled.mean) - 1e-12 <= one.effect <= max(own, pooled.mean) + 1e-12
            assert one.lower < one.inner_lower < one.effect < one.inner_upper < one.upper
            assert one.standard_error <= math.sqrt(variance) * (
                1 + 1e-9
            )  # what the others say never makes it less sure

    def test_without_spread_all_are_the_mean_with_the_range_of_the_mean(self):
        pooled = pool_effects([0.1, 0.2, 0.15, 0.12, 0.18], [0.05, 0.02, 0.04, 0.03, 0.09])
        assert pooled.reason_code is Reason.NO_SPREAD_BETWEEN
        for one in shrink_effects([0.1, 0.2, 0.15, 0.12, 0.18], [0.05, 0.02, 0.04, 0.03, 0.09], pooled):
            assert (one.effect, one.lower, one.upper) == pytest.approx((pooled.mean, pooled.lower, pooled.upper))
            assert one.kept_share == 0

    def test_shrinks_what_was_pooled(self):
        with pytest.raises(ValueError, match="that were pooled"):
            shrink_effects([0.1] * 6, [0.1] * 6, pool_effects(*SPREAD_OUT))


class TestVariance:
    def test_hand_computed(self):
        # J(98) x 2 / 15 squared + 0.09 / 200
        assert effect_variance(0.3, 2.0, 15.0, 20, 80) == pytest.approx((correction(98) * 2 / 15) ** 2 + 0.09 / 200)


class TestFalseDiscovery:
    def test_hand_computed(self):
        # Sorted .01 .02 .04 .5 of four: .04, .04, .0533, .5
        assert false_discovery([0.04, 0.5, 0.01, 0.02]) == pytest.approx((0.16 / 3, 0.5, 0.04, 0.04))

    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
    def test_equals_scipy(self, p_values):
        from scipy.stats import false_discovery_control

        assert false_discovery(p_values) == pytest.approx(false_discovery_control(p_values).tolist())

    def test_blanks_are_kept_and_not_counted(self):
        assert false_discovery([None, 0.02, None, 0.04]) == (None, 0.04, None, 0.04)
        assert false_discovery([]) == ()

    @pytest.mark.parametrize("wrong", [-0.1, 1.1, math.nan])
    def test_only_shares(self, wrong):
        with pytest.raises(ValueError, match="share from 0 to 1"):
            false_discovery([0.2, wrong])


@settings(max_examples=40, deadline=None)
@given(STUDIES, st.randoms(use_true_random=False))
def test_order_changes_nothing(studies, chance):
    mixed = list(studies)
    chance.shuffle(mixed)
    assume(mixed != studies)
    one, other = (pool_effects(*zip(*each, strict=True)) for each in (studies, mixed))
    assert (other.mean, other.upper, other.tau) == pytest.approx((one.mean, one.upper, one.tau), abs=1e-6)
