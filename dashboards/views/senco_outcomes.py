"""Outcomes and milestones: what is overdue and what nothing shows first, then lines of section F, then plan by plan.

For the SENCO of one school; it names children. Every list can be printed or downloaded.
"""

from __future__ import annotations

import streamlit as st

from dashboards.figures import Row
from dashboards.markup import tag
from dashboards.queries import ehc_delivery, ehc_outcomes
from dashboards.tables import TableTwin, headings
from dashboards.views import page
from dashboards.views.pupil_lists import name_of, show_list
from dashboards.views.visits import Visit
from dashboards.wording import ehc_delivery as section_f
from dashboards.wording import ehc_outcomes as words
from dashboards.wording.apdr import late_words, short_date
from dashboards.wording.needs import year_words
from dashboards.wording.numbers import grouped, whole


def show(visit: Visit) -> None:
    """The outcomes of one school's plans."""
    urn = visit.school_urn or ""
    overdue, outcomes = visit.read(ehc_outcomes.overdue(urn)), visit.read(ehc_outcomes.current(urn))
    unseen = sorted((row for row in outcomes if row["standing"] in ("NO_EVIDENCE", "UNBACKED")),
                    key=lambda row: row["due_date"])  # fmt: skip
    behind = visit.read(ehc_delivery.lines(urn, "BEHIND"))
    page.masthead(visit, visit.schools()[urn]["school_name"], "Outcomes and milestones",
                  [("Milestones overdue", grouped(len(overdue))), ("Outcomes nothing shows", grouped(len(unseen))),
                   ("Section F lines behind", grouped(len(behind)))])  # fmt: skip
    page.reading(
        "" if overdue else "No milestone is overdue.",
        "" if unseen else "Every outcome that is met or on track has evidence.",
        "" if behind else "No line of section F is behind.",
    )
    st.html(tag("details", tag("summary", "How this is counted"), tag("p", words.HOW_COUNTED),
                tag("p", section_f.HOW_COUNTED)))  # fmt: skip
    show_list("Milestones overdue", _overdue_table(overdue), "milestones-overdue", visit, pupils=overdue)
    show_list("Outcomes that nothing shows", _unseen_table(unseen), "outcomes-unseen", visit, pupils=unseen)
    show_list("Section F: what is owed", _lines_table(behind), "lines-behind", visit,
              "Which visits are made up for, by whom, and from when?", lead=section_f.SINCE,
              pupils=behind)  # fmt: skip
    _show_plans(visit, outcomes)
    _show_to_mend(visit, urn, outcomes)


def _who(row: Row) -> tuple[str, str]:
    return name_of(row), year_words(row["nc_year"])


def _overdue_table(rows: list[Row]) -> TableTwin:
    return TableTwin(
        "Milestones overdue, the longest first",
        headings("Pupil", "Year", "~Outcome", "#Milestone", "Was due", "#Overdue by", "Stands"),
        tuple(
            (*_who(row), words.outcome_words(row), grouped(row["milestone_number"]), short_date(row["target_date"]),
             late_words(row["overdue_days"]), row["milestone_status"])
            for row in rows
        ),
    )  # fmt: skip


def _unseen_table(rows: list[Row]) -> TableTwin:
    return TableTwin(
        "Outcomes without evidence, or said to be what the record does not show, the soonest due first",
        headings("Pupil", "Year", "~Outcome", "Due", "Last evidence", "~Why it is here"),
        tuple(
            (*_who(row), words.outcome_words(row), short_date(row["due_date"]), short_date(row["evidence_date"]),
             words.doubt_words(row))
            for row in rows
        ),
    )  # fmt: skip


def _lines_table(rows: list[Row]) -> TableTwin:
    return TableTwin(
        "Lines of section F behind, specialists’ visits first",
        headings("Pupil", "Year", "~Line", "#Due", "#Delivered", "#Missing", "#Behind since"),
        tuple(
            (*_who(row), section_f.line_words(row), whole(row["due_sessions_count"]),
             grouped(row["delivered_sessions_count"]), grouped(row["shortfall_sessions_count"]),
             section_f.since_words(row))
            for row in rows
        ),
        "In sessions or visits, to the date of the data.",
    )  # fmt: skip


def _show_plans(visit: Visit, rows: list[Row]) -> None:
    if not rows:
        return
    page.section("Plan by plan", "Every outcome that is due, still to come or open, with its next step.")
    page.table(_plans_table(rows), "plan-outcomes", visit, fold="Show every outcome", is_printed=False)


def _plans_table(rows: list[Row]) -> TableTwin:
    return TableTwin(
        "Outcomes of plans by pupil",
        headings("Pupil", "Year", "~Outcome", "Adulthood", "Due", "Stands", "Milestones", "Since last review",
                 "~Next step", "By"),
        tuple(
            (*_who(row), words.outcome_words(row), row["preparation_area"] or "–", short_date(row["due_date"]),
             words.standing_words(row["standing"]), words.milestones_words(row), words.change_words(row),
             words.step_words(row["next_step"]), short_date(row["next_milestone_date"]))
            for row in rows
        ),
        words.ABOUT_CHANGE,
    )  # fmt: skip


def _show_to_mend(visit: Visit, urn: str, outcomes: list[Row]) -> None:
    """What the tracker says that cannot be so, or does not say: taken as it is, and told here."""
    misdated = visit.read(ehc_outcomes.misdated(urn))
    odd = visit.read(ehc_delivery.lines(urn, "NOTHING_PLANNED", "NOT_RECORDED", "ABOVE_PLAN"))
    plans = {row["plan_key"]: row for row in outcomes}
    cells = [
        *((*_who(row), f"Outcome {row['outcome_number']}, milestone {row['milestone_number']}",
           "The target date lies before the plan began") for row in misdated),
        *((*_who(row), "The plan", "The pupil has two active plans here: end the one that is over")
          for row in plans.values() if row["active_plans_count"] > 1),
        *((*_who(row), "The plan", "The register does not show an EHC plan: one of the two is wrong")
          for row in plans.values() if not row["has_plan_on_register"]),
        *((*_who(row), f"Section F, line {section_f.line_words(row)}", _odd_words(row)) for row in odd),
    ]  # fmt: skip
    twin = TableTwin("To mend in the tracker", headings("Pupil", "Year", "~Where", "~What"), tuple(cells))
    show_list("To mend in the tracker", twin, "tracker-mend", visit,
              lead="Taken as it stands; the figures are better once it is mended.")  # fmt: skip


def _odd_words(row: Row) -> str:
    if row["delivery_state"] == "NOTHING_PLANNED":
        return "Promised, and no session is planned"
    if row["delivery_state"] == "NOT_RECORDED":
        return "No sessions are recorded this year"
    return "More sessions delivered than the year’s plan has: check the number"
