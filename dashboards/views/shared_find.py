"""Find a figure: what it counts, of what, when it is blank, and the page that shows it. Every page's end leads here."""

from __future__ import annotations

import streamlit as st

from dashboards.access import Role
from dashboards.figures import Row
from dashboards.markup import tag
from dashboards.queries import release as of_release
from dashboards.tables import Cell, Linked, TableTwin, headings
from dashboards.views import page
from dashboards.views.shared_about import BOARD_TABLES, STAFF_TABLES
from dashboards.views.visits import Visit, is_role
from dashboards.wording.numbers import counted

ADDRESS, MOST = "find", 40
NO_FIGURES = ("school_urn", "pupil_key", "data_date", "hidden_columns")
PAGES_BY_NOUN: dict[str, dict[Role, str]] = {
    "pupils": {Role.GOVERNOR: "school", Role.TRUSTEE: "schools", Role.SENCO: "register"},
    "needs": {Role.GOVERNOR: "pupils", Role.TRUSTEE: "identification", Role.SEND_LEAD: "register-health"},
    "sen_flows": {Role.GOVERNOR: "pupils", Role.TRUSTEE: "identification", Role.SENCO: "pupil"},
    "match": {Role.GOVERNOR: "pupils", Role.TRUSTEE: "identification", Role.SEND_LEAD: "register-health",
              Role.SENCO: "conflicts"},
    "identification": {Role.GOVERNOR: "pupils", Role.TRUSTEE: "identification", Role.SENCO: "register"},
    "moderation": {Role.TRUSTEE: "identification", Role.SEND_LEAD: "moderation"},
    "inclusion": {Role.GOVERNOR: "included", Role.TRUSTEE: "included", Role.SEND_LEAD: "included",
                  Role.SENCO: "included"},
    "progress": {Role.GOVERNOR: "progress", Role.TRUSTEE: "progress", Role.SEND_LEAD: "ladder", Role.SENCO: "ladder"},
    "ehc_clock": {Role.GOVERNOR: "plans", Role.TRUSTEE: "risk", Role.SEND_LEAD: "clock", Role.SENCO: "today"},
    "ehc_outcomes": {Role.GOVERNOR: "plans", Role.TRUSTEE: "risk", Role.SEND_LEAD: "delivery", Role.SENCO: "outcomes"},
    "ehc_delivery": {Role.GOVERNOR: "plans", Role.TRUSTEE: "risk", Role.SEND_LEAD: "delivery", Role.SENCO: "outcomes"},
    "impact": {Role.GOVERNOR: "works", Role.TRUSTEE: "works", Role.SEND_LEAD: "interventions", Role.SENCO: "groups"},
    "interventions": {Role.SEND_LEAD: "interventions", Role.SENCO: "groups"},
    "apdr": {Role.SEND_LEAD: "cycles-by-school", Role.SENCO: "cycles"},
    "cost_effectiveness": {Role.GOVERNOR: "works", Role.TRUSTEE: "money", Role.SEND_LEAD: "value"},
    "money": {Role.GOVERNOR: "money", Role.TRUSTEE: "money", Role.SEND_LEAD: "deployment", Role.CENTRAL: "night"},
    "value_for_money": {Role.GOVERNOR: "school", Role.TRUSTEE: "schools", Role.SENCO: "pupil"},
    "destinations": {Role.GOVERNOR: "leavers", Role.TRUSTEE: "destinations", Role.SEND_LEAD: "leavers",
                     Role.SENCO: "calls"},
    "moves": {Role.GOVERNOR: "leavers", Role.TRUSTEE: "destinations", Role.SEND_LEAD: "leavers",
              Role.SENCO: "included"},
    "referrals": {Role.GOVERNOR: "school", Role.TRUSTEE: "risk", Role.SEND_LEAD: "commissioning",
                  Role.SENCO: "referrals"},
    "purchasing": {Role.SEND_LEAD: "commissioning"},
    "strategy": {Role.TRUSTEE: "strategy"},
    "deliveries": {Role.GOVERNOR: "school", Role.TRUSTEE: "schools", Role.SEND_LEAD: "morning", Role.SENCO: "mend",
                   Role.CENTRAL: "night"},
    "questions": {Role.GOVERNOR: "school", Role.TRUSTEE: "trust", Role.SEND_LEAD: "morning"},
}  # fmt: skip
"""Subject of a published table: the page of each role that shows it first."""


def show(visit: Visit) -> None:
    """A box to type in; without a word, the figures of the page that led here (``?on=``)."""
    page.masthead(visit, visit.about()["trust_name"], "Find a figure")
    told = BOARD_TABLES if is_role(visit, Role.GOVERNOR, Role.TRUSTEE) else BOARD_TABLES | STAFF_TABLES
    passports = visit.read(of_release.passports())
    listed = [row for row in passports if row["table_name"] in told and row["column_name"] not in NO_FIGURES]
    words = st.text_input(
        "What are you looking for?", placeholder="For example: delivered, reviews, absence", key="find"
    )
    on = set((st.query_params.get("on") or "").split(","))
    found = matching(listed, words, told) if words.strip() else [row for row in listed if _short(row) in on]
    if not found:
        page.paragraphs("No figure has these words. Try one word." if words.strip() else "Type a word, or come here "
                        "from the end of a page to see what its figures mean.")  # fmt: skip
        return
    more = f" The first {MOST} are shown; add a word." if words.strip() and len(found) > MOST else ""
    page.paragraphs(f"{counted(len(found), 'figure')} found.{more}")
    page.table(_table(visit, found[:MOST] if words.strip() else found, told), "figures", visit)


def matching(rows: list[Row], words: str, told: dict[str, str]) -> list[Row]:
    """The figures of which name, meaning or table holds every word."""
    wanted = words.lower().split()
    said = ((row, f"{name_of(row)} {row['meaning']} {told[row['table_name']]}".lower()) for row in rows)
    return [row for row, text in said if all(word in text for word in wanted)]


def name_of(row: Row) -> str:
    """A figure's name as people write it."""
    return str(row["column_name"]).replace("_", " ")


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
        (name_of(row), row["meaning"], told[row["table_name"]], row["blank_meaning"] or "–", _way(visit, row))
        for row in rows
    )
    labels = headings("Figure", "~What it counts", "Stands in", "A blank means", "Page")
    return TableTwin("Figures and what they mean", labels, cells)


def _way(visit: Visit, row: Row) -> Cell:
    address = PAGES_BY_NOUN.get(_short(row).split("__")[0], {}).get(visit.identity.role)
    return Linked("Open", address, visit.here()) if address else "–"
