"""Find a figure: what it counts, of what, when it is blank, and the page that shows it. Every page's end leads here."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from dashboards import finding
from dashboards.access import Role
from dashboards.figures import Row
from dashboards.markup import tag
from dashboards.places import pages_on
from dashboards.queries import release as of_release
from dashboards.tables import Cell, Linked, Stacked, TableTwin, headings
from dashboards.views import page
from dashboards.views.shared_about import BOARD_TABLES, STAFF_TABLES, method_titles
from dashboards.views.visits import Visit, is_role
from dashboards.wording import passports as words
from dashboards.wording.numbers import counted, long_date

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
    typed = st.text_input(
        "What are you looking for?", placeholder="For example: how many children have a plan, money, late", key="find"
    )
    on = set((st.query_params.get("on") or "").split(","))
    is_asked = bool(typed.strip())
    found = finding.found(listed, typed, told, visit.identity.role)
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
    titles = method_titles(visit)
    cells = tuple(
        (finding.name_of(row), _meaning(row), Stacked(told[row["table_name"]], _made(row, titles)),
         _way(visit, row)) for row in rows
    )  # fmt: skip
    labels = headings("Figure", "~What it counts", "~Where it stands, and how it is made", "Page")
    data_date = long_date(visit.about()["data_date"])
    return TableTwin("Figures and what they mean", labels, cells, words.NOTE.format(date=data_date))


def _meaning(row: Row) -> Stacked:
    """What it counts; what a blank means, and when it is hidden."""
    blank = f"Blank: {row['blank_meaning'].rstrip('.')}. " if row["blank_meaning"] else ""
    return Stacked(row["meaning"], blank + words.hidden_words(row["table_name"], row["column_name"]))


def _made(row: Row, titles: Mapping[str, str]) -> str:
    """From which files, and the method page on it."""
    title = titles.get(words.method_of(row["table_name"]))
    return words.source_words(row["table_name"]) + (f" Method: {title}" if title else "")


def _way(visit: Visit, row: Row) -> Cell:
    address = pages_on(row["table_name"]).get(visit.identity.role)
    return Linked("Open", address, visit.here()) if address else "–"
