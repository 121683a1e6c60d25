"""The SEND lead settles a name in Chromium, wide and narrow; a hostile name is only text."""

from __future__ import annotations

import pytest

from tests.browser.conftest import NARROW, WIDE, Visit

APP = "staff"
pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "name", "meaning"), [(WIDE, "Red Table", "Word Workshop"),
                                                        (NARROW, "Phonix step!", "Phonics Steps")])  # fmt: skip
def test_the_send_lead_settles_a_name(visit: Visit, width: int, name: str, meaning: str) -> None:
    look = visit(width)
    look.go("Names to settle")
    main = look.page.locator("[data-testid=stMain]")
    listed = look.page.get_by_role("combobox", name="Name that schools use")
    listed.scroll_into_view_if_needed()
    look.settle()
    listed.click()
    look.page.get_by_role("option").first.wait_for()
    offered = look.page.get_by_role("option").all_inner_texts()
    chosen = next(label for label in offered if label == name)
    assert any("=cmd" in label and "![x](https" in label for label in offered), "kept as text"
    look.page.get_by_role("option", name=chosen, exact=True).click()
    look.settle()
    look.choose("It stands for", meaning)
    look.page.get_by_role("button", name="Settle this name").click()
    main.get_by_text("Recorded. The schools’ own pages follow on the next night.").wait_for()
    look.settle()
    assert meaning in look.page.get_by_role("region", name="Settled names").inner_text()
    assert main.locator("a[href*='example.org'], img[src*='example.org']").count() == 0
    look.check("names")
