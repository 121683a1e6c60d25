"""What follows from a contract: schema, DDL, conforming, headers, lists, clean twin, dictionary, passports."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from expectations import derive
from expectations.checks import NotBefore, OneOf
from expectations.contract import Column, Header, Kind, Sensitivity, Source, Table, Unit
from expectations.errors import ContractViolation
from expectations.tables import ALL, RAW
from expectations.vocabulary import PROVENANCE, PUPIL_KEY
from tests.support.frames import rows

CANARY = "Zaphod Beeblebrox"
THINGS = Table(
    name="core_things",
    grain="One row per thing.",
    sensitivity=Sensitivity.PUPIL,
    key=("name",),
    columns=(
        Column("name", Kind.TEXT, "Name."),
        Column("size_count", Kind.INTEGER, "Size.", unit=Unit.PUPILS, null="not counted"),
        Column("held_rate", Kind.NUMBER, "Share.", unit=Unit.RATE, null="not known"),
        Column("made_date", Kind.DATE, "Day.", null="not known"),
        Column("is_held", Kind.BOOLEAN, "Held.", null="not known"),
        Column("cost_pence", Kind.MONEY, "Cost.", unit=Unit.PENCE, null="free", checks=(OneOf(("a|b", "c")),)),
    ),
)
RAW_THINGS = Table(
    name="raw_box__things",
    grain="One row per thing in the box.",
    sensitivity=Sensitivity.PUPIL,
    source=Source("box", "things", "Things", ("name",), natural_key=("name",)),
    columns=(
        *PROVENANCE,
        Column("upn", Kind.TEXT, "UPN.", null="none"),
        Column("name", Kind.TEXT, "Name.", headers=("Name", Header("Nom de l'élève", "before 2023", until=2022))),
        Column("made_date", Kind.DATE, "Day.", headers=("Made on (day)",)),
    ),
    checks=(NotBefore("made_date", "made_date"),),
)


def test_kinds_become_types_and_a_raw_table_is_text() -> None:
    assert derive.schema(THINGS) == {
        "name": pl.String,
        "size_count": pl.Int64,
        "held_rate": pl.Float64,
        "made_date": pl.Date,
        "is_held": pl.Boolean,
        "cost_pence": pl.Int64,
    }
    assert set(derive.schema(RAW_THINGS).values()) == {pl.String, pl.Int64}
    assert derive.schema(RAW_THINGS)["row_number"] is pl.Int64
    assert derive.empty_frame(THINGS).schema == pl.Schema(derive.schema(THINGS))


_DESCRIBED = "select column_name, data_type, is_nullable from information_schema.columns order by ordinal_position"
_ENGINE_TYPES = {pl.String: "VARCHAR", pl.Int64: "BIGINT", pl.Float64: "DOUBLE", pl.Date: "DATE", pl.Boolean: "BOOLEAN"}


def test_duckdb_takes_every_tables_ddl_and_holds_its_types() -> None:
    """The engine's own description of each table is the contract's: name, type, whether a blank is allowed."""
    for table in ALL.values():
        with duckdb.connect() as connection:
            connection.execute(derive.ddl(table))
            described = connection.execute(_DESCRIBED).fetchall()
        stays = set(derive.PROVENANCE_NAMES) if table.layer == "raw" else set(table.column_names)
        assert described == [
            (c.name, _ENGINE_TYPES[derive.schema(table)[c.name]], "NO" if c.required and c.name in stays else "YES")
            for c in table.columns
        ], table.name


def test_a_required_blank_is_refused_by_the_engine_and_no_key_is_declared() -> None:
    with duckdb.connect() as connection:
        connection.execute(derive.ddl(THINGS))
        connection.execute("insert into core_things (name) values ('a'), ('a')")  # a key twice is for findings to tell
        with pytest.raises(duckdb.ConstraintException):
            connection.execute("insert into core_things (size_count) values (1)")


def test_conform_orders_and_types_the_columns() -> None:
    mixed = rows(THINGS, name=["a", "b"], size_count=[1, None]).select(
        pl.col("is_held"),
        pl.col("size_count").cast(pl.Int8),
        *[n for n in THINGS.column_names if n not in ("is_held", "size_count")],
    )
    made = derive.conform(mixed, THINGS)
    assert made.schema == pl.Schema(derive.schema(THINGS))
    assert made["size_count"].to_list() == [1, None]


def test_conform_cuts_no_number_short() -> None:
    """Pence come whole or not at all: 12.0 is 12, but 12.5 and "not a number" are told, not cut."""
    whole = rows(THINGS, name=["a", "b"]).with_columns(pl.Series("cost_pence", [12.0, None]))
    assert derive.conform(whole, THINGS)["cost_pence"].to_list() == [12, None]
    for wrong in (12.5, float("nan"), 1e300):
        with pytest.raises(ContractViolation, match="1 values"):
            derive.conform(whole.with_columns(pl.Series("cost_pence", [wrong, None])), THINGS)


def test_conform_names_missing_and_undeclared_columns() -> None:
    frame = rows(THINGS, name="a").drop("is_held").with_columns(extra=pl.lit(1))
    with pytest.raises(ContractViolation, match=r"missing \['is_held'\], undeclared \['extra'\]") as caught:
        derive.conform(frame, THINGS)
    assert caught.value.where == "core_things"


@pytest.mark.parametrize(
    ("column", "value"),
    [("size_count", CANARY), ("held_rate", CANARY), ("made_date", CANARY), ("cost_pence", "12.345 " + CANARY)],
)
def test_conform_counts_what_it_cannot_read_and_never_quotes_it(column: str, value: str) -> None:
    frame = rows(THINGS, name=["a", "b"]).with_columns(pl.Series(column, [value, None], dtype=pl.String))
    with pytest.raises(ContractViolation) as caught:
        derive.conform(frame, THINGS)
    assert "1 values are not of the declared kind" in caught.value.sentence()
    assert caught.value.where == f"core_things.{column}"
    assert CANARY not in repr(caught.value) + str(caught.value.__cause__) + str(caught.value.__context__)


@pytest.mark.parametrize(
    "written",
    ["Date of Birth", "date_of_birth", "  DATE OF  BIRTH ", "DateOfBirth", "Date-of-Birth:", "Ｄａｔｅ of Birth"],
)
def test_a_header_is_known_however_it_is_spaced_cased_or_pointed(written: str) -> None:
    assert derive.normal_header(written) == "dateofbirth"


@given(st.text(max_size=30))
def test_a_normal_header_stays_itself(text: str) -> None:
    once = derive.normal_header(text)
    assert derive.normal_header(once) == once
    assert once.isascii()


def test_headers_lead_to_columns_and_provenance_is_not_delivered() -> None:
    assert derive.accepted_headers(RAW_THINGS) == {
        "upn": "upn", "name": "name", "nomdellve": "name", "madedate": "made_date", "madeonday": "made_date"
    }  # fmt: skip
    assert derive.header_row(RAW_THINGS) == ["upn", "Name", "Made on (day)"]


@pytest.mark.parametrize("table", RAW, ids=lambda table: table.name)
def test_no_header_means_two_columns_of_a_table(table: Table) -> None:
    """Otherwise a file's column would be read into whichever was declared last."""
    claimed: dict[str, str] = {}
    for column in derive.delivered_columns(table):
        for name in {derive.normal_header(name) for name in (column.name, *column.header_names())}:
            assert name, f"{column.name} has a header without letters or digits"
            assert claimed.setdefault(name, column.name) == column.name, f"{name}: {claimed[name]} and {column.name}"


def test_a_closed_list_becomes_a_drop_down() -> None:
    assert derive.allowed_values(THINGS.by_name["cost_pence"]) == ("a|b", "c")
    assert derive.allowed_values(THINGS.by_name["is_held"]) == ("Yes", "No")
    assert derive.allowed_values(THINGS.by_name["name"]) == ()


def test_the_clean_twin_is_typed_linked_and_keyed() -> None:
    clean = derive.clean_table(RAW_THINGS)
    assert clean.name == "clean_box__things"
    assert derive.schema(clean)["made_date"] is pl.Date
    assert derive.schema(clean)["row_number"] is pl.Int64
    assert clean.columns[-1] is PUPIL_KEY
    assert (clean.key, clean.checks, clean.sensitivity) == (("name",), RAW_THINGS.checks, RAW_THINGS.sensitivity)
    assert derive.is_linked(RAW_THINGS)
    assert not any(column.headers for column in clean.columns if column is not PUPIL_KEY)


def test_a_pupil_list_is_not_linked_to_itself() -> None:
    assert not derive.is_linked(ALL["raw_insight__pupils"])
    assert "pupil_key" not in ALL["clean_insight__pupils"].by_name
    assert not derive.is_linked(ALL["raw_money__staff_rates"])


def test_only_a_raw_table_has_a_twin() -> None:
    with pytest.raises(ContractViolation, match="Only a raw table"):
        derive.clean_table(THINGS)


def test_the_dictionary_tells_each_column_once_and_escapes_bars() -> None:
    text = derive.dictionary((THINGS, RAW_THINGS, derive.clean_table(RAW_THINGS)))
    assert "| held_rate | number | share from 0 to 1 | Share. | not known |  |" in text
    assert "a\\|b" in text
    assert "| Name, Nom de l'élève |" in text
    assert "- made_date must not be before made_date" in text
    assert text.index("## core_things") < text.index("## raw_box__things")
    assert "## clean_" not in text
    columns_of = {line.split("|")[1].strip() for line in text.splitlines() if line.startswith("| ")}
    assert set(THINGS.column_names) <= columns_of


def test_the_committed_dictionary_is_not_stale(repository: Path) -> None:
    written = (repository / "expectations" / "DICTIONARY.md").read_text(encoding="utf-8")
    assert written == derive.dictionary(tuple(ALL.values())), "Run `orchard dictionary` and commit the file."


def test_passports_cover_published_tables_only() -> None:
    told = derive.passports(tuple(ALL.values()))
    published = {t.name: t for t in ALL.values() if t.layer == "mart"}
    assert set(told["table_name"]) == set(published)
    assert told.height == sum(len(t.columns) for t in published.values())
    assert told["meaning"].null_count() == 0
    assert derive.passports((THINGS,)).is_empty()


def test_a_plain_row_of_every_table_keeps_its_contract() -> None:
    """The test builders are derived too: a row they make for a table is of its schema."""
    for table in ALL.values():
        assert rows(table).schema == pl.Schema(derive.schema(table)), table.name
    assert rows(THINGS, made_date=dt.date(2025, 9, 1))["made_date"].to_list() == [dt.date(2025, 9, 1)]
