"""The pages of papers: the nutshell first, files of the own school only, earlier meetings, the case sample by name."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from dashboards import access
from dashboards.access import Identity, Role
from dashboards.papers.frozen import freeze
from dashboards.papers.making import papers_of, visit_of
from dashboards.releases import find_release
from dashboards.wording import case_sample as case_words
from dashboards.wording import papers as words
from tests.dashboards.conftest import Open, said
from tests.dashboards.test_pages import at
from tests.support.releases import ELM, OAK, PUPIL_CANARY, publish_release

HERE = Path("trust/releases/7")


def buttons(test: object) -> list[str]:
    return [button.proto.label for button in test.get("download_button")]  # type: ignore[attr-defined]


def test_a_governor_opens_the_nutshell_first_and_takes_it_away(open_app: Open) -> None:
    test = open_app("board", Role.GOVERNOR).selectbox(key="school").set_value(ELM).run()
    page = said(test)
    titles = (
        words.CHANGED,
        words.ASK,
        words.GLANCE,
        words.CONFIDENCE,
        words.ALL_FIGURES,
        words.EARLIER,
    )
    places = [page.index(f"<h2>{title}</h2>") for title in titles]
    assert places == sorted(places)
    assert page.count('<p class="ask">') == 3
    assert buttons(test) == ["Nutshell (PDF)", "Nutshell (web page)", "Visit form (PDF)", "Visit form (web page)"]
    assert words.EARLIER_NONE in page
    assert PUPIL_CANARY not in page


def test_the_paper_on_the_page_hides_what_the_paper_hides(open_app: Open) -> None:
    page = said(open_app("board", Role.GOVERNOR).selectbox(key="school").set_value(OAK).run())
    assert "hidden: small number</span></span></td>" in page
    assert "Hidden is not zero" in page


def test_trustees_take_the_pack_and_a_senco_sees_what_governors_see(open_app: Open) -> None:
    pack = at(open_app("board", Role.TRUSTEE), "pack")
    assert words.SCHOOLS in said(pack)
    assert buttons(pack) == ["Trustees’ pack (PDF)", "Trustees’ pack (web page)"]
    senco = open_app("staff", Role.SENCO).selectbox(key="school").set_value(ELM).run()
    preview = said(at(senco, "preview"))
    assert words.PREVIEW in preview
    assert PUPIL_CANARY not in preview


def test_the_case_sample_names_the_chosen_pupils_of_the_own_school(open_app: Open) -> None:
    test = at(open_app("staff", Role.SENCO).selectbox(key="school").set_value(ELM).run(), "inspection")
    page = said(test)
    assert f"<h2>{PUPIL_CANARY}, Ada</h2>" in page
    assert case_words.KICKER in page
    assert "Cedar" not in page
    assert "Case sample (PDF)" in buttons(test)
    fewer = said(test.multiselect(key="case-pupils").set_value([]).run())
    assert PUPIL_CANARY not in fewer


def test_a_frozen_paper_is_offered_to_its_own_school_only(open_app: Open, tmp_path: Path) -> None:
    publish_release(tmp_path)
    release = find_release(tmp_path)
    freeze(tmp_path, papers_of(visit_of(release, ELM), ELM, tmp_path), dt.date(2026, 11, 26))
    test = open_app("board", Role.GOVERNOR, home=tmp_path).selectbox(key="school").set_value(ELM).run()
    assert "26 November 2026: nutshell (PDF)" in buttons(test)
    other = test.selectbox(key="school").set_value(OAK).run()
    assert "26 November 2026: nutshell (PDF)" not in buttons(other)


@pytest.mark.parametrize(
    ("identity", "owner", "may"),
    [
        (None, ELM, False),
        (Identity(Role.GOVERNOR, (ELM,)), ELM, True),
        (Identity(Role.GOVERNOR, (ELM,)), OAK, False),
        (Identity(Role.GOVERNOR, (ELM,)), "TRUST", False),
        (Identity(Role.GOVERNOR), ELM, False),
        (Identity(Role.SENCO, (OAK,)), ELM, False),
        (Identity(Role.SENCO, (OAK,)), OAK, True),
        (Identity(Role.TRUSTEE), "TRUST", True),
        (Identity(Role.TRUSTEE), ELM, True),
        (Identity(Role.SEND_LEAD), OAK, True),
        (Identity(Role.TRUSTEE), "../..", False),
        (Identity(Role.TRUSTEE), f"{ELM}/..", False),
    ],
)
def test_who_may_open_frozen_papers(identity: Identity | None, owner: str, may: bool) -> None:
    found = access.frozen_papers_for(identity, owner, HERE)
    assert found == (Path("trust") if may else None)


def test_the_visit_form_on_a_screen_numbers_on_and_has_no_empty_heading(open_app: Open) -> None:
    test = at(open_app("board", Role.GOVERNOR).selectbox(key="school").set_value(ELM).run(), "visit")
    page = said(test)
    assert buttons(test) == ["Visit form (PDF)", "Visit form (web page)"]
    assert page.count('class="asks"') == 1
    assert page.count('<p class="ask">') == 3
    assert words.VISIT_QUESTIONS in page
    for heading in (words.VISIT_OWN, words.VISIT_AGREED):
        assert f"<h2>{heading}</h2>" not in page
