"""Plan and review: what is overdue and due soon of each pupil's cycle, what never changes, who has no cycle.

For the SENCO of one school; it names children. Most pressing first, and every list can be printed or downloaded.
"""

from __future__ import annotations

import datetime as dt

import streamlit as st

from dashboards.figures import Row
from dashboards.markup import tag
from dashboards.queries import apdr
from dashboards.tables import TableTwin, headings
from dashboards.views import page
from dashboards.views.pupil_lists import name_of, show_list
from dashboards.views.visits import Visit
from dashboards.wording import apdr as words
from dashboards.wording.needs import type_words, year_words
from dashboards.wording.numbers import grouped


def show(visit: Visit) -> None:
    """The cycles of one school."""
    urn, today = visit.school_urn or "", visit.about()["data_date"]
    live, repeating = visit.read(apdr.live(urn)), visit.read(apdr.repeating(urn))
    without = visit.read(apdr.without(urn))
    late = [row for row in live if row["overdue_days"] > 0]
    last_day = today + dt.timedelta(days=words.DAYS_AHEAD)
    soon = [row for row in live if today <= row["stage_due_date"] <= last_day]
    page.masthead(visit, visit.schools()[urn]["school_name"], "Plan and review",
                  [("Overdue", grouped(len(late))), ("Due in two weeks", grouped(len(soon))),
                   ("Same provision again", grouped(len(repeating))),
                   ("Without a cycle", grouped(len(without)))])  # fmt: skip
    done = (
        "" if repeating else "No pupil is on the same provision again after a target that was not met.",
        "" if without else "Every pupil on SEN support has a cycle.",
    )
    page.reading(words.steps_sentence(len(late), len(soon)), *done)
    show_how_counted()
    show_list("Overdue now", _late_table(late), "cycles-overdue", visit, pupils=late)
    show_list("Due in the next two weeks", _soon_table(soon, today), "cycles-due", visit, pupils=soon)
    show_list("The same provision again", _repeating_table(repeating), "cycles-same", visit,
              "What will be different in the next cycle, and who needs to be asked?", pupils=repeating)  # fmt: skip
    show_list("On SEN support without a cycle", _without_table(without), "cycles-none", visit, pupils=without)
    ledger = visit.read(apdr.ledger(urn))
    if ledger:
        page.section("Every cycle", "By name. It is long: print it from the download.")
        page.table(_ledger_table(ledger), "cycles", visit, fold="Show every cycle", is_printed=False)


def show_how_counted() -> None:
    """How the days of a cycle are counted, folded away."""
    st.html(tag("details", tag("summary", "How the days are counted"), tag("p", words.HOW_COUNTED)))


def _late_table(rows: list[Row]) -> TableTwin:
    return TableTwin(
        "Overdue, the longest first",
        headings("Pupil", "Year", "~To do", "Was due", "#Overdue by", "#Cycle"),
        tuple(
            (name_of(row), year_words(row["nc_year"]), words.stage_words(row["stage"]),
             words.short_date(row["stage_due_date"]), words.late_words(row["overdue_days"]), str(row["cycle_number"]))
            for row in rows
        ),
    )  # fmt: skip


def _soon_table(rows: list[Row], today: dt.date) -> TableTwin:
    return TableTwin(
        "Due soon, the soonest first",
        headings("Pupil", "Year", "~To do", "By", "#That is", "#Cycle"),
        tuple(
            (name_of(row), year_words(row["nc_year"]), words.stage_words(row["stage"]),
             words.short_date(row["stage_due_date"]), words.ahead_words(row["stage_due_date"], today),
             str(row["cycle_number"]))
            for row in rows
        ),
    )  # fmt: skip


def _repeating_table(rows: list[Row]) -> TableTwin:
    return TableTwin(
        "Pupils with two or more cycles in a row on one provision, the target not met in any",
        headings("Pupil", "Year", "Cycles on it", "~Area of need", "Group", "Now"),
        tuple(
            (name_of(row), year_words(row["nc_year"]), words.run_words(row["unchanged_run_count"]),
             row["area_of_need"] or "Not stated", row["group_reference"] or "–", words.stage_words(row["stage"]))
            for row in rows
        ),
    )  # fmt: skip


def _without_table(rows: list[Row]) -> TableTwin:
    return TableTwin(
        "Pupils without a cycle, the longest on SEN support first",
        headings("Pupil", "Year", "~Primary need", "On SEN support since", "Cycles"),
        tuple(
            (name_of(row), year_words(row["nc_year"]), type_words(row["sen_type"]),
             words.short_date(row["support_start_date"]), words.why_without_words(row["standing"]))
            for row in rows
        ),
    )  # fmt: skip


def _ledger_table(rows: list[Row]) -> TableTwin:
    days = ("assessed_date", "planned_date", "started_date", "review_limit_date", "reviewed_date")
    return TableTwin(
        "Every cycle of the pupils on roll",
        headings("Pupil", "#Cycle", "Assessed", "Planned", "Begun", "Review by", "Reviewed", "Target", "Next step",
                 "Stands"),
        tuple(
            (name_of(row), str(row["cycle_number"]), *(words.short_date(row[day]) for day in days),
             words.outcome_words(row["cycle_outcome"]), words.next_step_words(row["cycle_next_step"]),
             words.state_words(row))
            for row in rows
        ),
    )  # fmt: skip
