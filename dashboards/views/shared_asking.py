"""Exceptions of a school or the trust in words, each with the figure behind it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import streamlit as st

from dashboards.figures import Row
from dashboards.queries import questions as of_questions
from dashboards.views import page
from dashboards.views.comments import comment_on, comments_of
from dashboards.views.figure_rows import figure_row
from dashboards.views.visits import Visit
from dashboards.wording.questions import Ask, ask_of

ASKS_SHOWN = 3
"""As many as a paper asks; the others are one click away."""

NOT_A_JUDGEMENT = "Not a judgement. Name no child in a question or an answer."


def asks_of(visit: Visit, questions: list[Row]) -> list[Ask]:
    """Each exception in words, in the order given."""
    said = {owner: comments_of(visit, owner) for owner in dict.fromkeys(row["school_urn"] for row in questions)}
    return [
        replace(ask_of(row, figure_row(visit, row)), comment=comment_on(row, said[row["school_urn"]]))
        for row in questions
    ]


def show_asks(visit: Visit, urn: str, tables: Collection[str]) -> None:
    """The section "Ask about" of a page: exceptions of a school or the trust that rest on figures of these tables."""
    asked = [row for row in visit.read(of_questions.every_one_of_school(urn)) if row["figure_table"] in tables]
    page.section("Ask about", NOT_A_JUDGEMENT)
    if asked:
        st.html(page.asks(asks_of(visit, asked), ASKS_SHOWN))
    else:
        page.paragraphs("Nothing in these figures stands out.")
