"""Who was erased, kept beside the backups too: what a backup made before an erasure cannot know of it.

The lines are those of ``forgotten.csv``: digests made with the trust's own key, and the day. They hold no number and no
name. A list here never shrinks, and a line that is none is passed over.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import os
import re
from pathlib import Path

from pipelines.publish import sync
from pipelines.settings import Settings

HEAD = "digest,since"
_LINE = re.compile(r"([0-9a-f]{32}),(\d{4}-\d{2}-\d{2})", re.ASCII)


def home_mark(settings: Settings) -> str:
    """Eight hex digits that tell this home from others, the same after a restore."""
    key = settings.pupil_key_secret().get_secret_value().encode()
    return hmac.new(key, b"orchard home", hashlib.sha256).hexdigest()[:8]


def list_beside(folder: Path, mark: str) -> Path:
    """Where the list of a home lies in a folder of backups."""
    return folder / f"orchard-{mark}-erased.csv"


def lay_beside(settings: Settings, folder: Path) -> None:
    """Add the home's list to the one beside its backups, durably; nothing where nobody was erased."""
    target = list_beside(folder, home_mark(settings))
    known = {**_lines(target), **_lines(settings.forgotten_file)}
    if known:
        _write(target, known)


def take_over(forgotten_file: Path, folder: Path, mark: str) -> list[dt.date] | None:
    """Add the list beside the backups to a restored home's; the days of what was added, ``None`` without a list."""
    beside = list_beside(folder, mark)
    if not beside.is_file():
        return None
    own = _lines(forgotten_file)
    newer = {digest: since for digest, since in _lines(beside).items() if digest not in own}
    if newer:
        _write(forgotten_file, {**own, **newer})
    return sorted({dt.date.fromisoformat(since) for since in newer.values()})


def _lines(file: Path) -> dict[str, str]:
    """Day by digest; the first day that a list gives holds."""
    if not file.is_file():
        return {}
    found: dict[str, str] = {}
    for line in file.read_text(encoding="ascii", errors="replace").splitlines():
        told = _LINE.fullmatch(line)
        if told and _is_day(told[2]):
            found.setdefault(told[1], told[2])
    return found


def _is_day(text: str) -> bool:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _write(file: Path, known: dict[str, str]) -> None:
    """Write a list beside and rename it, so that it is never half a one."""
    new = file.with_name(f".{file.name}.new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as out:
        out.write(f"{HEAD}\n")
        out.writelines(f"{digest},{since}\n" for digest, since in known.items())
        out.flush()
        os.fsync(out.fileno())
    new.replace(file)
    sync(file.parent)
