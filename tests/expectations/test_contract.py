"""A wrong declaration is refused when it is made; a right one answers by name."""

from __future__ import annotations

import dataclasses

import pytest

from expectations.contract import Column, Header, Kind, Label, Sensitivity, Source, Table
from expectations.errors import DeclarationError
from expectations.tables import ALL, CLEAN, RAW

CODE = Column("code", Kind.TEXT, "A code.")


def declare(**changes: object) -> Table:
    """A table that is in order but for the changes."""
    plain: dict[str, object] = {
        "name": "core_things", "grain": "One row per thing.", "sensitivity": Sensitivity.PUPIL, "columns": (CODE,)
    }  # fmt: skip
    return Table(**{**plain, **changes})  # type: ignore[arg-type]  # what is tested


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"name": "things"}, "grammar"),
        ({"name": "core_Things"}, "grammar"),
        ({"name": "stage_things"}, "grammar"),
        ({"columns": (CODE, CODE)}, "declared twice"),
        ({"key": ("thing",)}, "names no column"),
        ({"source": Source("things", "rows", "Things", ("thing",))}, "names no column"),
        ({"columns": (CODE.but(name="Code"),)}, "lower_snake_case"),
        ({"columns": (CODE.but(name="2nd"),)}, "lower_snake_case"),
        ({"sensitivity": Sensitivity.AGGREGATE}, "no disclosure role"),
        ({"sensitivity": Sensitivity.INTERNAL, "columns": (CODE.but(personal=True),)}, "personal column"),
        (
            {"sensitivity": Sensitivity.AGGREGATE, "columns": (CODE.but(personal=True, release=Label()),)},
            "personal column",
        ),
    ],
)
def test_a_wrong_declaration_is_refused_and_named(changes: dict[str, object], what: str) -> None:
    with pytest.raises(DeclarationError, match=what):
        declare(**changes)


@pytest.mark.parametrize(
    ("name", "layer", "noun"),
    [
        ("core_pupils", "core", "pupils"),
        ("raw_ehc_tracker__plans", "raw", "ehc_tracker"),
        ("mart_value_for_money__school", "mart", "value_for_money"),
    ],
)
def test_a_name_tells_layer_and_noun(name: str, layer: str, noun: str) -> None:
    table = declare(name=name)
    assert (table.layer, table.noun) == (layer, noun)
    assert table.column_names == ("code",)
    assert table.by_name["code"] is CODE


def test_required_is_the_default_and_blank_must_be_given_a_meaning() -> None:
    assert CODE.required
    assert not CODE.but(null="not known").required


def test_the_first_header_is_the_one_of_the_blank_workbook() -> None:
    assert CODE.header_names() == ("code",)
    drifting = CODE.but(headers=("Code", Header("Kode", "renamed", until=2023)))
    assert drifting.header_names() == ("Code", "Kode")


def test_a_contract_cannot_be_changed_after_it_is_made() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        declare().grain = "Another."  # type: ignore[misc]  # what is tested


def test_every_declared_table_is_found_by_its_own_name() -> None:
    assert {table.name for table in ALL.values()} == set(ALL)
    assert len(CLEAN) == len(RAW) > 0
    assert all(table.source for table in RAW)


@pytest.mark.parametrize("table", RAW, ids=lambda table: table.name)
def test_a_raw_table_is_named_after_its_source(table: Table) -> None:
    assert table.source
    assert table.name == f"raw_{table.source.name}__{table.source.entity}"


@pytest.mark.parametrize("table", RAW, ids=lambda table: table.name)
def test_a_natural_key_and_a_parent_key_name_columns_of_the_clean_table(table: Table) -> None:
    assert table.source
    clean = ALL["clean_" + table.name.removeprefix("raw_")]
    assert {*table.source.natural_key, *table.source.parent_key} <= set(clean.column_names)
    assert table.source.parent is None or table.source.parent in ALL


@pytest.mark.parametrize(
    "table", [t for t in ALL.values() if t.layer in ("core", "model", "mart")], ids=lambda t: t.name
)
def test_a_key_holds_no_blank(table: Table) -> None:
    assert all(table.by_name[name].required for name in table.key)
