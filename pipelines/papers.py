"""Starts the making of papers: ``python -m dashboards.papers``, a process of the room that shows things.

This room never imports that one: a paper can hold nothing that its readers may not open.
"""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path

from expectations.errors import OrchardError, SettingsError
from pipelines.settings import Settings
from pipelines.where import JOURNAL_VARIABLE, TRAIL_VARIABLE

LONGEST_SECONDS = 300
VOICE = "orchard: "
"""Begins each sentence that the other process says for people."""


def make_papers(settings: Settings, school: str | None, out: Path, meeting: dt.date | None) -> str:
    """Make the papers of one school, or of all (``None``), of the release that people see; a sentence of what was made.

    Raises ``OrchardError`` with the process's own sentence: its traceback could quote a value and goes nowhere.
    """
    whose = ("--school", school) if school else ("--all",)
    frozen = ("--meeting", meeting.isoformat()) if meeting else ()
    out.mkdir(mode=0o750, parents=True, exist_ok=True)
    command = [sys.executable, "-W", "ignore", "-m", "dashboards.papers", "--home", str(settings.home)]
    environment = {name: value for name, value in os.environ.items() if name != JOURNAL_VARIABLE}
    if settings.trail_url:
        environment[TRAIL_VARIABLE] = settings.trail_url.get_secret_value()
    try:
        ended = subprocess.run(  # noqa: S603 -- our own module
            [*command, "--out", str(out), *whose, *frozen],
            env=environment, text=True, capture_output=True, timeout=LONGEST_SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise OrchardError("The papers took too long", "", "Ask the central team.") from None
    if ended.returncode:
        ours = [line.removeprefix(VOICE) for line in ended.stderr.splitlines() if line.startswith(VOICE)]
        said = ours[-1].rstrip(".") if ours else "The papers could not be made; ask the central team"
        raise (SettingsError if ended.returncode == SettingsError.exit_code else OrchardError)(said)
    return ended.stdout.strip()


def day_of(meeting: str) -> dt.date | None:
    """The day of a meeting; none where none is named. Raises ``SettingsError``."""
    try:
        return dt.date.fromisoformat(meeting) if meeting else None
    except ValueError:
        raise SettingsError("The meeting’s day is no date", meeting, "Write it as 2026-11-26.") from None
