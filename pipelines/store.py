"""The work database (level 2): reading and writing declared tables by contract. The only door to ``work.duckdb``.

Every table that enters is brought to its contract; what the engine says about a fault is turned into counts,
because DuckDB's own errors quote the value (``Conversion Error``, constraint errors).
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from expectations.contract import Table
from expectations.derive import conform, ddl, schema
from expectations.errors import BusyError, ContractViolation, OrchardError
from expectations.tables import RAW
from expectations.tables.deliveries import CORE_QUARANTINE

_BOOKKEEPING = """
create table if not exists ledger (
  delivery_key varchar not null, school_urn varchar not null, sha256 varchar not null, file_name varchar not null,
  source_label varchar, state varchar not null, rule varchar, what varchar, next_step varchar,
  delivered_at timestamp not null, landed_at timestamp not null, rows_count bigint not null,
  code_version varchar not null
);
create table if not exists ledger_slices (
  delivery_key varchar not null, table_name varchar not null, school_urn varchar not null, period varchar not null,
  rows_count bigint not null, malformed_count bigint not null, delivered_at timestamp not null
);
create table if not exists accepted (delivery_key varchar not null, accepted_at timestamp not null);
create table if not exists present (delivery_key varchar not null, school_urn varchar not null);
create table if not exists last_night (input_state varchar not null, release_number bigint not null);
create table if not exists filled (
  table_name varchar not null, input_version varchar not null, content_version varchar not null,
  rows_count bigint not null
);
"""
_FRUGAL: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "threads": "2",
    "memory_limit": "2GB",
    "preserve_insertion_order": "false",
}


class Store:
    """One open work database. Use as a context manager; one writer at a time holds it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._connection = duckdb.connect(str(path), config=dict(_FRUGAL))
        except duckdb.IOException:
            raise BusyError(
                "Another program holds the work database", path.name, "Wait for the other refresh to end."
            ) from None
        self._prepare()

    def _prepare(self) -> None:
        """Create what is missing; a raw table whose contract changed is kept by adding its new columns."""
        run = self._connection.execute
        run(_BOOKKEEPING)
        for name in ("quarantine", "landing_findings"):
            twin = ddl(CORE_QUARANTINE).replace(f'"{CORE_QUARANTINE.name}"', name)
            run(twin.replace("CREATE TABLE", "CREATE TABLE IF NOT EXISTS"))
        run("alter table landing_findings add column if not exists period varchar")
        known = {row[0] for row in run("select table_name from duckdb_tables()").fetchall()}
        for table in RAW:
            if table.name not in known:
                run(ddl(table))
                continue
            present = {row[0] for row in run(f"describe {table.name}").fetchall()}
            for column in table.columns:
                if column.name not in present:
                    run(f'alter table {table.name} add column "{column.name}" varchar')

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the database; this writes the log into the file."""
        self._connection.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing."""
        self._connection.execute("begin transaction")
        try:
            yield
        except BaseException:
            self._connection.execute("rollback")
            raise
        self._connection.execute("commit")

    def execute(self, sql: str, parameters: list[Any] | None = None) -> list[tuple[Any, ...]]:
        """Run one statement of ours with parameters; the rows, if any."""
        try:
            return self._connection.execute(sql, parameters or []).fetchall()
        except duckdb.Error as error:
            raise _without_values(error) from None

    def query(self, sql: str, parameters: list[Any] | None = None) -> pl.DataFrame:
        """The frame that a SELECT of ours gives."""
        try:
            return self._connection.sql(sql, params=parameters or []).pl()
        except duckdb.Error as error:
            raise _without_values(error) from None

    def insert(self, table_name: str, frame: pl.DataFrame) -> None:
        """Append rows whose columns are those of the table, by name."""
        if frame.is_empty():
            return
        self._connection.register("incoming", frame)
        try:
            columns = ", ".join(f'"{name}"' for name in frame.columns)
            self.execute(f'insert into "{table_name}" ({columns}) select {columns} from incoming')
        finally:
            self._connection.unregister("incoming")

    def read(self, table: Table) -> pl.DataFrame:
        """The stored table, brought to its contract. Raises ``ContractViolation`` when it was never filled."""
        if table.layer == "raw":
            order = "order by delivered_at, t.delivery_key, t.file_name, t.sheet, t.row_number"
            columns = ", ".join(f't."{name}"' for name in table.column_names)
            return self.query(
                f"select {columns} from {table.name} t left join "
                "(select delivery_key, school_urn, max(delivered_at) as delivered_at from ledger group by all) l "
                f"on l.delivery_key = t.delivery_key and l.school_urn = t.school_urn {order}"
            )
        if not self.execute("select 1 from duckdb_tables() where table_name = ?", [table.name]):
            raise ContractViolation("A table that is needed was never filled", table.name, "Mend what fills it first.")
        columns = ", ".join(f'"{name}"' for name in table.column_names)
        return conform(self.query(f'select {columns} from "{table.name}"'), table)

    def select(self, sql: str, table: Table) -> pl.DataFrame:
        """The frame that a model's SQL gives, brought to the contract of the table it fills."""
        return conform(self.query(sql), table)

    def replace(self, table: Table, frame: pl.DataFrame, input_version: str) -> str:
        """Replace the stored table by the frame and note from which inputs; returns the content's version."""
        content = content_version(frame)
        with self.transaction():
            self.execute(f'drop table if exists "{table.name}"')
            self.execute(ddl(table))
            self.insert(table.name, frame.select(list(schema(table))))
            self.execute("delete from filled where table_name = ?", [table.name])
            self.execute("insert into filled values (?, ?, ?, ?)", [table.name, input_version, content, frame.height])
        return content

    def replace_quarantine(self, table_name: str, frame: pl.DataFrame) -> None:
        """Replace the quarantine rows of one raw table."""
        with self.transaction():
            self.execute("delete from quarantine where table_name = ?", [table_name])
            self.insert("quarantine", frame)

    def filled(self, table: Table) -> tuple[str, str, int] | None:
        """(input version, content version, rows) of the stored table; ``None`` when it was never filled."""
        rows = self.execute(
            "select input_version, content_version, rows_count from filled where table_name = ?", [table.name]
        )
        return rows[0] if rows else None

    def raw_version(self, table: Table) -> str:
        """Version of a raw table: which deliveries stand in it."""
        rows = self.execute(
            "select delivery_key, school_urn, period, rows_count, malformed_count from ledger_slices "
            "where table_name = ? order by all",
            [table.name],
        )
        return hashlib.sha256(repr(rows).encode()).hexdigest()[:16]


def write_anew(path: Path) -> None:
    """Make the work database anew from its rows: a deleted row's bytes stay in the file until then."""
    new = path.with_name(f".{path.name}.new")
    new.unlink(missing_ok=True)
    with duckdb.connect(config=dict(_FRUGAL)) as connection:
        for place, words in ((path, "as old (read_only)"), (new, "as fresh")):
            quoted = str(place).replace("'", "''")
            connection.execute(f"attach '{quoted}' {words}")
        connection.execute("copy from database old to fresh")
        connection.execute("detach fresh")
    new.chmod(0o600)
    with new.open("rb") as file:
        os.fsync(file.fileno())
    os.replace(new, path)


def content_version(frame: pl.DataFrame) -> str:
    """Digest of a frame's rows, whatever their order."""
    if frame.is_empty():
        return f"empty-{len(frame.columns)}"
    sums = (int(frame.hash_rows(seed=seed).cast(pl.Int128).sum()) % 2**64 for seed in (11, 23))
    return f"{frame.height:x}-" + "".join(f"{total:016x}" for total in sums)


def _without_values(error: duckdb.Error) -> OrchardError:
    """The engine's error reduced to its kind: its text may quote a pupil's value."""
    kind = type(error).__name__
    if isinstance(error, duckdb.IOException | duckdb.OutOfMemoryException | duckdb.FatalException):
        return OrchardError(
            f"The work database could not be written or read ({kind})",
            "",
            "Check free disk space and memory, then refresh again.",
        )
    if isinstance(error, duckdb.BinderException | duckdb.CatalogException | duckdb.ParserException):
        # These speak of our own SQL (names of tables and columns), never of a row.
        return ContractViolation(f"A model's SQL does not fit the tables: {str(error).splitlines()[0]}")
    return ContractViolation(
        f"The engine refused a statement ({kind})", "", "The refusing table is named in the last step."
    )
