"""Copies of the databases that people write: of an SQLite file while it is in use, and rows between two servers."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from expectations.errors import OrchardError
from pipelines.settings import Settings

if TYPE_CHECKING:
    from pydantic import SecretStr
    from sqlalchemy import Connection, Engine, MetaData, Table

BUSY_SECONDS = 10


@dataclass(frozen=True)
class Written:
    """A database that people write: its name, its file of the home folder, its address if it is kept elsewhere, and

    how the names of its tables begin.
    """

    name: str
    file: Path
    url: SecretStr | None
    tables: tuple[str, ...]

    def engine(self) -> Engine:
        """A way to it, wherever it is kept."""
        return _engine(self.url.get_secret_value() if self.url else f"sqlite:///{self.file}?timeout={BUSY_SECONDS}")

    def tables_in(self, connection: Connection) -> list[Table]:
        """Its own tables there."""
        from sqlalchemy import MetaData

        there = MetaData()
        there.reflect(connection, only=lambda name, _: name.startswith(self.tables))
        return there.sorted_tables


def written_databases(settings: Settings) -> tuple[Written, Written]:
    """The journal and the challenge trail."""
    return (
        Written(
            "journal",
            settings.journal_file,
            settings.journal_url,
            ("alias_decisions", "moderation_", "alembic_version"),
        ),
        Written("trail", settings.trail_file, settings.trail_url, ("trail_",)),
    )


def copy_in_use(of: Written, target: Path) -> None:
    """A whole copy of an SQLite file at one moment, while others read and write it. Raises ``OrchardError``."""
    try:
        with closing(sqlite3.connect(of.file, timeout=BUSY_SECONDS)) as old, closing(sqlite3.connect(target)) as new:
            old.backup(new)
            new.execute("pragma journal_mode = delete")
            found = new.execute("pragma quick_check").fetchone()
    except sqlite3.Error:
        found = None
    if found != ("ok",):
        raise OrchardError(f"The {of.name} cannot be copied", of.file.name, "See that it is not damaged or in use.")


def copy_from_server(of: Written, target: Path) -> int:
    """Write the rows of a database server at one moment into a new SQLite file; rows. Raises ``OrchardError``."""
    with _told(of):
        return _copy(of, of.engine(), _engine(f"sqlite:///{target}"))


def copy_to_server(of: Written, source: Path) -> int | None:
    """Fill a server's tables from the file of ``copy_from_server``; rows, or ``None`` where it holds some already.

    All rows or none. Raises ``OrchardError`` when the server cannot be reached or written.
    """
    with _told(of):
        server = of.engine()
        with server.connect() as connection:
            if _has_rows(connection, of):
                return None
        return _copy(of, _engine(f"sqlite:///{source}"), server)


def _copy(of: Written, source: Engine, target: Engine) -> int:
    from sqlalchemy import MetaData

    rows_count = 0
    with source.connect().execution_options(isolation_level="SERIALIZABLE") as reading, target.begin() as writing:
        plain = MetaData()
        tables = [(table, _plain(table, plain)) for table in of.tables_in(reading)]
        plain.create_all(writing)
        for table, twin in tables:
            writing.execute(twin.delete())  # no row of people's is here: the version of an empty schema
            rows = [dict(row) for row in reading.execute(table.select()).mappings()]
            if rows:
                writing.execute(twin.insert(), rows)
            rows_count += len(rows)
            _count_on(writing, twin)
    return rows_count


def _has_rows(connection: Connection, of: Written) -> bool:
    own = [table for table in of.tables_in(connection) if not table.name.endswith("_version")]
    return any(connection.execute(table.select().limit(1)).first() for table in own)


def _plain(table: Table, into: MetaData) -> Table:
    """The same table in words that every database knows."""
    from sqlalchemy import Column, Index, Table

    columns = [
        Column(c.name, c.type.as_generic(), primary_key=c.primary_key, nullable=c.nullable) for c in table.columns
    ]
    made = Table(table.name, into, *columns)
    for index in table.indexes:
        Index(index.name, *(made.c[c.name] for c in index.columns))
    return made


def _count_on(connection: Connection, table: Table) -> None:
    """Let PostgreSQL number new lines after those that were copied."""
    from sqlalchemy import Integer, func, select

    keys = list(table.primary_key.columns)
    if connection.dialect.name != "postgresql" or len(keys) != 1 or not isinstance(keys[0].type, Integer):
        return
    counter = connection.scalar(select(func.pg_get_serial_sequence(table.name, keys[0].name)))
    highest = connection.scalar(select(func.max(keys[0])))
    if counter and highest:
        connection.execute(select(func.setval(counter, highest)))


def _engine(where: str) -> Engine:
    from sqlalchemy import create_engine
    from sqlalchemy.pool import NullPool

    return create_engine(where, poolclass=NullPool, hide_parameters=True)


@contextmanager
def _told(of: Written) -> Iterator[None]:
    """The database's error as one sentence that quotes nothing of it."""
    from sqlalchemy.exc import SQLAlchemyError

    try:
        yield
    except (SQLAlchemyError, ImportError, ValueError):
        raise OrchardError(
            f"The database of the {of.name} cannot be read or written", f"{of.name}_url",
            "See that it runs and that this user may use it, then try again.",
        ) from None  # fmt: skip
