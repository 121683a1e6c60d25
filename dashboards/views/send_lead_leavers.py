"""The SEND lead's leavers: who is not traced by school, next calls, and what leavers had beside where they went."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import streamlit as st

from dashboards.figures import Row
from dashboards.queries import destinations, moves
from dashboards.tables import Cell, TableTwin, headings
from dashboards.views import page
from dashboards.views.pupil_lists import name_of, show_list
from dashboards.views.senco_leavers import calls_table, moves_by_name, split_calls
from dashboards.views.shared_destinations import how_counted
from dashboards.views.visits import Visit
from dashboards.wording import destination_calls as words
from dashboards.wording import destination_steps as steps
from dashboards.wording.needs import type_words
from dashboards.wording.numbers import counted, grouped, year_name

UNTRACED = ("NO_ANSWER", "LAPSED", "NOT_LISTED", "NEVER_CONTACTED")
OUTCOMES = ("SUSTAINED", "NOT_SUSTAINED", "UNKNOWN")


def show(visit: Visit) -> None:
    """Leavers of all schools."""
    today, names = visit.about()["data_date"], {u: s["school_name"] for u, s in visit.schools().items()}
    calls = visit.read(destinations.calls())
    late, soon, _ = split_calls(calls, today)
    lost = [row for row in calls if row["point_state"] in UNTRACED]
    page.masthead(visit, "For the SEND lead", "Leavers",
                  [("Not traced, still followed", grouped(len(lost))), ("Calls overdue", grouped(len(late))),
                   (f"Due in {words.DAYS_AHEAD} days", grouped(len(soon)))])  # fmt: skip
    page.reading(words.calls_sentence(len(late), len(soon)))
    st.html(how_counted(words.RULE, steps.DEFINITION))
    show_list("Not traced, by school and stage", _untraced_table(lost, names), "untraced", visit,
              "Which school needs help with its calls, and what does the authority know of the rest?")  # fmt: skip
    _next_calls(visit, late, soon, today, names)
    _link_back(visit, visit.read(destinations.background()), names)
    moved = visit.read(moves.by_name())
    if moved:
        page.section("Left before the end of a phase", "In the last three years, the latest first.")
        page.table(moves_by_name(moved, names), "moves", visit, fold="Show them", is_printed=False)


def _next_calls(visit: Visit, late: list[Row], soon: list[Row], today: dt.date, names: dict[str, str]) -> None:
    """The calls of all schools; each SENCO has the own school's."""
    page.section("Next calls", "Of all schools; each SENCO has the own school’s list.")
    listed = [*late, *soon]
    if not listed:
        page.paragraphs("No call is overdue or due soon.")
        return
    chosen = st.selectbox("School", ["", *names], format_func=lambda urn: names.get(urn, "All schools"), key="calls-of")
    mine = [row for row in listed if chosen in ("", row["school_urn"])]
    twin = calls_table("Calls overdue or due soon", mine, today, names)
    page.table(twin, "calls", visit, fold=f"Show {counted(len(mine), 'call')}", is_printed=False)


def _untraced_table(rows: list[Row], names: dict[str, str]) -> TableTwin:
    """Leavers whose latest point is not known, by school, stage and reason."""
    counts = Counter((row["school_urn"], row["leaver_stage"], row["point_state"]) for row in rows)
    places = [(urn, stage) for urn in names for stage in dict.fromkeys(row["leaver_stage"] for row in rows)
              if any((urn, stage, reason) in counts for reason in UNTRACED)]  # fmt: skip
    cells: list[tuple[Cell, ...]] = [
        (names[urn], stage, *(grouped(counts[urn, stage, reason]) for reason in UNTRACED)) for urn, stage in places
    ]
    labels = headings("School", "Stage", "#Asked, no answer", "#Record lapsed", "#Not listed", "#Not contacted")
    return TableTwin(
        "Not traced at the latest point due", labels, tuple(cells), "In order of name; this is no ranking."
    )


def _link_back(visit: Visit, rows: list[Row], names: dict[str, str]) -> None:
    """What leavers with SEN had, beside where they went: descriptive, with its warning above it."""
    page.section("What they had, and where they went", "Leavers with SEN whose two terms have passed.")
    if not rows:
        page.paragraphs("No such leavers in the data.")
        return
    page.reading(words.NOT_A_CAUSE)
    page.table(_by_need(rows), "background-needs", visit)
    page.table(_by_support(rows), "background-support", visit)
    page.table(_by_name(rows, names), "background", visit, fold="Show them by name", is_printed=False)


def _spread(rows: list[Row]) -> tuple[Cell, ...]:
    return (grouped(len(rows)), *(grouped(sum(row["sustained_outcome"] == o for row in rows)) for o in OUTCOMES))


def _by_need(rows: list[Row]) -> TableTwin:
    needs = sorted({row["sen_type"] for row in rows}, key=type_words)
    cells = tuple((type_words(need), *_spread([row for row in rows if row["sen_type"] == need])) for need in needs)
    return TableTwin(
        "By main need", headings("Main need", "#Leavers", "#Sustained", "#Not sustained", "#Not traced"), cells
    )


def _by_support(rows: list[Row]) -> TableTwin:
    """Coarse groups of what leavers had; a leaver may be in several."""
    due = [row for row in rows if row["outcomes_due_count"]]
    groups = {
        "EHC plan, half or more of the outcomes due were met":
            [row for row in due if 2 * row["outcomes_met_count"] >= row["outcomes_due_count"]],
        "EHC plan, fewer than half were met":
            [row for row in due if 2 * row["outcomes_met_count"] < row["outcomes_due_count"]],
        "In an intervention that ends ahead of similar pupils": [row for row in rows if row["ahead_count"]],
        "In an intervention that ends behind similar pupils": [row for row in rows if row["behind_count"]],
        "In another intervention only":
            [row for row in rows if row["interventions_count"] and not row["ahead_count"] and not row["behind_count"]],
        "In no intervention on record": [row for row in rows if not row["interventions_count"]],
    }  # fmt: skip
    cells = tuple((name, *_spread(members)) for name, members in groups.items() if members)
    labels = headings("~What they had", "#Leavers", "#Sustained", "#Not sustained", "#Not traced")
    return TableTwin("By what they had", labels, cells, "A leaver may be in more than one row.")


def _by_name(rows: list[Row], names: dict[str, str]) -> TableTwin:
    labels = headings("Young person", "School", "Left in", "~Main need", "#Outcomes met", "#Interventions", "#Ahead",
                      "#Behind", "Two terms on", "~Latest destination")  # fmt: skip
    cells = tuple(
        (name_of(row), names.get(row["school_urn"], row["school_urn"]), year_name(row["academic_year"]),
         type_words(row["sen_type"]), f"{row['outcomes_met_count']} of {row['outcomes_due_count']}",
         grouped(row["interventions_count"]), grouped(row["ahead_count"]), grouped(row["behind_count"]),
         steps.outcome_words(row["sustained_outcome"]), row["destination_category"])
        for row in rows
    )  # fmt: skip
    return TableTwin("Leavers with SEN, the latest first", labels, cells)
