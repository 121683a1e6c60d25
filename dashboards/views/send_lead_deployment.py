"""Deployment and what-if: hours of support staff, other group sizes and hours as a range, and the ledger.

The sliders choose among scenarios that were worked out in the night; nothing is computed here. By grade, never by
person, and nothing for fewer than three staff.
"""

from __future__ import annotations

import streamlit as st

from dashboards.figures import Row
from dashboards.markup import MISSING, Content, Symbol
from dashboards.queries import money
from dashboards.tables import TableTwin, headings
from dashboards.views import page
from dashboards.views.shared_ledger import show_ledger
from dashboards.views.visits import Visit
from dashboards.wording import what_if as words
from dashboards.wording.numbers import percent, whole, year_name


def show(visit: Visit) -> None:
    """Who is deployed where, and what other plans would come to."""
    page.masthead(visit, "For the SEND lead", "Deployment and what-if")
    _what_if(visit)
    _hours(visit)
    show_ledger(visit)


def _what_if(visit: Visit) -> None:
    page.section("What if groups or hours were otherwise?", words.DUTY)
    left, right = st.columns(2)
    with left:
        size = st.select_slider("Pupils in a group", list(words.SIZE_WORDS), value=1, format_func=words.SIZE_WORDS.get,
                                key="what-if-size")  # fmt: skip
    with right:
        share = st.select_slider("Hours", list(words.HOURS_WORDS), value=0.0, format_func=words.HOURS_WORDS.get,
                                 key="what-if-hours")  # fmt: skip
    rows = visit.read(money.what_if(size, share))
    page.reading(words.scenario_sentence(size, share, rows))
    if rows:
        page.table(_scenario(rows), "what-if", visit)
    page.paragraphs(words.NO_PROMISE, class_="small")


def _scenario(rows: list[Row]) -> TableTwin:
    told = [row for row in rows if row["change_low_hours"] is not None]
    cells: list[tuple[Content, ...]] = [
        (
            row["intervention_name"],
            whole(row["groups_count"]),
            whole(row["kept_groups_count"]),
            words.hours_words(row),
            words.cost_words(row),
        )
        for row in told
    ]
    labels = headings("Intervention", "#Groups", "#As they are", "#Hours a year", "#Staff cost a year")
    note = "Groups that began in the last twelve months. “As they are”: for a plan, or for one pupil alone."
    note = f"{note} {words.left_out_sentence(len(rows) - len(told))}" if len(rows) > len(told) else note
    return TableTwin("The scenario by intervention, against the plan", labels, tuple(cells), note)


def _hours(visit: Visit) -> None:
    rows = visit.read(money.deployment())
    years = list(dict.fromkeys(row["financial_year"] for row in rows))
    page.section("Hours of staff, by grade", "Where do hours drift from what plans and groups need?" if rows else
                 "No hours in the data.")  # fmt: skip
    if not rows:
        return
    year = st.selectbox("Hours in", years, index=min(1, len(years) - 1), format_func=year_name, key="hours-year")
    of_year = [row for row in rows if row["financial_year"] == year and row["has_three_staff"]]
    left_out = sum(row["financial_year"] == year and not row["has_three_staff"] for row in rows)
    names = {urn: school["school_name"] for urn, school in visit.schools().items()}
    place = {urn: at for at, urn in enumerate(names)}
    of_year.sort(key=lambda row: place.get(row["school_urn"], len(place)))
    page.table(_hours_table(of_year, names, left_out), "hours", visit)


def _hours_table(rows: list[Row], names: dict[str, str], left_out: int) -> TableTwin:
    def said(row: Row, column: str, write: object = whole) -> str | Symbol:
        return MISSING if row[column] is None else write(row[column])  # type: ignore[operator]

    cells = tuple(
        (
            names.get(row["school_urn"], row["school_urn"]),
            row["staff_grade"],
            *(said(row, name) for name in ("weekly_contracted_hours", "weekly_vacant_hours", "weekly_planned_hours",
                                           "due_hours", "given_hours")),
            said(row, "need_met_rate", percent),
        )
        for row in rows
    )  # fmt: skip
    labels = headings("School", "Grade", "#Contracted a week", "#Vacant a week", "#Planned a week", "#Needed so far",
                      "#Delivered so far", "#Need met")  # fmt: skip
    note = f"Not shown: {left_out} of a school and grade, for want of a headcount or with fewer than three staff."
    return TableTwin("Hours by school and grade", labels, cells, note if left_out else "")
