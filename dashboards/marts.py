"""Reading published files: read-only, by real path, sandboxed, cached by path and question. The only SQL runner."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb

from dashboards.queries import Parameter, Query
from dashboards.releases import Release, refuse_damaged
from expectations.errors import OrchardError

READER_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "allow_unsigned_extensions": "false",
    "python_enable_replacements": "false",
    "python_scan_all_frames": "false",
    "threads": "2",
    "memory_limit": "512MB",
    "lock_configuration": "true",
}
"""FAULTS section 4: a published file can be read, and nothing else can be done from it."""

Rows = list[dict[str, Any]]


def open_reader(path: Path) -> duckdb.DuckDBPyConnection:
    """A connection that can only read this one file. The path is real, never the pointer."""
    return duckdb.connect(str(path.resolve(strict=True)), read_only=True, config=READER_SETTINGS)


def read(release: Release, database: Path, query: Query) -> Rows:
    """The rows of a question, each a dict. Raises ``OrchardError`` that quotes nothing of the data."""
    return [dict(row) for row in _rows(release, str(database), *query)]


@lru_cache(maxsize=16_384)
def _rows(release: Release, path: str, sql: str, parameters: tuple[Parameter, ...]) -> Rows:
    """The rows as they were read once: a release's files never change, and each school has a file of its own."""
    try:
        cursor = _connection(release, path).cursor()
        relation = cursor.execute(sql, list(parameters))
        names = [described[0] for described in relation.description or ()]
        return [dict(zip(names, row, strict=True)) for row in relation.fetchall()]
    except duckdb.Error:
        raise OrchardError("The figures cannot be read", Path(path).name, "Ask the central team.") from None


@lru_cache(maxsize=64)
def _connection(release: Release, path: str) -> duckdb.DuckDBPyConnection:
    refuse_damaged(Path(path), release.manifest)
    return open_reader(Path(path))
