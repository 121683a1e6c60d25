"""What must change nothing, what must only flip a sign, and what must be words: held over every estimator of impact.

The list is the methods' own: the order of rows and the names of schools, ten points more for everybody, arms swapped, a
copy of the data, fewer pupils than the rule asks for. Pupils are made up with another seed each time.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import polars as pl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from models.adjustment import adjusted_difference
from models.balancing import balance_or_baseline
from models.comparison import COVARIATES, Found
from models.estimation import norm_referenced_gain
from models.evidence import Allowance, Design, allow_figures
from models.impact import find_difference
from models.jackknife import delete_schools
from models.ordinal import proportional_odds, superiority
from models.outcomes import Cohort
from models.pooling import pool_effects, shrink_effects
from models.scores import Reason, hedges_g
from models.study_trusts import draw_pupils
from tests.support.results import assert_figures_or_reason

SEEDS = st.integers(0, 2**31)
FEW = settings(max_examples=12, deadline=None)
NEAR = {"rel": 1e-4, "abs": 1e-4}  # the weights are found by steps that stop near the answer


def draw(seed: int, number: int = 24, effect: float = 0.0) -> Cohort:
    return draw_pupils(np.random.default_rng(seed), number, effect)


def rebuilt(cohort: Cohort, people: pl.DataFrame) -> Cohort:
    ours, theirs = people.filter("is_treated"), people.filter(~pl.col("is_treated"))
    return replace(cohort, treated=ours, pool=theirs, ours=ours, theirs=theirs)


def everybody(cohort: Cohort) -> pl.DataFrame:
    return pl.concat([cohort.ours, cohort.theirs])


def arrays(cohort: Cohort) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    people = everybody(cohort)
    table = people.select(pl.col(name).cast(pl.Float64) for name in COVARIATES).to_numpy()
    return people["exit_score"].to_numpy(), people["is_treated"].to_numpy(), table, people["school_urn"].to_numpy()


def ranges(found: Found) -> list[float]:
    return [*(found.points or ()), *(found.sizes or ()), *(found.chances or ())]


def weighed(cohort: Cohort) -> tuple[np.ndarray, ...]:
    """Scores, groups, covariates, schools and weights; those that cannot be balanced are passed over."""
    scores, treated, table, schools = arrays(cohort)
    balance = balance_or_baseline(table[~treated], table[treated].mean(axis=0), int(treated.sum()))
    assume(balance.weights is not None)
    assert balance.weights is not None
    return scores, treated, table, schools, balance.weights


class TestOrderAndNames:
    @FEW
    @given(SEEDS, st.sampled_from([9, 12, 30]))
    def test_of_the_estimate(self, seed, number):
        cohort = draw(seed, number)
        names = pl.col("school_urn").replace(
            {f"{at:06}": name for at, name in enumerate(["oak", "elm", "ash", "yew", "fir"])}
        )
        mixed = everybody(cohort).with_columns(school_urn=names).sample(fraction=1.0, shuffle=True, seed=seed)
        one, other = find_difference(cohort)[0], find_difference(rebuilt(cohort, mixed))[0]
        assert (other.design, other.reason) == (one.design, one.reason)
        assert ranges(other) == pytest.approx(ranges(one), **NEAR)

    @FEW
    @given(SEEDS)
    def test_of_every_other_estimator(self, seed):
        scores, treated, table, schools = arrays(draw(seed))
        at = np.random.default_rng(seed).permutation(scores.size)
        mixed = scores[at], treated[at], table[at], np.char.add("school ", schools.astype(str))[at]
        for estimate in (
            lambda y, t, x, s: hedges_g(y[t], y[~t]).upper,
            lambda y, t, x, s: superiority(y[t], y[~t]).upper,
            lambda y, t, x, s: proportional_odds(np.digitize(y, [75, 85, 95]), t, x[:, :1]).upper,
            lambda y, t, x, s: delete_schools(y, t, x[:, :1], s).upper,
            lambda y, t, x, s: norm_referenced_gain(x[t, 0], y[t]).upper,
        ):
            one = estimate(scores, treated, table, schools)
            assert estimate(*mixed) == (None if one is None else pytest.approx(one, rel=1e-6))


class TestTenPointsMore:
    @FEW
    @given(SEEDS, st.sampled_from([12, 30]))
    def test_for_everybody_before_and_after(self, seed, number):
        cohort = draw(seed, number)
        one = find_difference(cohort)[0]
        assume(one.design is Design.BALANCED_COMPARISON)  # norms are about where pupils stand, so they must change
        raised = everybody(cohort).with_columns(pl.col(name) + 10 for name in ("baseline_score", "exit_score"))
        assert ranges(find_difference(rebuilt(cohort, raised))[0]) == pytest.approx(ranges(one), **NEAR)

    @FEW
    @given(SEEDS, st.floats(-50, 50))
    def test_of_every_other_estimator(self, seed, more):
        scores, treated, table, schools = arrays(draw(seed))
        for estimate in (
            lambda y: hedges_g(y[treated], y[~treated]).g,
            lambda y: superiority(y[treated], y[~treated]).rate,
            lambda y: proportional_odds(np.round(y), treated, table[:, :1]).ratio,
            lambda y: delete_schools(y, treated, table, schools).standard_error,
        ):
            assert estimate(scores + round(more)) == pytest.approx(estimate(scores), rel=1e-6, abs=1e-9)


class TestArmsSwapped:
    @FEW
    @given(SEEDS)
    def test_flips_every_sign(self, seed):
        scores, treated, table, schools = arrays(draw(seed, 30))
        start = table[:, :1]
        g, turned = hedges_g(scores[treated], scores[~treated]), hedges_g(scores[~treated], scores[treated])
        assert (turned.g, turned.lower, turned.upper) == pytest.approx((-g.g, -g.upper, -g.lower), abs=1e-8)
        one, other = (adjusted_difference(scores, arm, start, schools) for arm in (treated, ~treated))
        assert (other.points, other.lower) == pytest.approx((-one.points, -one.upper))
        ahead, behind = (superiority(scores[arm], scores[~arm]) for arm in (treated, ~treated))
        assert (behind.rate, behind.lower) == pytest.approx((1 - ahead.rate, 1 - ahead.upper))
        bands = np.digitize(scores, [75, 85, 95])
        odds, inverse = (proportional_odds(bands, arm, start) for arm in (treated, ~treated))
        assert inverse.reason_code is odds.reason_code
        if odds.ratio is not None:
            assert (inverse.ratio, inverse.lower) == pytest.approx((1 / odds.ratio, 1 / odds.upper), rel=1e-5)

    @FEW
    @given(st.lists(st.tuples(st.floats(-1, 1), st.floats(0.01, 0.3)), min_size=5, max_size=12))
    def test_flips_the_pool(self, studies):
        effects, variances = np.array(studies).T
        one, other = pool_effects(effects, variances), pool_effects(-effects, variances)
        assert (other.mean, other.lower, other.tau) == pytest.approx((-one.mean, -one.upper, one.tau), abs=1e-7)
        drawn, turned = (shrink_effects(e, variances, p) for e, p in ((effects, one), (-effects, other)))
        assert [d.effect for d in turned] == pytest.approx([-d.effect for d in drawn], abs=1e-7)


class TestACopyOfTheData:
    @FEW
    @given(SEEDS)
    def test_shrinks_ranges_not_estimates(self, seed):
        study = weighed(draw(seed, 24))
        scores, treated, table, schools, weights = study
        used = adjusted_difference(scores, treated, table, schools, weights)
        table = table[:, used.covariates_used]  # with twice the pupils more covariates would be kept
        twice = [np.concatenate([part, part]) for part in (scores, treated, table, schools, weights)]
        one, other = adjusted_difference(scores, treated, table, schools, weights), adjusted_difference(*twice)
        assert other.points == pytest.approx(one.points, abs=1e-6)
        assert (other.upper - other.lower) < 0.8 * (one.upper - one.lower)
        for estimate in (
            lambda n: superiority(np.tile(scores[treated], n), np.tile(scores[~treated], n)),
            lambda n: proportional_odds(
                np.tile(np.digitize(scores, [75, 85]), n), np.tile(treated, n), np.tile(table[:, :1], (n, 1))
            ),
        ):
            small, large = estimate(1), estimate(2)
            if small.reason_code is Reason.OK:
                assert 0.6 < large.standard_error / small.standard_error < 0.8
                middle = "rate" if hasattr(small, "rate") else "ratio"
                assert getattr(large, middle) == pytest.approx(getattr(small, middle), rel=1e-5)

    @FEW
    @given(SEEDS)
    def test_balances_alike(self, seed):
        _, treated, table, _ = arrays(draw(seed, 24))
        one = balance_or_baseline(table[~treated], table[treated].mean(axis=0), 24)
        twice = balance_or_baseline(np.tile(table[~treated], (2, 1)), table[treated].mean(axis=0), 24)
        if one.weights is not None and twice.covariate_count == one.covariate_count:
            assert twice.weights[: one.weights.size] == pytest.approx(one.weights / 2, abs=1e-5)


class TestBelowTheRule:
    @pytest.mark.parametrize("number", range(6))
    def test_fewer_than_six_are_words(self, number):
        cohort = draw(3, 12)
        people = pl.concat([cohort.ours.head(number), cohort.theirs])
        found, _ = find_difference(rebuilt(cohort, people))
        assert (found.design, ranges(found)) == (Design.NONE, [])
        assert found.reason in {Reason.TOO_FEW, "NO_EXITS", "NO_ENTRIES", Reason.NO_TREATED, "NOT_FINISHED"}
        assert allow_figures(number, 1) is Allowance.TOO_FEW

    @settings(max_examples=30, deadline=None)
    @given(SEEDS, st.sampled_from([6, 7, 9, 10, 19, 20]), st.integers(0, 40), st.sampled_from(["same", "few", "wide"]))
    def test_whatever_the_pool_there_is_a_figure_or_a_reason(self, seed, number, others, scores):
        cohort = draw(seed, number)
        people = pl.concat([cohort.ours, cohort.theirs.head(others)])
        levels = {"same": pl.lit(90.0), "few": pl.col("exit_score") // 20 * 20, "wide": pl.col("exit_score")}
        found, _ = find_difference(rebuilt(cohort, people.with_columns(exit_score=levels[scores])))
        assert all(map(math.isfinite, ranges(found)))
        assert found.reason
        assert (found.points is not None or found.chances is not None) is (found.design is not Design.NONE)
        for low, high in ((r[1], r[2]) for r in (found.points, found.sizes, found.chances) if r):
            assert low <= high

    @settings(max_examples=40, deadline=None)
    @given(st.lists(st.sampled_from([70.0, 85.0, 85.0, 100.0, math.nan]), max_size=7), st.integers(0, 7))
    def test_every_estimator_answers_anything(self, scores, treated_count):
        values = np.array(scores, dtype=float)
        treated = np.arange(values.size) < treated_count
        table, schools = values[:, None] * 0 + 1, np.arange(values.size) % 2
        for result in (
            hedges_g(values[treated], values[~treated]),
            superiority(values[treated], values[~treated]),
            delete_schools(values, treated, table, schools),
            proportional_odds(values, treated, table),
            pool_effects(values, np.ones(values.size)),
        ):
            assert_figures_or_reason(result)
