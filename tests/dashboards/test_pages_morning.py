"""This morning: what was not taken, what is new since the release before, what is due, what waits for the SEND lead."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from dashboards.access import Identity, Role
from dashboards.releases import find_release, release_before
from dashboards.server_settings import JOURNAL_VARIABLE
from dashboards.views.visits import Visit, visit_before
from dashboards.wording import morning as words
from tests.dashboards.conftest import Open, said
from tests.support import releases
from tests.support.releases import DATA_DATE, publish_release


def of_lead(home: Path) -> Visit:
    release = find_release(home)
    return Visit(Identity(Role.SEND_LEAD), release, release.folder / "pupil_trust.duckdb")


def test_the_first_release_has_nothing_before_it(open_app: Open) -> None:
    page = said(open_app("staff", Role.SEND_LEAD))
    assert "<h1>This morning</h1>" in page
    assert "Files not taken</dt><dd>2<" in page
    assert "New exceptions</dt><dd>–<" in page
    assert words.NO_EARLIER in page
    assert "3 names of groups wait to be settled" in page
    assert "No round of moderation is open" in page
    assert "leavers.csv" in page
    assert "Send a workbook or CSV." in page


def test_what_came_and_went_since_the_release_before(
    open_app: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(JOURNAL_VARIABLE, raising=False)
    every = releases.QUESTIONS
    lines = [line for line in every.splitlines() if "GAP" not in line]
    monkeypatch.setattr(releases, "QUESTIONS", "\n".join(lines))
    publish_release(tmp_path)
    kept = [line for line in every.splitlines() if "SET_ASIDE" not in line]
    monkeypatch.setattr(releases, "QUESTIONS", "\n".join(kept))
    publish_release(tmp_path, number=2)
    page = said(open_app("staff", Role.SEND_LEAD, home=tmp_path))
    assert "Since release 1: 2 exceptions came, 1 went." in page
    assert "New exceptions</dt><dd>2<" in page
    table = page[page.index("<caption>New exceptions") :]
    assert table.count('role="rowheader"') >= 2
    assert "The trust" in table


def test_a_damaged_earlier_release_is_as_good_as_none(tmp_path: Path) -> None:
    publish_release(tmp_path)
    publish_release(tmp_path, number=2)
    visit = of_lead(tmp_path)
    earlier = release_before(visit.release)
    assert earlier is not None
    assert earlier.number == 1
    assert release_before(earlier) is None
    file = earlier.folder / "pupil_trust.duckdb"
    file.chmod(0o600)
    file.write_bytes(file.read_bytes() + b"x")
    assert visit_before(visit) is None
    (earlier.folder / "manifest.json").chmod(0o600)
    (earlier.folder / "manifest.json").write_text("{")
    assert release_before(visit.release) is None


@pytest.mark.parametrize(("days", "said_of_it"), [(7, "13 Nov 2026"), (8, "12 Nov 2026: none for 8 days")])
def test_a_school_is_late_after_a_week(days: int, said_of_it: str) -> None:
    assert words.newest_words(DATA_DATE - dt.timedelta(days=days), DATA_DATE) == said_of_it
    assert words.newest_words(None, DATA_DATE) == "No file yet"
