"""Ladder and assessments, for the SEND lead: which tests, and whose records, can see a step. Names pupils."""

from __future__ import annotations

import streamlit as st

from dashboards.figures import Row, shown
from dashboards.markup import tag
from dashboards.queries import progress
from dashboards.tables import TableTwin, headings
from dashboards.views import page, shared_progress
from dashboards.views.pupil_lists import name_of
from dashboards.views.shared_asking import show_asks
from dashboards.views.visits import Visit
from dashboards.wording import progress as words
from dashboards.wording.needs import type_words, year_words
from dashboards.wording.numbers import grouped, percent, whole
from expectations.vocabulary import TRUST

TABLES = ("mart_progress__school", "mart_progress__test")


def show(visit: Visit) -> None:
    """Can what we use see the steps that pupils take?"""
    unseen = visit.read(progress.unseen())
    page.masthead(visit, "For the SEND lead", "Ladder and assessments",
                  [("Pupils and subjects nobody can place", grouped(len(unseen)))])  # fmt: skip
    show_asks(visit, TRUST, TABLES)
    hidden = _tests(visit)
    _systems(visit)
    _unseen(visit, unseen)
    hidden += shared_progress.show_ladder(visit, "ladder")
    hidden += shared_progress.show_groups(visit, "groups")
    page.key(hidden + shared_progress.show_schools(visit, "schools"))


def _tests(visit: Visit) -> int:
    """Floor, ceiling and sensitivity of each assessment, by need. Returns the hidden cells."""
    rows = visit.read(progress.tests())
    page.section("What each assessment can show", "By need, of pupils with a value in the last year. Ten or more only.")
    st.html(tag("details", tag("summary", "How to read this"), tag("p", words.ABOUT_TESTS)))
    at_end = [row for row in rows if words.end_words(row) not in ("", "–") and row["need_group"] != "No SEN"]
    page.reading(words.ends_sentence(at_end))
    hidden = 0
    if at_end:
        twin = _test_table("Too many pupils at an end of the scale", at_end, is_in_title=False)
        hidden = page.table(
            twin, "tests-at-end", visit, fold=f"Show the {grouped(len(at_end))} where too many pupils are at an end"
        )
    names = list(dict.fromkeys(words.assessment_words(row) for row in rows))
    if not names:
        return hidden
    name = st.selectbox("Assessment", names, key="test-name")
    listed = [row for row in rows if words.assessment_words(row) == name]
    return hidden + page.table(_test_table(name, listed, is_in_title=True), "tests", visit)


def _test_table(title: str, rows: list[Row], *, is_in_title: bool) -> TableTwin:
    """By need; with the assessment, unless the title names it."""
    labels = headings(*(() if is_in_title else ("Assessment",)), "Need", "#Pupils", "#Lowest value", "#Highest value",
                      "~At an end", "Tell by", "#Compared", "#Could move", "#Changed", "#Weeks between",
                      "#Chance")  # fmt: skip
    cells = tuple(
        (*(() if is_in_title else (words.assessment_words(row),)), row["need_group"], shown(row, "pupils_count", whole),
         shown(row, "at_lowest_rate", percent), shown(row, "at_highest_rate", percent), words.end_words(row),
         words.method_words(row), shown(row, "compared_count", whole), shown(row, "movable_rate", percent),
         shown(row, "changed_rate", percent), shown(row, "between_weeks", words.weeks_words),
         shown(row, "noise_points", words.points_words))
        for row in rows
    )  # fmt: skip
    return TableTwin(title, labels, cells)


def _systems(visit: Visit) -> None:
    """Which systems each school uses for whom, in one subject."""
    page.section("Which system is used for whom", "Pupils with SEN from year 1 on, by the system of the latest record.")
    subject = st.selectbox("Subject", shared_progress.SUBJECTS, key="systems-subject")
    schools = visit.schools()
    rows = [row for row in visit.read(progress.systems()) if row["subject"] == subject and row["school_urn"] in schools]
    place = {urn: at for at, urn in enumerate(schools)}
    counts = ("recorded_pupils_count", "placed_pupils_count", "below_only_pupils_count", "unknown_code_pupils_count",
              "at_floor_pupils_count")  # fmt: skip
    cells = tuple(
        (schools[row["school_urn"]]["school_name"], words.system_words(row["ladder_system"]),
         *(grouped(row[name]) for name in counts))
        for row in sorted(rows, key=lambda row: place[row["school_urn"]])
    )  # fmt: skip
    labels = headings("School", "~System", "#Pupils", "#On the ladder", "#“Below” only", "#Unknown code", "#At a floor")
    page.table(TableTwin(f"Systems in use: {subject.lower()}", labels, cells), "systems", visit)


def _unseen(visit: Visit, rows: list[Row]) -> None:
    """Pupils whose steps nobody can see, and what to use instead."""
    if not rows:
        return
    schools = visit.schools()
    cells = tuple(
        (name_of(row), schools[row["school_urn"]]["school_name"], year_words(row["nc_year"]), row["subject"],
         type_words(row["sen_type"]), words.fit_words(row), words.fit_step(row["system_fit"]))
        for row in rows
        if row["school_urn"] in schools
    )  # fmt: skip
    page.section("Whose steps nobody can see", "Names are for the staff who can change the record.")
    labels = headings("Pupil", "School", "Year", "Subject", "Need", "~Why", "~Use instead")
    twin = TableTwin("Pupils whose steps nobody can see", labels, cells)
    page.table(twin, "unseen", visit, fold=f"Show all {grouped(len(cells))}", is_printed=False)
