"""Reading published files: read-only, by real path, sandboxed, cached by path and question. The only SQL runner."""

from __future__ import annotations

import threading
from functools import lru_cache
from pathlib import Path
from typing import Any

import duckdb

from dashboards.queries import Query
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
MOST_OPEN, MOST_KEPT = 64, 2_000
"""Files at a time, and questions of a file of which the rows are kept: the oldest go. A page asks up to a hundred."""
OTHER_CODE = "This page cannot be shown from these figures"
OTHER_CODE_NEXT = (
    "Another version of Orchard made them, and it did not make all that this page needs. Other pages may work. The "
    "next night makes new figures; if this stays, ask the central team."
)


def open_reader(path: Path) -> duckdb.DuckDBPyConnection:
    """A connection that can only read this one file. The path is real, never the pointer."""
    return duckdb.connect(str(path.resolve(strict=True)), read_only=True, config=READER_SETTINGS)


def read(release: Release, database: Path, query: Query) -> Rows:
    """The rows of a question, each a dict. Raises ``OrchardError`` that quotes nothing of the data."""
    return [dict(row) for row in _file(release, str(database)).rows(query)]


class _File:
    """A published file, opened once for all who may read it, with what was read of it: a release never changes."""

    def __init__(self, release: Release, path: Path) -> None:
        refuse_damaged(path, release.manifest)
        self._name, self._lock = path.name, threading.Lock()
        self._connection = open_reader(path)
        self._kept: dict[Query, Rows] = {}

    def rows(self, query: Query) -> Rows:
        """The rows themselves, not to be changed. Who asks while another reads the same waits and reads nothing."""
        found = self._kept.get(query)
        if found is not None:
            return found
        with self._lock:
            if query not in self._kept:
                while len(self._kept) >= MOST_KEPT:
                    del self._kept[next(iter(self._kept))]
                self._kept[query] = self._read(query)
            return self._kept[query]

    def _read(self, query: Query) -> Rows:
        try:
            cursor = self._connection.cursor().execute(query.sql, list(query.parameters))
            names = [described[0] for described in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        except (duckdb.CatalogException, duckdb.BinderException):  # no such table or column: made by other code
            raise OrchardError(OTHER_CODE, self._name, OTHER_CODE_NEXT) from None
        except duckdb.Error:
            raise OrchardError("The figures cannot be read", self._name, "Ask the central team.") from None


@lru_cache(maxsize=MOST_OPEN)
def _file(release: Release, path: str) -> _File:
    try:
        return _File(release, Path(path))
    except duckdb.Error:
        raise OrchardError("The figures cannot be read", Path(path).name, "Ask the central team.") from None
