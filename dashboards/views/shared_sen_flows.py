"""Joined and left: flows of the register in the last whole school year. Numbers of pupils only."""

from __future__ import annotations

import streamlit as st

from dashboards.figures import Row, shown
from dashboards.markup import tag
from dashboards.queries import sen_flows
from dashboards.tables import TableTwin, headings
from dashboards.views import page
from dashboards.views.visits import Visit
from dashboards.wording import sen_flows as words
from dashboards.wording.numbers import whole, year_name
from expectations.vocabulary import TRUST


def show(visit: Visit, urn: str) -> int:
    """Flows of one school beside the trust, and the trust's by term; returns how many cells are hidden."""
    rows = {row["school_urn"]: row for row in visit.read(sen_flows.by_year())}
    mine, trust = rows.get(urn, {}), rows.get(TRUST, {})
    page.section("Joined and left", "Who came on the register, who left it, and how: the last whole school year.")
    if not mine:
        page.paragraphs("No flows are in the data.")
        return 0
    page.reading(words.flows_sentence(mine))
    hidden = page.table(_beside(mine, trust), "register-flows", visit, fold=page.SAME_AS_TABLE)
    terms = visit.read(sen_flows.by_term())
    if terms:
        hidden += page.table(_terms(terms), "register-flows-terms", visit, fold="Show the trust by term")
    page.ask("Of those who went back to class teaching or left, what do we know of how they do now? Name no child.")
    st.html(tag("details", tag("summary", "How changes are counted"), tag("p", words.HOW_COUNTED)))
    return hidden


def _beside(mine: Row, trust: Row) -> TableTwin:
    named = (("Our school", mine), ("Trust", trust)) if mine is not trust else (("Trust", trust),)
    return TableTwin(
        f"Changes on the register in {year_name(mine['academic_year'])}, in pupils",
        headings("What happened", *(f"#{whose}" for whose, _ in named)),
        tuple((said, *(shown(row, name, whole) for _, row in named)) for name, said in words.FLOWS),
    )


def _terms(rows: list[Row]) -> TableTwin:
    return TableTwin(
        f"The trust’s schools together by term of {year_name(rows[0]['academic_year'])}, in pupils",
        headings("What happened", *(f"#{row['term']}" for row in rows)),
        tuple((said, *(shown(row, name, whole) for row in rows)) for name, said in words.FLOWS),
    )
