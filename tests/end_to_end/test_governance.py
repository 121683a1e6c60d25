"""Registers of SEND leadership, website and policies: what was planted is found to the day, school by school."""

from __future__ import annotations

import polars as pl

from tests.end_to_end.conftest import Trust


def test_leadership_and_website_are_found_as_planted(trust: Trust) -> None:
    planted = trust.truth("governance_truth").with_columns(pl.col("school_urn").cast(pl.String)).sort("school_urn")
    found = trust.published("agg_trust.duckdb", "from mart_governance__school where school_urn <> 'TRUST'")
    assert planted.height == 5
    assert found.sort("school_urn").select(planted.columns).to_dicts() == planted.to_dicts()
    assert planted["late_items_count"].sum() > 0
    assert 0 < planted["award_held_count"].sum() < 5
