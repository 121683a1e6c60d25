"""Every page of governors and trustees in Chromium."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboards.access import APP_ROLES, Role
from dashboards.board import PAGES
from tests.browser.conftest import WIDE, Visit
from tests.browser.walking import Walk
from tests.support.releases import ELM, PUPIL_CANARY

APP = "board"
pytestmark = pytest.mark.browser


@pytest.mark.parametrize("role", sorted(APP_ROLES[APP]))
def test_every_page_holds_at_every_width_and_in_the_dark(visit: Visit, pictures: Path, role: Role) -> None:
    walk = Walk(visit(WIDE, f"?role={role}&school={ELM}"), role, never=PUPIL_CANARY)
    walk.through(PAGES[role])
    walk.write(pictures)
    assert walk.faults == []
