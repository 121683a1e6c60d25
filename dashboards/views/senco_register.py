"""The SENCO's register: who is on it today, in this school. The page names children."""

from __future__ import annotations

import streamlit as st

from dashboards.figures import Row
from dashboards.queries import pupils, sen_flows
from dashboards.tables import TableTwin, headings
from dashboards.views import page
from dashboards.views.pupil_lists import link_to, name_of, show_list
from dashboards.views.senco_unlisted import show_unlisted
from dashboards.views.visits import Visit
from dashboards.wording import sen_flows as flow_words
from dashboards.wording.apdr import short_date
from dashboards.wording.needs import provision_words, type_words, year_words
from dashboards.wording.numbers import grouped

EVERYONE = "All"


def show(visit: Visit) -> None:
    """The register of one school."""
    urn = visit.school_urn or ""
    rows = visit.read(pupils.register(urn))
    plans = sum(1 for row in rows if row["sen_provision"] == "E")
    page.masthead(visit, visit.schools()[urn]["school_name"], "The register",
                  [("On the register", grouped(len(rows))), ("EHC plan", grouped(plans)),
                   ("SEN support", grouped(len(rows) - plans))])  # fmt: skip
    _changes(visit, urn)
    if not rows:
        page.paragraphs("Nobody is on the register on the date of the data.")
        show_unlisted(visit, urn)
        return
    chosen = st.selectbox("Show", [EVERYONE, "E", "K"], format_func=_choice_words, key="register-provision")
    listed = [row for row in rows if chosen in (EVERYONE, row["sen_provision"])]
    page.table(_register_table(visit, listed), "register", visit)
    show_unlisted(visit, urn)


def _changes(visit: Visit, urn: str) -> None:
    """Who came on the register, left it or changed on it, the newest first; the list of everyone comes after it."""
    rows = visit.read(sen_flows.of_pupils(urn))
    if rows:
        show_list("Changes on the register", _flows_table(rows), "register-flows", visit, pupils=rows,
                  lead=f"This school year and the last; the newest of {short_date(rows[0]['flow_date'])}.",
                  fold=f"Show the {grouped(len(rows))} changes")  # fmt: skip
        page.section("Everyone on it")


def _choice_words(choice: str) -> str:
    return "Everyone on the register" if choice == EVERYONE else provision_words(choice)


def _register_table(visit: Visit, rows: list[Row]) -> TableTwin:
    return TableTwin(
        "Pupils with SEN on roll",
        headings("Pupil", "Year", "Provision", "Primary need"),
        tuple(
            (link_to(visit, row), year_words(row["nc_year"]), provision_words(row["sen_provision"]),
             type_words(row["sen_type"]))
            for row in rows
        ),
    )  # fmt: skip


def _flows_table(rows: list[Row]) -> TableTwin:
    return TableTwin(
        "Who joined, left or changed",
        headings("Pupil", "Day", "Half-term", "What happened", "~From and to"),
        tuple(
            (name_of(row), short_date(row["flow_date"]), flow_words.half_term_words(row),
             flow_words.event_words(row["flow"]), flow_words.change_words(row))
            for row in rows
        ),
    )  # fmt: skip
