"""Estimates of one outcome together: what they are on average, and each drawn towards that mean (METHODS A8, A9).

Which interventions have an estimate, and what is said of it, is ``models/impact.py``; the arithmetic is
``models/pooling.py``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import polars as pl

from expectations.derive import tabulate
from expectations.tables.impact_marts import MODEL_IMPACT__DOMAINS
from models.evidence import Verdict
from models.pooling import Pooled, Shrunken, pool_effects, shrink_effects
from models.scores import Reason

Figures = dict[str, Any]

_POOLING = {
    Reason.OK: "POOLED",
    Reason.NO_SPREAD_BETWEEN: "NO_SPREAD_BETWEEN",
    Reason.TOO_FEW_TO_POOL: "TOO_FEW_TO_POOL",
}


def draw_in(rows: Sequence[Figures]) -> list[Figures]:
    """The rows with ``pooling`` and, where there is a pool, the estimate drawn towards the mean of its outcome.

    A row is pooled with those of the same ``outcome_domain`` that have a ``pooled_effect_sd`` with its error. The
    drawn-in difference in points is the drawn-in effect in the row's own unit (``one_sd_points``).
    """
    drawn = {row["intervention_name"]: row | {"pooling": "NOT_POOLED"} for row in rows}
    for members in _by_domain(rows).values():
        pooled, shrunken = _pool(members)
        for at, row in enumerate(members):
            figures = _in_both_units(shrunken[at], row["one_sd_points"]) if shrunken else {}
            drawn[row["intervention_name"]] |= {"pooling": _pooling_of(pooled), **figures}
    return list(drawn.values())


def _by_domain(rows: Iterable[Figures]) -> dict[str, list[Figures]]:
    """Rows that can be pooled, by outcome; in the order of their names, so that the order given changes nothing."""
    domains: dict[str, list[Figures]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: str(row["intervention_name"])):
        if row["outcome_domain"] is not None and row["pooled_effect_sd"] is not None:
            domains[row["outcome_domain"]].append(row)
    return domains


def _pool(members: Sequence[Figures]) -> tuple[Pooled, tuple[Shrunken, ...]]:
    effects = [row["pooled_effect_sd"] for row in members]
    variances = [row["pooled_error_sd"] ** 2 for row in members]
    pooled = pool_effects(effects, variances)
    return pooled, shrink_effects(effects, variances, pooled)


def _pooling_of(pooled: Pooled) -> str:
    return _POOLING.get(pooled.reason_code, "NOT_POOLED")


def _in_both_units(shrunken: Shrunken, one_sd: float) -> Figures:
    outer = {"": shrunken.effect, "lower_": shrunken.lower, "upper_": shrunken.upper}
    inner = {"inner_lower_points": shrunken.inner_lower, "inner_upper_points": shrunken.inner_upper}
    return {
        **{f"shrunken_{end}sd": value for end, value in outer.items()},
        **{f"shrunken_{end}points": value * one_sd for end, value in outer.items()},
        **{name: value * one_sd for name, value in inner.items()},
    }


def more_careful(own: Verdict, drawn_in: Verdict) -> Verdict:
    """The verdict of two that claims less: drawing an estimate in may take a claim away and never gives one.

    An intervention without a clear difference of its own is not called ahead because the others of its outcome are.
    """
    if own is drawn_in:
        return own
    is_narrow = Verdict.NO_CLEAR_DIFFERENCE in (own, drawn_in) and Verdict.CANNOT_TELL not in (own, drawn_in)
    return Verdict.NO_CLEAR_DIFFERENCE if is_narrow else Verdict.CANNOT_TELL


def pool_domains(model_impact__estimates: pl.DataFrame) -> pl.DataFrame:
    """MODEL_IMPACT__DOMAINS: one row for each outcome that an intervention is meant to change."""
    rows = model_impact__estimates.to_dicts()
    pooled = _by_domain(rows)
    named = sorted({row["outcome_domain"] for row in rows if row["outcome_domain"] is not None})
    return tabulate([_describe(name, pooled.get(name, [])) for name in named], MODEL_IMPACT__DOMAINS)


def _describe(domain: str, members: Sequence[Figures]) -> Figures:
    pooled = _pool(members)[0]
    ends = {
        "mean": pooled.mean,
        "lower": pooled.lower,
        "upper": pooled.upper,
        "prediction_lower": pooled.prediction_lower,
        "prediction_upper": pooled.prediction_upper,
        "spread": pooled.tau,
    }
    one_sd = _shared_unit(members)
    return {
        "outcome_domain": domain,
        "interventions_count": len(members),
        "pupils_count": sum(row["informing_count"] for row in members),
        "pooling": _pooling_of(pooled),
        **{f"{stem}_sd": value for stem, value in ends.items()},
        **{f"{stem}_points": None if value is None or one_sd is None else value * one_sd
           for stem, value in ends.items()},
    }  # fmt: skip


def _shared_unit(members: Sequence[Figures]) -> float | None:
    """One standard deviation in points, the mean over the interventions; ``None`` where their units differ.

    One whose entry and exit are different tests has no unit but the standard deviation, and none of its own to share.
    """
    told = [row for row in members if row["outcome_unit"] != "SD"]
    if len({row["outcome_unit"] for row in told}) != 1:
        return None
    return float(sum(row["one_sd_points"] for row in told) / len(told))
