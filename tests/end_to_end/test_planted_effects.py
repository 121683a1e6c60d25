"""What the first night finds of planted effects, from the files on: counts to the pupil, effects within chance.

One trust is one throw of the dice. Bounds are those that honest ranges break in one trust of a thousand; how often
ranges hold over many trusts is in ``tests/models/test_impact_planted.py``.
"""

from __future__ import annotations

import csv

import polars as pl
import pytest
from scipy.stats import binom, chi2

from tests.benchmarks.planted import COLUMNS, lines_of, read_home
from tests.end_to_end.conftest import Trust
from tests.support.planted import Planted

ONCE_IN_A_THOUSAND = 0.999
LOSES_LOWEST = "Maths Mentors"
ENOUGH = 20
"""Pupils from which on a range is nearly normal."""


@pytest.fixture(scope="module")
def found(trust: Trust) -> dict[str, Planted]:
    return {one.name: one for one in read_home(trust.home)}


def test_everybody_who_has_both_scores_is_found(found: dict[str, Planted]) -> None:
    """Linked marks survive all the dirt, so that counts are equal to the pupil."""
    assert len(found) == 28
    for one in found.values():
        assert one.row["started_count_found"] == one.row["started_count"], one.name
        assert one.row["scale_found"] == (one.row["scale"] or None), one.name
        if one.row["both_scores_count"] is not None:
            assert one.row["both_scores_count_found"] == one.row["both_scores_count"], one.name
        assert one.row["outcome_domain_found"] == one.row["outcome_domain"], one.name


def test_effects_lie_as_far_off_as_chance_takes_them(found: dict[str, Planted]) -> None:
    """Squared errors in standard errors add up to what chance gives: neither too far off nor too near."""
    squares = [
        ((one.found[0] - one.true_effect) / one.standard_error) ** 2
        for one in found.values()
        if one.found and one.standard_error and one.true_effect is not None and one.is_inside is not None
        if one.name != LOSES_LOWEST and one.row["both_scores_count_found"] >= ENOUGH
    ]
    assert len(squares) >= 12
    assert chi2.ppf(1 - ONCE_IN_A_THOUSAND, len(squares)) < sum(squares) < chi2.ppf(ONCE_IN_A_THOUSAND, len(squares))


def test_what_does_nothing_is_seldom_called_ahead_or_behind(found: dict[str, Planted]) -> None:
    nothing = [one for one in found.values() if one.true_effect == 0 and one.row["both_scores_count_found"] >= 6]
    assert len(nothing) >= 6
    for verdict in ("AHEAD", "BEHIND"):
        called = [one.name for one in nothing if one.row["verdict"] == verdict]
        assert len(called) <= binom.ppf(ONCE_IN_A_THOUSAND, len(nothing), 0.025), called


def test_large_effects_are_found_on_their_scales(found: dict[str, Planted]) -> None:
    for name in ("Phonics Catch-up", "Paired Reading Groups", "Calm Start"):
        assert found[name].row["verdict"] == "AHEAD", name
    for one in found.values():
        opposite = {1: "BEHIND", -1: "AHEAD"}
        if one.true_effect:
            assert one.row["verdict"] != opposite[1 if one.true_effect > 0 else -1], one.name
        if one.is_ranked and one.true_effect:
            assert one.found is not None
            assert one.found[2] > 0.5, one.name


def test_lost_end_scores_are_told_and_nothing_is_claimed(found: dict[str, Planted]) -> None:
    row = found[LOSES_LOWEST].row
    assert row["attrition_rate"] == pytest.approx(row["missing_exit_count"] / row["between_tests_count"], abs=1e-9)
    assert row["differential_attrition_rate"] > 0.15
    assert row["verdict"] != "AHEAD"


def test_names_that_nobody_knows_wait_in_the_queue_with_the_name_they_are_near(trust: Trust) -> None:
    planted = trust.truth("unknown_names")
    queue = trust.published("pupil_trust.duckdb", "select * from mart_interventions__queue")
    both = planted.cast({"school_urn": pl.String}).join(queue, on=["school_urn", "given_name"], suffix="_found")
    assert both.height == planted.height == queue.height
    assert (both["pupils_count"] == both["pupils_count_found"]).all()
    assert both.filter(pl.col("close_to").is_not_null())["nearest_name"].to_list() == ["Social Circle"]
    estimated = trust.work("select intervention_name from model_impact__estimates")["intervention_name"].to_list()
    assert not set(planted["given_name"]) & set(estimated)


def test_single_schools_of_a_small_trust_are_not_told_apart(trust: Trust) -> None:
    planted = trust.truth("school_effects_truth").cast({"school_urn": pl.String})
    told = trust.work("select * from model_impact__school_estimates")
    both = planted.join(told, on=["intervention_name", "school_urn"], suffix="_found")
    assert both.height == planted.height > 0
    assert (both["both_scores_count"] == both["both_scores_count_found"]).all()
    assert both["difference_points"].null_count() == both.height  # five schools are needed


def test_the_table_for_people_says_the_same(found: dict[str, Planted], trust: Trust) -> None:
    lines = {line[0]: dict(zip(COLUMNS, line, strict=True)) for line in lines_of(list(found.values()))}
    with (trust.home / "truth" / "interventions_truth.csv").open(encoding="utf-8") as file:
        assert set(lines) == {row["intervention_name"] for row in csv.DictReader(file)}
    assert lines["Story Planners"]["planted"] == "none"
    assert lines["Page Turners"]["planted"] == "ahead"
    assert lines["Colourful Steps"]["planted"] == "-3.00"
    assert lines["Fine Motor Mornings"]["95% range"] == "NO_TEST"
