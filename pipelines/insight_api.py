"""The client of Insight's HTTP Assessments API. It gives the same table as Insight's CSV export, for the same cleaning.

Documented: address, bearer key, filters, 100 rows a page, ``metadata{totalResults, page, totalPages}``, and of a record
``id``, ``pupil{id, upn?, misId?}``, ``academicYear``, ``yearGroup``, ``term``. The rest of the record is our declared
reading and stands in one place, ``RECORD_FIELDS``. The key is read from a file and is never printed or logged.
"""

from __future__ import annotations

import datetime as dt
import email.utils
import os
import stat
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from expectations.errors import SettingsError, SourceFileError
from pipelines.readers.decoding import fault_of
from pipelines.readers.sheet_rows import Limits, MalformedRow, SheetRows

if TYPE_CHECKING:
    import httpx

RECORD_FIELDS: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...] = (
    ("Insight Pupil ID", (("pupil", "id"),)),
    ("UPN", (("pupil", "upn"),)),
    ("Academic Year", (("academicYear",),)),
    ("Year Group", (("yearGroup",),)),
    ("Term", (("term",),)),
    ("Assessment", (("name",),)),
    ("Subject", (("subject",),)),
    ("Mark Scheme", (("markScheme", "name"), ("markScheme",), ("markSchemeId",))),
    ("Mark", (("result",), ("mark",))),
    ("Assessment Date", (("date",),)),
)
"""Header of the CSV export -> where the value stands in a record; the first place that holds a value counts."""

FILTERS = ("academicYear", "yearGroup", "term", "name", "subject", "markSchemeId")
_RECEPTION = "0"
_RETRIED = frozenset((408, 429, 500, 502, 503, 504))
_KEY_REFUSALS = {
    401: ("Insight does not know the key", "Make a new key (Account > Admin > API Keys) and put it into the key file."),
    403: ("The key may not read this school", "Use the school's own key, or a trust key that covers the school."),
    404: ("Insight does not know this school", "Check the school's Insight number in the settings."),
}
_KEY_CHARACTERS = range(8, 513)


@dataclass(frozen=True)
class ApiKey:
    """A school's or trust's key. Printing it shows nothing."""

    secret: str = field(repr=False)

    def __str__(self) -> str:
        return "ApiKey(hidden)"


@dataclass(frozen=True)
class Patience:
    """How long to try. Waits double from ``first_wait_seconds``; the server's Retry-After is kept up to the longest."""

    attempts_count: int = 5
    first_wait_seconds: float = 1.0
    longest_wait_seconds: float = 60.0
    timeout_seconds: float = 30.0
    pages_count: int = 5_000
    page_bytes: int = 8 * 1024 * 1024


def read_key(path: Path) -> ApiKey:
    """The key in a file. Raises ``SettingsError`` when the file is missing, readable by others, or holds no key."""
    next_step = "Put the key from Insight (Account > Admin > API Keys) into this file, readable by its owner only."
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        raise SettingsError("The file with the Insight key cannot be opened", str(path), next_step) from None
    with os.fdopen(descriptor, "rb") as handle:
        if os.fstat(descriptor).st_mode & (stat.S_IROTH | stat.S_IWOTH | stat.S_IWGRP):
            raise SettingsError("The file with the Insight key is open to others", str(path), f"Run: chmod 600 {path}")
        secret = handle.read(1024).strip()
    if len(secret) not in _KEY_CHARACTERS or not all(33 <= byte <= 126 for byte in secret):
        raise SettingsError("The file with the Insight key does not hold one key", str(path), next_step)
    return ApiKey(secret.decode("ascii"))


def fetch_assessments(
    base_url: str, school_id: str, key: ApiKey, filters: Mapping[str, str | int] | None = None, *,
    patience: Patience | None = None, sleep: Callable[[float], None] = time.sleep,
) -> SheetRows:  # fmt: skip
    """Every assessment of one school (or those the filters name), under the headers of Insight's CSV export.

    Row number = running number of the record, from 1. Raises ``SettingsError`` for a wrong address or filter, and
    ``SourceFileError``: API_KEY (key or school refused), API_DOWN (no answer), API_ANSWER (an odd answer),
    API_SHORT (fewer records than announced).
    """
    patience = patience or Patience()
    where = f"Insight assessments API, school {school_id}"
    _check_request(base_url, filters or {})
    url = f"{base_url.rstrip('/')}/api/schools/{quote(school_id, safe='')}/assessments"
    records: dict[str, dict[str, Any]] = {}
    total = 0
    with _open_client(key, patience) as client:
        service = _Service(client, url, patience, sleep, where)
        for page in _pages(service, dict(filters or {})):
            total = page.total_count
            records.update((_identity(record, where), record) for record in page.records)
    if len(records) != total:
        what = f"The service announced {total} assessments and gave {len(records)}"
        raise SourceFileError("API_SHORT", what, where, "It is tried again next night; the last good data stays.")
    return _as_table(list(records.values()))


@dataclass(frozen=True)
class _Service:
    """One school's assessments at the service, and how to be patient with it."""

    client: httpx.Client
    url: str
    patience: Patience
    sleep: Callable[[float], None]
    where: str


@dataclass(frozen=True)
class _Page:
    records: list[dict[str, Any]]
    total_count: int
    pages_count: int


def _check_request(base_url: str, filters: Mapping[str, str | int]) -> None:
    address = urlsplit(base_url)
    is_local = address.hostname in ("127.0.0.1", "localhost", "::1")
    if address.scheme != "https" and not (address.scheme == "http" and is_local):
        raise SettingsError("The Insight address must begin with https://", "insight address")
    if address.username or address.password or address.query:
        raise SettingsError("The Insight address must hold no name, password or query", "insight address")
    unknown = sorted(set(filters) - set(FILTERS))
    if unknown:
        next_step = f"Use {', '.join(FILTERS)}."
        raise SettingsError(f"Insight knows no filter {', '.join(unknown)}", "insight filters", next_step)


@contextmanager
def _open_client(key: ApiKey, patience: Patience) -> Iterator[httpx.Client]:
    import httpx

    # Redirects stay off: the key must not travel to another host.
    with httpx.Client(
        headers={"authorization": f"Bearer {key.secret}", "accept": "application/json"},
        timeout=patience.timeout_seconds, follow_redirects=False, trust_env=False,
    ) as client:  # fmt: skip
        yield client


def _pages(service: _Service, filters: dict[str, str | int]) -> Iterator[_Page]:
    number, last = 1, 1
    while number <= last:
        page = _read_page(_get(service, {**filters, "page": number}), number, service.where)
        if page.pages_count > service.patience.pages_count:
            raise _odd_answer(f"it announces {page.pages_count} pages", service.where)
        yield page
        last = page.pages_count
        number += 1


def _get(service: _Service, query: dict[str, str | int]) -> bytes:
    """One answer's bytes, tried again where trying again can help."""
    import httpx

    patience, wait = service.patience, service.patience.first_wait_seconds
    for attempt in range(1, patience.attempts_count + 1):
        asked_wait: float | None = None
        try:
            with service.client.stream("GET", service.url, params=query) as response:
                _refuse_unhelpful(response, service.where)
                if response.status_code == httpx.codes.OK:
                    return _limited_body(response, patience.page_bytes, service.where)
                asked_wait = retry_after_seconds(response.headers.get("retry-after"), dt.datetime.now(dt.UTC))
        except httpx.TransportError:
            pass  # no connection, cut connection or timeout; its text is not passed on
        if attempt < patience.attempts_count:
            service.sleep(min(patience.longest_wait_seconds, max(wait, asked_wait or 0.0)))
            wait *= 2
    what = f"The service did not answer in {patience.attempts_count} attempts"
    raise SourceFileError("API_DOWN", what, service.where, "It is tried again next night; the last good data stays.")


def _refuse_unhelpful(response: httpx.Response, where: str) -> None:
    """Raise for an answer that no second attempt would change."""
    code = response.status_code
    if code in _KEY_REFUSALS:
        raise SourceFileError("API_KEY", _KEY_REFUSALS[code][0], where, _KEY_REFUSALS[code][1])
    if code != 200 and code not in _RETRIED:
        raise _odd_answer(f"its status is {code}", where)


def _limited_body(response: httpx.Response, page_bytes: int, where: str) -> bytes:
    body = bytearray()
    for piece in response.iter_bytes():
        body += piece
        if len(body) > page_bytes:
            raise _odd_answer("a page is larger than any page of 100 records", where)
    return bytes(body)


def retry_after_seconds(header: str | None, now: dt.datetime) -> float | None:
    """A Retry-After header (seconds or an HTTP date) as seconds from now; ``None`` when absent or unreadable."""
    if not header:
        return None
    if header.strip().isdecimal():
        return float(header)
    try:
        moment = email.utils.parsedate_to_datetime(header)
    except ValueError:
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    return max(0.0, (aware - now).total_seconds())


def _read_page(body: bytes, number: int, where: str) -> _Page:
    import json

    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        raise _odd_answer("it is not JSON", where) from None
    metadata = answer.get("metadata") if isinstance(answer, dict) else None
    if not isinstance(metadata, dict):
        raise _odd_answer("it has no metadata", where)
    counts = [metadata.get(name) for name in ("totalResults", "page", "totalPages")]
    if not all(isinstance(count, int) and count >= 0 for count in counts) or counts[1] != number:
        raise _odd_answer("its page counts are not as asked", where)
    records = next((answer[name] for name in ("assessments", "data", "results") if name in answer), None)
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise _odd_answer("it has no list of assessments", where)
    return _Page(records, int(counts[0] or 0), int(counts[2] or 0))


def _identity(record: dict[str, Any], where: str) -> str:
    identity = record.get("id")
    if isinstance(identity, bool) or not isinstance(identity, str | int):
        raise _odd_answer("an assessment has no id", where)
    return str(identity)


def _odd_answer(why: str, where: str) -> SourceFileError:
    return SourceFileError("API_ANSWER", f"The service's answer cannot be used: {why}", where,
                           "Use the CSV export until Insight's support has looked at it.")  # fmt: skip


def _as_table(records: list[dict[str, Any]]) -> SheetRows:
    header = tuple(name for name, _ in RECORD_FIELDS)
    longest = Limits().cell_characters
    rows: list[list[str | None]] = []
    numbers: list[int] = []
    malformed: list[MalformedRow] = []
    for number, record in enumerate(records, start=1):
        row = [_cell(record, name, places) for name, places in RECORD_FIELDS]
        faults = [(fault_of(cell, longest), name) for name, cell in zip(header, row, strict=True) if cell]
        fault = next(((rule, name) for rule, name in faults if rule), None)
        if fault:
            malformed.append(MalformedRow(number, fault[0] or "", len(header), len(header), fault[1]))
        else:
            rows.append(row)
            numbers.append(number)
    columns = {place: [row[place] for row in rows] for place in range(len(header))}
    return SheetRows("", "Assessments", header, 0, columns, numbers, malformed)


def _cell(record: dict[str, Any], name: str, places: tuple[tuple[str, ...], ...]) -> str | None:
    for place in places:
        value: Any = record
        for step in place:
            value = value.get(step) if isinstance(value, dict) else None
        text = _as_text(value)
        if text is not None:
            return "R" if name == "Year Group" and text == _RECEPTION else text
    return None


def _as_text(value: Any) -> str | None:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return str(int(value)) if float(value).is_integer() else repr(value)
    return value if isinstance(value, str) and value.strip() else None
