"""The pages of the statutory clock: ours and the authority's apart, the own school only, the calendar, questions."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboards.access import Identity, Role, calendar_for
from dashboards.queries import ehc_clock
from tests.dashboards.conftest import Open, said
from tests.dashboards.test_pages import at
from tests.dashboards.test_pages_cycles import tables
from tests.support.releases import ASH, ELM, OAK


def at_school(open_app: Open, app: str, role: Role, urn: str, address: str) -> str:
    return said(at(open_app(app, role).selectbox(key="school").set_value(urn).run(), address))


def test_the_senco_sees_first_what_is_ours_and_overdue(open_app: Open) -> None:
    test = at(open_app("staff", Role.SENCO).selectbox(key="school").set_value(ELM).run(), "today")
    page = said(test)
    assert "1 step of ours is overdue; 1 step falls due in the next 14 days." in page
    assert (
        page.index("Overdue: ours")
        < page.index("Due in the next 14 days</h2>")
        < page.index("Late at the authority</h2>")
    )
    found = tables(page)
    assert found["Overdue, the longest first"] == [
        ["Birch, Bea", "Year 4", "EHCP-004", "Hold the annual review", "11 Nov 2026", "9 days late"]
    ]
    assert found["The soonest first"][0][3:] == [
        "Send the report of the review to the authority",
        "20 Nov 2026",
        "today",
    ]
    theirs = found["The longest first"]
    assert [row[2] for row in theirs] == ["Request of 1 Jun 2026", "EHCP-009"]
    assert theirs[0][-1] == "4 weeks late, exception recorded"
    assert "1 step in 30 days; 2 steps in 60 days; 2 steps in 90 days." in page
    assert "two plans in force" in page
    assert found["Plans of pupils who change phase, those without a review first"][0][-1] == "Review to be held"
    assert 'href="mend?role=senco' in page
    assert "Cedar" not in page
    assert any("calendar" in button.proto.label for button in test.get("download_button"))


def test_a_school_with_nothing_due_is_told_so(open_app: Open) -> None:
    page = at_school(open_app, "staff", Role.SENCO, ASH, "today")
    assert "Nothing of ours is overdue; nothing falls due in 14 days." in page
    assert not tables(page)


def test_a_governor_reads_ours_and_the_authoritys_apart(open_app: Open) -> None:
    page = at_school(open_app, "board", Role.GOVERNOR, ELM, "plans")
    ours, theirs = page.index("Our part."), page.index("The authority’s part.")
    assert ours < page.index("22 of 30 annual reviews of the last 12 months were held by their day (73%).") < theirs
    sent = "23 of 28 reports were sent to the authority within two weeks of the meeting (82%)."
    assert ours < page.index(sent) < theirs
    assert theirs < page.index("The authority decided 12 of 28 within four weeks of the meeting (43%).")
    assert "2024: England 44.4%; Elsewhere 70.3%" in page
    assert "rule NEGATIVE_COUNT" in page
    assert "6 reviews are overdue now; 9 plans have one due in the next 90 days." in page
    assert "8 pupils with a plan must change school at the end of this year; 8 still need the review for it." in page


def test_what_is_hidden_is_said_and_never_told(open_app: Open) -> None:
    page = at_school(open_app, "board", Role.GOVERNOR, OAK, "plans")
    assert "How many annual reviews were in time is not shown, because a number is small." in page
    assert "How many reviews are overdue now is not shown, because a number is small." in page
    assert "How many pupils with a plan must change school is not shown" in page


def test_trustees_see_special_and_mainstream_apart_with_both_rates(open_app: Open) -> None:
    page = said(at(open_app("board", Role.TRUSTEE), "risk"))
    found = tables(page)
    assert "Mainstream schools: our part" in found
    assert [row[0] for row in found["Special schools: our part"]] == ["Ash School"]
    assert "about 44% get a final plan within 20 weeks" in page
    assert "between 31% and 70% are likely to get a final plan in the next 13 weeks" in page
    assert "there may be about 124 to 136 in a year; few years stand behind that." in page
    assert found["Final plans issued, by calendar year, the trust’s schools together"][0][:5] == [
        "2024", "30", "40%", "50%", "46.4%",
    ]  # fmt: skip
    assert "two series" in page


def test_the_trusts_own_years_are_there_without_englands(open_app: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    nothing = ehc_clock.published("A measure that nobody publishes")
    monkeypatch.setattr(ehc_clock, "published", lambda measure: nothing)
    page = said(at(open_app("board", Role.TRUSTEE), "risk"))
    first = tables(page)["Final plans issued, by calendar year, the trust’s schools together"][0]
    assert first[:4] == ["2024", "30", "40%", "50%"]
    assert first[4].startswith("–")
    assert "England: " not in page


def test_the_send_lead_sees_exact_numbers_and_open_requests(open_app: Open) -> None:
    page = said(at(open_app("staff", Role.SEND_LEAD), "clock"))
    found = tables(page)
    assert found["Reviews to be held by school"] == [
        ["Elm Primary School", "1", "0", "1", "1"],
        ["Oak Academy", "0", "1", "1", "1"],
        ["Ash School", "0", "0", "0", "0"],
    ]
    assert found["Open requests, the longest overdue first"][0][:4] == [
        "Hazel, Hal",
        "Year 3",
        "Elm Primary School",
        "1 Jun 2026",
    ]


@pytest.mark.parametrize(
    ("identity", "urn", "may"),
    [
        (Identity(Role.SENCO, (ELM,)), ELM, True),
        (Identity(Role.SENCO, (ELM,)), OAK, False),
        (Identity(Role.SEND_LEAD), OAK, True),
        (Identity(Role.CENTRAL), ELM, False),
        (Identity(Role.GOVERNOR, (ELM,)), ELM, False),
        (Identity(Role.TRUSTEE), ELM, False),
        (Identity(Role.SEND_LEAD), "../../etc", False),
        (None, ELM, False),
    ],
)
def test_the_calendar_is_for_the_own_senco_and_the_send_lead(identity: Identity | None, urn: str, may: bool) -> None:
    path = calendar_for(identity, urn, Path("release"))
    assert path == (Path("release") / "calendar" / f"{urn}.ics" if may else None)
