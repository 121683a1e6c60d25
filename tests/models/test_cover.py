"""Covers: the exact program and the quick way, what they cost, what is left when time is up; brute force of 3 x 3."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from expectations.contract import Column, Kind, Label, RowPartition, Sensitivity, Table
from expectations.vocabulary import HIDDEN_COLUMNS, SCHOOL_URN
from models.cover import NIGHTLY, QUICK, THOROUGH, Effort
from models.secondary import Beside, cheapest_cover, complete, price_of
from tests.models.test_secondary import CELLS, LIMITS, PARTS, SMALL, TABLE, found, primary, schools

Parts = list[tuple[int, int, int]]


def covered(rows: list[dict], table: Table, effort: Effort) -> list[set[str]]:
    hidden = primary(rows, table)
    complete(rows, hidden, table, LIMITS, effort=effort)
    return hidden


@settings(max_examples=25, deadline=None)
@given(st.lists(CELLS, min_size=2, max_size=3))
def test_the_exact_way_is_never_dearer_and_both_are_safe(parts: Parts) -> None:
    rows = schools(*parts)
    exact, quick = (cheapest_cover(rows, primary(rows, TABLE), TABLE, LIMITS, effort=e) for e in (THOROUGH, QUICK))
    assert found(rows, exact, TABLE) == found(rows, quick, TABLE) == []
    assert price_of(rows, exact, TABLE) <= price_of(rows, quick, TABLE)


def test_two_small_cells_of_different_rows_and_columns_are_covered_by_two_cells() -> None:
    # One by one each would take its own rectangle of four; together the two share one.
    rows = schools((3, 20, 30), (20, 2, 30), (25, 14, 40))
    first = primary(rows, TABLE)
    exact = covered(rows, TABLE, THOROUGH)
    hidden = [names & set(PARTS) for names in exact]
    assert hidden[0] == hidden[1] == {"met_count", "unmet_count"}
    assert hidden[2] == set()
    assert hidden[3] == set(), "no figure of the trust"
    assert sum(map(len, exact)) - sum(map(len, first)) == 2


@pytest.mark.parametrize("effort", [QUICK, NIGHTLY, Effort(1_000_000, 1e-9)])
def test_the_quick_way_stands_where_the_exact_one_is_too_large_or_out_of_time(effort: Effort) -> None:
    rows = schools(*SMALL)
    assert found(rows, covered(rows, TABLE, effort), TABLE) == []


def test_out_of_time_without_an_answer_is_told_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    class Nothing:
        x = None

    monkeypatch.setattr("scipy.optimize.milp", lambda *_, **__: Nothing())
    rows = schools(*SMALL)
    assert found(rows, covered(rows, TABLE, THOROUGH), TABLE) == []


def test_what_the_last_release_hid_is_hidden_again_rather_than_another() -> None:
    rows = schools((3, 20, 30), (20, 21, 30), (25, 24, 40))
    habits: list[list[set[str]]] = []
    for school in (1, 2):
        habit: list[set[str]] = [set() for _ in rows]
        habit[0], habit[school] = {"met_count", "unknown_count"}, {"met_count", "unknown_count"}
        hidden = cheapest_cover(rows, primary(rows, TABLE), TABLE, LIMITS, Beside(habit=habit))
        assert hidden[school] & set(PARTS) == {"met_count", "unknown_count"}
        habits.append(hidden)
    assert habits[0] != habits[1]


NUMBERS = Column("x_count", Kind.INTEGER, "A count.", null="hidden", release=TABLE.by_name["all_count"].release)
GRID = Table(
    name="mart_grid__school",
    grain="One row per school and group.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("school_urn", "sen_group"),
    columns=(SCHOOL_URN, Column("sen_group", Kind.TEXT, "Group.", release=Label()), NUMBERS, HIDDEN_COLUMNS),
    row_partitions=(RowPartition("sen_group", "All", ("a", "b", "c")),),
)


def grid(cells: np.ndarray) -> list[dict]:
    whole = np.vstack([cells, cells.sum(axis=0)])
    whole = np.hstack([whole, whole.sum(axis=1, keepdims=True)])
    names, owners = ("a", "b", "c", "All"), ("100001", "100002", "100003", "TRUST")
    return [
        {"school_urn": owner, "sen_group": name, "x_count": int(whole[r, c]), "hidden_columns": ""}
        for r, owner in enumerate(owners) for c, name in enumerate(names)
    ]  # fmt: skip


@settings(max_examples=8, deadline=None)
@given(st.lists(st.integers(0, 6), min_size=9, max_size=9))
def test_every_three_by_three_table_of_whole_numbers_that_fits_was_tried(numbers: list[int]) -> None:
    """Cells from 0 to 8: of a small hidden cell some table that fits all that is shown has another number."""
    rows = grid(np.array(numbers).reshape(3, 3))
    hidden = cheapest_cover(rows, primary(rows, GRID), GRID, LIMITS)
    shown = {divmod(at, 4): rows[at]["x_count"] for at, names in enumerate(hidden) if not names}
    tables = _fitting(shown)
    for at, names in enumerate(hidden):
        r, c = divmod(at, 4)
        if names and r < 3 and c < 3 and LIMITS.is_small(rows[at]["x_count"]):
            assert len(np.unique(tables[:, r, c])) > 1, (numbers, hidden)


def _fitting(shown: dict[tuple[int, int], int]) -> np.ndarray:
    """All tables of three rows with their margins, inner cells 0 to 8, that agree with what is shown."""
    inner = np.array(list(np.ndindex(9, 9, 9)))
    line = np.hstack([inner, inner.sum(axis=1, keepdims=True)])
    lines = []
    for r in range(3):
        keep = np.ones(len(line), dtype=bool)
        for c in range(4):
            keep &= (line[:, c] == shown[r, c]) if (r, c) in shown else True
        lines.append(line[keep])
    assume(np.prod([len(one) for one in lines]) < 1_000_000)  # some total of a school is shown
    places = np.meshgrid(*(np.arange(len(one)) for one in lines), indexing="ij")
    tables = np.stack([one[place.ravel()] for one, place in zip(lines, places, strict=True)], axis=1)
    totals = tables.sum(axis=1)
    keep = np.ones(len(tables), dtype=bool)
    for c in range(4):
        keep &= (totals[:, c] == shown[3, c]) if (3, c) in shown else True
    return tables[keep]
