"""The papers of the sample trust by the program: all in a minute, two sides each, frozen, refused in words."""

from __future__ import annotations

import resource
from pathlib import Path

from pypdf import PdfReader

from tests.end_to_end.conftest import Trust, orchard


def _worked() -> float:
    """Seconds of processor time of the programs that were run and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


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
    assert len(PdfReader(tmp_path / "trust" / "trustees.pdf").pages) >= 3


def test_bad_use_is_refused_in_one_sentence(trust: Trust, tmp_path: Path) -> None:
    start = ("nutshell", "--home", str(trust.home), "--out", str(tmp_path))
    for words, said in (
        ((), "Whose papers is not said."),
        (("--all", "--school", "999101"), "Whose papers is not said."),
        (("--school", "123456"), "The release has no such school (123456)."),
        (("--school", "999101", "--meeting", "soon"), "The meeting’s day is no date (soon)."),
    ):
        refused = orchard(*start, *words)
        assert refused.returncode == 2, words
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
