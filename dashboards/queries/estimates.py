"""The estimate that is shown of an intervention, and what follows from many of them. Pure; sums only what is shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dashboards.figures import Row, known

DRAWN_TOWARDS = ("POOLED", "NO_SPREAD_BETWEEN")
"""``pooling`` codes under which the shown estimate is the one drawn towards its subject's average (METHODS A8)."""


@dataclass(frozen=True)
class Estimate:
    """A difference in points with its likely (95%) range, and the range that holds it half the time where there is one.

    ``is_drawn_in``: drawn towards the average of its subject; otherwise its own pupils' figure alone.
    """

    points: float
    lower: float
    upper: float
    inner_lower: float | None
    inner_upper: float | None
    is_drawn_in: bool


def estimate_of(row: Row) -> Estimate | None:
    """The shrunken estimate where it was pooled, else the intervention's own; nothing where either end is hidden."""
    if row.get("pooling") in DRAWN_TOWARDS and known(row, "shrunken_points", *_ENDS["shrunken"]):
        return _estimate(row, "shrunken_points", *_ENDS["shrunken"], is_drawn_in=True)
    return own_estimate_of(row)


def own_estimate_of(row: Row) -> Estimate | None:
    """The figure of its own pupils alone, before it is drawn towards others."""
    if not known(row, "difference_points", *_ENDS["own"]):
        return None
    return _estimate(row, "difference_points", *_ENDS["own"], is_drawn_in=False)


_ENDS = {"shrunken": ("shrunken_lower_points", "shrunken_upper_points"), "own": ("lower_points", "upper_points")}


def _estimate(row: Row, points: str, lower: str, upper: str, *, is_drawn_in: bool) -> Estimate:
    inner = ("inner_lower_points", "inner_upper_points")
    low, high = (row[name] for name in inner) if known(row, *inner) else (None, None)
    return Estimate(row[points], row[lower], row[upper], low, high, is_drawn_in)


@dataclass(frozen=True)
class Share:
    """What stands behind one verdict or grade: interventions, places in them, and money, of those that are shown."""

    code: str
    interventions: int
    places: int
    cost_pence: int
    hidden_places: int
    hidden_costs: int


def roll_up(rows: Iterable[Row], column: str, codes: Iterable[str]) -> list[Share]:
    """Pupils' places (not interventions, not schools) and cost to date by verdict or grade, in the order of ``codes``.

    A pupil in two interventions has two places. An intervention whose count or cost is hidden is not in the sum; how
    many are so is told beside it, and a sum of what is shown gives nothing away.
    """
    by_code = {code: [row for row in rows if row[column] == code] for rows in (list(rows),) for code in codes}
    return [_share(code, found) for code, found in by_code.items() if found]


def _share(code: str, rows: list[Row]) -> Share:
    counted = [row["started_count"] for row in rows if known(row, "started_count")]
    costed = [row["cost_to_date_pence"] for row in rows if known(row, "cost_to_date_pence")]
    return Share(code, len(rows), sum(counted), sum(costed), len(rows) - len(counted), len(rows) - len(costed))
