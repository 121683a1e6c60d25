"""``orchard forget-pupil``: one pupil erased from all that this trust keeps, and what remains said plainly.

The order makes a second run finish what a stopped one began: the list of the erased comes first, so that no night
brings the pupil back; then the delivered rows; then a whole night without them; old releases and copies last.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from expectations.checks import ValidUpn
from expectations.errors import OrchardError, SettingsError
from expectations.vocabulary import TRUST
from pipelines.drop_folder import shown
from pipelines.forgetting_files import (
    Search,
    delivered_files,
    files_below,
    remove_copies,
    remove_other_releases,
    where_still,
    which_name,
)
from pipelines.forgetting_rows import drop_strays, find_person, remove_rows
from pipelines.forgetting_words import forget_words
from pipelines.forgotten import Forgotten, read_forgotten, remember_forgotten
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
        before = read_forgotten(settings)
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
    cleared = _clear_files(settings, forgotten, person.upns)
    done = (
        f"Erased: {rows:,} rows of the work database, {cases} cases of moderation, names in {lines} lines of the "
        f"trail, {cleared.copies_count} copies of delivered files, {cleared.releases_count} older releases. Release "
        f"{outcome.release_number} is without the pupil, and rows that come again are set aside."
    )
    if not rows and not person.pupil_keys:
        done = f"{_why_nothing(before, upn)} {done}"
    return "\n".join([done, *_to_do(settings, cleared), _STAYS]), cleared.is_all


def _why_nothing(before: Forgotten, upn: str) -> str:
    """No row is found after an earlier run as well, which a night that failed may have stopped half way."""
    if before.digest(("UPN", TRUST, upn)) in before.digests:
        return "An earlier run erased the rows of this pupil; this one did what was left to be done."
    return "No pupil with this UPN stood in the data; rows that come are set aside."


def _checked(said: str) -> str:
    """A UPN as it is compared. Raises ``SettingsError`` that does not quote what was given."""
    upn = said.strip().upper()
    frame = pl.DataFrame({"upn": [upn]}, schema={"upn": pl.String})
    if not upn or frame.select(ValidUpn().failing("upn")).item():
        raise SettingsError("This is no UPN", "", "Give one line: 13 characters, with the right check letter.")
    return upn


@dataclass(frozen=True)
class _Cleared:
    """What was removed, and what the searches of the drop folder and of the home folder left to people."""

    releases_count: int
    copies_count: int
    dropped: Search
    home: Search

    @property
    def is_all(self) -> bool:
        """Whether nothing is left to be looked at or removed."""
        return not any((self.dropped.found, self.dropped.unread, self.home.found, self.home.unread))


def _clear_files(settings: Settings, forgotten: Forgotten, upns: tuple[str, ...]) -> _Cleared:
    with only_refresh(settings):
        with Store(settings.work_file) as store:
            delivered, landed = delivered_files(settings, store)
            drop_strays(store)
        looked = which_name(settings, [*delivered, *landed], forgotten, upns)
        gone = {*looked.found, *looked.unread}
        copies_count = remove_copies(settings, {one.path for one in landed} - gone)
        releases_count = remove_other_releases(settings)
        write_anew(settings.work_file)
        home = where_still(settings, upns)
    theirs = {one.path for one in delivered}
    dropped = Search([path for path in looked.found if path in theirs], [p for p in looked.unread if p in theirs])
    for _ in files_below(settings.drop_folder, dropped):
        pass  # only to learn which folders cannot be opened
    return _Cleared(releases_count, copies_count, dropped, home)


_STAYS = (
    "What stays: totals that were published, in which no child can be told, and papers of meetings; backups made "
    "before now, until they are removed (run this again after restoring one); what people wrote of the pupil in "
    "other words than the full name; and in forgotten.csv a digest of the pupil's numbers, which keeps them out."
)


def _to_do(settings: Settings, cleared: _Cleared) -> list[str]:
    """One sentence for each thing that a person must see to."""
    said = ["To do: restart both apps. An app that runs keeps in its memory what it showed before."]
    if cleared.dropped.found:
        said.append(
            "To do: these files in the drop folder are the schools' and still hold somebody who was erased. Delete "
            f"them, or have them sent anew without the pupil: {_named(cleared.dropped.found, settings.drop_folder)}."
        )
    if cleared.dropped.unread:
        said.append(
            "To do: these in the drop folder could not be read. Look yourself whether they hold the pupil, and delete "
            f"or mend them: {_named(cleared.dropped.unread, settings.drop_folder)}."
        )
    if cleared.home.found:
        said.append(f"To do: the UPN is still in {_named(cleared.home.found, settings.home)}. Remove it there.")
    if cleared.home.unread:
        said.append(
            "To do: these in the home folder could not be opened, and nobody knows whether the UPN is there: "
            f"{_named(cleared.home.unread, settings.home)}. Give this user the right to read them, then run this again."
        )
    return said


def _named(paths: list[Path], folder: Path) -> str:
    """The first of them, by where they are below a folder."""
    names = sorted({shown(path.relative_to(folder).as_posix()) for path in paths})
    more = f" and {len(names) - SHOWN_FILES} more" if len(names) > SHOWN_FILES else ""
    return f"{', '.join(names[:SHOWN_FILES])}{more}"
