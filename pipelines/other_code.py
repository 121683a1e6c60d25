"""A release beside the contracts of this code: what is the same in both, and what to say of the rest.

Between two versions of Orchard tables come, go and change their columns. A release that another version made stays
whole, but this code cannot judge a table that it does not declare, nor show a figure that the release does not have.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from expectations.contract import Sensitivity, Table
from expectations.derive import DUCKDB_TYPES
from expectations.tables import ALL
from pipelines.publish import AGGREGATE_LEVELS, PUPIL_LEVELS, columns_of, read_manifest

FILES = {"agg_trust.duckdb": AGGREGATE_LEVELS, "pupil_trust.duckdb": PUPIL_LEVELS}
"""The file of each app that holds every table the app may read, and the levels of those tables."""


@dataclass(frozen=True)
class Beside:
    """The published tables of a file and of this code; names, but for those that are the same in both."""

    same: tuple[Table, ...]
    missing: tuple[str, ...]
    changed: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """True when this code declares exactly what the file holds."""
        return not (self.missing or self.changed or self.unknown)

    def told(self) -> str:
        """Each difference in a line."""
        lines = (
            ("not in this release", self.missing),
            ("in it with other columns", self.changed),
            ("in it, and not known to this code", self.unknown),
        )
        return "\n".join(f"  {words}: {', '.join(names)}" for words, names in lines if names)


def beside(database: Path, levels: Iterable[Sensitivity] = AGGREGATE_LEVELS) -> Beside:
    """A published file beside the marts that this code would put there."""
    found = columns_of(database)
    wanted = {table.name: table for table in ALL.values() if table.layer == "mart" and table.sensitivity in levels}
    here = [table for name, table in wanted.items() if name in found]
    same = tuple(table for table in here if found[table.name] == _declared(table))
    return Beside(
        same,
        tuple(sorted(wanted.keys() - found.keys())),
        tuple(sorted(table.name for table in here if table not in same)),
        tuple(sorted(found.keys() - wanted.keys())),
    )


def _declared(table: Table) -> dict[str, str]:
    return {column.name: DUCKDB_TYPES[column.kind] for column in table.columns}


def maker_of(release: Path) -> str:
    """The version that made a release, as a person can find it again."""
    manifest = read_manifest(release)
    commit = manifest.get("git_commit")
    return f"commit {commit[:12]}" if commit else f"code version {manifest.get('code_version', 'unknown')}"


def what_pages_miss(release: Path) -> str:
    """Of a release that people are to see: the tables that its pages would look for in vain; '' when there are none."""
    files = {name: levels for name, levels in FILES.items() if (release / name).is_file()}
    missed = {name for file, levels in files.items() for told in [beside(release / file, levels)]
              for name in (*told.missing, *told.changed)}  # fmt: skip
    if not missed:
        return ""
    return (
        f"Other code made it ({maker_of(release)}), and the apps of this code look in vain for {len(missed)} of its "
        f"tables as they are now: {', '.join(sorted(missed))}. Their pages will say so. Run that code, or "
        "'orchard refresh' as soon as it may run again."
    )
