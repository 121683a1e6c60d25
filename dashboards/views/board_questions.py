"""Questions and answers, for governors of one school and for trustees: what was asked, what came of it, ask, close."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from dashboards import trail_journal
from dashboards.access import Role
from dashboards.figures import Row
from dashboards.journal import Journal
from dashboards.markup import visible
from dashboards.queries import questions as of_questions
from dashboards.tables import TableTwin, headings
from dashboards.trail import Asked, State, Thread
from dashboards.views import page
from dashboards.views.figure_rows import figure_row
from dashboards.views.shared_trail import labels_of, record, show_threads, show_told, today, trail_of
from dashboards.views.signing_in import subject
from dashboards.views.trail_figures import figure_of
from dashboards.views.visits import Visit, is_role
from dashboards.wording import trail as words
from dashboards.wording.numbers import grouped
from dashboards.wording.questions import ask_of
from expectations.errors import OrchardError
from expectations.vocabulary import TRUST


def show(visit: Visit) -> None:
    """The board's own questions; a trustee also sees how every school stands."""
    if not is_role(visit, Role.GOVERNOR, Role.TRUSTEE):
        raise OrchardError("This page is the board’s", "", "Answer under “Questions to answer”.")
    owner, journal, schools = visit.school_urn or TRUST, trail_of(visit), visit.schools()
    found = trail_journal.threads(journal, visit.identity)
    own = [one for one in found if one.owner == owner]
    whose = visit.about()["trust_name"] if owner == TRUST else schools[owner]["school_name"]
    opened = [one for one in own if one.state(today()) is not State.CLOSED]
    late = [one for one in opened if one.state(today()) is State.OVERDUE]
    page.masthead(visit, whose, "Questions and answers",
                  [("Open", grouped(len(opened))), ("Overdue", grouped(len(late)))])  # fmt: skip
    page.paragraphs(words.LEAD)
    show_told()
    if not own:
        page.paragraphs(words.NOTHING_ASKED)
    if opened:
        page.section("Open questions", "Those of the newest meeting first.")
        show_threads(visit, opened)
    if closed := [one for one in own if one not in opened]:
        page.section("Closed, with their answers", "What was asked before, and whether the figure moved since.")
        show_threads(visit, closed)
    _ask(visit, journal, owner)
    _close(visit, journal, opened)
    if owner == TRUST:
        _by_school(visit, [one for one in found if one.owner != TRUST], schools)


def _ask(visit: Visit, journal: Journal, owner: str) -> None:
    """Choose an exception of the page, or write an own question; with the day of the meeting."""
    page.section("Note a question that was asked", words.ASK_HOW)
    offered = visit.read(of_questions.every_one_of_school(owner))
    asks = [ask_of(row, figure_row(visit, row)) for row in offered]
    labels = [*(f"{place}. {ask.title}" for place, ask in enumerate(asks, start=1)), words.OWN_QUESTION]
    with st.form("ask", clear_on_submit=False):
        place = st.selectbox("What it is about", range(len(labels)), None, lambda chosen: visible(labels[chosen]),
                             key="asked-about", placeholder="Choose what stood out, or your own")  # fmt: skip
        day = st.date_input("Day of the meeting", today(), max_value=today(), format="DD/MM/YYYY", key="asked-date")
        said = st.text_area("The question, as it was asked", max_chars=trail_journal.LONGEST_QUESTION,
                            key="asked-text", help=words.NAME_NO_CHILD)  # fmt: skip
        st.caption(words.NAME_NO_CHILD)
        is_sent = st.form_submit_button("Note this question", type="primary")
    if is_sent and place is None:
        page.paragraphs("Choose what the question is about; nothing is recorded yet.", class_="warning")
    elif is_sent and place is not None and isinstance(day, dt.date):
        row = offered[place] if place < len(offered) else None
        text = said if said.strip() or row is None else asks[place].question
        asked = asked_of(visit, row, text, day)
        now = dt.datetime.now(dt.UTC)
        record(lambda: trail_journal.ask(journal, visit.identity, subject(), asked, now), words.ASKED_NOW)


def asked_of(visit: Visit, row: Row | None, text: str, day: dt.date) -> Asked:
    """A question as the trail keeps it; ``row`` is the exception, ``None`` for an own question."""
    data_date = visit.about()["data_date"]
    if row is None:
        return Asked(text, day, data_date)
    return Asked(text, day, data_date, row["subject"], row["trigger"], row["about"], figure_of(visit, row))


def _close(visit: Visit, journal: Journal, opened: list[Thread]) -> None:
    """Close a question whose answer the board is content with."""
    answered = [one for one in opened if one.answers]
    if not answered:
        return
    page.section("Close a question", "When the board is content with the answer. It stays in the list.")
    labels = labels_of(answered)
    with st.form("close-question"):
        number = st.selectbox("Question", list(labels), format_func=labels.__getitem__, key="to-close")
        is_sent = st.form_submit_button("Close this question")
    if is_sent:
        now = dt.datetime.now(dt.UTC)
        record(lambda: trail_journal.close(journal, visit.identity, subject(), number, now), words.CLOSED_NOW)


def _by_school(visit: Visit, found: list[Thread], schools: dict[str, Row]) -> None:
    page.section("In our schools", words.overview_words(found, today()))
    if found:
        page.table(by_school_table(found, schools), "questions-by-school", visit)
    if late := [one for one in found if one.state(today()) is State.OVERDUE]:
        show_threads(visit, late, schools)


def by_school_table(found: list[Thread], schools: dict[str, Row]) -> TableTwin:
    """How many questions of each school stand where."""
    shown = (State.ASKED, State.ANSWERED, State.ACTION_OPEN, State.OVERDUE, State.CLOSED)
    rows = []
    for urn, school in schools.items():
        states = [one.state(today()) for one in found if one.owner == urn]
        rows.append((school["school_name"], *(grouped(states.count(state)) for state in shown)))
    labels = headings("School", *(f"#{words.STATE_WORDS[state]}" for state in shown))
    return TableTwin("Questions of each school’s governors", labels, tuple(rows), "Schools are not ranked.")
