"""Build an inspection's case sample: a side for each pupil. For the SENCO of one school; it names children."""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboards.figures import Row
from dashboards.markup import visible
from dashboards.papers.case_sample import case_sample, suggested
from dashboards.papers.write_pdf import pdf
from dashboards.queries import case_sample as asked
from dashboards.views import page
from dashboards.views.offers import on_request
from dashboards.views.shared_papers import show_within
from dashboards.views.visits import Visit
from dashboards.wording import case_sample as words
from dashboards.wording.needs import provision_words, year_words
from dashboards.wording.numbers import grouped


def show(visit: Visit) -> None:
    """Choose pupils, look, take the paper."""
    urn = visit.school_urn or ""
    pupils = {row["pupil_key"]: row for row in visit.read(asked.pupils(urn))}
    page.masthead(visit, visit.schools()[urn]["school_name"], words.TITLE,
                  [("On the register", grouped(len(pupils)))])  # fmt: skip
    if not pupils:
        page.paragraphs("Nobody is on the register on the date of the data.")
        return
    page.paragraphs(words.LEAD + words.LEAD_END, words.SUGGESTED)
    keys = st.multiselect(
        "Pupils", list(pupils), [row["pupil_key"] for row in suggested(pupils.values())],
        format_func=lambda key: _named(pupils[key]), max_selections=words.MOST, key="case-pupils",
    )  # fmt: skip
    if not keys:
        return
    paper = case_sample(visit, urn, [pupils[key] for key in keys])
    name, kind = f"case-sample-{urn}.pdf", "application/pdf"
    st.download_button("Case sample (PDF)", on_request(partial(pdf, paper), kind, name), name, kind,
                       key="case-sample", on_click="ignore")  # fmt: skip
    show_within(paper)


def _named(row: Row) -> str:
    name = f"{row['surname']}, {row['forename']}"
    return visible(f"{name} · {year_words(row['nc_year'])} · {provision_words(row['sen_provision'])}")
