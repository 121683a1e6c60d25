"""Find the header of a table among the first rows of a grid. No reading of files, no contracts.

A header is found by the names in it, so that titles, blank rows and dates of export above it do no harm.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

Cell = str | None
LEAST_KNOWN = 2
"""A row with fewer known names is not a header: one word may stand in any title."""


def normal_header(text: str) -> str:
    """The same reduction as ``expectations.derive.normal_header``; a test holds them equal.

    Written again because that module brings polars, which would cost every reading child its start-up.
    """
    return re.sub(r"[^a-z0-9]+", "", unicodedata.normalize("NFKC", text).casefold())


@dataclass(frozen=True)
class HeaderNames:
    """The normalised names that may stand in a header, of all tables together."""

    names: frozenset[str]

    def knows(self, cell: Cell) -> bool:
        """True when the cell is a name somebody declared."""
        return bool(cell) and normal_header(cell or "") in self.names

    def known_count(self, cells: Sequence[Cell]) -> int:
        """Different known names among the cells."""
        return len({normal_header(cell) for cell in cells if cell} & self.names)


@dataclass(frozen=True)
class FoundHeader:
    """Where the header stands: names by position, and the index of its (last) row in the grid."""

    header: tuple[str, ...]
    last_index: int
    known_count: int


def find_header(rows: Sequence[Sequence[Cell]], names: HeaderNames) -> FoundHeader | None:
    """The row, or pair of rows with merged cells, that holds most known names; ``None`` when no row has two.

    A pair is taken only when it knows more than either row alone and its lower row holds nothing but known
    names, so that a row of data is never taken for the lower half of a header.
    """
    best: FoundHeader | None = None
    for index, row in enumerate(rows):
        single = _candidate(row, index, names)
        if best is None or single.known_count > best.known_count:
            best = single
        if index + 1 < len(rows) and all(names.knows(cell) for cell in rows[index + 1] if cell and cell.strip()):
            pair = _candidate(_merged(row, rows[index + 1]), index + 1, names)
            lower_count = names.known_count(rows[index + 1])
            if pair.known_count > max(best.known_count, lower_count):
                best = pair
    return best if best is not None and best.known_count >= LEAST_KNOWN else None


def _candidate(cells: Sequence[Cell], index: int, names: HeaderNames) -> FoundHeader:
    header = tuple((cell or "").strip() for cell in cells)
    return FoundHeader(header, index, names.known_count(header))


def _merged(upper: Sequence[Cell], lower: Sequence[Cell]) -> list[Cell]:
    width = max(len(upper), len(lower))
    padded_upper = [*upper, *[None] * (width - len(upper))]
    padded_lower = [*lower, *[None] * (width - len(lower))]
    return [below or above for above, below in zip(padded_upper, padded_lower, strict=True)]
