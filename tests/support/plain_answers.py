"""Boring twins of the three answers: plain Python over lists of dicts, written from METHODS, slow and obvious."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

Row = dict[str, Any]
DAY = dt.timedelta(days=1)


def academic_year(day: dt.date) -> int:
    """2025 from September 2025 to August 2026."""
    return day.year if day.month >= 9 else day.year - 1


def dose_of(group: Row, sessions: list[Row], half_terms: list[Row], rates: list[Row], today: dt.date) -> Row:
    """Due and delivered sessions, hours and costs of one group."""
    mine = [s for s in sessions if s["intervention_key"] == group["intervention_key"]]
    past = [s for s in mine if s["session_date"] <= today]
    delivered = [s for s in past if s["is_delivered"]]
    planned, start, end = group["planned_sessions_count"], group["start_date"], group["end_date"]
    days = [start + n * DAY for n in range((end - start).days + 1)]
    term = [d for d in days if any(h["start_date"] <= d <= h["end_date"] for h in half_terms)]
    gone = sum(d <= today for d in term) / len(term) if term else 0.0
    if end <= today:
        due = planned
    elif start > today:
        due = 0
    else:
        due = min(planned, max(len(past), int(planned * gone + 1e-9)))
    known = [r for r in rates if r["staff_grade"] == group["staff_grade"]]
    known = [r for r in known if r["financial_year"] <= academic_year(start)]
    rate = max(known, key=lambda r: r["financial_year"])["rate_per_hour_pence"] if known else None
    hours = sum(s["session_minutes"] for s in delivered) / 60 if mine else None
    resource = group["resource_pence"] or 0
    spent = None if hours is None or rate is None else hours * rate + (resource if start <= today else 0)
    plan = None if rate is None else planned * group["session_minutes"] / 60 * rate + resource
    return {
        "due": due,
        "delivered": len(delivered) if mine else None,
        "hours": hours,
        "spent": spent,
        "planned": plan,
    }


def groups_of(leavers: list[Row]) -> dict[tuple[str, str, str], Row]:
    """Counts and low and high rates by school, stage and SEN group over the last three leaving years."""
    due = [row for row in leavers if row["sustained_outcome"] != "NOT_DUE"]
    if not due:
        return {}
    last = max(row["academic_year"] for row in due)
    pool = [row for row in due if row["academic_year"] in (last, last - 1, last - 2)]
    answer = {}
    for school in {row["school_urn"] for row in pool} | {"TRUST"}:
        for stage in {row["leaver_stage"] for row in pool}:
            here = [r for r in pool if school in (r["school_urn"], "TRUST") and r["leaver_stage"] == stage]
            if not here:
                continue
            for group, is_member in _MEMBERS.items():
                members = [row for row in here if is_member(row)]
                said = [row["sustained_outcome"] for row in members]
                count, good, lost = len(said), said.count("SUSTAINED"), said.count("UNKNOWN")
                rates = (good / count, (good + lost) / count) if count >= 10 else (None, None)
                answer[school, stage, group] = {
                    "counts": (count, good, said.count("NOT_SUSTAINED"), lost),
                    "rates": rates,
                }
    return answer


_MEMBERS = {
    "All leavers": lambda row: True,
    "SEN": lambda row: row["has_sen"],
    "No SEN": lambda row: not row["has_sen"],
    "EHC plan": lambda row: row["has_ehc_plan"],
    "SEN support": lambda row: row["has_sen"] and not row["has_ehc_plan"],
}


def plan_cost(lines: list[Row], rates: dict[str, float], gone: float, invoices: list[int]) -> tuple[float, float]:
    """Full cost and cost to date of a plan's lines of one year, pence."""
    full = spent = 0.0
    for line in lines:
        staff = rates[line["staff_grade"]] * line["hours_per_week"] * line["weeks_per_year"] / line["group_size_count"]
        fixed = line["fixed_pence"] or 0
        full += staff + fixed
        share = (line["delivered_sessions_count"] or 0) / line["planned_sessions_count"]
        spent += staff * share + fixed * gone
    return full, spent + sum(invoices)


def school_money(plans: list[Row]) -> dict[tuple[str, int], Row]:
    """Counts, sums and largest contributions by school and year, and the trust."""
    groups: dict[tuple[str, int], list[Row]] = defaultdict(list)
    for plan in plans:
        for school in (plan["school_urn"], "TRUST"):
            groups[school, plan["academic_year"]].append(plan)
    return {key: _money_of(members) for key, members in groups.items()}


def _money_of(plans: list[Row]) -> Row:
    costs = [p["cost_to_date_pence"] for p in plans if p["cost_to_date_pence"] is not None]
    gaps = [max(0, p["gap_pence"]) for p in plans if p["gap_pence"] is not None]
    by_pupil: dict[str, int] = defaultdict(int)
    for plan in plans:
        if plan["cost_to_date_pence"] is not None:
            by_pupil[plan["pupil_key"]] += plan["cost_to_date_pence"]
    largest = sorted(by_pupil.values(), reverse=True)
    met = sum(p["outcomes_met_count"] for p in plans)
    return {
        "plans": len(plans),
        "uncosted": sum(p["full_cost_pence"] is None or p["cost_to_date_pence"] is None for p in plans),
        "gap_plans": sum(gap > 0 for gap in gaps),
        "cost": sum(costs) if costs else None,
        "gap": sum(gaps) if gaps else None,
        "met": met,
        "largest": largest[0] if largest else None,
        "second": (largest[1] if len(largest) > 1 else 0) if largest else None,
    }
