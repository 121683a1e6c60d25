"""The pages of leavers: no name for the board, calls by name for staff, and a warning before the link-back."""

from __future__ import annotations

import re

from dashboards.access import Role
from tests.dashboards.conftest import Open, said
from tests.dashboards.test_pages import at
from tests.dashboards.test_pages_cycles import tables
from tests.support.releases import ASH, ELM, OAK

NAMES = ("Yew", "Alder", "Rowan", "Larch", "Maple", "Willow", "Teak")


def governor(open_app: Open, urn: str) -> str:
    test = at(open_app("board", Role.GOVERNOR).selectbox(key="school").set_value(urn).run(), "leavers")
    assert not test.exception
    return said(test)


def test_a_governor_reads_the_steps_of_each_stage_with_what_is_hidden(open_app: Open) -> None:
    page = governor(open_app, ELM)
    steps = tables(page)["Year 6 leavers, 2022/23 to 2024/25 together"]
    assert [row[:2] for row in steps] == [
        ["… left", "90"],
        ["… meant to go on in education", "85"],
        ["… were in education in September", "87"],
        ["… stayed for two terms", "84"],
        ["… were in education two years on", "48 of 60"],
    ]
    assert "Two years on: at least 48 of 60 leavers who left two years ago or longer were in education" in page
    assert "12 moves" not in page
    assert "30 moves off the roll before the end of a phase in the last three years: 3.5 in 100 a year" in page
    assert "With SEN 5.7 in 100 a year (likely range 3.0 to 10.0)" in page
    hidden = len(re.findall(r"hidden: small number</span></span></td>", page))
    assert hidden > 3
    assert f"{hidden} figures are hidden on this page" in page


def test_few_leavers_get_words_and_the_way_to_who_knows(open_app: Open) -> None:
    page = governor(open_app, ASH)
    assert "Fewer than six left in three years: too few to say anything." in page
    assert "Ask the SENCO, who sees every name" in page
    assert "No rolls are in the data yet." in page


def test_a_governor_reads_of_which_series_england_is(open_app: Open) -> None:
    page = governor(open_app, OAK)
    assert "79% here, 94.1% in England in 2020/21. Fewer, but those not traced could make up for it" in page
    assert "as published with the 2021/22 figures" in page
    assert "that is another series and is not mixed in" in page
    assert "How many left before the end of a phase is not shown: the number is small." in page


def test_the_trustees_see_special_school_leavers_in_a_section_of_their_own(open_app: Open) -> None:
    page = said(at(open_app("board", Role.TRUSTEE), "destinations"))
    chart, special = page.index("Mainstream schools</h2>"), page.index("Leavers of special schools</h2>")
    assert chart < page.index("Year 6 leavers</h2>") < page.index("Year 11 leavers</h2>") < special
    found = tables(page)
    assert {row[0] for row in found["Leavers two terms on, 2022/23 to 2024/25 together"]} == {"Year 6", "Year 11"}
    routes = [table for caption, table in found.items() if caption.startswith("By which route")]
    assert routes
    assert "not “NEET” either" in page
    assert "Why: 7 asked, and no answer; 5 no contact on record." in page
    assert "has fallen by more than chance would explain" in page
    assert "To: 38 another school, 9 home education and 6 not known where; other numbers are too small to show." in page
    assert [row[0] for row in found["Year 6: schools"]] == ["Elm Primary School"]
    assert "no ranking" in page


def test_no_board_page_names_a_leaver(open_app: Open) -> None:
    for urn in (ELM, OAK, ASH):
        assert not [name for name in NAMES if name in governor(open_app, urn)]
    for address in ("destinations", "trust"):
        page = said(at(open_app("board", Role.TRUSTEE), address))
        assert not [name for name in NAMES if name in page]


def test_what_moved_to_the_page_is_not_shown_twice(open_app: Open) -> None:
    page = said(at(open_app("board", Role.GOVERNOR).selectbox(key="school").set_value(ELM).run(), "school"))
    assert "more stands on the page Leavers" in page
    assert "at least 84 of 90 leavers" in page
    assert "Leavers two terms on" not in page
    trust = said(open_app("board", Role.TRUSTEE))
    assert "more stands on the page Destinations" in trust
    assert "Leavers two terms on" not in trust


def test_a_question_beyond_the_eight_of_a_first_page_stands_on_the_page_of_leavers(open_app: Open) -> None:
    title = "Pupils with SEN leave before the end"
    assert governor(open_app, ELM).count(title) == 1
    assert said(at(open_app("board", Role.TRUSTEE), "destinations")).count(title) == 1
    first = said(open_app("board", Role.TRUSTEE))
    (elm,) = (row for row in tables(first)["Questions in each school"] if row[0] == "Elm Primary School")
    assert elm[1]
    assert "Leavers" not in elm[1]
    assert title not in first


def test_the_senco_sees_the_own_calls_the_longest_overdue_first(open_app: Open) -> None:
    test = open_app("staff", Role.SENCO).selectbox(key="school").set_value(ELM).run()
    page = said(at(test, "calls"))
    assert "1 call is overdue; 1 is due in the next 30 days." in page
    found = tables(page)
    assert found["Overdue, the longest first"] == [
        ["Yew, Yan", "Left in July 2026: where they are since September.The place they meant to go to: mainstream "
         "secondary school.", "Asked, and no answer.Last contact 20 Sep 2026, 2 months ago.", "4 Oct 2026",
         "6 weeks late"]
    ]  # fmt: skip
    assert [row[0] for row in found["Due soon, the soonest first"]] == ["Alder, Abe"]
    assert [row[0] for row in found["Calls to come"]] == ["Rowan, Ro"]
    assert [(row[0], row[-1]) for row in found["Moves, the latest first"]] == [("Willow, Wes", "Home education")]
    assert "A pupil recorded as having died is on no list." in page
    assert "Larch" not in page


def test_the_send_lead_sees_all_schools_and_what_leavers_had_with_a_warning(open_app: Open) -> None:
    test = at(open_app("staff", Role.SEND_LEAD), "leavers")
    page = said(test)
    found = tables(page)
    assert found["Not traced at the latest point due"] == [
        ["Elm Primary School", "Year 6", "2", "0", "0", "0"],
        ["Oak Academy", "Year 11", "0", "1", "0", "0"],
    ]
    assert len(found["Calls overdue or due soon"]) == 4
    assert "School and authority differ: which is right?" in page
    warning = page.index("It does not show that one led to the other")
    assert warning < page.index("By main need")
    assert ["Social, emotional and mental health", "1", "1", "0", "0"] in found["By main need"]
    assert ["EHC plan, half or more of the outcomes due were met", "1", "1", "0", "0"] in found["By what they had"]
    assert ["In no intervention on record", "1", "0", "1", "0"] in found["By what they had"]
    own = said(test.selectbox(key="calls-of").set_value(ELM).run())
    assert [row[0] for row in tables(own)["Calls overdue or due soon"]] == ["Yew, Yan", "Alder, Abe"]
