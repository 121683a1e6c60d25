"""The two writers: tagged PDF/UA-1 of exactly two sides, the same bytes each time, in reading order; HTML alike."""

from __future__ import annotations

import dataclasses
import datetime as dt
import io
import re
from html import unescape
from typing import Any

import pytest
from pypdf import PdfReader

from dashboards.papers import blocks
from dashboards.papers.blocks import Exceptional, Paper, Sign, from_json, to_json
from dashboards.papers.nutshell import nutshell
from dashboards.papers.trustees import trustees_pack
from dashboards.papers.visit_form import visit_form
from dashboards.papers.write_html import html
from dashboards.papers.write_pdf import pdf
from dashboards.wording import papers as words
from expectations.vocabulary import TRUST
from tests.dashboards.papers.conftest import Look
from tests.support.releases import ASH, ELM, HOSTILE, NAMES, OAK

LONG = "It was said at length, because the record is long and nobody had cut it. " * 4


def read(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def structure(reader: PdfReader) -> list[str]:
    """Types of the structure elements, in reading order."""
    found: list[str] = []

    def walk(node: Any) -> None:
        node = node.get_object()
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, dict):
            if "/S" in node:
                found.append(str(node["/S"]))
            if "/K" in node and not isinstance(node.get("/K"), int):
                walk(node["/K"])

    walk(reader.trailer["/Root"]["/StructTreeRoot"])
    return found


def words_of(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


@pytest.mark.parametrize("urn", [ELM, OAK, ASH])
def test_each_nutshell_is_a_tagged_pdf_of_two_sides(look: Look, urn: str) -> None:
    reader = read(pdf(nutshell(look(urn), urn)))
    assert len(reader.pages) == 2
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "pdfuaid" in reader.trailer["/Root"]["/Metadata"].get_object().get_data().decode()
    assert reader.metadata is not None
    assert reader.metadata.title == f"{words.NUTSHELL}: {NAMES[urn]}"
    kinds = structure(reader)
    assert kinds.count("/H1") == 1
    assert kinds.count("/H2") == 5
    assert {"/Table", "/TR", "/TH", "/TD", "/L", "/LI"} <= set(kinds)


def test_the_visit_form_has_two_sides_and_the_pack_says_all(look: Look) -> None:
    assert len(read(pdf(visit_form(look(OAK), OAK))).pages) == 2
    assert NAMES[ASH] in words_of(read(pdf(trustees_pack(look(TRUST)))))


def test_the_words_come_in_the_order_in_which_they_are_read(look: Look) -> None:
    said = words_of(read(pdf(nutshell(look(ELM), ELM))))
    order = [NAMES[ELM], words.CHANGED, words.ASK, words.GLANCE, words.CONFIDENCE, words.ALL_FIGURES,
             "1: Leadership", "2: Identification", "3: High-quality", "4: Tracking", "5: Provision"]  # fmt: skip
    places = [said.index(title) for title in order]
    assert places == sorted(places)


def test_the_same_paper_has_the_same_bytes(look: Look) -> None:
    paper = nutshell(look(ELM), ELM)
    again = from_json(to_json(paper))
    assert pdf(again) == pdf(paper)
    assert html(again) == html(paper)


def test_html_and_pdf_say_the_same(look: Look) -> None:
    paper = nutshell(look(ELM), ELM)
    page, printed = html(paper).decode(), words_of(read(pdf(paper)))
    told = [item for block in paper.blocks if isinstance(block, blocks.Exceptions) for item in block.items]
    told_words = [word for item in told for word in (item.title, item.question)]
    for said in [*told_words, *(cell for cell in _cells(paper) if isinstance(cell, str) and cell)]:
        assert said in unescape(page)
        assert re.sub(r"\s", "", said) in re.sub(r"\s", "", printed)


def _cells(paper: Paper) -> list[blocks.Cell]:
    lines = [line for priority in _figures(paper).priorities for figure in priority.figures for line in figure.lines]
    return [cell for line in lines for cell in (line.label, *line.told, *line.beside, line.england, line.asked)]


def _figures(paper: Paper) -> blocks.Figures:
    (found,) = (block for block in paper.blocks if isinstance(block, blocks.Figures))
    return found


def test_hidden_is_a_sign_in_both_and_never_nought(look: Look) -> None:
    paper = nutshell(look(OAK), OAK)
    assert Sign("hidden") in _cells(paper)
    assert "hidden: small number" in html(paper).decode()
    assert words.hidden_words(0) not in words_of(read(pdf(paper)))


def test_what_comes_from_data_is_never_read_as_markup(look: Look) -> None:
    paper = nutshell(look(ELM), ELM)
    nasty = f'{HOSTILE} #read("paper.typ") $x$ *y* `z` @ref <label> \\ //'
    head = dataclasses.replace(paper.blocks[0], title=nasty)  # type: ignore[type-var]
    hostile = dataclasses.replace(paper, blocks=(head, *paper.blocks[1:]), title=nasty)
    page = html(hostile).decode()
    assert "<b>Elm" not in page
    assert "<script" not in page
    assert '#read("paper.typ")' in words_of(read(pdf(hostile)))


def test_long_words_still_fit_two_sides(look: Look) -> None:
    paper = nutshell(look(ELM), ELM)
    asked = blocks.Exceptions(tuple(Exceptional(f"Title {n}", "61% delivered", LONG, LONG, LONG) for n in range(3)))
    longer = tuple(asked if isinstance(block, blocks.Exceptions) else block for block in paper.blocks)
    assert len(read(pdf(dataclasses.replace(paper, blocks=longer))).pages) == 2


def test_many_lines_still_fit_two_sides(look: Look) -> None:
    """Every figure recorded, with room for as many lines again as there are unrecorded figures."""
    paper = nutshell(look(ELM), ELM)
    table = _figures(paper)
    first, *rest = table.priorities
    fuller = dataclasses.replace(first, figures=first.figures * 3)
    more = dataclasses.replace(table, priorities=(fuller, *rest))
    longer = tuple(more if block is table else block for block in paper.blocks)
    assert len(read(pdf(dataclasses.replace(paper, blocks=longer))).pages) == 2


def test_a_paper_is_dated_by_its_release_and_not_by_a_clock(look: Look) -> None:
    reader = read(pdf(nutshell(look(ELM), ELM)))
    assert reader.metadata is not None
    assert reader.metadata.creation_date is not None
    assert reader.metadata.creation_date.date() == dt.date(2026, 11, 21)
