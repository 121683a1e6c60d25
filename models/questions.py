"""What to ask: exceptions found in *released* figures, each with the trigger that the app puts into words.

A hidden figure is null here and raises no question, so that no question can tell what a table does not. The sentences
are in ``dashboards/wording.py``; the rules stand beside their codes in ``TRIGGERS``, in the order of their weight.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from inspect import signature

import polars as pl

from expectations.derive import conform, empty_frame
from expectations.tables.questions import MART_QUESTIONS__SCHOOL
from expectations.vocabulary import TRUST
from models import (
    questions_cost_effectiveness,
    questions_destinations,
    questions_ehc_delivery,
    questions_ehc_outcomes,
    questions_identification,
    questions_progress,
)
from models.asking import Found, Trigger, exceptions
from models.questions_cost_effectiveness import ask_of_cost_effectiveness
from models.questions_ehc_clock import FIRST as CLOCK_FIRST
from models.questions_ehc_clock import LATER as CLOCK_LATER
from models.questions_ehc_clock import ask_of_ehc_clock
from models.questions_inclusion import PRESSING as INCLUSION_PRESSING
from models.questions_inclusion import STANDING as INCLUSION_STANDING
from models.questions_inclusion import ask_of_inclusion
from models.questions_match import NEED_UNCLEAR, NO_PROVISION, OLD_CONFLICTS, ask_of_match
from models.questions_moderation import MODERATION_APART, MODERATION_STALE, OWN_DRIFT, PRACTICE_GAP, ask_of_moderation
from models.questions_money import HOURS_DRIFT, SPENT_BEYOND, ask_of_money
from models.questions_purchasing import BUY_TOGETHER, NEED_WITHOUT_TEST, ask_of_purchasing
from models.questions_referrals import LONG_WAIT, SERVICE_WAIT, ask_of_referrals
from models.questions_strategy import TRIGGERS as OF_STRATEGY
from models.questions_strategy import ask_of_strategy

MOST_PER_TRIGGER = 2
LOW_DOSE_BELOW, RECORDED_BELOW = 0.75, 0.90
TESTED_BELOW = 0.60
UNSERVED_FROM, UNSERVED_ABOVE = 5, 0.75
"""Pupils with a low score and no running intervention: how many at least, and more than which share of those with one.
Not everybody with a low score needs a group of their own; most of them in none is worth a question."""
SLOW_ABOVE = 0.50
MANY_PUPILS = 10
ENGLAND_SUSTAINED = "KS4 leavers with EHC plan in any sustained destination"
"""Measure of seeds/reference/benchmark_ehcp.csv, per cent."""


TRIGGERS = (
    Trigger("NOTHING_DELIVERED", "DATA", "mart_deliveries__confidence", "files_taken_count",
            "No file of the school has been taken, so nothing can be said of it."),
    *questions_ehc_delivery.TRIGGERS,
    *CLOCK_FIRST,
    Trigger("BEHIND", "IMPACT", "mart_impact__intervention", "difference_points",
            "Across the trust, pupils in an intervention that the school runs or ran ended behind similar pupils; "
            "the furthest behind first."),
    *questions_ehc_outcomes.TRIGGERS,
    Trigger("UNSERVED", "IDENTIFICATION", "mart_interventions__timeliness", "unserved_count",
            "Five or more pupils with a low latest test score, and more than 75% of those with one, are in no running "
            "intervention."),
    *INCLUSION_PRESSING,
    *questions_cost_effectiveness.PRESSING,
    NO_PROVISION,
    Trigger("LOW_DOSE", "DELIVERY", "mart_impact__school", "dose_rate",
            "Less than 75% of an intervention's due sessions were delivered; the lowest first."),
    *questions_progress.TRIGGERS,
    HOURS_DRIFT,
    *CLOCK_LATER,
    Trigger("SLOW_START", "IDENTIFICATION", "mart_interventions__timeliness", "slow_count",
            "More than half of ten or more pupils had no intervention within twelve weeks of the first concern."),
    SERVICE_WAIT,
    LONG_WAIT,
    Trigger("UNTESTED", "IMPACT", "mart_interventions__compliance", "both_rate",
            "In the latest year with ten end tests due, fewer than 60% have a score before and after."),
    NEED_WITHOUT_TEST,
    Trigger("UNPROVEN", "IMPACT", "mart_impact__intervention", "verdict",
            "Ten pupils or more started an intervention and it cannot be told whether it helps; most pupils first."),
    Trigger("UNKNOWN_LEAVERS", "DESTINATIONS", "mart_destinations__school", "unknown_count",
            "More than one in ten of ten or more leavers of a stage are not traced; the widest band first."),
    Trigger("LOW_SUSTAINED", "DESTINATIONS", "mart_destinations__school", "sustained_high_rate",
            "Even if all untraced Year 11 leavers with a plan were in a destination, fewer are than in England, and "
            "the whole likely range lies below England's figure."),
    *questions_destinations.TRIGGERS,
    questions_identification.APART,
    *questions_identification.TRIGGERS,
    MODERATION_APART,
    OWN_DRIFT,
    MODERATION_STALE,
    SPENT_BEYOND,
    Trigger("GAP", "VALUE_FOR_MONEY", "mart_value_for_money__school", "gap_pence",
            "In the latest year some plans cost more than the funding that comes with them."),
    *questions_cost_effectiveness.STANDING,
    *OF_STRATEGY,
    *INCLUSION_STANDING,
    BUY_TOGETHER,
    PRACTICE_GAP,
    Trigger("NO_SESSIONS", "DELIVERY", "mart_impact__school", "dose_rate",
            "A group is running of whose intervention no sessions are recorded; in order of name."),
    OLD_CONFLICTS,
    NEED_UNCLEAR,
    Trigger("UNRECORDED_PROVISION", "DATA", "mart_value_for_money__school", "recorded_rate",
            "In the latest year sessions are recorded for less than 90% of the lines of section F."),
    Trigger("SET_ASIDE", "DATA", "mart_deliveries__confidence", "set_aside_percent",
            "Data confidence is poor: 5% or more of the rows delivered had to be set aside."),
)  # fmt: skip
"""In order of weight: what the law requires and what may do harm first, what we do not know last."""


def ask(marts: Mapping[str, pl.DataFrame], *, benchmarks: pl.DataFrame) -> pl.DataFrame:
    """MART_QUESTIONS__SCHOOL from the released marts of ``READS``: every exception, two of one trigger a school.

    None is cut by its rank: a page on one subject asks what rests on its own figures, however pressing the rest is.
    ``benchmarks``: rows of MART_RELEASE__BENCHMARKS. Ranked by the trigger's weight, then by how far the figure is
    from its threshold, then by name.
    """
    given = {**marts, "benchmarks": benchmarks}
    found: dict[str, pl.DataFrame] = {}
    for look in _SUBJECTS:
        found |= look(**{name: given[name] for name in signature(look).parameters})
    if set(found) != {trigger.code for trigger in TRIGGERS}:
        raise AssertionError("Each declared trigger is looked for, and no other")
    return _rank(found)


def _ask_of_impact(mart_impact__intervention: pl.DataFrame, mart_impact__school: pl.DataFrame) -> Found:
    """The trust's verdict is asked of every school that runs or ran the intervention, and of the trust."""
    trust, schools = mart_impact__intervention, mart_impact__school
    verdicts = trust.select("intervention_name", "verdict", "difference_points")
    both = ["school_urn", "intervention_name", "started_count", "dose_rate", "is_running", "hidden_columns"]
    rows = pl.concat(
        [
            schools.select(both),
            trust.with_columns(school_urn=pl.lit(TRUST), is_running=pl.lit(False)).select(both),
        ]
    ).join(verdicts, on="intervention_name", how="left")
    name, is_many = "intervention_name", pl.col("started_count") >= MANY_PUPILS
    is_unrecorded = pl.col("dose_rate").is_null() & ~pl.col("hidden_columns").str.contains("dose_rate", literal=True)
    return {
        "BEHIND": exceptions(rows, pl.col("verdict") == "BEHIND", name, -pl.col("difference_points")),
        "LOW_DOSE": exceptions(rows, pl.col("dose_rate") < LOW_DOSE_BELOW, name, -pl.col("dose_rate")),
        "UNPROVEN": exceptions(rows, (pl.col("verdict") == "CANNOT_TELL") & is_many, name, pl.col("started_count")),
        "NO_SESSIONS": exceptions(rows, pl.col("is_running") & is_unrecorded, name, pl.lit(0.0)),
    }


def _ask_of_plans(mart_value_for_money__school: pl.DataFrame) -> Found:
    year = pl.col("academic_year")
    latest = mart_value_for_money__school.filter(year == year.max())
    about = "academic_year"
    return {
        "GAP": exceptions(latest, pl.col("gap_pence") > 0, about, pl.col("gap_pence")),
        "UNRECORDED_PROVISION": exceptions(
            latest, pl.col("recorded_rate") < RECORDED_BELOW, about, -pl.col("recorded_rate")
        ),
    }


def _ask_of_leavers(mart_destinations__school: pl.DataFrame, benchmarks: pl.DataFrame) -> Found:
    groups = mart_destinations__school
    everyone = groups.filter(pl.col("sen_group") == "All leavers")
    band = pl.col("sustained_high_rate") - pl.col("sustained_low_rate")
    england = benchmarks.filter(measure=ENGLAND_SUSTAINED, area="England").sort("period").tail(1)
    figure = pl.lit(england["value"][0] / 100 if england.height else None, dtype=pl.Float64)
    with_plan = groups.filter((pl.col("sen_group") == "EHC plan") & (pl.col("leaver_stage") == "Year 11"))
    is_below = (pl.col("sustained_high_rate") < figure) & (pl.col("wilson_high_rate") < figure)
    return {
        "UNKNOWN_LEAVERS": exceptions(everyone, pl.col("is_band_first"), "leaver_stage", band.fill_null(0)),
        "LOW_SUSTAINED": exceptions(with_plan, is_below, "leaver_stage", figure - pl.col("sustained_high_rate")),
    }


def _ask_of_data(mart_deliveries__confidence: pl.DataFrame) -> Found:
    confidence = mart_deliveries__confidence
    word = pl.col("confidence")
    return {
        "SET_ASIDE": exceptions(confidence, word == "POOR", None, pl.col("set_aside_percent")),
        "NOTHING_DELIVERED": exceptions(confidence, word == "NO_DATA", None, pl.lit(0.0)),
    }


def _ask_of_protocol(mart_interventions__compliance: pl.DataFrame) -> Found:
    year, tested = pl.col("academic_year"), pl.col("both_rate")
    with_due = mart_interventions__compliance.filter(pl.col("exit_due_starts_count") >= MANY_PUPILS)
    latest = with_due.filter(year == year.max().over("school_urn"))
    return {"UNTESTED": exceptions(latest, tested < TESTED_BELOW, "academic_year", -tested)}


def _ask_of_waits(mart_interventions__timeliness: pl.DataFrame) -> Found:
    waits = mart_interventions__timeliness
    without, share = pl.col("unserved_count"), pl.col("unserved_rate")
    slow, is_many = pl.col("slow_rate"), pl.col("told_count") >= MANY_PUPILS
    is_unserved = (without >= UNSERVED_FROM) & (share > UNSERVED_ABOVE)
    return {
        "UNSERVED": exceptions(waits, is_unserved, None, share),
        "SLOW_START": exceptions(waits, is_many & (slow > SLOW_ABOVE), None, slow),
    }


_SUBJECTS: tuple[Callable[..., Found], ...] = (
    _ask_of_impact,
    _ask_of_plans,
    _ask_of_leavers,
    _ask_of_data,
    _ask_of_protocol,
    _ask_of_waits,
    questions_destinations.ask_of_destinations,
    questions_identification.ask_of_identification,
    questions_ehc_delivery.ask_of_ehc_delivery,
    questions_ehc_outcomes.ask_of_ehc_outcomes,
    questions_progress.ask_of_progress,
    ask_of_cost_effectiveness,
    ask_of_ehc_clock,
    ask_of_inclusion,
    ask_of_match,
    ask_of_moderation,
    ask_of_money,
    ask_of_purchasing,
    ask_of_referrals,
    ask_of_strategy,
)
"""Who looks for exceptions. The parameters of each are named after the released marts that it looks at."""
READS = tuple(sorted({name for look in _SUBJECTS for name in signature(look).parameters} - {"benchmarks"}))
"""The released marts that questions rest on."""


def _rank(found: Found) -> pl.DataFrame:
    by_weight = [
        found[trigger.code].with_columns(
            weight=pl.lit(weight),
            subject=pl.lit(trigger.subject),
            trigger=pl.lit(trigger.code),
            figure_table=pl.lit(trigger.figure_table),
            figure_column=pl.lit(trigger.figure_column),
        )
        for weight, trigger in enumerate(TRIGGERS)
    ]
    ordered = pl.concat(by_weight).sort(
        "school_urn", "weight", "distance", "about", descending=[False, False, True, False], nulls_last=True
    )
    few = ordered.filter(pl.int_range(pl.len()).over("school_urn", "trigger") < MOST_PER_TRIGGER)
    ranked = few.with_columns(question_rank=pl.int_range(1, pl.len() + 1).over("school_urn"))
    if ranked.is_empty():
        return empty_frame(MART_QUESTIONS__SCHOOL)
    return conform(ranked.select(MART_QUESTIONS__SCHOOL.column_names), MART_QUESTIONS__SCHOOL)
