"""Every page for every role, without a browser: it shows what it should, and another role's page does not exist."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import pytest
from streamlit.util import calc_hash

import dashboards
from dashboards import board, staff
from dashboards.access import APP_ROLES, ONE_SCHOOL, ROLE_WORDS, Role
from dashboards.views import visits
from tests.dashboards.conftest import Open, said
from tests.support.money_rules import broken
from tests.support.releases import ASH, ELM, HOSTILE, OAK, PUPIL_CANARY, publish_release

PAGES = {
    Role.GOVERNOR: [
        "Nutshell", "Questions and answers", "Our school", "Who our pupils are", "Are they here and included",
        "Are they progressing", "EHC plans", "What we run", "Money", "Leavers", "Visit form", "Find a figure",
        "About the data",
    ],
    Role.TRUSTEE: [
        "Trust on a page", "Strategy", "Schools", "Identification and moderation", "Here and included",
        "Are they progressing", "What we run", "Value for money", "Risk", "Destinations", "Questions and answers",
        "Pack for the meeting", "Find a figure", "About the data",
    ],
    Role.SEND_LEAD: [
        "This morning", "Nutshell sign-off", "Interventions", "One intervention", "Compare schools",
        "Value for money", "Names to settle", "Plan and review by school", "Here and included",
        "Ladder and assessments", "Leavers", "Moderation room", "Register health", "EHC plan clock",
        "Promised and delivered", "Deployment and what-if", "Commissioning", "Please mend", "Find a figure",
        "About the data",
    ],
    Role.SENCO: [
        "Today", "Register", "One pupil", "Plan and review", "Groups to review", "Outcomes and milestones",
        "Referrals", "Here and included", "Ladder and engagement", "Leavers to call", "Questions to answer",
        "What governors see", "Inspection pack", "Rate cases", "Data conflicts", "Please mend", "Find a figure",
        "About the data",
    ],
    Role.CENTRAL: [
        "Last night", "Find a figure", "About the data",
    ],
}  # fmt: skip
APP_PAGES = {"board": board.PAGES, "staff": staff.PAGES}
CASES = [(app, role, page) for app, roles in APP_ROLES.items() for role in roles for page in range(len(PAGES[role]))]


def other_pages(test: Any) -> list[str]:
    return [link.proto.label for link in test.get("page_link")]


@pytest.mark.parametrize(("app", "role"), [(app, role) for app, roles in APP_ROLES.items() for role in roles])
def test_each_role_has_its_own_pages_and_no_others(open_app: Open, app: str, role: Role) -> None:
    test = open_app(app, role)
    assert not test.exception
    assert other_pages(test) == PAGES[role][1:]
    page = said(test)
    assert page.count("<h1>") == 1
    assert "20 November 2026" in page
    assert "Sample data: fictional trust" in page
    assert "Release</dt><dd>1<" in page
    assert not re.search(r"\bNone\b(?! (has|stands|is|of))|\bnan\b|\{|\binf\b", page)


@pytest.mark.parametrize(("app", "role"), [(app, role) for app, roles in APP_ROLES.items() for role in roles])
def test_the_switch_offers_the_roles_of_this_app_only(open_app: Open, app: str, role: Role) -> None:
    test = open_app(app, role)
    assert test.selectbox(key="role").options == [ROLE_WORDS[one] for one in APP_ROLES[app]]
    has_school = any(box.key == "school" for box in test.selectbox)
    assert has_school == (role in ONE_SCHOOL)


def test_a_governor_sees_one_school(open_app: Open) -> None:
    test = open_app("board", Role.GOVERNOR)
    for urn, name, others in ((ELM, "Elm Primary School", "Oak Academy"), (OAK, "Oak Academy", "Elm Primary School")):
        page = said(test.selectbox(key="school").set_value(urn).run())
        assert f"<h1>{name}</h1>" in page
        assert others not in page


def test_the_governors_page_leads_with_three_exceptions_each_with_its_question(open_app: Open) -> None:
    page = said(at(open_app("board", Role.GOVERNOR).selectbox(key="school").set_value(ELM).run(), "school"))
    first = page[page.index('class="asks"') : page.index("</ol>")]
    assert first.count("<li>") == first.count('class="ask"') == 3
    assert page.index("Ask about") < page.index("At a glance") < page.index("What we run") < page.index("Leavers</h2>")
    assert "Promised support not delivered, 2026/27" in first
    assert "Which promised provision is not being delivered" in first
    assert "likely range −6 to −1" in first
    assert "5 more questions" in page
    assert "Outcomes without evidence" in page, "the eighth"
    assert "Milestones past their day" not in page, "the ninth stands on the page of EHC plans"


def test_what_is_hidden_is_shown_as_hidden(open_app: Open) -> None:
    first = open_app("board", Role.GOVERNOR).selectbox(key="school").set_value(OAK).run()
    for address, at_least in (("school", 5), ("money", 20)):
        page = said(at(first, address))
        shown = page.count('title="hidden: small number"')
        assert shown >= at_least
        assert f"{shown} figures are hidden on this page" in page
        assert "not available" in page


def test_a_governor_reads_no_effect_size_and_no_p_value(open_app: Open) -> None:
    page = said(at(open_app("board", Role.GOVERNOR).selectbox(key="school").set_value(ELM).run(), "school")).lower()
    for word in ("effect size", "p-value", "significan", "p <", "***", "rank 1", "best school"):
        assert word not in page
    assert "not a ranking" in said(at(open_app("board", Role.TRUSTEE), "works"))


def test_special_schools_stand_apart(open_app: Open) -> None:
    trust = open_app("board", Role.TRUSTEE)
    assert "3 of 3 schools have figures worth a question" in said(trust)
    page = said(at(trust, "schools"))
    mainstream, special = page.index("<caption>Mainstream schools"), page.index("<caption>Special schools")
    assert mainstream < page.rindex("Oak Academy") < special < page.rindex("Ash School")
    assert "fewer than 10 like it" in page
    own = said(at(open_app("board", Role.GOVERNOR).selectbox(key="school").set_value(ASH).run(), "school"))
    assert "A special school is not compared with the trust." in own


@pytest.mark.parametrize("role", APP_ROLES["board"])
def test_the_board_app_never_shows_a_pupil(open_app: Open, role: Role) -> None:
    test = open_app("board", role)
    assert PUPIL_CANARY not in said(test)


def test_the_senco_sees_the_own_register_and_list_only(open_app: Open) -> None:
    test = open_app("staff", Role.SENCO).selectbox(key="school").set_value(ELM).run()
    page = said(at(test, "mend"))
    assert "register.xlsx" in page
    assert "12, 19" in page
    assert "leavers.csv" not in page
    assert "notes.docx" in page
    assert [button.proto.label for button in test.get("download_button")][:2] == [
        "Whole list (Excel)", "Whole list (CSV)",
    ]  # fmt: skip


def test_the_send_lead_chooses_one_intervention(open_app: Open) -> None:
    """The figure shown first is the one drawn in; that of its own pupils stands beside it, each with its range."""
    test = at(open_app("staff", Role.SEND_LEAD), "intervention")
    test = test.selectbox(key="name").set_value("Phonics Steps").run()
    page = said(test)
    assert "<h1>Phonics Steps</h1>" in page
    assert "scored 3 points higher at the end (likely range +1 to +5)" in page
    assert "Its own pupils alone came to 3 points higher (+1 to +6)" in page
    assert "they would have ended at about 85 without it" in page
    assert not test.exception


def test_the_central_team_sees_the_night(open_app: Open) -> None:
    page = said(open_app("staff", Role.CENTRAL))
    assert "1 held, 1 refused" in page
    assert "notes.docx" in page
    assert "Every source is in balance: no row is lost." in page
    assert "Reading files" in page
    assert "4.25" in page


def test_names_from_files_are_inert(open_app: Open, tmp_path: Path) -> None:
    publish_release(tmp_path, elm_name=HOSTILE)
    for app, role in (("board", Role.GOVERNOR), ("board", Role.TRUSTEE), ("staff", Role.SENCO)):
        test = open_app(app, role, home=tmp_path)
        if role in ONE_SCHOOL:
            test = test.selectbox(key="school").set_value(ELM).run()
        page = said(test)
        assert not test.exception
        assert "&lt;b&gt;Elm&lt;/b&gt;" in page
        assert "<b>Elm" not in page
        assert '<a href="https://canary' not in page


def refusal(test: Any) -> str:
    page = said(test)
    assert not test.selectbox
    assert not other_pages(test)
    assert page.count("<h1>") == 1
    return page


def test_real_data_is_refused_without_an_identity_provider(open_app: Open, tmp_path: Path) -> None:
    publish_release(tmp_path, is_sample=False)
    for app in APP_ROLES:
        page = refusal(open_app(app, home=tmp_path))
        assert "Nobody can sign in yet" in page
        assert "Elm" not in page


@pytest.mark.parametrize("address", ["0.0.0.0", "10.0.0.1", None])
def test_the_sample_is_refused_beyond_this_machine(open_app: Open, address: str | None) -> None:
    page = refusal(open_app("board", address=address))
    assert "on this machine only" in page
    assert "Elm" not in page


def test_an_empty_home_is_one_clear_page(open_app: Open, tmp_path: Path) -> None:
    assert "There are no figures yet" in refusal(open_app("staff", home=tmp_path))


@pytest.mark.parametrize(("key", "invented"), [("role", Role.SENCO), ("school", "999999"), ("school", "trust")])
def test_a_role_or_school_that_the_browser_invents_is_refused(
    open_app: Open, monkeypatch: pytest.MonkeyPatch, key: str, invented: str
) -> None:
    """What a widget says is checked again: a role of the other app, a school that is not in the list."""
    real = visits._choose
    monkeypatch.setattr(visits, "_choose", lambda *given: invented if given[-1] == key else real(*given))
    page = said(open_app("board"))
    assert "not yours to see" in page
    assert PUPIL_CANARY not in page
    assert "Elm" not in page


def test_no_page_offers_an_upload_or_lies_in_a_pages_folder() -> None:
    room = Path(dashboards.__file__).parent
    assert not (room / "pages").exists()
    for path in (path for path in room.rglob("*.py") if "import streamlit" in path.read_text()):
        called = {node.attr for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Attribute)}
        assert not called & {"file_uploader", "camera_input", "write", "metric", "dataframe", "unsafe_allow_html"}, path


def test_only_built_html_reaches_the_page() -> None:
    """``st.html`` takes what ``markup`` built; no literal text with data in it, no f-string."""
    for path in (Path(dashboards.__file__).parent / "views").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
            if is_call and node.func.attr in ("html", "markdown", "caption", "title", "header") and node.args:  # type: ignore[union-attr,attr-defined]
                assert not isinstance(node.args[0], (ast.JoinedStr, ast.Constant, ast.BinOp)), path  # type: ignore[attr-defined]


def at(test: Any, address: str) -> Any:
    """The page at an address, as a browser asks for it."""
    test._page_hash = calc_hash(address)
    return test.run()


@pytest.mark.parametrize(("app", "role", "place"), CASES)
def test_every_page_of_every_role_opens(open_app: Open, app: str, role: Role, place: int) -> None:
    leaf = APP_PAGES[app][role][place]
    test = open_app(app, role)
    test = at(test, leaf.address) if place else test
    assert not test.exception
    assert leaf.title == PAGES[role][place]
    assert broken(said(test)) == [], "METHODS B5"
    assert other_pages(test) == [title for title in PAGES[role] if title != leaf.title], "it is this page that is shown"
    assert said(test).count("<h1>") == 1


@pytest.mark.parametrize(("app", "role"), [(app, role) for app, roles in APP_ROLES.items() for role in roles])
def test_another_roles_page_does_not_exist(open_app: Open, app: str, role: Role) -> None:
    """Asked for by its address, it gives the role's own first page."""
    own = {leaf.address for leaf in APP_PAGES[app][role]}
    foreign = {leaf.address for pages in APP_PAGES.values() for leaves in pages.values() for leaf in leaves} - own
    assert foreign
    test = open_app(app, role)
    for address in sorted(foreign):
        test = at(test, address)
        assert other_pages(test) == PAGES[role][1:], address
        assert app == "staff" or PUPIL_CANARY not in said(test)


def test_the_register_names_the_schools_pupils_to_its_senco(open_app: Open) -> None:
    test = open_app("staff", Role.SENCO).selectbox(key="school").set_value(ELM).run()
    page = said(at(test, "register"))
    assert f"{PUPIL_CANARY}, Ada" in page
    assert "Cedar" not in page
    assert "Reception" in page
