"""Where a cycle of assess, plan, do, review stands, once more: one pupil at a time, written from the words alone.

Tests compare the SQL with these on generated rows. Nothing here may be used by a model.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

Row = dict[str, Any]


def ledger_of(
    cycles: list[Row], provision: str | None, plan_from: dt.date | None, terms: list[Row], today: dt.date
) -> list[Row]:
    """What the ledger says of each cycle of one pupil in one school, in order of number.

    ``provision`` is None for a pupil who is not on the school's roll; ``plan_from`` is the first day of an EHC plan.
    """
    begun = sorted((c for c in cycles if c["assessed_date"] <= today), key=lambda c: c["cycle_number"])
    told: list[Row] = []
    for place, cycle in enumerate(begun):
        before = begun[place - 1] if place else None
        run = _is_unchanged(cycle, before, today)
        count = told[-1]["unchanged_run_count"] + 1 if run else 1
        closed = "FOLLOWED" if place < len(begun) - 1 else _why_closed(cycle, provision, plan_from, today)
        stage, due = ("CLOSED", None) if closed else _next(cycle, terms, today)
        told.append(
            {
                "cycle_number": cycle["cycle_number"],
                "stage": stage,
                "closed_reason": closed,
                "stage_due_date": due,
                "overdue_days": None if due is None else max(0, (today - due).days),
                "is_unchanged": run,
                "unchanged_run_count": count,
                "is_latest": place == len(begun) - 1,
            }
        )
    return told


def _done(cycle: Row, step: str, today: dt.date) -> bool:
    day = cycle[f"{step}_date"]
    return day is not None and day <= today


def _why_closed(cycle: Row, provision: str | None, plan_from: dt.date | None, today: dt.date) -> str | None:
    reviewed = _done(cycle, "reviewed", today)
    if provision is None:
        return "LEFT"
    if provision == "N":
        return "NO_SEN"
    if reviewed and cycle["cycle_next_step"] == "STOP":
        return "STOPPED"
    if provision == "E" and (reviewed or (plan_from is not None and cycle["assessed_date"] < plan_from)):
        return "HAS_PLAN"
    return None


def _next(cycle: Row, terms: list[Row], today: dt.date) -> tuple[str, dt.date]:
    def weeks_after(step: str, weeks: int) -> dt.date:
        return cycle[f"{step}_date"] + dt.timedelta(weeks=weeks)

    if _done(cycle, "reviewed", today):
        stage, due = "ASSESS", weeks_after("reviewed", 4)
    elif _done(cycle, "started", today):
        own = cycle["review_due_date"]
        stage, due = "REVIEW", weeks_after("started", 14)
        due = min(own, due) if own else due
    elif _done(cycle, "planned", today):
        stage, due = "DO", weeks_after("planned", 2)
    else:
        stage, due = "PLAN", weeks_after("assessed", 4)
    return stage, first_day_back(due, terms)


def first_day_back(day: dt.date, terms: list[Row]) -> dt.date:
    """The day, or the first day of the next half-term where it falls between two."""
    if any(t["start_date"] <= day <= t["end_date"] for t in terms):
        return day
    later = sorted(t["start_date"] for t in terms if t["start_date"] > day)
    return later[0] if later else day


def _is_unchanged(cycle: Row, before: Row | None, today: dt.date) -> bool | None:
    if before is None or not _done(before, "reviewed", today) or before["cycle_outcome"] != "NOT_MET":
        return False
    if cycle["is_provision_changed"] is not None:
        return not cycle["is_provision_changed"]
    groups = (before["group_reference"], cycle["group_reference"])
    return None if None in groups else groups[0] == groups[1]
