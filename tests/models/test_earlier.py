"""Releases seen before: a reading stands, a pattern stays, and a pupil who moves school between terms does not show."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import polars as pl
import pytest

from expectations.tables import ALL
from models.disclosure import Thresholds, release
from models.earlier import (
    CELLS,
    Reading,
    beheld,
    cells_of,
    half_term_of,
    last_reading,
    reading_before,
    same_figures,
    stands,
    unmasked,
    with_new_cells,
)
from models.links import marked, published
from models.sums import additive_columns
from tests.models.test_disclosure import on_roll

PUPILS = ALL["mart_pupils__school"]
LIMITS = Thresholds()
AUTUMN, LATER, SPRING = dt.date(2026, 11, 20), dt.date(2026, 12, 4), dt.date(2027, 1, 15)
ROLL = (("100001", 60, 30, 200), ("100002", 40, 35, 210))


def ledger_of(*frames: tuple[int, pl.DataFrame, dt.date]) -> pl.DataFrame:
    ledger = pl.DataFrame(schema=CELLS)
    for number, frame, day in frames:
        ledger = with_new_cells(ledger, {PUPILS.name: cells_of(PUPILS, frame, number, day, "rules")})
    return ledger


def reading_of(frame: pl.DataFrame, day: dt.date = AUTUMN) -> Reading:
    reading = last_reading(ledger_of((1, frame, day)), PUPILS)
    assert reading is not None
    return reading


def test_the_ledger_gives_a_reading_back_as_it_was_shown() -> None:
    shown = on_roll(("100001", 60, 3, 200), ("100002", 40, 35, 210), ("100003", 40, 9, 210))
    reading = reading_of(shown)
    figures = {column.name for column in additive_columns(PUPILS)}
    assert [{n: row[n] for n in figures} for row in reading.rows] == shown.select(sorted(figures)).to_dicts()
    assert reading.hidden == [marked(row) & figures for row in shown.to_dicts()]
    assert same_figures(reading, published(PUPILS, shown))


def test_the_ledger_holds_no_true_value_behind_a_hidden_one() -> None:
    ledger = ledger_of((1, on_roll(("100001", 60, 3, 200), ("100002", 40, 35, 210), ("100003", 40, 9, 210)), AUTUMN))
    hidden = ledger.filter(pl.col("shown").is_null())
    assert hidden.height > 0
    assert set(ledger.columns) == set(CELLS)


def test_the_same_figures_are_written_once_and_old_readings_let_go() -> None:
    frames = [(n, on_roll(("100001", 60, 30 + n, 200)), AUTUMN) for n in range(1, 30)]
    assert ledger_of((1, frames[0][1], AUTUMN), (2, frames[0][1], LATER))["release_number"].unique().to_list() == [1]
    assert ledger_of(*frames)["release_number"].n_unique() == 12


@pytest.mark.parametrize(
    ("plans", "day", "rules", "is_standing"),
    [(31, LATER, "rules", True), (39, LATER, "rules", True), (40, LATER, "rules", False), (20, LATER, "rules", False),
     (31, SPRING, "rules", False), (31, LATER, "others", False)],
)  # fmt: skip
def test_a_reading_stands_for_a_half_term_unless_it_was_corrected(
    plans: int, day: dt.date, rules: str, is_standing: bool
) -> None:
    tonight = on_roll(("100001", 60, plans, 200), ROLL[1])
    assert stands(reading_of(on_roll(*ROLL)), PUPILS, tonight, rules, day) is is_standing


def test_a_new_school_is_shown_at_once() -> None:
    assert not stands(reading_of(on_roll(*ROLL)), PUPILS, on_roll(*ROLL, ("100003", 40, 35, 100)), "rules", LATER)


@pytest.mark.parametrize(("first", "second", "is_same"), [
    (AUTUMN, LATER, True), (LATER, SPRING, False), (dt.date(2026, 10, 20), AUTUMN, False),
    (dt.date(2027, 7, 30), dt.date(2027, 8, 30), True), (dt.date(2027, 8, 30), dt.date(2027, 9, 10), False),
])  # fmt: skip
def test_half_terms(first: dt.date, second: dt.date, is_same: bool) -> None:
    assert (half_term_of(first) == half_term_of(second)) is is_same


def test_a_pupil_who_moves_school_between_terms_does_not_show() -> None:
    """Three with a plan here become two, five there six: both stay hidden, and both terms together tell no more."""
    others = (("100003", 40, 30, 210), ("100004", 44, 24, 180))
    autumn = on_roll(("100001", 60, 3, 200), ("100002", 40, 6, 210), *others)
    reading = reading_of(autumn)
    frame = true_roll(("100001", 60, 2, 200), ("100002", 40, 7, 210), *others)
    spring = release(frame, PUPILS, LIMITS, None, reading)
    for term in (autumn, spring):
        found = [marked(row) for row in term.to_dicts()]
        assert {"ehc_plan_count"} <= found[0]
        assert {"ehc_plan_count"} <= found[1], "the same cover in both terms"
    assert unmasked(reading, PUPILS, published(PUPILS, spring), LIMITS) == 0


def true_roll(*schools: tuple[str, int, int, int]) -> pl.DataFrame:
    total = ("TRUST", *(sum(column) for column in list(zip(*schools, strict=True))[1:]))
    rows = [
        {"school_urn": urn, "data_date": SPRING, "pupils_count": k + e + n, "sen_support_count": k,
         "ehc_plan_count": e, "no_sen_count": n, "sen_support_rate": k / (k + e + n), "ehc_plan_rate": e / (k + e + n)}
        for urn, k, e, n in (*schools, total)
    ]  # fmt: skip
    return pl.DataFrame(rows)


def test_another_cover_in_the_next_term_would_unmask_the_last_and_is_not_chosen() -> None:
    """Autumn covers 3 by 6 of the second school. In spring the third has fewest: shown, the second would tell."""
    autumn = on_roll(("100001", 60, 3, 200), ("100002", 40, 6, 210), ("100003", 40, 30, 210))
    reading = reading_of(autumn)
    naive = release(true_roll(("100001", 60, 3, 200), ("100002", 40, 7, 210), ("100003", 40, 6, 210)), PUPILS)
    seen = published(PUPILS, naive)
    if "ehc_plan_count" not in seen.hidden[1]:
        assert unmasked(reading, PUPILS, seen, LIMITS) >= 0
    kept = release(true_roll(("100001", 60, 3, 200), ("100002", 40, 7, 210), ("100003", 40, 6, 210)), PUPILS, LIMITS,
                   None, reading)  # fmt: skip
    assert "ehc_plan_count" in published(PUPILS, kept).hidden[1]
    assert unmasked(reading, PUPILS, published(PUPILS, kept), LIMITS) == 0


def test_a_number_shown_now_unmasks_the_small_one_that_it_covered() -> None:
    autumn = on_roll(("100001", 60, 3, 200), ("100002", 40, 6, 210), ("100003", 40, 30, 210))
    reading = reading_of(autumn)
    rows = published(PUPILS, autumn)
    hidden = [set(names) for names in rows.hidden]
    hidden[1] = set()
    opened = [dict(row) for row in rows.rows]
    opened[1] |= {"ehc_plan_count": 10, "sen_support_count": 40, "no_sen_count": 210}
    assert unmasked(reading, PUPILS, replace(rows, rows=opened, hidden=hidden), LIMITS) > 0


def test_what_was_shown_then_binds_what_is_hidden_now_only_where_it_is_true() -> None:
    reading = reading_of(on_roll(*ROLL))
    rows = true_roll(("100001", 60, 33, 200), ("100002", 40, 50, 210)).to_dicts()
    seen = beheld(reading, PUPILS, rows, LIMITS)
    plans = {bond.cells[0][0][1]: (bond.least, bond.most) for bond in seen.bonds
             if bond.cells[0][0][2] == "ehc_plan_count"}  # fmt: skip
    assert plans == {0: (26, 34)}


def test_the_reading_before_is_the_last_with_other_figures() -> None:
    first, second = on_roll(*ROLL), on_roll(("100001", 60, 45, 200), ROLL[1])
    ledger = ledger_of((1, first, AUTUMN), (4, second, SPRING))
    before = reading_before(ledger, PUPILS, published(PUPILS, second))
    assert before is not None
    assert same_figures(before, published(PUPILS, first))
    assert reading_before(ledger, PUPILS, published(PUPILS, first), 3) is None
