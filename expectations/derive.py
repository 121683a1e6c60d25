"""What follows from a contract: polars schema, DuckDB DDL, empty frame, accepted headers, dictionary.

Pure functions of the declarations. Blank workbooks are written by ``pipelines`` (they are files) from
``header_row`` and ``allowed_values``; the Great Expectations suite is in ``gx.py``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import polars as pl

from expectations.checks import OneOf
from expectations.contract import Column, Kind, Sensitivity, Table
from expectations.errors import ContractViolation
from expectations.vocabulary import PUPIL_KEY

POLARS_TYPES: dict[Kind, type[pl.DataType]] = {
    Kind.TEXT: pl.String,
    Kind.INTEGER: pl.Int64,
    Kind.NUMBER: pl.Float64,
    Kind.DATE: pl.Date,
    Kind.BOOLEAN: pl.Boolean,
    Kind.MONEY: pl.Int64,
}
DUCKDB_TYPES: dict[Kind, str] = {
    Kind.TEXT: "VARCHAR",
    Kind.INTEGER: "BIGINT",
    Kind.NUMBER: "DOUBLE",
    Kind.DATE: "DATE",
    Kind.BOOLEAN: "BOOLEAN",
    Kind.MONEY: "BIGINT",
}


def schema(table: Table) -> dict[str, type[pl.DataType]]:
    """Column name to polars type, in declared order. A raw table is text throughout."""
    if table.layer == "raw":
        return {c.name: pl.Int64 if c.name == "row_number" else pl.String for c in table.columns}
    return {c.name: POLARS_TYPES[c.kind] for c in table.columns}


def empty_frame(table: Table) -> pl.DataFrame:
    """A frame of the table's schema with no rows."""
    return pl.DataFrame(schema=schema(table))


def ddl(table: Table) -> str:
    """``CREATE TABLE`` for DuckDB with types and NOT NULL.

    No PRIMARY KEY: DuckDB's error for a broken key prints the key, which may be a pupil's.
    """
    is_raw = table.layer == "raw"
    lines = []
    for column in table.columns:
        engine_type = "VARCHAR" if is_raw and column.name != "row_number" else DUCKDB_TYPES[column.kind]
        required = column.required and (not is_raw or column.name in PROVENANCE_NAMES)
        lines.append(f'  "{column.name}" {engine_type}{" NOT NULL" if required else ""}')
    return f'CREATE TABLE "{table.name}" (\n' + ",\n".join(lines) + "\n)"


PROVENANCE_NAMES = ("delivery_key", "school_urn", "period", "file_name", "sheet", "row_number")
"""Columns that landing adds to every raw row; ``expectations/vocabulary.py`` declares them."""


def conform(frame: pl.DataFrame, table: Table) -> pl.DataFrame:
    """The frame with exactly the declared columns, order and types.

    Raises ``ContractViolation`` naming missing or undeclared columns and failed casts by column and count,
    never by value.
    """
    wanted = schema(table)
    missing = [name for name in wanted if name not in frame.columns]
    extra = [name for name in frame.columns if name not in wanted]
    if missing or extra:
        raise ContractViolation(
            f"Columns differ from the contract: missing {missing or 'none'}, undeclared {extra or 'none'}",
            table.name,
            "Declare the column or mend the model.",
        )
    return frame.select(_cast(frame[name], kind, table) for name, kind in wanted.items())


def tabulate(rows: Sequence[Mapping[str, Any]], table: Table) -> pl.DataFrame:
    """Rows as the contract's frame, sorted by key; what is not declared is left out, what is declared must be there."""
    if not rows:
        return empty_frame(table)
    kept = [{name: row[name] for name in table.column_names} for row in rows]
    return conform(pl.DataFrame(kept, infer_schema_length=None), table).sort(table.key)


def _cast(column: pl.Series, kind: type[pl.DataType], table: Table) -> pl.Series:
    """The column in its declared type; a fraction where a whole number is due is lost as much as a word is."""
    try:
        cast = column.cast(kind, strict=False)
        is_cut = column.dtype.is_float() and kind is pl.Int64
        lost = (column != cast.cast(column.dtype)).sum() if is_cut else 0
        lost += cast.null_count() - column.null_count()
    except pl.exceptions.PolarsError:  # no such cast at all; a column of blanks is blank in any type
        cast = pl.Series(column.name, [None] * len(column), dtype=kind)
        lost = len(column) - column.null_count()
    if lost > 0:
        raise ContractViolation(f"{lost} values are not of the declared kind", f"{table.name}.{column.name}")
    return cast


def normal_header(text: str) -> str:
    """A header reduced to what decides a match: NFKC, case-folded, letters and digits only."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[^a-z0-9]+", "", folded)


@cache
def accepted_headers(table: Table) -> dict[str, str]:
    """Normalised header to column name, for every header a delivered file may use."""
    accepted: dict[str, str] = {}
    for column in delivered_columns(table):
        for name in (column.name, *column.header_names()):
            accepted[normal_header(name)] = column.name
    return accepted


def delivered_columns(table: Table) -> tuple[Column, ...]:
    """The columns that a file brings: all but the provenance that landing adds."""
    return tuple(c for c in table.columns if c.name not in PROVENANCE_NAMES)


def header_row(table: Table) -> list[str]:
    """The header row of the table's blank workbook."""
    return [column.header_names()[0] for column in delivered_columns(table)]


def allowed_values(column: Column) -> tuple[str, ...]:
    """The closed list of a column, for drop-down lists; empty when there is none."""
    if column.kind is Kind.BOOLEAN:
        return ("Yes", "No")
    return next((check.values for check in column.checks if isinstance(check, OneOf)), ())


@cache
def clean_table(raw: Table) -> Table:
    """The typed twin of a raw table: same columns, typed by kind, and the pupil's key where the row is linked.

    Rows of a pupil list are not linked (people are made from them); every other row that names a pupil is.
    """
    if raw.layer != "raw" or raw.source is None:
        raise ContractViolation("Only a raw table has a clean twin", raw.name)
    typed = tuple(c.but(kind=Kind.INTEGER if c.name == "row_number" else c.kind, headers=()) for c in raw.columns)
    return Table(
        name="clean_" + raw.name.removeprefix("raw_"),
        grain=f"{raw.grain} Typed, linked and checked; rows that break a rule are in quarantine.",
        sensitivity=raw.sensitivity,
        columns=(*typed, PUPIL_KEY) if is_linked(raw) else typed,
        key=raw.source.natural_key,
        checks=raw.checks,
    )


def is_linked(raw: Table) -> bool:
    """True when each row must be linked to a known person: it names a pupil and is not itself a pupil list."""
    assert raw.source is not None
    return not raw.source.is_pupil_list and any(name in raw.by_name for name in ("upn", "mis_id", "insight_pupil_id"))


def dictionary(tables: tuple[Table, ...]) -> str:
    """The data dictionary as Markdown, one section a table. A clean table is told with the raw table it comes from."""
    parts = [
        "# Data dictionary\n\n",
        "Generated from `expectations/tables` by `orchard dictionary`; a test fails when it is stale.\n",
    ]
    for table in sorted(tables, key=lambda t: t.name):
        if table.layer != "clean":
            parts.append(_section(table))
    return "".join(parts)


def _section(table: Table) -> str:
    twin = f" Typed and checked as `clean_{table.name.removeprefix('raw_')}`." if table.layer == "raw" else ""
    key = f" Key: {', '.join(table.key)}." if table.key else ""
    names = ["column", "kind", "unit", "meaning", "blank means", "rules", *(["arrives as"] if table.source else [])]
    lines = [
        f"\n## {table.name}\n\n{table.grain}{twin}\n\nSeen by: {table.sensitivity.value}.{key}\n",
        "| " + " | ".join(names) + " |\n" + "|---" * len(names) + "|",
    ]
    for c in table.columns:
        unit = c.unit.value if c.unit else ""
        rules = "; ".join(check.describe() for check in c.checks)
        arrives = [", ".join(c.header_names()) if c.name not in PROVENANCE_NAMES else "added on arrival"]
        cells = [c.name, c.kind.value, unit, c.meaning, c.null or "not allowed", rules]
        cells += arrives if table.source else []
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    if table.checks:
        lines.append("\n" + "\n".join(f"- {check.describe()}" for check in table.checks))
    return "\n".join(lines) + "\n"


def passports(tables: tuple[Table, ...]) -> pl.DataFrame:
    """One row per column of every published table: what the app shows as the figure's passport."""
    published = [t for t in tables if t.layer == "mart" and t.sensitivity is not Sensitivity.INTERNAL]
    return pl.DataFrame(
        [
            {
                "table_name": t.name,
                "column_name": c.name,
                "meaning": c.meaning,
                "unit": c.unit.value if c.unit else None,
                "blank_meaning": c.null,
                "grain": t.grain,
            }
            for t in published
            for c in t.columns
        ],
        schema=dict.fromkeys(("table_name", "column_name", "meaning", "unit", "blank_meaning", "grain"), pl.String),
    )
