"""Erasing a pupil from files: which files as delivered name them, old releases, what a database leaves in its file.

What could not be looked into is told of, never passed over.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import stat
import zipfile
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from expectations.errors import SourceFileError
from expectations.tables import RAW
from pipelines.drop_folder import Arrival, copy_of, find_arrivals
from pipelines.forgotten import Forgotten
from pipelines.landing import Content, limits_of
from pipelines.readers.recognition import header_names
from pipelines.readers.sandbox import read_deliveries
from pipelines.settings import Settings
from pipelines.slices import cut_slices
from pipelines.store import Store

_BLOCK = 1024 * 1024


@dataclass
class Search:
    """What a search found, and the files and folders that it could not look into."""

    found: list[Path] = field(default_factory=list)
    unread: list[Path] = field(default_factory=list)

    def note(self, held: bool | None, paths: list[Path]) -> None:
        """Write down what one look said of these files; ``None``: nobody could look."""
        if held is not False:
            (self.unread if held is None else self.found).extend(paths)


def delivered_files(settings: Settings, store: Store) -> tuple[list[Arrival], list[Arrival]]:
    """(files in the drop folder, deliveries that were taken and whose copy in the landing folder is still there)."""
    limits = limits_of(settings)
    later = dt.datetime.now(dt.UTC) + dt.timedelta(days=1)
    dropped, _ = find_arrivals(settings.drop_folder, later, 0, limits.file_bytes, {s.urn for s in settings.schools})
    landed = []
    for urn, name, sha256, at in store.execute(
        "select school_urn, file_name, sha256, delivered_at from ledger where state = 'TAKEN'"
    ):
        arrival = Arrival(Path(name), urn, name, sha256, at)
        place = copy_of(arrival, settings.landing_folder)
        if place.is_file():
            landed.append(Arrival(place, urn, name, sha256, at))
    return [one for one in dropped if not one.is_link], landed


def which_name(settings: Settings, arrivals: Iterable[Arrival], forgotten: Forgotten, upns: Collection[str]) -> Search:
    """The files that hold somebody erased: searched for the UPNs, and read as a night reads them."""
    alike: dict[tuple[str, str], list[Arrival]] = {}  # a delivered file and its copy are looked at once
    for one in arrivals:
        alike.setdefault((one.sha256, one.school_urn), []).append(one)
    search, waiting = Search(), []
    for same in alike.values():
        held = None if same[0].problem else _look(same[0].path, upns)
        if held is False:
            waiting.append(same)
        else:
            search.note(held, [one.path for one in same])
    names = header_names(RAW, settings.mapping)
    answers = read_deliveries(
        [same[0].path for same in waiting], names, limits_of(settings), settings.reading_processes,
        [same[0].file_name for same in waiting],
    )  # fmt: skip
    for same, (_, content) in zip(waiting, answers, strict=True):
        search.note(_brings(same[0], content, forgotten, settings), [one.path for one in same])
    return search


def _brings(arrival: Arrival, content: Content, forgotten: Forgotten, settings: Settings) -> bool | None:
    """Whether a file has rows of somebody erased; ``None`` when a night could not read it."""
    if isinstance(content, SourceFileError):
        return None
    try:
        return forgotten.set_aside(cut_slices(arrival, content, settings))[1] > 0
    except SourceFileError:
        return None


def _look(path: Path, upns: Collection[str]) -> bool | None:
    """Whether the bytes of a file hold one of the UPNs; ``None`` when it cannot be opened."""
    try:
        return holds(path, *upns)
    except FileNotFoundError:  # it went this moment
        return False
    except OSError:
        return None


def holds(path: Path, *sought: str) -> bool:
    """Whether a file's bytes hold one of these texts, in it or in the members of an archive (a workbook is one).

    Raises ``OSError`` when it cannot be opened.
    """
    if zipfile.is_zipfile(path):
        try:
            with zipfile.ZipFile(path) as archive:
                for name in archive.namelist():
                    with archive.open(name) as member:
                        if _within(member, sought):
                            return True
        except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError):
            pass  # what cannot be unpacked is searched as it is
    with path.open("rb") as file:
        return _within(file, sought)


def _within(file: IO[bytes], sought: Collection[str]) -> bool:
    codes = ("ascii", "utf-16-le")
    wanted = [text.encode(code) for told in sought for text in (told, told.lower()) for code in codes]
    longest = max(len(text) for text in wanted)
    before = b""
    while block := file.read(_BLOCK):
        window = before + block
        if any(text in window for text in wanted):
            return True
        before = window[-longest:]
    return False


def remove_copies(settings: Settings, kept: Collection[Path]) -> int:
    """Remove all copies of the landing folder but these, and what was fetched last: the next night fetches it again.

    Files. A copy of what was not taken goes too: no figure rests on it, and nobody can say whom it names.
    """
    others = [path for path in settings.landing_folder.rglob("*") if path.is_file() and path not in kept]
    for place in others:
        place.unlink(missing_ok=True)
    shutil.rmtree(settings.home / "fetched", ignore_errors=True)
    return len(others)


def remove_other_releases(settings: Settings) -> int:
    """Remove every release but the one that people see; how many. There is nothing to roll back to afterwards."""
    standing = settings.current.resolve()
    others = [path for path in settings.releases_folder.iterdir() if path.is_dir() and path != standing]
    for path in others:
        shutil.rmtree(path)
    return len(others)


def where_still(settings: Settings, upns: Collection[str]) -> Search:
    """Files of the home folder, the drop folder apart, whose bytes still hold one of the UPNs."""
    search = Search()
    for path in files_below(settings.home, search, apart=settings.drop_folder):
        search.note(_look(path, upns), [path])
    return search


def files_below(folder: Path, search: Search, apart: Path | None = None) -> Iterator[Path]:
    """Every file in a folder and its folders, no link followed; what cannot be opened is noted as unread."""

    def note(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):
            search.unread.append(Path(error.filename))

    for place, folders, names in os.walk(folder, onerror=note):
        folders[:] = [name for name in folders if Path(place, name) != apart]
        for path in (Path(place, name) for name in names):
            try:
                is_plain = stat.S_ISREG(path.lstat().st_mode)
            except OSError as error:
                note(error)
                continue
            if is_plain:
                yield path
