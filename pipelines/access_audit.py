"""The access logs of the two apps: whether they hold, and who looked at what. Reads; never writes."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

from expectations.chain import follow, pseudonym
from expectations.errors import OrchardError
from pipelines.settings import Settings

APPS = ("board", "staff")


def verify_access_logs(settings: Settings) -> str:
    """What was found, an app a line. Raises ``OrchardError`` naming the first line that was changed."""
    said = []
    for app, file in _logs(settings):
        chain = follow(_lines(file))
        if chain.broken_line is not None:
            raise OrchardError(f"The access log of the {app} app was changed at line {chain.broken_line}", str(file),
                               "Keep the file, and compare with the last backup.")  # fmt: skip
        said.append(
            f"{app.capitalize()} app: {chain.lines_count:,} lines, each as it was written. The last digest is "
            f"{chain.digest[:16]}: note it elsewhere, for lines cut off at the end show only beside such a note."
        )
    return "\n".join(said) or "There is no access log: nobody has signed in yet."


def looks(settings: Settings, school: str = "", since: str = "") -> Iterator[str]:
    """Who looked at what, a line of CSV each: moment, app, person, role, school, event, about.

    A person is named by the entitlements file, which gives the subject at the provider, else by pseudonym.
    """
    yield "at,app,person,role,school,event,about"
    for _, file in _logs(settings):
        people = _people(settings, file.with_name("pseudonym_key"))
        for line in map(json.loads, _lines(file)):
            if school in ("", *line["school"].split(",")) and line["at"] >= since:
                person = people.get(line["who"], line["who"])
                yield ",".join((line["at"], line["app"], person, line["role"], line["school"].replace(",", " "),
                                line["event"], line["about"]))  # fmt: skip


def _logs(settings: Settings) -> list[tuple[str, Path]]:
    named = ((app, settings.home / "access" / app / "log.jsonl") for app in APPS)
    return [(app, file) for app, file in named if file.exists()]


def _lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8").splitlines()


def _people(settings: Settings, key_file: Path) -> dict[str, str]:
    """Pseudonym to subject, of everyone whom the entitlements file names."""
    try:
        with (settings.home / "access" / "entitlements.csv").open(encoding="utf-8-sig", newline="") as file:
            named = [(row["issuer"], row["subject"]) for row in csv.DictReader(file)]
        key = key_file.read_bytes()
    except (OSError, KeyError, ValueError):
        return {}
    return {pseudonym(key, issuer, subject): subject for issuer, subject in named}
