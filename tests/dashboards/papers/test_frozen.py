"""Frozen papers: the same bytes again, never written twice, refused when damaged, the right one compared with."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import os
import stat
from pathlib import Path

import pytest

from dashboards.papers.blocks import Paper
from dashboards.papers.frozen import Frozen, before, freeze, frozen_of, set_paper
from dashboards.papers.making import make
from dashboards.papers.nutshell import nutshell
from dashboards.releases import find_release
from expectations.errors import OrchardError, SettingsError
from tests.dashboards.papers.conftest import Look
from tests.support.releases import ELM, OAK

MEETING = dt.date(2026, 11, 26)


@pytest.fixture
def paper(look: Look) -> Paper:
    return nutshell(look(ELM), ELM)


def aged(paper: Paper, number: int, data_date: dt.date) -> Paper:
    return dataclasses.replace(paper, release_number=number, data_date=data_date)


def test_a_frozen_paper_set_again_has_the_same_bytes(tmp_path: Path, paper: Paper) -> None:
    folder = freeze(tmp_path, [paper], MEETING)
    assert sorted(path.name for path in folder.iterdir()) == [
        "manifest.json", "nutshell.html", "nutshell.json", "nutshell.pdf",
    ]  # fmt: skip
    (frozen,) = frozen_of(tmp_path, ELM)
    assert frozen.paper() == paper
    for path in set_paper(frozen.paper(), tmp_path / "again"):
        assert path.read_bytes() == frozen.read(path.name)
    told = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert (told["owner"], told["meeting"], told["release_number"]) == (ELM, "2026-11-26", 1)


@pytest.mark.usefixtures("quick")
def test_a_meeting_is_frozen_once(tmp_path: Path, paper: Paper) -> None:
    freeze(tmp_path, [paper], MEETING)
    with pytest.raises(SettingsError, match="frozen already"):
        freeze(tmp_path, [paper], MEETING)


@pytest.mark.usefixtures("quick")
def test_a_changed_byte_is_refused(tmp_path: Path, paper: Paper) -> None:
    folder = freeze(tmp_path, [paper], MEETING)
    (folder / "nutshell.pdf").write_bytes((folder / "nutshell.pdf").read_bytes() + b" ")
    (folder / "nutshell.json").unlink()
    (frozen,) = frozen_of(tmp_path, ELM)
    for name in ("nutshell.pdf", "nutshell.json", "../../../orchard.toml"):
        with pytest.raises(OrchardError, match="damaged or missing"):
            frozen.read(name)
    (folder / "manifest.json").write_text("{}")
    with pytest.raises(OrchardError, match="no readable manifest"):
        Frozen(MEETING, folder).names()


def test_what_is_no_meeting_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "papers" / ELM / "2026-99-99").mkdir(parents=True)
    assert not frozen_of(tmp_path, ELM)
    assert not frozen_of(tmp_path, OAK)


def test_a_folder_that_is_shut_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def shut(_: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "iterdir", shut)
    with pytest.raises(OrchardError, match="cannot be opened") as told:
        frozen_of(tmp_path, ELM)
    assert "board_group" in told.value.next_step


@pytest.mark.usefixtures("quick")
def test_what_is_frozen_is_open_to_whom_the_folder_is(tmp_path: Path, paper: Paper) -> None:
    before = os.umask(0o077)
    try:
        (tmp_path / "papers").mkdir()
        (tmp_path / "papers").chmod(0o2750)
        folder = freeze(tmp_path, [paper], MEETING)
    finally:
        os.umask(before)
    assert {stat.S_IMODE(path.stat().st_mode) for path in (folder, folder.parent)} == {0o2750}
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o640}


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """No PDF is set where the test does not look at one."""
    monkeypatch.setattr("dashboards.papers.frozen.pdf", lambda _: b"%PDF")


@pytest.mark.usefixtures("quick")
def test_compared_with_the_last_before_this_release_and_with_a_year_ago(tmp_path: Path, paper: Paper) -> None:
    days = {1: dt.date(2025, 11, 14), 2: dt.date(2026, 3, 6), 3: dt.date(2026, 11, 20)}
    for number, day in days.items():
        freeze(tmp_path, [aged(paper, number, day)], day + dt.timedelta(days=6))
    found = before(tmp_path, ELM, 3, days[3])
    assert found.last is not None
    assert found.last.release_number == 2, "the paper of this very release is not before it"
    assert found.year_ago == paper.figures
    assert before(tmp_path, ELM, 1, days[1]).last is None


@pytest.mark.usefixtures("quick")
def test_of_many_meetings_only_the_compared_papers_are_read_and_these_are_checked(tmp_path: Path, paper: Paper) -> None:
    days = [dt.date(2025, 3, 7), dt.date(2025, 11, 14), dt.date(2026, 3, 6), dt.date(2026, 7, 3)]
    folders = [freeze(tmp_path, [aged(paper, number, day)], day) for number, day in enumerate(days, start=1)]
    today = dt.date(2026, 11, 20)
    for unread in (folders[0], folders[2]):
        (unread / "nutshell.json").unlink()
    found = before(tmp_path, ELM, 5, today)
    assert found.last is not None
    assert (found.last.data_date, found.year_ago) == (days[3], paper.figures)
    for compared in (folders[1], folders[3]):
        whole = (compared / "nutshell.json").read_bytes()
        (compared / "nutshell.json").write_bytes(whole + b" ")
        with pytest.raises(OrchardError, match="damaged or missing"):
            before(tmp_path, ELM, 5, today)
        (compared / "nutshell.json").write_bytes(whole)


@pytest.mark.parametrize("manifest", ["{", "[]", "{}", '{"release_number": "x"}',
                                      '{"release_number": 1, "data_date": "soon"}'])  # fmt: skip
def test_a_meeting_that_does_not_say_what_it_was_made_of_is_refused(tmp_path: Path, manifest: str) -> None:
    folder = tmp_path / "papers" / ELM / MEETING.isoformat()
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text(manifest)
    with pytest.raises(OrchardError, match="no readable manifest"):
        before(tmp_path, ELM, 2, MEETING)


@pytest.mark.parametrize(
    ("days", "is_near"), [(365 - 92, True), (365 - 93, False), (365 + 92, True), (365 + 93, False)]
)
def test_a_year_ago_is_within_a_term_of_it(tmp_path: Path, paper: Paper, days: int, is_near: bool) -> None:
    today = dt.date(2026, 11, 20)
    freeze(tmp_path, [aged(paper, 1, today - dt.timedelta(days=days))], MEETING)
    assert bool(before(tmp_path, ELM, 2, today).year_ago) is is_near


@pytest.mark.usefixtures("quick")
def test_nothing_is_written_when_one_of_them_is_refused(tmp_path: Path, sample_home: Path, paper: Paper) -> None:
    release = find_release(sample_home)
    freeze(tmp_path, [paper], MEETING)
    with pytest.raises(SettingsError, match="frozen already"):
        make(release, tmp_path, [OAK, ELM], tmp_path / "out", MEETING)
    with pytest.raises(SettingsError, match="no such school"):
        make(release, tmp_path, [OAK, "999999"], tmp_path / "out")
    assert not (tmp_path / "out").exists()
    assert make(release, tmp_path, [OAK], tmp_path / "out", MEETING) == 2
    assert [frozen.meeting for frozen in frozen_of(tmp_path, OAK)] == [MEETING]
