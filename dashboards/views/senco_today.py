"""Today: what the law's clock asks of this school, most pressing first; what waits for the authority; what to check.

For the SENCO of one school; it names children. Every list can be printed or downloaded, the days go to a calendar.
"""

from __future__ import annotations

import datetime as dt

import streamlit as st

from dashboards import access
from dashboards.figures import Row
from dashboards.queries import ehc_clock
from dashboards.tables import TableTwin, headings
from dashboards.views import page
from dashboards.views.pupil_lists import name_of, show_list
from dashboards.views.senco_waiting import waiting_table
from dashboards.views.shared_ehc_clock import show_how_counted
from dashboards.views.visits import Visit
from dashboards.wording import ehc_clock as words
from dashboards.wording.apdr import short_date
from dashboards.wording.needs import year_words
from dashboards.wording.numbers import counted, grouped

FARTHEST = 90


def show(visit: Visit) -> None:
    """What is due in one school: the law's clock, what else is late, the authority, then later."""
    urn, today = visit.school_urn or "", visit.about()["data_date"]
    rows = visit.read(ehc_clock.due(urn))
    ours = [row for row in rows if row["owed_by"] == "SCHOOL" and row["due_date"]]
    late = [row for row in ours if row["left_days"] < 0]
    soon = [row for row in ours if 0 <= row["left_days"] <= words.DAYS_AHEAD]
    theirs = [row for row in rows if row["owed_by"] == "AUTHORITY" and row["left_days"] < 0]
    page.masthead(visit, visit.schools()[urn]["school_name"], "Today",
                  [("Overdue", grouped(len(late))), (f"Due in {words.DAYS_AHEAD} days", grouped(len(soon))),
                   ("Late at the authority", grouped(len(theirs)))])  # fmt: skip
    page.reading(words.today_sentence(len(late), len(soon)))
    show_calendar(visit, urn)
    show_list(
        "Overdue: ours", due_table("Overdue, the longest first", late, today), "today-overdue", visit, pupils=late
    )
    show_list(f"Due in the next {words.DAYS_AHEAD} days", due_table("The soonest first", soon, today), "today-soon",
              visit, pupils=soon)  # fmt: skip
    show_list("Late at the authority", due_table("The longest first", theirs, today), "today-authority", visit,
              "Who has asked the authority about these, when, and what did it say?", pupils=theirs)  # fmt: skip
    show_list("Overdue on your other pages", waiting_table(visit, urn), "today-waiting", visit,
              lead="Pupils who miss school first, then what was promised, then the records.")  # fmt: skip
    _ahead(visit, ours, today)
    moving = visit.read(ehc_clock.transfers(urn))
    show_list("Changes of phase this year", _transfers_table(moving), "today-transfers", visit, pupils=moving)
    adult = visit.read(ehc_clock.adulthood(urn))
    show_list("Preparation for adulthood", _adulthood_table(adult), "today-adulthood", visit,
              lead=words.covered_sentence(adult), fold="Show these reviews", pupils=adult)  # fmt: skip
    checks = [row for row in rows if row["kind"] == "CHECK"]
    show_list(
        "To check in the tracker",
        _checks_table(checks),
        "today-checks",
        visit,
        lead=f"{counted(len(checks), 'entry', 'entries')} that the tracker should say better.",
        fold="Show what to check",
        pupils=checks,
    )
    ended = visit.read(ehc_clock.late_reviews(urn))
    show_list("Late steps of the last 12 months", _late_table(ended), "today-late", visit, pupils=ended,
              lead="The school’s steps and the authority’s stand apart.", fold="Show these reviews")  # fmt: skip
    show_how_counted()


def show_calendar(visit: Visit, urn: str) -> None:
    """The school's days as a file for a calendar program, as the release holds it."""
    path = access.calendar_for(visit.identity, urn, visit.release.folder)
    if path is not None and path.is_file():
        st.download_button("Days for my calendar (.ics)", path.read_bytes(), f"ehc-plans-{urn}.ics", "text/calendar",
                           key=f"calendar-{urn}", on_click="ignore", help=words.NO_NAMES)  # fmt: skip


def _ahead(visit: Visit, ours: list[Row], today: dt.date) -> None:
    """What comes within 30, 60 and 90 days: exact numbers, and the list folded away."""
    later = [row for row in ours if words.DAYS_AHEAD < row["left_days"] <= FARTHEST]
    counts = [sum(1 for row in ours if 0 <= row["left_days"] <= days) for days in words.PERIODS]
    page.section("Further ahead", "; ".join(f"{counted(count, 'step')} in {days} days"
                 for count, days in zip(counts, words.PERIODS, strict=True)) + ".")  # fmt: skip
    if later:
        twin = due_table(f"After {words.DAYS_AHEAD} days, up to {FARTHEST}", later, today)
        page.table(twin, "today-later", visit, fold="Show what comes")


def due_table(caption: str, rows: list[Row], today: dt.date) -> TableTwin:
    """Steps that are due, in the order given."""
    return TableTwin(
        caption,
        headings("Pupil", "Year", "Plan", "~To do", "By", "#That is"),
        tuple(
            (name_of(row), year_words(row["nc_year"]), words.about_words(row), words.step_words(row),
             short_date(row["due_date"]), words.left_words(row, today))
            for row in rows
        ),
    )  # fmt: skip


def _checks_table(rows: list[Row]) -> TableTwin:
    return TableTwin(
        "What the tracker should say better",
        headings("Pupil", "Year", "Plan", "~To check"),
        tuple(
            (name_of(row), year_words(row["nc_year"]), words.about_words(row), words.step_words(row)) for row in rows
        ),
    )


def _transfers_table(rows: list[Row]) -> TableTwin:
    return TableTwin(
        "Plans of pupils who change phase, those without a review first",
        headings("Pupil", "Year", "Change", "Review by", "Reviewed", "Plan by", "~Stands"),
        tuple(
            (name_of(row), year_words(row["nc_year"]),
             words.stage_words(row) + ("" if row["is_move_certain"] else ", unless the pupil stays"),
             short_date(row["review_by_date"]), short_date(row["meeting_date"]), short_date(row["transfer_due_date"]),
             words.standing_words(row))
            for row in rows
        ),
        "Review by: twelve weeks before the plan must be there, which is the time that the authority has.",
    )  # fmt: skip


def _adulthood_table(rows: list[Row]) -> TableTwin:
    return TableTwin(
        "Reviews in year 9 and above, those without a record first",
        headings("Pupil", "Year", "Review held", "Preparation for adulthood"),
        tuple(
            (name_of(row), year_words(row["nc_year"]), short_date(row["meeting_date"]),
             words.covered_words(row["is_adulthood_covered"]))
            for row in rows
        ),
    )  # fmt: skip


def _late_table(rows: list[Row]) -> TableTwin:
    steps = ("meeting_late_days", "papers_late_days", "report_late_days", "decision_late_days", "amended_late_days")
    return TableTwin(
        "Reviews with a late step, the newest first",
        headings("Pupil", "Year", "Due", "Held", "#Review: school", "#Papers: school", "#Report: school",
                 "#Decision: authority", "#Amended plan: authority"),
        tuple(
            (name_of(row), year_words(row["nc_year"]), short_date(row["due_date"]),
             short_date(row["meeting_date"]) if row["is_held"] else "not held",
             *(words.late_day_words(row[step]) for step in steps))
            for row in rows
        ),
    )  # fmt: skip
