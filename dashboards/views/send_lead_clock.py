"""EHC plan clock for the SEND lead: schools' lateness beside the authority's, what comes due, what is open."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from dashboards.figures import Row, shown
from dashboards.queries import ehc_clock
from dashboards.tables import TableTwin, headings
from dashboards.views import page, shared_ehc_clock
from dashboards.views.senco_today import show_calendar
from dashboards.views.visits import Visit
from dashboards.wording import ehc_clock as words
from dashboards.wording.apdr import short_date
from dashboards.wording.needs import year_words
from dashboards.wording.numbers import grouped, percent, whole
from expectations.vocabulary import TRUST


def show(visit: Visit) -> None:
    """The clock across schools."""
    today = visit.about()["data_date"]
    rows = {row["school_urn"]: row for row in visit.read(ehc_clock.by_school())}
    ahead, waiting = visit.read(ehc_clock.ahead_by_school()), visit.read(ehc_clock.open_requests())
    late = [row for row in waiting if row["step"] == "FINAL_PLAN" and row["left_days"] < 0]
    hidden = page.masthead(visit, "For the SEND lead", "EHC plan clock",
                  [("Reviews overdue now", grouped(sum(row["overdue_reviews_count"] for row in ahead))),
                   ("Held by their day", shown(rows.get(TRUST, {}), "reviews_in_time_rate", percent)),
                   ("Requests open", grouped(len(waiting))), ("Past 20 weeks", grouped(len(late)))])  # fmt: skip
    _ahead(visit, ahead)
    hidden += shared_ehc_clock.show_schools(visit)
    shared_ehc_clock.show_how_counted()
    hidden += shared_ehc_clock.show_requests(visit, rows.get(TRUST, {}))
    _waiting(visit, waiting, today)
    _calendars(visit)
    page.key(hidden)


def _ahead(visit: Visit, ahead: list[Row]) -> None:
    """Reviews to be held by school: exact numbers, for this page alone."""
    page.section(
        "Reviews to be held", "Counted pupil by pupil, so for this page only. Each column holds the one before."
    )
    names = {urn: school["school_name"] for urn, school in visit.schools().items()}
    found = {row["school_urn"]: row for row in ahead}
    columns = ("overdue_reviews_count", "due_30_count", "due_60_count", "due_90_count")
    cells = tuple(
        (name, *(whole(found[urn][column]) if urn in found else "0" for column in columns))
        for urn, name in names.items()
    )
    labels = headings("School", "#Overdue", "#In 30 days", "#In 60 days", "#In 90 days")
    page.table(TableTwin("Reviews to be held by school", labels, cells), "clock-ahead", visit)


def _waiting(visit: Visit, waiting: list[Row], today: dt.date) -> None:
    """Open requests, the longest overdue first: what is late is the authority's."""
    if not waiting:
        return
    schools = visit.schools()
    page.table(
        TableTwin(
            "Open requests, the longest overdue first",
            headings("Pupil", "Year", "School", "Requested", "~Next", "By", "#That is"),
            tuple(
                (f"{row['surname']}, {row['forename']}", year_words(row["nc_year"]),
                 schools[row["school_urn"]]["school_name"], short_date(row["request_date"]), words.step_words(row),
                 short_date(row["due_date"]), words.left_words(row, today))
                for row in waiting
            ),
        ),
        "clock-open", visit, is_shortened=True,
    )  # fmt: skip


def _calendars(visit: Visit) -> None:
    page.section("Calendar", f"Each school’s days for a calendar program. {words.NO_NAMES}")
    names = {urn: school["school_name"] for urn, school in visit.schools().items()}
    chosen = st.selectbox("School", list(names), format_func=lambda urn: names[urn], key="clock-calendar")
    if chosen:
        show_calendar(visit, chosen)
