"""What a figure's passport says besides its meaning: from which files it comes, how it is made, when it is hidden."""

from __future__ import annotations

from dashboards.wording.numbers import listed
from expectations.contract import Amount, Count, Label, Rate, Sensitivity, Staffing, Worded
from expectations.tables import ALL

_ROLL = ("the SEND register", "the School Census", "Insight")
PUBLISHED = "Published government figures."
ALL_FILES = "Every file that schools and the trust sent."
SOURCES: dict[str, tuple[str, ...]] = {
    "pupils": _ROLL,
    "identification": _ROLL,
    "needs": _ROLL,
    "sen_flows": _ROLL,
    "match": (*_ROLL, "the EHC plan tracker"),
    "inclusion": ("attendance, suspensions and other lists of the school", "the SEND register"),
    "moves": ("the list of moves off the roll", "the SEND register"),
    "destinations": ("the leavers’ list", "the NCCIS extract"),
    "interventions": ("the provision map", "Insight"),
    "impact": ("the provision map", "Insight assessments"),
    "cost_effectiveness": ("the provision map", "Insight assessments", "the money workbook"),
    "progress": ("Insight assessments", "small steps", "the engagement profile"),
    "apdr": ("the record of assess, plan, do, review", "the SEND register"),
    "ehc_clock": ("the EHC plan tracker",),
    "ehc_outcomes": ("the EHC plan tracker",),
    "ehc_delivery": ("section F in the EHC plan tracker", "the record of sessions given"),
    "value_for_money": ("the EHC plan tracker", "the provision map", "the money workbook"),
    "money": ("the money workbook", "the provision map", "the EHC plan tracker"),
    "referrals": ("referrals to agencies", "the trust’s registers"),
    "purchasing": ("the trust’s registers", "the SEND register"),
    "moderation": ("marks given in moderation", "the trust’s registers"),
    "governance": ("the trust’s registers",),
    "strategy": ("the trust’s registers",),
}
"""Subject of a published table: what its figures mainly rest on. A test holds it to what the night really reads."""
PUBLISHED_TABLES = frozenset({
    "mart_identification__census_share", "mart_identification__caseload", "mart_ehc_clock__benchmarks",
    "mart_progress__benchmarks",
})  # fmt: skip
METHODS = {
    "interventions": "protocol",
    "moves": "destinations",
    "pupils": "identification",
    "sen_flows": "match",
    "needs": "identification",
    "strategy": "nutshell",
    "governance": "nutshell",
    "deliveries": "nutshell",
    "questions": "nutshell",
}
"""Subject: its method page, where that has another name."""
HIDDEN_RULES: dict[type, str] = {
    Count: "Hidden when it is small, or when it would give a small number away.",
    Rate: "Hidden when too few pupils stand behind it.",
    Amount: "Hidden when few pupils, or one or two of them, make most of it.",
    Staffing: "Hidden when it is of fewer than three staff.",
    Worded: "Hidden when a number that it rests on is.",
    Label: "Never hidden.",
}
NOTE = "Data to {date}. How each figure is made stands on the page About the data, under the name of its method."
FOR_STAFF = "Of pupils one by one, for staff alone: nothing in it is hidden."
OPEN = "Never hidden: it is of no pupil."


def subject_of(table: str) -> str:
    """The subject of a published table, as its name says."""
    return table.removeprefix("mart_").partition("__")[0]


def source_words(table: str) -> str:
    """Where a table's figures come from."""
    if table in PUBLISHED_TABLES:
        return PUBLISHED
    files = SOURCES.get(subject_of(table))
    return f"From {listed(list(files))}." if files else ALL_FILES


def method_of(table: str) -> str:
    """The method page on a table's figures."""
    subject = subject_of(table)
    return METHODS.get(subject, subject)


def hidden_words(table: str, column: str) -> str:
    """When a figure is hidden; '' for one that this code does not know."""
    declared = ALL.get(table)
    named = declared.by_name.get(column) if declared else None
    if declared is None or named is None:
        return ""
    if declared.sensitivity is not Sensitivity.AGGREGATE:
        return FOR_STAFF if declared.sensitivity is Sensitivity.PUPIL else OPEN
    return HIDDEN_RULES[type(named.release)] if named.release else OPEN
