"""Whether the figure moved that a board asked about: then and now, both as released. Released marts in, one mart out.

A figure of a year, or of a round of moderation, is followed into the newest one that is published. What was hidden then
or is hidden now is not told, and neither is which way it went.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import polars as pl

from expectations.contract import Count, Kind
from expectations.derive import tabulate
from expectations.tables import ALL
from expectations.tables.trail import MART_TRAIL__QUESTION
from expectations.vocabulary import TRUST
from models.questions import TRIGGERS

YEARS = ("academic_year", "financial_year")
PERIODS = (*YEARS, "round_name")
"""What a key may say of the time: the newest is looked up, whatever it was when the question was asked."""
HIGHER_IS_BETTER = frozenset({
    "delivered_rate", "difference_points", "dose_rate", "need_met_rate", "reviews_in_time_rate", "reports_in_time_rate",
    "decisions_in_time_rate", "adulthood_covered_rate", "both_rate", "sustained_high_rate", "exact_rate",
    "evidenced_count", "recorded_rate", "files_taken_count",
})  # fmt: skip
LOWER_IS_BETTER = frozenset({
    "overdue_reviews_count", "transfers_unreviewed_count", "no_evidence_outcomes_count", "overdue_milestones_count",
    "unserved_count", "part_time_late_count", "suspensions_per_100_years", "persistent_rate", "absence_rate",
    "no_provision_count", "not_up_count", "off_ladder_count", "at_lowest_rate", "open_late_count", "slow_count",
    "seen_median_weeks", "unknown_count", "not_known_count", "gap_pence", "blocked_count", "stale_count",
    "missing_rate", "unclear_rate", "set_aside_percent", "policy_gaps_count",
})  # fmt: skip
NEITHER = frozenset({
    "better_value_rate", "pupils_count", "moves_per_100_years", "support_ratio", "fewer_mean", "drift_bands",
    "year_before_support_rate", "spend_pence", "costed_count", "saving_low_pence",
})  # fmt: skip
"""Up or down alone says nothing good or bad of these."""
WORTH: tuple[tuple[str, float], ...] = (
    ("_rate", 0.05), ("_percent", 5), ("_count", 5), ("_weeks", 2), ("_points", 2), ("_per_100_years", 2),
    ("_bands", 0.25), ("_ratio", 0.1), ("_mean", 5),
)  # fmt: skip
"""What a figure must move by to be worth a sentence, by the end of its name. Counts of people, or of what is theirs:
never a step that could be one child, as in the papers. Questions, actions and files are counted one by one."""
WORTH_OF_MONEY = 0.05
READS = tuple(sorted({trigger.figure_table for trigger in TRIGGERS}))
"""The released marts whose figures can be asked about."""


def follow(questions: pl.DataFrame, marts: Mapping[str, pl.DataFrame]) -> pl.DataFrame:
    """MART_TRAIL__QUESTION from CORE_TRAIL_QUESTIONS and the released marts of ``READS``, by name."""
    return tabulate([_followed(row, marts) for row in questions.to_dicts()], MART_TRAIL__QUESTION)


def is_followed(table: str, column: str) -> bool:
    """True for a number of a table that questions rest on."""
    declared = ALL[table].by_name.get(column) if table in READS else None
    return declared is not None and declared.kind in (Kind.INTEGER, Kind.NUMBER, Kind.MONEY)


def _followed(asked: dict[str, Any], marts: Mapping[str, pl.DataFrame]) -> dict[str, Any]:
    table, column, then = asked["figure_table"], asked["figure_column"], asked["value_then"]
    kept: dict[str, Any] = {name: asked.get(name) for name in MART_TRAIL__QUESTION.column_names}
    is_told = then is not None or asked["is_hidden_then"]
    if not table or not column or not is_told or not is_followed(table, column):
        return {**kept, "movement": "NO_FIGURE"}
    where = _key(asked["figure_where"])
    row = _newest(marts[table], where, asked["school_urn"])
    is_hidden = row is not None and column in str(row.get("hidden_columns") or "").split(",")
    now = None if row is None or is_hidden or row[column] is None else float(row[column])
    years = {name: row[name] for name in YEARS if name in (where or {})} if row else {}
    kept |= {"year_then": _year(where or {}), "year_now": _year(years), "value_now": now}
    if now is None and not is_hidden:
        return {**kept, "movement": "GONE"}
    if now is None or then is None:
        return {**kept, "movement": "HIDDEN"}
    return {**kept, "movement": movement(table, column, then, now)}


def movement(table: str, column: str, then: float, now: float) -> str:
    """Better, worse, up, down, or no change worth a sentence. Both are values of the column, as released."""
    if round(abs(now - then), 6) < _worth(table, column, then):
        return "NO_CHANGE"
    is_up = now > then
    if column in HIGHER_IS_BETTER or column in LOWER_IS_BETTER:
        return "BETTER" if is_up is (column in HIGHER_IS_BETTER) else "WORSE"
    return "UP" if is_up else "DOWN"


def _worth(table: str, column: str, then: float) -> float:
    if column.endswith("_pence"):
        return max(abs(then) * WORTH_OF_MONEY, 1)
    if column.endswith("_count") and not isinstance(ALL[table].by_name[column].release, Count):
        return 1
    return next((step for end, step in WORTH if column.endswith(end)), 1)


def _key(where: str | None) -> dict[str, Any] | None:
    """The key of a row as it was written down; ``None`` when it is none."""
    try:
        found = json.loads(where or "")
    except ValueError:
        return None
    return found if isinstance(found, dict) else None


def _newest(mart: pl.DataFrame, where: dict[str, Any] | None, school_urn: str) -> dict[str, Any] | None:
    """The row with this key, of the newest year or round; only of the school that asked, or of the trust."""
    if not where or not set(where) <= set(mart.columns) or where.get("school_urn", TRUST) not in (school_urn, TRUST):
        return None
    same = [name for name in where if name not in PERIODS]
    found = [row for row in mart.to_dicts() if all(str(row[name]) == str(where[name]) for name in same)]
    found.sort(key=lambda row: (_year(row) or 0, str(row.get("round_date") or ""), str(row.get("round_name") or "")))
    return found[-1] if found else None


def _year(row: Mapping[str, Any]) -> int | None:
    return next((int(row[name]) for name in YEARS if str(row.get(name) or "").isdigit()), None)
