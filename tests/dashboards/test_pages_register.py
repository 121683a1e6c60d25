"""The pages of the register: conflicts with owner and way, what a census needs, numbers for the board."""

from __future__ import annotations

from dashboards.access import Role
from tests.dashboards.conftest import Open, said
from tests.dashboards.test_pages import at
from tests.dashboards.test_pages_clock import at_school
from tests.dashboards.test_pages_cycles import tables
from tests.support.releases import ASH, ELM, OAK


def test_the_senco_sees_each_conflict_with_what_each_list_says_and_how_it_closes(open_app: Open) -> None:
    page = at_school(open_app, "staff", Role.SENCO, ELM, "conflicts")
    assert page.index("To mend: SENCO") < page.index("To mend: School office") < page.index("To mend: Insight lead")
    first = ["Birch, Bea", "Year 4", "SEN provision", "SEN support", "No SEN", "No SEN", "50 days"]
    assert [row[:7] for row in page_rows(page, "SEN provision") if row[0] == "Birch, Bea"] == [first]
    assert "Plan tracker: 3 Feb 2025" in page
    assert "The pupil has left. End the entry on the register." in page
    assert "The January census is on 21 January 2027 (62 days left)." in page
    assert "NSA for more than a year of SEN support: is the need still not known?" in page
    assert "breaks there" in page
    assert "Cedar" not in page


def page_rows(page: str, what: str) -> list[list[str]]:
    return [row for rows in tables(page).values() for row in rows if what in row]


def test_a_school_whose_lists_agree_is_told_so(open_app: Open) -> None:
    page = at_school(open_app, "staff", Role.SENCO, ASH, "conflicts")
    assert "Register, census and Insight say the same of every pupil." in page
    assert "Nothing that a census would query is on record." in page


def test_today_says_how_many_conflicts_are_open_with_the_way_there(open_app: Open) -> None:
    page = at_school(open_app, "staff", Role.SENCO, ELM, "today")
    waiting = {row[0]: row[1:] for row in tables(page)["Overdue on your other pages"]}
    assert waiting["Data conflicts"] == ["Conflicts between the lists, open for more than ten days", "3", "93 weeks"]
    assert f'href="conflicts?role=senco&amp;school={ELM}"' in page


def test_the_register_begins_with_what_changed_on_it(open_app: Open) -> None:
    page = at_school(open_app, "staff", Role.SENCO, ELM, "register")
    assert page.index("Changes on the register") < page.index("Everyone on it")
    assert "Same need, new code" in page


def test_a_governor_reads_numbers_of_pupils_beside_the_trust_and_england(open_app: Open) -> None:
    page = at_school(open_app, "board", Role.GOVERNOR, ELM, "pupils")
    assert "say different things of 5 pupils; none of them has been open for more than ten days." in page
    assert "In 2025/26: 9 came on the register, 6 left with SEN" in page
    assert "2 figures are not shown, because a number is small." in page
    assert "Of pupils with SEN support, 29% have communication and interaction as their main area of need" in page
    assert "Speech, language and communication needs: 29% here; England 25.7% (January 2025)." in page
    assert "10 pupils with SEN support have no told need (21%)." in page
    found = tables(page)
    assert found["Changes on the register in 2025/26, in pupils"][0] == ["Came on the register", "9", "21"]
    assert "Birch" not in page


def test_what_is_hidden_from_a_governor_is_said_and_never_told(open_app: Open) -> None:
    page = at_school(open_app, "board", Role.GOVERNOR, OAK, "pupils")
    assert "is not shown, because a number is small; read the trust’s beside it." in page
    assert "Pupils with an EHC plan by need are not shown as shares" in page


def test_the_send_lead_sees_schools_apart_and_what_differs(open_app: Open) -> None:
    page = said(at(open_app("staff", Role.SEND_LEAD), "register-health"))
    found = tables(page)
    assert "Mainstream schools: register health" in found
    assert [row[0] for row in found["Special schools: register health"]] == ["Ash School"]
    listed = {(row[0], row[1]): row[2:4] for row in found["Open conflicts by what differs"]}
    assert listed["SEN provision", "SENCO"] == ["1", "1"]
    assert listed["On roll", "SENCO"] == ["1", "0"]
