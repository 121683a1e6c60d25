"""What stands beside an estimate, each strand for itself: opinions, targets, engagement, evidence from elsewhere.

Counts and means of one strand at a time; no strand is added to another or to an estimate, and none is called an effect.
A teacher's judgement is an opinion, targets are each school's own, engagement is no score. Who counts is SQL
(``models/sql/model_impact__strand_pupils.sql`` and ``…__strand_targets.sql``); what is shown, the disclosure door.
"""

from __future__ import annotations

from typing import Any

import polars as pl

from expectations.derive import conform, schema
from expectations.tables.engagement import ENGAGEMENT_AREAS
from expectations.tables.strands import MODEL_IMPACT__STRANDS, progress_column_name
from models.goals import goal_attainment, summarise_goals

SOUND_SHARE = 0.8
"""Share of scored targets that must be levelled before the start, and scored by another than the deliverer."""
NOT_LEVELLED_BEFORE = "NOT_LEVELLED_BEFORE"
SCORED_BY_DELIVERER = "SCORED_BY_DELIVERER"

_NAME = "intervention_name"
_COUNTS = tuple(name for name in MODEL_IMPACT__STRANDS.column_names if name.endswith("_count"))


def tell_strands(
    model_impact__strand_pupils: pl.DataFrame,
    model_impact__strand_targets: pl.DataFrame,
    core_interventions: pl.DataFrame,
    core_intervention_catalogue: pl.DataFrame,
    core_outside_evidence: pl.DataFrame,
) -> pl.DataFrame:
    """MODEL_IMPACT__STRANDS: one row for every intervention in the catalogue that has a group.

    The order of rows changes nothing. Nobody asked, set or observed is 0, never a blank.
    """
    names = core_interventions.filter("is_in_catalogue").select(_NAME).unique()
    people = model_impact__strand_pupils.unique([_NAME, "pupil_key"])
    targets = model_impact__strand_targets.unique([_NAME, "pupil_key", "target_number"])
    told = names.join(_count_opinions(people), on=_NAME, how="left")
    told = told.join(_count_targets(targets), on=_NAME, how="left")
    told = told.join(_mean_goals(targets), on=_NAME, how="left")
    told = told.with_columns(pl.col(_COUNTS).fill_null(0))
    told = told.join(_find_evidence(core_intervention_catalogue, core_outside_evidence), on=_NAME, how="left")
    return conform(told, MODEL_IMPACT__STRANDS).sort(_NAME)


def _count_opinions(people: pl.DataFrame) -> pl.DataFrame:
    """Opinions and engagement by intervention, in pupils."""
    judgement, asked = pl.col("teacher_judgement"), pl.col("is_asked").sum()
    voices = [
        figure
        for whose in ("pupil", "parent")
        for figure in (
            asked.alias(f"{whose}_asked_count"),
            pl.col(f"is_{whose}_positive").is_not_null().sum().alias(f"{whose}_answered_count"),
            pl.col(f"is_{whose}_positive").fill_null(False).sum().alias(f"{whose}_positive_count"),
        )
    ]
    return people.group_by(_NAME).agg(
        asked.alias("judgement_asked_count"),
        judgement.is_not_null().sum().alias("judged_count"),
        (judgement > 0).fill_null(False).sum().alias("judged_more_count"),
        (judgement == 0).fill_null(False).sum().alias("judged_as_hoped_count"),
        (judgement < 0).fill_null(False).sum().alias("judged_less_count"),
        *voices,
        pl.col("is_observed").sum().alias("engagement_pupils_count"),
        *(pl.col(f"has_{area.lower()}_progress").sum().alias(progress_column_name(area)) for area in ENGAGEMENT_AREAS),
    )


def _count_targets(targets: pl.DataFrame) -> pl.DataFrame:
    """Targets set, scored and met by intervention, and how sound their scales are."""
    is_scored = pl.col("achieved_level").is_not_null()
    scored = is_scored.sum()
    by_deliverer = (is_scored & pl.col("is_scored_by_deliverer").fill_null(True)).sum()
    not_before = (is_scored & ~pl.col("is_levelled_before")).sum()
    counted = targets.group_by(_NAME).agg(
        pl.col("pupil_key").n_unique().alias("targets_pupils_count"),
        pl.len().alias("targets_set_count"),
        pl.col("pupil_key").filter(is_scored).n_unique().alias("targets_scored_pupils_count"),
        scored.alias("targets_scored_count"),
        (pl.col("achieved_level") >= 0).fill_null(False).sum().alias("targets_met_count"),
        pl.when(scored > 0).then(by_deliverer / scored).alias("deliverer_scored_rate"),
        pl.when(scored > 0).then(not_before / scored).alias("not_before_rate"),
    )
    most = 1 - SOUND_SHARE + 1e-9
    cap = (
        pl.when(pl.col("not_before_rate") > most)
        .then(pl.lit(NOT_LEVELLED_BEFORE))
        .when(pl.col("deliverer_scored_rate") > most)
        .then(pl.lit(SCORED_BY_DELIVERER))
    )
    return counted.with_columns(goals_cap=cap).drop("not_before_rate")


def _mean_goals(targets: pl.DataFrame) -> pl.DataFrame:
    """Mean goal attainment T by intervention, over pupils with targets both levelled at the start and scored.

    At the start and at the end of the same targets, so that the two means speak of the same thing.
    """
    both = targets.drop_nulls(["start_level", "achieved_level"]).sort(_NAME, "pupil_key", "target_number")
    scores: dict[str, list[tuple[float, float]]] = {}
    for (name, _), of_pupil in both.group_by([_NAME, "pupil_key"], maintain_order=True):
        weights = of_pupil["target_weight"].to_list()
        at_end, at_start = (goal_attainment(of_pupil[c].to_list(), weights) for c in ("achieved_level", "start_level"))
        scores.setdefault(str(name), []).append((at_end, at_start))
    rows: list[dict[str, Any]] = []
    for name, pairs in scores.items():
        summary = summarise_goals([end for end, _ in pairs], [start for _, start in pairs])
        rows.append(
            {
                _NAME: name,
                "goal_pupils_count": summary.pupils_count,
                "goal_attainment_mean": summary.mean,
                "goal_attainment_start_mean": summary.start_mean,
            }
        )
    names = (_NAME, "goal_pupils_count", "goal_attainment_mean", "goal_attainment_start_mean")
    kinds = schema(MODEL_IMPACT__STRANDS)
    return pl.DataFrame(rows, schema={name: kinds[name] for name in names})


def _find_evidence(catalogue: pl.DataFrame, evidence: pl.DataFrame) -> pl.DataFrame:
    """Outside evidence by intervention: a strand that the list does not know brings nothing but its code."""
    strand = pl.col("evidence_strand").drop_nulls().sort().first()
    return catalogue.group_by(_NAME).agg(strand).join(evidence, on="evidence_strand", how="left")
