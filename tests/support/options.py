"""Interventions with the same measure, their pupils, estimates and costs: what cost-effectiveness is made of."""

from __future__ import annotations

from typing import Any

import polars as pl

from expectations.findings import find
from expectations.tables import ALL
from models.cost_effectiveness import tell_options
from models.cost_effectiveness_pairs import pair_options
from pipelines.reference_data import cost_ratings
from tests.support.cohorts import cohort, estimate_all
from tests.support.frames import pupil, rows

COSTS, OPTIONS = ALL["model_cost_effectiveness__pupils"], ALL["model_cost_effectiveness__options"]
PAIRS = ALL["model_cost_effectiveness__pairs"]
LINK = {"assessment_name": "Test", "subject": "Reading"}


def people_of(name: str, *, keys_from: int = 0, months: int = 0, **more: Any) -> pl.DataFrame:
    """The pupils of one intervention, numbered from ``keys_from``, so many months older."""
    made = cohort(**({"treated": 40, "compared": 200} | more))
    keys = [pupil(keys_from + at) for at in range(made.height)]
    return made.with_columns(
        pl.lit(name).alias("intervention_name"), pl.Series("pupil_key", keys), pl.col("age_months") + months
    )


def costs_for(people: pl.DataFrame, pence: dict[str, int | None], spread: int = 400) -> pl.DataFrame:
    """The first group of each who took part: groups of four, whose cost for each pupil differs by ``spread`` pence."""
    treated = people.filter("is_treated").sort("intervention_name", "pupil_key")
    by_name = dict.fromkeys(pence, 0)
    group_pence: list[int | None] = []
    for name in treated["intervention_name"]:
        each = pence[name]
        place = by_name[name] = by_name[name] + 1
        group_pence.append(None if each is None else 4 * (each + spread * (place // 4 % 2)))
    return rows(
        COSTS,
        intervention_name=treated["intervention_name"].to_list(),
        pupil_key=treated["pupil_key"].to_list(),
        school_urn=treated["school_urn"].to_list(),
        group_cost_pence=group_pence,
        group_pupils_count=4,
        has_target_group=False,
        targets_set_count=0,
        targets_scored_count=0,
        targets_met_count=0,
    )


def tell(people: pl.DataFrame, costs: pl.DataFrame, **changed: Any) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Options and pairs of these pupils; ``changed``: columns of the estimates. Both hold their contracts."""
    names = people["intervention_name"].unique().sort()
    estimates = estimate_all(people, **{str(name): LINK for name in names})
    estimates = estimates.with_columns(**{name: pl.lit(value) for name, value in changed.items()})
    options = tell_options(people, estimates, costs, cost_ratings())
    pairs = pair_options(people, estimates, costs, options)
    assert find(options, OPTIONS) == []
    assert find(pairs, PAIRS) == []
    for frame in (options, pairs):
        floats = frame.select(pl.selectors.float()).unpivot()["value"].drop_nulls()
        assert floats.is_finite().all()
    return options, pairs
