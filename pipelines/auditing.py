"""``orchard audit``: one release, verified against its manifest and attacked; in a few sentences what was tried."""

from __future__ import annotations

from expectations.contract import Sensitivity
from expectations.errors import OrchardError
from expectations.tables import ALL
from models.last_look import alike
from models.links import published
from pipelines.publish import audit, read_aggregate, read_manifest, verify
from pipelines.released_cells import earlier_readings
from pipelines.settings import Settings, thresholds_of


def audit_release(settings: Settings, number: int | None = None) -> str:
    """What was tried and held, of the release that people see or of the one named.

    Raises ``OrchardError`` when a file differs from the manifest, and ``DisclosureError`` when a table holds what it
    may not or a hidden figure can be worked out. The trust's aggregate file holds the rows of every school.
    """
    release = settings.releases_folder / str(number) if number is not None else settings.current.resolve()
    if not release.is_dir():
        raise OrchardError("There is no such release", release.name, "Run 'orchard refresh', or name a kept one.")
    verify(release)
    files = len(read_manifest(release)["sha256"])
    tables = [t for t in ALL.values() if t.layer == "mart" and t.sensitivity is Sensitivity.AGGREGATE]
    released = read_aggregate(release, tables)
    verdict = audit(released, thresholds_of(settings), earlier_readings(settings, released, int(release.name)))
    cells = sum(frame.height * (frame.width - len(table.key)) for table, frame in released.items())
    said = (
        f"Release {release.name}: {files} files are as the manifest says. {verdict.tables_count} aggregate tables with "
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
