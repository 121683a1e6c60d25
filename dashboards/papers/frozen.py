"""Frozen papers: what a meeting had in its hand, kept by school and meeting, never changed.

``papers/<URN or TRUST>/<meeting>/`` under the home folder holds each paper as data, PDF and HTML, and a manifest with
their hashes. Set again from its data, a paper has the same bytes. Released figures only, like the paper itself.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import shutil
import stat
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from dashboards.papers.blocks import Paper, from_json, to_json
from dashboards.papers.nutshell import Before
from dashboards.papers.write_html import html
from dashboards.papers.write_pdf import pdf
from expectations.errors import OrchardError, SettingsError

FOLDER, MANIFEST = "papers", "manifest.json"
COMPARED = {"nutshell", "trustees"}
"""Names of papers that a later one compares itself with."""
Picked = TypeVar("Picked")
A_YEAR, NEAR_A_YEAR = dt.timedelta(days=365), dt.timedelta(days=92)


@dataclass(frozen=True)
class Frozen:
    """One meeting's papers of one school, or of the trust."""

    meeting: dt.date
    folder: Path

    def paper(self) -> Paper:
        """The paper that later ones are compared with. Raises ``OrchardError`` when it is damaged."""
        told = self._told()
        name = next((name for name in told if name.removesuffix(".json") in COMPARED and name.endswith(".json")), "")
        return from_json(self.read(name))

    def read(self, name: str) -> bytes:
        """One file of the meeting. Raises ``OrchardError`` unless it is the one that was frozen."""
        told = self._told()
        try:
            content = (self.folder / name).read_bytes() if name in told else b""
        except OSError:
            content = b""
        if hashlib.sha256(content).hexdigest() != told.get(name):
            raise OrchardError("A frozen paper is damaged or missing", name, "Take it from the backup.")
        return content

    def names(self) -> list[str]:
        """Names of the meeting's files."""
        return sorted(self._told())

    def made_of(self) -> tuple[int, dt.date]:
        """(release, date of the data) of its papers, without reading them: a page looks at every meeting there was."""
        return self._manifest(lambda told: (int(told["release_number"]), dt.date.fromisoformat(told["data_date"])))

    def _told(self) -> dict[str, str]:
        return self._manifest(lambda told: dict(told["sha256"]))

    def _manifest(self, pick: Callable[[dict[str, Any]], Picked]) -> Picked:
        try:
            return pick(json.loads((self.folder / MANIFEST).read_text(encoding="utf-8")))
        except (OSError, ValueError, KeyError, TypeError):
            raise OrchardError("A frozen paper has no readable manifest", self.folder.name, "Take it from the "
                               "backup.") from None  # fmt: skip


def digest(frozen: Frozen) -> tuple[str, str]:
    """Name and SHA-256 of the paper that a board reads. Raises ``OrchardError`` when it is not the one frozen."""
    name = next(name for name in frozen.names() if name.removesuffix(".pdf") in COMPARED and name.endswith(".pdf"))
    return name, hashlib.sha256(frozen.read(name)).hexdigest()


def set_paper(paper: Paper, folder: Path) -> list[Path]:
    """Write a paper as data, HTML and PDF into a folder; the paths."""
    folder.mkdir(mode=0o750, parents=True, exist_ok=True)
    files = {".json": to_json(paper), ".html": html(paper), ".pdf": pdf(paper)}
    for ending, content in files.items():
        (folder / f"{paper.name}{ending}").write_bytes(content)
    return [folder / f"{paper.name}{ending}" for ending in files]


def refuse_frozen(home: Path, owner: str, meeting: dt.date) -> Path:
    """The folder for a meeting's papers. Raises ``SettingsError`` when that meeting has its papers already."""
    folder = home / FOLDER / owner / meeting.isoformat()
    if folder.exists():
        raise SettingsError("This meeting’s papers are frozen already", f"{owner} {meeting}", "Name another day.")
    return folder


def freeze(home: Path, papers: Iterable[Paper], meeting: dt.date) -> Path:
    """Keep the papers of one owner for a meeting; the folder. Raises ``SettingsError`` when that meeting has some."""
    papers = list(papers)
    owner = papers[0].owner
    folder = refuse_frozen(home, owner, meeting)
    beside = folder.with_name(f".{folder.name}-{os.getpid()}")
    shutil.rmtree(beside, ignore_errors=True)
    _make_way(home / FOLDER, beside)
    written = [path for paper in papers for path in set_paper(paper, beside)]
    manifest = {
        "owner": owner,
        "meeting": meeting.isoformat(),
        "release_number": papers[0].release_number,
        "data_date": papers[0].data_date.isoformat(),
        "sha256": {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in written},
    }
    (beside / MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True), encoding="utf-8")
    for path in beside.iterdir():
        path.chmod(0o640)
    beside.rename(folder)
    return folder


def _make_way(top: Path, beside: Path) -> None:
    """Make the folders down to a meeting's, open to whom the topmost is: the night gives that one to the group."""
    top.mkdir(mode=0o750, exist_ok=True)
    mode = stat.S_IMODE(top.stat().st_mode)
    for folder in (beside.parent, beside):
        if not folder.exists():
            folder.mkdir()
            folder.chmod(mode)


def frozen_of(home: Path, owner: str) -> list[Frozen]:
    """The meetings of a school (or TRUST), the oldest first. Raises ``OrchardError`` when their folder is shut."""
    found = []
    try:
        paths = [path for path in (home / FOLDER / owner).iterdir() if path.match("????-??-??")]
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError:
        raise OrchardError(
            "The frozen papers cannot be opened", f"{FOLDER}/{owner}",
            f"Give {FOLDER} and all in it to board_group, or let the next night do it.",
        ) from None  # fmt: skip
    for path in paths:
        try:
            found.append(Frozen(dt.date.fromisoformat(path.name), path))
        except ValueError:
            continue
    return sorted(found, key=lambda frozen: frozen.meeting)


def before(home: Path, owner: str, release_number: int, data_date: dt.date) -> Before:
    """The earlier papers that a new one is compared with: the last, and the one of about a year ago."""
    made_of = [(frozen, *frozen.made_of()) for frozen in frozen_of(home, owner)]
    earlier = [(frozen, day) for frozen, number, day in made_of if number < release_number]
    if not earlier:
        return Before()
    distance, place = min((abs(data_date - A_YEAR - day), place) for place, (_, day) in enumerate(earlier))
    year_ago = earlier[place][0].paper().figures if distance <= NEAR_A_YEAR else {}
    return Before(earlier[-1][0].paper(), year_ago)
