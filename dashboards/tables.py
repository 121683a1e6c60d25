"""A table for people: one set of cells makes the HTML table and the download, so the two cannot differ. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from dashboards.markup import HIDDEN, Content, Html, Symbol, join, tag, visible
from expectations.spreadsheets import inert


@dataclass(frozen=True)
class Heading:
    """A column's heading. Numbers are set to the right with figures of equal width."""

    label: str
    is_number: bool = False
    is_wide: bool = False


@dataclass(frozen=True)
class Stacked:
    """A cell of two sentences, one under the other: what is wrong, and what to do."""

    first: str
    second: str

    def lines(self) -> tuple[str, str]:
        """Both, the first one ended like a sentence."""
        return (self.first if self.first.endswith((".", "…", "?")) else f"{self.first}."), self.second


@dataclass(frozen=True)
class Linked:
    """A cell that leads to another page of the same app; in the download it is its label.

    ``address`` is ours; what stands in ``query`` is data and is quoted, so that it cannot leave its place.
    """

    label: str
    address: str
    query: Mapping[str, str]

    def html(self) -> Html:
        """The link, within this tab."""
        return tag("a", self.label, href=f"{self.address}?{urlencode(self.query)}", target="_self")


Cell = Content | Stacked | Linked
_SHORT = 12
_FEW_COLUMNS = 4
"""A table of so few columns is no wider than the text: a number must not stand a page away from its name."""


@dataclass(frozen=True)
class TableTwin:
    """Rows of cells under headings; the first cell names the row. ``note`` stands under the table.

    A table with a column of sentences becomes a list of cards on a narrow screen; its roles are written out, because
    a browser forgets them when a table is not laid out as one.
    """

    caption: str
    headings: tuple[Heading, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""

    def html(self) -> Html:
        """The table in a box that scrolls by itself on a narrow screen."""
        titles = (tag("th", h.label, scope="col", class_=_class(h), role="columnheader") for h in self.headings)
        head = tag("thead", tag("tr", *titles, role="row"), role="rowgroup")
        body = tag("tbody", *(self._row(row) for row in self.rows), role="rowgroup")
        is_wordy = any(heading.is_wide for heading in self.headings)
        kind = "cards-when-narrow" if is_wordy else "few" if len(self.headings) <= _FEW_COLUMNS else None
        table = tag("table", tag("caption", self.caption), head, body, class_=kind, role="table")
        note = tag("p", self.note, class_="note") if self.note else Html("")
        box = tag("div", table, class_="scroll", tabindex="0", role="region", aria_label=self.caption)
        return join((box, note))

    def _row(self, row: Sequence[Cell]) -> Html:
        first, *others = zip(row, self.headings, strict=True)
        cells = (
            tag("td", _content(cell), class_=_class(heading) or _short(cell), role="cell", data_label=heading.label)
            for cell, heading in others
        )
        name = tag("th", _content(first[0]), scope="row", class_=_class(first[1]), role="rowheader")
        return tag("tr", name, *cells, role="row")

    @property
    def hidden_cells_count(self) -> int:
        """Cells that show the sign for hidden."""
        return sum(cell is HIDDEN for row in self.rows for cell in row)

    def csv(self) -> str:
        """The same cells as CSV; a cell that a spreadsheet would take for a formula is kept as text."""
        return csv_of([h.label for h in self.headings], self.rows)


def _content(cell: Cell) -> Content:
    if isinstance(cell, Linked):
        return cell.html()
    if not isinstance(cell, Stacked):
        return cell
    first, second = cell.lines()
    return join((first, tag("br"), tag("span", second, class_="next")))


def _class(heading: Heading) -> str | None:
    return "number" if heading.is_number else "wide" if heading.is_wide else None


def _short(cell: Cell) -> str | None:
    """A date or a word or two stays on one line."""
    return "short" if isinstance(cell, str) and not isinstance(cell, Html) and len(cell) <= _SHORT else None


def headings(*labels: str) -> tuple[Heading, ...]:
    """Headings from labels: ``#`` before a label marks numbers, ``~`` a column of sentences."""
    return tuple(Heading(label.lstrip("#~"), label.startswith("#"), label.startswith("~")) for label in labels)


def csv_of(labels: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """CSV with a byte order mark, which spreadsheets need to read UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(labels)
    writer.writerows([[plain(cell) for cell in row] for row in rows])
    return "\ufeff" + out.getvalue()


def plain(cell: Cell) -> str:
    """A cell that no spreadsheet runs; symbols are ours."""
    if isinstance(cell, Stacked):
        return plain(" ".join(cell.lines()).strip())
    if isinstance(cell, Linked):
        return plain(cell.label)
    content = visible(str(cell)) if cell is not None else ""
    return content if isinstance(cell, Symbol) else inert(content)
