"""``orchard restore``: a home folder again from one backup, or nothing at all and a sentence why not."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from pathlib import Path
from typing import IO, Any

from expectations.errors import OrchardError, SettingsError
from pipelines.archive import read_archive
from pipelines.backup import DATABASES, FORMAT, HOME, default_key_file
from pipelines.backup_keys import copy_ring, read_ring
from pipelines.database_copy import copy_to_server, written_databases
from pipelines.erased_list import take_over
from pipelines.publish import point_to, verify
from pipelines.settings import LONDON, load_settings

_ROWS = f".{DATABASES}"


def restore(source: Path, home: Path, key_file: Path) -> str:
    """Make the home folder of a backup again; sentences for the person who asked.

    Everything is unpacked beside, and takes its place only when the whole backup has been read and found as it was
    made. Raises ``SettingsError`` when there is something in the home folder, or no such backup or key file;
    ``OrchardError`` for a backup that was changed, is cut off or was sealed with another key.
    """
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise SettingsError("There is something in the home folder already", str(home),
                            "Name a new folder; nothing is ever restored over what is there.")  # fmt: skip
    if not source.is_file():
        raise SettingsError("There is no such backup", str(source), "Name the file with --from.")
    ring = read_ring(key_file)
    os.umask(0o077)
    home = home.resolve()
    home.parent.mkdir(parents=True, exist_ok=True)
    beside = home.with_name(f".{home.name}.restoring")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(mode=0o700)
    try:
        told = read_archive(source, ring, lambda name, content: _keep(beside, name, content))
        if told.get("format") != FORMAT:
            raise _other_version()
        _dress(beside, told)
        erased = take_over(beside / "forgotten.csv", source.parent, told.get("home_mark", ""))
        copy_ring(ring, default_key_file(beside))  # else the next backup would be sealed with a key that nobody kept
        rows = _fill_servers(beside) if (beside / _ROWS).is_dir() else []
        beside.replace(home)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    return "\n".join([_said(told, home), *rows, _said_of_erased(erased), f"Then: orchard refresh --home {home}"])


def _keep(beside: Path, name: str, content: IO[bytes]) -> None:
    top, _, rest = name.partition("/")
    if top not in (HOME, DATABASES) or not rest:
        raise _other_version()
    path = beside / rest if top == HOME else beside / _ROWS / rest
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("xb") as out:
        shutil.copyfileobj(content, out, 1024 * 1024)
        out.flush()
        os.fsync(out.fileno())


def _other_version() -> OrchardError:
    return OrchardError("The backup was made by another version of Orchard", "", "Restore it with that version.")


def _dress(beside: Path, told: dict[str, Any]) -> None:
    """Modes and times of the files, the pointer, and the look at the release that people see."""
    for name, of in told["files"].items():
        top, _, rest = name.partition("/")
        if top == HOME:
            os.chmod(beside / rest, of["mode"])
            os.utime(beside / rest, ns=(of["mtime_ns"], of["mtime_ns"]))
    if told["release"]:
        release = beside / "releases" / told["release"]
        verify(release)
        point_to(beside / "CURRENT", release)


def _fill_servers(beside: Path) -> list[str]:
    """Give the rows back to databases that are kept elsewhere, where they hold none; a sentence for each."""
    said = []
    settings = load_settings(beside)
    for of in written_databases(settings):
        rows = settings.home / _ROWS / f"{of.name}.sqlite"
        if not rows.is_file():
            continue
        if of.url is None:
            raise SettingsError(f"The {of.name} was kept in a database, and its address is not set",
                                f"ORCHARD_{of.name.upper()}_URL",
                                "Set it to an empty database, then restore again.")  # fmt: skip
        count = copy_to_server(of, rows)
        said.append(
            f"The database of the {of.name} holds lines already and was left as it is." if count is None
            else f"{count:,} lines were written into the empty database of the {of.name}."
        )  # fmt: skip
    shutil.rmtree(beside / _ROWS)
    return said


def _said(told: dict[str, Any], home: Path) -> str:
    made = dt.datetime.fromisoformat(told["made_at"]).astimezone(LONDON)
    release = f"Release {told['release']} is the one that people see" if told["release"] else "There is no release yet"
    return (
        f"{home} is as it was on {made:%-d %B %Y at %H:%M}: {len(told['files']):,} files, each as it was backed up. "
        f"{release}. The key file was copied to its secrets/backup_keys, so that new backups are sealed with the key "
        "that you keep."
    )


def _said_of_erased(since: list[dt.date] | None) -> str:
    """What is to be done about pupils erased after the backup was made; ``since``: days that the list adds."""
    to_do = (
        "To do: every pupil erased after that moment is in this home again, and in its releases. Run orchard "
        "forget-pupil for each of them before people see it."
    )
    if since is None:
        return f"{to_do} No list of the erased lies beside the backup."
    if not since:
        return f"{to_do} The list beside the backup, as new as the last backup there, knows of nobody more."
    days = ", ".join(f"{day:%-d %B %Y}" for day in since)
    return (
        f"{to_do} The list beside the backup, as new as the last backup there, knows of some erased on {days}. It was "
        "taken over: what comes of them from now on is set aside; what the backup holds stays until that is done."
    )
