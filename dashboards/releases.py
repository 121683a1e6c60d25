"""Finding the release that people see, and its files. Pure reading of folders: no database, no Streamlit."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from expectations.errors import OrchardError

MANIFEST = "manifest.json"
_ASK = "Ask the central team."


@dataclass(frozen=True)
class Release:
    """One published folder by its real path. ``is_pointed_to`` is false when the pointer is broken."""

    folder: Path
    number: int
    manifest: dict[str, Any] = field(compare=False, hash=False, repr=False)
    is_pointed_to: bool = True

    @property
    def is_sample(self) -> bool:
        """Fictional data: the only kind that may be seen without signing in."""
        return self.manifest.get("is_sample") is True


def find_release(home: Path) -> Release:
    """The release that CURRENT names; the newest whole one when the pointer leads nowhere.

    Raises ``OrchardError`` when nothing has been published yet.
    """
    pointed = (home / "CURRENT").resolve()
    release = _read(pointed) if (home / "CURRENT").is_symlink() or pointed.is_dir() else None
    if release is not None:
        return release
    folders = [path for path in (home / "releases").glob("*") if path.name.isdigit()]
    for folder in sorted(folders, key=lambda path: int(path.name), reverse=True):
        release = _read(folder.resolve())
        if release is not None:
            return Release(release.folder, release.number, release.manifest, is_pointed_to=False)
    raise OrchardError("There are no figures yet", "", "The first night has not run, or has not published.")


def release_before(release: Release) -> Release | None:
    """The newest whole release with a lower number; ``None`` where there is none."""
    folders = [path for path in release.folder.parent.glob("*") if path.name.isdigit()]
    for folder in sorted(folders, key=lambda path: int(path.name), reverse=True):
        if int(folder.name) < release.number and (found := _read(folder.resolve())):
            return found
    return None


def _read(folder: Path) -> Release | None:
    try:
        return _told(folder, (folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError, TypeError):
        return None


@lru_cache(maxsize=8)
def _told(folder: Path, manifest: str) -> Release:
    """The file is read at every look and taken apart once: it is long, and one object makes the rows' keys quick."""
    told = json.loads(manifest)
    return Release(folder, int(told["release_number"]), told)


def refuse_damaged(path: Path, manifest: dict[str, Any]) -> None:
    """Raise ``OrchardError`` unless the file is the one the manifest was written for."""
    told = manifest.get("sha256", {}).get(path.name)
    try:
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        raise OrchardError("A file of this release cannot be read", path.name, _ASK) from None
    if told != found:
        raise OrchardError("A file of this release is damaged", path.name, _ASK)
