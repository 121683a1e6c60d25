"""Core rules once more, in plain Python and one pupil at a time: slow, obvious, and written from the words alone.

Tests compare the SQL of the models with these on generated rows. Nothing here may be used by a model.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

DAY = dt.timedelta(days=1)
STRONGER = {"E": 1, "K": 2, "N": 3}
MEANS = {"N": "N", "K": "K", "A": "K", "P": "K", "E": "E", "S": "E"}


@dataclass(frozen=True)
class Evidence:
    """What one row of a pupil list says of one pupil in one school."""

    entry: dt.date
    leaving: dt.date | None
    speaks_for: dt.date
    is_insight: bool


def enrolments(evidence: list[Evidence], newest_census: dt.date | None) -> list[tuple[dt.date, dt.date | None]]:
    """(entry, leaving) of each spell: evidence that overlaps or touches is one; its newest row says how it ends."""
    spells: list[list[Evidence]] = []
    for row in sorted(evidence, key=lambda e: (e.entry, known_until(e))):
        if spells and row.entry <= max(known_until(e) for e in spells[-1]) + DAY:
            spells[-1].append(row)
        else:
            spells.append([row])
    return [(min(e.entry for e in spell), _leaving(spell, newest_census)) for spell in spells]


def known_until(row: Evidence) -> dt.date:
    return max(row.entry, _valid_leaving(row) or row.speaks_for)


def _valid_leaving(row: Evidence) -> dt.date | None:
    return row.leaving if row.leaving and row.leaving >= row.entry else None


def _leaving(spell: list[Evidence], newest_census: dt.date | None) -> dt.date | None:
    last = dt.date.min

    def newness(e: Evidence) -> tuple[dt.date, bool, dt.date, dt.date, dt.date]:
        return (e.speaks_for, e.is_insight, e.entry, known_until(e), _valid_leaving(e) or last)

    newest = max(spell, key=newness)
    if leaving := _valid_leaving(newest):
        return leaving
    is_forgotten = newest_census is not None and newest.speaks_for < newest_census
    return known_until(newest) if is_forgotten and not any(e.is_insight for e in spell) else None


@dataclass(frozen=True)
class OnRegister:
    """One row of the SEND register."""

    provision: str
    start: dt.date
    end: dt.date | None


def status_on(
    day: dt.date, register: list[OnRegister], census: list[tuple[dt.date, str]], insight: tuple[dt.date, str] | None
) -> tuple[str, str] | None:
    """(SEN provision, where it was read) on a day; nothing when no list says anything of the day."""
    chosen: dict[dt.date, OnRegister] = {}
    for row in register:
        rank = (STRONGER[MEANS[row.provision]], -(row.end or dt.date.max).toordinal())
        held = chosen.get(row.start)
        if held is None or rank < (STRONGER[MEANS[held.provision]], -(held.end or dt.date.max).toordinal()):
            chosen[row.start] = row
    begun = [row for start, row in chosen.items() if start <= day]
    current = max(begun, key=lambda row: row.start, default=None)
    if current and (current.end is None or day <= current.end):
        return MEANS[current.provision], "register"
    silent_since = current.end + DAY if current and current.end else dt.date.min
    heard = [(seen, MEANS[code]) for seen, code in census if silent_since <= seen <= day]
    if heard:
        latest = max(seen for seen, _ in heard)
        return min((code for seen, code in heard if seen == latest), key=STRONGER.__getitem__), "census"
    if current:
        return "N", "register"
    if insight and not register and not census and insight[0] <= day:
        return MEANS[insight[1]], "insight"
    return None


_RANKS = ["PK1", "PK2", "PK3", "PK4", "PK5", "PK6", "WTS", "EXS", "GDS"]
_BANDS = [
    ["below", "well below"],
    ["towards", "working towards", "just below"],
    ["within", "at", "expected", "working at"],
    ["above", "greater depth", "working above"],
]


def score(scale: str, mark: str) -> float | None:
    """The figure of a mark on its scale; nothing when it is none."""
    word = mark.strip().lower()
    if scale in ("STANDARDISED", "POINTS"):
        return float(word) if re.fullmatch(r"\d{1,4}(\.\d+)?", word) else None
    if scale == "AGE":
        found = re.fullmatch(r"(\d{1,2})(?: *[.:] *(\d{1,2})| *y(?: *(\d{1,2}) *m?)?)?", word)
        months = int(found[2] or found[3] or 0) if found else 12
        return float(int(found[1]) * 12 + months) if found and months < 12 else None
    if scale == "BAND":
        return next((place for place, words in enumerate(_BANDS, start=1) if word in words), None)
    if scale == "PRE_KEY_STAGE":
        return _RANKS.index(word.upper()) + 1 if word.upper() in _RANKS else None
    return None
