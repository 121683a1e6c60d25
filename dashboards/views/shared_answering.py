"""Forms of those who answer: an answer with its evidence and action, an action done, a comment on an exception."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from dashboards import trail_journal, trail_papers
from dashboards.figures import Row
from dashboards.journal import Journal
from dashboards.markup import visible
from dashboards.queries import questions as of_questions
from dashboards.trail import EVIDENCE, OWNERS, Answer, State, Thread
from dashboards.views import page
from dashboards.views.figure_rows import figure_row
from dashboards.views.shared_trail import labels_of, record, today
from dashboards.views.signing_in import subject
from dashboards.views.visits import Visit
from dashboards.wording import trail as words
from dashboards.wording.questions import ask_of


def answer_form(visit: Visit, journal: Journal, found: list[Thread], schools: dict[str, Row] | None = None) -> None:
    """Answer one of the questions that are not closed, or answer it anew."""
    opened = [one for one in found if one.state(today()) is not State.CLOSED]
    if not opened:
        return
    page.section("Answer a question", words.ANSWER_HOW)
    labels = labels_of(opened, schools)
    with st.form("answer"):
        number = st.selectbox("Question", list(labels), format_func=labels.__getitem__, key="to-answer")
        said = st.text_area("Answer", max_chars=trail_journal.LONGEST_ANSWER, key="answer-text")
        st.caption(words.NAME_NO_CHILD)
        left, right = st.columns(2)
        kind = left.selectbox("It rests on", EVIDENCE, format_func=words.EVIDENCE_WORDS.__getitem__, key="evidence")
        of_day = right.date_input("Evidence of which day", None, max_value=today(), format="DD/MM/YYYY",
                                  key="evidence-date")  # fmt: skip
        action = st.text_input("Action, if there is one", max_chars=trail_journal.LONGEST_ACTION, key="action-text")
        left, right = st.columns(2)
        owner = left.selectbox("Whose action", OWNERS, format_func=_owner_label, key="action-owner")
        by = right.date_input("Done by", None, min_value=today(), format="DD/MM/YYYY", key="action-date")
        is_sent = st.form_submit_button("Record this answer", type="primary")
    if is_sent:
        given = Answer(said, kind, _day(of_day), action, owner, _day(by))
        now = dt.datetime.now(dt.UTC)
        record(lambda: trail_journal.answer(journal, visit.identity, subject(), number, given, now), words.ANSWERED_NOW)


def done_form(visit: Visit, journal: Journal, found: list[Thread], schools: dict[str, Row] | None = None) -> None:
    """Say that a promised action is done."""
    promised = [one for one in found if one.has_open_action and one.state(today()) is not State.CLOSED]
    if not promised:
        return
    page.section("Note an action as done", "The board sees on which day it was done.")
    labels = labels_of(promised, schools)
    with st.form("action-done"):
        number = st.selectbox("Question", list(labels), format_func=labels.__getitem__, key="action-of")
        is_sent = st.form_submit_button("The action is done")
    if is_sent:
        now = dt.datetime.now(dt.UTC)
        record(lambda: trail_journal.finish(journal, visit.identity, subject(), number, now), words.DONE_NOW)


def comment_form(visit: Visit, journal: Journal, owners: list[str], schools: dict[str, Row]) -> None:
    """Comment on an exception of a school (or TRUST), before the board reads of it."""
    page.section("Comment on a figure", words.COMMENT_HOW)
    owner = owners[0]
    if len(owners) > 1:
        owner = st.selectbox("Whose figure", owners, key="comment-school",
                             format_func=lambda urn: visible(schools[urn]["school_name"]))  # fmt: skip
    offered = visit.read(of_questions.every_one_of_school(owner))
    if not offered:
        page.paragraphs("Nothing in these figures stands out.")
        return
    titles = [ask_of(row, figure_row(visit, row)).title for row in offered]
    labels = [visible(f"{place}. {title}") for place, title in enumerate(titles, start=1)]
    with st.form(f"comment-{owner}"):
        place = st.selectbox("Figure that stands out", range(len(labels)), format_func=labels.__getitem__,
                             key=f"comment-on-{owner}")  # fmt: skip
        said = st.text_area("Comment", max_chars=trail_papers.LONGEST_COMMENT, key=f"comment-text-{owner}")
        st.caption(words.NAME_NO_CHILD)
        is_sent = st.form_submit_button("Record this comment")
    if is_sent:
        row, day = offered[place], visit.about()["data_date"]
        now = dt.datetime.now(dt.UTC)
        record(
            lambda: trail_papers.comment(journal, visit.identity, subject(), owner, row["trigger"], row["about"], said,
                                         figure_date=day, now=now),
            words.COMMENTED_NOW,
        )  # fmt: skip


def _owner_label(owner: str) -> str:
    said = words.OWNER_WORDS[owner].removeprefix("the ")
    return said[:1].upper() + said[1:]


def _day(given: object) -> dt.date | None:
    return given if isinstance(given, dt.date) else None
