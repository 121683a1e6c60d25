"""From ticked criteria to levels and a band: the one rule, which the rating form and the night share. Pure.

A criterion belongs to one descriptor and one band of a version of the authority's matrix. A rater ticks what holds
of the pupil; nobody chooses a band.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

BAND_RULES = ("HIGHEST", "MIDDLE")
"""The band is the highest level of any descriptor, or the middle one of those with a level (the higher of two)."""
SEPARATOR = ";"
NO_LEVEL = 0


class Criterion(NamedTuple):
    """Where a criterion stands in its version: descriptor, and band from 1."""

    descriptor: str
    band_number: int


def split_codes(ticked: str | None) -> tuple[str, ...]:
    """The codes of a cell: apart by semicolons, commas or line breaks; each once, in order, in upper case."""
    parts = (ticked or "").replace(",", SEPARATOR).replace("\n", SEPARATOR).split(SEPARATOR)
    return tuple(dict.fromkeys(part.strip().upper() for part in parts if part.strip()))


def join_codes(codes: Iterable[str]) -> str:
    """Codes as one cell, in order of code."""
    return SEPARATOR.join(sorted(codes))


def levels_of(codes: Iterable[str], criteria: Mapping[str, Criterion]) -> dict[str, int]:
    """Each descriptor's level: the highest band of which a criterion is ticked; 0 where none is, or none is known."""
    levels = dict.fromkeys((criterion.descriptor for criterion in criteria.values()), NO_LEVEL)
    for code in codes:
        if code in criteria:
            descriptor, band = criteria[code]
            levels[descriptor] = max(levels[descriptor], band)
    return levels


def band_of(levels: Iterable[int], rule: str) -> int | None:
    """The band that follows from the levels; ``None`` when nothing is ticked."""
    reached = sorted(level for level in levels if level > NO_LEVEL)
    if not reached:
        return None
    return reached[-1] if rule == "HIGHEST" else reached[len(reached) // 2]
