"""Missing end scores and schools left out: hand-computed answers, plain twins, limits."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.adjustment import adjusted_difference
from models.attrition import count_attrition, tipping_points
from models.jackknife import delete_schools
from models.scores import Reason
from tests.support import plain_estimation
from tests.support import plain_goals as plain
from tests.support.results import assert_figures_or_reason


class TestAttrition:
    def test_hand_computed(self):
        result = count_attrition(20, 15, 100, 90)
        assert (result.missing_count, result.rate) == (5, 0.25)
        assert result.differential_rate == pytest.approx(0.15)

    def test_nobody_started(self):
        result = count_attrition(0, 0, 10, 8)
        assert (result.reason_code, result.rate, result.differential_rate) == (Reason.NO_TREATED, None, None)

    def test_nobody_to_compare(self):
        result = count_attrition(8, 6)
        assert (result.reason_code, result.rate, result.differential_rate) == (Reason.NO_COMPARISON, 0.25, None)

    @pytest.mark.parametrize("counts", [(5, 6), (5, -1), (5, 5, 3, 4)])
    def test_impossible_counts_are_refused(self, counts):
        with pytest.raises(ValueError, match="than there are"):
            count_attrition(*counts)


class TestTipping:
    def test_hand_computed(self):
        # 3 points ahead, 21 measured, 7 missing: 3 x 28 / 7 = 12 points worse than the rest
        assert tipping_points(3.0, 21, 7).points == pytest.approx(12.0)

    def test_behind_needs_the_missing_to_be_better(self):
        assert tipping_points(-3.0, 21, 7).points == pytest.approx(-12.0)

    @settings(max_examples=60, deadline=None)
    @given(st.floats(0.01, 20), st.integers(1, 60), st.integers(1, 60), st.sampled_from([-1, 1]))
    def test_the_sign_changes_there_and_not_before(self, size, measured, missing, sign):
        found = tipping_points(sign * size, measured, missing).points
        assert plain.tips(sign * size, measured, missing, found * 0.99) * sign > 0
        assert plain.tips(sign * size, measured, missing, found * 1.01) * sign < 0

    @pytest.mark.parametrize(
        ("points", "measured", "missing", "reason"),
        [(3.0, 20, 0, Reason.NOBODY_MISSING), (0.0, 20, 4, Reason.NO_DIFFERENCE), (None, 20, 4, Reason.NOT_FINITE),
         (math.nan, 20, 4, Reason.NOT_FINITE), (3.0, 0, 4, Reason.NO_TREATED)],
    )  # fmt: skip
    def test_no_answer_has_its_reason(self, points, measured, missing, reason):
        result = tipping_points(points, measured, missing)
        assert result.reason_code is reason
        assert_figures_or_reason(result)

    def test_negative_counts_are_refused(self):
        with pytest.raises(ValueError, match="negative"):
            tipping_points(3.0, -1, 2)


def make_schools(schools: int = 6, seed: int = 2, each: int = 20):
    draw = np.random.default_rng(seed)
    size = schools * each
    treated, school = np.arange(size) % 4 == 0, np.arange(size) // each
    baseline = draw.normal(95, 10, size)
    return 20 + 0.8 * baseline + 3 * treated + school + draw.normal(0, 6, size), treated, baseline[:, None], school


class TestJackknife:
    def test_is_the_estimate_again_without_each_school(self):
        leaving, treated, table, school = make_schools()
        result = delete_schools(leaving, treated, table, school)
        without = [adjusted_difference(leaving[k], treated[k], table[k], school[k]).points
                   for k in (school != s for s in range(6))]  # fmt: skip
        whole = adjusted_difference(leaving, treated, table, school).points
        error = math.sqrt(5 / 6 * sum((b - whole) ** 2 for b in without))
        assert (result.points, result.standard_error) == pytest.approx((whole, error))
        assert (result.lowest_points, result.highest_points) == pytest.approx((min(without), max(without)))
        half = plain_estimation.t_multiplier(5) * error
        assert (result.lower, result.upper) == pytest.approx((whole - half, whole + half), abs=1e-6)

    def test_weighted_equals_plain_twin(self):
        leaving, treated, table, school = make_schools(4)
        share = np.random.default_rng(3).uniform(0.2, 1, int((~treated).sum()))
        weights = np.ones(treated.size)
        weights[~treated] = share / share.sum() * treated.sum()
        slopes = []
        for gone in range(4):
            kept = school != gone
            rows = [[float(t), x, *(1.0 if s == k else 0.0 for k in range(4) if k != gone)]
                    for t, (x,), s in zip(treated[kept], table[kept].tolist(), school[kept], strict=True)]  # fmt: skip
            slopes.append(plain_estimation.weighted_regression(leaving[kept].tolist(), rows, weights[kept].tolist())[0])
        result = delete_schools(leaving, treated, table, school, share)
        whole = adjusted_difference(leaving, treated, table, school, share).points
        assert result.standard_error == pytest.approx(math.sqrt(3 / 4 * sum((b - whole) ** 2 for b in slopes)))

    def test_rates_weigh_by_their_time(self):
        leaving, treated, table, school = make_schools(4)
        own = np.random.default_rng(4).uniform(100, 200, int(treated.sum()))
        weights = np.ones(treated.size)
        weights[treated] = own / own.mean()
        weights[~treated] = treated.sum() / (~treated).sum()
        slopes = []
        for kept in (school != gone for gone in range(4)):
            design = np.column_stack([treated[kept], table[kept], school[kept, None] == np.unique(school[kept])])
            root = np.sqrt(weights[kept])
            slopes.append(np.linalg.lstsq(design * root[:, None], leaving[kept] * root, rcond=None)[0][0])
        alike = np.full(int((~treated).sum()), 1 / (~treated).sum())
        result = delete_schools(leaving, treated, table, school, alike, own)
        assert result.points == adjusted_difference(leaving, treated, table, school, alike, own).points
        assert (result.lowest_points, result.highest_points) == pytest.approx((min(slopes), max(slopes)))

    def test_schools_of_one_kind_change_nothing(self):
        leaving, treated, table, school = make_schools()
        more = delete_schools(
            np.r_[leaving, np.full(9, 150.0)], np.r_[treated, np.full(9, True)],
            np.vstack([table, np.full((9, 1), 60.0)]), np.r_[school, np.full(9, 77)],
        )  # fmt: skip
        assert more.standard_error == pytest.approx(delete_schools(leaving, treated, table, school).standard_error)

    @pytest.mark.parametrize(
        ("schools", "reason"), [(1, Reason.TOO_FEW_SCHOOLS), (3, Reason.TOO_FEW_SCHOOLS), (4, Reason.OK)]
    )
    def test_from_four_schools(self, schools, reason):
        assert delete_schools(*make_schools(schools)).reason_code is reason

    def test_whole_schools_are_another_question(self):
        leaving, _, table, school = make_schools(8)
        assert delete_schools(leaving, school < 4, table, school).reason_code is Reason.SCHOOL_CONFOUNDED

    @pytest.mark.parametrize("count", [0, 1, 2, 5])
    def test_few_pupils_are_a_reason(self, count):
        leaving, treated, table, school = (part[:count] for part in make_schools())
        result = delete_schools(leaving, treated, table, school)
        assert result.reason_code is not Reason.OK
        assert_figures_or_reason(result)

    def test_a_school_that_holds_almost_all_who_took_part(self):
        leaving, _, table, school = make_schools(4)
        treated = np.isin(np.arange(80), [0, 1, 2, 3, 4, 5, 21, 41, 61])
        assert_figures_or_reason(delete_schools(leaving, treated, table, school))
