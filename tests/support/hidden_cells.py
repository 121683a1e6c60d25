"""A release that holds something where the real one holds nothing: every hidden figure of the board's files filled in.

Readers must be shown the same of both, to the byte: then nothing of a hidden figure can be in what they are shown.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import replace
from pathlib import Path

import duckdb

from dashboards.releases import MANIFEST, Release, find_release
from expectations.checks import OneOf
from expectations.tables import ALL


def filled(release: Release, home: Path, salt: int = 0) -> tuple[Release, int]:
    """The release with its hidden figures filled, under another home; and how many were filled.

    Counts become small or large, so that neither a mark, a range nor an order can stay what it was by chance.
    """
    folder = home / "releases" / str(release.number)
    folder.mkdir(parents=True)
    papers = release.folder.parents[1] / "papers"
    if papers.is_dir():
        shutil.copytree(papers, home / "papers")
    manifest = json.loads((release.folder / MANIFEST).read_text())
    count = 0
    for source in sorted(release.folder.glob("agg_*.duckdb")):
        path = folder / source.name
        shutil.copyfile(source, path)
        count += _fill(path, salt)
        manifest["sha256"][path.name] = hashlib.sha256(path.read_bytes()).hexdigest()
    (folder / MANIFEST).write_text(json.dumps(manifest))
    (home / "CURRENT").symlink_to(folder)
    return replace(find_release(home), number=release.number), count


def _fill(path: Path, salt: int) -> int:
    count = 0
    with duckdb.connect(str(path)) as connection:
        for table, columns in _columns(connection).items():
            listed = "select unnest(string_split(hidden_columns, ',')) as name from " + table
            counted = connection.sql(f"select name, count(*) from ({listed}) group by name").fetchall()
            hidden = [(name, cells) for name, cells in counted if name in columns]
            sets = ", ".join(
                f"{name} = case when list_contains(string_split(hidden_columns, ','), '{name}') "
                f"then {_other(table, name, columns[name], salt)} else {name} end"
                for name, _ in sorted(hidden)
            )
            if sets:
                connection.execute(f"update {table} set {sets}")
            count += sum(cells for _, cells in hidden)
    return count


def _columns(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """Tables that can hide, and the types of their columns."""
    found: dict[str, dict[str, str]] = {}
    for table, column, kind in connection.sql(
        "select table_name, column_name, data_type from information_schema.columns"
    ).fetchall():
        found.setdefault(table, {})[column] = kind
    return {table: columns for table, columns in found.items() if "hidden_columns" in columns}


def _other(table: str, column: str, kind: str, salt: int) -> str:
    """An expression for what could stand there: a small or a large number, a day, a word that the column may hold."""
    draw = f"(hash(rowid, '{column}', {salt}) % 7)"
    if kind in ("BIGINT", "INTEGER"):
        return f"case when {draw} < 4 then 1 + {draw} else 7001 + 97 * {draw} end"
    if kind == "DOUBLE":
        return f"case when {draw} < 4 then 0.013 + 0.1 * {draw} else 0.9 + {draw} end"
    if kind == "DATE":
        return "date '2031-03-07'"
    if kind == "BOOLEAN":
        return f"{draw} < 4"
    words = next((check.values for check in ALL[table].by_name[column].checks if isinstance(check, OneOf)), ())
    return f"'{sorted(words)[-1 - salt % len(words)]}'" if words else "'Canary of a hidden word'"
