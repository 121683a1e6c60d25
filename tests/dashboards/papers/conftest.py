"""A visit to the fictional release as a governor or trustee looks, without an app."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dashboards.papers.making import visit_of
from dashboards.releases import find_release
from dashboards.views.visits import Visit

Look = Callable[[str], Visit]


@pytest.fixture
def look(sample_home: Path) -> Look:
    """A look at a school's figures, or at the trust's."""
    release = find_release(sample_home)
    return lambda owner: visit_of(release, owner)
