"""``orchard sample``: the fictional trust, written to a new folder and dated as if schools had sent it in turn."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

from expectations.errors import SettingsError

_COMPLETE = "quiet_seconds = 0  # the sample's files are complete as soon as they are written"


def write_sample(out: Path, *, schools: int, pupils: int, years: int, seed: int) -> int:
    """Write the sample trust to ``out``; the number of files in its drop folder. Refuses a folder in use."""
    if out.exists() and any(out.iterdir()):
        raise SettingsError("The folder for the sample is not empty", str(out), "Name a new folder with --out.")
    from seeds import generate_trust

    generate_trust(out, schools=schools, pupils=pupils, years=years, seed=seed)
    settings = out / "orchard.toml"
    settings.write_text(f"{_COMPLETE}\n{settings.read_text(encoding='utf-8')}", encoding="utf-8")
    return _date_files(out / "drop")


def _date_files(drop: Path) -> int:
    """Give every delivered file a time of its own on the day before; one that is still being written keeps its own."""
    files = sorted(path for path in drop.rglob("*") if path.is_file() and not path.is_symlink())
    start = dt.datetime(2026, 11, 19, 16, 0, tzinfo=dt.UTC).timestamp()
    for place, path in enumerate(files):
        if path.suffix != ".part":
            os.utime(path, (start + place, start + place))
    return len(files)
