"""A page says exactly how many hidden figures its reader can see on it: the signs are counted as they are sent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st

from dashboards import board, staff
from dashboards.access import Identity, Role, files_for
from dashboards.figures import spoken
from dashboards.markup import HIDDEN, join, signs_in, text
from dashboards.releases import find_release
from dashboards.views.visits import Visit
from tests.support.hidden_told import told_and_shown
from tests.support.releases import OAK

PAGES = {**board.PAGES, **staff.PAGES}
PLACES = [(Role.GOVERNOR, OAK), (Role.TRUSTEE, None), (Role.SEND_LEAD, None)]
"""The school with much hidden; a SENCO's pages of aggregates are the governor's."""


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    yield
    st.cache_resource.clear()


@pytest.mark.parametrize(("role", "urn"), PLACES)
def test_each_page_counts_the_signs_that_it_shows(sample_home: Path, role: Role, urn: str | None) -> None:
    release = find_release(sample_home)
    identity = Identity(role, (urn,) if urn else ())
    [database] = files_for(identity, release.folder)
    for leaf in PAGES[role]:
        told, shown = told_and_shown(leaf.show, Visit(identity, release, database))
        assert told == shown, f"{leaf.title}: {told} told of, {shown} shown"


def test_signs_are_counted_wherever_they_stand_and_letters_are_not() -> None:
    assert signs_in(join(("c", HIDDEN, " of ", HIDDEN))) == 2
    assert signs_in(text('title="hidden: small number"')) == 0


def test_a_text_alternative_says_hidden_in_words() -> None:
    row = {"pupils_count": None, "hidden_columns": "pupils_count", "known_count": 7, "lost_count": None}
    said = [spoken(row, name) for name in ("pupils_count", "known_count", "lost_count")]
    assert said == ["hidden: small number", "7", "not available"]
    assert not re.search(r"\bc\b", " ".join(said))
