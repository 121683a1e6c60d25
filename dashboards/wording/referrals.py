"""Referrals to outside agencies in words: waits with open cases counted, whose step it is, what to do next."""

from __future__ import annotations

import datetime as dt

from dashboards.figures import Row, is_hidden, known, shown
from dashboards.markup import Symbol
from dashboards.wording.apdr import late_words, short_date
from dashboards.wording.numbers import counted, long_date, pounds, whole

HOW_COUNTED = (
    "To chase: no answer 4 weeks after the referral, not seen after 18 weeks, no report 6 weeks after being seen, "
    "nothing begun 4 weeks after the report. These limits are the trust’s own; no law sets them."
)
OPEN_COUNTED = (
    "The median is the week by which half were seen. Those who still wait are counted with the weeks they have waited "
    "so far; leaving them out would make a growing queue look short. Declined referrals are left out. Fewer than ten "
    "cases have no median."
)
_TO_DO = {
    "ANSWER": "Ask whether it is accepted",
    "SEEN": "Ask for a day",
    "REPORT": "Ask for the report",
    "PROVISION": "Begin what the report asks for",
}
_NEXT = {
    "ANSWER": "The agency answers",
    "SEEN": "The pupil is seen",
    "REPORT": "The report comes",
    "PROVISION": "We begin what the report asks for",
}
_SINCE = {"ANSWER": "referral", "SEEN": "referral", "REPORT": "being seen", "PROVISION": "the report"}
_REASONS = {
    "COMPLETED": "Completed",
    "DECLINED_CRITERIA": "Declined: not within the agency’s criteria",
    "DECLINED_INFORMATION": "Declined: more information needed",
    "DECLINED_CAPACITY": "Declined: no places",
    "WITHDRAWN": "Withdrawn by family or school",
    "MOVED": "Left the school",
}
_UNITS = {"HOUR": "an hour", "VISIT": "a visit", "REPORT": "a report"}


def to_do_words(stage: str) -> str:
    """What has to be done next."""
    return _TO_DO.get(stage, "–")


def owner_words(row: Row) -> str:
    """Whose step it is."""
    return {"AGENCY": str(row["agency"]), "SCHOOL": "Us"}.get(row["step_owner"] or "", "–")


def waiting_words(row: Row) -> str:
    """How long since the step before: 26 weeks since referral."""
    return f"{late_words(row['stage_days'])} since {_SINCE.get(row['referral_stage'], 'then')}"


def next_words(stage: str) -> str:
    """What happens next, where nobody needs to be chased yet."""
    return _NEXT.get(stage, "–")


def usual_words(stage: str, service: Row | None) -> str | Symbol:
    """The trust's median wait for the step, for a cell beside a pupil's own wait."""
    wait = {"REPORT": "report", "PROVISION": "provision"}.get(stage, "seen")
    return "–" if service is None else median_cell(service, f"{wait}_median_weeks")


def median_cell(row: Row, column: str = "seen_median_weeks") -> str | Symbol:
    """A median in weeks, the sign for hidden, or that half have not got there yet."""
    if column == "seen_median_weeks" and _standing(row) == "NOT_REACHED" and not is_hidden(row, column):
        return "not reached"
    return shown(row, column, lambda weeks: counted(int(weeks), "week"))


def _standing(row: Row) -> str | None:
    """Whether there is a median; ``None`` where that is hidden."""
    return row["seen_standing"] if known(row, "seen_standing") else None


def range_cell(row: Row) -> str | Symbol:
    """The likely range of the median; an open end is said."""
    if not known(row, "seen_median_weeks"):
        return shown(row, "seen_median_weeks")
    if not known(row, "seen_lower_weeks"):
        return "–"
    low = whole(row["seen_lower_weeks"])
    return f"{low} to {whole(row['seen_upper_weeks'])}" if known(row, "seen_upper_weeks") else f"{low} or more"


def change_cell(row: Row) -> str:
    """Last year's referrals beside those of the year before: 11 → 17 weeks."""
    if not known(row, "latest_seen_median_weeks", "before_seen_median_weeks"):
        return "–"
    before, latest = (whole(row[f"{which}_seen_median_weeks"]) for which in ("before", "latest"))
    return f"{before} → {latest} weeks"


def price_cell(row: Row) -> str:
    """What a unit costs, and under whose contract."""
    if row["lowest_unit_price_pence"] is None:
        return "–"
    low, high = (pounds(row[f"{end}_unit_price_pence"]) for end in ("lowest", "highest"))
    unit = _UNITS.get(row["price_unit"], "a unit")
    said = f"{low} {unit}" if low == high else f"{low} to {high} {unit}"
    return f"{said}, trust contract" if row["has_trust_contract"] else said


def seen_sentence(row: Row, what: str = "referred to an outside agency") -> str:
    """By when half of the pupils were seen, with its likely range; why there is no such week."""
    if _standing(row) == "NOT_REACHED":
        return f"Fewer than half of the pupils {what} in the last two years have been seen yet."
    if not known(row, "seen_median_weeks"):
        if _standing(row) == "FEW":
            return f"Fewer than ten pupils were {what} in the last two years: too few for a median wait."
        return f"How long pupils {what} wait is not shown: there are few of them."
    low_high = f" (likely range {range_cell(row)} weeks)" if known(row, "seen_lower_weeks") else ""
    weeks = counted(int(row["seen_median_weeks"]), "week")
    return f"Half of the pupils {what} in the last two years were seen within {weeks}{low_high}, open cases counted."


def change_sentence(row: Row) -> str:
    """Last year's referrals beside those of the year before, as the papers tell them."""
    if not known(row, "latest_seen_median_weeks", "before_seen_median_weeks"):
        return ""
    latest, before = (counted(int(row[f"{which}_seen_median_weeks"]), "week") for which in ("latest", "before"))
    return f"Of the last year’s referrals alone half were seen within {latest}; of those of the year before, {before}."


def beside_sentence(trust: Row) -> str:
    """The trust's median beside a school's."""
    if not known(trust, "seen_median_weeks"):
        return ""
    return f"Across the trust half were seen within {counted(int(trust['seen_median_weeks']), 'week')}."


def whole_sentence(row: Row) -> str:
    """From referral to provision, and the school's own wait before it."""
    if not known(row, "whole_median_weeks"):
        return ""
    said = f"Half had provision within {counted(int(row['whole_median_weeks']), 'week')} of the referral"
    if not known(row, "concern_median_weeks"):
        return f"{said}."
    return (
        f"{said}; half were referred within {counted(int(row['concern_median_weeks']), 'week')} of the first concern."
    )


def open_sentence(row: Row) -> str:
    """Who waits now, and for whom."""
    if not known(row, "open_pupils_count"):
        return "How many pupils wait now is not shown: the number is small."
    if row["open_pupils_count"] == 0:
        return "Nobody waits for an outside agency now."
    waiting = counted(row["open_pupils_count"], "pupil")
    said = f"{waiting} {'has' if row['open_pupils_count'] == 1 else 'have'} an open referral now"
    if not known(row, "agency_step_count", "school_step_count"):
        return f"{said}."
    return (
        f"{said}: {row['agency_step_count']:,} wait for an agency, {row['school_step_count']:,} for their school only."
    )


def spend_sentence(row: Row, date: dt.date) -> str:
    """What agencies were paid."""
    if not known(row, "agency_spend_pence"):
        return ""
    return f"Agencies sent invoices of {pounds(row['agency_spend_pence'])} in the year to {long_date(date)}."


def declined_sentence(row: Row) -> str:
    """How many were declined, of the trust."""
    if not known(row, "declined_pupils_count") or row["declined_pupils_count"] == 0:
        return ""
    pupils = counted(row["declined_pupils_count"], "pupil")
    return f"Referrals of {pupils} were declined in the last two years."


def service_sentence(row: Row) -> str:
    """The wait for one service, for a question about it."""
    said = seen_sentence(row, f"referred to {row['service']}")
    change = change_cell(row)
    return said if change == "–" else f"{said} Year before to last year: {change}."


def end_words(row: Row) -> str:
    """How a referral ended."""
    if row["referral_stage"] == "PROVIDED":
        return f"Provision began {short_date(row['provision_start_date'])}"
    reason = row["referral_closed_reason"]
    if row["is_declined"] and (reason is None or not reason.startswith("DECLINED_")):
        return "Declined: no reason recorded"
    return _REASONS.get(reason or "", "Closed: no reason recorded")


def tasks_sentence(chase: int, still_open: int) -> str:
    """The page in one line."""
    late = f"{counted(chase, 'referral')} to chase" if chase else "Nothing to chase"
    return f"{late}; {counted(still_open, 'referral')} open in all."
