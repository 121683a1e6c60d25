"""What comes from a file stays text: in HTML, in Markdown labels, in charts, in spreadsheets."""

from __future__ import annotations

import csv
import io
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards import palette
from dashboards.figures import hidden_count, known, shown
from dashboards.markup import HIDDEN, MISSING, Html, join, plain_for_chart, plain_for_markdown, tag, text, visible
from dashboards.tables import Stacked, TableTwin, csv_of, headings
from dashboards.theme import ASSETS, style


class Reader(HTMLParser):
    """The elements and the text of a piece of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str] = []
        self.said = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data: str) -> None:
        self.said += data


@given(st.text())
def test_data_never_becomes_an_element(content: str) -> None:
    read = Reader(tag("p", content, title=content))
    assert read.tags == ["p"]
    assert unescape(text(content)) == visible(content)


def test_only_what_was_built_here_is_markup() -> None:
    inner = tag("b", "<i>")
    assert tag("p", inner, "<u>") == "<p><b>&lt;i&gt;</b>&lt;u&gt;</p>"
    assert isinstance(tag("p", inner), Html)
    assert join(["a", "<", inner]) == "a&lt;<b>&lt;i&gt;</b>"
    assert tag("th", "x", scope="col", class_=None, aria_label='"') == '<th scope="col" aria-label="&quot;">x</th>'


def test_control_characters_and_turned_writing_are_taken_out() -> None:
    assert visible("a\x00b\u202ec\u2066d\x1b[0m\u200f") == "abcd[0m"


@given(st.text(alphabet=st.sampled_from("<>&ab\"'"), max_size=30))
def test_a_chart_gets_no_element(content: str) -> None:
    escaped = plain_for_chart(content)
    assert "<" not in escaped
    assert ">" not in escaped
    assert unescape(escaped) == content


@given(st.text(max_size=40))
def test_a_label_has_no_markdown(content: str) -> None:
    escaped = plain_for_markdown(content)
    assert "\n" not in escaped
    for place, sign in enumerate(escaped):
        if sign in "*_[]()!<>`#|~:$&":
            assert escaped[place - 1] == "\\"


def test_hidden_missing_and_zero_are_three_signs() -> None:
    row = {"a_count": None, "b_count": None, "c_count": 0, "hidden_columns": "a_count,x"}
    assert [shown(row, name) for name in ("a_count", "b_count", "c_count")] == [HIDDEN, MISSING, "0"]
    assert "hidden: small number" in text(HIDDEN)
    assert "not available" in text(MISSING)
    assert not known(row, "a_count")
    assert known(row, "c_count")
    assert hidden_count([row, row]) == 4
    assert hidden_count([row], "a_count") == 1


def test_a_value_that_is_listed_as_hidden_is_never_shown() -> None:
    """Even a row that was built wrongly."""
    assert shown({"a_count": 3, "hidden_columns": "a_count"}, "a_count") == HIDDEN


def test_the_table_and_its_download_hold_the_same_cells() -> None:
    twin = TableTwin("Cap", headings("Name", "#Count", "~Words"), (("<b>", HIDDEN, "=1+1"), ("y", "1,234", "")), "n")
    read = Reader(twin.html())
    assert read.tags.count("td") == 4
    assert twin.hidden_cells_count == 1
    assert read.tags.count("th") == 5
    cells = list(csv.reader(io.StringIO(twin.csv().removeprefix("\ufeff"))))
    assert cells == [["Name", "Count", "Words"], ["<b>", "c", "'=1+1"], ["y", "1,234", ""]]


def test_a_cell_of_two_sentences_is_one_in_the_download() -> None:
    twin = TableTwin("Cap", headings("File", "~What"), (("a.csv", Stacked("<Cut> short", "Send it again.")),))
    assert '&lt;Cut&gt; short.<br><span class="next">Send it again.</span>' in twin.html()
    assert twin.csv().splitlines()[1] == "a.csv,<Cut> short. Send it again."
    assert Stacked("1, 2 …", "").lines()[0] == "1, 2 …"
    assert 'class="cards-when-narrow"' in twin.html()


@pytest.mark.parametrize(("cell", "kept"), [
    ("=HYPERLINK(1)", "'=HYPERLINK(1)"), ("+1", "+1"), ("-2.5", "-2.5"), ("-cmd", "'-cmd"), ("@x", "'@x"),
    ("\tx", "x"), ("plain", "plain"), ("+1 (0 to +2)", "'+1 (0 to +2)"), (" =1", "' =1"),
])  # fmt: skip
def test_no_cell_of_a_download_is_a_formula(cell: str, kept: str) -> None:
    written = csv_of(["h"], [[cell]]).splitlines()[1]
    assert next(csv.reader([written])) == [kept]


def test_the_style_sheet_fetches_nothing_and_uses_the_palette() -> None:
    sheet = style()
    assert "url(" not in sheet
    assert "@import" not in sheet
    assert "://" not in sheet
    assert "</style" not in sheet[:-8]
    assert all(colour in sheet for colour in (palette.INK, palette.SOFT, palette.DEEP, palette.OCHRE, palette.PANEL))
    assert "http" not in (ASSETS / "mark.svg").read_text().replace('xmlns="http://www.w3.org/2000/svg"', "")
