"""The pages on money: what a governor, the trustees, the SEND lead and the central team read."""

from __future__ import annotations

from dashboards.access import Role
from tests.dashboards.conftest import Open, said
from tests.dashboards.test_pages import at
from tests.support.releases import ELM


def test_a_governor_reads_spending_its_funding_and_the_duty(open_app: Open) -> None:
    page = said(at(open_app("board", Role.GOVERNOR).selectbox(key="school").set_value(ELM).run(), "money"))
    assert "What section F of a plan requires is a duty, whatever it costs." in page
    assert (
        "In 2025/26, £124,000 of support is recorded. The funding for the year: notional SEN budget £82,000 and top-up "
        "£34,000. The recorded spending is £8,000 more." in page
    )
    assert "Support planned at £2,500 more was due, and nobody recorded whether it took place" in page
    assert "the staff time in one hour that a pupil received came to £14.50 for section F and £7.30 for an" in page
    assert "For 12 of 30 plans, planned support costs more" in page or "for 12 of 30 plans" in page
    assert "what did we spend beyond notional budget and top-up" in page
    assert "86% of the hours of teaching assistants" in page


def test_the_present_pages_keep_their_tiles_and_lose_the_money(open_app: Open) -> None:
    for role in (Role.GOVERNOR, Role.TRUSTEE):
        page = said(open_app("board", role))
        assert "<caption>EHC plans by academic year" not in page


def test_trustees_see_special_and_mainstream_schools_apart(open_app: Open) -> None:
    page = said(at(open_app("board", Role.TRUSTEE), "money"))
    mainstream, special = (page.index(f"<caption>{kind} schools: spending") for kind in ("Mainstream", "Special"))
    assert mainstream < page.index("Oak Academy", mainstream) < special < page.index("Ash School", special)
    assert "not a ranking" in page


def test_the_send_lead_chooses_a_scenario_that_was_worked_out_in_the_night(open_app: Open) -> None:
    test = at(open_app("staff", Role.SEND_LEAD), "deployment")
    page = said(test)
    assert not test.exception
    assert "1 intervention together would come to between 12 and 40 hours of adults’ time less and" in page
    assert "−£780 to −£220" in page
    assert "Not shown: 2 interventions led by fewer than three staff" in page
    assert "Calm Corner" not in page
    assert "Nothing here touches section F" in page
    assert "A range, not a promise" in page
    assert "This is the plan as it is" in said(test.select_slider(key="what-if-size").set_value(0).run())


def test_lead_and_central_team_are_told_where_ledger_and_figures_differ(open_app: Open) -> None:
    for page in (
        said(at(open_app("staff", Role.SEND_LEAD), "deployment")),
        said(open_app("staff", Role.CENTRAL)),
    ):
        assert "Figures and ledger differ by more than 2%: agency invoices 2025/26." in page
        assert (
            "Agency invoices 2025/26: £882 apart (16%): £282 standing twice, £600 for a school that is not ours and 1"
            in page
        )
        assert "Add the band to the settings" in page
