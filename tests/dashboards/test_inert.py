"""Whatever stands in a file stays text in every cell, link and download: tried with hostile pieces put together."""

from __future__ import annotations

import csv
import io
from urllib.parse import parse_qs, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from dashboards.markup import visible
from dashboards.tables import Linked, Stacked, TableTwin, headings
from expectations.spreadsheets import inert
from tests.dashboards.test_markup import Reader

PIECES = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "![x](https://canary.example/x)",
    '"',
    "'",
    "&",
    "</th>",
    "[x](javascript:alert(1))",
    "javascript:alert(1)",
    '=HYPERLINK("http://192.0.2.1")',
    "@SUM(1)",
    "+1",
    "-2",
    "\t",
    "\r",
    "\n",
    "\u202e",
    "\x00",
    "</style>",
    "]]>",
    "&lt;",
    "?school=999002",
    "&role=send_lead",
    "#",
    "//canary.example",
    "Elm",
]
hostile = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), min_size=1, max_size=4).map("".join)
OWN_TAGS = {"div", "table", "caption", "thead", "tbody", "tr", "th", "td", "p", "a", "br", "span"}


@given(hostile, hostile, hostile, hostile)
def test_no_text_makes_an_element_or_leads_anywhere(name: str, first: str, second: str, value: str) -> None:
    linked = Linked(name, "intervention", {"name": value})
    twin = TableTwin(name, headings("Name", "~What", "Go"), ((name, Stacked(first, second), linked),), note=value)
    read = Reader(twin.html())
    assert set(read.tags) <= OWN_TAGS
    assert (read.tags.count("a"), read.tags.count("td"), read.tags.count("br")) == (1, 2, 1)
    assert read.links[0].startswith("intervention?name=")
    address = urlsplit(read.links[0])
    assert (address.scheme, address.netloc, address.path) == ("", "", "intervention")
    assert parse_qs(address.query, keep_blank_values=True) == {"name": [value]}, "one parameter, and the whole of it"


@given(hostile, hostile)
def test_a_download_gives_the_same_cells_back_and_none_that_runs(first: str, second: str) -> None:
    twin = TableTwin("Cap", headings("Name", "Value"), ((first, second),))
    (_, cells) = csv.reader(io.StringIO(twin.csv().removeprefix("\ufeff"), newline=""))
    assert cells == [inert(visible(first)), inert(visible(second))]
    assert all(inert(cell) == cell for cell in cells)
