"""How far raters agree: Krippendorff's alpha, Gwet's AC1 and AC2, and plain shares of pairs (METHODS D2).

Everything rests on one table: how many raters put each case into each band (cases by bands). Who they were is not
needed, and a rating that is missing is simply not counted. Arrays in, numbers out; ``nan`` where nothing can be said.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Metric = Callable[[Floats, Floats], Floats]
"""From the value of each band and how often it was given to the squared distance of every two bands."""

RESAMPLES = 2_000
SEED = 20_110_125
LEVEL = 0.95
RELIABLE, TENTATIVE = 0.800, 0.667
"""From which alpha conclusions are safe, and from which tentative (Krippendorff, Content Analysis)."""


class Interval(NamedTuple):
    """A figure and its likely range."""

    middle: float
    lower: float
    upper: float


def nominal(values: Floats, totals: Floats) -> Floats:
    """Two bands are the same or not."""
    return 1.0 - np.eye(len(values))


def ordinal(values: Floats, totals: Floats) -> Floats:
    """How many ratings lie between two bands, half of either's own counted."""
    below = np.cumsum(totals)
    middles = below - totals / 2
    apart: Floats = (middles[:, None] - middles[None, :]) ** 2
    return apart


def interval(values: Floats, totals: Floats) -> Floats:
    """The squared difference of the values."""
    apart: Floats = (values[:, None] - values[None, :]) ** 2
    return apart


def ratio(values: Floats, totals: Floats) -> Floats:
    """The squared difference over the squared sum; nothing where both are 0."""
    sums = values[:, None] + values[None, :]
    shares = np.divide(values[:, None] - values[None, :], sums, out=np.zeros_like(sums), where=sums != 0)
    apart: Floats = shares**2
    return apart


def count_bands(bands: Floats, band_count: int) -> Floats:
    """Cases by bands from a table of cases by raters, bands numbered from 1, ``nan`` where somebody did not rate."""
    numbers = np.arange(1, band_count + 1)
    counts: Floats = (bands[:, :, None] == numbers).sum(axis=1).astype(float)
    return counts


def alpha(counts: Floats, metric: Metric = ordinal, values: Floats | None = None) -> float:
    """Krippendorff's alpha: 1 where all agree, 0 where they agree no more than by chance.

    ``nan`` when no case has two ratings or only one band was ever given: then there is nothing to agree on.
    """
    weights = np.ones((1, len(counts)))
    return float(_alphas(counts, weights, metric, values)[0])


def bootstrap_alpha(counts: Floats, resamples: int = RESAMPLES, seed: int = SEED) -> Interval:
    """Ordinal alpha with a 95% range: cases, which are pupils, drawn again with replacement; the same every time."""
    numbers, size = np.random.default_rng(seed), len(counts)
    drawn = numbers.multinomial(size, np.full(size, 1 / size), size=resamples) if size else np.zeros((0, 0))
    found = _alphas(counts, drawn.astype(float), ordinal, None)
    found = found[np.isfinite(found)]
    if not found.size:
        return Interval(alpha(counts), np.nan, np.nan)
    tail = (1 - LEVEL) / 2
    lower, upper = np.quantile(found, [tail, 1 - tail])
    return Interval(alpha(counts), float(lower), float(upper))


def _alphas(counts: Floats, weights: Floats, metric: Metric, values: Floats | None) -> Floats:
    """Alpha for each row of weights: how often each case stands in the table."""
    bands = counts.shape[1]
    scale = np.arange(1, bands + 1, dtype=float) if values is None else values
    raters = counts.sum(axis=1)
    paired = raters >= 2
    kept, sizes = counts[paired], raters[paired]
    pairs = kept[:, :, None] * kept[:, None, :] - kept[:, :, None] * np.eye(bands)
    coincidences = pairs / (sizes - 1)[:, None, None]
    tables = np.tensordot(weights[:, paired], coincidences, axes=1)
    return np.array([_alpha_of(table, metric, scale) for table in tables])


def _alpha_of(table: Floats, metric: Metric, values: Floats) -> float:
    """One minus observed over expected disagreement, from a table of coincidences."""
    totals = table.sum(axis=1)
    everything = totals.sum()
    apart = metric(values, totals)
    expected = float(totals @ apart @ totals)
    if everything < 2 or expected <= 0:
        return float("nan")
    return 1 - (everything - 1) * float((table * apart).sum()) / expected


def pairs_within(counts: Floats, bands_apart: int) -> float:
    """Share of pairs of raters of one case at most so many bands apart; each case with a pair counts once."""
    places = np.arange(counts.shape[1])
    near = (np.abs(places[:, None] - places[None, :]) <= bands_apart).astype(float)
    return _agreed(counts, near)


def quadratic(band_count: int) -> Floats:
    """Weights of agreement that fall with the square of the distance: 1 the same band, 0 the farthest."""
    places = np.arange(band_count, dtype=float)
    weights: Floats = 1 - ((places[:, None] - places[None, :]) / max(1, band_count - 1)) ** 2
    return weights


def gwet(counts: Floats, weights: Floats | None = None) -> float:
    """Gwet's AC1, or AC2 with weights of agreement; cases rated once count for how common a band is."""
    bands = counts.shape[1]
    agreement = np.eye(bands) if weights is None else weights
    raters = counts.sum(axis=1)
    rated = raters > 0
    if not rated.any() or bands < 2:
        return float("nan")
    common = (counts[rated] / raters[rated][:, None]).mean(axis=0)
    by_chance = agreement.sum() / (bands * (bands - 1)) * float((common * (1 - common)).sum())
    observed = _agreed(counts, agreement)
    return float("nan") if by_chance >= 1 else (observed - by_chance) / (1 - by_chance)


def _agreed(counts: Floats, weights: Floats) -> float:
    """Mean over the cases with two ratings or more of the weighted share of their pairs that agree."""
    raters = counts.sum(axis=1)
    kept, sizes = counts[raters >= 2], raters[raters >= 2]
    if not len(kept):
        return float("nan")
    own = np.diag(weights)
    alike = ((kept @ weights) * kept).sum(axis=1) - kept @ own
    return float((alike / (sizes * (sizes - 1))).mean())
