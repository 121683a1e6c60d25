"""What reaches a reader holds nothing of a hidden figure: not a word, mark, range, order, file or its name (R7).

Each page is rendered twice: of a release, and of one whose hidden figures are filled in. Were a view to look at one of
them, the two would differ.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import plotly.graph_objects as go
import pytest
import streamlit as st
from pypdf import PdfReader

from dashboards import board
from dashboards.figures import shown
from dashboards.papers.blocks import Paper, Prose
from dashboards.papers.making import papers_of, visit_of
from dashboards.papers.write_html import html
from dashboards.papers.write_pdf import pdf
from dashboards.queries import pupils
from dashboards.releases import find_release
from dashboards.tables import TableTwin, headings
from dashboards.views import page
from dashboards.views.visits import Visit
from expectations.vocabulary import TRUST
from tests.support.hidden_cells import filled
from tests.support.hidden_told import SIGNS
from tests.support.read_off import grid_of_csv
from tests.support.releases import OAK
from tests.support.rendered import Grid, Piece, grids_of, of_paper, plain, render, unlike

Two = Callable[[str], tuple[Visit, Visit]]
Pages = Callable[[str], dict[str, list[Piece]]]


@pytest.fixture(scope="module")
def two(sample_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Two:
    """A visit of an owner to the release, and to the same with its hidden figures filled."""
    release = find_release(sample_home)
    other, count = filled(release, tmp_path_factory.mktemp("filled") / "home")
    assert count > 1_000
    return lambda owner: (visit_of(release, owner), visit_of(other, owner))


@pytest.fixture(scope="module")
def pages(two: Two) -> Pages:
    """The pages of an owner by title, as readers of the release have them."""

    @cache
    def rendered(owner: str) -> dict[str, list[Piece]]:
        seen, _ = two(owner)
        return {leaf.title: render(leaf.show, seen) for leaf in board.PAGES[seen.identity.role]}

    return rendered


@pytest.mark.parametrize("owner", [OAK, TRUST])
def test_no_page_shows_anything_of_a_hidden_figure(two: Two, pages: Pages, owner: str) -> None:
    _, other = two(owner)
    for leaf in board.PAGES[other.identity.role]:
        assert unlike(pages(owner)[leaf.title], render(leaf.show, other)) == [], leaf.title


@pytest.mark.parametrize("owner", [OAK, TRUST])
def test_each_page_with_a_hidden_figure_says_why_and_what_to_read_instead(pages: Pages, owner: str) -> None:
    for title, pieces in pages(owner).items():
        told = " ".join(piece.content for piece in pieces if piece.channel in ("sentence", "table"))
        signs = bool(SIGNS.search(told))
        assert ("about only a few people" in told) == signs, title
        assert not signs or "Hidden is not zero. Read" in told, title


@pytest.mark.parametrize("owner", [OAK, TRUST])
def test_no_paper_shows_anything_of_a_hidden_figure(two: Two, sample_home: Path, owner: str) -> None:
    seen, other = (papers_of(visit, owner, sample_home) for visit in two(owner))
    assert len(seen) == len(other)
    for paper, same in zip(seen, other, strict=True):
        assert unlike(list(of_paper(paper)), list(of_paper(same))) == []


def test_a_pdf_tells_the_numbers_of_its_web_page(two: Two, sample_home: Path) -> None:
    seen, _ = two(OAK)
    for paper in papers_of(seen, OAK, sample_home):
        told = " ".join(side.extract_text() for side in PdfReader(io.BytesIO(pdf(paper))).pages)
        page = numbers(plain(html(paper).decode()))
        assert numbers(told) <= page | SIDES, paper.name
        assert page <= numbers(told) | {"0"}, "all but the true zero of the key"


def test_each_download_holds_the_figures_of_a_table_on_its_page(
    pages: Pages,
) -> None:
    for title, pieces in pages(TRUST).items():
        tables = {figures_of(grid) for piece in pieces if piece.channel == "table" for grid in grids_of(piece.content)}
        files = [grid_of_csv(piece.content, title) for piece in pieces
                 if piece.channel == "download" and "CSV" in piece.name]  # fmt: skip
        assert {figures_of(file) for file in files} <= tables, title


SIDES = {"1", "2", "3"}
"""Numbers of sides, which only the PDF has."""


def numbers(words: str) -> set[str]:
    return set(re.findall(r"\d[\d,.]*\d|\d", words))


def figures_of(grid: Grid) -> tuple[tuple[str, ...], ...]:
    """Headings and, row by row, the numbers and signs of each cell: words are set a little otherwise in a file."""
    signs = [("".join(re.findall(r"[\d,.]+|^c$|^–$", cell.strip("'"))) for cell in row) for row in grid.rows]
    return grid.headings, *(tuple(row) for row in signs)


def _plans(visit: Visit) -> list[int]:
    """What must not be looked at: numbers of plans, hidden ones too."""
    return [row["ehc_plan_count"] or 0 for row in visit.read(pupils.on_roll())]


def _twin(visit: Visit, *, by: Callable[[dict], int] = lambda _: 0) -> TableTwin:
    rows = sorted(visit.read(pupils.on_roll()), key=by)
    return TableTwin("Plans", headings("School", "#Plans"),
                     tuple((row["school_urn"], shown(row, "ehc_plan_count")) for row in rows))  # fmt: skip


def _leak_in_table(visit: Visit) -> None:
    page.table(TableTwin("Plans", headings("#Plans"), tuple((str(n),) for n in _plans(visit))), "plans", visit)


def _leak_in_sentence(visit: Visit) -> None:
    page.paragraphs(f"{sum(_plans(visit))} pupils have a plan.")


def _leak_in_alt_text(visit: Visit) -> None:
    page.chart(go.Figure(), f"Plans, up to {max(_plans(visit))}.", "plans")


def _leak_in_hover(visit: Visit) -> None:
    page.chart(go.Figure(go.Bar(x=[0] * 4, customdata=_plans(visit))), "Plans.", "plans")


def _leak_in_marks(visit: Visit) -> None:
    page.chart(go.Figure(go.Bar(x=_plans(visit))), "Plans.", "plans")


def _leak_in_axis(visit: Visit) -> None:
    page.chart(go.Figure(layout={"xaxis": {"range": [0, max(_plans(visit))]}}), "Plans.", "plans")


def _leak_in_labels(visit: Visit) -> None:
    page.chart(go.Figure(layout={"annotations": [{"text": str(max(_plans(visit)))}]}), "Plans.", "plans")


def _leak_in_order(visit: Visit) -> None:
    st.html(_twin(visit, by=lambda row: row["ehc_plan_count"] or 0).html())


def _leak_in_download(visit: Visit) -> None:
    st.download_button("Plans", ",".join(map(str, _plans(visit))).encode(), "plans.csv")


def _leak_in_file_name(visit: Visit) -> None:
    st.download_button("Plans", b"", f"plans-{max(_plans(visit))}.csv")


def _leak_in_control(visit: Visit) -> None:
    st.text_input("Plans", str(max(_plans(visit))))


@pytest.mark.parametrize(
    ("leak", "channel"),
    [
        (_leak_in_table, "table"),
        (_leak_in_sentence, "sentence"),
        (_leak_in_alt_text, "alt text"),
        (_leak_in_hover, "hover"),
        (_leak_in_marks, "marks"),
        (_leak_in_axis, "axis"),
        (_leak_in_labels, "labels"),
        (_leak_in_order, "table"),
        (_leak_in_download, "download"),
        (_leak_in_file_name, "file name"),
        (_leak_in_control, "control"),
    ],
)
def test_a_leak_is_caught_in_each_channel(two: Two, leak: Callable[[Visit], None], channel: str) -> None:
    seen, other = two(TRUST)
    assert channel in {found.partition(" of ")[0] for found in unlike(render(leak, seen), render(leak, other))}


def test_a_leak_is_caught_on_paper(two: Two) -> None:
    papers = [
        Paper("nutshell", "Plans", TRUST, 1, dt.date(2026, 11, 20), "", "", (Prose((f"{sum(_plans(visit))} plans.",)),))
        for visit in two(TRUST)
    ]
    assert unlike(*([*of_paper(paper)] for paper in papers))


def test_a_page_that_keeps_to_the_signs_is_the_same(two: Two) -> None:
    seen, other = (render(lambda visit: st.html(_twin(visit).html()), visit) for visit in two(TRUST))
    assert unlike(seen, other) == []
    [grid] = [grid for piece in seen for grid in grids_of(piece.content)]
    assert grid.rows[1] == (OAK, "c")
