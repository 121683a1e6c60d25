"""Assessments fetched from Insight become files like any other: written down, then landed, read and cleaned alike.

Off unless the settings name a key file. A school that cannot be fetched is refused with its reason; the others go on.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
from collections.abc import Iterator
from pathlib import Path

from expectations.errors import OrchardError, SourceFileError
from pipelines.drop_folder import Arrival
from pipelines.insight_api import fetch_assessments, read_key
from pipelines.night import Night
from pipelines.publish import file_sha256
from pipelines.readers.sheet_rows import SheetRows

FILE_NAME = "Insight assessments (interface).csv"
FETCHED = "fetched"
"""Folder of the home for what was fetched last."""


def fetch_arrivals(night: Night) -> Iterator[tuple[Arrival, list[SheetRows] | SourceFileError]]:
    """Each school's fetched table, with the file that keeps a copy of it; or the reason why it was not fetched."""
    api = night.settings.insight_api
    if api.key_file is None:
        return
    for urn, school_id in sorted(api.school_ids.items()):
        try:
            key = read_key(night.settings.home / api.key_file)
            table = fetch_assessments(api.base_url, school_id, key)
        except OrchardError as error:
            rule = error.rule if isinstance(error, SourceFileError) else "INTERFACE"
            yield _failed(night, urn), SourceFileError(rule, error.what, FILE_NAME, error.next_step)
        else:
            yield _written(night, urn, table), [table]


def _written(night: Night, urn: str, table: SheetRows) -> Arrival:
    path = _place(night, urn)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(table.header)
        columns = [table.columns[place] for place in range(len(table.header))]
        writer.writerows(zip(*columns, strict=True))
    return Arrival(path, urn, FILE_NAME, file_sha256(path), _now(night), False, path.stat().st_size)


def _failed(night: Night, urn: str) -> Arrival:
    stands_for = f"{urn}|{FILE_NAME}|{night.data_date}"
    return Arrival(_place(night, urn), urn, FILE_NAME, hashlib.sha256(stands_for.encode()).hexdigest(), _now(night))


def _place(night: Night, urn: str) -> Path:
    folder = night.settings.home / FETCHED / urn
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / "assessments.csv"


def _now(night: Night) -> dt.datetime:
    return night.started_at.replace(tzinfo=None)
