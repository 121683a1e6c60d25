"""What to ask of the strategy: actions that are stuck, that nobody reports on, that are done without evidence."""

from __future__ import annotations

import polars as pl

from expectations.vocabulary import TRUST
from models.asking import Found, Trigger, exceptions

SILENT_FROM, UNEVIDENCED_FROM = 0.10, 0.20
"""Share of all actions of which nothing was heard for a term; of those done, share without evidence."""

STRATEGY_BLOCKED = Trigger(
    "STRATEGY_BLOCKED", "LEADERSHIP", "mart_strategy__priority", "blocked_count",
    "Actions of a priority are blocked or past their day; the priority with the largest share first.",
)  # fmt: skip
STRATEGY_SILENT = Trigger(
    "STRATEGY_SILENT", "LEADERSHIP", "mart_strategy__priority", "stale_count",
    "Nothing was reported for over 120 days, or ever, of one action of the strategy in ten or more.",
)  # fmt: skip
STRATEGY_UNEVIDENCED = Trigger(
    "STRATEGY_UNEVIDENCED", "LEADERSHIP", "mart_strategy__priority", "evidenced_count",
    "One action in five or more of those done names no evidence.",
)  # fmt: skip
TRIGGERS = (STRATEGY_BLOCKED, STRATEGY_SILENT, STRATEGY_UNEVIDENCED)


def ask_of_strategy(mart_strategy__priority: pl.DataFrame) -> Found:
    """All are asked of the trust, whose strategy it is."""
    rows = mart_strategy__priority.with_columns(school_urn=pl.lit(TRUST))
    one, whole = rows.filter(pl.col("priority_number") > 0), rows.filter(pl.col("priority_number") == 0)
    stuck = (pl.col("blocked_count") + pl.col("late_count")) / pl.col("actions_count")
    silent = (pl.col("stale_count") + pl.col("not_reported_count")) / pl.col("actions_count")
    bare = 1 - pl.col("evidenced_count") / pl.col("done_count")
    return {
        "STRATEGY_BLOCKED": exceptions(one, stuck > 0, "priority_name", stuck),
        "STRATEGY_SILENT": exceptions(whole, silent >= SILENT_FROM, "priority_name", silent),
        "STRATEGY_UNEVIDENCED": exceptions(whole, bare.fill_nan(None) >= UNEVIDENCED_FROM, "priority_name", bare),
    }
