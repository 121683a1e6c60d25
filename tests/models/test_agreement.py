"""Agreement of raters: published values, hand answers, a plain twin, and what must never change it."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.agreement import (
    alpha,
    bootstrap_alpha,
    count_bands,
    gwet,
    interval,
    nominal,
    ordinal,
    pairs_within,
    quadratic,
    ratio,
)

N = math.nan
KRIPPENDORFF_2011 = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, N, N, N],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, N, 3],
        [N, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, N],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, N],
    ]
).T
"""Krippendorff, Computing Krippendorff's alpha-reliability (2011), example C: 12 units, 4 observers."""
FLEISS_14 = np.array(
    [
        [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1],
        [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
    ],
    dtype=float,
)  # fmt: skip
"""The worked example of Fleiss' kappa: ten subjects, 14 raters, five categories; kappa .210."""
FLEISS_1971 = np.array(
    [
        [0, 0, 0, 6, 0], [0, 3, 0, 0, 3], [0, 1, 4, 0, 1], [0, 0, 0, 0, 6], [0, 3, 0, 3, 0], [2, 0, 4, 0, 0],
        [0, 0, 4, 0, 2], [2, 0, 3, 1, 0], [2, 0, 0, 4, 0], [0, 0, 0, 0, 6], [1, 0, 0, 5, 0], [1, 1, 0, 4, 0],
        [0, 3, 3, 0, 0], [1, 0, 0, 5, 0], [0, 2, 0, 3, 1], [0, 0, 5, 0, 1], [3, 0, 0, 1, 2], [5, 1, 0, 0, 0],
        [0, 2, 0, 4, 0], [1, 0, 2, 0, 3], [0, 0, 0, 0, 6], [0, 1, 0, 5, 0], [0, 2, 0, 1, 3], [2, 0, 0, 4, 0],
        [1, 0, 0, 4, 1], [0, 5, 0, 1, 0], [4, 0, 0, 0, 2], [0, 2, 0, 4, 0], [1, 0, 5, 0, 0], [0, 0, 0, 0, 6],
    ],
    dtype=float,
)  # fmt: skip
"""Fleiss 1971: 30 patients, six psychiatrists, five diagnoses; kappa .430."""


@pytest.mark.parametrize(
    ("metric", "published"), [(nominal, 0.743), (ordinal, 0.815), (interval, 0.849), (ratio, 0.797)]
)
def test_krippendorffs_own_data(metric: object, published: float) -> None:
    found = alpha(count_bands(KRIPPENDORFF_2011, 5), metric)  # type: ignore[arg-type]
    assert round(found, 3) == published


def test_gwets_coefficient_on_four_raters() -> None:
    """The published AC1 is .775 on the same 12 subjects."""
    assert round(gwet(count_bands(KRIPPENDORFF_2011, 5)), 3) == 0.775


@pytest.mark.parametrize(("counts", "published"), [(FLEISS_14, 0.210), (FLEISS_1971, 0.430)])
def test_alpha_beside_fleiss_kappa_on_complete_data(counts: np.ndarray, published: float) -> None:
    """With as many raters everywhere, nominal alpha is Fleiss' kappa with a correction for the number of ratings."""
    from statsmodels.stats.inter_rater import fleiss_kappa

    kappa = fleiss_kappa(counts)
    assert round(kappa, 3) == published
    assert alpha(counts, nominal) == pytest.approx(kappa + (1 - kappa) / counts.sum())


def test_a_hand_answer() -> None:
    """Three cases, two raters: 1 and 1, 1 and 2, 3 and 3. Of three pairs two are alike, all are within one."""
    counts = count_bands(np.array([[1.0, 1], [1, 2], [3, 3]]), 3)
    assert pairs_within(counts, 0) == pytest.approx(2 / 3)
    assert pairs_within(counts, 1) == 1
    # Ordinal: totals 3, 1, 2. Distances: 1-2 (1.5 + 0.5)^2 = 4, 1-3 (1.5 + 1 + 1)^2 = 12.25, 2-3 (0.5 + 1)^2 = 2.25.
    expected = 2 * (3 * 1 * 4 + 3 * 2 * 12.25 + 1 * 2 * 2.25)
    assert alpha(counts) == pytest.approx(1 - 5 * (2 * 4) / expected)


def test_a_rare_band_shows_why_three_figures_stand_together() -> None:
    """Of 100 cases, 91 alike and a rare band: two raters agree nearly always, yet alpha is low and AC1 high."""
    bands = np.array([[1.0, 1]] * 90 + [[2.0, 2]] + [[1.0, 2]] * 5 + [[2.0, 1]] * 4)
    counts = count_bands(bands, 2)
    assert pairs_within(counts, 0) == pytest.approx(0.91)
    assert alpha(counts, nominal) < 0.2
    assert gwet(counts) > 0.89


def plain_ordinal_alpha(table: list[list[int | None]]) -> float:
    """Pair by pair, with words of the definition."""
    units = [[value for value in unit if value is not None] for unit in table]
    units = [unit for unit in units if len(unit) >= 2]
    everything = [value for unit in units for value in unit]

    def apart(low: int, high: int) -> float:
        low, high = min(low, high), max(low, high)
        between = sum(1 for value in everything if low <= value <= high)
        return (between - (everything.count(low) + everything.count(high)) / 2) ** 2 if low != high else 0.0

    observed = sum(sum(apart(a, b) for a, b in itertools.permutations(unit, 2)) / (len(unit) - 1) for unit in units)
    expected = sum(apart(a, b) for a, b in itertools.permutations(everything, 2)) / (len(everything) - 1)
    return 1 - observed / expected if expected else math.nan


tables = st.integers(2, 5).flatmap(
    lambda raters: st.lists(
        st.lists(st.one_of(st.none(), st.integers(1, 4)), min_size=raters, max_size=raters), min_size=2, max_size=12
    )
)


def counted(table: list[list[int | None]]) -> np.ndarray:
    return count_bands(np.array([[N if value is None else value for value in unit] for unit in table], dtype=float), 4)


@settings(max_examples=60, deadline=None)
@given(tables)
def test_the_plain_twin_agrees(table: list[list[int | None]]) -> None:
    rated = [unit for unit in table if sum(value is not None for value in unit) >= 2]
    found = alpha(counted(table))
    if not rated:
        assert math.isnan(found)
        return
    twin = plain_ordinal_alpha(table)
    assert (math.isnan(found) and math.isnan(twin)) or found == pytest.approx(twin)


@settings(max_examples=40, deadline=None)
@given(tables, st.randoms(use_true_random=False))
def test_order_of_cases_and_raters_and_the_end_that_is_called_high_change_nothing(
    table: list[list[int | None]], chance: object
) -> None:
    shuffled = [list(unit) for unit in table]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    turned = [[None if value is None else 5 - value for value in reversed(unit)] for unit in shuffled]
    for figure in (alpha, gwet, lambda c: gwet(c, quadratic(4)), lambda c: pairs_within(c, 1)):
        assert figure(counted(table)) == pytest.approx(figure(counted(turned)), nan_ok=True)


def test_full_agreement_is_one_and_one_band_alone_is_nothing_to_agree_on() -> None:
    alike = count_bands(np.array([[1.0, 1, 1], [2, 2, 2], [4, 4, 4]]), 4)
    assert alpha(alike) == 1
    assert gwet(alike, quadratic(4)) == pytest.approx(1)
    assert pairs_within(alike, 0) == 1
    same = count_bands(np.full((5, 3), 2.0), 4)
    assert math.isnan(alpha(same))
    assert pairs_within(same, 0) == 1


def test_nothing_rated_twice_says_nothing() -> None:
    once = count_bands(np.array([[1.0, N], [N, 2]]), 3)
    assert math.isnan(alpha(once))
    assert math.isnan(pairs_within(once, 1))
    assert math.isnan(gwet(once))
    none = np.zeros((0, 3))
    assert math.isnan(alpha(none))
    assert math.isnan(bootstrap_alpha(none).lower)
    assert math.isnan(gwet(none))


def test_the_bootstrap_is_the_same_every_time_and_narrows_with_more_pupils() -> None:
    numbers = np.random.default_rng(5)
    true = numbers.integers(1, 5, size=40)
    bands = np.clip(true[:, None] + numbers.integers(-1, 2, size=(40, 5)), 1, 4).astype(float)
    counts = count_bands(bands, 4)
    first = bootstrap_alpha(counts)
    assert first == bootstrap_alpha(counts)
    assert first.lower < first.middle < first.upper
    wider = bootstrap_alpha(counts[:15])
    assert wider.upper - wider.lower > first.upper - first.lower
    assert first.middle == alpha(counts)


def test_weights_fall_with_the_square_of_the_distance() -> None:
    assert quadratic(3).tolist() == [[1, 0.75, 0], [0.75, 1, 0.75], [0, 0.75, 1]]
    assert quadratic(1).tolist() == [[1]]
