"""What was delivered: pupils, dose, hours and cost summed over intervention groups. No effects."""

from __future__ import annotations

from typing import Any

import polars as pl

Figures = dict[str, Any]

FULL_DOSE = 0.8
"""Share of the delivered sessions that a pupil must attend to count as having had the full dose (METHODS A11)."""

_COUNTED = ("started_count", "costed_count", "recorded_count", "attendance_told_count", "attendance_recorded_rate")


def sum_doses(groups: pl.DataFrame, starters: pl.DataFrame, by: list[str]) -> dict[Any, Figures]:
    """Pupils, dose, hours and cost by intervention, or by school and intervention; a pupil counts once.

    ``groups``: MODEL_INTERVENTIONS__GROUP_DOSE; ``starters``: MODEL_INTERVENTIONS__STARTERS. Dose: sessions delivered
    of those due, over the groups whose map records sessions. Costs are of the groups whose cost to date is known;
    ``costed_count`` says how many pupils those had, so that a part is never taken for the whole.
    """
    recorded = pl.col("delivered_sessions_count").is_not_null()
    costed = pl.col("cost_to_date_pence").is_not_null()
    delivered = pl.col("delivered_sessions_count").filter(recorded).sum()
    due = pl.col("due_sessions_count").filter(recorded).sum()
    sums = groups.group_by(by).agg(
        pl.col("area_of_need").drop_nulls().sort().first(),
        pl.col("school_urn").n_unique().alias("schools_count"),
        pl.when(due > 0).then(delivered / due).alias("dose_rate"),
        pl.when(recorded.any()).then(due).alias("due_sessions_count"),
        pl.when(recorded.any()).then(delivered).alias("delivered_sessions_count"),
        pl.when(recorded.any()).then(pl.col("delivered_hours").sum().round(4)).alias("delivered_hours"),
        *(
            pl.when(costed.any()).then(pl.col(name).filter(costed).sum()).alias(name)
            for name in ("cost_to_date_pence", "planned_cost_pence")
        ),
    )
    people = _count_pupils(groups.filter(costed), groups.filter(recorded), starters, by)
    joined = sums.join(people, on=by, how="left")
    for stem in ("cost_to_date", "planned_cost"):
        joined = joined.join(_two_largest(groups.filter(costed), starters, by, stem), on=by, how="left")
    joined = joined.with_columns(pl.col(_COUNTED).fill_null(0))
    rows = joined.sort(by).to_dicts()
    keys = [row[by[0]] if len(by) == 1 else tuple(row[name] for name in by) for row in rows]
    return {key: {name: row[name] for name in row if name not in by} for key, row in zip(keys, rows, strict=True)}


def _two_largest(costed: pl.DataFrame, starters: pl.DataFrame, by: list[str], stem: str) -> pl.DataFrame:
    """The two largest shares of pupils in the cost, for rule R4; 0 for a second that is not there.

    A group's cost is shared equally by the pupils who started in it.
    """
    in_groups = starters.select("intervention_key", "pupil_key").join(
        costed.select("intervention_key", *by, f"{stem}_pence"), on="intervention_key"
    )
    shared = in_groups.with_columns(pence=pl.col(f"{stem}_pence") / pl.len().over("intervention_key"))
    by_pupil = shared.group_by([*by, "pupil_key"]).agg(pl.col("pence").sum()).sort("pence", descending=True)
    return by_pupil.group_by(by, maintain_order=True).agg(
        pl.col("pence").first().round(0).cast(pl.Int64).alias(f"{stem}_largest_pence"),
        pl.col("pence").slice(1, 1).sum().round(0).cast(pl.Int64).alias(f"{stem}_second_pence"),
    )


def _count_pupils(costed: pl.DataFrame, recorded: pl.DataFrame, starters: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    """Pupils who started, those of costed and recorded groups, and how much of what was delivered they attended."""
    is_known = pl.col("attended_sessions_count").is_not_null() & (pl.col("delivered_sessions_count") > 0)
    attended, delivered = (
        pl.col(name).filter(is_known).sum() for name in ("attended_sessions_count", "delivered_sessions_count")
    )
    is_costed, is_recorded = (
        pl.col("intervention_key").is_in(part["intervention_key"].to_list()) for part in (costed, recorded)
    )
    pupils = starters.group_by([*by, "pupil_key"]).agg(
        (attended / delivered).alias("attended_share"),
        is_costed.any().alias("is_costed"),
        is_recorded.any().alias("is_recorded"),
    )
    is_told = pl.col("attended_share").is_finite()
    return pupils.group_by(by).agg(
        pl.len().alias("started_count"),
        pl.col("is_costed").sum().alias("costed_count"),
        pl.col("is_recorded").sum().alias("recorded_count"),
        is_told.fill_null(False).sum().alias("attendance_told_count"),
        (pl.col("attended_share") >= FULL_DOSE).filter(is_told).mean().alias("full_dose_rate"),
        is_told.fill_null(False).mean().alias("attendance_recorded_rate"),
    )
