"""One night: the open store, the clock, the counts and the time each stage took. Everything an asset needs.

A ``Night`` fills declared tables: it reads what a table is made from, skips the work when nothing it reads has
changed, checks the frame against its contract and stores it. It knows no table by name.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import hashlib
import os
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from importlib import metadata, resources
from pathlib import Path
from typing import Any, TypeVar

import polars as pl

from expectations.contract import Table
from expectations.derive import conform
from expectations.errors import BusyError, OrchardError
from expectations.findings import Finding
from pipelines.checks import Checker
from pipelines.settings import Settings
from pipelines.store import Store, content_version

T = TypeVar("T")
COMPUTING_PACKAGES = ("expectations", "models", "seeds.reference")
"""A change in any file of these makes the night compute afresh."""


@dataclass
class Landed:
    """What landing did: files by state, new files, and files left alone because they are still being written."""

    states: Counter[str] = field(default_factory=Counter)
    unsettled_count: int = 0
    new_count: int = 0
    present: set[tuple[str, str]] = field(default_factory=set)


@dataclass(frozen=True)
class Filled:
    """What became of one table tonight. Counts only."""

    table: str
    rows_count: int
    is_unchanged: bool
    findings: tuple[Finding, ...]
    expectations_count: int

    @property
    def is_sound(self) -> bool:
        """True when every rule of the contract held."""
        return not self.findings


@dataclass
class Night:
    """The state of one refresh. ``report`` hears each stage as it begins, for a progress display."""

    settings: Settings
    store: Store
    started_at: dt.datetime
    report: Callable[[str], None] = lambda _: None
    checker: Checker = field(default_factory=Checker)
    filled: list[Filled] = field(default_factory=list)
    stage_seconds: dict[str, float] = field(default_factory=dict)
    landed: Landed = field(default_factory=Landed)
    failures: dict[str, OrchardError] = field(default_factory=dict)
    memory: dict[str, Any] = field(default_factory=dict)
    when_new_files: Callable[[], object] = lambda: None
    release_number: int | None = None
    is_new_release: bool = False

    @property
    def data_date(self) -> dt.date:
        """The date that tonight's figures speak for."""
        return self.settings.date_of(self.started_at)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Time what happens inside under the stage's name."""
        self.report(name)
        began = time.perf_counter()
        try:
            yield
        finally:
            self.stage_seconds[name] = self.stage_seconds.get(name, 0.0) + time.perf_counter() - began

    def once(self, name: str, work: Callable[[], T]) -> T:
        """The result of ``work``, done at most once a night: several tables may come of one computation."""
        if name not in self.memory:
            self.memory[name] = work()
        result: T = self.memory[name]
        return result

    def version_of(self, table: Table) -> str:
        """What stands in a table now, as a digest."""
        if table.layer == "raw":
            return self.store.raw_version(table)
        known = self.store.filled(table)
        return known[1] if known else "never"

    def fill(
        self, table: Table, reads: tuple[Table, ...], produce: Callable[[], pl.DataFrame], *, always: bool = False
    ) -> Filled:
        """Fill one table from what it reads, unless nothing changed; check it; store it when it is sound.

        ``always`` makes the frame even so, and skips only its check and storing when it is the same as before.
        An unsound frame is not stored: what stood before stays, and the check blocks what hangs on the table.
        """
        with self.stage(stage_of(table)):
            wanted = self._input_version(table, reads)
            known = self.store.filled(table)
            if known and known[0] == wanted and not always:
                return self._remember(Filled(table.name, known[2], True, (), 0))
            frame = conform(produce(), table)
            if known and known[0] == wanted and known[1] == content_version(frame):
                return self._remember(Filled(table.name, known[2], True, (), 0))
        with self.stage("checks"):
            findings, expectations_count = self.checker.check(frame, table)
        if not findings:
            with self.stage("storing"):
                self.store.replace(table, frame, wanted)
        return self._remember(Filled(table.name, frame.height, False, findings, expectations_count))

    def _remember(self, filled: Filled) -> Filled:
        self.filled.append(filled)
        return filled

    def _input_version(self, table: Table, reads: tuple[Table, ...]) -> str:
        parts: Mapping[str, str] = {read.name: self.version_of(read) for read in reads}
        told = repr((table.name, sorted(parts.items()), code_version(), self.settings.fingerprint()))
        return hashlib.sha256(told.encode()).hexdigest()[:16]


def unexpected(error: Exception, where: str) -> OrchardError:
    """An error nobody foresaw, told by its kind and our lines it came through: its own text may hold a value."""
    frames = [f"{Path(f.filename).name}:{f.lineno}" for f in traceback.extract_tb(error.__traceback__)]
    return OrchardError(
        f"Something went wrong that Orchard did not foresee ({type(error).__name__} at {' < '.join(frames[-4:])})",
        where,
        "The last good release stands. Please report these words.",
    )


STAGES = {"raw": "landing", "clean": "cleaning", "core": "core", "model": "models", "mart": "disclosure control"}


def stage_of(table: Table) -> str:
    """The stage under which the time of filling a table is reported."""
    return STAGES[table.layer]


@cache
def package_version(*packages: str) -> str:
    """Digest of the code, SQL and reference data of some packages."""
    digest = hashlib.sha256()
    for package in packages:
        for name, content in sorted(_files_of(package)):
            digest.update(name.encode() + content)
    return digest.hexdigest()[:16]


@cache
def code_version() -> str:
    """Digest of everything that decides a figure: our code, SQL and reference data, and the engines' versions."""
    digest = hashlib.sha256(package_version(*COMPUTING_PACKAGES).encode())
    for engine in ("duckdb", "polars", "numpy", "scipy"):
        digest.update(metadata.version(engine).encode())
    return digest.hexdigest()[:16]


def _files_of(package: str) -> Iterator[tuple[str, bytes]]:
    root = resources.files(package.split(".", maxsplit=1)[0])
    for part in package.split(".")[1:]:
        root = root / part
    waiting = [(package, root)]
    while waiting:
        name, place = waiting.pop()
        for entry in place.iterdir():
            if entry.is_dir() and entry.name != "__pycache__":
                waiting.append((f"{name}/{entry.name}", entry))
            elif entry.name.endswith((".py", ".sql", ".csv")):
                yield f"{name}/{entry.name}", entry.read_bytes()


@contextmanager
def only_refresh(settings: Settings) -> Iterator[None]:
    """Hold the one lock that a refresh needs; a second refresh is told at once and starts nothing."""
    settings.home.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(settings.lock_file, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        raise BusyError(
            "Another refresh, or a backup, of this trust is running", "", "Wait for it to end, then try again."
        ) from None
    try:
        yield
    finally:
        os.close(descriptor)


@contextmanager
def open_night(
    settings: Settings, started_at: dt.datetime, report: Callable[[str], None] = lambda _: None
) -> Iterator[Night]:
    """Take the lock, open the store and give the night; close both whatever happens."""
    os.umask(0o077)
    with only_refresh(settings), Store(settings.work_file) as store:
        yield Night(settings, store, started_at, report)
