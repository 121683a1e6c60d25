"""Invented names and numbers: surnames, forenames, UPNs with their check letter. No real person's."""

from __future__ import annotations

import unicodedata

from expectations.checks import UPN_LETTERS
from seeds.trust.schools import LA_CODE
from seeds.trust.streams import Stream

_SURNAME_STARTS = (
    "Bram", "Cald", "Dovv", "Elmi", "Farr", "Garl", "Hask", "Irv", "Jass", "Kell", "Lorr", "Mott", "Nesh", "Orl",
    "Pell", "Quen", "Ravv", "Sedd", "Tamm", "Umb", "Vark", "Wick", "Yarr", "Zell", "Brock", "Cress", "Dunn", "Fenn",
)  # fmt: skip
_SURNAME_ENDS = (
    "abrook", "acombe", "adine", "afold", "amere", "andel", "aquist", "asham", "atree", "avale", "eby", "edge",
    "elow", "enza", "erby", "escot", "ewald", "iford", "igan", "imoor", "oban", "ovic", "owski", "ulane",
)  # fmt: skip
_ODD_SURNAMES = ("O’Marrowin", "D’Elbinor", "Orelé", "Söldan", "Nuñaro", "Farr-Quenby", "Null", "van der Quill")
_FORENAME_STARTS = (
    "Ada", "Bre", "Cai", "Dela", "Elo", "Fari", "Gwe", "Havi", "Ila", "Jori", "Kess", "Lumi", "Maro", "Nela", "Osi",
    "Pira", "Rafi", "Sefa", "Tali", "Una", "Vero", "Wila", "Yara", "Zed",
)  # fmt: skip
_FORENAME_ENDS = (
    "bel",
    "da",
    "dren",
    "fin",
    "la",
    "lin",
    "mer",
    "na",
    "nix",
    "ra",
    "rin",
    "sha",
    "tan",
    "va",
    "win",
    "zo",
)
_ODD_FORENAMES = ("Zoë-Talin", "Renée", "Mïro", "Anne’Lis")
HOSTILE_NAMES = (
    ("O'Quill\"; DROP TABLE pupils;--", "Talin"), ("=1+1", "@SUM(A1)"),
    ("![x](https://example.invalid/x.png)", "*Lumi*"),
    ("<b>Wickan</b>", "Bre, Ann"), ("Total", "Osida"),
)  # fmt: skip
"""Names that are text and nothing else: not SQL, no formula, no markdown, no HTML, no footer."""
_COMPLETELY_ODD = 0.03


def invent_surname(stream: Stream) -> str:
    """A surname from invented syllables; a few with accents and apostrophes, one of them "Null"."""
    if stream.chance(_COMPLETELY_ODD):
        return stream.one_of(_ODD_SURNAMES)
    return stream.one_of(_SURNAME_STARTS) + stream.one_of(_SURNAME_ENDS)


def invent_forename(stream: Stream) -> str:
    """A forename from invented syllables."""
    if stream.chance(_COMPLETELY_ODD / 2):
        return stream.one_of(_ODD_FORENAMES)
    return stream.one_of(_FORENAME_STARTS) + stream.one_of(_FORENAME_ENDS)


def take_apart(name: str) -> str:
    """The name with accents as separate characters (NFD), as some systems write it."""
    return unicodedata.normalize("NFD", name)


def make_upn(school_number: int, year: int, serial: int, *, is_temporary: bool = False) -> str:
    """A UPN of the form letter, authority, school, year, serial; a temporary one ends in a letter.

    The serial runs over 22,000 values: above 999 the school number is that of an imagined neighbour, so that
    no two pupils share a UPN. Source of the check letter: Unique Pupil Numbers, version 2.0.
    """
    number = f"{LA_CODE}{(school_number + 100 * (serial // 1000)) % 10000:04d}{year % 100:02d}"
    rest = (
        f"{number}{serial % 100:02d}{UPN_LETTERS[serial // 100 % 23]}"
        if is_temporary
        else f"{number}{serial % 1000:03d}"
    )
    return check_letter(rest) + rest


def check_letter(rest: str) -> str:
    """The first letter of a UPN, from its other twelve characters."""
    values = [int(c) if c.isdigit() else UPN_LETTERS.index(c) for c in rest]
    return UPN_LETTERS[sum(value * weight for value, weight in zip(values, range(2, 14), strict=True)) % 23]


def spoil_upn(upn: str) -> str:
    """The same UPN with a wrong check letter."""
    return UPN_LETTERS[(UPN_LETTERS.index(upn[0]) + 7) % 23] + upn[1:]
