"""One pupil's page: the story in order, money with what was delivered, and never another school's pupil."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from streamlit.util import calc_hash

from dashboards.access import Role
from dashboards.wording import pupil_story as words
from tests.dashboards.conftest import Open, said
from tests.dashboards.test_pages_cycles import tables
from tests.support.frames import pupil
from tests.support.releases import ELM, OAK, PUPIL_CANARY

TODAY = dt.date(2026, 11, 20)


def page_of(open_app: Open, urn: str, key: str | None, role: Role = Role.SENCO) -> Any:
    test = open_app("staff", role)
    if role is Role.SENCO:
        test = test.selectbox(key="school").set_value(urn).run()
    if key is not None:
        test.query_params["key"] = key
    test._page_hash = calc_hash("pupil")
    return test.run()


def test_the_story_stands_in_order_from_need_to_cost(open_app: Open) -> None:
    test = page_of(open_app, ELM, pupil(1))
    page = said(test)
    assert not test.exception
    assert "<h1>Birch, Bea</h1>" in page
    assert "names a child" in page
    parts = ["Need. ", "Plan. ", "Dose. ", "Outcome. ", "What comes next", "The line",
             "Plan: section F", "Dose: groups", "Outcome: before and after", ">Cost<"]  # fmt: skip
    places = [page.index(part) for part in parts]
    assert places == sorted(places)
    assert "2 cycles of plan and review on record. Last review, 20 May 2026: target not met." in page
    assert "In 2 groups so far; now in Phonics Steps. Attended 10 of 12 sessions that are recorded." in page
    assert "Scores before and after: 1 risen by more than chance." in page


def test_money_stands_with_what_was_delivered_and_is_not_added_up(open_app: Open) -> None:
    page = said(page_of(open_app, ELM, pupil(1)))
    costs = page[page.index(">Cost<") :]
    assert "£480" in costs
    assert "group of 6" in costs
    assert "£7,123" in costs
    assert "£1,800" in costs
    assert "£90" in costs
    for total in ("£9,", "£8,", "£2,280", "Total", "Altogether"):
        assert total not in costs
    assert "does not say what the support was worth" in costs


@pytest.mark.parametrize("key", [pupil(2), pupil(3), "0", "P1' or '1'='1", ""])
def test_another_schools_pupil_is_never_shown(open_app: Open, key: str) -> None:
    test = page_of(open_app, ELM, key)
    page = said(test)
    assert "<h1>One pupil</h1>" in page
    assert "Cedar" not in page
    assert "Damson" not in page
    assert not any("Cedar" in name for name in test.selectbox(key=f"pupil-{ELM}").options)
    assert ("not on this school’s register" in page) == bool(key)


def test_the_same_address_in_the_other_school_shows_its_own_pupil_only(open_app: Open) -> None:
    assert "<h1>Cedar, Cy</h1>" in said(page_of(open_app, OAK, pupil(2)))
    page = said(page_of(open_app, OAK, pupil(1)))
    assert "Birch" not in page
    assert PUPIL_CANARY not in page


def test_a_pupil_is_found_by_name(open_app: Open) -> None:
    test = page_of(open_app, ELM, None)
    assert "not on this school’s register" not in said(test)
    assert test.selectbox(key=f"pupil-{ELM}").options == ["Birch, Bea · Year 4", f"{PUPIL_CANARY}, Ada · Reception"]
    page = said(test.selectbox(key=f"pupil-{ELM}").set_value(pupil(0)).run())
    assert f"<h1>{PUPIL_CANARY}, Ada</h1>" in page
    assert "In no group on record." in page


def test_the_register_leads_to_the_page_of_the_same_school(open_app: Open) -> None:
    test = open_app("staff", Role.SENCO).selectbox(key="school").set_value(OAK).run()
    test._page_hash = calc_hash("register")
    assert f'href="pupil?role=senco&amp;school={OAK}&amp;key={pupil(2)}"' in said(test.run())


def test_an_address_chooses_among_what_is_offered_and_no_more(open_app: Open) -> None:
    """A link of ours opens the same school; a role of the other app or a school that is not there opens nothing new."""
    for role, school in (("governor", OAK), ("senco", "999999"), ("trustee", "TRUST")):
        other = open_app("staff")
        other.query_params["role"], other.query_params["school"] = role, school
        assert "999999" not in said(other.run())
        assert other.selectbox(key="role").options == ["SEND lead", "SENCO", "Central team"]


def event(rows: dict[str, list[dict[str, Any]]]) -> list[words.Event]:
    empty = {name: [] for name in words.Records._fields}
    return words.line_of_events(words.Records(**{**empty, **rows}), TODAY)


def test_events_run_from_the_oldest_and_nothing_of_tomorrow_has_happened() -> None:
    group = {"intervention_name": "Phonics", "start_date": dt.date(2026, 9, 14), "end_date": TODAY, "pupils_count": 1,
             "delivered_sessions_count": 12, "attended_sessions_count": None}  # fmt: skip
    flow = {"flow": "JOINED", "flow_date": dt.date(2026, 9, 14), "from_code": "N", "to_code": "K"}
    assert event({"groups": [group], "flows": [flow]}) == [
        (dt.date(2026, 9, 14), "Need", "Came on the register: No SEN → SEN support"),
        (dt.date(2026, 9, 14), "Dose", "Phonics began, 1 pupil in the group"),
    ]
    ended = {**group, "end_date": TODAY - dt.timedelta(days=1)}
    assert event({"groups": [ended]})[-1].said == "Phonics ended: 12 sessions delivered, attendance not recorded"
    assert event({"groups": [{**group, "start_date": TODAY + dt.timedelta(days=1)}]}) == []


def test_what_comes_next_says_how_late_a_step_of_the_law_is(open_app: Open) -> None:
    due = tables(said(page_of(open_app, ELM, pupil(1))))["To be done, what the law sets first"]
    assert due[0] == ["11 Nov 2026", "Hold the annual review", "9 days late"]
    assert due[1][0] == "–", "a check has no day"


@pytest.mark.parametrize("address", ["today", "cycles", "groups", "outcomes", "ladder", "referrals", "conflicts"])
def test_a_name_on_a_list_leads_to_the_story_of_a_pupil_on_the_register(open_app: Open, address: str) -> None:
    test = open_app("staff", Role.SENCO).selectbox(key="school").set_value(ELM).run()
    test._page_hash = calc_hash(address)
    way = f'<a href="pupil?role=senco&amp;school={ELM}&amp;key={pupil(1)}" target="_self">Birch, Bea</a>'
    assert way in said(test.run())
