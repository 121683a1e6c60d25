"""The governor's page on money: what to ask, spending and its funding, plans above their funding, an hour's cost."""

from __future__ import annotations

import streamlit as st

from dashboards.queries import money, questions, value_for_money
from dashboards.views import page, shared_money
from dashboards.views.shared_asking import asks_of
from dashboards.views.shared_spend import show_spend
from dashboards.views.visits import Visit
from dashboards.wording import spend as words

TABLES = ("mart_money__school", "mart_value_for_money__school")


def show(visit: Visit) -> None:
    """One school's money."""
    urn = visit.school_urn or ""
    school = visit.schools()[urn]
    page.masthead(visit, f"{school['school_name']} · for governors", "Money", [("School", school["phase"])])
    page.paragraphs(words.DUTY)
    show_asks(visit, urn)
    hidden = show_spend(visit, visit.read(money.by_year(urn)), "spend")
    page.section("EHC plans and their funding", "What plans cost here, what comes with them, and what was met.")
    hidden += shared_money.show_money(visit, visit.read(value_for_money.by_year(urn)), "money")
    page.key(hidden)


def show_asks(visit: Visit, urn: str) -> None:
    """The exceptions of a school or the trust that are about plans and money."""
    listed = asks_of(visit, [row for row in visit.read(questions.of_school(urn)) if row["figure_table"] in TABLES])
    page.section("Ask about", "Not a judgement. Name no child in a question or an answer.")
    if listed:
        st.html(page.asks(listed))
    else:
        page.paragraphs("Nothing in these figures stands out.")
