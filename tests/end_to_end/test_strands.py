"""What was planted beside the estimates is found after a whole night, and only what the rules allow is published."""

from __future__ import annotations

import polars as pl
import pytest

from tests.end_to_end.conftest import Trust


@pytest.mark.parametrize("name", ["targets_truth", "engagement_truth"])
def test_the_night_finds_the_planted_counts_and_means(trust: Trust, name: str) -> None:
    """To the pupil and to the target; means of fewer than six pupils are not given."""
    planted = trust.truth(name)
    found = trust.work("select * from model_impact__strands")
    assert set(planted["intervention_name"]) == set(found["intervention_name"])
    assert planted.select(pl.sum_horizontal(pl.col("^.*_count$"))).to_series().sum() > 100
    both = planted.join(found, on="intervention_name", suffix="_found")
    for column in planted.columns[1:]:
        given, wanted = both[f"{column}_found"], both[column]
        if column.endswith("_mean"):
            is_told = both["goal_pupils_count"] >= 6
            assert given.filter(~is_told).null_count() == (~is_told).sum()
            given, wanted = given.filter(is_told), wanted.filter(is_told)
        assert ((given - wanted).abs() < 1e-3).all(), both.select("intervention_name", column, f"{column}_found")


def test_the_board_sees_no_small_number_of_any_strand(trust: Trust) -> None:
    shown = trust.published("agg_trust.duckdb", "select * from mart_impact__strands")
    counts = [name for name in shown.columns if name.endswith("_count")]
    assert shown.select(pl.any_horizontal(pl.col(counts).is_in([1, 2, 3, 4])).any()).item() is False
    assert shown["hidden_columns"].str.len_chars().sum() > 0
    assert shown["evidence_source"].drop_nulls().len() > 0
