"""Data conflicts: where register, census and Insight differ in one school, and what the next census needs.

For the SENCO; it names children. A conflict is not ticked off: it goes when the lists agree.
"""

from __future__ import annotations

import streamlit as st

from dashboards.figures import Row
from dashboards.markup import tag
from dashboards.queries import match, sen_flows
from dashboards.tables import TableTwin, headings
from dashboards.views import page
from dashboards.views.pupil_lists import name_of, show_list
from dashboards.views.visits import Visit
from dashboards.wording import match as words
from dashboards.wording.apdr import short_date
from dashboards.wording.needs import provision_words, year_words
from dashboards.wording.numbers import counted, grouped


def show(visit: Visit) -> None:
    """The conflicts of one school."""
    urn = visit.school_urn or ""
    rows, closed = visit.read(match.open_conflicts(urn)), visit.read(match.closed_conflicts(urn))
    old = sum(1 for row in rows if row["open_days"] > words.OLD_AFTER)
    page.masthead(visit, visit.schools()[urn]["school_name"], "Data conflicts",
                  [("Open", grouped(len(rows))), ("Open over 10 days", grouped(old)),
                   ("Closed in 12 months", grouped(len(closed)))])  # fmt: skip
    if not rows:
        page.paragraphs("Register, census and Insight say the same of every pupil.")
    for owner in ("SENCO", "OFFICE", "INSIGHT_LEAD"):
        theirs = [row for row in rows if row["owner"] == owner]
        show_list(
            f"To mend: {words.owner_words(owner)}",
            _open_table(theirs, owner),
            f"conflicts-{owner.lower()}",
            visit,
            pupils=theirs,
        )
    _census(visit, visit.read(match.worklist(urn)))
    gaps = visit.read(sen_flows.gaps(urn))
    _gaps(visit, gaps)
    show_list("Closed in the last 12 months", _closed_table(closed), "conflicts-closed", visit,
              lead=f"{counted(len(closed), 'conflict')} ended.", fold="Show which", pupils=closed)  # fmt: skip
    st.html(tag("details", tag("summary", "How conflicts are found and closed"), tag("p", words.HOW_COUNTED),
                tag("p", words.CODES)))  # fmt: skip


def _open_table(rows: list[Row], owner: str) -> TableTwin:
    return TableTwin(
        f"For the {words.owner_in_sentence(owner)}, the longest open first",
        headings("Pupil", "Year", "What differs", "Register", "Census", "Insight or tracker", "#Open", "~To close it"),
        tuple(
            (name_of(row), year_words(row["nc_year"]) if row["nc_year"] else "Not on roll",
             words.field_words(row["match_field"]),
             *(words.said_words(row["match_field"], row[f"{source}_said"]) for source in ("register", "census")),
             _third(row), counted(row["open_days"], "day"), words.way_words(row))
            for row in rows
        ),
    )  # fmt: skip


def _third(row: Row) -> str:
    """What Insight says, or for the plan's day the tracker."""
    if row["tracker_said"]:
        return f"Plan tracker: {words.said_words(row['match_field'], row['tracker_said'])}"
    return words.said_words(row["match_field"], row["insight_said"])


def _census(visit: Visit, rows: list[Row]) -> None:
    """What must be right before the census that comes, and before the next one that collects the need."""
    terms = list(dict.fromkeys((row["census_term"], row["census_date"], row["left_days"]) for row in rows))
    if not terms:
        page.section("Before the next census", "Nothing that a census would query is on record.")
    for term, day, left in terms:
        listed = [row for row in rows if row["census_date"] == day]
        twin = TableTwin(
            f"To be right before the {words.term_words(term)} census",
            headings("Pupil", "Year", "~What to put right", "Who"),
            tuple(
                (name_of(row), year_words(row["nc_year"]) if row["nc_year"] else "Not on roll",
                 words.rule_words(row["worklist_rule"]), words.owner_words(row["owner"]))
                for row in listed
            ),
        )  # fmt: skip
        show_list(f"Before the {words.term_words(term)} census", twin, f"census-{term.lower()}", visit,
                  lead=words.census_words(term, day, left), pupils=listed)  # fmt: skip


def _gaps(visit: Visit, rows: list[Row]) -> None:
    without = [row for row in rows if row["gap"] == "NO_PROVISION"]
    beyond = [row for row in rows if row["gap"] == "NOT_REGISTERED"]
    show_list(
        "On the register, no provision on record",
        TableTwin(
            "The longest on the register first",
            headings("Pupil", "Year", "Provision", "On it since", "#Groups in 12 months"),
            tuple(
                (name_of(row), year_words(row["nc_year"]), provision_words(row["sen_provision"]),
                 short_date(row["since_date"]), grouped(row["groups_count"]))
                for row in without
            ),
        ),
        "register-without",
        visit,
        lead=f"{counted(len(without), 'pupil')}: no running group, no line of a plan this year, no cycle of assess, "
        "plan, do, review that has begun.",
        pupils=without,
    )  # fmt: skip
    show_list(
        "In an intervention, not on the register",
        TableTwin(
            "Most groups in 12 months first",
            headings("Pupil", "Year", "First running group since", "#Groups in 12 months"),
            tuple(
                (name_of(row), year_words(row["nc_year"]), short_date(row["since_date"]), grouped(row["groups_count"]))
                for row in beyond
            ),
        ),
        "register-beyond",
        visit,
        lead=f"{counted(len(beyond), 'pupil')}. No fault: catching up is not special provision. Of those in several "
        "groups, has anybody looked?",
        fold="Show who",
    )  # fmt: skip


def _closed_table(rows: list[Row]) -> TableTwin:
    return TableTwin(
        "Conflicts that ended, the newest first",
        headings("Pupil", "What differed", "Open since", "Closed", "How"),
        tuple(
            (name_of(row), words.field_words(row["match_field"]), short_date(row["opened_date"]),
             short_date(row["closed_date"]), words.closed_words(row["closed_how"]))
            for row in rows
        ),
    )  # fmt: skip
