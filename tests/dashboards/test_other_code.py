"""A release that other code made, in the apps: a page that misses a table or a column is one plain sentence."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st

from dashboards import board, marts, staff
from dashboards.access import APP_ROLES, ONE_SCHOOL, Identity, Role, files_for
from dashboards.releases import find_release
from dashboards.views.opening import Leaf
from dashboards.views.visits import Visit
from expectations.errors import OrchardError
from expectations.tables import ALL
from pipelines.publish import PUPIL_LEVELS
from tests.dashboards.conftest import Open, said
from tests.support.other_code import alter
from tests.support.releases import ELM, publish_release
from tests.support.rendered import show_alone

PAGES = {**board.PAGES, **staff.PAGES}
MARTS = [table for table in ALL.values() if table.layer == "mart" and table.sensitivity in PUPIL_LEVELS]
FIGURES = [table for table in MARTS if not table.name.startswith("mart_release__")]


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Path]]:
    """A release without one figure's table, and one in which each table lacks its last figure."""
    made = {}
    for kind, statements in {
        "tables": [f"drop table {table.name}" for table in FIGURES],
        "columns": [
            f"alter table {table.name} drop column "
            + [name for name in table.column_names if name not in (*table.key, "school_urn", "hidden_columns")][-1]
            for table in FIGURES
        ],
    }.items():
        made[kind] = tmp_path_factory.mktemp(kind)
        alter(publish_release(made[kind]), *statements)
    yield made
    st.cache_resource.clear()


@pytest.mark.parametrize("kind", ["tables", "columns"])
@pytest.mark.parametrize("role", list(Role))
def test_each_page_either_shows_or_says_it_plainly(
    homes: dict[str, Path], kind: str, role: Role, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["streamlit"])
    monkeypatch.setenv("ORCHARD_HOME", str(homes[kind]))
    refused = {leaf.title: _refusal(leaf, homes[kind], role) for leaf in PAGES[role]}
    told = [said for said in refused.values() if said]
    assert set(told) <= {marts.OTHER_CODE}, refused
    assert len(told) >= len(PAGES[role]) / 2 or role is Role.CENTRAL


def _refusal(leaf: Leaf, home: Path, role: Role) -> str:
    """What the page says instead of its figures; '' when it shows them."""
    release = find_release(home)
    identity = Identity(role, (ELM,) if role in ONE_SCHOOL else ())
    [database] = files_for(identity, release.folder)
    try:
        show_alone(leaf.show, Visit(identity, release, database))
    except OrchardError as refusal:
        return refusal.what
    return ""


@pytest.mark.parametrize("app", list(APP_ROLES))
def test_a_reader_has_a_page_of_words_and_the_other_pages(homes: dict[str, Path], open_app: Open, app: str) -> None:
    test = open_app(app, home=homes["tables"])
    assert not test.exception
    page = said(test)
    assert "This page cannot be shown from these figures" in page
    assert "Other pages may work" in page
    assert "mart_" not in page
