"""What was spent on support against the funding for it: by group, by pupil, by school. Amounts: ``money.py``."""

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
    Rate,
    Sensitivity,
    Table,
    Unit,
)
from expectations.tables.interventions import INTERVENTION_KEY
from expectations.tables.money import OF_A_TRUST_PENCE, money

_HOURS: dict[str, Any] = {"unit": Unit.HOURS, "checks": (Between(0, None),)}
_PUPILS: dict[str, Any] = {"unit": Unit.PUPILS, "checks": (Between(0, None),)}

MODEL_MONEY__GROUPS = Table(
    name="model_money__groups",
    grain="One row per intervention group and financial year in which it cost something: each cost counted once.",
    sensitivity=Sensitivity.PUPIL,
    key=("intervention_key", "financial_year"),
    columns=(
        INTERVENTION_KEY,
        v.SCHOOL_URN,
        v.FINANCIAL_YEAR,
        Column("pupils_count", Kind.INTEGER, "Pupils in the group.", **_PUPILS),
        money("hours_pence", "Delivered hours at the grade's rate.", "no sessions, no rate or no name we know"),
        money("materials_pence", "Materials as the provision map has them; 0 where purchases name the group.", None),
        money("purchases_pence", "Purchases that name the group.", None),
        money("invoices_pence", "Agency invoices that name the group and no plan.", None),
        money("cost_pence", "What is known of the four together.", None),
        money("unrecorded_pence", "Planned hours, due by now, of a group without recorded sessions.", None),
        Column("received_hours", Kind.NUMBER, "Delivered hours times the pupils in the group.", **_HOURS),
    ),
)

MODEL_MONEY__PUPILS = Table(
    name="model_money__pupils",
    grain="One row per pupil, school and financial year with a plan or a group: the pupil's part, for rule R4 alone.",
    sensitivity=Sensitivity.PUPIL,
    key=("pupil_key", "school_urn", "financial_year"),
    columns=(
        v.PUPIL_KEY,
        v.SCHOOL_URN,
        v.FINANCIAL_YEAR,
        money("plan_pence", "Cost to date of the pupil's plan, invoices for it included.", None),
        money("group_pence", "Part of the pupil's groups, where no section F says what the pupil must get.", None),
        money("beside_plan_pence", "The same where section F does: taken as its delivery, and not added.", None),
        money("unrecorded_pence", "Planned and due, and no record of whether it took place.", None),
        money("top_up_pence", "Element 3 for the year.", None),
        Column(
            "uncosted_plans_count",
            Kind.INTEGER,
            "Plans whose cost to date is not known.",
            unit=Unit.PLANS,
            checks=(Between(0, None),),
        ),
        Column("plan_hours", Kind.NUMBER, "Hours of section F that the pupil received.", **_HOURS),
        money("plan_hours_pence", "Staff cost of these hours.", None),
        Column("group_hours", Kind.NUMBER, "Hours of groups that the pupil received.", **_HOURS),
        money("group_hours_pence", "Staff cost of these hours, the pupil's part.", None),
    ),
)

_NOT_KNOWN = "not known, or hidden"
_TEN = "pupils_floor_count"


def _released(name: str, meaning: str) -> Column:
    stem = name.removesuffix("_pence")
    return Column(
        name,
        Kind.MONEY,
        meaning,
        unit=Unit.PENCE,
        null=_NOT_KNOWN,
        checks=(Between(0, None),),
        release=Amount(_TEN, f"{stem}_largest_pence", f"{stem}_second_pence"),
    )


def _public(name: str, meaning: str, null: str) -> Column:
    """A school's published budget: it says nothing of pupils."""
    return Column(name, Kind.MONEY, meaning, unit=Unit.PENCE, null=null, checks=(Between(0, None),), release=Label())


def _per_hour(name: str, meaning: str, base: str) -> Column:
    return Column(
        name,
        Kind.MONEY,
        meaning,
        unit=Unit.PENCE,
        null="no hours recorded, or hidden",
        checks=(Between(0, None),),
        release=Rate(_TEN, is_of_people=False, base=base),
    )


SPEND_FIGURES = (
    Column(
        _TEN,
        Kind.INTEGER,
        "Pupils with a plan or in a group, rounded down to whole tens: beside the count of plans an exact number "
        "would tell how few have no plan.",
        unit=Unit.PUPILS,
        null="hidden: small group",
        checks=(Between(0, None),),
        release=Count(),
    ),
    _released(
        "spend_pence",
        "Spent to date and recorded: section F as delivered, groups of pupils without section F, purchases, agencies.",
    ),
    _released("unrecorded_pence", "Planned, due by now, no record of whether it took place; not in the spend."),
    _released("top_up_pence", "Element 3 of all plans in the year, for the full year."),
    _public("notional_pence", "Notional SEN budget for the year; it holds element 2.", "special; part unknown"),
    _public("place_pence", "Place funding for the year: a special school's elements 1 and 2.", "none; part unknown"),
    _per_hour(
        "plan_hour_pence", "Staff cost of one hour of section F that a pupil received.", "plan_hours_pupils_count"
    ),
    _per_hour(
        "group_hour_pence", "Staff cost of one hour of an intervention that a pupil received.",
        "group_hours_pupils_count",
    ),
    Column(
        "need_met_rate",
        Kind.NUMBER,
        "Of the hours of support staff that plans and groups needed by now and that are recorded, those delivered.",
        unit=Unit.RATE,
        null="fewer than three staff, no headcount, nothing recorded, or hidden",
        checks=(Between(0, None),),
        release=Rate(_TEN, is_of_people=False, base="need_met_base_count"),
    ),
)  # fmt: skip

_FOR_THE_DOOR = (
    *(
        money(f"{stem}_{place}_pence", "One of the two largest contributions, for rule R4.", "must be hidden")
        for stem in ("spend", "unrecorded", "top_up")
        for place in ("largest", "second")
    ),
    *(
        Column(name, Kind.INTEGER, meaning, unit=unit, null=null, checks=(Between(0, None),))
        for name, meaning, unit, null in (
            ("plan_hours_pupils_count", "Pupils with recorded hours of section F, for rule R2.", Unit.PUPILS, None),
            ("group_hours_pupils_count", "Pupils with recorded hours of a group, for rule R2.", Unit.PUPILS, None),
            ("need_met_base_count", "Pupils where three staff or more stand behind it (R8), else 0.", Unit.PUPILS,
             "no headcount"),
        )
    ),
)  # fmt: skip

MODEL_MONEY__SCHOOL = Table(
    name="model_money__school",
    grain="One row per school (and the trust) and financial year, before disclosure control.",
    sensitivity=Sensitivity.INTERNAL,
    key=("school_urn", "financial_year"),
    columns=(
        v.SCHOOL_URN,
        v.FINANCIAL_YEAR,
        *SPEND_FIGURES,
        *_FOR_THE_DOOR,
        *(
            money(name, meaning, None, high=OF_A_TRUST_PENCE)
            for name, meaning in (
                ("plans_part_pence", "Of the spend: plans, with the invoices for them."),
                ("groups_part_pence", "Of the spend: groups of pupils without section F."),
                ("shared_part_pence", "Of the spend: purchases and invoices for no one plan or group."),
                ("beside_plan_pence", "Groups of pupils with section F: not added, for it may be the same hours."),
            )
        ),
        *(
            Column(name, Kind.INTEGER, meaning, unit=unit, checks=(Between(0, None),))
            for name, meaning, unit in (
                ("uncosted_plans_count", "Plans whose cost to date is not known.", Unit.PLANS),
                (
                    "uncosted_groups_count",
                    "Groups whose hours have no price: no rate, or a name not settled yet.",
                    None,
                ),
            )
        ),
    ),
)

MART_MONEY__SCHOOL = Table(
    name="mart_money__school",
    grain="One row per school (and the trust) and academy financial year.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("school_urn", "financial_year"),
    columns=(
        v.SCHOOL_URN,
        v.FINANCIAL_YEAR,
        Column("data_date", Kind.DATE, "Date of the data.", release=Label()),
        *SPEND_FIGURES,
        v.HIDDEN_COLUMNS,
    ),
)

TABLES = (MODEL_MONEY__GROUPS, MODEL_MONEY__PUPILS, MODEL_MONEY__SCHOOL, MART_MONEY__SCHOOL)
