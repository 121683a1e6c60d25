"""How long requests take, open ones included: Aalen-Johansen curves and what follows for the next weeks (METHODS F).

Numbers in, numbers out; days are whole days since the request. Checked against statsmodels and R in the tests.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from models.proportions import Z95

OPEN, ISSUED, ENDED = 0, 1, 2
"""What became of a request: nothing yet (censored), a final plan, an end without a plan (a competing event)."""
FEWEST_AT_RISK = 10
"""The curve is drawn only while so many are still followed."""
IN_TIME_DAYS, AHEAD_DAYS = 140, 91

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Incidence:
    """Cumulative incidence at each day on which something happened: likely shares issued, ended, and neither yet."""

    days: Whole
    issued: Floats
    ended: Floats
    waiting: Floats
    all_days: Whole

    def at(self, day: float) -> tuple[float, float, float]:
        """(issued, ended, waiting) by a day, that day included; (0, 0, 1) before anything happened."""
        place = int(np.searchsorted(self.days, day, side="right")) - 1
        if place < 0:
            return 0.0, 0.0, 1.0
        return float(self.issued[place]), float(self.ended[place]), float(self.waiting[place])

    def at_risk(self, day: float) -> int:
        """How many were followed to that day or beyond it."""
        return int((self.all_days >= day).sum())

    @property
    def drawn_to(self) -> int:
        """The last day with ten at risk; below 0 where there never were."""
        ordered = np.sort(self.all_days)
        return int(ordered[-FEWEST_AT_RISK]) if len(ordered) >= FEWEST_AT_RISK else -1


def incidence(days: npt.ArrayLike, events: npt.ArrayLike) -> Incidence:
    """Aalen-Johansen estimate. ``days``: followed so long; ``events``: OPEN, ISSUED or ENDED at that day.

    At each day with an event the share still waiting just before it is split by what happened to those at risk; whoever
    is censored on that very day still counts as at risk. Raises ``ValueError`` for lists that differ or negative days.
    """
    time, kind = np.asarray(days, dtype=np.int64), np.asarray(events, dtype=np.int64)
    if time.shape != kind.shape or (time < 0).any() or not np.isin(kind, (OPEN, ISSUED, ENDED)).all():
        raise ValueError("Days and events do not belong together")
    moments = np.unique(time[kind != OPEN])
    at_risk = np.array([(time >= moment).sum() for moment in moments], dtype=np.float64)
    issued, ended = (
        np.array([((time == moment) & (kind == which)).sum() for moment in moments], dtype=np.float64)
        for which in (ISSUED, ENDED)
    )
    waiting: Floats = np.cumprod(1 - (issued + ended) / at_risk, dtype=np.float64)
    before = np.concatenate(([1.0], waiting[:-1])) if len(moments) else waiting
    return Incidence(
        moments, np.cumsum(before * issued / at_risk), np.cumsum(before * ended / at_risk), waiting, time
    )  # fmt: skip


@dataclass(frozen=True)
class Outlook:
    """Final plans expected of the open requests within the time ahead, with a likely range; how many are open.

    ``beyond_count`` of them have waited longer than the curve can tell of: none or all of them may come.
    """

    expected: float
    low: float
    high: float
    open_count: int
    beyond_count: int


def look_ahead(curve: Incidence, waited_days: npt.ArrayLike, ahead_days: int = AHEAD_DAYS) -> Outlook:
    """Each open request's chance of a plan given how long it has waited; expected = sum, variance = sum p (1 - p)."""
    waited = np.asarray(waited_days, dtype=np.int64)
    chances = [_chance(curve, int(day), ahead_days) for day in waited]
    told = np.array([chance for chance in chances if chance is not None], dtype=np.float64)
    beyond = len(chances) - len(told)
    expected, spread = float(told.sum()), Z95 * math.sqrt(float((told * (1 - told)).sum()))
    low, high = max(0.0, expected - spread), min(float(len(told)), expected + spread) + beyond
    return Outlook(expected + beyond / 2, low, high, len(chances), beyond)


def _chance(curve: Incidence, waited: int, ahead: int) -> float | None:
    """Chance of a plan in the days ahead; nothing where nobody was followed so long with events still to come."""
    before, after = curve.at(waited), curve.at(waited + ahead)
    if waited > curve.drawn_to or before[2] <= 0:
        return None
    return (after[0] - before[0]) / before[2]


def next_caseload(yearly: list[int]) -> tuple[float, float, float] | None:
    """Next year's number, with a range: last value plus mean change; the range from how far that was off before.

    For six yearly points or fewer, oldest first (METHODS F). Nothing with fewer than four: no error can be known.
    """
    if len(yearly) < 4:
        return None
    errors = [abs(_extended(yearly[:place]) - yearly[place]) for place in range(2, len(yearly))]
    expected = _extended(yearly)
    return expected, max(0.0, expected - max(errors)), expected + max(errors)


def _extended(yearly: list[int]) -> float:
    return yearly[-1] + (yearly[-1] - yearly[0]) / (len(yearly) - 1)
