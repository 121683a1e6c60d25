"""The ledger against the figures, in words: how far apart, why, and what to do about each line."""

from __future__ import annotations

from dashboards.figures import Row
from dashboards.wording.numbers import counted, listed, percent, pounds, year_name

LIMIT = "2%"
KINDS = {"AGENCY": "Agency invoices", "RESOURCE": "Purchases"}
REASONS = {
    "set_aside_pence": "set aside because a value cannot be used",
    "duplicate_pence": "standing twice",
    "unknown_school_pence": "for a school that is not ours",
    "later_pence": "dated after the date of the data",
    "other_year_pence": "of another year than their date",
    "unexplained_pence": "not explained: tell whoever looks after Orchard",
}
RULES = {
    "SET_ASIDE": ("A value cannot be used, so the line is not counted", "Mend it: “Please mend” says which value."),
    "DUPLICATE": ("The same number or purchase stands twice; one is counted", "Take the other line out."),
    "UNKNOWN_SCHOOL": ("The school is not one of ours, so the line is not counted", "Correct the URN."),
    "LATER": ("Dated after the date of the data, so the line is not counted yet", "Check the date."),
    "OTHER_YEAR": ("In the accounts of another year than its date; counted by date", "Check the year or the date."),
    "UNKNOWN_PLAN": ("No plan has this reference; counted for the school", "Correct the plan’s reference."),
    "UNKNOWN_GROUP": ("No group has this reference; counted for the school", "Correct the group’s reference."),
    "MAY_BE_TWICE": ("Same supplier, day and amount as another line; both are counted", "Look whether it is one bill."),
    "UNKNOWN_BAND": ("The settings have no amount for this band and year; the top-up counts as delivered",
                     "Add the band to the settings, under [funding.bands]."),
    "BAND_AMOUNT": ("The top-up differs from the settings’ amount for the band; it counts as delivered",
                    "Ask the authority which is right."),
}  # fmt: skip


def summary_sentence(rows: list[Row]) -> str:
    """Whether the ledger and the figures agree, from the trust's rows."""
    told = [row for row in rows if row["school_urn"] == "TRUST"]
    if not told:
        return "There are no invoices or purchases in the data."
    apart = [row for row in told if not row["is_within_limit"]]
    if not apart:
        return f"In every year, what the figures count is within {LIMIT} of the ledger."
    named = listed([f"{KINDS[row['cost_kind']].lower()} {year_name(row['financial_year'])}" for row in apart])
    return f"Figures and ledger differ by more than {LIMIT}: {named}."


def difference_sentence(row: Row) -> str:
    """How far apart one kind of cost is in one year, and why."""
    what = f"{KINDS[row['cost_kind']]} {year_name(row['financial_year'])}"
    if row["difference_pence"] == 0:
        return f"{what}: the same."
    share = f" ({percent(row['difference_rate'])})" if row["difference_rate"] is not None else ""
    return f"{what}: {pounds(abs(row['difference_pence']))} apart{share}: {reasons_words(row)}."


def reasons_words(row: Row) -> str:
    """Why, with the amount of each reason."""
    told = [f"{pounds(row[name])} {words}" for name, words in REASONS.items() if row[name]]
    unread = row["unreadable_rows_count"]
    told += [f"{counted(unread, 'line')} without a readable amount, in neither sum"] if unread else []
    return listed(told) or "no difference"


def rule_words(rule: str) -> tuple[str, str]:
    """What was found of a line, and what to do next."""
    return RULES.get(rule, ("Something to look at", "Check the line."))
