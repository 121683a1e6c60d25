"""The range that leaving out schools in turn gives an estimate: where few schools inform it, and nowhere else."""

from __future__ import annotations

import polars as pl
import pytest

from models.jackknife import FEWEST_SCHOOLS, MOST_SCHOOLS
from tests.support.cohorts import cohort, estimate

ENDS = ["schools_lower_points", "schools_upper_points"]


def in_schools(people: pl.DataFrame, count: int) -> pl.DataFrame:
    return people.with_columns(school_urn=pl.format("1000{}", (pl.int_range(pl.len()) % count + 10)))


@pytest.mark.parametrize(("schools", "has_range"), [(1, False), (3, False), (4, True), (10, True), (11, False)])
def test_four_to_ten_schools_are_left_out_in_turn(schools: int, has_range: bool) -> None:
    row = estimate(in_schools(cohort(60, 300, effect=6), schools))
    assert [row[end] is not None for end in ENDS] == [has_range] * 2
    assert (FEWEST_SCHOOLS, MOST_SCHOOLS) == (4, 10)
    if has_range:
        assert row[ENDS[0]] < row["difference_points"] < row[ENDS[1]]


def test_pupils_of_one_school_that_go_together_widen_it() -> None:
    alike = in_schools(cohort(60, 300, effect=6), 5)
    lifted = pl.when("is_treated", pl.col("school_urn") == "100010").then(30.0).otherwise(0.0)
    apart = alike.with_columns(exit_score=pl.col("exit_score") + lifted)
    (low, high), (far_low, far_high) = ([estimate(people)[end] for end in ENDS] for people in (alike, apart))
    assert far_high - far_low > 2 * (high - low)
    assert low > 0 > far_low  # what one school carries is no claim for the others


def test_nothing_is_told_of_few_pupils() -> None:
    row = estimate(in_schools(cohort(9), 4))
    assert [row[end] for end in ENDS] == [None, None]
