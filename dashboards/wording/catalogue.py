"""Many interventions together, in words: how to read them, what chance does, averages by subject, pupils by verdict."""

from __future__ import annotations

from collections.abc import Sequence

from dashboards.figures import Row, known
from dashboards.queries.estimates import DRAWN_TOWARDS, Share
from dashboards.wording.differences import range_words
from dashboards.wording.numbers import count_words, counted, listed, percent, pounds, rounded, signed

HOW_TO_READ = (
    "The dot is the best estimate. The truth is as likely inside the thick bar as outside it, and 95 times in 100 "
    "inside the thin one. A thin bar that crosses “similar pupils” may be no difference at all."
)
HOW_TO_READ_BAND = (
    "The grey band is where another intervention of the same subject would be expected, and the mark in it their "
    "average: a result inside the band is nothing unusual."
)
_VERDICT_PARTS = (
    ("AHEAD", "ended ahead of similar pupils"),
    ("BEHIND", "ended behind"),
    ("NO_CLEAR_DIFFERENCE", "showed no clear difference"),
    ("CANNOT_TELL", "cannot be judged yet"),
)
_RATES = {
    "Attendance": "sessions fewer missed in every 100",
    "Behaviour": "suspensions fewer for every 100 pupils in a year",
}
_PLACES_IN = {
    "AHEAD": "in interventions whose pupils ended ahead of similar pupils",
    "BEHIND": "in ones whose pupils ended behind",
    "NO_CLEAR_DIFFERENCE": "in ones with no clear difference",
    "CANNOT_TELL": "in ones of which we cannot tell yet",
}


def reading_sentence(rows: Sequence[Row]) -> str:
    """The chart in one sentence: how many are ahead, behind, without clear difference, not to be told."""
    verdicts = [row["verdict"] for row in rows]
    said = [f"{verdicts.count(code)} {what}" for code, what in _VERDICT_PARTS if code in verdicts]
    if not said:
        return "There are no interventions to show."
    if len(rows) == 1:
        return f"The one intervention here {said[0].removeprefix('1 ')}."
    return f"Of {counted(len(rows), 'intervention')}, {listed(said)}."


def chance_sentence(comparisons_count: int) -> str:
    """How many of so many comparisons would look unusual by luck alone; one in twenty."""
    if comparisons_count < 2:
        return ""
    if comparisons_count < 10:
        return f"With {count_words(comparisons_count)} comparisons, even one that looks unusual may be chance."
    expected = int(rounded(comparisons_count / 20))
    return f"With {comparisons_count} comparisons, about {count_words(expected)} would look unusual by chance."


def domain_sentence(row: Row) -> str:
    """A subject's average and what to expect of another one in it; or that the spread is no more than chance."""
    if not row["interventions_count"]:
        return ""
    name, count = row["outcome_domain"], counted(row["interventions_count"], "intervention")
    if row["pooling"] not in DRAWN_TOWARDS:
        return f"{name}: {count} can be compared, too few to draw towards an average. Each stands for itself."
    if not known(row, "mean_points", "lower_points", "upper_points"):
        return f"{name}: {count} are drawn towards their average, which has no one unit or is not shown."
    unit = _RATES.get(name, "points")
    said = f"{signed(row['mean_points'], '0.1')} {unit} ({range_words(row['lower_points'], row['upper_points'])})"
    average = f"{name}: the average over {count} is {said}."
    if row["pooling"] == "NO_SPREAD_BETWEEN":
        return (
            f"{average} The differences between these interventions are no larger than chance, so each stands at the "
            "average: nothing here says that one works better than another."
        )
    if not known(row, "prediction_lower_points", "prediction_upper_points"):
        return average
    expected = range_words(row["prediction_lower_points"], row["prediction_upper_points"])
    return f"{average} Of another one we would expect {expected}."


def places_sentence(shares: Sequence[Share]) -> str:
    """How many pupils’ places stand behind each verdict: over pupils, never over schools or interventions."""
    total = sum(share.places for share in shares)
    if total == 0:
        return ""
    parts = [
        f"{share.places:,} ({percent(share.places / total)}) {_PLACES_IN[share.code]}"
        for share in shares
        if share.places and share.code in _PLACES_IN
    ]
    return f"Of {total:,} places that pupils took in interventions, {listed(parts)}."


def unproven_sentence(shares: Sequence[Share]) -> str:
    """Money spent to date on what cannot be told to work, of all that was spent; both of shown costs only."""
    spent = sum(share.cost_pence for share in shares)
    unproven = sum(share.cost_pence for share in shares if share.code == "CANNOT_TELL")
    if spent == 0 or unproven == 0:
        return ""
    return (
        f"{pounds(unproven)} of {pounds(spent)} spent to date ({percent(unproven / spent)}) went to interventions of "
        "which we cannot yet say whether they work. That is not money wasted: it is what we do not know."
    )


def left_out_sentence(shares: Sequence[Share]) -> str:
    """How many interventions are not in the sums, because their own figure is hidden or was not recorded."""
    places, costs = sum(s.hidden_places for s in shares), sum(s.hidden_costs for s in shares)
    parts = []
    if places:
        parts.append(f"the pupils of {counted(places, 'intervention')}")
    if costs:
        parts.append(f"the cost of {counted(costs, 'intervention')}")
    if not parts:
        return ""
    return f"Not in these sums, because the group is small or nothing is recorded: {listed(parts)}."
