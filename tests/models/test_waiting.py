"""The median with open cases counted: by hand, against SciPy and statsmodels, and what holds of every set of waits."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.waiting import median_wait, still_waiting

AML = [(9, 1), (13, 1), (13, 0), (18, 1), (23, 1), (28, 0), (31, 1), (34, 1), (45, 0), (48, 1), (161, 0)]
"""survival::aml, maintained group: median 31 (METHODS H)."""
NOT_MAINTAINED = [
    (5, 1),
    (5, 1),
    (8, 1),
    (8, 1),
    (12, 1),
    (16, 0),
    (23, 1),
    (27, 1),
    (30, 1),
    (33, 1),
    (43, 1),
    (45, 1),
]
WAITS = st.lists(st.tuples(st.integers(0, 60), st.booleans()), min_size=1, max_size=40)


def parts(waits: list[tuple[int, int]] | list[tuple[int, bool]]) -> tuple[list[int], list[bool]]:
    return [days for days, _ in waits], [bool(ended) for _, ended in waits]


def test_published_medians() -> None:
    assert median_wait(*parts(AML)).days == 31
    assert median_wait(*parts(NOT_MAINTAINED)).days == 23


def test_by_hand() -> None:
    """Four wait 10, 20, 30 and 40 days; the one at 20 is still open: 3/4, then 3/4 x 1/2 = 3/8 after 30 days."""
    curve = still_waiting([10, 20, 30, 40], [True, False, True, True])
    assert curve.days.tolist() == [10, 30, 40]
    assert curve.still_waiting.tolist() == [0.75, 0.375, 0]
    found = median_wait([10, 20, 30, 40], [True, False, True, True])
    assert (found.cases, found.days) == (4, 30)


def test_without_the_open_cases_a_queue_would_look_short() -> None:
    days, ended = [7] * 6 + [100] * 9, [True] * 6 + [False] * 9
    assert median_wait(days[:6], ended[:6]).days == 7
    assert median_wait(days, ended).days is None, "fewer than half have been seen"


@pytest.mark.parametrize(("ended", "days"), [(5, 3), (4, None)])
def test_exactly_half_is_reached(ended: int, days: int | None) -> None:
    assert median_wait([3] * ended + [9] * (10 - ended), [True] * ended + [False] * (10 - ended)).days == days


def test_a_case_open_on_the_day_of_an_ending_is_still_at_risk() -> None:
    assert still_waiting([5, 5], [True, False]).still_waiting.tolist() == [0.5]


def test_nobody_and_nobody_seen_have_no_median() -> None:
    assert median_wait([], []) == median_wait(np.array([]), np.array([]))
    assert median_wait([], []).days is None
    assert median_wait([4, 5], [False, False]).days is None


def test_impossible_input_is_refused() -> None:
    for days, ended in (([1, 2], [True]), ([-1], [True]), ([float("nan")], [True])):
        with pytest.raises(ValueError, match="Each case needs its days"):
            still_waiting(days, ended)


@settings(deadline=None)
@given(WAITS)
def test_equal_to_scipy(waits: list[tuple[int, bool]]) -> None:
    from scipy.stats import CensoredData, ecdf

    days, ended = np.array(parts(waits)[0], dtype=float), np.array(parts(waits)[1])
    curve = still_waiting(days, ended)
    sample = CensoredData(uncensored=days[ended], right=days[~ended])
    theirs = ecdf(sample).sf
    assert curve.still_waiting == pytest.approx(theirs.evaluate(curve.days), abs=1e-12)
    below = [day for day in sorted(days[ended]) if theirs.evaluate(day) <= 0.5 + 1e-9]
    assert median_wait(days, ended).days == (int(below[0]) if below else None)


@settings(deadline=None, max_examples=60)
@given(WAITS)
def test_the_range_is_equal_to_statsmodels(waits: list[tuple[int, bool]]) -> None:
    """Where a line does not stand at exactly one half, which statsmodels counts as not reached."""
    from statsmodels.duration.survfunc import SurvfuncRight

    days, ended = parts(waits)
    curve, mine = still_waiting(days, ended), median_wait(days, ended)
    if not any(ended) or any(np.isclose(line, 0.5).any() for line in (curve.lower, curve.upper, curve.still_waiting)):
        return
    with np.errstate(all="ignore"):
        theirs = SurvfuncRight(np.array(days, dtype=float), np.array(ended, dtype=int))
        median = theirs.quantile(0.5)
    assert mine.days == (None if np.isnan(median) else median)
    if curve.still_waiting[-1] > 0:  # at its end statsmodels has no range
        with np.errstate(all="ignore"):
            low, high = theirs.quantile_ci(0.5, method="cloglog")
        assert (mine.lower_days or np.inf) == pytest.approx(low if np.isfinite(low) else np.inf)
        assert (mine.upper_days or np.inf) == pytest.approx(high if np.isfinite(high) else np.inf)


@settings(deadline=None)
@given(WAITS, st.integers(1, 5))
def test_order_copies_and_later_starts(waits: list[tuple[int, bool]], times: int) -> None:
    days, ended = parts(waits)
    found = median_wait(days, ended)
    assert median_wait(days[::-1], ended[::-1]) == found
    assert median_wait(days * times, ended * times).days == found.days
    later = median_wait([day + 10 for day in days], ended).days
    assert later == (None if found.days is None else found.days + 10)
    assert found.lower_days is None or found.days is None or found.lower_days <= found.days
    assert found.upper_days is None or (found.days is not None and found.upper_days >= found.days)
