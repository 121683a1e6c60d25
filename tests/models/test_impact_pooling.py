"""Estimates of one outcome together: twins, what each says, what is more careful, what never pools, translations."""

from __future__ import annotations

from itertools import product
from typing import Any

import polars as pl
import pytest

from expectations.findings import find
from expectations.tables import ALL
from models.evidence import Verdict, percentile_growth
from models.impact_pooling import draw_in, more_careful, pool_domains
from tests.support.cohorts import cohort, estimate_all
from tests.support.plain_estimation import t_multiplier
from tests.support.plain_pooling import pool, shrink

EFFECTS = {"Alpha": 6.0, "Beta": 0.0, "Gamma": 3.0, "Delta": -2.0, "Epsilon": 1.0, "Zeta": 4.0}
DRAWN_IN = [
    f"{stem}_{unit}" for stem, unit in product(("shrunken", "shrunken_lower", "shrunken_upper"), ("sd", "points"))
]


def several(treated: int = 30, compared: int = 120, **effects: float) -> pl.DataFrame:
    """Interventions on one test, each with its own pupils and effect."""
    return pl.concat([
        cohort(treated, compared, effect=effect, seed=at).with_columns(
            intervention_name=pl.lit(name), pupil_key=pl.lit(f"{at:x}") + pl.col("pupil_key").str.slice(1)
        )
        for at, (name, effect) in enumerate(effects.items(), start=1)
    ])  # fmt: skip


@pytest.fixture(scope="module")
def found() -> pl.DataFrame:
    return estimate_all(several(**EFFECTS))


def test_six_of_one_outcome_are_drawn_in_as_a_plain_twin_does(found: pl.DataFrame) -> None:
    rows = found.sort("intervention_name").to_dicts()
    expected = shrink([r["pooled_effect_sd"] for r in rows], [r["pooled_error_sd"] ** 2 for r in rows])
    outer, inner = t_multiplier(5), 0.72669  # 75th percentile of t with 5 degrees of freedom, from a table
    for row, (effect, error) in zip(rows, expected, strict=True):
        assert row["pooling"] == "POOLED"
        assert row["shrunken_sd"] == pytest.approx(effect, abs=1e-6)
        assert row["shrunken_lower_sd"] == pytest.approx(effect - outer * error, abs=1e-5)
        one_sd = row["difference_points"] / row["effect_size_sd"]
        assert row["one_sd_points"] == pytest.approx(one_sd)
        assert row["shrunken_points"] == pytest.approx(effect * one_sd, abs=1e-5)
        assert row["inner_upper_points"] == pytest.approx((effect + inner * error) * one_sd, abs=1e-3)


def test_the_domain_is_told_as_a_plain_twin_does(found: pl.DataFrame) -> None:
    told = pool_domains(found)
    assert find(told, ALL["model_impact__domains"]) == []
    (row,) = told.to_dicts()
    rows = found.to_dicts()
    expected = pool([r["pooled_effect_sd"] for r in rows], [r["pooled_error_sd"] ** 2 for r in rows])
    names = ["mean_sd", "lower_sd", "upper_sd", "spread_sd", "prediction_lower_sd", "prediction_upper_sd"]
    assert [row[name] for name in names] == pytest.approx(expected, abs=1e-5)
    one_sd = sum(r["one_sd_points"] for r in rows) / len(rows)
    assert row["mean_points"] == pytest.approx(expected[0] * one_sd, abs=1e-4)
    assert (row["outcome_domain"], row["interventions_count"], row["pupils_count"]) == ("Reading", 6, 180)
    assert row["pooling"] == "POOLED"


def test_the_best_of_several_is_drawn_towards_the_mean(found: pl.DataFrame) -> None:
    best = max(found.to_dicts(), key=lambda row: row["effect_size_sd"])
    mean = pool_domains(found)["mean_sd"][0]
    assert mean < best["shrunken_sd"] < best["effect_size_sd"]
    assert best["shrunken_upper_sd"] - best["shrunken_lower_sd"] > 0


@pytest.mark.parametrize(("count", "pooling"), [(4, "TOO_FEW_TO_POOL"), (5, "POOLED")])
def test_five_are_needed(count: int, pooling: str) -> None:
    few = dict(list(EFFECTS.items())[:count])
    told = estimate_all(several(**few))
    assert set(told["pooling"]) == {pooling}
    assert (told["shrunken_points"].null_count() == count) is (pooling == "TOO_FEW_TO_POOL")
    domain = pool_domains(told).to_dicts()[0]
    assert (domain["interventions_count"], domain["pooling"]) == (count, pooling)
    assert (domain["mean_sd"] is None) is (pooling == "TOO_FEW_TO_POOL")
    # a range that holds it half the time there is either way
    assert told["inner_lower_points"].null_count() == 0


def test_only_the_same_outcome_pools() -> None:
    people = several(**EFFECTS)
    writing = {name: {"outcome_domain": "Writing"} for name in ("Alpha", "Beta")}
    told = estimate_all(people, **writing)
    assert set(told["pooling"]) == {"TOO_FEW_TO_POOL"}
    assert pool_domains(told).select("outcome_domain", "interventions_count").rows() == [("Reading", 4), ("Writing", 2)]


def test_no_spread_between_is_said_and_all_share_one_mean() -> None:
    alike = pl.concat([
        cohort(30, 120, effect=3.0, seed=1).with_columns(intervention_name=pl.lit(name)) for name in EFFECTS
    ])  # fmt: skip
    told = estimate_all(alike)
    assert set(told["pooling"]) == {"NO_SPREAD_BETWEEN"}
    assert told["shrunken_sd"].max() == pytest.approx(told["shrunken_sd"].min())
    assert pool_domains(told)["spread_sd"].to_list() == [0.0]


@pytest.mark.parametrize("name", ["Alpha", "Delta"])
def test_too_few_ranks_and_norms_are_not_pooled(name: str) -> None:
    people = several(**EFFECTS, Eta=2.0)
    mine = pl.col("intervention_name") == name
    treated = pl.col("is_treated")
    nine = people.filter(~(mine & treated) | (pl.int_range(pl.len()).over("intervention_name", "is_treated") < 9))
    ranks = people.with_columns(scale=pl.when(mine).then(pl.lit("POINTS")).otherwise(pl.col("scale")))
    norms = people.filter(~mine | treated)
    for changed in (nine, ranks, norms):
        told = estimate_all(changed)
        row = told.filter(intervention_name=name).to_dicts()[0]
        assert row["pooling"] == "NOT_POOLED"
        assert [row[column] for column in DRAWN_IN if row[column] is not None] == []
        assert set(told.filter(pl.col("intervention_name") != name)["pooling"]) == {"POOLED"}
        assert pool_domains(told)["interventions_count"].to_list() == [6]


def test_different_tests_pool_in_deviations_and_have_no_points() -> None:
    people = several(**EFFECTS)
    is_mine = pl.col("intervention_name") == "Alpha"
    half_terms = {"entry_half_term": pl.lit("Autumn1"), "exit_half_term": pl.lit("Spring1")}
    told = estimate_all(
        people.with_columns(exit_assessment_name=pl.when(is_mine).then(pl.lit("Another")), **half_terms)
    )
    row = told.filter(intervention_name="Alpha").to_dicts()[0]
    assert (row["pooling"], row["outcome_unit"]) == ("POOLED", "SD")
    assert row["shrunken_sd"] is not None
    assert row["shrunken_points"] is row["inner_lower_points"] is None
    domain = pool_domains(told).to_dicts()[0]
    assert domain["interventions_count"] == 6
    assert domain["mean_points"] is not None  # the others have points


def test_units_that_differ_have_no_common_points() -> None:
    rows = [
        {"intervention_name": name, "outcome_domain": "Behaviour", "outcome_unit": unit, "pooled_effect_sd": 0.1 * at,
         "pooled_error_sd": 0.1, "one_sd_points": 12.0, "informing_count": 20}
        for at, (name, unit) in enumerate(zip("ABCDE", ["POINTS"] * 4 + ["SESSIONS_PER_100"], strict=True))
    ]  # fmt: skip
    domain = pool_domains(pl.DataFrame(rows)).to_dicts()[0]
    assert domain["mean_sd"] == pytest.approx(0.2)
    assert domain["mean_points"] is None


def test_the_order_of_rows_changes_nothing() -> None:
    rows: list[dict[str, Any]] = [
        {"intervention_name": name, "outcome_domain": "Reading", "pooled_effect_sd": 0.1 * at, "pooled_error_sd": 0.1,
         "one_sd_points": 10.0 + at}
        for at, name in enumerate("ABCDEF")
    ]  # fmt: skip
    expected = {row["intervention_name"]: row for row in draw_in(rows)}
    assert {row["intervention_name"]: row for row in draw_in(rows[::-1])} == expected


@pytest.mark.parametrize(("own", "drawn_in", "said"), [
    ("AHEAD", "AHEAD", "AHEAD"),
    ("BEHIND", "BEHIND", "BEHIND"),
    ("AHEAD", "NO_CLEAR_DIFFERENCE", "NO_CLEAR_DIFFERENCE"),
    ("NO_CLEAR_DIFFERENCE", "AHEAD", "NO_CLEAR_DIFFERENCE"),
    ("NO_CLEAR_DIFFERENCE", "NO_CLEAR_DIFFERENCE", "NO_CLEAR_DIFFERENCE"),
    ("AHEAD", "CANNOT_TELL", "CANNOT_TELL"),
    ("CANNOT_TELL", "AHEAD", "CANNOT_TELL"),
    ("CANNOT_TELL", "NO_CLEAR_DIFFERENCE", "CANNOT_TELL"),
    ("NO_CLEAR_DIFFERENCE", "CANNOT_TELL", "CANNOT_TELL"),
    ("BEHIND", "AHEAD", "CANNOT_TELL"),
])  # fmt: skip
def test_the_more_careful_verdict_is_said(own: str, drawn_in: str, said: str) -> None:
    assert more_careful(Verdict(own), Verdict(drawn_in)) is Verdict(said)


def test_drawing_in_gives_no_claim_that_an_intervention_has_not_of_its_own(found: pl.DataFrame) -> None:
    for row in found.to_dicts():
        if row["verdict"] == "AHEAD":
            assert min(row["lower_sd"], row["shrunken_lower_sd"]) > 0
    ahead = several(**dict.fromkeys(EFFECTS, 5.0) | {"Beta": 0.0})
    told = {row["intervention_name"]: row for row in estimate_all(ahead).to_dicts()}
    assert told["Beta"]["lower_sd"] < 0
    assert told["Beta"]["verdict"] != "AHEAD"


def test_translations_are_of_the_estimate_that_is_shown(found: pl.DataFrame) -> None:
    row = found.filter(intervention_name="Alpha").to_dicts()[0]
    assert row["percentile_growth"] == pytest.approx(percentile_growth(row["shrunken_points"] / 15))
    assert row["months_low_count"] <= row["months_count"] <= row["months_high_count"]
    assert row["months_count"] > 0
    unclear = found.filter(pl.col("shrunken_lower_sd") < 0, pl.col("shrunken_upper_sd") > 0)
    assert unclear.height >= 2
    assert unclear["months_count"].null_count() == unclear.height


@pytest.mark.parametrize(("domain", "treated", "has_months"), [
    ("Reading", 40, True), ("Mathematics", 40, True), ("Wellbeing", 40, False), ("Reading", 19, False),
    ("Reading", 20, True),
])  # fmt: skip
def test_months_are_of_attainment_and_of_twenty_pupils(domain: str, treated: int, has_months: bool) -> None:
    row = estimate_all(several(treated, Alpha=9.0), Alpha={"outcome_domain": domain}).to_dicts()[0]
    assert row["lower_points"] > 0
    assert (row["months_count"] is not None) is has_months


@pytest.mark.parametrize("treated", [9, 10, 19, 20])
def test_the_number_of_pupils_decides_about_drawn_in_figures_too(treated: int) -> None:
    row = estimate_all(several(treated, 120, **EFFECTS)).filter(intervention_name="Gamma").to_dicts()[0]
    points = [name for name in DRAWN_IN if name.endswith("_points")]
    sizes = [name for name in DRAWN_IN if name.endswith("_sd")]
    assert all((row[name] is not None) is (treated >= 10) for name in points)
    assert all((row[name] is not None) is (treated >= 20) for name in sizes)
