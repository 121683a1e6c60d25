"""What reaches a reader of a page, taken from what the browser would be sent: every block, chart, control and file."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import zip_longest
from typing import Any
from unittest.mock import patch

import streamlit as st
from streamlit.delta_generator_singletons import get_dg_singleton_instance
from streamlit.testing.v1 import AppTest

from dashboards.papers.blocks import Paper, to_json
from dashboards.papers.write_html import html
from dashboards.server_settings import HOME_VARIABLE
from dashboards.views.visits import Visit

Show = Callable[[Visit], None]
VOID = {"br", "hr", "img"}


@dataclass(frozen=True)
class Piece:
    """One thing that reaches a reader: its channel (sentence, table, hover, …), its name on the page, all of it."""

    channel: str
    name: str
    content: str


@dataclass(frozen=True)
class Grid:
    """A table as it was read: texts of its headings and cells, ``c`` and ``–`` for the signs."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def render(show: Show, visit: Visit) -> list[Piece]:
    """A page as its reader has it, in order; each control's other choices are tried, one control at a time.

    Raises ``AssertionError`` when the page fails.
    """
    pieces, test = _run(show, visit)
    for place, box in enumerate(test.selectbox):
        for option in box.options[1:]:
            pieces += _run(show, visit, (place, option))[0]
    return pieces


def first_look(show: Show, visit: Visit) -> list[Piece]:
    """A page as it opens, nothing chosen on it yet."""
    return _run(show, visit)[0]


def _run(show: Show, visit: Visit, chosen: tuple[int, str] | None = None) -> tuple[list[Piece], AppTest]:
    files: list[Piece] = []

    def offer(label: str, data: Any, file_name: str, *_: Any, help: str = "", **__: Any) -> None:
        content = data() if callable(data) else data
        files.append(Piece("download", label, content.decode("utf-8", "backslashreplace")))
        files.append(Piece("file name", label, f"{file_name} {help}"))

    home = {HOME_VARIABLE: str(visit.release.folder.parents[1])}
    with patch.object(st, "download_button", offer), patch.dict(os.environ, home):
        test = AppTest.from_function(_script, args=(show, visit), default_timeout=60).run()
        if chosen:
            files.clear()
            test.selectbox[chosen[0]].select(chosen[1]).run()
    assert not test.exception, [failure.message for failure in test.exception]
    return [piece for node in test._tree for piece in _pieces(node)] + files, test


def show_alone(show: Show, visit: Visit) -> None:
    """A page without a reader: for what it reads or refuses. A form that it opens would stay open for the next."""
    try:
        show(visit)
    finally:
        get_dg_singleton_instance().main_dg._form_data = None


def _script(show, visit):  # type: ignore[no-untyped-def]  # its text is run by itself, without this module's names
    show(visit)


def _pieces(node: Any) -> Iterator[Piece]:
    if node.type in ("html", "markdown"):
        body = node.proto.body
        yield Piece("table" if "<table" in body else "sentence", _start(body), body)
    elif node.type == "plotly_chart":
        yield Piece("alt text", _start(node.proto.alt), node.proto.alt)
        yield from of_chart(json.loads(node.proto.spec), _start(node.proto.alt))
    elif node.type not in ("root", "main", "sidebar", "event"):
        yield Piece("control", node.type, str(getattr(node, "proto", "")))


def of_chart(spec: dict[str, Any], name: str) -> Iterator[Piece]:
    """The channels of a chart: what is drawn, what a pointer reads, and its axes, height and labels."""
    told = ("customdata", "text", "hovertext", "hovertemplate", "name")
    for trace in spec["data"]:
        yield Piece("hover", name, _written({key: trace[key] for key in told if key in trace}))
        yield Piece("marks", name, _written({key: value for key, value in trace.items() if key not in told}))
    layout = {key: value for key, value in spec["layout"].items() if key != "template"}
    axes = {key: value for key, value in layout.items() if "axis" in key or key == "height"}
    yield Piece("axis", name, _written(axes))
    yield Piece("labels", name, _written({key: value for key, value in layout.items() if key not in axes}))


def _written(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def _start(body: str) -> str:
    return plain(body)[:60]


def of_paper(paper: Paper) -> Iterator[Piece]:
    """A paper as its readers have it. The PDF is set from the data and from nothing else."""
    yield Piece("paper", paper.name, to_json(paper).decode())
    yield Piece("paper", f"{paper.name}.html", html(paper).decode())


def unlike(first: Sequence[Piece], second: Sequence[Piece]) -> list[str]:
    """Where two renderings differ: channel, name and the place; nothing when they are the same to the byte."""
    found = []
    for one, other in zip_longest(first, second, fillvalue=Piece("nothing", "", "")):
        if one == other:
            continue
        at = next((n for n, (a, b) in enumerate(zip(one.content, other.content, strict=False)) if a != b), 0)
        near = slice(max(0, at - 50), at + 30)
        found.append(f"{one.channel} of {one.name!r}: …{one.content[near]!r} / …{other.content[near]!r}")
    return found


class _Reader(HTMLParser):
    """Tables and text of a page; words for a screen reader beside a sign are left out, the sign stands for them."""

    def __init__(self) -> None:
        super().__init__()
        self.grids: list[Grid] = []
        self.words: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self._caption, self._rows = "", list[list[str]]()
        self._cell: list[str] | None = None

    def handle_starttag(self, name: str, attributes: list[tuple[str, str | None]]) -> None:
        if name == "br" and self._cell is not None:
            self._cell.append(" ")
        if name in VOID:
            return
        is_sign = name == "span" and dict(attributes).get("class") == "unseen"
        self._open.append((name, is_sign))
        if name == "table":
            self._caption, self._rows = "", []
        elif name == "tr":
            self._rows.append([])
        elif name in ("td", "th", "caption"):
            self._cell = []

    def handle_endtag(self, name: str) -> None:
        while self._open and self._open.pop()[0] != name:
            pass
        if name in ("td", "th") and self._cell is not None and self._rows:
            self._rows[-1].append("".join(self._cell).strip())
            self._cell = None
        elif name == "caption" and self._cell is not None:
            self._caption, self._cell = "".join(self._cell), None
        elif name == "table":
            head, *rows = self._rows
            self.grids.append(Grid(self._caption, tuple(head), tuple(map(tuple, rows))))

    def handle_data(self, words: str) -> None:
        if any(is_sign or name == "style" for name, is_sign in self._open):
            return
        self.words.append(words)
        if self._cell is not None:
            self._cell.append(words)


def grids_of(body: str) -> list[Grid]:
    """The tables of some HTML."""
    reader = _Reader()
    reader.feed(body)
    return reader.grids


def plain(body: str) -> str:
    """The words of some HTML."""
    reader = _Reader()
    reader.feed(body)
    return " ".join(" ".join(reader.words).split())
