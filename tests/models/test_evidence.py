"""Minimum numbers, grades, verdicts and translations, with values at every limit."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations.tables import impact
from models.evidence import (
    Allowance,
    Cap,
    Design,
    Evidence,
    Grade,
    Measure,
    MonthsBand,
    Verdict,
    allow_figures,
    decide_verdict,
    grade_evidence,
    percentile_growth,
    read_months,
)

STRONG = Evidence(
    design=Design.BALANCED_COMPARISON, measure=Measure.STANDARDISED_BLIND, treated_count=45, school_count=3,
    cohort_count=2, half_width_sd=0.30, attrition_rate=0.20, differential_attrition_rate=0.05, baseline_smd=0.25,
    dose_recorded_rate=0.90,
)  # fmt: skip

EEF_MONTHS = [
    MonthsBand(low, high, months)
    for low, high, months in [
        (-0.01, 0.01, 0), (0.02, 0.09, 1), (0.10, 0.18, 2), (0.19, 0.26, 3), (0.27, 0.35, 4), (0.36, 0.44, 5),
        (0.45, 0.52, 6), (0.53, 0.61, 7), (0.62, 0.69, 8), (0.70, 0.78, 9), (0.79, 0.87, 10), (0.88, 0.95, 11),
        (0.96, 1.00, 12),
    ]
]  # fmt: skip


def test_codes_are_those_of_the_contract():
    assert tuple(Allowance) == impact.SMALL_NUMBER_RULES
    assert tuple(Grade) == impact.GRADES
    assert tuple(Verdict) == impact.VERDICTS
    assert tuple(Design) == impact.DESIGNS


@pytest.mark.parametrize(
    ("treated_count", "school_count", "allowance"),
    [(0, 0, "TOO_FEW"), (5, 3, "TOO_FEW"), (6, 1, "CANNOT_TELL_SMALL"), (9, 9, "CANNOT_TELL_SMALL"),
     (10, 1, "WEAK_AT_MOST"), (19, 3, "WEAK_AT_MOST"), (20, 1, "MODERATE_AT_MOST"), (44, 9, "MODERATE_AT_MOST"),
     (45, 2, "MODERATE_AT_MOST"), (45, 3, "ALL")],
)  # fmt: skip
def test_what_a_number_of_pupils_allows(treated_count, school_count, allowance):
    assert allow_figures(treated_count, school_count) == allowance


class TestGrade:
    def test_everything_at_its_strong_limit_is_strong(self):
        assert grade_evidence(STRONG).grade is Grade.A
        assert grade_evidence(STRONG).reason_code is Cap.NOTHING

    @pytest.mark.parametrize(
        ("change", "grade", "cap"),
        [
            ({"treated_count": 44}, "B", "NUMBERS"), ({"treated_count": 19}, "C", "NUMBERS"),
            ({"treated_count": 9}, "D", "NUMBERS"), ({"treated_count": 5}, "D", "NUMBERS"),
            ({"design": Design.NORM_REFERENCED}, "C", "DESIGN"), ({"design": Design.SCHOOL_MEANS}, "C", "DESIGN"),
            ({"design": Design.NONE}, "D", "DESIGN"),
            ({"half_width_sd": 0.301}, "B", "PRECISION"), ({"half_width_sd": 0.50}, "B", "PRECISION"),
            ({"half_width_sd": 0.501}, "C", "PRECISION"), ({"half_width_sd": 0.80}, "C", "PRECISION"),
            ({"half_width_sd": 0.801}, "D", "PRECISION"), ({"half_width_sd": None}, "D", "PRECISION"),
            ({"half_width_sd": math.nan}, "D", "PRECISION"),
            ({"attrition_rate": 0.21}, "B", "ATTRITION"), ({"attrition_rate": 0.31}, "C", "ATTRITION"),
            ({"attrition_rate": 0.40}, "C", "ATTRITION"), ({"attrition_rate": 0.41}, "D", "ATTRITION"),
            ({"differential_attrition_rate": -0.06}, "B", "ATTRITION"),
            ({"differential_attrition_rate": 0.15}, "C", "ATTRITION"),
            ({"differential_attrition_rate": 0.16}, "D", "ATTRITION"), ({"attrition_rate": None}, "D", "ATTRITION"),
            ({"baseline_smd": -0.26}, "D", "BASELINE"), ({"baseline_smd": None}, "D", "BASELINE"),
            ({"baseline_smd": 0.06, "is_adjusted": False}, "D", "BASELINE"),
            ({"measure": Measure.STANDARDISED}, "B", "MEASURE"), ({"measure": Measure.SCHOOL_OWN}, "C", "MEASURE"),
            ({"measure": Measure.NO_MEASURE}, "D", "MEASURE"),
            ({"cohort_count": 1}, "B", "REPLICATION"), ({"dose_recorded_rate": 0.89}, "B", "DOSE"),
            ({"dose_recorded_rate": 0.75}, "B", "DOSE"), ({"dose_recorded_rate": 0.74}, "C", "DOSE"),
            ({"dose_recorded_rate": None}, "C", "DOSE"), ({"dose_recorded_rate": math.nan}, "C", "DOSE"),
        ],
    )  # fmt: skip
    def test_each_row_caps(self, change, grade, cap):
        graded = grade_evidence(replace(STRONG, **change))
        assert (graded.grade, graded.reason_code) == (grade, cap)

    @pytest.mark.parametrize(("school_count", "grade"), [(2, "B"), (1, "C")])
    def test_few_schools_cap_by_replication(self, school_count, grade):
        graded = grade_evidence(replace(STRONG, school_count=school_count))
        assert graded.grade == grade
        assert Cap.REPLICATION in graded.reason_codes

    def test_limits_forgive_floating_point(self):
        assert grade_evidence(replace(STRONG, differential_attrition_rate=0.55 - 0.50)).grade is Grade.A

    def test_unadjusted_but_alike_is_fine(self):
        assert grade_evidence(replace(STRONG, baseline_smd=0.05, is_adjusted=False)).grade is Grade.A

    def test_norm_referenced_is_not_asked_for_a_comparison_baseline(self):
        graded = grade_evidence(replace(STRONG, design=Design.NORM_REFERENCED, baseline_smd=None))
        assert (graded.grade, graded.reason_codes) == (Grade.C, (Cap.DESIGN,))

    def test_without_a_comparison_nothing_is_said_of_its_range_or_its_start(self):
        nothing = replace(STRONG, design=Design.NONE, half_width_sd=None, baseline_smd=None, treated_count=5)
        assert grade_evidence(nothing).reason_codes == (Cap.NUMBERS, Cap.DESIGN)
        assert Cap.ATTRITION not in grade_evidence(replace(nothing, attrition_rate=None)).reason_codes
        assert Cap.ATTRITION in grade_evidence(replace(nothing, attrition_rate=1.0)).reason_codes

    def test_the_worst_cap_wins_and_its_equals_are_named(self):
        graded = grade_evidence(replace(STRONG, treated_count=44, half_width_sd=0.6, attrition_rate=0.35))
        assert (graded.grade, graded.reason_codes) == (Grade.C, (Cap.PRECISION, Cap.ATTRITION))

    @settings(deadline=None)
    @given(
        st.builds(
            Evidence,
            design=st.sampled_from(Design), measure=st.sampled_from(Measure), treated_count=st.integers(0, 60),
            school_count=st.integers(0, 5), cohort_count=st.integers(0, 4),
            half_width_sd=st.none() | st.floats(0, 2), attrition_rate=st.none() | st.floats(0, 1),
            differential_attrition_rate=st.none() | st.floats(-1, 1), baseline_smd=st.none() | st.floats(-1, 1),
            dose_recorded_rate=st.none() | st.floats(0, 1), is_adjusted=st.booleans(),
        )
    )  # fmt: skip
    def test_the_direction_of_a_gap_never_changes_the_grade(self, evidence):
        flipped = replace(
            evidence,
            baseline_smd=None if evidence.baseline_smd is None else -evidence.baseline_smd,
            differential_attrition_rate=None
            if evidence.differential_attrition_rate is None
            else -evidence.differential_attrition_rate,
        )
        assert grade_evidence(evidence) == grade_evidence(flipped)


class TestVerdict:
    @pytest.mark.parametrize(
        ("lower", "upper", "verdict"),
        [(0.01, 0.9, "AHEAD"), (-0.9, -0.01, "BEHIND"), (0.0, 0.6, "NO_CLEAR_DIFFERENCE"),
         (-0.3, 0.3, "NO_CLEAR_DIFFERENCE"), (-0.3, 0.31, "CANNOT_TELL"), (-0.6, 0.0, "NO_CLEAR_DIFFERENCE"),
         (None, None, "CANNOT_TELL"), (math.nan, math.nan, "CANNOT_TELL")],
    )  # fmt: skip
    def test_from_the_interval(self, lower, upper, verdict):
        assert decide_verdict(lower, upper, Grade.C) == verdict

    def test_without_evidence_nothing_can_be_told(self):
        assert decide_verdict(0.2, 0.9, Grade.D) is Verdict.CANNOT_TELL

    @settings(deadline=None)
    @given(st.floats(-2, 2), st.floats(0, 2), st.sampled_from(Grade))
    def test_swapping_arms_swaps_ahead_and_behind(self, middle, half, grade):
        swap = {Verdict.AHEAD: Verdict.BEHIND, Verdict.BEHIND: Verdict.AHEAD}
        one, other = (
            decide_verdict(middle - half, middle + half, grade),
            decide_verdict(-middle - half, half - middle, grade),
        )
        assert swap.get(one, one) is other


class TestTranslation:
    def test_percentile_growth(self):
        assert percentile_growth(0.2) == pytest.approx(7.93, abs=0.01)  # "from the 50th to about the 58th place"
        assert percentile_growth(-0.2) == pytest.approx(-percentile_growth(0.2))
        assert percentile_growth(0) == 0

    @pytest.mark.parametrize(
        ("g", "months"),
        [
            (0.02, 1),
            (0.09, 1),
            (0.094, 1),
            (0.095, 2),
            (0.10, 2),
            (0.18, 2),
            (0.19, 3),
            (0.44, 5),
            (0.96, 12),
            (1.0, 12),
        ],
    )
    def test_months_after_rounding_to_two_decimals(self, g, months):
        assert read_months(g, 0.01, 1.0, EEF_MONTHS).months == months
        assert read_months(-g, -1.0, -0.01, EEF_MONTHS).months == -months

    def test_months_carry_their_range_and_say_when_the_table_ends(self):
        progress = read_months(1.2, 0.014, 2.4, EEF_MONTHS)
        assert (progress.months, progress.lower_months, progress.upper_months) == (12, 0, 12)
        assert progress.is_beyond_table
        assert not read_months(1.0, 0.5, 1.5, EEF_MONTHS).is_beyond_table

    @pytest.mark.parametrize(("lower", "upper"), [(0.0, 0.6), (-0.1, 0.6), (-0.6, 0.0), (math.nan, math.nan)])
    def test_no_months_while_the_range_holds_zero(self, lower, upper):
        assert read_months(0.3, lower, upper, EEF_MONTHS) is None
