"""The SEND lead's page: here and included across schools, then the lists by name of the school chosen."""

from __future__ import annotations

import streamlit as st

from dashboards.figures import Row
from dashboards.queries import inclusion
from dashboards.tables import TableTwin
from dashboards.views import page
from dashboards.views.senco_inclusion import absent_table, facts, part_time_table, placements_table
from dashboards.views.trustee_inclusion import show_schools, show_trust
from dashboards.views.visits import Visit
from dashboards.wording import inclusion_lists as lists
from dashboards.wording.numbers import counted


def show(visit: Visit) -> None:
    """Here and included in all schools."""
    names = {urn: school["school_name"] for urn, school in visit.schools().items()}
    timetables, placed = visit.read(inclusion.part_time()), visit.read(inclusion.placements())
    absent = visit.read(inclusion.absent_pupils())
    late = [row for row in timetables if lists.is_late(row)]
    page.masthead(visit, "For the SEND lead", "Here and included", facts(late, timetables, placed, absent))
    page.reading(lists.tasks_sentence(len(absent), len(late), len(placed)))
    page.section("By name", "Each SENCO has the own school’s lists.")
    chosen = st.selectbox("School", ["", *names], format_func=lambda urn: names.get(urn, "All schools"), key="here-of")
    for twin, name in (
        (
            part_time_table("Part-time timetables, the latest first", _mine(timetables, chosen), names),
            "part-time",
        ),
        (placements_table(_mine(placed, chosen), names), "placements"),
        (absent_table(_mine(absent, chosen), names), "absent"),
    ):
        _fold(visit, twin, name)
    page.key(show_schools(visit) + show_trust(visit))


def _mine(rows: list[Row], urn: str) -> list[Row]:
    return [row for row in rows if urn in ("", row["school_urn"])]


def _fold(visit: Visit, twin: TableTwin, name: str) -> None:
    if twin.rows:
        page.table(twin, name, visit, fold=f"{twin.caption}: {counted(len(twin.rows), 'row')}", is_printed=False)
