"""A table for people: one set of cells makes the HTML table and the download, so the two cannot differ. Pure."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboards.markup import Content, Html, Symbol, join, tag, visible

_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Heading:
    """A column's heading. Numbers are set to the right with figures of equal width."""

    label: str
    is_number: bool = False
    is_wide: bool = False


@dataclass(frozen=True)
class TableTwin:
    """Rows of cells under headings; the first cell names the row. ``note`` stands under the table."""

    caption: str
    headings: tuple[Heading, ...]
    rows: tuple[tuple[Content, ...], ...]
    note: str = ""

    def html(self) -> Html:
        """The table in a box that scrolls by itself on a narrow screen."""
        head = tag("thead", tag("tr", *(tag("th", h.label, scope="col", class_=_class(h)) for h in self.headings)))
        body = tag("tbody", *(self._row(row) for row in self.rows))
        table = tag("table", tag("caption", self.caption), head, body)
        note = tag("p", self.note, class_="note") if self.note else Html("")
        box = tag("div", table, class_="scroll", tabindex="0", role="region", aria_label=self.caption)
        return join((box, note))

    def _row(self, row: Sequence[Content]) -> Html:
        first, *others = zip(row, self.headings, strict=True)
        cells = (tag("td", cell, class_=_class(heading)) for cell, heading in others)
        return tag("tr", tag("th", first[0], scope="row", class_=_class(first[1])), *cells)

    def csv(self) -> str:
        """The same cells as CSV; a cell that a spreadsheet would take for a formula is kept as text."""
        return csv_of([h.label for h in self.headings], self.rows)


def _class(heading: Heading) -> str | None:
    return "number" if heading.is_number else "wide" if heading.is_wide else None


def headings(*labels: str) -> tuple[Heading, ...]:
    """Headings from labels: ``#`` before a label marks numbers, ``~`` a column of sentences."""
    return tuple(Heading(label.lstrip("#~"), label.startswith("#"), label.startswith("~")) for label in labels)


def csv_of(labels: Sequence[str], rows: Iterable[Sequence[Content]]) -> str:
    """CSV with a byte order mark, which spreadsheets need to read UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(labels)
    writer.writerows([[_inert(cell) for cell in row] for row in rows])
    return "\ufeff" + out.getvalue()


def _inert(cell: Content) -> str:
    """A cell that no spreadsheet runs. Numbers with a sign are kept as they are; symbols are ours."""
    content = visible(str(cell)) if cell is not None else ""
    if isinstance(cell, Symbol) or not content.lstrip().startswith(_FORMULA_SIGNS):
        return content
    return content if content[1:].replace(".", "", 1).isdigit() else f"'{content}"
