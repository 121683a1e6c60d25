"""Publishing: build every file beside, audit it, write the manifest, rename the folder, move the pointer last.

The privacy boundary is a file boundary: an aggregate file holds released and open tables only, a pupil file one
school's pupils. Nothing is ever written into a published folder; a reader sees the old release or the new one.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from expectations.contract import Sensitivity, Table
from expectations.derive import conform, ddl
from expectations.errors import DisclosureError, OrchardError
from expectations.vocabulary import TRUST
from models.disclosure import Thresholds, refuse_unreleased, refuse_what_follows
from models.earlier import Reading
from models.last_look import Verdict
from pipelines.sharing import Readers, share_release

MANIFEST = "manifest.json"
AGGREGATE_LEVELS = frozenset({Sensitivity.AGGREGATE, Sensitivity.OPEN})
PUPIL_LEVELS = AGGREGATE_LEVELS | {Sensitivity.PUPIL}


@dataclass(frozen=True)
class PublishedFile:
    """One file of a release: its name, the levels it may hold and the school whose rows it holds (or the trust)."""

    name: str
    levels: frozenset[Sensitivity]
    school_urn: str

    def rows_of(self, table: Table, frame: pl.DataFrame) -> pl.DataFrame:
        """The rows of a table that belong in this file: the school's own, and the trust's for comparison."""
        if self.school_urn == TRUST or "school_urn" not in table.by_name:
            return frame
        keeps = [self.school_urn] if table.sensitivity is Sensitivity.PUPIL else [self.school_urn, TRUST]
        return frame.filter(pl.col("school_urn").is_in(keeps))


def files_of(school_urns: Iterable[str]) -> list[PublishedFile]:
    """Every database file of a release."""
    owners = [*school_urns, TRUST]
    named = [(owner, "trust" if owner == TRUST else owner) for owner in owners]
    return [
        *(PublishedFile(f"agg_{name}.duckdb", AGGREGATE_LEVELS, owner) for owner, name in named),
        *(PublishedFile(f"pupil_{name}.duckdb", PUPIL_LEVELS, owner) for owner, name in named),
    ]


def audit(
    marts: dict[Table, pl.DataFrame], thresholds: Thresholds, earlier: Mapping[str, Reading] | None = None
) -> Verdict:
    """Refuse (``DisclosureError``) anything that is no mart, not declared publishable, not released, or gives a hidden

    figure away, by itself or with ``earlier`` readings. What was tried in vain.
    """
    for table, frame in marts.items():
        if table.layer != "mart" or table.sensitivity not in PUPIL_LEVELS:
            raise DisclosureError("A table that may not be published reached publishing", table.name)
        if table.sensitivity is Sensitivity.PUPIL and "school_urn" not in table.by_name:
            raise DisclosureError("A table of pupils names no school, so it belongs in no school's file", table.name)
        conform(frame, table)
        if table.sensitivity is Sensitivity.AGGREGATE:
            refuse_unreleased(table, frame, thresholds)
    return refuse_what_follows(marts, thresholds, earlier)


def write_database(path: Path, file: PublishedFile, marts: dict[Table, pl.DataFrame]) -> dict[str, int]:
    """Write one new database file with the tables its levels allow; rows per table."""
    counts: dict[str, int] = {}
    connection = duckdb.connect(
        str(path),
        config={
            "threads": "1",
            "autoinstall_known_extensions": "false",
            "default_block_size": "16384",  # small tables: a sixteenth of the usual file
        },
    )
    try:
        connection.execute("begin transaction")
        for table, frame in marts.items():
            if table.sensitivity not in file.levels:
                continue
            rows = file.rows_of(table, frame)
            connection.execute(ddl(table))
            if rows.height:
                connection.register("incoming", rows)
                connection.execute(f'insert into "{table.name}" select * from incoming')
                connection.unregister("incoming")
            counts[table.name] = rows.height
        connection.execute("commit")
    finally:
        connection.close()
    path.chmod(0o640)
    return counts


def build_release(
    releases: Path,
    marts: dict[Table, pl.DataFrame],
    school_urns: list[str],
    thresholds: Thresholds,
    earlier: Mapping[str, Reading] | None = None,
) -> tuple[Path, dict[str, Any]]:
    """Build every file of a release in a hidden folder beside; (folder, what the manifest says of the files)."""
    releases.mkdir(mode=0o750, parents=True, exist_ok=True)
    remove_leftovers(releases)
    audit(marts, thresholds, earlier)
    folder = releases / f".tmp-{os.getpid()}"
    folder.mkdir(mode=0o750)
    files = files_of(school_urns)
    with ThreadPoolExecutor(max_workers=2) as workers:
        counts = list(workers.map(lambda file: write_database(folder / file.name, file, marts), files))
    return folder, {file.name: {"rows": rows} for file, rows in zip(files, counts, strict=True)}


def read_aggregate(release: Path, tables: Iterable[Table], *, or_none: bool = False) -> dict[Table, pl.DataFrame]:
    """Aggregate or open tables of a release, with the rows of every school; ``or_none``: those that it has."""
    with duckdb.connect(str(release / "agg_trust.duckdb"), read_only=True) as connection:
        if or_none:
            there = {name for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall()}
            tables = [table for table in tables if table.name in there]
        return {table: connection.sql(f'select * from "{table.name}"').pl() for table in tables}


def columns_of(database: Path) -> dict[str, dict[str, str]]:
    """The tables of a published file: name of each column and its type in DuckDB, in their order."""
    found: dict[str, dict[str, str]] = {}
    with duckdb.connect(str(database), read_only=True) as connection:
        for table, column, kind in connection.execute(
            "select table_name, column_name, data_type from duckdb_columns() where not internal "
            "order by table_name, column_index"
        ).fetchall():
            found.setdefault(table, {})[column] = kind
    return found


def next_number(releases: Path) -> int:
    """One more than the highest release folder; never derived from a clock."""
    numbers = [int(path.name) for path in releases.iterdir() if path.name.isdigit()] if releases.is_dir() else []
    return max(numbers, default=0) + 1


def seal(folder: Path, releases: Path, number: int, manifest: dict[str, Any], readers: Readers | None = None) -> Path:
    """Add hashes and the manifest, let the apps' users read, make all of it durable, give the folder its number."""
    manifest["sha256"] = {
        path.relative_to(folder).as_posix(): file_sha256(path)
        for path in sorted(folder.rglob("*")) if path.is_file() and path.name != MANIFEST
    }  # fmt: skip
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True), encoding="utf-8")
    if readers:
        share_release(folder, readers)
    for path in [*(p for p in folder.rglob("*") if p.is_file()), folder]:
        sync(path)
    target = releases / str(number)
    folder.rename(target)
    sync(releases)
    return target


def point_to(current: Path, release: Path) -> None:
    """Swap the pointer; the last step of publishing and the only step of a rollback."""
    new = current.with_name(f".{current.name}.new")
    new.unlink(missing_ok=True)
    new.symlink_to(release.relative_to(current.parent))
    os.replace(new, current)
    sync(current.parent)


def keep_newest(releases: Path, current: Path, kept: int) -> None:
    """Remove releases beyond the newest ``kept``; the one that is pointed to always stays."""
    folders = sorted((p for p in releases.iterdir() if p.name.isdigit()), key=lambda p: int(p.name), reverse=True)
    pointed = current.resolve() if current.exists() else None
    for folder in folders[kept:]:
        if folder.resolve() != pointed:
            shutil.rmtree(folder)


def remove_leftovers(releases: Path) -> None:
    """Remove what a killed night left half built."""
    for path in releases.glob(".tmp-*"):
        shutil.rmtree(path, ignore_errors=True)


def read_manifest(release: Path) -> dict[str, Any]:
    """The manifest of a release. Raises ``OrchardError`` when it is missing or not readable."""
    try:
        manifest: dict[str, Any] = json.loads((release / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise OrchardError(
            "A release has no readable manifest", release.name, "Roll back to another release."
        ) from None
    return manifest


def verify(release: Path) -> None:
    """Compare every file with the manifest's hash. Raises ``OrchardError`` naming the files that differ."""
    told = read_manifest(release)["sha256"]
    found = {
        path.relative_to(release).as_posix(): file_sha256(path)
        for path in release.rglob("*") if path.is_file() and path.name != MANIFEST
    }  # fmt: skip
    wrong = sorted(name for name in {*told, *found} if told.get(name) != found.get(name))
    if wrong:
        raise OrchardError(
            f"Files differ from the manifest: {', '.join(wrong)}",
            f"release {release.name}",
            "Roll back to another release.",
        )


def roll_back(releases: Path, current: Path, to: int | None = None) -> int:
    """Move the pointer to release ``to``, or to the newest sound release before the present one; its number."""
    present = int(current.resolve().name) if current.exists() else None
    numbers = (
        sorted((int(p.name) for p in releases.iterdir() if p.name.isdigit()), reverse=True) if releases.is_dir() else []
    )
    wanted = [to] if to is not None else [n for n in numbers if present is None or n < present]
    for number in wanted:
        if number not in numbers:
            break
        verify(releases / str(number))
        point_to(current, releases / str(number))
        return number
    raise OrchardError("There is no such release to go to", f"kept: {numbers or 'none'}", "Name a kept one with --to.")


def file_sha256(path: Path) -> str:
    """SHA-256 of a file's bytes, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def text_sha256(text: str) -> str:
    """SHA-256 of a text, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()


def sync(path: Path) -> None:
    """Have a file, or the names in a folder, outlive a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
