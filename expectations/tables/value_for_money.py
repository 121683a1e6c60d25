"""What it costs and buys: money as delivered, plan costs, funding gap, cost per outcome met."""

from __future__ import annotations

from expectations import vocabulary as v
from expectations.checks import Between, Matches, OneOf
from expectations.contract import (
    Amount, Column, Count, Kind, Label, Partition, Rate, Sensitivity, Source, Table, Unit, Worded,
)  # fmt: skip


def _money(name: str, meaning: str, null: str | None, *headers: str, high: int = 500_000_000) -> Column:
    return Column(name, Kind.MONEY, meaning, unit=Unit.PENCE, null=null, checks=(Between(0, high),), headers=headers)


_URN = Column(
    "funded_school_urn", Kind.TEXT, "URN of the school the money is for.", checks=(Matches("[0-9]{6}", "a six-digit URN"),),
    headers=("URN", "School URN"),
)  # fmt: skip

RAW_MONEY__STAFF_RATES = Table(
    name="raw_money__staff_rates",
    grain="One row per financial year and pay grade; never a person.",
    sensitivity=Sensitivity.INTERNAL,
    source=Source("money", "staff_rates", "Money: staff rates",
                  ("staff_grade", "gross_pay_pence", "deliverable_hours"),
                  natural_key=("financial_year", "staff_grade"), sheet="Staff rates", owner="trust", templated=True),
    columns=(
        *v.PROVENANCE, v.FINANCIAL_YEAR, v.STAFF_GRADE,
        _money("gross_pay_pence", "Yearly gross pay of a full-time post.", None, "Gross Pay", "Annual Gross (£)"),
        _money("on_cost_pence", "Employer's pension and National Insurance.", None, "On-costs", "Employer On-costs (£)"),
        Column("deliverable_hours", Kind.NUMBER, "Hours a year that can be delivered to pupils: paid hours less leave, "
               "training, preparation.", unit=Unit.HOURS, checks=(Between(1, 2000),), headers=("Deliverable Hours",)),
    ),
)  # fmt: skip

RAW_MONEY__RESOURCES = Table(
    name="raw_money__resources",
    grain="One row per purchase of a resource.",
    sensitivity=Sensitivity.INTERNAL,
    source=Source("money", "resources", "Money: resources", ("purchase_date", "resource_name", "amount_pence"),
                  natural_key=("funded_school_urn", "purchase_date", "resource_name", "amount_pence"),
                  sheet="Resources", owner="trust", templated=True),
    columns=(
        *v.PROVENANCE, _URN,
        v.START_DATE.but(name="purchase_date", meaning="Day of purchase.", headers=("Purchase Date", "Date")),
        Column("resource_name", Kind.TEXT, "What was bought.", headers=("Resource", "Item")),
        _money("amount_pence", "Amount.", None, "Amount", "Cost", "Amount (£)"),
    ),
)  # fmt: skip

RAW_MONEY__AGENCY_INVOICES = Table(
    name="raw_money__agency_invoices",
    grain="One row per invoice line of an outside agency.",
    sensitivity=Sensitivity.INTERNAL,
    source=Source("money", "agency_invoices", "Money: agency invoices", ("agency", "invoice_number", "amount_pence"),
                  natural_key=("agency", "invoice_number"),
                  sheet="Agencies", owner="trust", templated=True),
    columns=(
        *v.PROVENANCE, _URN,
        Column("agency", Kind.TEXT, "The agency.", headers=("Agency", "Supplier")),
        Column("invoice_number", Kind.TEXT, "Invoice number and line.", headers=("Invoice", "Invoice Number")),
        v.START_DATE.but(name="invoice_date", meaning="Day of the invoice.", headers=("Invoice Date", "Date")),
        v.PLAN_REFERENCE.but(null="not for one plan"),
        _money("amount_pence", "Amount.", None, "Amount", "Cost", "Amount (£)"),
    ),
)  # fmt: skip

RAW_MONEY__TOP_UP = Table(
    name="raw_money__top_up",
    grain="One row per plan and financial year: element 3.",
    sensitivity=Sensitivity.PUPIL,
    source=Source("money", "top_up", "Money: top-up funding", ("plan_reference", "top_up_pence"),
                  natural_key=("funded_school_urn", "plan_reference", "financial_year"),
                  parent="raw_ehc_tracker__plans", parent_key=("funded_school_urn", "plan_reference"), sheet="Top-up",
                  owner="trust", templated=True),
    columns=(
        *v.PROVENANCE, _URN, v.FINANCIAL_YEAR, v.PLAN_REFERENCE,
        Column("funding_band", Kind.TEXT, "Band.", null="no band recorded", headers=("Band", "Funding Band")),
        _money("top_up_pence", "Element 3 for a full year.", None, "Top-up", "Element 3", "Annual Top-up (£)"),
    ),
)  # fmt: skip

_FUNDING_KIND = Column(
    "funding_kind", Kind.TEXT, "PLACE special-school place funding (elements 1 and 2) or NOTIONAL notional SEN budget.",
    checks=(OneOf(("PLACE", "NOTIONAL")),), headers=("Kind", "Funding Kind"),
)  # fmt: skip
_PLACES = Column("places_count", Kind.INTEGER, "Places commissioned.", unit=Unit.PLACES, null="notional budget: no places",
                 checks=(Between(0, 1000),), headers=("Places",))  # fmt: skip

RAW_MONEY__SCHOOL_FUNDING = Table(
    name="raw_money__school_funding",
    grain="One row per school, financial year and kind of funding.",
    sensitivity=Sensitivity.OPEN,
    source=Source("money", "school_funding", "Money: place and notional funding", ("funding_kind", "funding_pence"),
                  natural_key=("funded_school_urn", "financial_year", "funding_kind"),
                  sheet="School funding", owner="trust", templated=True),
    columns=(
        *v.PROVENANCE, _URN, v.FINANCIAL_YEAR, _FUNDING_KIND, _PLACES,
        _money("funding_pence", "Amount for the year.", None, "Amount", "Funding (£)", high=10_000_000_000),
    ),
)  # fmt: skip

CORE_STAFF_RATES = Table(
    name="core_staff_rates",
    grain="One row per financial year and pay grade.",
    sensitivity=Sensitivity.INTERNAL,
    key=("financial_year", "staff_grade"),
    columns=(
        v.FINANCIAL_YEAR, v.STAFF_GRADE,
        Column("rate_per_hour_pence", Kind.NUMBER, "Pay and on-costs per hour that can be delivered.", unit=Unit.PENCE,
               checks=(Between(100, 50_000),)),
    ),
)  # fmt: skip

CORE_COSTS = Table(
    name="core_costs",
    grain="One row per purchase or invoice line.",
    sensitivity=Sensitivity.PUPIL,
    key=("cost_key",),
    columns=(
        Column("cost_key", Kind.TEXT, "Digest of the line's delivery and row."),
        v.SCHOOL_URN,
        Column("cost_kind", Kind.TEXT, "Resource or agency.", checks=(OneOf(("RESOURCE", "AGENCY")),)),
        v.START_DATE.but(name="cost_date", meaning="Day of purchase or invoice."),
        v.PLAN_KEY.but(null="not for one plan"),
        Column("supplier", Kind.TEXT, "What was bought, or the agency."),
        _money("amount_pence", "Amount.", None),
    ),
)  # fmt: skip

CORE_TOP_UP = Table(
    name="core_top_up",
    grain="One row per plan and financial year.",
    sensitivity=Sensitivity.PUPIL,
    key=("plan_key", "financial_year"),
    columns=(v.PLAN_KEY, v.SCHOOL_URN, v.FINANCIAL_YEAR, _money("top_up_pence", "Element 3 for a full year.", None)),
)

CORE_SCHOOL_FUNDING = Table(
    name="core_school_funding",
    grain="One row per school, financial year and kind of funding.",
    sensitivity=Sensitivity.OPEN,
    key=("school_urn", "financial_year", "funding_kind"),
    columns=(v.SCHOOL_URN, v.FINANCIAL_YEAR, _FUNDING_KIND, _PLACES,
             _money("funding_pence", "Amount for the year.", None, high=10_000_000_000)),
)  # fmt: skip

_OUTCOMES = {"unit": Unit.OUTCOMES, "checks": (Between(0, None),)}
MODEL_VALUE_FOR_MONEY__PLANS = Table(
    name="model_value_for_money__plans",
    grain="One row per EHC plan and academic year: cost to date, full-plan cost, funding, outcomes due.",
    sensitivity=Sensitivity.PUPIL,
    key=("plan_key", "academic_year"),
    columns=(
        v.PLAN_KEY, v.PUPIL_KEY, v.SCHOOL_URN, v.ACADEMIC_YEAR,
        Column("is_special_school", Kind.BOOLEAN, "Place funding applies."),
        _money("full_cost_pence", "Planned provision for the year at the grade's rate, and fixed costs.", "no rate recorded"),
        _money("cost_to_date_pence", "Delivered sessions' share of the planned cost, invoices to date, and fixed costs in "
               "the elapsed share of the year.", "no sessions or no rate recorded"),
        _money("place_funding_pence", "Elements 1 and 2 of a special place; element 2 threshold in a mainstream school.", None),
        _money("top_up_pence", "Element 3 for the year.", None),
        Column("gap_pence", Kind.MONEY, "Full cost less the funding that comes with the plan; below nothing: inside it.",
               unit=Unit.PENCE, null="no cost known"),
        *(Column(f"{name}_count", Kind.INTEGER, meaning, **_OUTCOMES) for name, meaning in (
            ("outcomes_due", "Outcomes due by the data date, in the academic year."),
            ("outcomes_met", "Of these, met."),
            ("outcomes_not_met", "Of these, not met or still under way."),
            ("outcomes_no_evidence", "Of these, without evidence."))),
    ),
)  # fmt: skip

_HIDDEN = "hidden: small group"
_PLANS = {"unit": Unit.PLANS, "checks": (Between(0, None),), "null": _HIDDEN}


def _released(name: str, meaning: str) -> Column:
    stem = name.removesuffix("_pence")
    return Column(name, Kind.MONEY, meaning, unit=Unit.PENCE, null="not known, or hidden", checks=(Between(0, None),),
                  release=Amount("plans_count", f"{stem}_largest_pence", f"{stem}_second_pence"))  # fmt: skip


VALUE_FIGURES = (
    Column("plans_count", Kind.INTEGER, "EHC plans with provision in the year.", release=Count(), **_PLANS),
    Column("uncosted_plans_count", Kind.INTEGER, "Of these, plans whose cost is not known.", release=Count(of="plans_count"),
           **_PLANS),
    Column("gap_plans_count", Kind.INTEGER, "Of these, plans that cost more than the funding that comes with them.",
           release=Count(of="plans_count"), **_PLANS),
    _released("full_cost_pence", "Full-plan cost for the year."),
    _released("cost_to_date_pence", "Cost of what was delivered to date."),
    _released("funding_pence", "Funding that comes with the plans."),
    _released("gap_pence", "Sum of the positive gaps; never a net figure, which would hide pupils."),
    *(Column(f"{name}_count", Kind.INTEGER, meaning, unit=Unit.OUTCOMES, null=_HIDDEN, checks=(Between(0, None),),
             release=Count(of=None if name == "outcomes_due" else "outcomes_due_count")) for name, meaning in (
        ("outcomes_due", "Outcomes due in the year by the data date."),
        ("outcomes_met", "Of these, met."),
        ("outcomes_not_met", "Of these, not met or still under way."),
        ("outcomes_no_evidence", "Of these, without evidence: kept in, never dropped."))),
    Column("cost_per_outcome_low_pence", Kind.MONEY, "Cost to date per outcome met if all without evidence were met.",
           unit=Unit.PENCE, null="fewer than ten met, not known, or hidden", checks=(Between(0, None),),
           release=Amount("plans_count", "cost_to_date_largest_pence", "cost_to_date_second_pence")),
    Column("cost_per_outcome_high_pence", Kind.MONEY, "Cost to date per outcome met if none without evidence was met.",
           unit=Unit.PENCE, null="fewer than ten met, not known, or hidden", checks=(Between(0, None),),
           release=Amount("plans_count", "cost_to_date_largest_pence", "cost_to_date_second_pence")),
    Column("delivered_rate", Kind.NUMBER, "Section F sessions delivered, of those due to date.", unit=Unit.RATE,
           null="not recorded, or hidden", checks=(Between(0, None),), release=Rate("plans_count")),
    Column("reason", Kind.TEXT, "Reason code where cost per outcome is not given.", null="nothing to add", release=Worded()),
)  # fmt: skip

MODEL_VALUE_FOR_MONEY__SCHOOL = Table(
    name="model_value_for_money__school",
    grain="One row per school (and the trust) and academic year, before disclosure control.",
    sensitivity=Sensitivity.INTERNAL,
    key=("school_urn", "academic_year"),
    columns=(
        v.SCHOOL_URN, v.ACADEMIC_YEAR, *VALUE_FIGURES,
        *(_money(f"{stem}_{place}_pence", "One of the two largest contributions, for rule R4.", "no cost known")
          for stem in ("full_cost", "cost_to_date", "funding", "gap") for place in ("largest", "second")),
    ),
)  # fmt: skip

MART_VALUE_FOR_MONEY__SCHOOL = Table(
    name="mart_value_for_money__school",
    grain="One row per school (and the trust) and academic year.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("school_urn", "academic_year"),
    columns=(
        v.SCHOOL_URN, v.ACADEMIC_YEAR,
        Column("data_date", Kind.DATE, "Date of the data.", release=Label()),
        *VALUE_FIGURES, v.HIDDEN_COLUMNS,
    ),
    partitions=(Partition("outcomes_due_count", ("outcomes_met_count", "outcomes_not_met_count", "outcomes_no_evidence_count")),),
)  # fmt: skip

TABLES = (
    RAW_MONEY__STAFF_RATES, RAW_MONEY__RESOURCES, RAW_MONEY__AGENCY_INVOICES, RAW_MONEY__TOP_UP, RAW_MONEY__SCHOOL_FUNDING,
    CORE_STAFF_RATES, CORE_COSTS, CORE_TOP_UP, CORE_SCHOOL_FUNDING,
    MODEL_VALUE_FOR_MONEY__PLANS, MODEL_VALUE_FOR_MONEY__SCHOOL, MART_VALUE_FOR_MONEY__SCHOOL,
)  # fmt: skip
