"""The sample trust's pages and papers, read back as a reader has them: nothing hidden shows, nothing small follows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from dashboards import board
from dashboards.papers.making import papers_of, visit_of
from dashboards.releases import Release, find_release
from expectations.contract import Sensitivity, Table
from expectations.errors import DisclosureError
from expectations.tables import ALL
from expectations.vocabulary import TRUST
from models.disclosure import Thresholds
from models.last_look import attack
from models.sums import Row
from tests.end_to_end.conftest import Trust
from tests.support.hidden_cells import filled
from tests.support.read_off import ReadOff, grid_of_csv, read_off
from tests.support.rendered import Grid, Piece, grids_of, of_paper, render, unlike


@dataclass(frozen=True)
class Read:
    """What readers of the release have: pieces by owner and page; tables; the marts that stand behind them."""

    release: Release
    pieces: dict[tuple[str, str], list[Piece]]
    grids: list[Grid]
    marts: dict[Table, list[Row]]
    names: dict[str, str]

    def off(self, grids: list[Grid]) -> ReadOff:
        """Tables, laid beside the marts."""
        return read_off(grids, self.marts, self.names)


def _rendered(release: Release, home: Path, owner: str) -> dict[tuple[str, str], list[Piece]]:
    visit = visit_of(release, owner)
    found = {(owner, leaf.title): render(leaf.show, visit) for leaf in board.PAGES[visit.identity.role]}
    papers = papers_of(visit, owner, home)
    return found | {(owner, paper.name): list(of_paper(paper)) for paper in papers}


def _grids(pieces: list[Piece]) -> Iterator[Grid]:
    for piece in pieces:
        if piece.channel == "table" or piece.name.endswith(".html"):
            yield from grids_of(piece.content)
        elif piece.channel == "download" and "CSV" in piece.name:
            yield grid_of_csv(piece.content, piece.name)


@pytest.fixture(scope="module")
def read(trust: Trust) -> Read:
    """The trustee's pages and papers, and those of the school with the most hidden figures."""
    release = find_release(trust.home)
    tables = [t for t in ALL.values() if t.layer == "mart" and t.sensitivity is Sensitivity.AGGREGATE]
    marts = {t: trust.published("agg_trust.duckdb", f"select * from {t.name}").to_dicts() for t in tables}
    schools = visit_of(release, TRUST).schools()
    hidden = {urn: sum(len((row["hidden_columns"] or "").split(",")) for rows in marts.values() for row in rows
                       if row.get("school_urn") == urn and row.get("hidden_columns")) for urn in schools}  # fmt: skip
    pieces = {}
    for owner in (TRUST, max(hidden, key=lambda urn: hidden[urn])):
        pieces |= _rendered(release, trust.home, owner)
    grids = [grid for page in pieces.values() for grid in _grids(page)]
    names = {urn: row["school_name"] for urn, row in schools.items()} | {TRUST: "The trust"}
    return Read(release, pieces, grids, marts, names)


def test_no_page_and_no_paper_holds_anything_of_a_hidden_figure(read: Read, trust: Trust, tmp_path: Path) -> None:
    other, count = filled(read.release, tmp_path / "home", salt=1)
    assert count > 5_000
    for owner in {owner for owner, _ in read.pieces}:
        for place, pieces in _rendered(other, tmp_path / "home", owner).items():
            assert unlike(read.pieces[place], pieces) == [], place


def test_tables_of_pages_files_and_papers_say_what_was_released_and_nothing_small_follows(read: Read) -> None:
    done = read.off(read.grids)
    assert len({mart for mart, _ in done.cells}) > 12
    assert sum(len(texts) for texts in done.cells.values()) > 250
    assert done.otherwise == []
    verdict = attack(done.published(read.marts), Thresholds())
    assert verdict.hidden_count > 100


def test_a_page_that_shows_a_hidden_figure_is_found_twice(read: Read) -> None:
    """Not what was released; and where the rest of a row gives it away, the attacker has it."""
    grid, column = _with_one_sign(read)
    told = [(*row[:column], "3", *row[column + 1 :]) if row[column] == "c" else row for row in grid.rows]
    assert read.off([replace(grid, rows=tuple(told))]).otherwise
    mart = ALL["mart_pupils__school"]
    [row, *_] = [row for row in read.marts[mart] if "ehc_plan_count" in str(row["hidden_columns"])]
    texts = {"pupils_count": "203", "sen_support_count": "40", "ehc_plan_count": "c", "no_sen_count": "160"}
    done = ReadOff({(mart.name, (row["school_urn"],)): texts})
    with pytest.raises(DisclosureError, match=r"mart_pupils__school.ehc_plan_count"):
        attack(done.published({mart: read.marts[mart]}), Thresholds())


def _with_one_sign(read: Read) -> tuple[Grid, int]:
    """A traced table and its column in which one figure of many is hidden."""
    for grid in read.grids:
        whole = len({len(row) for row in (grid.headings, *grid.rows)}) == 1
        for column in range(1, len(grid.headings) if whole and len(grid.rows) > 4 else 0):
            alone = replace(grid, headings=(grid.headings[0], grid.headings[column]),
                            rows=tuple((row[0], row[column]) for row in grid.rows))  # fmt: skip
            if [row[1] for row in alone.rows].count("c") == 1 and read.off([alone]).cells:
                return alone, 1
    raise AssertionError("no traced column has one sign")
