"""Value for money in words: facts and ranges, never a price tag on a child (METHODS B)."""

from __future__ import annotations

from dashboards.figures import Row, known, shown
from dashboards.markup import Symbol
from dashboards.wording.numbers import counted, nearest_ten_pounds, percent, pounds, pounds_between, year_name

NEVER_SAYS = (
    "None of this says that a plan is poor value: what a plan’s section F requires is a duty. Costs are never compared "
    "by kind of need, and higher spending does not cause better or worse outcomes: need drives both."
)
REASON_WORDS = {
    "FEW_MET": "Fewer than ten outcomes were met, so a cost for each would mislead.",
    "FEW_PLANS": "There are fewer than ten plans, so no cost is shown.",
    "COST_CONCENTRATED": "One pupil has more than half of the cost, so a cost for each outcome would mislead.",
    "NOT_RECORDED": "Too little of the delivery or cost is recorded for a cost for each outcome.",
}


def gap_sentence(row: Row) -> str:
    """Plans that cost more than what comes with them; pupils are counted, never netted."""
    if not known(row, "gap_plans_count", "plans_count"):
        few = (
            "How many plans cost more than the funding that comes with them is not shown: it is small, or would tell a "
            "small number elsewhere."
        )
        return f"{few} Together they cost {pounds(row['gap_pence'])} more." if known(row, "gap_pence") else few
    if row["gap_plans_count"] == 0:
        return f"None of the {counted(row['plans_count'], 'plan')} costs more than the funding that comes with it."
    amount = f": {pounds(row['gap_pence'])} in all" if known(row, "gap_pence") else ""
    said = f"For {row['gap_plans_count']:,} of {counted(row['plans_count'], 'plan')}, planned support costs more than"
    return f"{said} the funding that comes with them{amount}."


def outcomes_sentence(row: Row) -> str:
    """What was spent, how many outcomes were due, met, not met, without evidence, and what that is for each met."""
    if not known(row, "outcomes_due_count"):
        return "How many outcomes were due is not shown: the number is small."
    if row["outcomes_due_count"] == 0:
        return f"No outcomes fell due in {year_name(row['academic_year'])} by the date of the data."
    due = f"{row['outcomes_due_count']:,} outcomes due"
    spent = known(row, "cost_to_date_pence")
    start = f"We spent {pounds(row['cost_to_date_pence'])} on plans with {due}" if spent else f"Plans had {due}"
    return f"{start}{_parts(row)} {per_outcome_sentence(row)}".strip()


def _parts(row: Row) -> str:
    if not known(row, "outcomes_met_count", "outcomes_not_met_count", "outcomes_no_evidence_count"):
        return "; how they turned out is not shown, because some of the numbers are small."
    met, not_met = row["outcomes_met_count"], row["outcomes_not_met_count"]
    without = row["outcomes_no_evidence_count"]
    lacking = (
        "none is without evidence" if without == 0 else f"{without:,} {'has' if without == 1 else 'have'} no evidence"
    )
    return f"; {met:,} were met, {not_met:,} not, {lacking}."


def per_outcome_sentence(row: Row) -> str:
    """Cost for each outcome met as a range, or why there is none."""
    if known(row, "cost_per_outcome_low_pence", "cost_per_outcome_high_pence"):
        low, high = (nearest_ten_pounds(row[f"cost_per_outcome_{end}_pence"]) for end in ("low", "high"))
        return f"That is {pounds_between(low, high)} for each outcome met."
    return REASON_WORDS.get(row["reason"], "No cost for each outcome met is given.") if known(row, "reason") else ""


def delivered_sentence(row: Row) -> str:
    """Section F: promised sessions that took place."""
    if not known(row, "delivered_rate"):
        return ""
    return (
        f"{percent(row['delivered_rate'])} of the sessions promised in section F, due so far and recorded took place."
    )


def uncosted_sentence(row: Row) -> str:
    """Plans left out of the costs."""
    if not known(row, "uncosted_plans_count") or row["uncosted_plans_count"] == 0:
        return ""
    plans = counted(row["uncosted_plans_count"], "plan")
    return f"The cost of {plans} is not known and is not in these sums."


def year_label(row: Row) -> str:
    """The academic year; this year's is to date."""
    return year_name(row["academic_year"])


def recorded_sentence(row: Row) -> str:
    """How much of section F has a record of delivery at all."""
    if not known(row, "recorded_rate") or row["recorded_rate"] >= 1:
        return ""
    return f"Delivery is recorded for {percent(row['recorded_rate'])} of the lines of section F."


def per_outcome_cell(row: Row) -> str | Symbol:
    """Cost for each outcome met, as a range in a cell."""
    low, high = "cost_per_outcome_low_pence", "cost_per_outcome_high_pence"
    if not known(row, low, high):
        return shown(row, low)
    least, most = (pounds(nearest_ten_pounds(row[name])) for name in (low, high))
    return least if least == most else f"{least} to {most}"


def lower(said: str) -> str:
    """A sentence to stand after a colon: a small letter at the start, unless it starts with a name of ours."""
    return said if said[:4] in ("EHC ", "SEN ") else said[:1].lower() + said[1:]
