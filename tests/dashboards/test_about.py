"""The page about the data: every published table has its name, formulae stand behind a fold, nothing becomes markup."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from dashboards.access import Role
from dashboards.views.shared_about import BOARD_TABLES, STAFF_TABLES, title_and_body, words_and_formulae
from expectations.contract import Sensitivity
from expectations.tables import ALL
from tests.dashboards.conftest import Open, said
from tests.dashboards.test_pages import at

METHODS = {
    path.name: path.read_text(encoding="utf-8")
    for path in (files("models") / "methods").iterdir()
    if path.name.endswith(".md")
}


def test_every_mart_has_a_name_for_people_and_stands_where_it_may() -> None:
    marts = {name: table for name, table in ALL.items() if table.layer == "mart" and "mart_release__" not in name}
    assert set(BOARD_TABLES) | set(STAFF_TABLES) == set(marts)
    assert {name for name in BOARD_TABLES if marts[name].sensitivity is Sensitivity.PUPIL} == set()
    assert {name for name in STAFF_TABLES if marts[name].sensitivity is Sensitivity.AGGREGATE} == set()


def test_the_formulae_are_cut_out_whole() -> None:
    body = "### A\n\nwords\n\n### The formula\n\n#### Part\n\n$x$\n\n### Source\n\nbooks\n"
    words, formulae = words_and_formulae(body)
    assert words == "### A\n\nwords\n\n### Source\n\nbooks\n"
    assert formulae == "#### Part\n\n$x$\n"
    assert words_and_formulae("### A\n\nwords\n") == ("### A\n\nwords\n", "")
    assert words_and_formulae("### The formulae\n\n$x$\n") == ("", "$x$\n")


@pytest.mark.parametrize("name", sorted(METHODS))
def test_no_formula_stands_among_the_words(name: str) -> None:
    """A governor reads words first: what is written between dollar signs is behind the fold."""
    words, formulae = words_and_formulae(title_and_body(METHODS[name], name)[1])
    assert "$" not in words.replace("\\$", "")
    assert formulae.count("$") % 2 == 0


@pytest.mark.parametrize("name", sorted(METHODS))
def test_a_method_page_is_inert(name: str) -> None:
    """No HTML, no picture, no link: nothing in it fetches or runs."""
    assert not re.search(r"<[a-zA-Z/!]|!\[|\]\(", METHODS[name])


def test_the_board_reads_of_no_table_of_pupils(open_app: Open) -> None:
    for app, role, is_told in (("board", Role.GOVERNOR, False), ("staff", Role.SEND_LEAD, True)):
        test = at(open_app(app, role), "about")
        assert not test.exception
        page = said(test)
        assert all(f"<summary>{name}</summary>" in page for name in BOARD_TABLES.values())
        assert any(f"<summary>{name}</summary>" in page for name in STAFF_TABLES.values()) is is_told
        assert "The formulae" in [fold.label for fold in test.expander]
