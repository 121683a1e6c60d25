"""Groups to review: end tests due and missing, sessions without a record, low scores without support, each change.

For the SENCO of one school; it names children. What a pupil's two scores can tell is said in words of chance.
"""

from __future__ import annotations

import datetime as dt

import streamlit as st

from dashboards.figures import Row
from dashboards.markup import visible
from dashboards.queries import groups
from dashboards.tables import TableTwin, headings
from dashboards.views import page
from dashboards.views.pupil_lists import name_of, show_list
from dashboards.views.visits import Visit
from dashboards.wording import apdr as words
from dashboards.wording.needs import provision_words, year_words
from dashboards.wording.numbers import grouped, rounded, signed, year_name


def show(visit: Visit) -> None:
    """What to see to, by the day by which it must be done; what is in order is said in one place."""
    urn, today = visit.school_urn or "", visit.about()["data_date"]
    tests = visit.read(groups.end_tests(urn))
    due, missing = ([row for row in tests if row["exit_standing"] == code] for code in ("DUE", "MISSING"))
    silent, unserved = visit.read(groups.unrecorded(urn)), visit.read(groups.unserved(urn))
    page.masthead(visit, visit.schools()[urn]["school_name"], "Groups to review",
                  [("End tests to sit", grouped(len(due))), ("Groups without sessions", grouped(len(silent))),
                   ("End tests missing", grouped(len(missing))),
                   ("Low scores, no support", grouped(len(unserved)))])  # fmt: skip
    page.reading(
        "" if due else "No end test is waiting to be sat.",
        "" if silent else "Every group that runs has its sessions on record.",
        "" if missing else "No end test of the last half year is missing.",
        "" if unserved else "Every pupil with a low score is in an intervention.",
    )
    show_list("End tests to sit", _due_table(due, today), "end-tests", visit,
              lead="A test within six weeks of the group’s end counts; one after that does not.",
              pupils=due)  # fmt: skip
    show_list("Sessions without a record", _silent_table(silent), "groups-silent", visit,
              lead="Nobody can tell what these groups received, or what it cost.")  # fmt: skip
    show_list("End tests missing", _missing_table(missing), "end-tests-missing", visit,
              lead="The six weeks are over. If the test was sat in time, enter the score: it counts.",
              pupils=missing)  # fmt: skip
    show_list("Low scores, no support", _unserved_table(unserved), "low-scores", visit,
              lead="The latest standardised score is low, and no intervention runs.", pupils=unserved)  # fmt: skip
    _changes(visit, visit.read(groups.changes(urn)))


def _due_table(rows: list[Row], today: dt.date) -> TableTwin:
    return TableTwin(
        "End tests to sit, the soonest first",
        headings("Pupil", "Year", "~Intervention", "Test", "By", "#That is"),
        tuple(
            (*_who(row), row["intervention_name"], test_words(row), words.short_date(row["exit_to_date"]),
             words.ahead_words(row["exit_to_date"], today))
            for row in rows
        ),
    )  # fmt: skip


def _silent_table(rows: list[Row]) -> TableTwin:
    return TableTwin(
        "Groups whose sessions are not on record, the longest first",
        headings("Intervention", "Group", "Began", "Last on record", "#Pupils", "~What is missing"),
        tuple(
            (row["intervention_name"], row["group_reference"], words.short_date(row["start_date"]),
             words.short_date(row["last_recorded_date"]), grouped(row["pupils_count"]),
             words.recording_words(row["recording"]))
            for row in rows
        ),
    )  # fmt: skip


def _missing_table(rows: list[Row]) -> TableTwin:
    return TableTwin(
        "Pupils without an end test, by the day it was due",
        headings("Pupil", "Year", "~Intervention", "Test", "Group ended", "Was due by"),
        tuple(
            (*_who(row), row["intervention_name"], test_words(row), words.short_date(row["end_date"]),
             words.short_date(row["exit_to_date"]))
            for row in rows
        ),
    )  # fmt: skip


def _unserved_table(rows: list[Row]) -> TableTwin:
    return TableTwin(
        "Pupils with a low score and no intervention, those with SEN first, the lowest first",
        headings("Pupil", "Year", "SEN", "~Test", "#Score", "Taken"),
        tuple(
            (*_who(row), provision_words(row["sen_provision"]), test_words(row), score_words(row["score"]),
             words.short_date(row["assessed_date"]))
            for row in rows
        ),
    )  # fmt: skip


def _changes(visit: Visit, rows: list[Row]) -> None:
    """Each pupil's two scores in one intervention, of this year and the last."""
    page.section("Before and after, pupil by pupil", words.CHANCE if rows else "No pupil has both scores yet.")
    if not rows:
        return
    names = list(dict.fromkeys(row["intervention_name"] for row in rows))
    chosen = st.selectbox("Intervention", names, format_func=visible, key="group-intervention")
    mine = [row for row in rows if row["intervention_name"] == chosen]
    page.reading(words.changes_sentence([row["reliable_change"] for row in mine]))
    cells = tuple(
        (name_of(row), year_name(row["academic_year"]), test_words(row), score_words(row["entry_score"]),
         score_words(row["exit_score"]), signed(row["exit_score"] - row["entry_score"], "0.1").removesuffix(".0"),
         words.change_words(row["reliable_change"]), _sessions_words(row))
        for row in mine
    )  # fmt: skip
    labels = headings("Pupil", "Began in", "Test", "#Before", "#After", "#Change", "~Which is", "#Sessions")
    page.table(TableTwin(f"Before and after: {chosen}", labels, cells), "before-and-after", visit)


def _who(row: Row) -> tuple[str, str]:
    return name_of(row), year_words(row["nc_year"])


def test_words(row: Row) -> str:
    """The test, with its subject where the name does not say it: "Maths Test" says mathematics."""
    test, subject = row["assessment_name"], row["subject"]
    return test if subject[:4].lower() in test.lower() else f"{test}: {subject}"


def score_words(score: float) -> str:
    """A score as the test gives it: whole, or with one decimal."""
    return f"{rounded(score, '0.1')}".removesuffix(".0")


def _sessions_words(row: Row) -> str:
    """Sessions attended of those delivered, as far as either is recorded."""
    attended, delivered = row["attended_sessions_count"], row["delivered_sessions_count"]
    if attended is None:
        return "–"
    return grouped(attended) if delivered is None else f"{grouped(attended)} of {grouped(delivered)}"
