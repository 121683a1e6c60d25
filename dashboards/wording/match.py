"""Conflicts between register, census and Insight in words: what differs, who mends it, how it is closed."""

from __future__ import annotations

import datetime as dt

from dashboards.figures import Row, is_hidden, known
from dashboards.wording.apdr import short_date
from dashboards.wording.needs import provision_words, type_words, year_words
from dashboards.wording.numbers import counted, long_date

OLD_AFTER = 10
_FIELDS = {
    "PROVISION": "SEN provision",
    "NEED": "Primary need",
    "ROLL": "On roll",
    "YEAR": "Year group",
    "SEX": "Sex",
    "FSM": "Free school meals",
    "STATUS_DATE": "First day of the plan",
}
_OWNERS = {"SENCO": "SENCO", "OFFICE": "School office", "INSIGHT_LEAD": "Insight lead"}
_WAYS = {
    ("PROVISION", "SENCO"): "Settle which is right. Mend the register, or ask the office to mend the MIS.",
    ("PROVISION", "INSIGHT_LEAD"): "Register and census agree. Check the MIS, then sync Insight again.",
    ("NEED", "SENCO"): "Settle the need. Mend the register, or ask the office to enter it before the January census.",
    ("ROLL", "SENCO"): "The pupil has left. End the entry on the register.",
    ("ROLL", "INSIGHT_LEAD"): "The census has the pupil. Sync Insight again, or check why it does not come.",
    ("ROLL", "OFFICE"): "Not in the census return although on roll. Check entry and leaving dates in the MIS.",
    ("YEAR", "SENCO"): "Correct the year on the register.",
    ("YEAR", "INSIGHT_LEAD"): "Register and census agree. Sync Insight again.",
    ("YEAR", "OFFICE"): "Correct the year in the MIS.",
    ("SEX", "OFFICE"): "Check the MIS; it feeds both the census and Insight.",
    ("FSM", "OFFICE"): "The census says eligible, so “ever in six years” must hold in Insight. Check the MIS.",
    ("STATUS_DATE", "SENCO"): "Take the day from the final plan; mend the register or the plan tracker.",
}
_RULES = {
    "PROVISION": "SEN provision differs between the lists",
    "NEED": "Primary need differs between register and census",
    "ROLL": "On roll in one list and not in another",
    "YEAR": "Year group differs",
    "SEX": "Sex differs",
    "FSM": "Free school meals differ",
    "NO_NEED": "No primary need recorded",
    "NSA_WITH_PLAN": "NSA with an EHC plan: the code is for SEN support only",
    "NSA_LONG": "NSA for more than a year of SEN support: is the need still not known?",
    "OLD_CODE": "An old code (statement, School Action, BESD): use today’s",
    "NO_UPN": "No permanent UPN",
    "TOP_UP": "Top-up with SEN support: the census asks for a note",
}
_TERMS = {"AUT": "October", "SPR": "January", "SUM": "May"}
_COLLECTS = {
    "AUT": "SEN provision, not the type of need",
    "SPR": "SEN provision and the type of need, which no other census does",
    "SUM": "SEN provision, not the type of need",
}
_CLOSED = {
    "AGREED": "A later list agrees",
    "LEFT": "The pupil has left",
    "MENDED": "Mended in its source",
}
_AGES = {"NONE": "None", "SOME": "Some", "MOST": "Most"}
_OLD = {
    "NONE": "none of them has been open for more than ten days",
    "SOME": "fewer than half have been open for more than ten days",
    "MOST": "half or more have been open for more than ten days",
}
HOW_COUNTED = (
    "On each census day the register’s word of that day stands beside the return; on the day of Insight’s newest file "
    "beside Insight. A status that changed between two days is no conflict. A conflict is open since the first day on "
    "which the data show it, and closes by itself on the first night on which the lists agree, or when the pupil "
    "leaves. Nobody ticks it off. The need is compared with the newest January census, because no other collects it. "
    "English as an additional language is in one list only and cannot be compared."
)
CODES = (
    "Down syndrome has a code of its own since the census of January 2025. Before, it was coded as another difficulty: "
    "the series of “other” breaks there. Vision impairment was called visual impairment until 2019; the code is the "
    "same. Statements count as plans, School Action and School Action Plus as SEN support."
)


def field_words(field: str) -> str:
    """What differs."""
    return _FIELDS.get(field, field)


def owner_words(owner: str) -> str:
    """Who mends it."""
    return _OWNERS.get(owner, owner)


def owner_in_sentence(owner: str) -> str:
    """Who mends it, within a sentence: names keep their capital."""
    said = owner_words(owner)
    return said[:1].lower() + said[1:] if owner == "OFFICE" else said


def way_words(row: Row) -> str:
    """The way to close it."""
    return _WAYS.get((row["match_field"], row["owner"]), "Settle which is right and mend the other.")


def rule_words(rule: str) -> str:
    """What must be right before a census."""
    return _RULES.get(rule, rule)


def closed_words(how: str) -> str:
    """How a conflict ended."""
    return _CLOSED.get(how, how)


def said_words(field: str, code: str | None) -> str:
    """What one list says, in words."""
    if code is None:
        return "–"
    if field == "STATUS_DATE":
        return short_date(dt.date.fromisoformat(code))
    said = {"PROVISION": provision_words, "NEED": type_words, "YEAR": year_words}.get(field)
    return said(code) if said else {"YES": "Yes", "NO": "No", "F": "Female", "M": "Male"}.get(code, code)


def census_words(term: str, day: dt.date, left_days: int) -> str:
    """Which census comes, what it collects, and how long there is."""
    days = "today" if left_days == 0 else f"{counted(left_days, 'day')} left"
    return (
        f"The {_TERMS.get(term, term)} census is on {long_date(day)} ({days}). It collects {_COLLECTS.get(term, '')}."
    )


def term_words(term: str) -> str:
    """The month by which people call a census."""
    return _TERMS.get(term, term)


def health_sentence(row: Row) -> str:
    """How well the lists agree, for the board: pupils, never which ones."""
    if is_hidden(row, "conflicts_count"):
        return (
            "Of how many pupils register, census and Insight say different things is not shown, because a number is "
            "small; read the trust’s beside it."
        )
    if not known(row, "conflicts_count"):
        return ""
    count = row["conflicts_count"]
    if count == 0:
        return "Register, census and Insight say the same of every pupil."
    said = f"Register, census and Insight say different things of {counted(count, 'pupil')}"
    return f"{said}; {_OLD[row['conflicts_age']]}." if row["conflicts_age"] in _OLD else f"{said}."


def age_words(age: str) -> str:
    """How many of the conflicts have been open for more than ten days."""
    return _AGES.get(age, age)


def moving_sentence(row: Row) -> str:
    """Opened and closed in the year behind."""
    opened, closed = (
        counted(row[name], "pupil") if known(row, name) else "a number of pupils that is not shown"
        for name in ("opened_count", "closed_count")
    )
    return f"In the last 12 months conflicts were first seen of {opened} and ended of {closed}."


def provision_sentence(row: Row) -> str:
    """On the register with no provision on record."""
    if is_hidden(row, "no_provision_count"):
        return "How many pupils on the register have no provision on record is not shown, because a number is small."
    if not known(row, "no_provision_count"):
        return ""
    count = row["no_provision_count"]
    if count == 0:
        return "Every pupil on the register has provision on record."
    return (
        f"{counted(count, 'pupil')} on the register {'has' if count == 1 else 'have'} no provision on record: no "
        "running group, no line of a plan, no cycle that has begun."
    )


def unregistered_sentence(row: Row) -> str:
    """In provision and not on the register; no fault in itself."""
    if is_hidden(row, "unregistered_count"):
        return "How many pupils are in an intervention and not on the register is not shown, because a number is small."
    if not known(row, "unregistered_count") or not row["unregistered_count"]:
        return ""
    count = row["unregistered_count"]
    return (
        f"{counted(count, 'pupil')} {'is' if count == 1 else 'are'} in an intervention and not on the register. That "
        "is no fault: catching up is not special provision. Ask whether anybody has looked."
    )
