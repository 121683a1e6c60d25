"""Leavers to call: whom next, about what, by when. For the SENCO of one school; it names young people."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from dashboards.figures import Row
from dashboards.queries import destinations, moves
from dashboards.tables import Cell, Stacked, TableTwin, headings
from dashboards.views import page
from dashboards.views.pupil_lists import name_of, show_list
from dashboards.views.shared_destinations import how_counted
from dashboards.views.visits import Visit
from dashboards.wording import destination_calls as words
from dashboards.wording import moves as move_words
from dashboards.wording.apdr import ahead_words, late_words, short_date
from dashboards.wording.needs import provision_words, year_words
from dashboards.wording.numbers import grouped


def show(visit: Visit) -> None:
    """The leavers of one school that are to be called."""
    urn, today = visit.school_urn or "", visit.about()["data_date"]
    calls = visit.read(destinations.calls(urn))
    late, soon, later = split_calls(calls, today)
    page.masthead(visit, visit.schools()[urn]["school_name"], "Leavers to call",
                  [("Overdue", grouped(len(late))), (f"Due in {words.DAYS_AHEAD} days", grouped(len(soon))),
                   ("Later", grouped(len(later)))])  # fmt: skip
    page.reading(words.calls_sentence(len(late), len(soon)))
    st.html(how_counted(words.RULE))
    show_list("Overdue now", calls_table("Overdue, the longest first", late, today), "calls-overdue", visit)
    show_list("Due next", calls_table("Due soon, the soonest first", soon, today), "calls-due", visit)
    if later:
        page.section("Later", "Known so far; the next call comes with its day.")
        page.table(calls_table("Calls to come", later, today), "calls-later", visit, fold="Show them", is_printed=False)
    moved = visit.read(moves.by_name(urn))
    if moved:
        page.section(
            "Left before the end of a phase", "In the last three years. Where it says not known, please tell us."
        )
        page.table(moves_by_name(moved), "moves", visit, fold="Show them", is_printed=False)


def split_calls(calls: list[Row], today: dt.date) -> tuple[list[Row], list[Row], list[Row]]:
    """Overdue, due within thirty days (today among them), later."""
    last = today + dt.timedelta(days=words.DAYS_AHEAD)
    late = [row for row in calls if row["overdue_days"] > 0]
    soon = [row for row in calls if today <= row["call_due_date"] <= last]
    return late, soon, [row for row in calls if row["call_due_date"] > last]


def calls_table(caption: str, rows: list[Row], today: dt.date, schools: dict[str, str] | None = None) -> TableTwin:
    """A list of calls; with the school where more than one is listed."""
    labels = headings("Young person", *(["School"] if schools else []), "~Ask", "~So far", "Due", "#That is")
    return TableTwin(caption, labels, tuple(_call(row, today, schools) for row in rows))


def _call(row: Row, today: dt.date, schools: dict[str, str] | None) -> tuple[Cell, ...]:
    late = row["overdue_days"]
    when = f"{late_words(late)} late" if late else ahead_words(row["call_due_date"], today)
    school = [schools.get(row["school_urn"], row["school_urn"])] if schools else []
    asked = Stacked(words.point_words(row), words.whom_words(row))
    return (name_of(row), *school, asked, Stacked(words.state_words(row), words.contact_words(row)),
            short_date(row["call_due_date"]), when)  # fmt: skip


def moves_by_name(rows: list[Row], schools: dict[str, str] | None = None) -> TableTwin:
    """Moves before the end of a phase, by name."""
    labels = headings("Pupil", *(["School"] if schools else []), "Year", "Provision", "Left", "To")
    cells = tuple(
        (name_of(row), *([schools.get(row["school_urn"], row["school_urn"])] if schools else []),
         year_words(row["nc_year"]), provision_words(row["sen_provision"]), short_date(row["leaving_date"]),
         move_words.type_words(row["move_type"]))
        for row in rows
    )  # fmt: skip
    return TableTwin("Moves, the latest first", labels, cells)
