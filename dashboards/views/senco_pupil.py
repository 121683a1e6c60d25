"""One pupil's story on a page: need, plan, dose, outcome, cost. For the SENCO of the pupil's school; it names a child.

The pupil is chosen by typing a name, or by the page's address (``?key=``) from the register. Printed as it stands.
"""

from __future__ import annotations

import datetime as dt

import streamlit as st

from dashboards.figures import Row
from dashboards.markup import Content, join, tag, visible
from dashboards.queries import case_sample, pupil_story
from dashboards.tables import Linked, TableTwin, headings
from dashboards.views import page
from dashboards.views.pupil_lists import name_of
from dashboards.views.senco_groups import score_words, test_words
from dashboards.views.visits import Visit
from dashboards.wording import ehc_clock, ehc_delivery, ehc_outcomes, progress
from dashboards.wording import pupil_story as words
from dashboards.wording.apdr import CHANCE, change_words, late_words, short_date, state_words
from dashboards.wording.needs import provision_words, type_words, year_words
from dashboards.wording.numbers import grouped, pounds, whole, year_name

RECENT_DAYS = 730
"""Events of two years stand open; older ones are folded."""


def show(visit: Visit) -> None:
    """Choose a pupil of this school, then the story."""
    urn = visit.school_urn or ""
    pupils = {row["pupil_key"]: row for row in visit.read(case_sample.pupils(urn))}
    asked = st.query_params.get("key")
    place = list(pupils).index(asked) if asked in pupils else None
    key = st.selectbox("Find a pupil", list(pupils), place, format_func=lambda key: _named(pupils[key]),
                       key=f"pupil-{urn}", placeholder="Type a name")  # fmt: skip
    if key is None:
        page.masthead(visit, visit.schools()[urn]["school_name"], words.TITLE, [("On the register", str(len(pupils)))])
        page.paragraphs(words.NOT_OURS if asked and asked not in pupils else words.HOW_TO_FIND)
        return
    _story(visit, urn, pupils[key])


def _named(row: Row) -> str:
    return visible(f"{name_of(row)} · {year_words(row['nc_year'])}")


def _story(visit: Visit, urn: str, pupil: Row) -> None:
    today, who = visit.about()["data_date"], (urn, str(pupil["pupil_key"]))
    page.masthead(visit, f"{visit.schools()[urn]['school_name']} · {words.KICKER}", name_of(pupil),
                  [("Year", year_words(pupil["nc_year"])), ("Provision", provision_words(pupil["sen_provision"])),
                   ("Main need", type_words(pupil["sen_type"]))])  # fmt: skip
    records = _records(visit, who)
    lines, scores = visit.read(case_sample.promised(*who)), visit.read(case_sample.interventions(*who))
    outcomes, costs = visit.read(case_sample.outcomes(*who)), visit.read(pupil_story.plan_costs(*who))
    absence = next(iter(visit.read(pupil_story.absence(*who))), None)
    page.reading(
        _part(words.NEED, words.need_sentence(pupil, absence)),
        _part(words.PLAN, words.plan_sentence(records.cycles, lines)),
        _part(words.DOSE, words.dose_sentence(records.groups, today)),
        _part(words.OUTCOME, words.outcome_sentence(scores, outcomes)),
    )
    back = (_way(visit, "Today", "today"), _way(visit, "the register", "register"))
    page.paragraphs(join(("Back to ", join(back, " or "), ".")), class_="no-print")
    _show_next(visit, who, today)
    _show_line(visit, words.line_of_events(records, today), today)
    _show("Plan: section F this year", _lines_table(lines), "pupil-lines", visit)
    _show("Dose: groups", _groups_table(records.groups), "pupil-groups", visit, words.DOSE_LEAD)
    _show("Outcome: before and after", _scores_table(scores), "pupil-scores", visit, CHANCE)
    _show("Outcome: the plan’s outcomes", _outcomes_table(outcomes), "pupil-outcomes", visit)
    _show("Outcome: the ladder", _ladder_table(records.ladder), "pupil-ladder", visit)
    _show("Cost", _costs_table(records.groups, costs), "pupil-costs", visit, words.COST_LEAD)


def _part(name: str, said: str) -> Content:
    return join((tag("b", f"{name}. "), said))


def _way(visit: Visit, words: str, address: str) -> Content:
    return Linked(words, address, visit.here()).html()


def _records(visit: Visit, who: tuple[str, str]) -> words.Records:
    asked = (
        pupil_story.flows, case_sample.cycles, case_sample.reviews, case_sample.agencies, pupil_story.part_time,
        pupil_story.groups, pupil_story.milestones, pupil_story.ladder, pupil_story.evidence,
    )  # fmt: skip
    return words.Records(*(visit.read(ask(*who)) for ask in asked))


def _show(title: str, twin: TableTwin, name: str, visit: Visit, lead: str = "") -> None:
    if twin.rows:
        page.section(title, lead)
        page.table(twin, name, visit)


def _show_line(visit: Visit, events: list[words.Event], today: dt.date) -> None:
    page.section("The line", words.LINE_LEAD)
    if not events:
        page.paragraphs("Nothing is on record for this pupil beyond the register.")
        return
    first_day = today - dt.timedelta(days=RECENT_DAYS)
    old, recent = ([one for one in events if (one.date < first_day) is is_old] for is_old in (True, False))
    if old:
        page.table(_events_table("Before the last two years", old), "pupil-line-before", visit,
                   fold=f"Show what came before ({grouped(len(old))})", is_printed=False)  # fmt: skip
    if recent:
        page.table(_events_table("The last two years", recent), "pupil-line", visit)


def _events_table(caption: str, events: list[words.Event]) -> TableTwin:
    cells = tuple((short_date(event.date), event.part, event.said) for event in events)
    return TableTwin(caption, headings("Day", "Part", "~What happened"), cells)


def _show_next(visit: Visit, who: tuple[str, str], today: dt.date) -> None:
    """What is to be done next: the law's steps first, then milestones and the cycle's next stage by their day."""
    due = visit.read(pupil_story.due(*who))
    of_law = [(row["due_date"], ehc_clock.step_words(row), ehc_clock.left_words(row, today)) for row in due]
    others = [
        *((row["target_date"], f"Outcome {row['outcome_number']}, milestone {row['milestone_number']}",
           _late_or(row["target_date"], "Milestone of the plan", today))
          for row in visit.read(pupil_story.milestones(*who))
          if row["is_overdue"] or (row["target_date"] > today and row["milestone_status"] != "Met")),
        *((row["stage_due_date"], state_words(row).split(" by ")[0],
           _late_or(row["stage_due_date"], "Plan and review", today))
          for row in visit.read(case_sample.cycles(*who)) if row["stage"] != "CLOSED"),
    ]  # fmt: skip
    in_order = [*of_law, *sorted(others, key=lambda step: step[0])]
    cells = tuple((short_date(day), what, stands) for day, what, stands in in_order)
    twin = TableTwin("To be done, what the law sets first", headings("By", "~What", "Stands"), cells)
    _show("What comes next", twin, "pupil-next", visit)


def _late_or(day: dt.date, said: str, today: dt.date) -> str:
    """How late it is, else what it belongs to."""
    return f"{late_words((today - day).days)} late" if day < today else said


def _lines_table(rows: list[Row]) -> TableTwin:
    cells = tuple(
        (ehc_delivery.line_words(row), whole(row["due_sessions_count"] or 0),
         "–" if row["delivered_sessions_count"] is None else grouped(row["delivered_sessions_count"]),
         ehc_delivery.state_words(row["delivery_state"]))
        for row in rows
    )  # fmt: skip
    return TableTwin("Section F, to the date of the data", headings("Line", "#Due", "#Delivered", "~Stands"), cells)


def _groups_table(rows: list[Row]) -> TableTwin:
    cells = tuple(
        (row["intervention_name"], short_date(row["start_date"]), short_date(row["end_date"]),
         words.dose_words(row))
        for row in rows
    )  # fmt: skip
    return TableTwin("Groups, the oldest first", headings("Intervention", "From", "To", "~Dose"), cells)


def _scores_table(rows: list[Row]) -> TableTwin:
    told = [row for row in rows if row["assessment_name"]]
    cells = tuple(
        (row["intervention_name"], year_name(row["academic_year"]), test_words(row),
         *(("–" if row[score] is None else score_words(row[score])) for score in ("entry_score", "exit_score")),
         change_words(row["reliable_change"]) if row["entry_score"] is not None and row["exit_score"] is not None
         else "not both scores")
        for row in told
    )  # fmt: skip
    labels = headings("Intervention", "Began in", "~Test", "#Before", "#After", "~Which is")
    return TableTwin("Before and after", labels, cells)


def _outcomes_table(rows: list[Row]) -> TableTwin:
    cells = tuple(
        (ehc_outcomes.outcome_words(row), short_date(row["due_date"]), ehc_outcomes.standing_words(row["standing"]),
         short_date(row["evidence_date"]), ehc_outcomes.milestones_words(row),
         ehc_outcomes.step_words(row["next_step"]))
        for row in rows
    )  # fmt: skip
    labels = headings("Outcome", "Due", "Stands", "Last evidence", "Milestones", "~Next step")
    return TableTwin("Current outcomes of the plan", labels, cells)


def _ladder_table(rows: list[Row]) -> TableTwin:
    cells = tuple(
        (row["subject"], progress.place_words(row["ladder_rung"], row["ladder_step"]), row["mark"] or "–",
         short_date(row["assessed_date"]), progress.MOVEMENT_WORDS.get(row["movement"], "–"),
         row["earlier_mark"] or "–", short_date(row["earlier_date"]))
        for row in rows if row["ladder_rung"]
    )  # fmt: skip
    labels = headings("Subject", "Place", "Mark", "On", "~Over a year", "Mark then", "On")
    return TableTwin("Places on the ladder", labels, cells)


def _costs_table(groups: list[Row], plans: list[Row]) -> TableTwin:
    """Of what was delivered: a group's cost with the pupils in it, a plan's by year; no sum over the two."""
    cells = [
        *((row["intervention_name"], f"from {short_date(row['start_date'])}",
           f"group of {grouped(row['pupils_count'])}", _amount(row["cost_to_date_pence"]), "–") for row in groups),
        *(("Support of the EHC plan", year_name(row["academic_year"]), "the plan", _amount(row["cost_to_date_pence"]),
           pounds(row["unrecorded_pence"]) if row["unrecorded_pence"] else "–") for row in plans),
    ]  # fmt: skip
    labels = headings("What", "When", "~Shared by", "#Cost of what was delivered", "#Due, not recorded")
    return TableTwin("Cost to the date of the data", labels, tuple(cells),
                     "A dash: no sessions or no rate of pay is on record.")  # fmt: skip


def _amount(pence: int | None) -> str:
    return "–" if pence is None else pounds(pence)
