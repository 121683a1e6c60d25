"""Names to settle: the queue as schools wrote it, inert; a decision goes to the journal; the SEND lead alone."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.access import Identity, Role
from dashboards.journal import Decision, address, open_journal
from dashboards.releases import find_release
from dashboards.server_settings import JOURNAL_VARIABLE
from dashboards.views import send_lead_names
from dashboards.views.visits import Visit
from expectations.errors import OrchardError
from tests.dashboards.conftest import Open, said
from tests.support.released_names import HOSTILE_NAME
from tests.support.releases import publish_release


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A release of its own: this page writes beside it."""
    monkeypatch.delenv(JOURNAL_VARIABLE, raising=False)
    publish_release(tmp_path)
    return tmp_path


def open_page(open_app: Open, home: Path) -> AppTest:
    test = open_app("staff", Role.SEND_LEAD, home=home)
    return at_names(test)


def at_names(test: AppTest) -> AppTest:
    from streamlit.util import calc_hash

    test._page_hash = calc_hash("names")
    return test.run()


def settle(test: AppTest, alias: str, meaning: str | None) -> AppTest:
    test.selectbox(key="name-to-settle").set_value(alias).run()
    if meaning is not None:
        test.selectbox(key="stands-for").set_value(meaning)
    return button(test).click().run()


def button(test: AppTest) -> Any:
    return next(one for one in test.button if one.label == "Settle this name")


def decisions(home: Path) -> dict[str, str | None]:
    found = open_journal(address(home, {})).decisions()
    return {alias: one.intervention_name for alias, one in found.items()}


def test_names_wait_with_their_schools_and_the_nearest(open_app: Open, home: Path) -> None:
    page = said(open_page(open_app, home))
    assert "Names waiting</dt><dd>3<" in page
    assert "Groups left out</dt><dd>5<" in page
    assert "Elm Primary School and Oak Academy" in page
    assert "Phonics Steps · Paired Pages" in page
    assert page.count("none near enough") == 2


def test_a_settled_name_waits_no_longer_and_stands_in_the_list(open_app: Open, home: Path) -> None:
    test = settle(open_page(open_app, home), "red table", "Word Workshop")
    assert not test.exception
    page = said(test)
    assert decisions(home) == {"red table": "Word Workshop"}
    assert "Recorded. The schools’ own pages follow on the next night." in page
    assert "Names waiting</dt><dd>2<" in page
    settled = page[page.index("Settled names") :]
    assert "Word Workshop" in settled
    assert "from the next night" in settled
    again = settle(test, "red table", send_lead_names.NOT_AN_INTERVENTION)
    assert decisions(home) == {"red table": None}
    assert "Not an intervention" in said(again)


def test_nothing_is_recorded_until_something_is_chosen(open_app: Open, home: Path) -> None:
    test = settle(open_page(open_app, home), "phonix step", None)
    assert "nothing is recorded yet" in said(test)
    assert decisions(home) == {}


def test_the_nearest_names_are_offered_first_and_no_intervention_last(open_app: Open, home: Path) -> None:
    test = open_page(open_app, home)
    test.selectbox(key="name-to-settle").set_value("phonix step").run()
    assert test.selectbox(key="stands-for").options == [
        "Phonics Steps", "Paired Pages", "Word Workshop", "Not an intervention",
    ]  # fmt: skip


def test_names_that_look_alike_have_labels_of_their_own() -> None:
    def named(alias: str) -> dict[str, object]:
        return {"school_urn": "999001", "alias": alias, "given_name": "Z" * 200 + alias, "groups_count": 1,
                "pupils_count": 1, "start_date": None, "nearest_name": None, "second_name": None,
                "third_name": None}  # fmt: skip

    waiting = send_lead_names.gather([named("a"), named("b"), named("c")])
    labels = send_lead_names._labels(list(waiting), waiting)
    assert len(set(labels.values())) == 3
    assert labels["b"].endswith("(2)")


def test_a_hostile_name_is_shortened_inert_and_can_be_settled(open_app: Open, home: Path) -> None:
    test = open_page(open_app, home)
    page = said(test)
    assert '<a href="https' not in page
    assert "Z" * 100 not in page
    options = test.selectbox(key="name-to-settle").options
    assert len(set(options)) == len(options) == 3
    assert all(len(option) < 140 for option in options)
    downloaded = next(b for b in test.get("download_button") if "Download" in b.proto.label)
    assert downloaded is not None
    settle(test, HOSTILE_NAME.lower(), send_lead_names.NOT_AN_INTERVENTION)
    assert decisions(home) == {HOSTILE_NAME.lower(): None}


def test_a_formula_is_kept_as_text_in_the_download() -> None:
    waiting = send_lead_names.gather([
        {"school_urn": "999003", "alias": "a", "given_name": HOSTILE_NAME, "groups_count": 1, "pupils_count": 1,
         "start_date": None, "nearest_name": None, "second_name": None, "third_name": None},
    ])  # fmt: skip
    assert send_lead_names.shortened(waiting["a"].given_name).startswith("=cmd")
    assert len(send_lead_names.shortened("\u202eevil\x00 name\n" + "Z" * 500)) == send_lead_names.LONGEST_SHOWN + 1


def test_while_the_journal_is_busy_the_page_says_so_and_records_nothing(
    open_app: Open, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    test = open_page(open_app, home)
    monkeypatch.setattr(send_lead_names.journals, "open_journal", lambda where: open_journal(where, busy_seconds=0.2))
    holder = sqlite3.connect(home / "journal" / "journal.sqlite", isolation_level=None)
    try:
        test.run()
        holder.execute("begin immediate")
        page = said(settle(test, "red table", "Word Workshop"))
    finally:
        holder.execute("rollback")
        holder.close()
    assert "The journal is busy" in page
    assert decisions(home) == {}


def test_a_damaged_journal_is_one_clear_page(open_app: Open, home: Path) -> None:
    (home / "journal").mkdir()
    (home / "journal" / "journal.sqlite").write_bytes(b"no journal at all" * 100)
    test = open_page(open_app, home)
    assert not test.exception
    assert "The journal cannot be opened" in said(test)


def test_a_name_settled_as_what_the_catalogue_no_longer_has_waits_again() -> None:
    gone, none = Decision("red table", "No Longer Run", "2026-11-01"), Decision("breakfast", None, "2026-11-01")
    found = send_lead_names.in_force({"red table": gone, "breakfast": none}, ["Word Workshop"])
    assert found == {"breakfast": none}


@pytest.mark.parametrize("role", [Role.SENCO, Role.CENTRAL])
def test_the_page_itself_refuses_every_other_role(home: Path, role: Role) -> None:
    release = find_release(home)
    visit = Visit(Identity(role, ("999001",)), release, release.folder / "pupil_trust.duckdb")
    with pytest.raises(OrchardError, match="Only the SEND lead"):
        send_lead_names.show(visit)
    assert not (home / "journal").exists()
