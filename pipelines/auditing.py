"""``orchard audit``: one release, verified against its manifest and attacked; in a few sentences what was tried."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from expectations.contract import Sensitivity
from expectations.errors import OrchardError
from models.last_look import alike
from models.links import published
from pipelines.other_code import Beside, beside, maker_of
from pipelines.publish import audit, read_aggregate, read_manifest, verify
from pipelines.released_cells import earlier_readings
from pipelines.settings import Settings, thresholds_of


@dataclass(frozen=True)
class Audited:
    """What was tried and held, in sentences; ``is_whole`` is false where tables of other code had to be left out."""

    said: str
    is_whole: bool


def audit_release(settings: Settings, number: int | None = None) -> Audited:
    """What was tried and held, of the release that people see or of the one named.

    Raises ``OrchardError`` when a file differs from the manifest or no table is one of this code, and
    ``DisclosureError`` when a table holds what it may not or a hidden figure can be worked out. The trust's aggregate
    file holds the rows of every school.
    """
    release = settings.releases_folder / str(number) if number is not None else settings.current.resolve()
    if not release.is_dir():
        raise OrchardError("There is no such release", release.name, "Run 'orchard refresh', or name a kept one.")
    verify(release)
    files = len(read_manifest(release)["sha256"])
    found = beside(release / "agg_trust.duckdb")
    between = " " if found.is_same else f"\n{_left_out(release, found)}\nOf the others: "
    said = f"Release {release.name}: {files} files are as the manifest says.{between}"
    return Audited(said + _attacked(settings, release, found), found.is_same)


def _left_out(release: Path, found: Beside) -> str:
    """What cannot be audited, why, and what to do."""
    return (
        f"Other code made this release ({maker_of(release)}). These tables cannot be audited, for this code does not "
        f"declare them as they are there:\n{found.told()}\nTo audit them, run 'orchard audit' with the code that made "
        "them; or run 'orchard refresh', which makes every table anew."
    )


def _attacked(settings: Settings, release: Path, found: Beside) -> str:
    released = read_aggregate(release, [table for table in found.same if table.sensitivity is Sensitivity.AGGREGATE])
    if not released:
        raise OrchardError("None of the release's tables can be audited", f"made by {maker_of(release)}",
                           "Audit it with the code that made it.")  # fmt: skip
    verdict = audit(released, thresholds_of(settings), earlier_readings(settings, released, int(release.name)))
    cells = sum(frame.height * (frame.width - len(table.key)) for table, frame in released.items())
    said = (
        f"{verdict.tables_count} aggregate tables with "
        f"{cells:,} cells keep the rules. {verdict.hidden_count:,} hidden counts were attacked with every sum, group "
        f"and share of their table, with {verdict.links_count:,} links between tables and with the readings before of "
        f"{verdict.earlier_count} tables: {verdict.equations_count:,} equations and bounds, {verdict.seconds:.1f} s. "
        "None that is small can be worked out."
    )
    undeclared = alike([published(table, frame) for table, frame in released.items()])
    if undeclared:
        said += (
            "\nCounts of two tables that look like nearly the same pupils and are not declared as linked "
            "(expectations/roles.py):\n  " + "\n  ".join(undeclared)
        )
    return said
