"""What it costs and buys: plan costs, funding gap, cost per outcome met. The amounts behind: ``money.py``."""

from __future__ import annotations

from typing import Any

from expectations import vocabulary as v
from expectations.checks import Between
from expectations.contract import (
    Amount,
    Column,
    Count,
    Kind,
    Label,
    Partition,
    Rate,
    Sensitivity,
    Table,
    Unit,
    Worded,
)
from expectations.tables.money import (
    CORE_COSTS,
    CORE_SCHOOL_FUNDING,
    CORE_STAFF_RATES,
    CORE_TOP_UP,
    RAW_MONEY__AGENCY_INVOICES,
    RAW_MONEY__RESOURCES,
    RAW_MONEY__SCHOOL_FUNDING,
    RAW_MONEY__STAFF_RATES,
    RAW_MONEY__TOP_UP,
    money,
)
from expectations.tables.pupils import NEARLY_WITH_PLAN

_OUTCOMES: dict[str, Any] = {"unit": Unit.OUTCOMES, "checks": (Between(0, None),)}
MODEL_VALUE_FOR_MONEY__PLANS = Table(
    name="model_value_for_money__plans",
    grain="One row per EHC plan and academic year: cost to date, full-plan cost, funding, outcomes due.",
    sensitivity=Sensitivity.PUPIL,
    key=("plan_key", "academic_year"),
    columns=(
        v.PLAN_KEY,
        v.PUPIL_KEY,
        v.SCHOOL_URN,
        v.ACADEMIC_YEAR,
        Column("is_special_school", Kind.BOOLEAN, "Place funding applies."),
        money(
            "full_cost_pence",
            "Planned provision for the year at the grade's rate, and fixed costs.",
            "no rate recorded",
        ),
        money(
            "cost_to_date_pence",
            "Delivered sessions' share of the planned cost, invoices to date, and fixed costs in "
            "the elapsed share of the year. A line whose sessions are not recorded adds nothing.",
            "no sessions on any line, or no rate recorded",
        ),
        money("invoiced_pence", "Invoices for the plan to date; part of the cost to date.", None),
        money("unrecorded_pence", "Planned cost, due by now, of lines without recorded sessions.", None),
        Column(
            "received_hours",
            Kind.NUMBER,
            "Hours that the pupil received, on recorded lines.",
            unit=Unit.HOURS,
            checks=(Between(0, None),),
        ),
        money("received_hours_pence", "Staff cost of these hours, shared among the pupils in the group.", None),
        money(
            "place_funding_pence",
            "Elements 1 and 2 of a special place; element 2 threshold in a mainstream school.",
            None,
        ),
        money("top_up_pence", "Element 3 for the year.", None),
        Column(
            "gap_pence",
            Kind.MONEY,
            "Full cost less the funding that comes with the plan; below nothing: inside it.",
            unit=Unit.PENCE,
            null="no cost known",
        ),
        Column("lines_count", Kind.INTEGER, "Lines of section F.", checks=(Between(0, None),)),
        Column(
            "recorded_lines_count",
            Kind.INTEGER,
            "Of these, with delivered sessions recorded.",
            checks=(Between(0, None),),
        ),
        Column(
            "due_sessions_count",
            Kind.NUMBER,
            "Planned sessions of the recorded lines that fell due by the data date.",
            unit=Unit.SESSIONS,
            checks=(Between(0, None),),
        ),
        Column(
            "delivered_sessions_count",
            Kind.INTEGER,
            "Of the recorded lines, sessions delivered by the data date.",
            unit=Unit.SESSIONS,
            checks=(Between(0, None),),
        ),
        *(
            Column(f"{name}_count", Kind.INTEGER, meaning, **_OUTCOMES)
            for name, meaning in (
                ("outcomes_due", "Outcomes due by the data date, in the academic year."),
                ("outcomes_met", "Of these, met."),
                ("outcomes_not_met", "Of these, not met or still under way."),
                ("outcomes_no_evidence", "Of these, without evidence."),
            )
        ),
    ),
)

_HIDDEN = "hidden: small group"
_PLANS: dict[str, Any] = {"unit": Unit.PLANS, "checks": (Between(0, None),), "null": _HIDDEN}


def _released(name: str, meaning: str, plans: str = "plans_count") -> Column:
    stem = name.removesuffix("_pence")
    return Column(
        name,
        Kind.MONEY,
        meaning,
        unit=Unit.PENCE,
        null="not known, or hidden",
        checks=(Between(0, None),),
        release=Amount(plans, f"{stem}_largest_pence", f"{stem}_second_pence"),
    )


VALUE_FIGURES = (
    Column("plans_count", Kind.INTEGER, "EHC plans active in the year.", release=NEARLY_WITH_PLAN, **_PLANS),
    Column(
        "uncosted_plans_count",
        Kind.INTEGER,
        "Of these, plans whose cost is not known.",
        release=Count(of="plans_count"),
        **_PLANS,
    ),
    Column(
        "gap_plans_count",
        Kind.INTEGER,
        "Of these, plans that cost more than the funding that comes with them.",
        release=Count(of="plans_count"),
        **_PLANS,
    ),
    _released("full_cost_pence", "Full-plan cost for the year."),
    _released("cost_to_date_pence", "Cost of what was delivered to date."),
    _released("funding_pence", "Funding that comes with the plans."),
    _released("gap_pence", "Sum of the positive gaps; never a net figure, which would hide pupils.", "gap_plans_count"),
    *(
        Column(
            f"{name}_count",
            Kind.INTEGER,
            meaning,
            unit=Unit.OUTCOMES,
            null=_HIDDEN,
            checks=(Between(0, None),),
            release=Count(None if name == "outcomes_due" else "outcomes_due_count", behind="plans_count"),
        )
        for name, meaning in (
            ("outcomes_due", "Outcomes due in the year by the data date."),
            ("outcomes_met", "Of these, met."),
            ("outcomes_not_met", "Of these, not met or still under way."),
            ("outcomes_no_evidence", "Of these, without evidence: kept in, never dropped."),
            ("outcomes_met_or_no_evidence", "Of these, met or without evidence: the most that may have been met."),
        )
    ),
    Column(
        "cost_per_outcome_low_pence",
        Kind.MONEY,
        "Cost to date per outcome met if all without evidence were met.",
        unit=Unit.PENCE,
        null="fewer than ten met, not known, or hidden",
        checks=(Between(0, None),),
        release=Rate("outcomes_met_or_no_evidence_count", "cost_to_date_pence"),
    ),
    Column(
        "cost_per_outcome_high_pence",
        Kind.MONEY,
        "Cost to date per outcome met if none without evidence was met.",
        unit=Unit.PENCE,
        null="fewer than ten met, not known, or hidden",
        checks=(Between(0, None),),
        release=Rate("outcomes_met_count", "cost_to_date_pence"),
    ),
    Column(
        "delivered_rate",
        Kind.NUMBER,
        "Section F sessions delivered, of those due to date.",
        unit=Unit.RATE,
        null="not recorded, or hidden",
        checks=(Between(0, None),),
        release=Rate("plans_count", is_of_people=False, base="plans_with_sessions_count"),
    ),
    Column(
        "recorded_rate",
        Kind.NUMBER,
        "Section F lines whose delivered sessions are recorded; cost to date counts only these.",
        unit=Unit.RATE,
        null="no lines, or hidden",
        checks=(Between(0, 1),),
        release=Rate("plans_count", is_of_people=False, base="plans_with_lines_count"),
    ),
    Column(
        "reason",
        Kind.TEXT,
        "Reason code where cost per outcome is not given.",
        null="nothing to add, or hidden",
        release=Worded(("plans_count", "outcomes_met_count")),
    ),
)

MODEL_VALUE_FOR_MONEY__SCHOOL = Table(
    name="model_value_for_money__school",
    grain="One row per school (and the trust) and academic year, before disclosure control.",
    sensitivity=Sensitivity.INTERNAL,
    key=("school_urn", "academic_year"),
    columns=(
        v.SCHOOL_URN,
        v.ACADEMIC_YEAR,
        *VALUE_FIGURES,
        *(
            Column(name, Kind.INTEGER, meaning, unit=Unit.PLANS, checks=(Between(0, None),))
            for name, meaning in (
                ("plans_with_sessions_count", "Plans with recorded sessions that fell due, for rule R2."),
                ("plans_with_lines_count", "Plans with lines of section F, for rule R2."),
            )
        ),
        *(
            money(f"{stem}_{place}_pence", "One of the two largest contributions, for rule R4.", "no cost known")
            for stem in ("full_cost", "cost_to_date", "funding", "gap")
            for place in ("largest", "second")
        ),
    ),
)

MART_VALUE_FOR_MONEY__SCHOOL = Table(
    name="mart_value_for_money__school",
    grain="One row per school (and the trust) and academic year.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("school_urn", "academic_year"),
    columns=(
        v.SCHOOL_URN,
        v.ACADEMIC_YEAR,
        Column("data_date", Kind.DATE, "Date of the data.", release=Label()),
        *VALUE_FIGURES,
        v.HIDDEN_COLUMNS,
    ),
    partitions=(
        Partition("outcomes_due_count", ("outcomes_met_count", "outcomes_not_met_count", "outcomes_no_evidence_count")),
        Partition("outcomes_met_or_no_evidence_count", ("outcomes_met_count", "outcomes_no_evidence_count")),
        Partition("outcomes_due_count", ("outcomes_met_or_no_evidence_count", "outcomes_not_met_count")),
    ),
)

TABLES = (
    RAW_MONEY__STAFF_RATES,
    RAW_MONEY__RESOURCES,
    RAW_MONEY__AGENCY_INVOICES,
    RAW_MONEY__TOP_UP,
    RAW_MONEY__SCHOOL_FUNDING,
    CORE_STAFF_RATES,
    CORE_COSTS,
    CORE_TOP_UP,
    CORE_SCHOOL_FUNDING,
    MODEL_VALUE_FOR_MONEY__PLANS,
    MODEL_VALUE_FOR_MONEY__SCHOOL,
    MART_VALUE_FOR_MONEY__SCHOOL,
)
