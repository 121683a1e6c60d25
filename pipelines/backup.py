"""``orchard backup``: one encrypted file that holds a whole trust at one moment, taken while the apps are in use.

No refresh runs meanwhile, so the work database is closed and the releases stand still; what people write is copied by
its database's own means. A file gets its name only when it is whole and has been read back.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from expectations.errors import SettingsError
from pipelines.archive import Archive, read_archive
from pipelines.backup_keys import KeyRing, add_key, read_ring
from pipelines.database_copy import copy_from_server, copy_in_use, written_databases
from pipelines.erased_list import home_mark, lay_beside
from pipelines.night import only_refresh
from pipelines.publish import sync
from pipelines.settings import Settings

FORMAT = 1
"""How an archive is laid out; a restore takes no other."""
HOME, DATABASES = "home", "databases"
"""Where in an archive the files of the home folder lie, and the rows of databases that are kept elsewhere."""
SUFFIX, _STAMP = ".sealed", "%Y%m%dT%H%M%SZ"
_COPIES = ".backup-"
_LEFT_OUT = ("dagster", ".refresh.lock", "CURRENT")
"""Dagster's records of runs, and what stands for the moment alone. The pointer is told in the inventory."""
_APART = (
    "Keep the key file apart from the backups and from this machine: without it nobody can read them, and with both "
    "anybody can."
)


@dataclass(frozen=True)
class Order:
    """What a backup is asked for. ``keep_days``: remove backups in the folder that are older than so many days."""

    to: Path
    key_file: Path | None = None
    is_key_new: bool = False
    keep_days: int | None = None


def back_up(settings: Settings, order: Order, now: dt.datetime) -> str:
    """Make a backup; sentences for the person who asked. Counts, names of ours, never a value.

    Raises ``SettingsError`` for a folder or key file that will not do, ``BusyError`` while a refresh runs, and
    ``OrchardError`` when something cannot be read or written: then no backup was made.
    """
    ring, made = _ring(settings, order)
    order.to.mkdir(mode=0o700, parents=True, exist_ok=True)
    begin = f"orchard-{home_mark(settings)}-"
    target = order.to / f"{begin}{now.astimezone(dt.UTC).strftime(_STAMP)}{SUFFIX}"
    with only_refresh(settings):
        files, links = _make(settings, target, begin, ring, now)
        removed = _remove_old(target, begin, order.keep_days, now) if order.keep_days else 0
    return "\n".join(said for said in (
        f"Backup {target.name}: {files:,} files, {target.stat().st_size / 1e6:,.1f} MB, sealed with key "
        f"{ring.newest.key_id}, read back and whole.",
        _not_inside(settings, links),
        f"{removed} older backups were removed." if removed else "",
        f"A new key was made in {ring.file}." if made else "",
        _APART,
    ) if said)  # fmt: skip


def default_key_file(home: Path) -> Path:
    """The key file where none is named; it goes into no backup."""
    return home / "secrets" / "backup_keys"


def _ring(settings: Settings, order: Order) -> tuple[KeyRing, bool]:
    """The keys, and whether one was made. The first key is made unasked in the default place only."""
    file, to = order.key_file or default_key_file(settings.home), order.to.resolve()
    if to.is_relative_to(settings.home):
        raise SettingsError("The backup would be lost with the home folder", str(order.to), "Name a folder elsewhere.")
    if file.resolve().is_relative_to(to):
        raise SettingsError("The key file lies beside the backups", str(file), "Keep it in another place.")
    is_first = order.key_file is None and not file.exists()
    if order.is_key_new or is_first:
        add_key(file)
    return read_ring(file), order.is_key_new or is_first


def _make(settings: Settings, target: Path, begin: str, ring: KeyRing, now: dt.datetime) -> tuple[int, int]:
    """Make one backup under the home's lock, until it has its name; (files in it, links left out).

    Only a killed backup of this home can have left a part that begins as this home's do: another one holds the lock.
    """
    if target.exists():
        raise SettingsError("There is a backup of this second already", target.name, "Try again.")
    for left in target.parent.glob(f".{begin}*{SUFFIX}.part"):
        left.unlink()
    part = target.with_name(f".{target.name}.part")
    try:
        counted = _write(settings, part, ring, now)
        read_archive(part, ring)  # no backup before it has been read back
        lay_beside(settings, target.parent)
        part.rename(target)
    finally:
        part.unlink(missing_ok=True)
    sync(target.parent)
    return counted


def _write(settings: Settings, part: Path, ring: KeyRing, now: dt.datetime) -> tuple[int, int]:
    """Write all of a backup durably; (files in it, links left out)."""
    with (
        _copies(settings) as copies,
        os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out,
    ):
        archive = Archive(out, ring.newest)
        links = 0
        for path in _files(settings, ring.file):
            if path.is_symlink():
                links += 1
                continue
            try:
                archive.add(f"{HOME}/{path.relative_to(settings.home).as_posix()}", path)
            except FileNotFoundError:
                if not path.is_relative_to(settings.drop_folder):
                    raise  # there, senders come and go; everywhere else a file that vanishes is a loss
        for name, path in copies.items():
            archive.add(name, path)
        archive.finish({
            "format": FORMAT, "made_at": now.astimezone(dt.UTC).isoformat(timespec="seconds"),
            "home_mark": home_mark(settings),
            "release": settings.current.resolve().name if settings.current.exists() else None,
        })  # fmt: skip
        out.flush()
        os.fsync(out.fileno())
    return len(archive.files), links


@contextmanager
def _copies(settings: Settings) -> Iterator[dict[str, Path]]:
    """Copies of the databases that people write, each under its name in the archive; gone afterwards.

    They lie in the home folder meanwhile: on the same encrypted disk, closed to others.
    """
    for left in settings.home.glob(f"{_COPIES}*"):
        shutil.rmtree(left)
    with tempfile.TemporaryDirectory(prefix=_COPIES, dir=settings.home) as folder:
        copies: dict[str, Path] = {}
        for of in written_databases(settings):
            if of.file.is_file():
                name = f"{HOME}/{of.file.relative_to(settings.home).as_posix()}"
                copies[name] = Path(folder) / f"file-{of.name}"
                copy_in_use(of, copies[name])
            if of.url:
                copies[f"{DATABASES}/{of.name}.sqlite"] = Path(folder) / f"rows-{of.name}"
                copy_from_server(of, copies[f"{DATABASES}/{of.name}.sqlite"])
        yield copies


def _files(settings: Settings, key_file: Path) -> Iterator[Path]:
    """Every file and link of the home folder that belongs into a backup as it lies there; no key of backups does."""
    keys = (key_file.resolve(), default_key_file(settings.home))
    copied = {f"{of.file}{end}" for of in written_databases(settings) for end in ("", "-wal", "-shm", "-journal")}

    def refuse(error: OSError) -> None:
        raise error

    for folder, below, names in os.walk(settings.home, onerror=refuse):
        below[:] = sorted(name for name in below if not _is_momentary(settings, Path(folder) / name))
        for name in sorted([*names, *(n for n in below if (Path(folder) / n).is_symlink())]):
            path = Path(folder) / name
            if not (_is_momentary(settings, path) or str(path) in copied or path in keys):
                yield path


def _is_momentary(settings: Settings, path: Path) -> bool:
    """Whether the night or a backup makes this for a moment alone; each has its place: schools name files freely."""
    name, folder = path.name, path.parent
    if folder == settings.home:
        is_half_made = name.startswith(".") and name.endswith(".new")
        return name in _LEFT_OUT or name.startswith(_COPIES) or is_half_made
    if folder == settings.releases_folder:
        return name.startswith(".tmp-")
    return path.is_relative_to(settings.landing_folder) and ".tmp-" in name


def _not_inside(settings: Settings, links: int) -> str:
    """What a person might expect in the backup and must keep otherwise."""
    named = {
        "drop": settings.drop, "catalogue_file": settings.catalogue_file, "strategy_file": settings.strategy_file,
        "ladder_file": settings.ladder_file, "insight_api.key_file": settings.insight_api.key_file,
    }  # fmt: skip
    outside = [name for name, path in named.items()
               if path and not (settings.home / path).resolve().is_relative_to(settings.home)]  # fmt: skip
    said = ["Dagster's records of runs"]
    said += [f"what lies outside the home folder ({', '.join(outside)})"] if outside else []
    said += [f"{links} links"] if links else []
    return f"Not in it: {', '.join(said)}, and what was set in the environment (ORCHARD_…)."


def _remove_old(newest: Path, begin: str, keep_days: int, now: dt.datetime) -> int:
    """Remove this home's backups older than so many days, by the day in their names; never the one just made."""
    removed = 0
    for path in newest.parent.glob(f"{begin}*{SUFFIX}"):
        try:
            stamp = dt.datetime.strptime(path.name, f"{begin}{_STAMP}{SUFFIX}").replace(tzinfo=dt.UTC)
        except ValueError:
            continue
        if path != newest and now - stamp > dt.timedelta(days=keep_days):
            path.unlink()
            removed += 1
    return removed
