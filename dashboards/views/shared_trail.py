"""Questions of the challenge trail on a page: as a list with answers and figures, and the forms around them.

What people wrote goes through ``tag`` and ``visible`` like any data, and is shown as the text that it is.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Sequence

import streamlit as st

from dashboards import trail_journal
from dashboards.figures import Row
from dashboards.journal import Journal
from dashboards.markup import Html, tag, visible
from dashboards.queries import trail as of_trail
from dashboards.server_settings import home_folder
from dashboards.trail import State, Thread
from dashboards.views.visits import Visit
from dashboards.wording import trail as words
from expectations.errors import OrchardError

LONGEST_LABEL = 90


def trail_of(visit: Visit) -> Journal:
    """The trail of the home that this visit reads."""
    return trail_journal.open_trail(home_folder(sys.argv[1:]))


def today() -> dt.date:
    """The day on which somebody looks."""
    return dt.datetime.now(dt.UTC).date()


def show_threads(visit: Visit, threads: Sequence[Thread], schools: dict[str, Row] | None = None) -> None:
    """Questions with what followed on each. ``schools``: name whose each is."""
    rows = {row["question_number"]: row for row in visit.read(of_trail.followed())}
    named = {urn: school["school_name"] for urn, school in schools.items()} if schools else {}
    to = visit.about()["data_date"]
    cards = (_card(one, rows.get(one.number), named.get(one.owner, ""), to) for one in threads)
    st.html(tag("ol", *cards, class_="asks trail"))


def _card(thread: Thread, row: Row | None, school: str, data_date: dt.date) -> Html:
    day, latest = today(), thread.latest
    late = "late" if thread.state(day) is State.OVERDUE else None
    title = words.title_words(thread.asked)
    said = [
        tag("h3", f"{school}: {title}" if school else title),
        tag("p", words.asked_words(thread), " ", tag("b", words.standing_words(thread, day), class_=late)),
        tag("p", tag("b", "Asked"), thread.asked.question_text, class_="ask"),
    ]
    if latest:
        said.append(tag("p", tag("b", f"{words.answer_words(latest)}: "), latest.answer_text))
        said.append(tag("p", tag("b", "Evidence: "), words.evidence_words(latest)))
    if action := words.action_words(thread):
        said.append(tag("p", tag("b", "Action: "), action))
    if moved := words.moved_words(thread, row, data_date):
        said.append(tag("p", tag("b", "Did the figure move? "), moved))
    return tag("li", *said)


def labels_of(threads: Sequence[Thread], schools: dict[str, Row] | None = None) -> dict[int, str]:
    """What a list of questions shows, by number; no two are alike."""
    named = {urn: f"{school['school_name']}, " for urn, school in schools.items()} if schools else {}
    return {
        one.number: visible(
            f"{one.number}. {named.get(one.owner, '')}{words.title_words(one.asked)}: {_cut(one.asked.question_text)}"
        )
        for one in threads
    }


def _cut(said: str) -> str:
    return said if len(said) <= LONGEST_LABEL else f"{said[:LONGEST_LABEL]}…"


def show_told() -> None:
    """What was recorded by the click before, once."""
    told = st.session_state.pop("trail-told", None)
    if told:
        st.html(tag("p", str(told), class_="banner", role="status"))


def record(write: Callable[[], None], told: str) -> None:
    """Write, then show the page anew; an error is told where the form stands and quotes nothing that was written."""
    try:
        write()
    except OrchardError as error:
        st.html(tag("p", f"{error.what}. {error.next_step}", class_="warning", role="alert"))
        return
    st.session_state["trail-told"] = told
    st.rerun()
