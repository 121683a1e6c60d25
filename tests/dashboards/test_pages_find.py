"""Find a figure: by words, from the end of a page, and only what the role's app may read; each link leads somewhere."""

from __future__ import annotations

import pytest
from streamlit.util import calc_hash

from dashboards.access import APP_ROLES, Role
from dashboards.views.shared_about import BOARD_TABLES, STAFF_TABLES
from tests.dashboards.conftest import Open, said
from tests.support.releases import HOSTILE


def test_words_find_a_figure_and_its_page(open_app: Open) -> None:
    test = open_app("board", Role.TRUSTEE)
    test._page_hash = calc_hash("find")
    page = said(test.run().text_input(key="find").set_value("Delivered RATE section").run())
    first = page.split("<tbody")[1].split("</tr>")[0]
    assert "Section F sessions delivered" in first
    assert 'href="risk?role=trustee"' in first
    page = said(test.text_input(key="find").set_value(HOSTILE).run())
    assert "No figure has these words" in page
    assert "<b>" not in page.split("No figure")[1]


@pytest.mark.parametrize(("app", "role"), [(app, role) for app, roles in APP_ROLES.items() for role in roles])
def test_the_end_of_a_page_leads_to_what_its_figures_mean(open_app: Open, app: str, role: Role) -> None:
    test = open_app(app, role)
    way = said(test).split('href="find?')[1].split('"')[0]
    tables = way.split("on=")[1].split("%2C")
    test.query_params["on"] = ",".join(tables)
    test._page_hash = calc_hash("find")
    page = said(test.run())
    names = BOARD_TABLES if app == "board" else BOARD_TABLES | STAFF_TABLES
    assert tables
    for name in tables:
        assert names[f"mart_{name}"].replace("’", "’") in page


def test_the_board_finds_no_table_of_pupils(open_app: Open) -> None:
    test = open_app("board")
    test.query_params["on"] = "pupils__register,impact__pupil"
    test._page_hash = calc_hash("find")
    assert "Type a word" in said(test.run())
