"""Every page of the SEND lead, SENCOs and the central team in Chromium."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboards.access import APP_ROLES, Role
from dashboards.staff import PAGES
from tests.browser.conftest import WIDE, Visit
from tests.browser.walking import Walk
from tests.support.releases import ELM

APP = "staff"
pytestmark = pytest.mark.browser


@pytest.mark.parametrize("role", sorted(APP_ROLES[APP]))
def test_every_page_holds_at_every_width_and_in_the_dark(visit: Visit, pictures: Path, role: Role) -> None:
    walk = Walk(visit(WIDE, f"?role={role}&school={ELM}"), role)
    walk.through(PAGES[role])
    walk.write(pictures)
    assert walk.faults == []
