"""Estimators against hand-computed answers, plain twins, statsmodels, and at the edges of their data."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.adjustment import Method, adjusted_difference
from models.balancing import balance_comparison, balance_or_baseline
from models.estimation import expected_gain_from_selection, norm_referenced_gain
from models.scores import Reason, hedges_g
from tests.support import plain_estimation as plain

SCORES = st.lists(st.integers(69, 131).map(float), min_size=2, max_size=12)


def make_study(
    seed: int = 7, treated_count: int = 24, comparison_count: int = 90, effect: float = 0.0, schools: int = 3
):
    """Pupils chosen for a low noisy score, so that a bare before-and-after would mislead."""
    draw = np.random.default_rng(seed)
    size = treated_count + comparison_count
    treated = np.arange(size) < treated_count
    ability = np.where(treated, draw.normal(90, 9, size), draw.normal(97, 12, size))
    baseline = ability + draw.normal(0, 5, size)
    covariates = np.column_stack(
        [baseline, draw.normal(110, 9, size), draw.random(size) < 0.35, draw.random(size) < 0.2]
    )
    school = np.arange(size) % schools
    leaving = 20 + 0.8 * baseline + effect * treated + 2.0 * school + draw.normal(0, 7, size)
    return leaving, treated, covariates.astype(float), school


def balanced(leaving, treated, covariates, school):
    balance = balance_or_baseline(covariates[~treated], covariates[treated].mean(axis=0), int(treated.sum()))
    assert balance.is_accepted
    return adjusted_difference(leaving, treated, covariates, school, balance.weights)


def make_selected_study(seed: int, effect: float):
    """Retest correlation 0.8; a quarter of those below 92 are picked: regression to the mean at full strength."""
    draw = np.random.default_rng(seed)
    ability = draw.normal(100, 13.4, 400)
    baseline, leaving = ability + draw.normal(0, 6.7, 400), ability + draw.normal(0, 6.7, 400)
    treated = (baseline < 92) & (draw.random(400) < 0.25)
    covariates = np.column_stack([baseline, draw.normal(110, 9, 400)])
    return leaving + effect * treated, treated, covariates, np.arange(400) % 3


def balanced_or_none(leaving, treated, covariates, school):
    balance = balance_or_baseline(covariates[~treated], covariates[treated].mean(axis=0), int(treated.sum()))
    return adjusted_difference(leaving, treated, covariates, school, balance.weights) if balance.is_accepted else None


def figures(result) -> list[float]:
    """Every number in a result, with those in tuples and arrays."""
    found: list[float] = []
    for field in dataclasses.fields(result):
        value = getattr(result, field.name)
        if isinstance(value, (float, int)) and not isinstance(value, bool):
            found.append(value)
        elif isinstance(value, (tuple, np.ndarray)):
            found.extend(np.ravel(np.asarray(value, dtype=float)).tolist())
    return found


class TestHedges:
    def test_hand_computed(self):
        # Means 3 and 5, variances 1 and 1 -> d = -2; v = 4, J = G(2) / (sqrt 2 G(1.5)) = 0.7978846
        result = hedges_g([2, 3, 4], [4, 5, 6])
        assert result.g == pytest.approx(-2 * 0.7978845608)
        assert result.degrees_of_freedom == 4
        assert result.lower < result.g < result.upper

    @settings(max_examples=15, deadline=None)
    @given(SCORES, SCORES)
    def test_equals_plain_twin(self, ours, theirs):
        result = hedges_g(ours, theirs)
        if len(set(ours)) == len(set(theirs)) == 1:
            assert result.reason_code is Reason.NO_SPREAD
            return
        if result.reason_code is Reason.NO_INTERVAL:
            assert abs(plain.hedges(ours, theirs)) > 5
            return
        assert result.g == pytest.approx(plain.hedges(ours, theirs), abs=1e-9)
        low, high = plain.hedges_interval(ours, theirs)
        assert result.lower == pytest.approx(low, abs=1e-5)
        assert result.upper == pytest.approx(high, abs=1e-5)

    def test_equals_statsmodels_but_for_its_approximate_correction(self):
        from statsmodels.stats.meta_analysis import effectsize_smd

        leaving, treated, *_ = make_study()
        ours, theirs = leaving[treated], leaving[~treated]
        approximate, _ = effectsize_smd(
            ours.mean(), ours.std(ddof=1), ours.size, theirs.mean(), theirs.std(ddof=1), theirs.size
        )
        v = ours.size + theirs.size - 2
        exact = approximate / (1 - 3 / (4 * v - 1)) * plain.correction(v)
        assert hedges_g(ours, theirs).g == pytest.approx(exact, rel=1e-10)

    def test_swapping_arms_flips_signs_and_shifting_scores_changes_nothing(self):
        leaving, treated, *_ = make_study()
        one, other = hedges_g(leaving[treated], leaving[~treated]), hedges_g(leaving[~treated], leaving[treated])
        assert (one.g, one.lower, one.upper) == pytest.approx((-other.g, -other.upper, -other.lower))
        assert hedges_g(leaving[treated] + 10, leaving[~treated] + 10).lower == pytest.approx(one.lower)


class TestBalance:
    def test_hand_computed(self):
        # 100 comparison pupils, half at 90 and half at 110, target 105: weights 1:3, so 0.25/50 and 0.75/50.
        result = balance_comparison([[90.0]] * 50 + [[110.0]] * 50, [105.0], 20)
        assert result.weights[0] == pytest.approx(0.005, abs=1e-9)
        assert result.weights[-1] == pytest.approx(0.015, abs=1e-9)
        assert result.effective_size == pytest.approx(1 / (50 * 0.005**2 + 50 * 0.015**2))

    @settings(max_examples=30, deadline=None)
    @given(st.lists(st.integers(69, 131).map(float), min_size=30, max_size=60), st.floats(-0.6, 0.6))
    def test_one_covariate_equals_plain_twin(self, baseline, shift):
        values = np.array(baseline)
        if values.std() < 3:
            return
        target = float(values.mean() + shift * values.std())
        result = balance_comparison(values[:, None], [target], 12)
        if result.is_accepted:
            assert result.weights == pytest.approx(plain.tilted_weights(baseline, target), abs=1e-6)

    def test_many_covariates_reach_the_means_with_weights_of_maximum_entropy(self):
        _, treated, covariates, _ = make_study()
        table, means = covariates[~treated], covariates[treated].mean(axis=0)
        result = balance_comparison(table, means, int(treated.sum()))
        assert result.is_accepted
        assert result.covariate_count == 4
        assert result.weights @ table == pytest.approx(means, abs=1e-5)
        # Entropy is greatest exactly when log w is linear in the covariates (Lagrange).
        design = np.column_stack([np.ones(len(table)), table])
        fitted = design @ np.linalg.lstsq(design, np.log(result.weights), rcond=None)[0]
        assert np.log(result.weights) == pytest.approx(fitted, abs=1e-6)

    def test_no_overlap_is_a_reason_not_an_overflow(self):
        result = balance_comparison(np.linspace(110, 130, 40)[:, None], [80.0], 20)
        assert (result.reason_code, result.weights) == (Reason.NO_OVERLAP, None)

    def test_leaning_on_few_pupils_is_refused_and_named(self):
        table = np.r_[np.full(60, 110.0), np.full(6, 70.0)][:, None]
        result = balance_comparison(table, [74.0], 20)
        assert result.reason_code is Reason.THIN_COMPARISON
        assert result.largest_weight > 0.10
        assert result.weights is None

    @pytest.mark.parametrize(("treated_count", "is_accepted"), [(20, True), (40, True), (41, False)])
    def test_effective_size_at_its_limit(self, treated_count, is_accepted):
        # 20 comparison pupils at the target: effective size 20, half of 40.
        table = np.r_[np.full(10, 90.0), np.full(10, 110.0)][:, None]
        assert balance_comparison(table, [100.0], treated_count).is_accepted is is_accepted

    @pytest.mark.parametrize(("comparison_count", "is_accepted"), [(9, False), (10, True)])
    def test_largest_weight_at_its_limit(self, comparison_count, is_accepted):
        assert balance_comparison(np.full((comparison_count, 1), 90.0), [90.0], 6).is_accepted is is_accepted

    def test_constant_covariate_must_match_and_then_costs_nothing(self):
        draw = np.random.default_rng(1)
        table = np.column_stack([draw.normal(100, 10, 50), np.zeros(50)])
        assert balance_comparison(table, [98.0, 0.0], 12).is_accepted
        assert balance_comparison(table, [98.0, 0.4], 12).reason_code is Reason.NO_OVERLAP
        alone = balance_or_baseline(table, [98.0, 0.4], 12)
        assert (alone.is_accepted, alone.covariate_count) == (True, 1)

    def test_collinear_covariates_are_no_trouble(self):
        draw = np.random.default_rng(2)
        baseline = draw.normal(100, 10, 60)
        assert balance_comparison(np.column_stack([baseline, baseline * 2 + 1]), [97.0, 195.0], 12).is_accepted

    @pytest.mark.parametrize("table", [np.empty((0, 2)), np.full((1, 2), 5.0), np.full((5, 2), np.nan)])
    def test_hopeless_pools_give_a_reason(self, table):
        result = balance_or_baseline(table, [5.0, 5.0], 12)
        assert result.reason_code is not Reason.OK
        assert np.isfinite(figures(result)).all()

    def test_mismatched_arrays_are_a_fault_of_the_caller(self):
        with pytest.raises(ValueError, match="differ in number"):
            balance_comparison(np.ones((5, 3)), [1.0, 1.0], 5)


class TestAdjustedDifference:
    def test_hand_computed(self):
        # One school, exit = baseline + 4 for the treated, and noise that is even in each arm.
        baseline = np.tile([80.0, 90, 100, 110, 120, 130], 2)
        treated = np.arange(12) < 6
        noise = np.array([1.0, -1, -1, 1, 0, 0] * 2)  # sums to 0 and is uncorrelated with a slope by -20/3500
        result = adjusted_difference(baseline + 4 * treated + noise, treated, baseline[:, None], np.ones(12))
        assert result.points == pytest.approx(4.0)
        assert result.degrees_of_freedom == 12 - 3
        assert result.baseline_smd == pytest.approx(0.0)
        assert result.effect_size == pytest.approx(plain.correction(10) * 4 / result.pooled_sd)
        half = plain.t_multiplier(9) * result.standard_error
        assert (result.lower, result.upper) == pytest.approx((4 - half, 4 + half), abs=1e-6)

    def test_equals_plain_twin(self):
        leaving, treated, covariates, school = make_study(treated_count=22, comparison_count=60)
        balance = balance_or_baseline(covariates[~treated], covariates[treated].mean(axis=0), 22)
        weights = np.ones(treated.size)
        weights[~treated] = balance.weights * 22
        rows = [[float(t), *c, *(1.0 if s == k else 0.0 for k in range(3))]
                for t, c, s in zip(treated, covariates.tolist(), school, strict=True)]  # fmt: skip
        points, error = plain.weighted_regression(leaving.tolist(), rows, weights.tolist())
        result = adjusted_difference(leaving, treated, covariates, school, balance.weights)
        assert (result.points, result.standard_error) == pytest.approx((points, error), rel=1e-6)
        assert result.degrees_of_freedom == pytest.approx(22 + balance.effective_size - 8)
        assert result.pooled_sd == pytest.approx(plain.pooled_sd(leaving[treated].tolist(), leaving[~treated].tolist()))

    @pytest.mark.parametrize("is_weighted", [False, True])
    def test_equals_statsmodels(self, is_weighted):
        import statsmodels.api as sm

        leaving, treated, covariates, school = make_study(seed=11)
        balance = balance_or_baseline(covariates[~treated], covariates[treated].mean(axis=0), int(treated.sum()))
        weights = np.ones(treated.size)
        if is_weighted:
            weights[~treated] = balance.weights * treated.sum()
        design = np.column_stack([treated, covariates, school[:, None] == np.arange(3)]).astype(float)
        oracle = sm.WLS(leaving, design, weights=weights).fit(cov_type="HC3", use_t=True)
        result = adjusted_difference(leaving, treated, covariates, school, balance.weights if is_weighted else None)
        assert result.points == pytest.approx(oracle.params[0], rel=1e-9)
        assert result.standard_error == pytest.approx(oracle.bse[0], rel=1e-9)
        if not is_weighted:
            assert result.degrees_of_freedom == oracle.df_resid
            assert (result.lower, result.upper) == pytest.approx(tuple(oracle.conf_int()[0]), rel=1e-8)

    @pytest.mark.parametrize(
        ("treated_count", "kept"), [(5, 1), (9, 1), (10, 2), (14, 2), (15, 3), (19, 3), (20, 4), (40, 4)]
    )
    def test_covariates_are_dropped_from_the_right(self, treated_count, kept):
        leaving, treated, covariates, school = make_study(treated_count=treated_count)
        assert adjusted_difference(leaving, treated, covariates, school).covariates_used == tuple(range(kept))

    def test_constant_covariate_does_not_use_up_a_place(self):
        leaving, treated, covariates, school = make_study(treated_count=10)
        covariates[:, 1] = 3.0
        assert adjusted_difference(leaving, treated, covariates, school).covariates_used == (0, 2)

    def test_order_of_rows_and_names_of_schools_change_nothing(self):
        study = make_study(effect=5)
        order = np.random.default_rng(3).permutation(study[0].size)
        shuffled = [array[order] for array in study]
        shuffled[3] = np.array(["Oak", "Elm", "Ash"])[shuffled[3]]
        assert balanced(*shuffled).points == pytest.approx(balanced(*study).points, abs=1e-6)
        assert balanced(*shuffled).lower == pytest.approx(balanced(*study).lower, abs=1e-5)

    def test_ten_points_more_for_everyone_changes_nothing(self):
        leaving, treated, covariates, school = make_study(effect=5)
        raised = covariates.copy()
        raised[:, 0] += 10
        one, other = balanced(leaving, treated, covariates, school), balanced(leaving + 10, treated, raised, school)
        assert (other.points, other.upper) == pytest.approx((one.points, one.upper), abs=1e-6)

    def test_swapping_arms_flips_the_sign(self):
        leaving, treated, covariates, school = make_study(treated_count=40, comparison_count=40, effect=5)
        one = adjusted_difference(leaving, treated, covariates, school)
        other = adjusted_difference(leaving, ~treated, covariates, school)
        assert (other.points, other.lower, other.upper) == pytest.approx((-one.points, -one.upper, -one.lower))
        assert other.effect_size == pytest.approx(-one.effect_size)

    def test_a_copy_of_the_data_shrinks_the_interval_not_the_estimate(self):
        study = make_study(effect=5)
        one, other = balanced(*study), balanced(*(np.concatenate([array, array]) for array in study))
        assert other.points == pytest.approx(one.points, abs=1e-6)
        assert other.effect_upper - other.effect_lower < 0.8 * (one.effect_upper - one.effect_lower)

    def test_without_an_effect_ahead_is_as_rare_as_it_should_be(self):
        # 2.5% of intervals may lie above zero; three standard errors of that share in 250 are 3 points.
        results = [result for at in range(300) if (result := balanced_or_none(*make_selected_study(at, 0.0)))]
        assert len(results) >= 250
        assert sum(result.lower > 0 for result in results) / len(results) <= 0.025 + 0.030
        assert sum(result.upper < 0 for result in results) / len(results) <= 0.025 + 0.030

    def test_a_planted_effect_is_found_where_before_and_after_flatters(self):
        studies = [make_selected_study(at, 4.0) for at in range(120)]
        results = [result for study in studies if (result := balanced_or_none(*study))]
        points = [result.points for result in results]
        bare = [float((study[0] - study[2][:, 0])[study[1]].mean()) for study in studies]
        assert len(results) >= 100
        assert np.mean(points) == pytest.approx(4.0, abs=3 * np.std(points) / math.sqrt(len(points)))
        assert np.mean(bare) > 6  # regression to the mean, which the comparison has taken off
        assert sum(result.lower <= 4 <= result.upper for result in results) / len(results) >= 0.90


class TestAwkwardStudies:
    def test_whole_schools_below_four_a_side_cannot_be_separated(self):
        leaving, _, covariates, _ = make_study()
        school = np.arange(leaving.size) % 7
        result = adjusted_difference(leaving, school < 3, covariates, school)
        assert (result.reason_code, result.points) == (Reason.SCHOOL_CONFOUNDED, None)
        assert (result.school_count, result.method) == (7, None)

    def test_whole_schools_from_four_a_side_compare_school_means(self):
        draw = np.random.default_rng(8)
        school = np.repeat(np.arange(8), 12)
        treated = school < 4
        baseline = draw.normal(95, 10, 96) + school
        leaving = baseline + 5 * treated + draw.normal(0, 3, 96)
        result = adjusted_difference(leaving, treated, baseline[:, None], school)
        within = baseline - np.array([baseline[school == s].mean() for s in school])
        slope = (within @ leaving) / (within @ within)
        means = [plain.mean((leaving - slope * (baseline - baseline.mean()))[school == s].tolist()) for s in range(8)]
        assert result.method is Method.SCHOOL_MEANS
        assert result.points == pytest.approx(plain.mean(means[:4]) - plain.mean(means[4:]))
        assert result.standard_error == pytest.approx(plain.pooled_sd(means[:4], means[4:]) * math.sqrt(2 / 4))
        assert result.degrees_of_freedom == 6

    def test_pupils_of_schools_with_one_kind_of_pupil_change_nothing_at_all(self):
        leaving, treated, covariates, school = make_study()
        weights = np.random.default_rng(4).random(int((~treated).sum()))
        one = adjusted_difference(leaving, treated, covariates, school, weights)
        with_silent = adjusted_difference(
            np.r_[leaving, np.full(20, 200.0), np.full(30, 70.0)],
            np.r_[treated, np.full(20, True), np.full(30, False)],
            np.vstack([covariates, np.full((50, 4), 3.0)]), np.r_[school, np.full(20, 98), np.full(30, 99)],
            np.r_[weights, np.full(30, 5.0)],
        )  # fmt: skip
        assert figures(with_silent) == pytest.approx(figures(one))
        assert (with_silent.treated_count, with_silent.school_count) == (24, 3)

    def test_numbers_that_only_silent_schools_make_up_are_too_few(self):
        leaving, treated, covariates, school = make_study()
        school = np.where(treated & (np.cumsum(treated) > 4), 99, school)
        result = adjusted_difference(leaving, treated, covariates, school)
        assert (result.reason_code, result.treated_count) == (Reason.TOO_FEW, 4)

    def test_one_school_will_do(self):
        leaving, treated, covariates, _ = make_study(schools=1)
        assert adjusted_difference(leaving, treated, covariates, np.zeros(leaving.size)).reason_code is Reason.OK

    @pytest.mark.parametrize(
        ("treated_count", "comparison_count", "reason"),
        [(0, 0, Reason.NO_TREATED), (0, 9, Reason.NO_TREATED), (9, 0, Reason.NO_COMPARISON), (1, 40, Reason.TOO_FEW),
         (2, 40, Reason.TOO_FEW), (4, 40, Reason.TOO_FEW), (5, 40, Reason.OK), (5, 4, Reason.TOO_FEW)],
    )  # fmt: skip
    def test_numbers_of_pupils(self, treated_count, comparison_count, reason):
        study = make_study(treated_count=treated_count, comparison_count=comparison_count, schools=1)
        result = adjusted_difference(*study)
        assert result.reason_code is reason
        assert (result.treated_count, result.comparison_count) == (treated_count, comparison_count)
        assert (result.points is None) is (reason is not Reason.OK)

    def test_constant_scores(self):
        leaving, treated, covariates, school = make_study()
        assert (
            adjusted_difference(np.full_like(leaving, 90.1), treated, covariates, school).reason_code
            is Reason.NO_SPREAD
        )
        flat = adjusted_difference(leaving, treated, np.full_like(covariates, 90.1), school)
        assert (flat.reason_code, flat.covariates_used, flat.baseline_smd) == (Reason.OK, (), None)

    def test_a_perfect_fit_is_not_certainty(self):
        _, treated, covariates, school = make_study()
        assert (
            adjusted_difference(covariates[:, 0] + 3 * treated, treated, covariates, school).reason_code
            is Reason.NO_SPREAD
        )

    def test_missing_scores_are_refused_not_spread(self):
        leaving, treated, covariates, school = make_study()
        leaving[3] = np.nan
        assert adjusted_difference(leaving, treated, covariates, school).reason_code is Reason.NOT_FINITE

    @settings(max_examples=150, deadline=None)
    @given(st.data())
    def test_whatever_comes_there_is_a_reason_and_never_nan(self, data):
        size = data.draw(st.integers(0, 26))
        score = st.sampled_from([70.0, 85.0, 85.0, 90.5, 100.0, 131.0])
        leaving = data.draw(st.lists(score, min_size=size, max_size=size))
        treated = data.draw(st.lists(st.booleans(), min_size=size, max_size=size))
        covariates = [data.draw(st.lists(score, min_size=2, max_size=2)) for _ in range(size)]
        school = data.draw(st.lists(st.integers(0, 3), min_size=size, max_size=size))
        result = adjusted_difference(leaving, treated, covariates, school)
        assert np.isfinite(figures(result)).all()
        assert (result.points is not None) is (result.reason_code is Reason.OK)
        ours = [c for c, t in zip(covariates, treated, strict=True) if t]
        theirs = np.reshape([c for c, t in zip(covariates, treated, strict=True) if not t], (-1, 2))
        balance = balance_or_baseline(theirs, np.mean(ours, axis=0) if ours else [0.0, 0.0], len(ours))
        assert np.isfinite(figures(balance)).all()


class TestNormReferencedGain:
    def test_hand_computed(self):
        # Entry 80, 90; retest 0.8 takes off 4 and 2; gains 10 and 6 leave 6 and 4.
        result = norm_referenced_gain([80, 90], [90, 96])
        assert (result.points, result.expected_points) == pytest.approx((5.0, 3.0))
        assert result.standard_error == pytest.approx(1.0)
        assert result.upper == pytest.approx(5 + 12.7062047)
        assert result.effect_size == pytest.approx(5 / 15)
        assert [(r, p) for r, p, *_ in result.alternatives] == [(0.7, pytest.approx(3.5)), (0.9, pytest.approx(6.5))]

    @settings(max_examples=20, deadline=None)
    @given(
        st.lists(st.tuples(st.integers(69, 131), st.integers(69, 131)), min_size=3, max_size=15),
        st.sampled_from([0.7, 0.8, 0.9]),
    )
    def test_equals_plain_twin(self, pairs, retest):
        entry, leaving = zip(*pairs, strict=True)
        result = norm_referenced_gain(entry, leaving, retest)
        if result.reason_code is Reason.OK:
            expected = plain.gain_beyond_chance(entry, leaving, retest)
            assert (result.points, result.lower, result.upper) == pytest.approx(expected, abs=1e-5)
        assert retest not in [r for r, *_ in result.alternatives]

    @pytest.mark.parametrize(
        ("entry", "leaving", "reason"),
        [([], [], Reason.NO_TREATED), ([80], [90], Reason.TOO_FEW), ([80, 80], [90, 90], Reason.NO_SPREAD),
         ([80, math.nan], [90, 90], Reason.NOT_FINITE), ([80] * 5, [90] * 5, Reason.NO_SPREAD)],
    )  # fmt: skip
    def test_edges(self, entry, leaving, reason):
        result = norm_referenced_gain(entry, leaving)
        assert (result.reason_code, result.points) == (reason, None)

    def test_selection_below_85_brings_four_points_and_a_half(self):
        assert expected_gain_from_selection(85) == pytest.approx(4.6, abs=0.05)  # METHODS, decision 1

    @pytest.mark.parametrize(("cut", "retest"), [(70, 0.8), (85, 0.7), (85, 0.9), (100, 0.8), (115, 0.5)])
    def test_selection_equals_plain_twin(self, cut, retest):
        expected = plain.gain_from_selection(cut, 100, 15, retest)
        assert expected_gain_from_selection(cut, r=retest) == pytest.approx(expected, abs=1e-6)

    def test_selection_stays_finite_far_out(self):
        assert math.isfinite(expected_gain_from_selection(-2000))
        assert expected_gain_from_selection(2000) == pytest.approx(0.0)
