"""Spend against funding in words: what is known, what is not, and no judgement on a plan or a pupil (METHODS B)."""

from __future__ import annotations

import datetime as dt

from dashboards.figures import Row, is_hidden, known
from dashboards.wording.numbers import listed, percent, pounds, pounds_and_pence, year_name

DUTY = (
    "What section F of a plan requires is a duty, whatever it costs. Spending follows need: more of it does not make "
    "outcomes better or worse, and less of it is no saving where a plan requires the support."
)
COUNTED_ONCE = (
    "Counted once: section F as it was delivered, with the invoices for a plan; intervention groups, for pupils "
    "without section F; and purchases and invoices for neither. Overheads and the class teacher are not in it."
)
NO_SPEND = "There are no costs in the data."
_OWN = {"notional_pence": "notional SEN budget", "place_pence": "place funding"}


def is_over(row: Row) -> bool:
    """True when the financial year ended by the date of the data."""
    return dt.date(row["financial_year"] + 1, 8, 31) <= row["data_date"]


def year_label(row: Row) -> str:
    """The financial year; a year that still runs says so."""
    return year_name(row["financial_year"]) + ("" if is_over(row) else " to date")


def funding_pence(row: Row) -> int | None:
    """Notional budget, place funding and top-up together; nothing while one that there is cannot be shown."""
    own = [row[name] for name in _OWN if known(row, name)]
    if not own or not known(row, "top_up_pence"):
        return None
    return int(sum(own) + row["top_up_pence"])


def beyond_pence(row: Row) -> int | None:
    """Spent beyond the funding, below nothing inside it; only of a year that is over, where both are known."""
    funding = funding_pence(row)
    return (
        None if funding is None or not known(row, "spend_pence") or not is_over(row) else row["spend_pence"] - funding
    )


def spend_sentence(row: Row) -> str:
    """What was spent, and what stands against it."""
    if not known(row, "spend_pence"):
        return f"What was spent in {year_label(row)} is not shown: it is for few pupils, or mostly for one or two."
    return f"In {year_label(row)}, {pounds(row['spend_pence'])} of support is recorded. {_against(row)}"


def _against(row: Row) -> str:
    """The funding by its parts, and the difference once the year is over."""
    parts = [f"{words} {pounds(row[name])}" for name, words in _OWN.items() if known(row, name)]
    if known(row, "top_up_pence"):
        parts.append(f"top-up {pounds(row['top_up_pence'])}")
    if not parts:
        return "The funding for it is not in the data."
    year = "the year" if is_over(row) else "the whole year"
    if not any(known(row, name) for name in _OWN):
        return f"Of the funding for {year} only the top-up is known: {pounds(row['top_up_pence'])}."
    unknown = "" if known(row, "top_up_pence") else _no_top_up(row)
    said = f"The funding for {year}: {listed(parts)}.{unknown}"
    beyond = beyond_pence(row)
    if beyond is None:
        return said
    if beyond <= 0:
        return f"{said} The recorded spending lies within it."
    return f"{said} The recorded spending is {pounds(beyond)} more."


def _no_top_up(row: Row) -> str:
    if is_hidden(row, "top_up_pence"):
        return " Top-up is not shown: it is for few pupils."
    return " Top-up is not in the data."


def unrecorded_sentence(row: Row) -> str:
    """What nobody can say whether it was spent."""
    if not known(row, "unrecorded_pence") or row["unrecorded_pence"] == 0:
        return ""
    amount = pounds(row["unrecorded_pence"])
    return f"Support planned at {amount} more was due, and nobody recorded whether it took place: it is not in the sum."


def per_hour_sentence(row: Row) -> str:
    """What an hour that a pupil received cost in staff time."""
    told = [
        f"{pounds_and_pence(row[name])} for {words}"
        for name, words in (("plan_hour_pence", "section F"), ("group_hour_pence", "an intervention"))
        if known(row, name)
    ]
    if not told:
        return ""
    return (
        f"In {year_label(row)}, the staff time in one hour that a pupil received came to {listed(told)}; the more "
        "pupils share an adult, the less."
    )


def need_met_sentence(row: Row) -> str:
    """Hours of support staff, needed and delivered."""
    if not known(row, "need_met_rate"):
        return ""
    share = percent(row["need_met_rate"])
    return (
        f"In {year_label(row)}, {share} of the hours of teaching assistants that plans and groups needed took "
        "place, of those recorded."
    )


def beyond_question_sentence(row: Row) -> str:
    """For the question on spending beyond the funding."""
    return spend_sentence(row) if (beyond_pence(row) or 0) > 0 else ""
