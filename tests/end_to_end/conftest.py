"""A small sample trust, and its first night, run by the program as a person would run it. Made once per session."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl
import pytest

from dashboards.marts import open_reader

PROGRAM = str(Path(sys.executable).with_name("orchard"))


@dataclass(frozen=True)
class Trust:
    """A sample trust's home, its planted truth, and what its first night said."""

    home: Path
    first: subprocess.CompletedProcess[str]

    def truth(self, name: str) -> pl.DataFrame:
        """One table of the planted truth."""
        return pl.read_csv(self.home / "truth" / f"{name}.csv", infer_schema_length=None)

    def work(self, sql: str) -> pl.DataFrame:
        """Ask the work database (no refresh runs while a test looks)."""
        with opened(self.home / "work.duckdb") as connection:
            return connection.sql(sql).pl()

    def published(self, name: str, sql: str) -> pl.DataFrame:
        """Ask one file of the release that people see."""
        with opened((self.home / "CURRENT").resolve() / name) as connection:
            return connection.sql(sql).pl()


@contextmanager
def opened(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database file to read; a published one as the apps open it, for one process opens a file in one way only."""
    is_published = path.name.startswith(("agg_", "pupil_"))
    connection = open_reader(path) if is_published else duckdb.connect(str(path), read_only=True)
    try:
        yield connection
    finally:
        connection.close()


def orchard(*words: str, **more: object) -> subprocess.CompletedProcess[str]:
    """Run the program to its end."""
    return subprocess.run([PROGRAM, *words], capture_output=True, text=True, check=False, **more)  # type: ignore[call-overload,no-any-return]


@pytest.fixture(scope="session")
def trust(tmp_path_factory: pytest.TempPathFactory) -> Trust:
    home = tmp_path_factory.mktemp("trust") / "home"
    made = orchard("sample", "--out", str(home), "--schools", "5", "--pupils", "1200")
    assert made.returncode == 0, made.stderr
    return Trust(home, orchard("refresh", "--home", str(home)))
