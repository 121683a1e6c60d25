"""Money as delivered and what becomes of it in core: pay grades, purchases, invoices, top-up, school funding."""

from __future__ import annotations

from expectations import vocabulary as v
from expectations.checks import Between, Matches, OneOf, PenceBetween
from expectations.contract import (
    Column,
    Kind,
    Sensitivity,
    Source,
    Table,
    Unit,
)
from expectations.tables.interventions import INTERVENTION_KEY

OF_A_TRUST_PENCE = 10_000_000_000
"""£100 million: more than any sum over a trust's schools; a single line is £5 million at most."""


def money(name: str, meaning: str, null: str | None, *headers: str, high: int = 500_000_000) -> Column:
    """An amount: delivered in pounds, stored in whole pence, never below nothing."""
    return Column(
        name, Kind.MONEY, meaning, unit=Unit.PENCE, null=null, checks=(PenceBetween(0, high),), headers=headers
    )


FUNDING_BAND = Column("funding_band", Kind.TEXT, "Band.", null="no band recorded", headers=("Band", "Funding Band"))
FUNDED_SCHOOL = Column(
    "funded_school_urn",
    Kind.TEXT,
    "URN of the school the money is for.",
    checks=(Matches("[0-9]{6}", "a six-digit URN"),),
    headers=("URN", "School URN"),
)

_BOOKED_YEAR = v.FINANCIAL_YEAR.but(
    meaning="Academy financial year whose accounts hold it.", null="the year of its date"
)
_FOR_GROUP = Column(
    "group_reference",
    Kind.TEXT,
    "The school's own reference of the intervention group it is for.",
    null="not for one group",
    headers=("Group Ref", "Group Reference", "Group"),
)

RAW_MONEY__STAFF_RATES = Table(
    name="raw_money__staff_rates",
    grain="One row per financial year and pay grade; never a person.",
    sensitivity=Sensitivity.INTERNAL,
    source=Source(
        "money",
        "staff_rates",
        "Money: staff rates",
        ("staff_grade", "gross_pay_pence", "deliverable_hours"),
        natural_key=("financial_year", "staff_grade"),
        sheet="Staff rates",
        owner="trust",
        templated=True,
    ),
    columns=(
        *v.PROVENANCE,
        v.FINANCIAL_YEAR,
        v.STAFF_GRADE,
        money("gross_pay_pence", "Yearly gross pay of a full-time post.", None, "Gross Pay", "Annual Gross (£)"),
        money("on_cost_pence", "Employer's pension and National Insurance.", None, "On-costs", "Employer On-costs (£)"),
        Column(
            "deliverable_hours",
            Kind.NUMBER,
            "Hours a year that can be delivered to pupils: paid hours less leave, training, preparation.",
            unit=Unit.HOURS,
            checks=(Between(1, 2000),),
            headers=("Deliverable Hours",),
        ),
    ),
)

RAW_MONEY__RESOURCES = Table(
    name="raw_money__resources",
    grain="One row per purchase of a resource.",
    sensitivity=Sensitivity.INTERNAL,
    source=Source(
        "money",
        "resources",
        "Money: resources",
        ("purchase_date", "resource_name", "amount_pence"),
        natural_key=("funded_school_urn", "purchase_date", "resource_name", "amount_pence"),
        sheet="Resources",
        owner="trust",
        templated=True,
    ),
    columns=(
        *v.PROVENANCE,
        FUNDED_SCHOOL,
        v.START_DATE.but(name="purchase_date", meaning="Day of purchase.", headers=("Purchase Date", "Date")),
        Column("resource_name", Kind.TEXT, "What was bought.", headers=("Resource", "Item")),
        money("amount_pence", "Amount.", None, "Amount", "Cost", "Amount (£)"),
        _BOOKED_YEAR,
        _FOR_GROUP,
    ),
)

RAW_MONEY__AGENCY_INVOICES = Table(
    name="raw_money__agency_invoices",
    grain="One row per invoice line of an outside agency.",
    sensitivity=Sensitivity.INTERNAL,
    source=Source(
        "money",
        "agency_invoices",
        "Money: agency invoices",
        ("agency", "invoice_number", "amount_pence"),
        natural_key=("agency", "invoice_number"),
        sheet="Agencies",
        owner="trust",
        templated=True,
    ),
    columns=(
        *v.PROVENANCE,
        FUNDED_SCHOOL,
        Column("agency", Kind.TEXT, "The agency.", headers=("Agency", "Supplier")),
        Column("invoice_number", Kind.TEXT, "Invoice number and line.", headers=("Invoice", "Invoice Number")),
        v.START_DATE.but(name="invoice_date", meaning="Day of the invoice.", headers=("Invoice Date", "Date")),
        v.PLAN_REFERENCE.but(null="not for one plan"),
        money("amount_pence", "Amount.", None, "Amount", "Cost", "Amount (£)"),
        _BOOKED_YEAR,
        _FOR_GROUP,
    ),
)

RAW_MONEY__TOP_UP = Table(
    name="raw_money__top_up",
    grain="One row per plan and financial year: element 3.",
    sensitivity=Sensitivity.PUPIL,
    source=Source(
        "money",
        "top_up",
        "Money: top-up funding",
        ("plan_reference", "top_up_pence"),
        natural_key=("funded_school_urn", "plan_reference", "financial_year"),
        parent="raw_ehc_tracker__plans",
        parent_key=("funded_school_urn", "plan_reference"),
        sheet="Top-up",
        owner="trust",
        templated=True,
    ),
    columns=(
        *v.PROVENANCE,
        FUNDED_SCHOOL,
        v.FINANCIAL_YEAR,
        v.PLAN_REFERENCE,
        FUNDING_BAND,
        money("top_up_pence", "Element 3 for a full year.", None, "Top-up", "Element 3", "Annual Top-up (£)"),
    ),
)

_FUNDING_KIND = Column(
    "funding_kind",
    Kind.TEXT,
    "PLACE special-school place funding (elements 1 and 2) or NOTIONAL notional SEN budget.",
    checks=(OneOf(("PLACE", "NOTIONAL")),),
    headers=("Kind", "Funding Kind"),
)
_PLACES = Column(
    "places_count",
    Kind.INTEGER,
    "Places commissioned.",
    unit=Unit.PLACES,
    null="notional budget: no places",
    checks=(Between(0, 1000),),
    headers=("Places",),
)

RAW_MONEY__SCHOOL_FUNDING = Table(
    name="raw_money__school_funding",
    grain="One row per school, financial year and kind of funding.",
    sensitivity=Sensitivity.OPEN,
    source=Source(
        "money",
        "school_funding",
        "Money: place and notional funding",
        ("funding_kind", "funding_pence"),
        natural_key=("funded_school_urn", "financial_year", "funding_kind"),
        sheet="School funding",
        owner="trust",
        templated=True,
    ),
    columns=(
        *v.PROVENANCE,
        FUNDED_SCHOOL,
        v.FINANCIAL_YEAR,
        _FUNDING_KIND,
        _PLACES,
        money("funding_pence", "Amount for the year.", None, "Amount", "Funding (£)", high=OF_A_TRUST_PENCE),
    ),
)

CORE_STAFF_RATES = Table(
    name="core_staff_rates",
    grain="One row per financial year and pay grade.",
    sensitivity=Sensitivity.INTERNAL,
    key=("financial_year", "staff_grade"),
    columns=(
        v.FINANCIAL_YEAR,
        v.STAFF_GRADE,
        Column(
            "rate_per_hour_pence",
            Kind.NUMBER,
            "Pay and on-costs per hour that can be delivered.",
            unit=Unit.PENCE,
            checks=(Between(100, 50_000),),
        ),
    ),
)

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
        INTERVENTION_KEY.but(null="not for one group, or for a plan"),
        Column("supplier", Kind.TEXT, "What was bought, or the agency."),
        money("amount_pence", "Amount.", None),
    ),
)

CORE_TOP_UP = Table(
    name="core_top_up",
    grain="One row per plan and financial year.",
    sensitivity=Sensitivity.PUPIL,
    key=("plan_key", "financial_year"),
    columns=(
        v.PLAN_KEY,
        v.SCHOOL_URN,
        v.FINANCIAL_YEAR,
        FUNDING_BAND,
        money("top_up_pence", "Element 3 for a full year.", None),
    ),
)

CORE_SCHOOL_FUNDING = Table(
    name="core_school_funding",
    grain="One row per school, financial year and kind of funding.",
    sensitivity=Sensitivity.OPEN,
    key=("school_urn", "financial_year", "funding_kind"),
    columns=(
        v.SCHOOL_URN,
        v.FINANCIAL_YEAR,
        _FUNDING_KIND,
        _PLACES,
        money("funding_pence", "Amount for the year.", None, high=OF_A_TRUST_PENCE),
    ),
)
