"""Findings tell rule, column and count of each broken rule, by hand; never a value."""

from __future__ import annotations

import polars as pl
import pytest

from expectations.checks import Between, NotAbove, OneOf
from expectations.contract import Column, Kind, Sensitivity, Table
from expectations.findings import Finding, find

GROUPS = Table(
    name="core_groups",
    grain="One row per group.",
    sensitivity=Sensitivity.PUPIL,
    key=("group", "term"),
    columns=(
        Column("group", Kind.TEXT, "Group."),
        Column("term", Kind.TEXT, "Term.", checks=(OneOf(("1", "2")),)),
        Column("planned_count", Kind.INTEGER, "Planned.", null="not planned", checks=(Between(0, 9),)),
        Column("held_count", Kind.INTEGER, "Held.", null="not known", checks=(Between(0, 9),)),
    ),
    checks=(NotAbove("held_count", "planned_count"),),
)


def groups(*drawn: tuple[str | None, str | None, int | None, int | None]) -> pl.DataFrame:
    return pl.DataFrame(
        drawn, orient="row",
        schema={"group": pl.String, "term": pl.String, "planned_count": pl.Int64, "held_count": pl.Int64},
    )  # fmt: skip


def test_a_table_in_order_has_no_findings() -> None:
    assert find(groups(("a", "1", 9, 0), ("a", "2", 0, None), ("b", "1", None, 9)), GROUPS) == []


def test_an_empty_table_has_no_findings() -> None:
    assert find(groups(), GROUPS) == []


def test_each_broken_rule_is_told_with_its_count() -> None:
    """a-1 twice (key: 2 rows), one blank group, two unknown terms, one planned above 9, one held above planned."""
    found = find(
        groups(("a", "1", 1, 1), ("a", "1", 10, 1), (None, "3", 1, 1), ("b", "4", 1, 2), ("c", "2", None, 5)),
        GROUPS,
    )
    assert [(f.column, f.rule, f.failing_count) for f in found] == [
        ("group", "REQUIRED", 1),
        ("term", "CODE", 2),
        ("planned_count", "RANGE", 1),
        ("held_count,planned_count", "ABOVE", 1),
        ("group,term", "KEY", 2),
    ]
    assert {f.table for f in found} == {"core_groups"}
    assert found[1].description == "must be one of 1, 2"


@pytest.mark.parametrize(
    "wrong",
    [
        groups(("a", "1", 1, 1)).drop("term"),
        groups(("a", "1", 1, 1)).with_columns(extra=pl.lit(1)),
        groups(("a", "1", 1, 1)).select("term", "group", "planned_count", "held_count"),
        groups(("a", "1", 1, 1)).with_columns(pl.col("planned_count").cast(pl.Float64)),
    ],
)
def test_columns_and_types_come_first(wrong: pl.DataFrame) -> None:
    assert find(wrong, GROUPS) == [
        Finding("core_groups", "", "COLUMNS", "columns and types must be as declared", wrong.height)
    ]


def test_a_finding_holds_no_value() -> None:
    (finding,) = find(groups(("a", "Zaphod", 1, 1)), GROUPS)
    assert "Zaphod" not in repr(finding)
