"""The SQL of the models: where it is kept, which tables it reads, and how it is carried to another engine.

One file per table, ``models/sql/<table>.sql``, one SELECT in DuckDB's dialect that gives exactly the contract's
columns. This module runs nothing.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

from expectations.errors import DeclarationError

_COMMENT = re.compile(r"--[^\n]*")
_TABLE = re.compile(r"\b(?:from|join)\s+((?:raw|clean|core|model|mart)_[a-z0-9_]+)\b", re.IGNORECASE)


@cache
def sql_of(table_name: str) -> str:
    """The SELECT that fills a table. Raises ``DeclarationError`` when there is none."""
    file = resources.files("models") / "sql" / f"{table_name}.sql"
    if not file.is_file():
        raise DeclarationError("No SQL fills this table", table_name)
    return file.read_text(encoding="utf-8")


def tables_with_sql() -> tuple[str, ...]:
    """Names of the tables that an SQL file fills, in order of name."""
    files = (resources.files("models") / "sql").iterdir()
    return tuple(sorted(file.name.removesuffix(".sql") for file in files if file.name.endswith(".sql")))


def tables_read(sql: str) -> tuple[str, ...]:
    """The declared tables that a SELECT reads, in order of first mention; its own named steps are left out."""
    mentioned = _TABLE.findall(_COMMENT.sub("", sql))
    return tuple(dict.fromkeys(name.lower() for name in mentioned))


def transpile_to_spark(sql: str) -> str:
    """The same SELECT in Spark's dialect. Raises sqlglot's ``ParseError`` or ``UnsupportedError``."""
    import sqlglot

    return sqlglot.transpile(sql, read="duckdb", write="spark", unsupported_level=sqlglot.ErrorLevel.RAISE)[0]
