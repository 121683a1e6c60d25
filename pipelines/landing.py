"""From the drop folder to raw tables: settle, archive by hash, read in a child, recognise, replace slices.

A file that cannot be taken is refused or held with its reason and the night goes on; nothing is ever dropped in
silence. Typing of values is ``models/clean.py``'s.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from expectations.errors import OrchardError, SourceFileError
from expectations.tables import RAW
from pipelines.accepting import is_accepted
from pipelines.api_arrivals import FETCHED, fetch_arrivals
from pipelines.drop_folder import Arrival, archive, copy_of, find_arrivals
from pipelines.forgotten import read_forgotten
from pipelines.ledger import Ledger, Slice, Verdict
from pipelines.night import Landed, Night, code_version, package_version
from pipelines.readers.recognition import header_names
from pipelines.readers.sandbox import read_deliveries
from pipelines.readers.sheet_rows import Limits, SheetRows
from pipelines.settings import Settings
from pipelines.slices import cut_slices

Content = list[SheetRows] | SourceFileError
MEGABYTE = 1024 * 1024
SHORT_FROM_ROWS = 20
"""A slice with fewer standing rows is too small for a shorter delivery to mean anything."""


def find_fresh(night: Night, ledger: Ledger | None = None) -> list[Arrival]:
    """The settled files that must be read, oldest first; the night's counts name the others by their state."""
    ledger = ledger or open_ledger(night)
    with night.stage("finding files"):
        # Every file is hashed; asking whether anything has changed and landing it look at the same list.
        arrivals, unsettled = night.once("arrivals", lambda: _look(night))
        night.landed = Landed(unsettled_count=unsettled)
        night.landed.present = {(arrival.delivery_key, arrival.school_urn) for arrival in arrivals}
        fresh = [arrival for arrival in arrivals if not _is_known(arrival, ledger, night.landed)]
        night.landed.new_count = len(fresh)
    return fresh


def _look(night: Night) -> tuple[list[Arrival], int]:
    settings = night.settings
    return find_arrivals(
        settings.drop_folder,
        night.started_at,
        settings.quiet_seconds,
        limits_of(settings).file_bytes,
        {school.urn for school in settings.schools},
    )


def open_ledger(night: Night) -> Ledger:
    """The ledger in the version of what decides whether a file can be taken: the code that reads, and the settings.

    A person who mends a setting (adds a school, maps a header) has the refused files read again.
    """
    settings = night.settings.model_dump_json(include={"schools", "mapping", "largest_file_megabytes"})
    told = f"{code_version()}{package_version('pipelines')}{settings}"
    return Ledger(night.store, hashlib.sha256(told.encode()).hexdigest()[:16], night.started_at)


def limits_of(settings: Settings) -> Limits:
    """What one delivered file may cost, with the trust's own limit of size."""
    return Limits(file_bytes=settings.largest_file_megabytes * MEGABYTE)


def land(night: Night) -> Landed:
    """Take everything that is new in the drop folder. Counts by state; each file's reason is in the ledger."""
    ledger = open_ledger(night)
    fresh = find_fresh(night, ledger)
    landed = night.landed
    with night.store.transaction():
        night.store.execute("delete from present")
        there = pl.DataFrame(sorted(landed.present), schema=["delivery_key", "school_urn"], orient="row")
        night.store.insert("present", there)
    if fresh:
        night.when_new_files()
    with night.stage("finding files"):
        readable = _archive(fresh, night, ledger, landed)
    with night.stage("reading files"):
        _take_each(readable, night, ledger)
        ledger.flush()
    if night.settings.insight_api.key_file:
        with night.stage("asking Insight"):
            for arrival, content in fetch_arrivals(night):
                if not _is_known(arrival, ledger, landed):
                    landed.states[_take(arrival, content, night, ledger).state] += 1
                _remove_unwanted(arrival, night)
            ledger.flush()
    return landed


def _take_each(readable: list[tuple[Path, Arrival]], night: Night, ledger: Ledger) -> None:
    unread = Counter(arrival.sha256 for _, arrival in readable)
    for arrival, content in _contents(readable, night):
        if not _is_known(arrival, ledger, night.landed):  # the same file may lie in the folder twice
            night.landed.states[_take(arrival, content, night, ledger).state] += 1
        unread[arrival.sha256] -= 1
        if not unread[arrival.sha256]:  # the same bytes of another school are read from the same copy
            _remove_unwanted(arrival, night)


def _contents(readable: list[tuple[Path, Arrival]], night: Night) -> Iterator[tuple[Arrival, Content]]:
    """Each file with its tables or its refusal, in the order of delivery."""
    if not readable:
        return
    names = header_names(RAW, night.settings.mapping)
    answers = read_deliveries(
        [path for path, _ in readable],
        names,
        limits_of(night.settings),
        night.settings.reading_processes,
        shown_names=[arrival.file_name for _, arrival in readable],
    )
    for (_, arrival), (_, content) in zip(readable, answers, strict=True):
        yield arrival, content


def _is_known(arrival: Arrival, ledger: Ledger, landed: Landed) -> bool:
    state = ledger.known_state(arrival)
    if state is None:
        return False
    landed.states["DUPLICATE" if state == "TAKEN" else state] += 1
    return True


def _archive(fresh: list[Arrival], night: Night, ledger: Ledger, landed: Landed) -> list[tuple[Path, Arrival]]:
    """Copy what may be opened to level 1; refuse what may not."""
    largest = night.settings.largest_file_megabytes * MEGABYTE
    readable: list[tuple[Path, Arrival]] = []
    for arrival in fresh:
        try:
            _refuse_unopened(arrival, largest)
            readable.append((archive(arrival, night.settings.landing_folder), arrival))
        except SourceFileError as error:
            landed.states[ledger.refuse(arrival, error).state] += 1
        except OSError as error:
            raise OrchardError(
                f"A delivered file could not be copied to the landing folder ({error.strerror})",
                arrival.file_name,
                "Free some disk space or mend the folder's permissions, then refresh again.",
            ) from None
    return readable


def _refuse_unopened(arrival: Arrival, largest_bytes: int) -> None:
    if arrival.problem:
        raise SourceFileError(
            "UNREADABLE",
            f"The file cannot be opened ({arrival.problem})",
            arrival.file_name,
            "Give the refresh permission to read it, or put a new copy in the folder.",
        )
    if arrival.is_link:
        raise SourceFileError("LINK", "A link is not a file", arrival.file_name, "Put the file itself in the folder.")
    if arrival.is_stray:
        raise SourceFileError(
            "UNKNOWN_SCHOOL",
            "The folder is not that of a school of the trust",
            arrival.file_name,
            "Name the folder by the school's URN (or 'trust'), or add the school to orchard.toml.",
        )
    if arrival.byte_count > largest_bytes:
        raise SourceFileError(
            "TOO_LARGE",
            f"The file is larger than {largest_bytes // MEGABYTE} megabytes",
            arrival.file_name,
            "Send one school or one year at a time.",
        )


def _take(arrival: Arrival, content: Content, night: Night, ledger: Ledger) -> Verdict:
    """Take one file, or write down why not."""
    try:
        is_readable = not isinstance(content, SourceFileError)
        is_anothers = is_readable and ledger.other_school(arrival, night.landed.present)
        slices = _without_erased(arrival, content, night)
        if is_anothers:
            raise SourceFileError(
                "WRONG_SCHOOL",
                "The very same file stands in another school's folder",
                arrival.file_name,
                "Remove it from the folder where it does not belong.",
            )
        slices = _hold_older(arrival, slices, ledger)
        if not is_accepted(night.store, arrival.delivery_key):
            _hold_short(arrival, slices, ledger, night.settings.short_delivery_rate)
    except SourceFileError as error:
        state = error.rule if error.rule == "OLDER" else "HELD" if error.rule == "SHORT" else "REFUSED"
        return ledger.refuse(arrival, error, state)
    labels = sorted({piece.table.source.label for piece in slices if piece.table.source})
    return ledger.take(arrival, slices, ", ".join(labels))


def _without_erased(arrival: Arrival, content: Content, night: Night) -> list[Slice]:
    """What a file brings without the rows of anybody erased, before anything else is asked of it.

    Once somebody has been erased, no copy is kept of a file that brings them, nor of one that cannot be read: nobody
    could tell whether it does. Raises ``SourceFileError`` for the latter.
    """
    forgotten = night.once("forgotten", lambda: read_forgotten(night.settings))
    try:
        if isinstance(content, SourceFileError):
            raise content
        slices, erased_count = forgotten.set_aside(cut_slices(arrival, content, night.settings))
    except SourceFileError:
        if forgotten.digests:
            _unwanted(night).add(arrival.sha256)
        raise
    if erased_count:
        _unwanted(night).add(arrival.sha256)
    return slices


def _unwanted(night: Night) -> set[str]:
    """Hashes of files of which only the other rows are kept: the file as delivered is its sender's."""
    return night.once("unwanted copies", set[str])


def _remove_unwanted(arrival: Arrival, night: Night) -> None:
    if arrival.sha256 not in _unwanted(night):
        return
    copy_of(arrival, night.settings.landing_folder).unlink(missing_ok=True)
    if arrival.path.is_relative_to(night.settings.home / FETCHED):
        arrival.path.unlink(missing_ok=True)


def _hold_older(arrival: Arrival, slices: list[Slice], ledger: Ledger) -> list[Slice]:
    """The slices in which nothing newer stands. Raises OLDER when something newer stands in all of them."""
    fresh = [piece for piece in slices if not _is_older(arrival, ledger.standing(piece))]
    if not fresh:
        raise SourceFileError(
            "OLDER",
            f"{_label(slices[0])}: a newer file for the same school and period has been taken",
            arrival.file_name,
            "Nothing to do; to use this file after all, save it again so that it is the newest.",
        )
    return fresh


def _is_older(arrival: Arrival, standing: tuple[int, dt.datetime] | None) -> bool:
    return standing is not None and arrival.delivered_at < standing[1]


def _hold_short(arrival: Arrival, slices: list[Slice], ledger: Ledger, short_rate: float) -> None:
    for piece in slices:
        standing = ledger.standing(piece)
        if standing and standing[0] >= SHORT_FROM_ROWS and piece.rows_count < standing[0] * short_rate:
            raise SourceFileError(
                "SHORT",
                f"{_label(piece)}: {piece.rows_count} rows where {standing[0]} stood before; the earlier rows stay",
                arrival.file_name,
                "Check that the export is complete. If it is, run 'orchard accept' with the delivery's key.",
            )


def _label(piece: Slice) -> str:
    return piece.table.source.label if piece.table.source else piece.table.name
