"""The map of pages: what a page is said to show it reads, and what it reads the map knows."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st

from dashboards import board, staff
from dashboards.access import ONE_SCHOOL, Identity, Role, files_for
from dashboards.places import BOARD_NAMES, pages_on, tables_with_pages
from dashboards.releases import find_release
from dashboards.views.shared_about import BOARD_TABLES, STAFF_TABLES
from dashboards.views.visits import Visit
from tests.support.releases import ASH, ELM, OAK
from tests.support.rendered import show_alone

PAGES = {**board.PAGES, **staff.PAGES}
PUPIL = {"mart_interventions__pupil", "mart_value_for_money__plan", "mart_sen_flows__pupil"}
"""Read once a pupil has been chosen."""
WITH_QUESTIONS = {"questions", "sign-off", "morning", "ladder", "register-health"}
"""Pages that read a table when a question rests on it."""


@pytest.fixture(scope="module")
def read(sample_home: Path) -> Iterator[dict[tuple[Role, str], set[str]]]:
    """Role and page: the tables it reads, in one school or another."""
    release, found = find_release(sample_home), defaultdict[tuple[Role, str], set[str]](set)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["streamlit"])
        patch.setenv("ORCHARD_HOME", str(sample_home))
        for role, leaves in PAGES.items():
            for urn in (ELM, OAK, ASH) if role in ONE_SCHOOL else ("",):
                identity = Identity(role, (urn,) if urn else ())
                for leaf in leaves[:-2]:
                    visit = Visit(identity, release, files_for(identity, release.folder)[0])
                    show_alone(leaf.show, visit)
                    found[role, leaf.address] |= visit.asked
    yield found
    st.cache_resource.clear()


def test_each_page_shows_what_the_map_says(read: dict[tuple[Role, str], set[str]]) -> None:
    for table in tables_with_pages():
        for role, address in pages_on(table).items():
            is_seen = table in read[role, address] or address in WITH_QUESTIONS or table in PUPIL
            assert is_seen, f"{role} is led to {address}, which does not read {table}"


def test_whatever_a_page_reads_the_map_leads_to(read: dict[tuple[Role, str], set[str]]) -> None:
    for (role, address), tables in read.items():
        unknown = {table for table in tables if role not in pages_on(table) and "__" in table}
        assert {table for table in unknown if not table.startswith("mart_release__")} == set(), (role, address)


def test_every_address_is_a_page_of_that_role_and_every_table_has_a_name() -> None:
    for table in tables_with_pages():
        assert table in BOARD_TABLES | STAFF_TABLES
        for role, address in pages_on(table).items():
            assert address in {leaf.address for leaf in PAGES[role]}, (table, role)
    for role, names in BOARD_NAMES.items():
        assert names.items() <= {leaf.address: leaf.title for leaf in board.PAGES[role]}.items()


def test_an_unknown_table_has_no_page() -> None:
    assert pages_on("mart_weather__day") == {}
