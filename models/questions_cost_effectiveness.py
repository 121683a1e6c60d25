"""What to ask the trust of what interventions cost for what they change, found in released figures."""

from __future__ import annotations

import polars as pl

from expectations.vocabulary import TRUST
from models.asking import Found, Trigger, exceptions
from models.cost_effectiveness_rules import LIKELY

PRESSING = (
    Trigger("PROPOSED_STOP", "VALUE_FOR_MONEY", "mart_cost_effectiveness__option", "proposal",
            "The rules propose to stop an intervention, unless a plan requires it; the dearest first."),
    Trigger("BETTER_VALUE", "VALUE_FOR_MONEY", "mart_cost_effectiveness__pair", "better_value_rate",
            "Of two interventions with the same measure one is better value with a chance of 8 in 10 or more, at "
            "100 pounds for one point; the surest first."),
)  # fmt: skip
STANDING = (
    Trigger("PROPOSED_ADAPT", "VALUE_FOR_MONEY", "mart_cost_effectiveness__option", "proposal",
            "The rules propose to adapt an intervention; the dearest first."),
    Trigger("MOST_PUPILS", "VALUE_FOR_MONEY", "mart_cost_effectiveness__option", "costed_count",
            "The intervention with most pupils, of those whose cost is known."),
)  # fmt: skip
TRIGGERS = (*PRESSING, *STANDING)
"""In order of weight: what a decision waits for, and what a board should ask at any time."""


def ask_of_cost_effectiveness(
    mart_cost_effectiveness__option: pl.DataFrame, mart_cost_effectiveness__pair: pl.DataFrame
) -> Found:
    """The rows to ask about, of the trust alone: no school has such a figure."""
    name, cost = "intervention_name", pl.col("cost_to_date_pence").fill_null(0)
    options = mart_cost_effectiveness__option.with_columns(school_urn=pl.lit(TRUST))
    chance = pl.col("better_value_rate")
    both = pl.concat_str(name, pl.lit(" or "), "other_intervention_name")
    pairs = mart_cost_effectiveness__pair.with_columns(school_urn=pl.lit(TRUST), both=both)
    is_sure = (chance >= LIKELY) | (1 - chance >= LIKELY)
    most = pl.col("costed_count").max()
    is_largest = (pl.col("costed_count") == most) & (most > 0)
    return {
        "PROPOSED_STOP": exceptions(options, pl.col("proposal") == "STOP", name, cost),
        "BETTER_VALUE": exceptions(pairs, is_sure, "both", (chance - 0.5).abs()),
        "PROPOSED_ADAPT": exceptions(options, pl.col("proposal") == "ADAPT", name, cost),
        "MOST_PUPILS": exceptions(options, is_largest, name, pl.lit(0.0)),
    }
