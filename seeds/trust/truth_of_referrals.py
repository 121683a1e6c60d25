"""The truth about referrals: where each stands on the data date, and how long half waited. Plain rules only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from seeds.trust.purchasing import SERVICES
from seeds.trust.referrals import Referral
from seeds.trust.world import World

Record = dict[str, object]
LIMITS = {"ANSWER": 28, "SEEN": 126, "REPORT": 42, "PROVISION": 28}
WINDOW_DAYS = 730


def referral_truth_rows(world: World) -> Iterator[Record]:
    """One record per referral of a pupil who has not died."""
    for referral in living(world):
        enrolment = referral.enrolment
        yield {
            "school_urn": enrolment.school.urn, "person": enrolment.person.key, "mis_id": enrolment.mis_id,
            "agency": referral.agency, "service": referral.service, "referral_date": referral.referred,
            **standing(referral, world.calendar.data_date),
        }  # fmt: skip


def living(world: World) -> list[Referral]:
    """Every referral but those of pupils who have died, whichever school, service or list says so."""
    return [r for r in world.referrals if r.enrolment.person.key not in world.died]


def standing(r: Referral, today: dt.date) -> Record:
    """Stage, whose step, days; and the wait to be seen with whether it is over; '' for nothing."""
    seen = r.seen if r.is_seen_written or not r.report else None
    is_declined = r.decision == "DECLINED" or (r.reason or "").startswith("DECLINED")
    stage, since = _stage(r, seen, is_declined, today)
    days = (today - since).days if since else ""
    told: Record = {
        "referral_stage": stage,
        "step_owner": "SCHOOL" if stage == "PROVISION" else "AGENCY" if since else "",
        "stage_days": days,
        "chase_days": max(0, int(days) - LIMITS[stage]) if since else "",
        "open_days": (today - r.referred).days if since else "",
        "date_fault": "SEEN_MISSING" if r.report and not seen else "",
    }
    watched = max(r.referred, min(day for day in (today, r.closed, r.provision, _left(r, today)) if day))
    is_counted = not is_declined and not told["date_fault"]
    told["seen_wait_days"] = ((seen or watched) - r.referred).days if is_counted else ""
    told["is_seen"] = seen is not None
    told["whole_wait_days"] = "" if is_declined else ((r.provision or watched) - r.referred).days
    told["is_provided"] = r.provision is not None
    return told


def _left(r: Referral, today: dt.date) -> dt.date | None:
    return None if r.enrolment.is_on_roll(today) else r.enrolment.leaving


def _stage(
    r: Referral, seen: dt.date | None, is_declined: bool, today: dt.date
) -> tuple[str, dt.date | None]:  # fmt: skip
    """The step to come, and the day since when; no day where none is to come."""
    if r.provision:
        return "PROVIDED", None
    if is_declined or r.closed or not r.enrolment.is_on_roll(today):
        return "CLOSED", None
    if r.report:
        return "PROVISION", r.report
    if seen:
        return "REPORT", seen
    return ("SEEN" if r.decision == "ACCEPTED" else "ANSWER"), r.referred


def wait_truth_rows(world: World) -> Iterator[Record]:
    """One record per service: who waits now, and the day by which half of two years' referrals were seen."""
    today = world.calendar.data_date
    for agency, service, *_ in SERVICES:
        mine = [(r, standing(r, today)) for r in living(world) if r.service == service]
        waits = [
            (int(str(told["seen_wait_days"])), bool(told["is_seen"]))
            for r, told in mine
            if (today - r.referred).days < WINDOW_DAYS and told["seen_wait_days"] != ""
        ]
        still_open = {r.enrolment.person.key for r, told in mine if told["step_owner"]}
        yield {
            "service_label": f"{agency}: {service}",
            "cases_count": len(waits),
            "open_pupils_count": len(still_open),
            "seen_median_days": half_ended(waits),
        }


def half_ended(waits: list[tuple[int, bool]]) -> int | str:
    """The first day by which at most half still wait, each open case counted until its last day; '' for none."""
    share = 1.0
    for day in sorted({days for days, is_over in waits if is_over}):
        at_risk = sum(days >= day for days, _ in waits)
        share *= 1 - sum(days == day and is_over for days, is_over in waits) / at_risk
        if share <= 0.5 + 1e-9:
            return day
    return ""
