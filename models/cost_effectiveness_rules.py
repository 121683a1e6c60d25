"""What is proposed for each intervention: continue, adapt, stop, or too early to say, with the rule that said so.

A proposal to the SEND lead, who decides; of a whole intervention, never of a child, and never of what a plan requires.
The rules stand in ``RULES`` in their order, and the first that holds speaks. Nothing is proposed to stop on grade D,
where less than 60% of the sessions took place or nobody recorded them, or where section F names the intervention
(METHODS A11, A13, B5).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import polars as pl

from models.cost_effectiveness import NO_EVIDENCE, SMALLEST_ARM
from models.cost_effectiveness_pairs import STANDING_PRICE_PENCE
from models.evidence import WEAK_NUMBER
from models.impact import NO_SCORES, NO_TEST, NOT_FINISHED

LITTLE_DOSE = 0.6
"""Share of the sessions due below which a result tells of what was delivered, not of the programme (METHODS A11)."""
LIKELY = 0.8
"""Chance from which another option is called likely better value, at 100 pounds for one point."""

CONTINUE, ADAPT, STOP, TOO_EARLY = "CONTINUE", "ADAPT", "STOP", "TOO_EARLY"
Figures = dict[str, Any]


class Rule(NamedTuple):
    """One rule: its code, what it proposes, and when. ``holds`` reads a row of the estimates with what is beside it."""

    code: str
    proposal: str
    holds: Callable[[Figures], bool]


def _is_recorded(row: Figures) -> bool:
    """Dose of ten pupils or more is recorded: of fewer it must not decide what is printed."""
    return row["dose_rate"] is not None and row["recorded_count"] >= WEAK_NUMBER


def _is_little(row: Figures) -> bool:
    return _is_recorded(row) and row["dose_rate"] < LITTLE_DOSE


def _is_behind(row: Figures) -> bool:
    return bool(row["verdict"] == "BEHIND")


def _is_level(row: Figures) -> bool:
    return bool(row["verdict"] == "NO_CLEAR_DIFFERENCE")


def _is_free_to_stop(row: Figures) -> bool:
    """Enough pupils, sessions recorded, and no plan names it."""
    return row["informing_count"] >= SMALLEST_ARM and _is_recorded(row) and not row["is_required"]


RULES = (
    Rule("NOT_MEASURED", TOO_EARLY, lambda row: row["reason"] in (NO_TEST, NO_SCORES)),
    Rule("NOT_FINISHED", TOO_EARLY, lambda row: row["reason"] == NOT_FINISHED),
    Rule("FEW_PUPILS", TOO_EARLY, lambda row: row["both_scores_count"] < WEAK_NUMBER),
    Rule(NO_EVIDENCE, TOO_EARLY, lambda row: row["grade"] == "D"),
    Rule("LITTLE_DELIVERED", ADAPT, _is_little),
    Rule("BEHIND_REQUIRED", ADAPT, lambda row: _is_behind(row) and row["is_required"]),
    Rule("BEHIND_NOT_RECORDED", ADAPT, lambda row: _is_behind(row) and not _is_recorded(row)),
    Rule("BEHIND_FEW", ADAPT, lambda row: _is_behind(row) and not _is_free_to_stop(row)),
    Rule("BEHIND", STOP, _is_behind),
    Rule("AHEAD_DEARER", ADAPT, lambda row: row["verdict"] == "AHEAD" and row["is_outdone"]),
    Rule("AHEAD", CONTINUE, lambda row: row["verdict"] == "AHEAD"),
    Rule(
        "LEVEL_OUTDONE", STOP,
        lambda row: _is_level(row) and row["is_outdone"] and row["grade"] in ("A", "B") and _is_free_to_stop(row),
    ),
    Rule("LEVEL_OUTDONE_WEAK", ADAPT, lambda row: _is_level(row) and row["is_outdone"]),
    Rule("LEVEL", ADAPT, _is_level),
    Rule("CANNOT_TELL", TOO_EARLY, lambda row: True),
)  # fmt: skip


def propose(
    model_cost_effectiveness__options: pl.DataFrame,
    model_cost_effectiveness__pairs: pl.DataFrame,
    model_cost_effectiveness__required: pl.DataFrame,
    model_impact__estimates: pl.DataFrame,
) -> pl.DataFrame:
    """MODEL_COST_EFFECTIVENESS__OPTIONS with ``proposal`` and ``proposal_rule``, one row for each intervention."""
    outdone = outdone_options(model_cost_effectiveness__pairs, model_impact__estimates)
    required = set(model_cost_effectiveness__required.filter("is_required")["intervention_name"])
    decided = {
        row["intervention_name"]: decide(
            row
            | {"is_outdone": row["intervention_name"] in outdone, "is_required": row["intervention_name"] in required}
        )
        for row in model_impact__estimates.to_dicts()
    }
    name = pl.col("intervention_name")
    return model_cost_effectiveness__options.with_columns(
        proposal=name.replace_strict({key: rule.proposal for key, rule in decided.items()}, return_dtype=pl.String),
        proposal_rule=name.replace_strict({key: rule.code for key, rule in decided.items()}, return_dtype=pl.String),
    )


def decide(row: Figures) -> Rule:
    """The first rule that holds for an intervention; the last holds for all."""
    return next(rule for rule in RULES if rule.holds(row))


def outdone_options(pairs: pl.DataFrame, estimates: pl.DataFrame) -> set[str]:
    """Interventions beside which another of the same measure is ahead of similar pupils and likely better value."""
    ahead = set(estimates.filter(verdict="AHEAD")["intervention_name"])
    outdone = set()
    for row in pairs.filter(paid_per_point_pence=STANDING_PRICE_PENCE).drop_nulls("better_value_rate").to_dicts():
        first, second, chance = row["intervention_name"], row["other_intervention_name"], row["better_value_rate"]
        if chance >= LIKELY and first in ahead:
            outdone.add(second)
        if 1 - chance >= LIKELY and second in ahead:
            outdone.add(first)
    return outdone
