"""Find a figure: what it counts, of what, when it is blank, and the page that shows it. Every page's end leads here."""

from __future__ import annotations

import streamlit as st

from dashboards import finding
from dashboards.access import Role
from dashboards.figures import Row
from dashboards.markup import tag
from dashboards.places import pages_on
from dashboards.queries import release as of_release
from dashboards.tables import Cell, Linked, TableTwin, headings
from dashboards.views import page
from dashboards.views.shared_about import BOARD_TABLES, STAFF_TABLES
from dashboards.views.visits import Visit, is_role
from dashboards.wording.numbers import counted

ADDRESS, MOST = "find", 40
NO_FIGURES = ("school_urn", "pupil_key", "data_date", "hidden_columns")

NOTHING = "No figure has these words. Try one word, or another one."
EMPTY = "Type a word, or come here from the end of a page to see what its figures mean."


def show(visit: Visit) -> None:
    """A box to type in; without a word, the figures of the page that led here (``?on=``)."""
    page.masthead(visit, visit.about()["trust_name"], "Find a figure")
    told = BOARD_TABLES if is_role(visit, Role.GOVERNOR, Role.TRUSTEE) else BOARD_TABLES | STAFF_TABLES
    passports = visit.read(of_release.passports())
    listed = [row for row in passports if row["table_name"] in told and row["column_name"] not in NO_FIGURES]
    words = st.text_input(
        "What are you looking for?", placeholder="For example: how many children have a plan, money, late", key="find"
    )
    on = set((st.query_params.get("on") or "").split(","))
    is_asked = bool(words.strip())
    found = finding.found(listed, words, told, visit.identity.role)
    found = found if is_asked else [row for row in listed if _short(row) in on]
    if not found:
        page.paragraphs(NOTHING if is_asked else EMPTY)
        return
    more = f" The first {MOST} are shown; add a word." if is_asked and len(found) > MOST else ""
    page.paragraphs(f"{counted(len(found), 'figure')} found.{more}")
    page.table(_table(visit, found[:MOST] if is_asked else found, told), "figures", visit)


def show_way_to_passports(visit: Visit) -> None:
    """At the end of a page: the way to what its figures mean."""
    on = sorted(_short({"table_name": name}) for name in visit.asked if name in BOARD_TABLES | STAFF_TABLES)
    if on:
        way = Linked("What the figures on this page mean", ADDRESS, {**visit.here(), "on": ",".join(on)})
        st.html(tag("p", way.html(), class_="no-print"))


def _short(row: Row) -> str:
    return str(row["table_name"]).removeprefix("mart_")


def _table(visit: Visit, rows: list[Row], told: dict[str, str]) -> TableTwin:
    cells = tuple(
        (finding.name_of(row), row["meaning"], told[row["table_name"]], row["blank_meaning"] or "–", _way(visit, row))
        for row in rows
    )
    labels = headings("Figure", "~What it counts", "Stands in", "A blank means", "Page")
    return TableTwin("Figures and what they mean", labels, cells)


def _way(visit: Visit, row: Row) -> Cell:
    address = pages_on(row["table_name"]).get(visit.identity.role)
    return Linked("Open", address, visit.here()) if address else "–"
