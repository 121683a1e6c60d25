"""Who is not here all week, for the SENCO: part-time and late, alternative provision, often absent, moves.

It names children. Most pressing first; every list can be downloaded.
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from dashboards.figures import Row
from dashboards.markup import tag
from dashboards.queries import inclusion, moves
from dashboards.tables import Cell, TableTwin, headings
from dashboards.views import page
from dashboards.views.pupil_lists import name_of, show_list
from dashboards.views.senco_leavers import moves_by_name
from dashboards.views.visits import Visit
from dashboards.wording import inclusion as words
from dashboards.wording import inclusion_lists as lists
from dashboards.wording.apdr import short_date
from dashboards.wording.needs import provision_words, year_words
from dashboards.wording.numbers import grouped

Names = Mapping[str, str]


def show(visit: Visit) -> None:
    """The pupils of one school who are not in school all week, or not taught everything."""
    urn = visit.school_urn or ""
    absent, placed = visit.read(inclusion.absent_pupils(urn)), visit.read(inclusion.placements(urn))
    timetables = visit.read(inclusion.part_time(urn))
    late = [row for row in timetables if lists.is_late(row)]
    school = visit.schools()[urn]["school_name"]
    page.masthead(visit, school, "Here and included", facts(late, timetables, placed, absent))
    page.reading(lists.tasks_sentence(len(absent), len(late), len(placed)))
    st.html(tag("details", tag("summary", "How this is counted"), tag("p", words.MEANT_TO_BE_SHORT),
                tag("p", words.HOW_COUNTED)))  # fmt: skip
    show_list("Part-time timetables that are late", part_time_table("The longest past first", late), "part-time-late",
              visit, "What stands in the way of a whole week, and who decides on which day?", pupils=late)  # fmt: skip
    in_time = [row for row in timetables if not lists.is_late(row)]
    show_list("Part-time timetables in time", part_time_table("The longest running first", in_time), "part-time", visit,
              pupils=in_time)  # fmt: skip
    show_list("In alternative provision", placements_table(placed), "placements", visit,
              "Who has seen the pupil there, and what brings the pupil back?" if placed else "",
              pupils=placed)  # fmt: skip
    show_list("Missed a tenth or more", absent_table(absent), "absent", visit,
              "What keeps this pupil from school, and what have we changed?", pupils=absent)  # fmt: skip
    moved = visit.read(moves.by_name(urn))
    if moved:
        page.section("Left before the end of a phase", "In the last three years, the latest first.")
        page.table(moves_by_name(moved), "moves-here", visit, fold="Show them", is_printed=False)
    access = visit.read(inclusion.access_of_pupils(urn))
    show_list("Not taught, missed or not recorded", _access_table(access), "access", visit,
              fold="Show the pupils", lead=words.HOW_RECORDED, pupils=access)  # fmt: skip


def facts(late: list[Row], timetables: list[Row], placed: list[Row], absent: list[Row]) -> list[tuple[str, str]]:
    """The page's four numbers."""
    named = {
        "Part-time, late": late,
        "Part-time in all": timetables,
        "Alternative provision": placed,
        "Often absent": absent,
    }
    return [(name, grouped(len(rows))) for name, rows in named.items()]


def _first(row: Row, names: Names | None) -> tuple[Cell, ...]:
    school = (names.get(row["school_urn"], row["school_urn"]),) if names else ()
    return (name_of(row), *school, year_words(row["nc_year"]), provision_words(row["sen_provision"]))


def _labels(names: Names | None, *others: str) -> tuple[str, ...]:
    return ("Pupil", *(("School",) if names else ()), "Year", "SEN", *others)


def part_time_table(caption: str, rows: list[Row], names: Names | None = None) -> TableTwin:
    """Part-time timetables by name; ``names`` adds the school."""
    cells = tuple(
        (*_first(row, names), lists.week_words(row), short_date(row["start_date"]), lists.planned_end_words(row),
         short_date(row["review_due_date"]), lists.late_reason(row) or "In time")
        for row in rows
    )  # fmt: skip
    return TableTwin(
        caption, headings(*_labels(names, "In school", "Since", "Planned end", "Review by", "~Stands")), cells
    )


def placements_table(rows: list[Row], names: Names | None = None) -> TableTwin:
    """Placements by name; ``names`` adds the school."""
    cells = tuple(
        (*_first(row, names), row["provider_name"], lists.registered_words(row), short_date(row["start_date"]),
         lists.planned_end_words(row), lists.visit_words(row))
        for row in rows
    )  # fmt: skip
    labels = _labels(names, "~Provider", "Registered school", "Since", "Planned end", "Last visit")
    return TableTwin("Placements that run, the longest first", headings(*labels), cells)


def absent_table(rows: list[Row], names: Names | None = None) -> TableTwin:
    """Often absent pupils by name; ``names`` adds the school."""
    cells = tuple(
        (*_first(row, names), lists.share_words(row), lists.absent_words(row), lists.suspended_words(row))
        for row in rows
    )
    labels = _labels(names, "#Missed", "#Half-days", "~Suspensions in twelve months")
    return TableTwin("Pupils with SEN, the most half-days missed first", headings(*labels), cells)


def _access_table(rows: list[Row]) -> TableTwin:
    cells = tuple((*_first(row, None), lists.access_words(row), lists.missed_words(row)) for row in rows)
    labels = _labels(None, "~Subjects", "~Lessons missed to attend an intervention")
    return TableTwin("Pupils with SEN in the newest whole term recorded", headings(*labels), cells)
