"""What a picture shows, in one line above it: the finding where the figures allow one, else what is drawn."""

from __future__ import annotations

from collections.abc import Sequence

from dashboards.figures import Row, known
from dashboards.wording import ehc_delivery, inclusion
from dashboards.wording import money as plans
from dashboards.wording import spend as spending
from dashboards.wording.numbers import counted, grouped, listed, percent, pounds, sentence
from dashboards.wording.strategy import grouped_for_bars

ACROSS_THE_TRUST = "across the trust"


def persistent_title(rows: Sequence[Row]) -> str:
    """Who missed a tenth or more, group by group."""
    told = [f"{percent(row['persistent_rate'])} {_with(row)}" for row in rows if known(row, "persistent_rate")]
    start = "Missed a tenth or more of half-days"
    return f"{start}: {listed(told)}" if told else start


def suspensions_title(rows: Sequence[Row]) -> str:
    """Suspensions for each 100 pupils, group by group."""
    told = [
        f"{inclusion.per_100(row['suspensions_per_100_years'])} {_with(row)}"
        for row in rows
        if known(row, "suspensions_per_100_years")
    ]
    start = "Suspensions for each 100 pupils in a year"
    return f"{start}: {listed(told)}" if told else start


def _with(row: Row) -> str:
    return inclusion.GROUP_WORDS[row["sen_group"]].removeprefix("pupils ")


def places_title(rows: Sequence[Row]) -> str:
    """How many have no place on the ladder, in the subject that is read first."""
    row = rows[0]
    off, pupils = row["off_ladder_count"], counted(row["sen_count"], "pupil")
    return f"{row['subject']}: {grouped(off)} of {pupils} have no place on the ladder"


def outcomes_title(row: Row) -> str:
    """Outcomes that are met, and those that nothing on record bears out."""
    unseen = row["no_evidence_outcomes_count"] + row["unbacked_outcomes_count"]
    return (
        f"Of {counted(row['outcomes_count'], 'outcome')}, {grouped(row['met_outcomes_count'])} met; nothing on record "
        f"bears out how {grouped(unseen)} stand"
    )


def provision_title(rows: Sequence[Row]) -> str:
    """The kind of provision of which the smallest share took place."""
    told = [row for row in rows if known(row, "delivered_rate")]
    row = min(told, key=lambda one: (one["delivered_rate"], one["provision_group"]))
    name = ehc_delivery.group_words(row["provision_group"])
    return f"{name}: {percent(row['delivered_rate'])} of what is due took place, the smallest share"


def waits_title(rows: Sequence[Row]) -> str:
    """The service for which half wait longest, and that the picture is of the whole trust."""
    told = [row for row in rows if known(row, "seen_median_weeks")]
    row = max(told, key=lambda one: (one["seen_median_weeks"], one["service"]))
    weeks = counted(int(row["seen_median_weeks"]), "week")
    return f"Waits {ACROSS_THE_TRUST}, by service: longest for {lower_first(row['service'])}, half seen within {weeks}"


def requests_title(forecast: Row) -> str:
    """How many requests come to a plan within the weeks of the law."""
    if not known(forecast, "by_20_rate"):
        return f"Requests with a final plan as weeks go by, {ACROSS_THE_TRUST}"
    return f"{sentence(ACROSS_THE_TRUST)}, about {percent(forecast['by_20_rate'])} get a final plan within 20 weeks"


def spend_title(rows: Sequence[Row]) -> str:
    """The newest whole year's spending beside its funding, in pounds."""
    told = [row for row in rows if spending.beyond_pence(row) is not None]
    if not told:
        return "Recorded spending and its funding, by year"
    row = told[-1]
    beyond = spending.beyond_pence(row) or 0
    where = f"{pounds(beyond)} beyond" if beyond > 0 else f"{pounds(-beyond)} within"
    return f"{spending.year_label(row)}: {pounds(row['spend_pence'])} recorded, {where} the funding for it"


def plan_costs_title(rows: Sequence[Row]) -> str:
    """The newest year's planned cost beside what comes with the plans."""
    told = [row for row in rows if known(row, "full_cost_pence", "funding_pence")]
    if not told:
        return "What plans cost and what comes with them, by year"
    row = told[-1]
    cost, funding = pounds(row["full_cost_pence"]), pounds(row["funding_pence"])
    return f"{plans.year_label(row)}: {cost} planned for the year, {funding} comes with the plans"


def leavers_title(rows: Sequence[Row]) -> str:
    """That the dark bar is who stayed, and how many are not traced, of the stages that tell it."""
    told = [row for row in rows if known(row, "unknown_count", "leavers_count")]
    if not told:
        return "Still in education, training or work two terms on, by stage"
    lost, left = sum(row["unknown_count"] for row in told), sum(row["leavers_count"] for row in told)
    return f"Two terms on, {grouped(lost)} of {counted(left, 'leaver')} are not traced"


def priorities_title(whole: Row) -> str:
    """Actions done, and those that are stuck."""
    stuck = grouped_for_bars(whole)["stuck_count"]
    return (
        f"{grouped(whole['done_count'])} of {counted(whole['actions_count'], 'action')} done, {grouped(stuck)} "
        "blocked or past their day"
    )


def funnel_title(names: Sequence[str]) -> str:
    """The schools that lie beyond what chance does, in order of name."""
    if not names:
        return "No school lies beyond the outer lines"
    return f"Beyond the outer lines: {listed(list(names))}"


def lower_first(name: str) -> str:
    """A name within a sentence; a name in capitals stays."""
    return name if name[:2].isupper() else f"{name[:1].lower()}{name[1:]}"
