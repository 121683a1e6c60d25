"""The attacker over whole tables, and the hiding that leaves it nothing: brute force, random tables, one cell less."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations.contract import Column, Count, Kind, Label, Partition, Rate, RowPartition, Sensitivity, Table, Unit
from expectations.vocabulary import HIDDEN_COLUMNS, SCHOOL_URN, TRUST
from models.attack import Attack, Published, gather
from models.disclosure import Thresholds
from models.secondary import Secret, complete, given_away, secrets_of
from models.suppression import hide_small, hide_what_follows

LIMITS = Thresholds()
PARTS = ("met_count", "unmet_count", "unknown_count")


def _count(name: str, of: str | None = None) -> Column:
    return Column(name, Kind.INTEGER, "A count.", null="hidden: small group", release=Count(of=of))


TABLE = Table(
    name="mart_example__school",
    grain="One row per school.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("school_urn",),
    columns=(SCHOOL_URN, _count("all_count"), *(_count(part, "all_count") for part in PARTS), HIDDEN_COLUMNS),
    partitions=(Partition("all_count", PARTS),),
)
GROUPED = Table(
    name="mart_example__group",
    grain="One row per school and group.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("school_urn", "sen_group"),
    columns=(SCHOOL_URN, Column("sen_group", Kind.TEXT, "Group.", release=Label()), *TABLE.columns[1:]),
    partitions=TABLE.partitions,
    row_partitions=(RowPartition("sen_group", "All", ("SEN", "No SEN")),),
)


def _row(urn: str, parts: tuple[int, int, int], **more: str) -> dict:
    return {"school_urn": urn, **more, "all_count": sum(parts), **dict(zip(PARTS, parts, strict=True)),
            "hidden_columns": ""}  # fmt: skip


def _together(several: list[tuple[int, int, int]]) -> tuple[int, int, int]:
    first, second, third = (sum(column) for column in zip(*several, strict=True))
    return first, second, third


def schools(*parts: tuple[int, int, int]) -> list[dict]:
    rows = [_row(str(100001 + at), counts) for at, counts in enumerate(parts)]
    return [*rows, _row(TRUST, _together(list(parts)))]


def groups(*parts: tuple[tuple[int, int, int], tuple[int, int, int]]) -> list[dict]:
    rows = []
    owners = [*((str(100001 + at), pair) for at, pair in enumerate(parts)),
              (TRUST, (_together([sen for sen, _ in parts]), _together([none for _, none in parts])))]  # fmt: skip
    for urn, (sen, none) in owners:
        named = {"SEN": sen, "No SEN": none, "All": _together([sen, none])}
        rows += [_row(urn, counts, sen_group=group) for group, counts in named.items()]
    return rows


def primary(rows: list[dict], table: Table) -> list[set[str]]:
    return [hide_small(row, table, LIMITS, set()) for row in rows]


def hidden_by_all(rows: list[dict], table: Table) -> list[set[str]]:
    hidden = primary(rows, table)
    hide_what_follows(rows, hidden, table, LIMITS)
    complete(rows, hidden, table, LIMITS)
    return hidden


def found(rows: list[dict], hidden: list[set[str]], table: Table) -> list[Secret]:
    """What an attacker finds of the numbers that are small or all but small."""
    published = Published(table, rows, hidden)
    secrets = [secret for secret in secrets_of(published, LIMITS) if secret.limit]
    return [one for part in gather([published]).parts() for one in given_away(part, secrets, rows)]


SMALL = [(3, 20, 9), (12, 2, 30), (25, 14, 1)]


def test_a_table_with_primary_suppression_only_is_rejected() -> None:
    rows = schools(*SMALL)
    assert len(found(rows, primary(rows, TABLE), TABLE)) >= 3
    assert found(rows, hidden_by_all(rows, TABLE), TABLE) == []


def test_the_attackers_range_is_what_trying_every_table_gives() -> None:
    rows = schools((3, 6, 2), (4, 5, 0))
    hidden = [{"met_count", "unmet_count"}, {"met_count", "unmet_count"}, {"met_count", "unmet_count"}]
    fits: dict[int, list[int]] = {0: [], 1: []}
    for a, b, c, d in product(range(20), repeat=4):
        if a + b == 9 and c + d == 9:
            fits[0].append(a)
            fits[1].append(c)
    (part,) = [p for p in gather([Published(TABLE, rows, hidden)]).parts() if p.unknowns]
    for at in (0, 1):
        least, most = Attack(part).range_of({(TABLE.name, at, "met_count"): 1.0})
        assert (round(least), round(most)) == (min(fits[at]), max(fits[at]))


def test_two_sums_solved_together_are_no_way_in() -> None:
    # Each row and each column hides two cells, so no single sum gives one away; all of them together would.
    rows = schools((1, 2, 30), (2, 1, 40), (20, 30, 50))
    hidden = [{"met_count", "unmet_count"}, {"met_count", "unmet_count"}, set(), set()]
    assert found(rows, hidden, TABLE), "three and three: each hidden cell is surely small"
    complete(rows, hidden, TABLE, LIMITS)
    assert found(rows, hidden, TABLE) == []


def test_a_total_of_nobody_stays_shown() -> None:
    rows = schools((0, 8, 0), (0, 30, 0))
    hidden = hidden_by_all(rows, TABLE)
    assert "met_count" not in hidden[-1]


def test_where_the_trust_counts_a_child_once_the_search_goes_on() -> None:
    rows = schools((3, 20, 9), (12, 7, 30), (25, 14, 8))
    rows[-1]["met_count"] -= 1
    rows[-1]["all_count"] -= 1
    assert hidden_by_all(rows, TABLE)[0] >= {"met_count"}


COUNTS = st.integers(0, 14)
CELLS = st.tuples(COUNTS, COUNTS, COUNTS)


@settings(max_examples=60, deadline=None)
@given(st.lists(CELLS, min_size=1, max_size=4))
def test_nothing_is_found_in_random_tables(parts: list[tuple[int, int, int]]) -> None:
    rows = schools(*parts)
    assert found(rows, hidden_by_all(rows, TABLE), TABLE) == []


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(CELLS, CELLS), min_size=2, max_size=3))
def test_nothing_is_found_in_random_tables_of_groups(parts: list) -> None:
    rows = groups(*parts)
    assert found(rows, hidden_by_all(rows, GROUPED), GROUPED) == []


FEW = st.integers(0, 5)


@settings(max_examples=10, deadline=None)
@given(st.lists(st.tuples(FEW, FEW, FEW), min_size=2, max_size=2))
def test_every_table_of_whole_numbers_that_fits_was_tried_and_leaves_room(parts: list[tuple[int, int, int]]) -> None:
    """Two schools, three parts, each cell 0 to 7: of a small hidden cell some fitting table has another number."""
    rows = schools(*parts)
    hidden = hidden_by_all(rows, TABLE)
    inner = np.array(list(np.ndindex(*(8,) * 6)), dtype=np.int16).reshape(-1, 2, 3)
    tables = np.concatenate([inner, inner.sum(axis=1, keepdims=True)], axis=1)  # the trust under its schools
    cells = dict(zip(PARTS, np.moveaxis(tables, 2, 0), strict=True)) | {"all_count": tables.sum(axis=2)}
    fits = np.ones(len(tables), dtype=bool)
    for at, row in enumerate(rows):
        for name, values in cells.items():
            if name not in hidden[at]:
                fits &= values[:, at] == row[name]
    for at, row in enumerate(rows):
        for name in cells:
            if name in hidden[at] and LIMITS.is_small(row[name]):
                assert len(np.unique(cells[name][fits, at])) > 1, (name, at, hidden)


def test_one_secondary_cell_less_and_the_attacker_is_in_or_the_cell_was_spare() -> None:
    rows = schools(*SMALL)
    first, hidden = primary(rows, TABLE), hidden_by_all(rows, TABLE)
    opened = 0
    for at, names in enumerate(hidden):
        for name in names - first[at]:
            without = [set(other) for other in hidden]
            without[at].discard(name)
            opened += bool(found(rows, without, TABLE))
    assert opened > 0, "no secondary cell protects anything"


@pytest.mark.parametrize(("least", "most", "is_found"), [
    (0, 4, True), (0, 5, False), (2, 9, False), (2.5, 9, True), (3, 9, True), (1, 5.5, True), (0, 4.999, True),
])  # fmt: skip
def test_a_small_number_is_given_away_at_each_bound(least: float, most: float, is_found: bool) -> None:
    assert Secret({("t", 0, "c"): 1.0}, 3, 4, 1, 5).is_given_away(least, most) is is_found


def test_a_share_in_whole_per_cent_is_used_against_its_numerator() -> None:
    share = Column("met_rate", Kind.NUMBER, "Share.", unit=Unit.RATE, null="hidden", checks=(),
                   release=Rate("all_count", "met_count"))  # fmt: skip
    table = replace(TABLE, columns=(*TABLE.columns[:-1], share, HIDDEN_COLUMNS))
    rows = [_row("100001", (33, 40, 27)) | {"met_rate": 0.33}]
    (part,) = gather([Published(table, rows, [{"met_count", "unmet_count", "unknown_count"}])]).parts()
    least, most = Attack(part).range_of({(table.name, 0, "met_count"): 1.0})
    assert (round(least, 3), round(most, 3)) == (32.5, 33.5)
