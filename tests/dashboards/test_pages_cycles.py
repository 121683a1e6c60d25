"""The pages of cycles and groups: most pressing first, the own school only, hidden cells keyed, never called impact."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from dashboards.access import Role
from tests.dashboards.conftest import Open, said
from tests.dashboards.test_pages import at
from tests.support.releases import ASH, ELM, OAK


def senco(open_app: Open, urn: str, address: str) -> AppTest:
    test = open_app("staff", Role.SENCO).selectbox(key="school").set_value(urn).run()
    return at(test, address)


def tables(page: str) -> dict[str, list[list[str]]]:
    """Caption to rows of plain cells."""
    found = {}
    for table in re.findall(r"<table.*?</table>", page, re.DOTALL):
        caption = re.search(r"<caption>(.*?)</caption>", table)
        assert caption
        rows = re.findall(r'<tr role="row">(.*?)</tr>', table, re.DOTALL)[1:]
        found[caption[1]] = [
            [re.sub(r"<[^>]+>", "", cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)]
            for row in rows
        ]
    return found


def test_the_senco_sees_first_what_is_overdue_then_what_is_due_soon(open_app: Open) -> None:
    page = said(senco(open_app, ELM, "cycles"))
    assert page.index("Overdue now") < page.index("Due in the next two weeks") < page.index("without a cycle</h2>")
    assert "1 step is overdue; 1 step falls due in the next two weeks." in page
    found = tables(page)
    assert found["Overdue, the longest first"] == [
        ["Birch, Bea", "Year 4", "Hold the review", "2 Oct 2026", "7 weeks", "2"]
    ]
    assert found["Due soon, the soonest first"] == [
        ["Elder, Eve", "Year 2", "Agree the plan", "30 Nov 2026", "in 10 days", "1"]
    ]
    (again,) = found["Pupils with two or more cycles in a row on one provision, the target not met in any"]
    assert again[:3] == ["Birch, Bea", "Year 4", "2 in a row"]
    (without,) = found["Pupils without a cycle, the longest on SEN support first"]
    assert without == ["Gorse, Guy", "Year 6", "No need recorded", "6 Nov 2023", "None so far"]
    assert len(found["Every cycle of the pupils on roll"]) == 4
    assert "Cedar" not in page


def test_what_is_in_order_takes_one_line(open_app: Open) -> None:
    page = said(senco(open_app, ASH, "cycles"))
    assert "Nothing is overdue; nothing falls due in the next two weeks." in page
    assert "Every pupil on SEN support has a cycle." in page
    assert not tables(page)
    page = said(senco(open_app, ASH, "groups"))
    assert "Every group that runs has its sessions on record." in page
    assert "No pupil has both scores yet." in page


def test_groups_to_review(open_app: Open) -> None:
    page = said(senco(open_app, ELM, "groups"))
    found = tables(page)
    assert [row[0] for row in found["End tests to sit, the soonest first"]] == ["Elder, Eve", "Birch, Bea"]
    assert found["End tests to sit, the soonest first"][0][4:] == ["20 Nov 2026", "today"]
    assert [row[1] for row in found["Groups whose sessions are not on record, the longest first"]] == ["G1", "G2"]
    (missing,) = found["Pupils without an end test, by the day it was due"]
    assert missing[3] == "Term Test: Mathematics"
    scores = found["Pupils with a low score and no intervention, those with SEN first, the lowest first"]
    assert [(row[0], row[3], row[4]) for row in scores] == [
        ("Gorse, Guy", "Reading Test", "71.5"),
        ("Hazel, Hal", "Maths Test", "68"),
    ]
    assert "Cedar" not in page


def test_a_pupils_change_is_told_in_words_of_chance_and_never_called_impact(open_app: Open) -> None:
    test = senco(open_app, ELM, "groups")
    page = said(test)
    assert test.selectbox(key="group-intervention").options == ["Phonics Steps"], "tests whose error is known only"
    told = tables(page)["Before and after: Phonics Steps"]
    assert [(row[0], *row[3:]) for row in told] == [
        ("Birch, Bea", "78", "95", "+17", "risen by more than chance", "26 of 28"),
        ("Elder, Eve", "84", "80.5", "\u22123.5", "within what chance can do", "–"),
        ("Fir, Flo", "96", "82", "\u221214", "fallen by more than chance", "20"),
    ]
    assert (
        "3 pupils with both scores: 1 risen by more than chance, 1 within what chance can do, "
        "1 fallen by more than chance." in page
    )
    assert "impact" not in re.sub(r'href="[^"]*"', "", page).lower()


def test_the_send_lead_sees_schools_apart_and_hidden_cells_with_their_key(open_app: Open) -> None:
    test = at(open_app("staff", Role.SEND_LEAD), "cycles-by-school")
    page = said(test)
    found = tables(page)
    mainstream = found["Mainstream schools: assess, plan, do, review"]
    assert [row[0] for row in mainstream] == [
        "Elm Primary School", "Oak Academy", "The trust, special schools included",
    ]  # fmt: skip
    assert mainstream[0][1:4] == ["48", "30", "10"]
    assert "hidden" in mainstream[1][2]
    assert "Special schools: assess, plan, do, review" not in found
    assert "Special schools without anybody on SEN support are left out" in page
    assert [row[0] for row in found["Special schools: the protocol"]] == ["Ash School"]
    hidden = len(re.findall(r"hidden: small number</span></span></td>", page))
    assert hidden > 8
    assert f"{hidden} figures are hidden on this page" in page
    for word in ("Birch", "Cedar", "best", "worst"):
        assert word not in page


def test_the_protocol_opens_on_a_year_whose_end_tests_are_due(open_app: Open) -> None:
    test = at(open_app("staff", Role.SEND_LEAD), "cycles-by-school")
    assert test.selectbox(key="protocol-year").value == 2025
    assert "88%" in said(test)
    later = tables(said(test.selectbox(key="protocol-year").set_value(2026).run()))
    assert [row[0] for row in later["Mainstream schools: the protocol"]] == ["The trust, special schools included"]


@pytest.mark.parametrize("address", ["cycles", "groups"])
def test_a_senco_reads_nothing_of_another_school(open_app: Open, address: str) -> None:
    page = said(senco(open_app, OAK, address))
    assert "Cedar, Cy" in page
    for name in ("Birch", "Elder", "Fir,", "Gorse", "Hazel"):
        assert name not in page
