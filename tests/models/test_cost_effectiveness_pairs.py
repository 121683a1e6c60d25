"""Two options with the same measure: what is planted is found, and bad input gives a reason and no figure."""

from __future__ import annotations

from functools import partial
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from models import cost_effectiveness_pairs
from models.cost_effectiveness import tell_options
from models.cost_effectiveness_draws import draw_deviations
from models.cost_effectiveness_pairs import (
    PRICES_PENCE,
    STANDING_PRICE_PENCE,
    compare_options,
    pair_options,
    release_curves,
    release_pairs,
)
from pipelines.reference_data import cost_ratings
from tests.support.cohorts import estimate_all
from tests.support.options import LINK, costs_for, people_of, tell

SIGNED = ("more_points", "dearer_pence")


def two(effect: float = 4.0, **more: Any) -> pl.DataFrame:
    """Alpha with an effect, Beta without, of different pupils."""
    alpha = people_of("Alpha", effect=effect, seed=1, **more)
    return pl.concat([alpha, people_of("Beta", keys_from=1000, seed=2)])


def only(pairs: pl.DataFrame) -> dict[str, Any]:
    """The one pair, at the standing price."""
    (row,) = release_pairs(pairs).to_dicts()
    return row


@pytest.fixture(scope="module")
def dearer_and_better() -> pl.DataFrame:
    people = two()
    return tell(people, costs_for(people, {"Alpha": 30_000, "Beta": 8_000}))[1]


def test_dearer_and_better_is_found_as_planted(dearer_and_better: pl.DataFrame) -> None:
    row = only(dearer_and_better)
    assert (row["intervention_name"], row["other_intervention_name"]) == ("Alpha", "Beta")
    assert row["more_lower_points"] < 4 < row["more_upper_points"]
    assert row["dearer_lower_pence"] < 22_000 < row["dearer_upper_pence"]
    assert row["more_and_dearer_rate"] > 0.9
    quarters = [row[f"{side}_rate"] for side in
                ("more_and_cheaper", "more_and_dearer", "less_and_cheaper", "less_and_dearer")]  # fmt: skip
    assert sum(quarters) == pytest.approx(1)
    assert row["ratio_reason"] == "GIVEN"
    assert row["ratio_lower_pence"] < 22_000 / 4 < row["ratio_upper_pence"]
    assert row["smaller_count"] == 40


def test_the_chance_rises_with_the_price_and_is_that_of_the_normal_formula(dearer_and_better: pl.DataFrame) -> None:
    curve = release_curves(dearer_and_better).sort("paid_per_point_pence")
    assert tuple(curve["paid_per_point_pence"]) == PRICES_PENCE
    assert curve["better_value_rate"].is_sorted()
    assert curve["better_value_rate"][0] < 0.05
    assert curve["better_value_rate"][-1] > 0.5
    apart = (curve["better_value_rate"] - curve["normal_better_value_rate"]).abs()
    assert float(apart.max() or 0) < 0.05  # type: ignore[arg-type]  # a float column's maximum


def test_cheaper_and_as_good_is_better_value_and_has_no_ratio() -> None:
    people = two(effect=0.0)
    row = only(tell(people, costs_for(people, {"Alpha": 5_000, "Beta": 45_000}))[1])
    assert row["better_value_rate"] > 0.9
    assert row["ratio_reason"] == "NO_CLEAR_DIFFERENCE"
    assert row["ratio_pence"] is None


def test_costs_spread_in_the_draws_as_in_the_formula(monkeypatch: pytest.MonkeyPatch) -> None:
    """One school, twenty in each option: taken twice, the root of n / (n - 1) would make the variance 5% too large."""
    monkeypatch.setattr(cost_effectiveness_pairs, "draw_deviations", partial(draw_deviations, draws=60_000))
    both = [people_of(name, keys_from=at * 1000, seed=at, treated=20) for at, name in enumerate(("Alpha", "Beta"))]
    people = pl.concat(both).with_columns(pl.lit("100000").alias("school_urn"))
    costs = costs_for(people, {"Alpha": 8_000, "Beta": 9_500})
    estimates = estimate_all(people, Alpha=LINK, Beta=LINK)
    (pair,) = compare_options(people, estimates, costs, tell_options(people, estimates, costs, cost_ratings()))
    assert pair.moments.cost_variance > 0
    assert pair.costs.var() / pair.moments.cost_variance == pytest.approx(1, abs=0.025)


def test_swapping_the_two_flips_every_sign(dearer_and_better: pl.DataFrame) -> None:
    people = two().with_columns(pl.col("intervention_name").replace({"Alpha": "Zeta"}))
    turned = tell(people, costs_for(people, {"Zeta": 30_000, "Beta": 8_000}))[1]
    there, back = only(dearer_and_better), only(turned)
    assert (back["intervention_name"], back["other_intervention_name"]) == ("Beta", "Zeta")
    for name in SIGNED:
        assert back[name] == pytest.approx(-there[name])
    assert (back["more_lower_points"], back["more_upper_points"]) == pytest.approx(
        (-there["more_upper_points"], -there["more_lower_points"])
    )
    assert back["better_value_rate"] == pytest.approx(1 - there["better_value_rate"], abs=0.03)  # other draws
    assert back["ratio_pence"] == there["ratio_pence"]
    assert back["normal_better_value_rate"] == pytest.approx(1 - there["normal_better_value_rate"])


def test_doubling_all_costs_doubles_the_difference_and_the_ratio(dearer_and_better: pl.DataFrame) -> None:
    people = two()
    costs = costs_for(people, {"Alpha": 30_000, "Beta": 8_000}).with_columns(pl.col("group_cost_pence") * 2)
    pairs = tell(people, costs)[1]
    there, doubled = only(dearer_and_better), only(pairs)
    for name in ("dearer_pence", "dearer_lower_pence", "ratio_pence", "ratio_lower_pence", "ratio_upper_pence"):
        assert doubled[name] == pytest.approx(2 * there[name], abs=2), name
    assert doubled["more_points"] == there["more_points"]
    at_twice = pairs.filter(paid_per_point_pence=2 * STANDING_PRICE_PENCE)["better_value_rate"].item()
    assert at_twice == there["better_value_rate"]


def test_the_order_of_rows_and_a_row_given_twice_change_nothing(dearer_and_better: pl.DataFrame) -> None:
    people = two()
    costs = costs_for(people, {"Alpha": 30_000, "Beta": 8_000})
    mixed = pl.concat([people, people.head(50)]).sample(fraction=1, shuffle=True, seed=4)
    assert_frame_equal(tell(mixed, costs.reverse())[1], dearer_and_better)


def test_a_pupil_in_both_options_is_one_pupil() -> None:
    """The same children in both, compared with the same: the difference is of nothing, so it does not vary."""
    alpha = people_of("Alpha", effect=2.0)
    people = pl.concat([alpha, alpha.with_columns(pl.lit("Beta").alias("intervention_name"))])
    row = only(tell(people, costs_for(people, {"Alpha": 9_000, "Beta": 4_000}))[1])
    assert row["more_points"] == pytest.approx(0, abs=1e-9)
    assert row["more_upper_points"] - row["more_lower_points"] == pytest.approx(0, abs=1e-6)
    assert row["dearer_pence"] == pytest.approx(5_000, abs=1)
    assert row["ratio_reason"] == "NO_CLEAR_DIFFERENCE"


def test_identical_costs_have_no_plane_and_the_result_decides() -> None:
    people = two()
    pairs = tell(people, costs_for(people, {"Alpha": 8_000, "Beta": 8_000}, spread=0))[1]
    row = only(pairs)
    assert (row["pair_reason"], row["dearer_pence"], row["ratio_reason"]) == ("SAME_COST", 0, None)
    assert row["more_and_dearer_rate"] is None
    assert row["better_value_rate"] > 0.9
    assert pairs.height == 1
    assert release_curves(pairs).is_empty()


def test_nothing_spent_at_all_is_the_same_cost() -> None:
    people = two()
    assert only(tell(people, costs_for(people, {"Alpha": 0, "Beta": 0}, spread=0))[1])["pair_reason"] == "SAME_COST"


def test_one_that_costs_nothing_is_set_beside_one_that_does() -> None:
    people = two()
    costs = pl.concat([
        costs_for(people.filter(intervention_name="Alpha"), {"Alpha": 0}, spread=0),
        costs_for(people.filter(intervention_name="Beta"), {"Beta": 8_000}),
    ])  # fmt: skip
    row = only(tell(people, costs)[1])
    assert row["pair_reason"] is None
    assert row["dearer_pence"] < -7_000
    assert row["ratio_reason"] == "BETTER_AND_CHEAPER"


def test_pupils_of_other_ages_are_not_compared_and_nothing_is_told() -> None:
    people = two(months=30)
    row = only(tell(people, costs_for(people, {"Alpha": 8_000, "Beta": 9_000}))[1])
    assert row["pair_reason"] == "AGES_APART"
    named = ("intervention_name", "other_intervention_name", "assessment_name", "subject", "outcome_unit",
             "paid_per_point_pence", "smaller_count", "pair_reason")  # fmt: skip
    assert {name for name, value in row.items() if value is not None} == set(named)


def test_ages_two_years_apart_are_the_limit() -> None:
    near, far = (
        only(tell(people, costs_for(people, {"Alpha": 8_000, "Beta": 9_000}))[1])["pair_reason"]
        for people in (two(months=24), two(months=25))
    )
    assert (near, far) == (None, "AGES_APART")


@pytest.mark.parametrize(
    ("treated", "pence", "changed", "standing"),
    [
        (19, 8_000, {}, "FEW_PUPILS"),
        (20, 8_000, {}, "COMPARED"),
        (40, None, {}, "COST_NOT_RECORDED"),
        (40, 8_000, {"grade": "D"}, "NO_EVIDENCE"),
        (40, 8_000, {"design": "SCHOOL_MEANS"}, "NOT_BALANCED"),
        (40, 8_000, {"design": "NORM_REFERENCED"}, "NOT_BALANCED"),
        (40, 8_000, {"outcome_unit": "RANKS"}, "NO_DIFFERENCE"),
        (40, 8_000, {"outcome_unit": "SD"}, "NO_DIFFERENCE"),
    ],
)
def test_who_cannot_be_set_beside_others_says_why_and_is_in_no_pair(
    treated: int, pence: int | None, changed: dict[str, str], standing: str
) -> None:
    people = two(treated=treated)
    options, pairs = tell(people, costs_for(people, {"Alpha": pence, "Beta": 8_100}), **changed)
    assert options.filter(intervention_name="Alpha")["standing"].item() == standing
    assert pairs.is_empty() == (standing != "COMPARED")


@pytest.mark.parametrize(("unknown", "standing"), [(20, "COMPARED"), (21, "COST_NOT_RECORDED")])
def test_some_costs_missing_half_and_twenty_are_needed(unknown: int, standing: str) -> None:
    """40 took part; those of unknown cost stay in the effect and out of the cost."""
    people = two()
    costs = costs_for(people, {"Alpha": 8_000, "Beta": 4_000}, spread=0)
    is_missing = (pl.col("intervention_name") == "Alpha") & (pl.int_range(pl.len()).over("intervention_name") < unknown)
    gone = costs.with_columns(pl.when(~is_missing).then(pl.col("group_cost_pence")).alias("group_cost_pence"))
    options, pairs = tell(people, gone)
    assert options.filter(intervention_name="Alpha")["standing"].item() == standing
    if standing == "COMPARED":
        row = only(pairs)
        assert (row["dearer_pence"], row["smaller_count"]) == (4_000, 20)
        assert row["more_points"] == pytest.approx(only(tell(people, costs)[1])["more_points"])


def test_constant_scores_give_no_option() -> None:
    people = two().with_columns(
        pl.when(pl.col("intervention_name") == "Alpha").then(90.0).otherwise("exit_score").alias("exit_score")
    )
    options, pairs = tell(people, costs_for(people, {"Alpha": 8_000, "Beta": 9_000}))
    assert options.filter(intervention_name="Alpha")["standing"].item() != "COMPARED"
    assert pairs.is_empty()


def test_one_school_is_enough_for_a_pair() -> None:
    people = two().with_columns(pl.lit("100000").alias("school_urn"))
    assert only(tell(people, costs_for(people, {"Alpha": 8_000, "Beta": 9_500}))[1])["more_points"] is not None


def test_other_measures_are_never_paired() -> None:
    people = two().with_columns(
        pl.when(pl.col("intervention_name") == "Beta").then(pl.lit("Other Test")).otherwise("assessment_name")
        .alias("assessment_name")
    )  # fmt: skip
    options, pairs = tell(people, costs_for(people, {"Alpha": 8_000, "Beta": 9_000}))
    assert options["standing"].to_list() == ["COMPARED", "COMPARED"]
    assert pairs.is_empty()


def test_nobody_at_all_gives_empty_tables() -> None:
    people = two()
    costs, estimates = costs_for(people, {"Alpha": 1, "Beta": 1}).clear(), estimate_all(people).clear()
    options = tell_options(people.clear(), estimates, costs, cost_ratings())
    assert options.is_empty()
    assert pair_options(people.clear(), estimates, costs, options).is_empty()
