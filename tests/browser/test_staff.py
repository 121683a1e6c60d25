"""The staff app in Chromium: SEND lead, SENCO and central team, wide and narrow."""

from __future__ import annotations

import pytest

from tests.browser.conftest import NARROW, WIDE, Visit
from tests.support.releases import PUPIL_CANARY

APP = "staff"
pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_send_lead_senco_and_central_team(visit: Visit, width: int) -> None:
    look = visit(width)
    look.check("morning")
    look.go("Interventions")
    look.page.wait_for_selector("[data-testid=stPlotlyChart] .main-svg")
    look.choose("In order", "by area of need")
    look.check("interventions")
    look.go("One intervention")
    look.choose("Intervention", "Phonics Steps")
    assert look.page.get_by_role("heading", level=1).inner_text() == "Phonics Steps"
    look.page.wait_for_selector("[data-testid=stPlotlyChart] .main-svg")
    look.check("intervention")
    look.go("Compare schools")
    look.choose("Intervention", "Phonics Steps")
    look.page.wait_for_selector("[data-testid=stPlotlyChart] .main-svg")
    look.check("compare")
    look.go("Value for money")
    look.page.wait_for_selector("[data-testid=stPlotlyChart] .main-svg")
    look.check("value")
    look.go("Plan and review by school")
    look.check("cycles-by-school")
    look.go("Promised and delivered")
    look.check("delivery")
    look.go("EHC plan clock")
    look.page.wait_for_selector("[data-testid=stPlotlyChart] .main-svg")
    look.check("clock")
    look.choose("You are looking as", "SENCO")
    look.choose("School", "Oak Academy")
    look.check("today")
    look.go("Plan and review")
    look.check("cycles")
    look.go("Groups to review")
    look.check("groups")
    look.go("Outcomes and milestones")
    look.check("outcomes")
    look.go("Please mend")
    look.check("mend")
    look.go("Register")
    assert PUPIL_CANARY not in look.page.content(), "a pupil of another school"
    assert "Cedar, Cy" in look.page.inner_text("[data-testid=stMain]")
    look.check("register")
    look.page.get_by_role("link", name="Cedar, Cy", exact=True).click()
    look.page.wait_for_url("**/pupil?role=senco&school=*")
    look.settle()
    assert look.page.get_by_role("heading", level=1).inner_text() == "Cedar, Cy"
    look.errors.clear()  # opened by its address, Streamlit first looks for its own files beside the page
    look.check("pupil")
    look.choose("You are looking as", "Central team")
    look.check("night")


def test_a_name_in_the_catalogue_leads_to_its_own_page(visit: Visit) -> None:
    look = visit(WIDE)
    look.go("Interventions")
    look.page.get_by_role("link", name="Word Workshop", exact=True).click()
    look.page.wait_for_url("**/intervention?name=Word+Workshop")
    look.settle()
    assert look.page.get_by_role("heading", level=1).inner_text() == "Word Workshop"
    look.choose("Intervention", "Phonics Steps")
    assert look.page.url.endswith("name=Phonics+Steps"), "the address follows, so that it can be sent on"
