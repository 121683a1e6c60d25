"""``orchard forget-pupil``: one pupil erased from all that this trust keeps, and what remains said plainly.

The order makes a second run finish what a stopped one began: the list of the erased comes first, so that no night
brings the pupil back; then the delivered rows; then a whole night without them; old releases and copies last.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable

import polars as pl

from expectations.checks import ValidUpn
from expectations.errors import OrchardError, SettingsError
from pipelines.forgetting_files import (
    delivered_files,
    remove_copies,
    remove_other_releases,
    where_still,
    which_name,
)
from pipelines.forgetting_rows import drop_strays, find_person, remove_rows
from pipelines.forgetting_words import forget_words
from pipelines.forgotten import Forgotten, remember_forgotten
from pipelines.night import only_refresh
from pipelines.refresh import refresh
from pipelines.settings import Settings
from pipelines.store import Store, write_anew

SHOWN_FILES = 20


def forget_pupil(
    settings: Settings, said: str, now: dt.datetime, report: Callable[[str], None] = lambda _: None
) -> tuple[str, bool]:
    """Erase the pupil of a UPN; (sentences for the person who asked, whether nothing is left for them to do).

    Raises ``SettingsError`` for what is no UPN or was given to two pupils, ``BusyError`` while a refresh or a backup
    runs, and ``OrchardError`` when the night without the pupil does not end well: then the command is to be run again.
    """
    os.umask(0o077)
    upn = _checked(said)
    with only_refresh(settings), Store(settings.work_file) as store:
        report("finding the pupil's rows")
        person = find_person(store, upn, settings.pupil_key_secret().get_secret_value().encode())
        forgotten = remember_forgotten(settings, person.identifiers, now)
        cases, lines = forget_words(settings, person)  # while the work database still knows the pupil's key and names
        rows = remove_rows(store, person, forgotten)
    outcome = refresh(settings, report)
    if not outcome.is_success:
        raise OrchardError(
            "The pupil is erased from what was delivered, but the night without them failed: the release that people "
            "see may still show them", "", "See 'orchard refresh' for the reason; then run this again.",
        )  # fmt: skip
    report("removing copies")
    releases, copies, dropped, left = _clear_files(settings, forgotten, upn)
    done = (
        f"Erased: {rows:,} rows of the work database, {cases} cases of moderation, names in {lines} lines of the "
        f"trail, {copies} copies of delivered files, {releases} older releases. Release {outcome.release_number} is "
        "without the pupil, and rows that come again are set aside."
    )
    if not rows and not person.pupil_keys:
        done = f"No pupil with this UPN stood in the data; rows that come are set aside. {done}"
    return "\n".join([done, *_what_remains(dropped, left)]), not dropped and not left


def _checked(said: str) -> str:
    """A UPN as it is compared. Raises ``SettingsError`` that does not quote what was given."""
    upn = said.strip().upper()
    frame = pl.DataFrame({"upn": [upn]}, schema={"upn": pl.String})
    if not upn or frame.select(ValidUpn().failing("upn")).item():
        raise SettingsError("This is no UPN", "", "Give one line: 13 characters, with the right check letter.")
    return upn


def _clear_files(settings: Settings, forgotten: Forgotten, upn: str) -> tuple[int, int, list[str], list[str]]:
    """(older releases removed, copies removed, files in the drop folder that name the pupil, files that still do)."""
    with only_refresh(settings):
        with Store(settings.work_file) as store:
            dropped, landed = delivered_files(settings, store)
            drop_strays(store)
        naming = which_name(settings, [*dropped, *landed], forgotten, upn)
        copies = remove_copies(settings, landed, naming)
        releases = remove_other_releases(settings)
        write_anew(settings.work_file)
        left = where_still(settings, upn)
    theirs = sorted(one.path.relative_to(settings.drop_folder).as_posix() for one in dropped if one.sha256 in naming)
    return releases, copies, theirs, left


def _what_remains(dropped: list[str], left: list[str]) -> list[str]:
    said = []
    if dropped:
        more = f" and {len(dropped) - SHOWN_FILES} more" if len(dropped) > SHOWN_FILES else ""
        said.append(
            "To do: these files in the drop folder are the schools' and still hold somebody who was erased. Delete "
            f"them, or have them sent anew without the pupil: {', '.join(dropped[:SHOWN_FILES])}{more}."
        )
    if left:
        said.append(f"To do: the UPN is still in {', '.join(left[:SHOWN_FILES])}. Remove it there.")
    said.append(
        "What stays: totals that were published, in which no child can be told, and papers of meetings; backups made "
        "before now, until they are removed (run this again after restoring one); what people wrote of the pupil in "
        "other words than the full name; and in forgotten.csv a digest of the pupil's numbers, which keeps them out."
    )
    return said
