"""Moderation in the apps: a round from draw to close, the blind form, what governors and trustees read."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboards import moderation_journal
from dashboards.access import Identity, Role
from dashboards.journal import address, open_journal
from dashboards.releases import find_release
from dashboards.server_settings import JOURNAL_VARIABLE
from dashboards.views import senco_rating, send_lead_moderation
from dashboards.views.visits import Visit
from expectations.errors import OrchardError
from tests.dashboards.conftest import Open, said
from tests.dashboards.test_pages import at
from tests.support.releases import ELM, NAMES, OAK, publish_release


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A release of its own: these pages write beside it."""
    monkeypatch.delenv(JOURNAL_VARIABLE, raising=False)
    publish_release(tmp_path)
    return tmp_path


def button(test: AppTest, label: str) -> Any:
    return next(one for one in test.button if one.label.startswith(label))


def room(open_app: Open, home: Path) -> AppTest:
    return at(open_app("staff", Role.SEND_LEAD, home=home), "moderation")


def rating(open_app: Open, home: Path, urn: str) -> AppTest:
    return at(open_app("staff", Role.SENCO, home=home).selectbox(key="school").set_value(urn).run(), "rate")


def ratings(home: Path) -> list[tuple[Any, ...]]:
    with sqlite3.connect(home / "journal" / "journal.sqlite") as connection:
        return connection.execute(
            "select case_number, rater_school_urn, criteria_ticked from moderation_ratings order by rating_number"
        ).fetchall()


def test_a_round_from_draw_to_close(open_app: Open, home: Path) -> None:
    test = room(open_app, home)
    assert not test.exception
    assert "Cases of each school: Elm Primary School 1, Oak Academy 1, Ash School 1." in said(test)
    assert test.text_input(key="round-name").value == "Round 1, November 2026"
    test = button(test, "Open the round with 3 cases").click().run()
    assert "The round is open." in said(test)
    journal = open_journal(address(home, {}))
    (opened,) = moderation_journal.rounds(journal)
    assert (opened.round_name, opened.matrix_version, opened.is_own_school_rated) == (
        "Round 1, November 2026",
        "V2",
        False,
    )
    assert "0 raters of 0 schools have begun; 3 of 3 schools have not." in said(test)

    form = rating(open_app, home, ELM)
    page = said(form)
    assert not form.exception
    assert form.selectbox(key=f"case-{ELM}-1").options == ["Case 2", "Case 3"]
    assert "Autistic spectrum disorder" in page
    assert "Years 7 to 9" in page
    for word in (NAMES[OAK], "EHC plan", "Band 1", "Band 2", "V2"):
        assert word not in page[page.index("<h1>") :], word
    assert len(form.checkbox) == 3
    assert form.checkbox[0].label == r"Follows \*one\* step"
    form = button(form, "Record").click().run()
    assert "Tick what holds of the pupil" in said(form)
    assert ratings(home) == []
    form.checkbox[1].set_value(True)
    form = button(form, "Record").click().run()
    assert ratings(home) == [(2, ELM, "C2")]
    assert "your ticks come to Band 2. 1 to go." in said(form)
    assert form.selectbox(key=f"case-{ELM}-1").value == 3
    form.checkbox[2].set_value(True)
    form = button(form, "Record").click().run()
    assert "That was the last one" in said(form)
    assert ratings(home)[1:] == [(3, ELM, "I3")]

    other = said(rating(open_app, home, OAK))
    assert "0 of 2" in other
    assert "your ticks come to" not in other

    test = room(open_app, home)
    assert "1 rater of 1 school has begun; 2 of 3 schools have not." in said(test)
    assert "2 of 2" in said(test)
    test = button(test, "Close the round").click().run()
    assert "the round stays open" in said(test)
    test.checkbox(key="close-sure").set_value(True)
    test = button(test, "Close the round").click().run()
    assert "The round is closed." in said(test)
    assert senco_rating.NO_ROUND in said(rating(open_app, home, ELM))
    test = button(test, "Open the round").click().run()
    assert "There is no sample for a new round yet" in said(test)


def test_a_case_is_rated_again_and_the_last_rating_counts(open_app: Open, home: Path) -> None:
    button(room(open_app, home), "Open the round").click().run()
    form = rating(open_app, home, ELM)
    form.checkbox[0].set_value(True)
    form = button(form, "Record").click().run()
    form = form.selectbox(key=f"case-{ELM}-1").set_value(2).run()
    assert [box.value for box in form.checkbox] == [True, False, False]
    assert senco_rating.CHANGED in said(form)
    form.checkbox[0].set_value(False)
    form.checkbox[1].set_value(True)
    button(form, "Record").click().run()
    assert ratings(home) == [(2, ELM, "C1"), (2, ELM, "C2")]


def test_the_room_shows_drift_by_school_cases_to_discuss_and_the_grid(open_app: Open, home: Path) -> None:
    page = said(room(open_app, home))
    assert "Worth a conversation: Elm Primary School +0.6 of a band." in page
    assert "Raters agree least on “Communication”: the same level 3 times in 10." in page
    assert "2 cases have ratings two bands or more apart." in page
    assert page.index("Birch, Bea") < page.index("rated on paper")
    assert "≠ SENCO only" in page
    assert "Whole staff (2 of 3)" in page


def test_a_governor_reads_the_trusts_agreement_and_the_own_drift(open_app: Open) -> None:
    first = open_app("board", Role.GOVERNOR)
    page = said(at(first.selectbox(key="school").set_value(ELM).run(), "pupils"))
    assert (
        "Five schools rated the same 22 pupils. They gave the same band 4 times in 10 and were within one band 9 times"
        in page
    )
    assert "Too far apart to compare schools by their bands." in page
    assert "In 2025/26 they gave the same band 5 times in 10." in page
    assert "our raters’ bands were 0.6 higher on average than the other schools’ (likely range +0.3 to +0.9)" in page
    assert "A new version of the matrix is used since Spring 2026" in page
    assert "differs from the trust’s policy on 1 question." in page
    assert NAMES[OAK] not in page
    page = said(at(first.selectbox(key="school").set_value(OAK).run(), "pupils"))
    assert "fewer than three of them rated, or fewer than 15 pupils" in page
    assert "+0.6" not in page


def test_trustees_read_agreement_and_practice_and_no_schools_drift(open_app: Open) -> None:
    page = said(at(open_app("board", Role.TRUSTEE), "identification"))
    assert "Five schools rated the same 22 pupils." in page
    assert "Schools do alike on 1 of 2 questions." in page
    assert "≠ SENCO only" in page
    assert "0.6 of a band" not in page
    assert "Worth a conversation" not in page


@pytest.mark.parametrize("show", [send_lead_moderation.show, senco_rating.show])
def test_another_role_is_refused_by_the_page_itself(show: Any, sample_home: Path) -> None:
    release = find_release(sample_home)
    for role in Role:
        if (show, role) in ((send_lead_moderation.show, Role.SEND_LEAD), (senco_rating.show, Role.SENCO)):
            continue
        with pytest.raises(OrchardError, match="Only"):
            show(Visit(Identity(role, (ELM,)), release, release.folder / "pupil_trust.duckdb"))
