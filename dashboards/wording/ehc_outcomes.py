"""Outcomes and milestones of EHC plans in words. No evidence is said to be that, and never counted as on track."""

from __future__ import annotations

from dashboards.figures import Row, known
from dashboards.wording.numbers import counted, grouped, percent, sentence

STANDING_WORDS = {
    "MET": "Met",
    "ON_TRACK": "On track",
    "UNBACKED": "Said, not borne out",
    "OFF_TRACK": "Off track",
    "NO_EVIDENCE": "No evidence",
}
STANDING_COLUMNS = {
    "met_outcomes_count": "Met",
    "on_track_outcomes_count": "On track",
    "unbacked_outcomes_count": "Said, not borne out",
    "off_track_outcomes_count": "Off track",
    "no_evidence_outcomes_count": "No evidence",
}
_REASONS = {
    "NEVER_EVIDENCED": "Said to be {status}; nothing on record shows it",
    "MILESTONE_OVERDUE": "Said to be {status}; a milestone is overdue",
    "PAST_DUE": "Said to be {status}; its day is over",
    "EVIDENCE_OLD": "Said to be {status}; the evidence is more than 14 weeks old",
}
_STEPS = {
    "CHASE_MILESTONE": "Look at the overdue milestone: met, given up, or a new day?",
    "SETTLE": "Settle it: met or not met, with the evidence",
    "GATHER_EVIDENCE": "Gather evidence",
    "CHANGE_SUPPORT": "Say what will be different",
    "SET_MILESTONES": "Set milestones",
    "LINK_ADULTHOOD": "Link it to preparation for adulthood",
    "NEXT_MILESTONE": "Next milestone",
    "NONE": "Nothing now",
}
_CHANGES = {"IMPROVED": "Further", "HELD": "As far", "WORSE": "Less far", "NEW": "New", "ENDED": "Settled before"}
_USES = {
    "NOT": "Milestones are not in use yet.",
    "HARDLY": "Milestones are hardly in use yet: for fewer than a quarter of the pupils with a plan.",
    "PARTLY": "Milestones are in use for some of the pupils with a plan.",
    "MOSTLY": "Milestones are in use for at least three quarters of the pupils with a plan.",
}
HOW_COUNTED = (
    "Counted are the outcomes that fell due in the last year, are still to come or are still open. On track needs "
    "evidence of the last 14 weeks, no milestone overdue and a day still to come; met needs evidence. Where the school "
    "says met or on track and that is not on record, the outcome is “said, not borne out”: it may well be right, but "
    "nobody can see it."
)
ABOUT_USE = "How far the tracker is in use says how much these figures can tell. It is no measure of the support."
ABOUT_CHANGE = (
    "From the status recorded at the last two reviews; where it is not recorded, from the days of milestones and their "
    "evidence. Outcomes set since, or settled before, are not compared."
)


def standing_words(code: str) -> str:
    """Where an outcome stands."""
    return STANDING_WORDS.get(code, code)


def doubt_words(row: Row) -> str:
    """Why an outcome is on the list of those without evidence."""
    if row["standing"] == "NO_EVIDENCE":
        return "The tracker says: no evidence"
    said = _REASONS.get(row["standing_reason"], "Said to be {status}")
    return said.format(status=row["status"].lower())


def step_words(code: str) -> str:
    """What to do next."""
    return _STEPS.get(code, "")


def change_words(row: Row) -> str:
    """What changed between the last two reviews, with a sign where it is worked out from milestones."""
    said = _CHANGES.get(row["review_change"] or "", "–")
    return f"{said} (by milestones)" if row["change_basis"] == "MILESTONES" else said


def outcome_words(row: Row) -> str:
    """An outcome by number and area; its text stays in the plan."""
    return f"{row['outcome_number']} · {row['area_of_need'] or 'Area not stated'}"


def milestones_words(row: Row) -> str:
    """Milestones met of those set."""
    count = row["milestones_count"]
    return "none set" if count == 0 else f"{grouped(row['met_milestones_count'])} of {grouped(count)} met"


def standing_sentence(row: Row) -> str:
    """Where the outcomes stand, all five groups; or that some numbers are small."""
    if not known(row, "outcomes_count"):
        return "How many outcomes there are is not shown: the number is small, or would tell a small number elsewhere."
    count = row["outcomes_count"]
    if count == 0:
        return "No outcome in the tracker is due, still to come or open."
    if not known(row, *STANDING_COLUMNS):
        return f"{sentence(counted(count, 'outcome'))}; not all of how they stand is shown: some numbers are small."
    met, on, unbacked, off, without = (row[name] for name in STANDING_COLUMNS)
    return (
        f"Of {counted(count, 'outcome')}, {met:,} {_are(met)} met, {on:,} on track with recent evidence, {off:,} off "
        f"track, {without:,} without evidence; {unbacked:,} {_are(unbacked)} said to be met or on track without "
        "anything on record that bears it out."
    )


def no_evidence_sentence(row: Row) -> str:
    """The exception: outcomes that nothing shows."""
    if not known(row, "outcomes_count", "no_evidence_outcomes_count", "unbacked_outcomes_count"):
        return ""
    count, without, unbacked = (
        row[name] for name in ("outcomes_count", "no_evidence_outcomes_count", "unbacked_outcomes_count")
    )
    return (
        f"Of {counted(count, 'outcome')}, {without:,} {'has' if without == 1 else 'have'} no evidence, and "
        f"{unbacked:,} {_are(unbacked)} said to be met or on track without anything on record that bears it out."
    )


def overdue_sentence(row: Row) -> str:
    """Milestones past their day."""
    if not known(row, "overdue_pupils_count"):
        return ""
    pupils = row["overdue_pupils_count"]
    if pupils == 0:
        return "No milestone is overdue."
    of = f"{counted(pupils, 'pupil')} {'has' if pupils == 1 else 'have'}"
    if not known(row, "overdue_milestones_count"):
        return f"{of} a milestone that is overdue."
    return f"{of} a milestone that is overdue: {counted(row['overdue_milestones_count'], 'milestone')} in all."


def change_sentence(row: Row) -> str:
    """What changed between the last two reviews."""
    names = ("compared_outcomes_count", "improved_outcomes_count", "held_outcomes_count", "worse_outcomes_count")
    if not known(row, *names) or row["compared_outcomes_count"] == 0:
        return ""
    count, improved, held, worse = (row[name] for name in names)
    return (
        f"Between the last two reviews, of {counted(count, 'outcome')} that can be compared, {improved:,} moved "
        f"further, {held:,} stood as far and {worse:,} less far."
    )


def use_sentence(row: Row) -> str:
    """How far the tracker is in use: never a judgement of the support itself."""
    shares = [
        f"{percent(row[name])} {words}"
        for name, words in (
            ("with_outcomes_rate", "have an outcome in the tracker"),
            ("with_milestones_rate", "a milestone"),
            ("with_evidence_rate", "evidence of the last 14 weeks"),
        )
        if known(row, name)
    ]
    told = f"Of the pupils with a plan, {', '.join(shares)}." if shares and known(row, "with_outcomes_rate") else ""
    return " ".join(part for part in (use_words(row), told) if part)


def use_words(row: Row) -> str:
    """How far milestones are in use; nothing where too few pupils have a plan."""
    return _USES.get(row["tracker_use"], "") if known(row, "tracker_use") else ""


def _are(count: int) -> str:
    return "is" if count == 1 else "are"
