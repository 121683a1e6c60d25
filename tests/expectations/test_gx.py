"""Great Expectations and our own findings judge every table alike; what crashes is told and never quoted."""

from __future__ import annotations

import dataclasses
import datetime as dt
import logging
import random
from typing import Any

import polars as pl
import pytest

from expectations import checks, gx
from expectations.contract import Column, Kind, Sensitivity, Table
from expectations.errors import DeclarationError
from expectations.findings import find
from expectations.gx_rules import rules
from expectations.tables import ALL
from expectations.vocabulary import A_DATE
from tests.expectations.spoiling import Spoil, spoiled, spoils

JUDGED = [table for table in ALL.values() if table.layer in ("core", "model", "mart")]
CANARY = "Zaphod Beeblebrox"
EVERY_CHECK = {
    name
    for name, check in vars(checks).items()
    if dataclasses.is_dataclass(check) and "rule" in {field.name for field in dataclasses.fields(check)}
}
EACH = Table(
    name="core_one_of_each",
    grain="One row with one of each check.",
    sensitivity=Sensitivity.PUPIL,
    key=("row_key",),
    columns=(
        Column("row_key", Kind.TEXT, "Key."),
        Column("number", Kind.NUMBER, "A number.", null="none", checks=(checks.Between(0, 2),)),
        Column("cost_pence", Kind.MONEY, "Money.", null="none", checks=(checks.PenceBetween(0, 20_000),)),
        Column("due_date", Kind.DATE, "A day.", null="none", checks=(A_DATE,)),
        Column("given_date", Kind.DATE, "A day.", null="none", checks=(A_DATE,)),
        Column("code", Kind.TEXT, "A code.", checks=(checks.OneOf(("A", "B")),)),
        Column("form", Kind.TEXT, "A form.", checks=(checks.Matches("[0-9]{6}", "six digits"),)),
        Column("upn", Kind.TEXT, "A UPN.", null="none", checks=(checks.ValidUpn(),)),
        Column("whole_count", Kind.INTEGER, "All.", null="none"),
        Column("part_count", Kind.INTEGER, "Some."),
        Column("other_count", Kind.INTEGER, "The rest.", null="none"),
    ),
    checks=(
        checks.UniqueTogether(("row_key", "code")),
        checks.NotBefore("given_date", "due_date"),
        checks.NotAbove("part_count", "whole_count"),
        checks.SumsTo("whole_count", ("part_count", "other_count")),
    ),
)


def found_by_us(frame: pl.DataFrame, table: Table) -> set[tuple[str, str]]:
    return {(finding.column, finding.rule) for finding in find(frame, table)}


def found_by_gx(frame: pl.DataFrame, table: Table) -> set[tuple[str, str]]:
    (validation,) = gx.validate([(table, frame)])
    assert validation.crashed == ()
    assert validation.expectations_count == len(rules(table))
    assert validation.is_valid is (not validation.failed)
    return {(column, rule) for _, column, rule in validation.failed}


def agree(table: Table) -> None:
    """Nothing broken, everything broken, and a share of the rules chosen by chance: the same findings each time."""
    ways = spoils(table)
    some = random.Random(table.name).sample(ways, len(ways) // 3)
    for chosen in ([], ways, some):
        frame = spoiled(table, chosen)
        planted = {spoil.finding for spoil in chosen}
        ours = found_by_us(frame, table)
        assert planted <= ours
        assert ours - planted <= {(",".join(table.key), "KEY"), *_followers(table, chosen)}
        assert found_by_gx(frame, table) == ours


def _followers(table: Table, chosen: list[Spoil]) -> set[tuple[str, str]]:
    """Rules over several columns that a wrong value of one of them may break as well."""
    names = {name for spoil in chosen for name in spoil.values}
    return {(",".join(check.columns), check.rule) for check in table.checks if names & set(check.columns)}


@pytest.mark.parametrize("table", JUDGED, ids=lambda table: table.name)
def test_both_judge_every_rule_of_every_table_alike(table: Table) -> None:
    agree(table)


@pytest.mark.parametrize("table", [table for table in JUDGED if table.key], ids=lambda table: table.name)
def test_both_see_a_key_twice(table: Table) -> None:
    frame = spoiled(table, [])
    twice = pl.concat([frame, frame.head(1)])
    assert found_by_gx(twice, table) == found_by_us(twice, table) == {(",".join(table.key), "KEY")}


def test_both_take_a_blank_for_a_value_where_rows_must_differ() -> None:
    """Two rows of the same key with nothing in the other column are twice the same row."""
    frame = spoiled(EACH, [])
    twice = pl.concat([frame.head(2), frame.head(1)]).with_columns(code=pl.lit(None, dtype=pl.String))
    told = {("row_key,code", "TWICE"), ("row_key", "KEY"), ("code", "REQUIRED")}
    assert found_by_gx(twice, EACH) == found_by_us(twice, EACH) == told


def test_every_check_class_is_translated() -> None:
    """A class added to ``checks.py`` fails here until ``EACH`` holds it, and then until both judge it alike."""
    held = {type(check).__name__ for column in EACH.columns for check in column.checks}
    assert held | {type(check).__name__ for check in EACH.checks} == EVERY_CHECK
    agree(EACH)


def test_a_check_nobody_translated_is_refused() -> None:
    odd = Column("x", Kind.TEXT, "X.", checks=("not a check",))  # type: ignore[arg-type]  # what is tested
    unknown = Table(name="core_odd", grain="One row.", sensitivity=Sensitivity.OPEN, columns=(odd,))
    with pytest.raises(DeclarationError, match="no translation"):
        rules(unknown)


def test_a_frame_that_is_not_the_table_is_told_and_never_quoted(caplog: pytest.LogCaptureFixture) -> None:
    """A text where a number should be, and a column missing: both told by rule; the text itself nowhere."""
    right = spoiled(EACH, [])
    wrong = right.with_columns(number=pl.lit(CANARY)).drop("due_date")
    with caplog.at_level(logging.DEBUG):
        (validation,) = gx.validate([(EACH, wrong)])
    assert not validation.is_valid
    assert {rule for _, _, rule in validation.failed} == {"COLUMNS"}
    assert {column for _, column, _ in validation.crashed} == {"number", "due_date", "given_date,due_date"}
    assert {flag for _, _, flag in validation.crashed} == {"CRASHED"}
    assert CANARY not in repr(validation) + caplog.text


def test_order_and_type_are_part_of_the_contract() -> None:
    right = spoiled(EACH, [])
    names = right.columns
    assert found_by_gx(right.select(names[1], names[0], *names[2:]), EACH) == {("", "COLUMNS")}
    assert ("", "COLUMNS") in found_by_gx(right.with_columns(pl.col("part_count").cast(pl.Float64)), EACH)
    assert ("", "COLUMNS") in found_by_gx(right.with_columns(pl.col("part_count").cast(pl.Int32)), EACH)


def test_a_failed_engine_fails_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    """Should Great Expectations itself break, every rule counts as crashed: nothing passes unseen."""

    def broken(*_: Any) -> None:
        raise RuntimeError(CANARY)

    monkeypatch.setattr(gx, "_evaluate", broken)
    (validation,) = gx.validate([(EACH, spoiled(EACH, []))])
    assert len(validation.crashed) == validation.expectations_count == len(rules(EACH))
    assert not validation.is_valid
    assert CANARY not in repr(validation)


def test_the_suite_is_great_expectations_own() -> None:
    import great_expectations as great

    suite = gx.suite(EACH)
    assert isinstance(suite, great.ExpectationSuite)
    assert sorted(e.meta["rule_id"] for e in suite.expectations) == list(range(len(rules(EACH))))
    kinds = {type(expectation).__name__ for expectation in suite.expectations}
    assert "OrchardExpectColumnValuesToBeBetween" in kinds


def test_several_frames_come_back_in_order() -> None:
    frame = spoiled(EACH, [])
    first, second = gx.validate([(EACH, frame), (EACH, frame.head(0))])
    assert first.is_valid
    assert second.is_valid


def test_blanks_keep_a_columns_kind() -> None:
    """A whole number with a blank stays whole, a date stays a date, and "not a number" is told from a blank."""
    frame = pl.DataFrame(
        {
            "whole": [9007199254740993, None],
            "share": [float("nan"), None],
            "is_held": [True, None],
            "day": [dt.date(9999, 12, 31), None],
            "word": ["é", None],
        }
    )
    made = gx.to_pandas(frame)
    assert [str(kind) for kind in made.dtypes] == ["Int64", "Float64", "boolean", "datetime64[ns]", "str"]
    assert made["whole"][0] == 9007199254740993
    assert made["share"].isna().tolist() == [False, True]
    assert made["day"][0].date() == gx.LAST_DATE
    assert made.isna().iloc[1].all()


def test_warming_up_ends_with_the_classes_made() -> None:
    thread = gx.warm_up()
    thread.join(timeout=120)
    assert not thread.is_alive()
    assert "ExpectColumnValuesToBeValidUpn" in gx._expectation_classes()
