"""The staff app in Chromium: names that lead to pages."""

from __future__ import annotations

import pytest

from tests.browser.conftest import WIDE, Visit
from tests.support.releases import OAK, PUPIL_CANARY

APP = "staff"
pytestmark = pytest.mark.browser


def test_a_senco_comes_from_the_register_to_a_pupil_of_the_own_school(visit: Visit) -> None:
    look = visit(WIDE)
    look.choose("You are looking as", "SENCO")
    look.choose("School", "Oak Academy")
    look.go("Register")
    assert PUPIL_CANARY not in look.page.content(), "a pupil of another school"
    look.page.get_by_role("link", name="Cedar, Cy", exact=True).click()
    look.page.wait_for_url("**/pupil?role=senco&school=*")
    look.settle()
    assert look.heading() == "Cedar, Cy"


def test_the_first_page_has_an_address_too(visit: Visit) -> None:
    look = visit(WIDE, f"/today?role=senco&school={OAK}")
    assert look.heading() == "Today"
    assert look.page.get_by_role("dialog").count() == 0, "Page not found"
    look.go("Register")
    assert look.heading() == "The register"


def test_a_name_in_the_catalogue_leads_to_its_own_page(visit: Visit) -> None:
    look = visit(WIDE)
    look.go("Interventions")
    look.page.get_by_role("link", name="Word Workshop", exact=True).click()
    look.page.wait_for_url("**/intervention?name=Word+Workshop")
    look.settle()
    assert look.heading() == "Word Workshop"
    look.choose("Intervention", "Phonics Steps")
    assert look.page.url.endswith("name=Phonics+Steps"), "the address follows, so that it can be sent on"
