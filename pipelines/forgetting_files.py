"""Erasing a pupil from files: which files as delivered name them, old releases, what a database leaves in its file."""

from __future__ import annotations

import datetime as dt
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from expectations.errors import SourceFileError
from expectations.tables import RAW
from pipelines.drop_folder import Arrival, copy_of, find_arrivals
from pipelines.forgotten import Forgotten
from pipelines.landing import limits_of
from pipelines.readers.recognition import header_names
from pipelines.readers.sandbox import read_deliveries
from pipelines.settings import Settings
from pipelines.slices import cut_slices
from pipelines.store import Store

_BLOCK = 1024 * 1024


def delivered_files(settings: Settings, store: Store) -> tuple[list[Arrival], list[Arrival]]:
    """(files in the drop folder, deliveries of the ledger whose copy in the landing folder is still there)."""
    limits = limits_of(settings)
    later = dt.datetime.now(dt.UTC) + dt.timedelta(days=1)
    dropped, _ = find_arrivals(settings.drop_folder, later, 0, limits.file_bytes, {s.urn for s in settings.schools})
    landed = []
    for urn, name, sha256, at in store.execute("select school_urn, file_name, sha256, delivered_at from ledger"):
        arrival = Arrival(Path(name), urn, name, sha256, at)
        place = copy_of(arrival, settings.landing_folder)
        if place.is_file():
            landed.append(Arrival(place, urn, name, sha256, at))
    return [one for one in dropped if not one.is_link and not one.problem], landed


def which_name(settings: Settings, arrivals: Iterable[Arrival], forgotten: Forgotten, upn: str) -> set[str]:
    """Hashes of the files that hold somebody erased: read as a night reads them, and searched for the UPN."""
    each = list({(one.sha256, one.school_urn): one for one in arrivals}.values())
    names = header_names(RAW, settings.mapping)
    answers = read_deliveries(
        [one.path for one in each], names, limits_of(settings), settings.reading_processes, [o.file_name for o in each]
    )
    found = {one.sha256 for one in each if holds(one.path, upn)}
    for one, (_, content) in zip(each, answers, strict=True):
        if isinstance(content, SourceFileError) or one.sha256 in found:
            continue
        try:
            _, erased = forgotten.set_aside(cut_slices(one, content, settings))
        except SourceFileError:
            continue
        if erased:
            found.add(one.sha256)
    return found


def holds(path: Path, upn: str) -> bool:
    """Whether a file's bytes hold the UPN, in it or in the members of an archive (a workbook is one)."""
    if zipfile.is_zipfile(path):
        try:
            with zipfile.ZipFile(path) as archive:
                for name in archive.namelist():
                    with archive.open(name) as member:
                        if _within(member, upn):
                            return True
        except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError):
            pass  # what cannot be unpacked is searched as it is
    with path.open("rb") as file:
        return _within(file, upn)


def _within(file: IO[bytes], upn: str) -> bool:
    sought = [text.encode(code) for text in (upn, upn.lower()) for code in ("ascii", "utf-16-le")]
    before = b""
    while block := file.read(_BLOCK):
        window = before + block
        if any(text in window for text in sought):
            return True
        before = window[-2 * len(upn) :]
    return False


def remove_copies(settings: Settings, landed: Iterable[Arrival], hashes: set[str]) -> int:
    """Remove copies of the landing folder, and what was fetched last: the next night fetches it again. Files."""
    places = {one.path for one in landed if one.sha256 in hashes}
    for place in places:
        place.unlink(missing_ok=True)
    shutil.rmtree(settings.home / "fetched", ignore_errors=True)
    return len(places)


def remove_other_releases(settings: Settings) -> int:
    """Remove every release but the one that people see; how many. There is nothing to roll back to afterwards."""
    standing = settings.current.resolve()
    others = [path for path in settings.releases_folder.iterdir() if path.is_dir() and path != standing]
    for path in others:
        shutil.rmtree(path)
    return len(others)


def where_still(settings: Settings, upn: str) -> list[str]:
    """Files of the home folder, the drop folder apart, whose bytes still hold the UPN."""
    return sorted(path.relative_to(settings.home).as_posix() for path in _files(settings) if holds(path, upn))


def _files(settings: Settings) -> Iterator[Path]:
    for path in settings.home.rglob("*"):
        if path.is_file() and not path.is_symlink() and not path.is_relative_to(settings.drop_folder):
            yield path
