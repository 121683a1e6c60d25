"""Aalen-Johansen on small frames: by hand, against statsmodels, against a plain twin; forecasts with their ranges."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.ehc_clock_curve import ENDED, ISSUED, OPEN, incidence, look_ahead, next_caseload

CASES = st.lists(st.tuples(st.integers(0, 30), st.sampled_from((OPEN, ISSUED, ENDED))), min_size=1, max_size=40)


def plain_incidence(cases: list[tuple[int, int]], day: int) -> tuple[float, float, float]:
    """The same, as one would do it with pencil and paper: each day in turn."""
    issued = ended = 0.0
    waiting = 1.0
    for now in range(day + 1):
        at_risk = sum(1 for time, _ in cases if time >= now)
        plans = sum(1 for time, kind in cases if (time, kind) == (now, ISSUED))
        ends = sum(1 for time, kind in cases if (time, kind) == (now, ENDED))
        if plans + ends:
            issued, ended = issued + waiting * plans / at_risk, ended + waiting * ends / at_risk
            waiting *= 1 - (plans + ends) / at_risk
    return issued, ended, waiting


def test_five_requests_by_hand() -> None:
    """2: plan; 4: open; 5: ended; 5: plan; 9: open. S(2)=4/5; at 5 three are at risk."""
    curve = incidence([2, 4, 5, 5, 9], [ISSUED, OPEN, ENDED, ISSUED, OPEN])
    assert curve.at(1) == (0, 0, 1)
    assert curve.at(2) == pytest.approx((1 / 5, 0, 4 / 5))
    assert curve.at(5) == pytest.approx((1 / 5 + 4 / 5 / 3, 4 / 5 / 3, 4 / 5 / 3))
    assert curve.at(400) == curve.at(5)


def test_day_140_is_in_time_and_day_141_is_not() -> None:
    curve = incidence([140, 141], [ISSUED, ISSUED])
    assert curve.at(139)[0] == 0
    assert curve.at(140)[0] == pytest.approx(1 / 2)
    assert curve.at(141)[0] == pytest.approx(1)


def test_whoever_is_last_seen_on_the_day_of_an_event_is_still_followed() -> None:
    assert incidence([5, 5], [ISSUED, OPEN]).at(5)[0] == pytest.approx(1 / 2)


@given(CASES)
def test_it_is_the_plain_twin(cases: list[tuple[int, int]]) -> None:
    curve = incidence([time for time, _ in cases], [kind for _, kind in cases])
    for day in (0, 7, 15, 30):
        assert curve.at(day) == pytest.approx(plain_incidence(cases, day), abs=1e-12)
        assert sum(curve.at(day)) == pytest.approx(1)


@settings(max_examples=25)
@given(CASES.filter(lambda cases: {ISSUED, ENDED} <= {kind for _, kind in cases} and all(t > 0 for t, _ in cases)))
def test_it_is_statsmodels(cases: list[tuple[int, int]]) -> None:
    from statsmodels.duration.survfunc import CumIncidenceRight

    times, kinds = np.array([t for t, _ in cases], dtype=float), np.array([kind for _, kind in cases])
    with np.errstate(divide="ignore", invalid="ignore"):  # its standard errors, when everybody has an event
        theirs = CumIncidenceRight(times, kinds)
    curve = incidence(times.astype(int), kinds)
    for place, time in enumerate(theirs.times):
        assert curve.at(time)[:2] == pytest.approx((theirs.cinc[0][place], theirs.cinc[1][place]), abs=1e-9)


def test_without_another_end_it_is_one_minus_kaplan_meier() -> None:
    """R, survival::aml, maintained arm: 9 13+ 18 23 28+ 31 34 45+ 48 161+; survival at 31 is 0.4909, at 48 0.1841."""
    days = [9, 13, 13, 18, 23, 28, 31, 34, 45, 48, 161]
    events = [ISSUED, ISSUED, OPEN, ISSUED, ISSUED, OPEN, ISSUED, ISSUED, OPEN, ISSUED, OPEN]
    curve = incidence(days, events)
    assert 1 - curve.at(31)[0] == pytest.approx(0.4909, abs=5e-5)
    assert 1 - curve.at(48)[0] == pytest.approx(0.1841, abs=5e-5)


def test_the_curve_is_drawn_while_ten_are_followed() -> None:
    curve = incidence(range(1, 16), [OPEN] * 15)
    assert (curve.drawn_to, curve.at_risk(6), curve.at_risk(7)) == (6, 10, 9)
    assert incidence([3] * 9, [ISSUED] * 9).drawn_to == -1


@pytest.mark.parametrize(("days", "events"), [([1, 2], [ISSUED]), ([-1], [ISSUED]), ([1], [7])])
def test_days_that_cannot_be_are_refused(days: list[int], events: list[int]) -> None:
    with pytest.raises(ValueError, match="do not belong"):
        incidence(days, events)


def test_nothing_followed_is_no_error() -> None:
    curve = incidence([], [])
    assert curve.at(140) == (0, 0, 1)
    assert look_ahead(curve, []).open_count == 0


def test_a_forecast_by_hand() -> None:
    """Twenty requests: ten with a plan at 100 days, ten still open at 10 days. Each open one: p = F(101) = 1."""
    curve = incidence([100] * 10 + [10] * 10, [ISSUED] * 10 + [OPEN] * 10)
    ahead = look_ahead(curve, [10] * 10, ahead_days=91)
    assert (ahead.expected, ahead.low, ahead.high, ahead.beyond_count) == (10, 10, 10, 0)
    halves = incidence([50] * 10 + [200] * 10, [ISSUED] * 10 + [OPEN] * 10)
    ahead = look_ahead(halves, [0] * 4, ahead_days=91)
    assert ahead.expected == pytest.approx(2)
    spread = 1.959964 * math.sqrt(4 * 0.25)
    assert (ahead.low, ahead.high) == pytest.approx((2 - spread, 2 + spread), abs=1e-5)


def test_who_has_waited_longer_than_the_curve_tells_widens_the_range_only() -> None:
    curve = incidence([50] * 10 + [200] * 10, [ISSUED] * 10 + [OPEN] * 10)
    ahead = look_ahead(curve, [300, 300])
    assert (ahead.low, ahead.expected, ahead.high, ahead.beyond_count) == (0, 1, 2, 2)


def test_the_next_caseload_by_hand() -> None:
    """100 110 130 140: mean change 40/3. Before: 120 for 130 (10 off), 145 for 140 (5 off)."""
    expected, low, high = next_caseload([100, 110, 130, 140]) or (0, 0, 0)
    assert (expected, low, high) == pytest.approx((140 + 40 / 3, 140 + 40 / 3 - 10, 140 + 40 / 3 + 10))
    assert next_caseload([100, 110, 130]) is None
