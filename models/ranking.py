"""Outcomes that only rank, or tests that run out of scores at an end: who would be ahead (METHODS A1, A7).

Comparison pupils are made similar as for scores, and alike in how many come from each school, so that pupils are
compared within schools here too. The estimators are ``models/ordinal.py``.
"""

from __future__ import annotations

import numpy as np
import polars as pl

from models.balancing import balance_in_turn
from models.comparison import Found, Range, allow, covariates_of, sides_of
from models.evidence import Allowance, Design
from models.ordinal import proportional_odds, superiority
from models.outcomes import Cohort
from models.scores import Floats, Reason

MOST_LEVELS = 20
"""Levels of an outcome for the odds: finer scales are put into so many groups, which proportional odds allow."""


def compare_ranks(cohort: Cohort) -> Found:
    """How often a pupil who took part would end ahead, with the odds adjusted for the start; or none with its reason.

    There are no norms to fall back on, and whole schools that took part cannot be told from their schools.
    """
    ours = cohort.ours
    if allow(ours) is Allowance.TOO_FEW:
        return Found(Design.NONE, Reason.TOO_FEW, ours)
    if cohort.theirs.is_empty():
        return Found(Design.NONE, Reason.NO_COMPARISON, ours)
    sides = sides_of(ours, cohort.theirs)
    if not sides.is_within:
        return Found(Design.NONE, Reason.SCHOOL_CONFOUNDED, ours)
    part, both = sides.ours, sides.both
    if sides.is_part_too_small(ours.height):
        return Found(Design.NONE, Reason.THIN_COMPARISON, ours)
    table, least = _baseline_schools_and_rest(both)
    count = part.height
    widths = (table.shape[1], least)
    balance = balance_in_turn(table[count:], table[:count].mean(axis=0), count, widths)
    if balance.weights is None:
        return Found(Design.NONE, balance.reason_code, ours)
    scores = both["exit_score"].to_numpy()
    ahead = superiority(scores[:count], scores[count:], balance.weights)
    if ahead.rate is None or ahead.lower is None or ahead.upper is None:
        return Found(Design.NONE, ahead.reason_code, ours)
    odds = proportional_odds(_into_groups(scores), both["is_treated"].to_numpy(), table, balance.weights)
    return Found(
        design=Design.BALANCED_COMPARISON,
        reason=Reason.OK,
        pupils=part,
        compared_count=both.height - count,
        baseline_gap=balance.worst_gap,
        chances=(ahead.rate, ahead.lower, ahead.upper),
        odds=_range(odds.ratio, odds.lower, odds.upper),
    )


def _baseline_schools_and_rest(both: pl.DataFrame) -> tuple[Floats, int]:
    """Covariates with the baseline first, then one column a school but the first; how many those are; then the rest."""
    table = covariates_of(both)
    schools = both["school_urn"].to_numpy()
    dummies = (schools[:, None] == np.unique(schools)[1:]).astype(np.float64)
    return np.column_stack([table[:, :1], dummies, table[:, 1:]]), 1 + dummies.shape[1]


def _into_groups(scores: Floats) -> Floats:
    """Ranks of at most twenty groups of about as many pupils; equal scores stay together."""
    levels = np.unique(scores, return_inverse=True)[1].astype(np.float64)
    if levels.max() < MOST_LEVELS:
        return levels
    cuts = np.unique(np.quantile(levels, np.linspace(0, 1, MOST_LEVELS + 1)[1:-1]))
    return np.searchsorted(cuts, levels, side="left").astype(np.float64)


def _range(middle: float | None, lower: float | None, upper: float | None) -> Range | None:
    return None if middle is None or lower is None or upper is None else (middle, lower, upper)
