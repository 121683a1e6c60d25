"""Through the door: no small count leaves, nothing hidden follows from a sum, figures are as exact as they deserve."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np
import polars as pl
import pytest

from expectations.contract import Column, Count, Kind, Label, Rate, Sensitivity, Table
from expectations.errors import DeclarationError, DisclosureError
from expectations.tables import ALL
from expectations.vocabulary import HIDDEN_COLUMNS
from models.disclosure import Thresholds, prepare, refuse_unreleased, release
from models.impact_pooling import pool_domains
from models.impact_schools import estimate_schools
from tests.support.cohorts import STARTERS, TODAY, cohort, estimate, estimate_all
from tests.support.frames import rows

MODELS = {
    "mart_impact__domain": "model_impact__domains",
    "mart_impact__intervention": "model_impact__estimates",
    "mart_impact__school": "model_impact__school_delivery",
    "mart_impact__school_estimate": "model_impact__school_estimates",
    "mart_impact__year": "model_impact__years",
}
NAMES = ("Alpha", "Beta", "Gamma")


def drawn(mart: str, seed: int) -> pl.DataFrame:
    """The model of a mart with every figure drawn at random: many small counts, some nobody, some blank."""
    numbers = np.random.default_rng(seed)
    model, table = ALL[MODELS[mart]], ALL[mart]
    second = {"school_urn": [f"10000{n}" for n in range(4)], "academic_year": [2023, 2024, 2025, 2026]}
    keys = [dict(zip(table.key, values, strict=True)) for values in itertools.product(
        *(second.get(name, ["Reading", "Writing"] if name == "outcome_domain" else list(NAMES)) for name in table.key)
    )]  # fmt: skip
    columns: dict[str, list[Any]] = {name: [key[name] for key in keys] for name in table.key}
    for column in model.columns:
        if column.name not in table.key and (value := _draw(column, numbers, len(keys))) is not None:
            columns[column.name] = value
    if "informing_count" in columns:
        columns["informing_count"] = [
            min(pair) for pair in zip(columns["informing_count"], columns["both_scores_count"], strict=True)
        ]
    return rows(model, **columns)


def _draw(column: Column, numbers: np.random.Generator, height: int) -> list[Any] | None:
    if column.kind in (Kind.INTEGER, Kind.MONEY) and not column.name.endswith(("_months", "months_count")):
        most = 1_000_000 if column.kind is Kind.MONEY else 24
        return [int(value) for value in numbers.integers(0, most, height)]
    if column.kind is Kind.NUMBER:
        return [None if value < 0.2 else float(value) for value in numbers.random(height)]
    return None


@pytest.mark.parametrize("mart", MODELS)
@pytest.mark.parametrize("seed", range(8))
def test_no_small_count_leaves_and_the_last_look_agrees(mart: str, seed: int) -> None:
    table = ALL[mart]
    true = drawn(mart, seed).sort(table.key)
    shown = release(prepare(true, table, TODAY), table)
    refuse_unreleased(table, shown)
    assert set(shown["data_date"]) == {TODAY}
    for column in table.columns:
        values = shown[column.name].to_list()
        if isinstance(column.release, Count):
            assert [value for value in values if value in (1, 2, 3, 4)] == []
        if isinstance(column.release, Rate):
            groups = true[column.release.denominator].to_list()
            assert [v for v, group in zip(values, groups, strict=True) if v is not None and group < 10] == []


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize(("mart", "over"), [
    ("mart_impact__year", "academic_year"), ("mart_impact__school_estimate", "school_urn"),
])  # fmt: skip
def test_no_year_and_no_school_can_be_taken_from_the_trusts_total(mart: str, over: str, seed: int) -> None:
    """The total stands in mart_impact__intervention: what is hidden must be two rows at least, and not few together."""
    table = ALL[mart]
    true = drawn(mart, seed).sort(table.key)
    shown = release(prepare(true, table, TODAY), table)
    for name in NAMES:
        mine = pl.col("intervention_name") == name
        hidden = shown.filter(mine)["both_scores_count"].is_null()
        secret = true.filter(mine)["both_scores_count"].filter(hidden)
        others = true.filter(mine)["both_scores_count"].filter(~hidden)
        if others.sum() > 0:
            assert secret.len() != 1
            assert secret.sum() not in (1, 2, 3, 4)
    assert over in table.key


def test_a_small_rest_of_those_who_inform_is_not_told() -> None:
    """Who does not inform it is everybody of some school: three of them are three pupils of that school."""
    people = cohort(33, 90)
    place = pl.int_range(pl.len())
    split = people.with_columns(school_urn=pl.when(place < 3).then(pl.lit("100009")).otherwise(pl.col("school_urn")))
    true = estimate_all(split)
    assert true["informing_count"][0] == 30
    table = ALL["mart_impact__intervention"]
    shown = release(prepare(true, table, TODAY), table).to_dicts()[0]
    assert (shown["both_scores_count"], shown["informing_count"]) == (33, None)
    assert shown["difference_points"] is not None


def test_what_pooling_needs_stays_in_the_house() -> None:
    table = ALL["mart_impact__intervention"]
    true = estimate_all(cohort(30))
    inside = {"pooled_effect_sd", "pooled_error_sd", "one_sd_points"}
    assert inside <= set(true.columns)
    ready = prepare(true, table, TODAY)
    assert not inside & set(ready.columns)
    with pytest.raises(DisclosureError, match="not declared"):
        release(true.with_columns(data_date=pl.lit(TODAY)), table)


def test_figures_are_as_exact_as_they_deserve() -> None:
    row = {"intervention_name": "Alpha", "both_scores_count": 40, "odds_ratio": 1.2345,
           "ratio_gain": 1.27, "entry_mean": 84.449, "difference_points": 2.349, "superiority_rate": 0.5849,
           "shrunken_sd": 0.1251}  # fmt: skip
    table = ALL["mart_impact__intervention"]
    true = rows(ALL["model_impact__estimates"], started_count=40, **row)
    (shown,) = release(prepare(true, table, TODAY), table).to_dicts()
    assert {name: shown[name] for name in row} == row | {
        "odds_ratio": 1.23, "ratio_gain": 1.3, "entry_mean": 84.4, "difference_points": 2.3,
        "superiority_rate": 0.58, "shrunken_sd": 0.13,
    }  # fmt: skip


def test_schools_of_a_trust_pass_the_door() -> None:
    parts = [
        cohort(count, 40, seed=at + 1).with_columns(
            school_urn=pl.lit(f"10000{at}"), pupil_key=pl.lit(f"{at + 1:x}") + pl.col("pupil_key").str.slice(1)
        )
        for at, count in enumerate((12, 14, 20, 30, 11, 3))
    ]
    people = pl.concat(parts)
    treated = people.filter("is_treated")
    begun = rows(STARTERS, intervention_key="G", intervention_name="Reading Plus",
                 pupil_key=treated["pupil_key"].to_list(), school_urn=treated["school_urn"].to_list())  # fmt: skip
    table = ALL["mart_impact__school_estimate"]
    true = estimate_schools(people, begun, estimate_all(people))
    shown = release(prepare(true, table, TODAY), table)
    refuse_unreleased(table, shown)
    assert shown.filter(standing="SHOWN").height == 5
    assert shown.filter(school_urn="100005")["both_scores_count"].to_list() == [None]
    # one hidden count beside a known total would be told by the others: a second one is hidden
    assert shown["both_scores_count"].null_count() == 2


def test_a_pool_passes_the_door() -> None:
    people = pl.concat([
        cohort(12, 60, effect=at, seed=at).with_columns(intervention_name=pl.lit(name))
        for at, name in enumerate("ABCDE")
    ])  # fmt: skip
    table = ALL["mart_impact__domain"]
    shown = release(prepare(pool_domains(estimate_all(people)), table, TODAY), table)
    refuse_unreleased(table, shown)
    assert shown.select("pupils_count", "interventions_count", "pooling").row(0) == (60, 5, "POOLED")
    assert shown["prediction_lower_points"].null_count() == 0


def test_nine_pupils_are_told_in_words_alone() -> None:
    table = ALL["mart_impact__intervention"]
    true = estimate_all(cohort(9))
    assert estimate(cohort(9))["difference_points"] is not None
    (shown,) = release(prepare(true, table, TODAY), table).to_dicts()
    figures = [name for name in shown if table.by_name[name].kind is Kind.NUMBER and shown[name] is not None]
    assert figures == []
    assert shown["small_number_rule"] == "CANNOT_TELL_SMALL"


def small_table(**more: Any) -> Table:
    people = Column("people_count", Kind.INTEGER, "People.", null="hidden", release=Count())
    ratio = Column("ratio", Kind.NUMBER, "A ratio.", null="hidden", release=Rate("people_count", decimals=3))
    year = Column("academic_year", Kind.INTEGER, "Year.", release=Label())
    columns = (year, people, ratio, HIDDEN_COLUMNS)
    return Table("mart_a__b", "A year.", Sensitivity.AGGREGATE, columns, key=("academic_year",), **more)


def test_decimals_and_totals_elsewhere_are_the_contracts() -> None:
    frame = pl.DataFrame(
        {"academic_year": [2023, 2024, 2025], "people_count": [3, 20, 40], "ratio": [1.0, 1.23456, 2.0]}
    )
    alone = release(frame, small_table(), Thresholds())
    assert alone["people_count"].to_list() == [None, 20, 40]
    assert alone["ratio"].to_list() == [None, 1.235, 2.0]
    summed = release(frame, small_table(totalled_over=("academic_year",)), Thresholds())
    assert summed["people_count"].to_list() == [None, None, 40]
    with pytest.raises(DisclosureError, match="worked out"):
        refuse_unreleased(small_table(totalled_over=("academic_year",)), alone)
    with pytest.raises(DeclarationError, match="totalled over"):
        small_table(totalled_over=("people_count",))
