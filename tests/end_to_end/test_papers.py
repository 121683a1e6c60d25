"""The papers of the sample trust by the program: all in a minute, two sides each, frozen, refused in words."""

from __future__ import annotations

import resource
from pathlib import Path
from typing import Any

from pypdf import PdfReader

from dashboards.papers import blocks
from dashboards.papers.blocks import Paper, from_json
from dashboards.papers.exceptions import BEYOND_CHANCE, chosen
from dashboards.papers.making import owners_of, visit_of
from dashboards.releases import find_release
from dashboards.wording import papers as words
from tests.end_to_end.conftest import Trust, orchard

SMALLEST_TEXT = 7.5
"""Points, of the least that stands in a paper: the foot of a side, England's figure under a line."""


def _worked() -> float:
    """Seconds of processor time of the programs that were run and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _sizes(path: Path) -> list[float]:
    """Sizes in points of all the text in a PDF."""
    found: list[float] = []

    def look(said: str, _page: list[float], placed: list[float], _font: object, size: float) -> None:
        if said.strip():
            found.append(round(abs(size * placed[0]), 1))

    for page in PdfReader(path).pages:
        page.extract_text(visitor_text=look)
    return found


def _of_kind(paper: Paper, kind: Any) -> list[Any]:
    return [block for block in paper.blocks if isinstance(block, kind)]


def _is_found_again(paper: Paper) -> bool:
    """Whether each exception of side 1 marks a line of the figure that it names on side 2."""
    (table,) = _of_kind(paper, blocks.Figures)
    asked = [one for block in _of_kind(paper, blocks.Exceptions) for one in block.items]
    marks = {(figure.number, line.asked) for priority in table.priorities for figure in priority.figures
             for line in figure.lines}  # fmt: skip
    return all(any(number == one.number and words.question_words(place) in said for number, said in marks)
               for place, one in enumerate(asked, 1))  # fmt: skip


def test_all_papers_are_made_within_a_minute_and_each_nutshell_has_two_sides(trust: Trust, tmp_path: Path) -> None:
    began = _worked()
    made = orchard("nutshell", "--home", str(trust.home), "--out", str(tmp_path), "--all")
    assert _worked() - began < 60, "seconds of work, which do not hang on what else the machine does"
    assert (made.returncode, made.stderr) == (0, "")
    assert made.stdout.startswith("11 papers in ")
    folders = sorted(path.name for path in tmp_path.iterdir())
    assert len(folders) == 6
    for folder in folders[:-1]:
        for name in ("nutshell", "visit"):
            assert len(PdfReader(tmp_path / folder / f"{name}.pdf").pages) == 2, folder
            assert min(_sizes(tmp_path / folder / f"{name}.pdf")) >= SMALLEST_TEXT, folder
        assert _is_found_again(from_json((tmp_path / folder / "nutshell.json").read_bytes())), folder
    assert len(PdfReader(tmp_path / "trust" / "trustees.pdf").pages) >= 3


def test_a_school_far_from_its_like_is_asked_why_in_every_paper(trust: Trust) -> None:
    """The printed rule over a whole trust: the most pressing first, and one beyond chance wherever there is one."""
    release = find_release(trust.home)
    seen = 0
    for urn in owners_of(release)[:-1]:
        visit = visit_of(release, urn)
        every, kept = chosen(visit, urn, at_most=99), chosen(visit, urn)
        assert kept[:2] == every[:2], urn
        beyond = [row for row in every if row["trigger"] in BEYOND_CHANCE - {"BEHIND"}]
        assert not beyond or any(row in beyond for row in kept), urn
        seen += len(beyond)
    assert seen, "the sample plants a school far from its like"


def test_bad_use_is_refused_in_one_sentence(trust: Trust, tmp_path: Path) -> None:
    start = ("nutshell", "--home", str(trust.home), "--out", str(tmp_path))
    for given, said in (
        ((), "Whose papers is not said."),
        (("--all", "--school", "999101"), "Whose papers is not said."),
        (("--school", "123456"), "The release has no such school (123456)."),
        (("--school", "999101", "--meeting", "soon"), "The meeting’s day is no date (soon)."),
    ):
        refused = orchard(*start, *given)
        assert refused.returncode == 2, given
        assert said in refused.stderr
        assert len(refused.stderr.splitlines()) == 1


def test_a_meeting_is_frozen_with_its_manifest_and_once(trust: Trust, tmp_path: Path) -> None:
    line = (
        "nutshell",
        "--home",
        str(trust.home),
        "--out",
        str(tmp_path),
        "--school",
        "TRUST",
        "--meeting",
        "2026-12-03",
    )
    assert orchard(*line).returncode == 0
    folder = trust.home / "papers" / "TRUST" / "2026-12-03"
    assert {path.suffix for path in folder.iterdir()} == {".json", ".html", ".pdf"}
    again = orchard(*line)
    assert again.returncode == 2
    assert "frozen already" in again.stderr
