"""Who on this machine may read a release: two groups of the operating system, one for each app.

The board app's user is in the board group alone: it opens aggregate files and nothing else. The staff app's user is
in both. Unless the settings name the groups everything stays closed to all but the user that runs the night.
"""

from __future__ import annotations

import grp
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from expectations.errors import SettingsError
from pipelines.settings import Settings

FOR_BOTH = ("manifest.json", "agg_")
"""How the names begin of what the board app reads; all else of a release is for the staff app."""


@dataclass(frozen=True)
class Readers:
    """Numbers of the two groups that read releases."""

    board: int
    staff: int


def readers_of(settings: Settings) -> Readers | None:
    """The groups that the settings name; ``None`` for neither. Raises ``SettingsError`` for one, or an unknown one."""
    if not settings.board_group and not settings.staff_group:
        return None
    if not settings.board_group or not settings.staff_group or settings.board_group == settings.staff_group:
        raise SettingsError("Two users need two groups", "board_group, staff_group", "Name both, and not the same.")
    return Readers(_number("board_group", settings.board_group), _number("staff_group", settings.staff_group))


def _number(setting: str, group: str) -> int:
    if group.isdigit():
        return int(group)
    try:
        return grp.getgrnam(group).gr_gid
    except KeyError:
        raise SettingsError(f"There is no group {group} on this machine", setting, "Make it with groupadd.") from None


def share_release(folder: Path, readers: Readers) -> None:
    """Let each group read its files of a release that is not yet in its place; nobody writes, nobody else reads."""
    for path in (folder, *folder.rglob("*")):
        is_for_both = path == folder or (path.parent == folder and path.name.startswith(FOR_BOTH))
        _give(path, readers.board if is_for_both else readers.staff, 0o750 if path.is_dir() else 0o640)


def open_the_way(settings: Settings, readers: Readers) -> None:
    """Let both groups walk, without looking around, from the home folder to the releases, and read the frozen papers;

    shut all else to others.
    """
    for path in (path for path in settings.home.iterdir() if not path.is_symlink()):
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & stat.S_IRWXO:
            _give(path, -1, mode & ~stat.S_IRWXO)
    for folder in (settings.home, settings.releases_folder):
        _give(folder, readers.board, 0o710)
    _share_papers(settings.papers_folder, readers)


def _share_papers(folder: Path, readers: Readers) -> None:
    """Let both apps read the frozen papers, released figures only; what is frozen later takes the group from here."""
    folder.mkdir(mode=0o750, exist_ok=True)
    for path in (path for path in (folder, *folder.rglob("*")) if not path.is_symlink()):
        _give(path, readers.board, 0o2750 if path.is_dir() else 0o640)


def _give(path: Path, group: int, mode: int) -> None:
    found = path.stat()
    if stat.S_IMODE(found.st_mode) == mode and group in (-1, found.st_gid):
        return
    try:
        os.chown(path, -1, group)
        path.chmod(mode)
    except PermissionError:
        raise SettingsError("The user that runs the night may not set who reads this", path.name,
                            "It must own it, and be a member of board_group and staff_group.") from None  # fmt: skip
