"""Reading published files: read-only, by real path, sandboxed, cached by path and question. The only SQL runner."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import streamlit as st

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
    return [dict(row) for row in _rows(str(database), query.sql, query.parameters, _release=release)]


@st.cache_resource(max_entries=512, show_spinner=False)
def _rows(path: str, sql: str, parameters: tuple[Parameter, ...], _release: Release) -> Rows:
    """``_release`` is not part of the key: the path holds the release's number, and the files never change.

    Kept as they are, for ``read`` copies the rows it gives away; copying them through pickle cost several times that.
    """
    try:
        cursor = _connection(path, _release).cursor()
        relation = cursor.execute(sql, list(parameters))
        names = [described[0] for described in relation.description or ()]
        return [dict(zip(names, row, strict=True)) for row in relation.fetchall()]
    except (duckdb.CatalogException, duckdb.BinderException):  # no such table or column: other code made the release
        raise OrchardError(OTHER_CODE, Path(path).name, OTHER_CODE_NEXT) from None
    except duckdb.Error:
        raise OrchardError("The figures cannot be read", Path(path).name, "Ask the central team.") from None


@st.cache_resource(max_entries=16, show_spinner=False)
def _connection(path: str, _release: Release) -> duckdb.DuckDBPyConnection:
    refuse_damaged(Path(path), _release.manifest)
    return open_reader(Path(path))
