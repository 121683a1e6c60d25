"""The governor's first page: the nutshell, as on paper, with the paper and the visit form to take away."""

from __future__ import annotations

import datetime as dt

import streamlit as st

from dashboards.papers.nutshell import nutshell
from dashboards.papers.visit_form import visit_form
from dashboards.trail_papers import CLEAR, give_feedback
from dashboards.views import page
from dashboards.views.shared_papers import compared_with, show_earlier, show_paper
from dashboards.views.shared_trail import record, show_told, trail_of
from dashboards.views.signing_in import subject
from dashboards.views.visits import Visit
from dashboards.wording import trail as words


def show(visit: Visit) -> None:
    """The nutshell of one school."""
    urn = visit.school_urn or ""
    earlier = compared_with(visit, urn)
    show_paper(visit, nutshell(visit, urn, earlier), visit_form(visit, urn, earlier))
    show_earlier(visit, urn)
    _was_it_clear(visit)


def _was_it_clear(visit: Visit) -> None:
    """Three questions to the reader: what cannot be answered after reading is the paper's fault."""
    page.section(words.READERS_ASK, "It takes half a minute and makes the next paper better.")
    show_told()
    with st.form("reading"):
        given = [
            st.radio(question, CLEAR, index=None, format_func=words.CLEAR_WORDS.__getitem__, horizontal=True,
                     key=f"clear-{place}")
            for place, question in enumerate(words.READERS_QUESTIONS)
        ]  # fmt: skip
        is_sent = st.form_submit_button("Send")
    if is_sent:
        first, second, third = (answer or "" for answer in given)
        now, number = dt.datetime.now(dt.UTC), visit.release.number
        record(
            lambda: give_feedback(trail_of(visit), visit.identity, subject(), (first, second, third), number, now),
            words.THANKS,
        )
