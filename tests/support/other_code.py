"""A release as other code would have left it: its files altered, and its manifest true of them again."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import duckdb

from pipelines.publish import MANIFEST


def alter(release: Path, *statements: str, pattern: str = "*.duckdb") -> None:
    """Run SQL in each database of a release that has what it names."""
    manifest = json.loads((release / MANIFEST).read_text())
    for path in sorted(release.glob(pattern)):
        path.chmod(0o640)
        with duckdb.connect(str(path)) as connection:
            for statement in statements:
                try:
                    connection.execute(statement)
                except duckdb.CatalogException:  # this file has no such table
                    continue
        manifest["sha256"][path.name] = hashlib.sha256(path.read_bytes()).hexdigest()
    (release / MANIFEST).chmod(0o640)
    (release / MANIFEST).write_text(json.dumps(manifest))
