"""A small trust's home folder for tests, and files as its schools would send them."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Sequence
from pathlib import Path

from pipelines.settings import Settings, load_settings

SETTINGS = """
trust_name = "Test trust (sample)"
is_sample = true
data_date = 2026-11-20
quiet_seconds = 0
[[schools]]
urn = "999001"
name = "One"
phase = "Primary"
laestab = "9992001"
[[schools]]
urn = "999002"
name = "Two"
phase = "Special"
laestab = "9997002"
"""

REGISTER_HEADER = (
    "UPN,Surname,Forename,Date of Birth,Year Group,SEN Status,Primary Need,Secondary Need,Status From,Status To"
)


def make_home(folder: Path) -> Settings:
    """Settings of two schools with an empty drop folder."""
    (folder / "orchard.toml").write_text(SETTINGS, encoding="utf-8")
    for owner in ("999001", "999002", "trust"):
        (folder / "drop" / owner).mkdir(parents=True, exist_ok=True)
    return load_settings(folder)


def upn_of(number: int) -> str:
    """A permanent UPN with the right check letter."""
    digits = f"999{2001:04d}{20:02d}{number:03d}"
    letters = "ABCDEFGHJKLMNPQRTUVWXYZ"
    return letters[sum(int(d) * w for d, w in zip(digits, range(2, 14), strict=True)) % 23] + digits


def register_rows(count: int, first: int = 0) -> list[str]:
    """Rows of a SEND register, each of another pupil."""
    return [
        f"{upn_of(n)},Surname{n},Forename{n},{1 + n % 28:02d}/05/2017,4,K,SLCN,,01/09/2025,"
        for n in range(first, first + count)
    ]


def deliver(settings: Settings, urn: str, name: str, rows: Sequence[str], *, days_ago: float = 1) -> Path:
    """Put a CSV into a school's folder, changed so many days ago."""
    path = settings.drop_folder / urn / name
    path.write_text("\n".join([REGISTER_HEADER, *rows]) + "\n", encoding="utf-8")
    return date_back(path, days_ago)


def date_back(path: Path, days_ago: float) -> Path:
    """Give a file a modification time in the past."""
    when = dt.datetime.now(dt.UTC).timestamp() - days_ago * 86_400
    os.utime(path, (when, when))
    return path
