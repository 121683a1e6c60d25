"""Referrals and buying together: to chase first, the own school only, hidden cells keyed, ranges and conditions."""

from __future__ import annotations

import re

import pytest

from dashboards.access import Role
from tests.dashboards.conftest import Open, said
from tests.dashboards.test_pages import at
from tests.dashboards.test_pages_cycles import senco, tables
from tests.support.releases import ASH, ELM, OAK


def test_the_senco_sees_first_what_to_chase_then_what_is_open_then_what_has_begun(open_app: Open) -> None:
    page = said(senco(open_app, ELM, "referrals"))
    order = ["To chase first", "<h2>Open</h2>", "Recently provided", "Recently declined or closed", "A date to fill in"]
    places = [page.index(title) for title in order]
    assert places == sorted(places)
    assert "2 referrals to chase; 4 referrals open in all." in page
    assert "Longest open</dt><dd>35 weeks<" in page
    found = tables(page)
    assert found["Beyond its limit, the furthest first"] == [
        ["Birch, Bea", "Year 4", "Ask for a day", "Plover", "Speech", "35 weeks since referral", "22 weeks",
         "35 weeks"],
        ["Elder, Eve", "Year 2", "Begin what the report asks for", "Us", "Outreach", "6 weeks since the report",
         "4 weeks", "10 weeks"],
    ]  # fmt: skip
    in_time = found["Within its limit, the longest open first"]
    assert [(row[0], row[2]) for row in in_time] == [
        ("Ivy, Ira", "We begin what the report asks for"), ("Fir, Flo", "The agency answers"),
    ]  # fmt: skip
    assert found["Provision begun in the last 90 days"][0][5] == "Provision began 7 Sep 2026"
    assert found["Closed in the last 90 days"][0][5] == "Declined: more information needed"
    assert len(found["A report has come, and the day on which the pupil was seen is not recorded"]) == 1
    assert found["Main needs of our pupils for which we have no test left"] == [
        ["Specific learning difficulty", "12", "Oak Academy"],
        ["Social, emotional and mental health", "9", "The register knows no test for it"],
    ]
    assert "Cedar" not in page


def test_a_senco_reads_nothing_of_another_school_and_one_line_where_nothing_is_open(open_app: Open) -> None:
    page = said(senco(open_app, OAK, "referrals"))
    assert "Cedar, Cy" in page
    for name in ("Birch", "Elder", "Gorse", "Hazel", "Ivy"):
        assert name not in page
    page = said(senco(open_app, ASH, "referrals"))
    assert "Nothing to chase; 0 referrals open in all." in page
    assert not tables(page)


def test_commissioning_opens_on_what_to_buy_together_with_its_conditions(open_app: Open) -> None:
    page = said(at(open_app("staff", Role.SEND_LEAD), "commissioning"))
    assert (
        "Bought as one trust, the same tests and licences would cost between £1,995 and £2,983 a year less. Stock that "
        "some schools can spare would save others between £169 and £332, once." in page
    )
    assert "What would we buy as a trust?" in page
    assert "duty and never counted here" in page
    found = tables(page)
    products = found["What could cost less, the most first"]
    assert len(products) == 4
    assert all(row[4] for row in products), "each range has what would have to be true"
    first = found["Needs and tests across the trust, needs without a test first"][0]
    assert first[:3] == ["Social, emotional and mental health", "45", "0"]
    assert [row[:4] for row in found["Licences by renewal, those without a date last"]] == [
        ["Symbolquay", "Elm Primary School", "18 Dec 2026", "in 28 days"],
        ["Symbolquay", "Oak Academy", "–", "no date recorded: ask"],
    ]
    (ending,) = found["Running out in the next 90 days"]
    assert ending[:7] == ["Wordwell", "Elm Primary School", "85", "51", "24", "10", "31 Dec 2026"]
    assert len(found["Every test in every school"]) == 3
    side = {row[1]: row for row in found["Outside agencies: wait, price and spend"]}
    assert side["Speech"][2:] == ["£78 an hour, trust contract", "71", "22 weeks", "23", "£11,750"]
    assert side["Outreach"][2] == "£145 to £165 a visit"
    assert side["New Service"][4] == "not reached"
    assert "How long do pupils wait for this service, and what do we do meanwhile?" in page
    hidden = len(re.findall(r"hidden: small number</span></span></td>", page))
    assert f"{hidden} figures are hidden on this page" in page
    for word in ("Birch", "Cedar", "best", "worst"):
        assert word not in page


def test_a_governor_reads_how_long_the_own_pupils_wait(open_app: Open) -> None:
    test = at(open_app("board", Role.GOVERNOR), "school")
    page = said(test.selectbox(key="school").set_value(ELM).run())
    assert "12 pupils have an open referral now." in page
    assert (
        "Half of the pupils referred to an outside agency in the last two years were seen within 12 weeks (likely "
        "range 6 to 19 weeks), open cases counted." in page
    )
    assert "Across the trust half were seen within 11 weeks." in page
    assert "Half had provision within 22 weeks of the referral; half were referred within 6 weeks of the first" in page
    assert "Agencies sent invoices of £7,260 in the year to 20 November 2026." in page
    beside = tables(page)["All agencies together"]
    assert beside[0] == ["Elm Primary School", "35", "12", "12 weeks", "6 to 19", "22 weeks", "£7,260"]
    assert [row[0] for row in beside] == ["Elm Primary School", "The trust"]
    page = said(test.selectbox(key="school").set_value(OAK).run())
    assert "How many pupils wait now is not shown: the number is small." in page
    page = said(test.selectbox(key="school").set_value(ASH).run())
    assert "Nobody waits for an outside agency now." in page


def test_trustees_read_whose_step_it_is_and_every_service(open_app: Open) -> None:
    page = said(at(open_app("board", Role.TRUSTEE), "risk"))
    assert "62 pupils have an open referral now: 46 wait for an agency, 16 for their school only." in page
    assert page.count("Plover: Speech: a long wait to be seen") == 1
    assert page.count("How long do pupils wait for this service, and what do we do meanwhile?") == 1
    assert "A good answer would contain" in page
    assert "Referrals of 15 pupils were declined in the last two years." in page
    found = tables(page)
    assert [row[0] for row in found["Special schools: all agencies together"]] == ["Ash School"]
    assert len(found["Mainstream schools: all agencies together"]) == 2
    rows = {row[0]: row for row in found["Outside agencies across the trust, by service"]}
    assert list(rows) == ["New Service", "Outreach", "Rare Service", "Movement", "Speech"], "by agency and name"
    assert rows["Speech"][2:] == ["71", "23", "22 weeks", "19 or more", "4 weeks", "4 weeks", "20 → 24 weeks"]
    assert "hidden" in rows["Movement"][2]


@pytest.mark.parametrize("address", ["commissioning", "referrals"])
def test_stock_seats_and_names_are_not_in_the_board_app(open_app: Open, address: str) -> None:
    for role in (Role.GOVERNOR, Role.TRUSTEE):
        page = said(open_app("board", role))
        for word in ("Birch", "Symbolquay", "Wordwell"):
            assert word not in page
