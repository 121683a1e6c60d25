"""What stands beside an estimate, in words: each strand for itself, first how many answered; opinions named as such."""

from __future__ import annotations

from dashboards.figures import Row, is_hidden, known
from dashboards.queries.strands import ENGAGEMENT_AREAS
from dashboards.wording.numbers import counted, grouped, listed, month_name, rounded

BESIDE_NOTE = (
    "Each of these stands for itself. None is added to another or to the difference, because they answer different "
    "questions: what people think, what was aimed for, what was seen, and what was found elsewhere."
)
OPINION_NOTE = "This is an opinion of the adults who know the pupils, not a measurement."
TARGETS_NOTE = (
    "Each school sets and scores its own targets, so they describe these pupils and cannot be compared between schools "
    "or needs."
)
ENGAGEMENT_NOTE = "The engagement profile is not a score: the areas are told one by one and never added up."
FEW_ANSWERED_NOTE = "Fewer than half answered, and those who did not may think otherwise."
GOALS_CAP_WORDS = {
    "NOT_LEVELLED_BEFORE": "More than one in five were not levelled before the first session, so the scale may have "
    "been drawn round the result.",
    "SCORED_BY_DELIVERER": "More than one in five were scored by the adult who ran the group, or nobody noted by whom.",
}
SECURITY_WORDS = ("very limited", "limited", "moderate", "extensive", "very extensive")
COST_WORDS = ("very low", "low", "moderate", "high", "very high")
CERTAINTY_WORDS = {
    "READ": "",
    "READ_IN_PART": "Not all of these figures could be read at the source: check them there.",
    "FROM_MEMORY": "These figures could not be read at the source: check them there.",
}
_SMALL = "not shown, because some of the numbers are small"


def strands(row: Row) -> list[tuple[str, str]]:
    """Every strand with its heading, in a fixed order: what is not there says so."""
    return [
        ("What teachers thought", judgement_sentence(row)),
        ("What pupils said", pupil_voice_sentence(row)),
        ("What parents and carers said", parent_voice_sentence(row)),
        ("Targets", f"{targets_sentence(row)} {goals_sentence(row)}".strip()),
        ("Engagement", engagement_sentence(row)),
        ("Evidence from elsewhere", evidence_sentence(row)),
    ]


def judgement_sentence(row: Row) -> str:
    """How many teachers gave their opinion, and what it was."""
    told = _response(row, "judgement_asked_count", "judged_count", "Teachers gave an opinion on {} of {}")
    if told is None:
        return _nobody_asked(row, "judgement_asked_count", "no teacher has been asked what they think")
    if row["judged_count"] == 0:
        return (
            f"No teacher’s opinion is recorded for the {counted(row['judgement_asked_count'], 'pupil')} who finished."
        )
    parts = {"more than hoped": "judged_more_count", "as hoped": "judged_as_hoped_count", "less": "judged_less_count"}
    said = [f"{grouped(row[name])} {words}" for words, name in parts.items() if known(row, name)]
    small = [words for words, name in parts.items() if is_hidden(row, name)]
    said += [f"how many {' or '.join(small)} is {_SMALL}"] if small else []
    return _with_caution(f"{told}: {'; '.join(said)}.", row, "judgement_asked_count", "judged_count", OPINION_NOTE)


def pupil_voice_sentence(row: Row) -> str:
    """How many pupils answered, and how many of them said it helped."""
    return _voice_sentence(row, "pupil", "{} of {} were asked and answered", "no pupil has been asked", "No pupil’s")


def parent_voice_sentence(row: Row) -> str:
    """How many parents answered, and how many of them said it helped."""
    begin = "The parents or carers of {} of {} were asked and answered"
    return _voice_sentence(row, "parent", begin, "no parent has been asked", "No parent’s or carer’s")


def _voice_sentence(row: Row, whose: str, begin: str, nobody: str, none_of: str) -> str:
    asked, answered, positive = (f"{whose}_{word}_count" for word in ("asked", "answered", "positive"))
    told = _response(row, asked, answered, begin)
    if told is None:
        return _nobody_asked(row, asked, nobody)
    if row[answered] == 0:
        return f"{none_of} answer is recorded for the {counted(row[asked], 'pupil')} who finished."
    helped = (
        f"{grouped(row[positive])} said it helped" if known(row, positive) else f"how many said it helped is {_SMALL}"
    )
    return _with_caution(f"{told}; {helped}.", row, asked, answered)


def _response(row: Row, asked: str, answered: str, begin: str) -> str | None:
    """How many of how many answered; nothing where either may not be said, or nobody could be asked."""
    if not known(row, asked, answered) or row[asked] == 0:
        return None
    return begin.format(grouped(row[answered]), counted(row[asked], "pupil"))


def _nobody_asked(row: Row, asked: str, nobody: str) -> str:
    if known(row, asked) and row[asked] == 0:
        return f"Nobody has finished yet in a school whose records hold this, so {nobody}."
    return f"The number who answered is {_SMALL}."


def _with_caution(said: str, row: Row, asked: str, answered: str, note: str = "") -> str:
    caution = FEW_ANSWERED_NOTE if row[answered] * 2 < row[asked] else ""
    return " ".join(part for part in (said, caution, note) if part)


def targets_sentence(row: Row) -> str:
    """How many targets were set, scored and met."""
    if known(row, "targets_set_count") and row["targets_set_count"] == 0:
        return "No targets are recorded for those who started."
    if not known(row, "targets_set_count", "targets_pupils_count"):
        return f"The number of targets is {_SMALL}."
    were = "was" if row["targets_set_count"] == 1 else "were"
    pupils = counted(row["targets_pupils_count"], "pupil")
    told = f"{counted(row['targets_set_count'], 'target')} {were} set for {pupils}"
    if not known(row, "targets_scored_count"):
        return f"{told}; how many have been scored is {_SMALL}."
    if row["targets_scored_count"] == 0:
        return f"{told}; none has been scored yet."
    met = (
        f"{grouped(row['targets_met_count'])} met"
        if known(row, "targets_met_count")
        else f"how many were met is {_SMALL}"
    )
    cap = GOALS_CAP_WORDS.get(row["goals_cap"], "") if known(row, "goals_cap") else ""
    return f"{told}: {grouped(row['targets_scored_count'])} scored, {met}. {cap}".strip()


def goals_sentence(row: Row) -> str:
    """Where pupils began and ended on their own scales; nothing for fewer than ten pupils."""
    if not known(row, "goal_pupils_count", "goal_attainment_mean", "goal_attainment_start_mean"):
        return ""
    start, end = (rounded(row[name]) for name in ("goal_attainment_start_mean", "goal_attainment_mean"))
    pupils = counted(row["goal_pupils_count"], "pupil")
    return (
        f"On a scale where 50 means as hoped, {pupils} went from {start} to {end} on average. "
        f"That is change on their own targets, not a comparison. {TARGETS_NOTE}"
    )


def engagement_sentence(row: Row) -> str:
    """Of how many pupils engagement was observed, and of how many progress was recorded, area by area."""
    if not known(row, "engagement_pupils_count"):
        return f"The number of pupils observed is {_SMALL}."
    if row["engagement_pupils_count"] == 0:
        return "No engagement was recorded during it or in the six weeks after."
    counts = {area: f"engagement_{area}_progress_count" for area in ENGAGEMENT_AREAS}
    told = [f"{area} for {_nobody_or(row[name])}" for area, name in counts.items() if known(row, name)]
    small = [area for area, name in counts.items() if is_hidden(row, name)]
    parts = [f"Engagement was observed for {counted(row['engagement_pupils_count'], 'pupil')} during it or soon after."]
    if told:
        parts.append(f"Progress was recorded in {listed(told)}.")
    if small:
        parts.append(f"The number for {listed(small)} is {_SMALL}.")
    return " ".join([*parts, ENGAGEMENT_NOTE])


def _nobody_or(count: int) -> str:
    return "nobody" if count == 0 else grouped(count)


def evidence_sentence(row: Row) -> str:
    """What published evidence says of interventions of this kind, with its source: elsewhere, not here."""
    if not known(row, "evidence_label", "evidence_months", "evidence_security", "evidence_cost", "evidence_source"):
        return "No published evidence is linked to it in the trust’s catalogue."
    months = row["evidence_months"]
    gain = f"{counted(abs(months), 'month')} {'more' if months > 0 else 'less'}" if months else "no more"
    security, cost = SECURITY_WORDS[row["evidence_security"] - 1], COST_WORDS[row["evidence_cost"] - 1]
    certainty = CERTAINTY_WORDS[row["evidence_certainty"]] if known(row, "evidence_certainty") else ""
    looked_up = f", looked up in {month_name(row['evidence_retrieved'])}" if known(row, "evidence_retrieved") else ""
    said = (
        f"Elsewhere, not here: with {row['evidence_label'].lower()}, pupils made {gain} progress in a year on average; "
        f"the evidence is {security} and the cost {cost} ({row['evidence_source']}{looked_up})."
    )
    return f"{said} {certainty}".strip()
