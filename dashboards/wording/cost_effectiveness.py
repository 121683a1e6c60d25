"""What interventions cost for what they change, in words: pounds first, chances as people say them (METHODS B3 to B5).

Never a child, never a school, never what a plan requires. What is proposed, and by which rule: ``proposals``.
"""

from __future__ import annotations

from collections.abc import Iterable

from dashboards.figures import Row, known, shown
from dashboards.markup import Content
from dashboards.queries.cost_effectiveness import likely_better
from dashboards.wording.differences import range_words
from dashboards.wording.numbers import counted, listed, pounds, pounds_between, rounded

STANDING_WORDS = {
    "COMPARED": "can be set beside others",
    "NO_DIFFERENCE": "its outcome has no scale on which two can be subtracted",
    "NO_EVIDENCE": "no evidence yet (D)",
    "NOT_BALANCED": "compared with norms or whole schools, not with similar pupils",
    "FEW_PUPILS": "fewer than twenty pupils can be compared",
    "COST_NOT_RECORDED": "the cost is recorded for too few of its pupils",
}
"""Whether an option can be set beside others of its measure, and if not, why."""
PAIR_REASON_WORDS = {
    "AGES_APART": "Their pupils are on average more than two years apart in age, so the two are not compared.",
    "SAME_COST": "Both cost the same for every pupil, so what they achieve decides.",
}
RATIO_WORDS = {
    "NO_CLEAR_DIFFERENCE": "Which of the two achieves more is not clear, so no ratio can be given.",
    "BETTER_AND_CHEAPER": "The one that achieves more costs less, so nothing is paid for its extra points.",
    "COST_UNSURE": "Which of the two costs more is not clear, so no ratio can be given.",
}
TARGET_REASON_WORDS = {
    "NO_TARGETS": "No targets are set in its groups.",
    "FEW_PUPILS": "Fewer than ten pupils are in groups with targets, so no cost is shown.",
    "FEW_MET": "Fewer than ten targets were met, so a cost for each would mislead.",
    "NOT_RECORDED": "Too little of the cost is recorded for a cost for each target.",
    "COST_CONCENTRATED": "One pupil has more than half of the cost, so a cost for each target would mislead.",
}
HOW_COMPARED = (
    "Each intervention is first compared with pupils like its own who did not get it; then the two results are "
    "subtracted. Nobody chose by lot who got which, so the difference may come from whom they were given to. The "
    "figures are of their own pupils alone, before they are drawn towards an average."
)
HOW_TO_READ_PLANE = (
    "To the right the first achieves more than the second, upwards it costs more. The dot is the best estimate; the "
    "inner ring holds the truth about half the time, the outer one about 19 times in 20."
)
NOT_FOR_A_PLAN = (
    "None of this is about a child, and none about support that an EHC plan requires: that is a duty, whatever it "
    "costs."
)
EEF_NOTE = (
    "The word behind the pounds is the Education Endowment Foundation’s, for a pupil in a year. Support for a few "
    "pupils at a time often reads dear there, because its bands are of a whole class of 25."
)
TARGETS_NOTE = (
    "Targets are each school’s own, some easier than others. A cost for each target met is set beside no other "
    "intervention, and is no measure of a pupil or a need."
)
UNIT_WORDS = {
    "POINTS": ("point", "points"),
    "SESSIONS_PER_100": ("session in 100", "sessions in 100"),
    "PER_100_PUPILS_A_YEAR": ("suspension for 100 pupils a year", "suspensions for 100 pupils a year"),
}
STANDING_PRICE_PENCE = 10_000
"""The price of a point at which one chance is told; the mart's own."""


def measure_words(assessment_name: str, subject: str) -> str:
    """What two options are measured by."""
    return assessment_name if assessment_name == subject else f"{assessment_name} ({subject})"


def one_of(row: Row) -> str:
    """The name of one unit of the outcome: a point."""
    return UNIT_WORDS.get(row.get("outcome_unit") or "", UNIT_WORDS["POINTS"])[0]


def per_pupil_sentence(row: Row) -> str:
    """What it cost so far for each pupil; nothing where it is not told."""
    if not known(row, "cost_per_pupil_pence", "costed_count"):
        return ""
    pupils = counted(row["costed_count"], "pupil")
    return f"{pounds(row['cost_per_pupil_pence'])} for each of the {pupils} whose groups record their sessions."


def chance_words(rate: float) -> str:
    """A chance as people say it; never none and never sure."""
    tenths = rounded(rate * 10)
    if tenths == 0:
        return "less than a 1 in 10 chance"
    if tenths == 10:
        return "more than a 9 in 10 chance"
    return f"about {'an' if tenths == 8 else 'a'} {tenths} in 10 chance"


def better_value_sentence(first: str, second: str, rate: float, price_pence: int, one: str = "point") -> str:
    """If the board would pay so much for one point, how likely the first is better value."""
    start = f"If the board would pay {pounds(price_pence)} for one {one}" if price_pence else "If only the cost counted"
    return f"{start}, there is {chance_words(rate)} that {first} is better value than {second}."


def whatever_sentence(first: str, second: str, rate: float, highest_pence: int, one: str = "point") -> str:
    """The same chance at every price up to the highest."""
    start = f"Whatever the board would pay for one {one}, up to {pounds(highest_pence)}"
    return f"{start}, there is {chance_words(rate)} that {first} is better value than {second}."


def value_sentence(row: Row) -> str:
    """The chance at the standing price, told of whichever of the two is likelier the better value."""
    if not known(row, "better_value_rate"):
        return ""
    first, second, rate = row["intervention_name"], row["other_intervention_name"], row["better_value_rate"]
    if rate < 0.5:
        first, second, rate = second, first, 1 - rate
    return better_value_sentence(first, second, rate, STANDING_PRICE_PENCE, one_of(row))


def likely_pairs_sentence(rows: Iterable[Row]) -> str:
    """Pairs of which one is likely better value, together: each better one with those that it is better than."""
    than: dict[str, set[str]] = {}
    for row in rows:
        name = str(likely_better(row))
        than.setdefault(name, set()).update({row["intervention_name"], row["other_intervention_name"]} - {name})
    said = "; ".join(f"{name} rather than {listed(sorted(than[name]))}" for name in sorted(than))
    return f"At {pounds(STANDING_PRICE_PENCE)} for one point, likely the better value: {said}."


def difference_sentence(row: Row) -> str:
    """How much more the first achieves and costs than the second, each with its range; or why there is neither."""
    if row.get("pair_reason") == "AGES_APART":
        return PAIR_REASON_WORDS["AGES_APART"]
    if not known(row, "more_points", "more_lower_points", "more_upper_points", "dearer_pence"):
        return "What the two achieve is not shown: the number of pupils is small."
    effect = f"{_more(row)} (likely range {range_words(row['more_lower_points'], row['more_upper_points'])})"
    return f"{row['intervention_name']} came out {effect} {_dearer(row)}."


def _more(row: Row) -> str:
    one, many = UNIT_WORDS.get(row.get("outcome_unit") or "", UNIT_WORDS["POINTS"])
    size = rounded(abs(row["more_points"]))
    other = row["other_intervention_name"]
    if size == 0:
        return f"about level with {other}"
    direction = "ahead of" if row["more_points"] > 0 else "behind"
    return f"about {size} {one if size == 1 else many} {direction} {other}"


def _dearer(row: Row) -> str:
    if row["pair_reason"] == "SAME_COST":
        return "and cost the same for each pupil who took part"
    amount = row["dearer_pence"]
    if pounds(abs(amount)) == pounds(0):
        return "and cost about the same for each pupil who took part"
    return f"and cost about {pounds(abs(amount))} {'more' if amount > 0 else 'less'} for each pupil who took part"


def dearer_words(row: Row) -> Content:
    """The difference in cost with its range, in a cell: £7 less (£14 less to £0)."""
    if not known(row, "dearer_pence", "dearer_lower_pence", "dearer_upper_pence"):
        return shown(row, "dearer_pence")
    low, high = (_less_or_more(row[f"dearer_{end}_pence"]) for end in ("lower", "upper"))
    return f"{_less_or_more(row['dearer_pence'])} ({low} to {high})"


def _less_or_more(pence: int) -> str:
    amount = pounds(abs(pence))
    return amount if amount == pounds(0) else f"{amount} {'more' if pence > 0 else 'less'}"


def ratio_sentence(row: Row) -> str:
    """The cost of each extra point with its range, or why no ratio can be given."""
    if row["ratio_reason"] != "GIVEN":
        return RATIO_WORDS.get(row["ratio_reason"] or "", "")
    if not known(row, "ratio_pence", "ratio_lower_pence", "ratio_upper_pence", "more_points"):
        return ""
    is_first = row["more_points"] > 0
    better = row["intervention_name"] if is_first else row["other_intervention_name"]
    likely = pounds_between(row["ratio_lower_pence"], row["ratio_upper_pence"])
    return f"Each extra {one_of(row)} with {better} cost about {pounds(row['ratio_pence'])} (likely {likely})."


def quadrant_sentence(row: Row) -> str:
    """Where the draws lie: how often the first achieves more, and how often it costs less."""
    names = ("more_and_cheaper_rate", "more_and_dearer_rate", "less_and_cheaper_rate", "less_and_dearer_rate")
    if not known(row, *names):
        return ""
    more = row["more_and_cheaper_rate"] + row["more_and_dearer_rate"]
    cheaper = row["more_and_cheaper_rate"] + row["less_and_cheaper_rate"]
    first, second = row["intervention_name"], row["other_intervention_name"]
    return (
        f"There is {chance_words(more)} that {first} achieves more than {second}, and {chance_words(cheaper)} that it "
        "costs less."
    )


def likely_sentence(row: Row) -> str:
    """Which of two is likely the better value, or that it cannot be told."""
    better = likely_better(row)
    if better is None:
        return "" if not known(row, "better_value_rate") else "Which of the two is better value cannot be told."
    return value_sentence(row)


def targets_sentence(row: Row) -> str:
    """What was spent, how many targets were set, met, not met, not scored, and what that is for each met."""
    if row["targets_reason"] == "NO_TARGETS":
        return TARGET_REASON_WORDS["NO_TARGETS"]
    if not known(row, "targets_set_count"):
        return "How many targets were set is not shown: the number is small."
    due = f"{row['targets_set_count']:,} targets set"
    spent = known(row, "targets_cost_pence")
    start = f"We spent {pounds(row['targets_cost_pence'])} on groups with {due}" if spent else f"Its groups had {due}"
    return f"{start}{_parts(row)} {per_target_sentence(row)}".strip()


def _parts(row: Row) -> str:
    names = ("targets_met_count", "targets_scored_count", "targets_not_scored_count")
    if not known(row, *names):
        return "; how they turned out is not shown, because some of the numbers are small."
    met, scored, without = (row[name] for name in names)
    lacking = "none is without a score" if without == 0 else f"{without:,} {'has' if without == 1 else 'have'} no score"
    return f"; {met:,} were met, {scored - met:,} not, {lacking}."


def per_target_sentence(row: Row) -> str:
    """Cost for each target met as a range, or why there is none."""
    if known(row, "cost_per_target_low_pence", "cost_per_target_high_pence"):
        low, high = (row[f"cost_per_target_{end}_pence"] for end in ("low", "high"))
        return f"That is {pounds_between(low, high)} for each target met."
    return TARGET_REASON_WORDS.get(row["targets_reason"] or "", "")


def no_cost_words(row: Row) -> str:
    """Why no cost is told for each target met; nothing where it is told."""
    return "" if known(row, "cost_per_target_low_pence", "cost_per_target_high_pence") else per_target_sentence(row)


def per_target_cell(row: Row) -> Content:
    """Cost for each target met, as a range in a cell."""
    low, high = "cost_per_target_low_pence", "cost_per_target_high_pence"
    if not known(row, low, high):
        return shown(row, high)
    least, most = pounds(row[low]), pounds(row[high])
    return least if least == most else f"{least} to {most}"
