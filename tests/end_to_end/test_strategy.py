"""The planted standing of every action of the strategy is found, to the day; the older note of an action is not."""

from __future__ import annotations

import polars as pl

from tests.end_to_end.conftest import Trust


def test_every_action_stands_where_it_was_planted(trust: Trust) -> None:
    planted = trust.truth("strategy_truth").select(
        "action_id", "priority_number", "standing", pl.col("overdue_days").cast(pl.Int64, strict=False)
    )
    found = trust.work("select action_id, priority_number, standing, overdue_days from model_strategy__actions")
    assert planted.height == 138
    assert set(planted["standing"]) >= {"DONE", "LATE", "BLOCKED", "STALE", "NOT_REPORTED", "UNDATED", "ON_COURSE"}
    assert found.sort("action_id").equals(planted.sort("action_id"))
