"""Boring plain-Python twins of how one intervention is judged: which outcome, who counts, on what scale.

Slow and obvious on purpose. Nothing here is imported from ``models``.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from tests.support.plain_estimation import mean

Row = dict[str, Any]


def share_at_the_ends(ours: Sequence[float], theirs: Sequence[float]) -> float | None:
    """Share of exits at the lowest or highest of all, the larger of the sides of twenty or more; else of all."""
    everybody = [*ours, *theirs]
    shares = []
    for group in (ours, theirs, everybody):
        if len(group) >= 20:
            at_end = [score for score in group if score in (min(everybody), max(everybody))]
            shares.append(len(at_end) / len(group))
    return max(shares) if shares else None


def standard_scores(ours: list[Row], theirs: list[Row], column: str, term: str) -> dict[str, float]:
    """By pupil: how many deviations of the comparison pupils of the term above their mean; terms of ten or more."""
    by_term = defaultdict(list)
    for row in theirs:
        by_term[row[term]].append(row[column])
    told = {}
    for row in [*ours, *theirs]:
        scores = by_term[row[term]]
        if len(scores) < 10:
            continue
        deviation = math.sqrt(sum((s - mean(scores)) ** 2 for s in scores) / (len(scores) - 1))
        if deviation > 0:
            told[row["pupil_key"]] = (row[column] - mean(scores)) / deviation
    return told


def flow(people: list[Row]) -> Row:
    """Who is counted at each step, of the outcome of one intervention with most pupils who have both scores."""
    outcomes: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in people:
        key = (row["assessment_name"], row["exit_assessment_name"] or "", row["subject"], row["scale"])
        outcomes[key].append(row)

    def rank(key: tuple[Any, ...]) -> tuple[Any, ...]:
        treated = [row for row in outcomes[key] if row["is_treated"]]
        return -sum(map(_has_both, treated)), -len(treated), *key

    key = min(outcomes, key=rank)
    treated = [row for row in outcomes[key] if row["is_treated"]]
    pool = [row for row in outcomes[key] if not row["is_treated"]]
    due = [row for row in treated if row["is_exit_due"]]
    missing, other_missing = (sum(not _has_both(row) for row in group) for group in (due, pool))
    rate = missing / len(due) if due else None
    return {
        "assessment_name": key[0],
        "scale": key[3],
        "exit_due_count": len(due),
        "entry_count": sum(row["baseline_score"] is not None for row in due),
        "both_scores_count": len(due) - missing,
        "attrition_rate": rate,
        "differential_attrition_rate": None if rate is None or not pool else rate - other_missing / len(pool),
    }


def _has_both(row: Row) -> bool:
    return row["baseline_score"] is not None and row["exit_score"] is not None


def rate_of(rates: Sequence[float], sessions: Sequence[int]) -> float:
    """Events of all pupils together for each 100 possible sessions."""
    return sum(rate * time for rate, time in zip(rates, sessions, strict=True)) / sum(sessions)
