"""Section F in words: what was promised, what took place. A shortfall is owed to a child; it is never a saving."""

from __future__ import annotations

from dashboards.figures import Row, known
from dashboards.wording.numbers import counted, listed, percent, whole, year_name
from expectations.vocabulary import TRUST

GROUP_WORDS = {
    "SPEECH_LANGUAGE": "Speech and language therapy",
    "OCCUPATIONAL_THERAPY": "Occupational therapy",
    "PHYSIOTHERAPY": "Physiotherapy",
    "SPECIALIST_TEACHING": "Specialist teachers",
    "OTHER_SPECIALIST": "Other specialists",
    "CLASS_SUPPORT": "Support and teaching in class",
    "SMALL_GROUP": "Small groups",
    "MENTORING": "Mentoring",
    "OTHER_SUPPORT": "Other support",
}
_STATES = {
    "BEHIND": "Behind",
    "NOTHING_PLANNED": "No session planned",
    "NOT_RECORDED": "Not recorded",
    "ON_PLAN": "As planned",
    "ABOVE_PLAN": "More than the year’s plan",
}
DUTY = (
    "What section F promises must be delivered, whoever employs the adult: what is missing here is owed to children. "
    "It is not money saved."
)
SINCE = (
    "Schools record one total a year for each line, so it can be said since which school year a line is behind, not "
    "since which day."
)
HOW_COUNTED = (
    "Due is the share of the year’s days in term that are over, of the sessions planned. A line is behind when a whole "
    "session or more is missing and less than 90% of what is due took place. Lines whose sessions are not recorded are "
    "left out of the shares. A line that is ahead never makes up for another."
)
LOW_RATE = 0.9


def group_words(code: str) -> str:
    """Kind of provision."""
    return GROUP_WORDS.get(code, "Other support")


def state_words(code: str) -> str:
    """Where a line stands."""
    return _STATES.get(code, code)


def delivered_sentence(row: Row) -> str:
    """Section F: promised sessions that took place, the school's own support and specialists apart."""
    if not known(row, "delivered_rate"):
        return ""
    share = percent(row["delivered_rate"])
    if row["delivered_rate"] >= LOW_RATE and known(row, "behind_since_year"):
        share = f"Just under {share}"  # released to a whole per cent, and judged before it was rounded
    said = f"{share} of the sessions promised in section F, due so far and recorded took place"
    own = "of the schools’ own support" if row.get("school_urn") == TRUST else "of the school’s own support"
    parts = [
        f"{percent(row[name])} {words}"
        for name, words in (
            ("support_delivered_rate", own),
            ("specialist_delivered_rate", "of the visits of therapists and specialist teachers"),
        )
        if known(row, name)
    ]
    return f"{said}: {listed(parts)}." if len(parts) > 1 else f"{said}."


def hours_sentence(row: Row) -> str:
    """What is owed, in hours; nothing where it is not known."""
    if not known(row, "due_hours", "shortfall_hours"):
        return ""
    missing, due = whole(row["shortfall_hours"]), whole(row["due_hours"])
    return (
        f"{missing} of the {due} recorded hours due by now were not delivered. Hours beyond the plan elsewhere do not "
        "make up for them."
    )


def behind_sentence(row: Row) -> str:
    """How many plans have a line behind."""
    if not known(row, "behind_plans_count", "plans_count"):
        return ""
    count, plans = row["behind_plans_count"], row["plans_count"]
    if count == 0:
        return f"None of the {counted(plans, 'plan')} has a line that is behind."
    return f"{count:,} of {counted(plans, 'plan')} {'has' if count == 1 else 'have'} a line of section F behind."


def since_sentence(row: Row) -> str:
    """Since which school year less than 90% took place: of everything, else of the specialists' visits."""
    for name, subject, has in (
        ("behind_since_year", "It", "has"),
        ("specialist_behind_since_year", "The visits of therapists and specialist teachers", "have"),
    ):
        if known(row, name):
            since, year = row[name], row["academic_year"]
            if since < year:
                return f"{subject} {has} been below 90% in every school year since {year_name(since)}."
            return f"{subject} fell below 90% this school year, {year_name(since)}."
    return ""


def low_sentence(row: Row) -> str:
    """The exception: what took place and since when it is short."""
    return " ".join(part for part in (delivered_sentence(row), since_sentence(row)) if part)


def furthest_behind_sentence(rows: list[Row]) -> str:
    """The kinds of provision of which the smallest share took place, across the trust."""
    short = [row for row in rows if known(row, "delivered_rate") and row["delivered_rate"] < LOW_RATE]
    if not short:
        return "No kind of provision is below 90% across the trust."
    row = min(short, key=lambda one: (one["delivered_rate"], one["provision_group"]))
    name, share = group_words(row["provision_group"]), percent(row["delivered_rate"])
    since = row["behind_since_year"] if known(row, "behind_since_year") else None
    ever = f", and below 90% in every year since {year_name(since)}" if since and since < row["academic_year"] else ""
    first = row.get("recorded_since_year")
    known_from = f" Sessions of it are on record from {year_name(first)}." if first else ""
    return f"Furthest behind across the trust: {name}, {share} of what is due{ever}.{known_from}"


def line_words(row: Row) -> str:
    """A line of a plan as its school names it."""
    return f"{row['line_number']} · {row['provision_type']}"


def since_words(row: Row) -> str:
    """Since which school year a line is behind."""
    since = row.get("behind_since_year")
    return "–" if since is None else year_name(since)
