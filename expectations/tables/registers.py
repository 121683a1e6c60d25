"""What the trust keeps of buying: diagnostic tests, stock, licences, outside agencies and their prices.

One workbook of the trust, a sheet each. Invoices of agencies stay with the money (``money.py``).
"""

from __future__ import annotations

from expectations import vocabulary as v
from expectations.checks import Between, Matches, NotAbove, NotBefore, OneOf
from expectations.contract import Column, Kind, OnBad, Sensitivity, Source, Table, Unit
from expectations.tables.money import money

LICENCE_KINDS = ("PER_PUPIL", "PER_SCHOOL", "PER_YEAR")
"""Used up by each pupil tested; bought once by a school and used again; paid for again every year."""
PRICE_UNITS = ("HOUR", "VISIT", "REPORT")


def _date(name: str, meaning: str, null: str | None, *headers: str) -> Column:
    on_bad = OnBad.QUARANTINE if null is None else OnBad.FLAG
    return v.START_DATE.but(name=name, meaning=meaning, null=null, headers=headers, on_bad=on_bad)


def _whole(name: str, meaning: str, null: str | None, *headers: str, unit: Unit | None = None) -> Column:
    return Column(
        name, Kind.INTEGER, meaning, unit=unit, null=null, checks=(Between(0, 100_000),), headers=headers
    )  # fmt: skip


def _urn(name: str, meaning: str, pattern: str = "[0-9]{6}", told: str = "a six-digit URN") -> Column:
    return Column(name, Kind.TEXT, meaning, checks=(Matches(pattern, told),), headers=("URN", "School URN"))


TEST_NAME = Column("test_name", Kind.TEXT, "The test's name.", headers=("Test", "Test Name", "Diagnostic Test"))
_PUBLISHER = Column(
    "publisher", Kind.TEXT, "Who publishes it.", null="not recorded", headers=("Publisher", "Supplier")
)  # fmt: skip
_NEEDS = (
    v.SEN_TYPE.but(
        meaning="Type of need that it serves.", null=None, on_bad=OnBad.QUARANTINE,
        headers=("Need", "Need Type", "Need 1"),
    ),
    v.SEN_TYPE.but(
        name="second_sen_type", meaning="A second type of need that it serves.", null="none",
        headers=("Second Need", "Need 2"),
    ),
    v.SEN_TYPE.but(
        name="third_sen_type", meaning="A third type of need that it serves.", null="none",
        headers=("Third Need", "Need 3"),
    ),
)  # fmt: skip
_YOUNGEST = _whole("youngest_age", "Youngest age in years that it is meant for.", "not stated", "Age From", "From Age")
_OLDEST = _whole("oldest_age", "Oldest age in years that it is meant for.", "not stated", "Age To", "To Age")
_AGES = tuple(age.but(checks=(Between(0, 25),), on_bad=OnBad.FLAG) for age in (_YOUNGEST, _OLDEST))
_LIST_PRICE = money(
    "list_price_pence", "Publisher's price of one unit, for any buyer.", "not known", "Unit Cost", "List Price (£)",
    high=10_000_000,
).but(on_bad=OnBad.FLAG)  # fmt: skip
_TIER_PRICE = money(
    "tier_price_pence", "Price of one unit that the publisher has quoted for a larger order.", "no such quote",
    "Price for Larger Order", "Quoted Tier Price (£)", high=10_000_000,
).but(on_bad=OnBad.FLAG)  # fmt: skip
_TIER_FROM = _whole(
    "tier_from_units", "Units in one order from which the quoted price holds.", "no such quote", "Larger Order From",
    "Tier From (units)",
).but(on_bad=OnBad.FLAG)  # fmt: skip
_LICENCE_KIND = Column(
    "licence_kind",
    Kind.TEXT,
    "PER_PUPIL used up by each pupil tested, PER_SCHOOL a kit that is used again, PER_YEAR paid again every year.",
    checks=(OneOf(LICENCE_KINDS),),
    headers=("Licence Kind", "Licence"),
)
_REUSE = Column(
    "reuse_months",
    Kind.INTEGER,
    "Months after which a pupil may sit the test again.",
    unit=Unit.MONTHS,
    null="not stated",
    checks=(Between(0, 120),),
    on_bad=OnBad.FLAG,
    headers=("Re-use After (months)", "Retest After (months)"),
)
_CATALOGUE = (
    TEST_NAME, _PUBLISHER, *_NEEDS, *_AGES, _LIST_PRICE, _TIER_PRICE, _TIER_FROM, _LICENCE_KIND, _REUSE,
)  # fmt: skip
_AGES_IN_ORDER = (NotAbove("youngest_age", "oldest_age"),)

RAW_REGISTERS__DIAGNOSTIC_TESTS = Table(
    name="raw_registers__diagnostic_tests",
    grain="One row per diagnostic test that the trust knows, bought or not.",
    sensitivity=Sensitivity.OPEN,
    source=Source(
        "registers",
        "diagnostic_tests",
        "Trust registers: diagnostic tests",
        ("test_name", "publisher", "licence_kind"),
        natural_key=("test_name",),
        sheet="Diagnostic tests",
        owner="trust",
        templated=True,
    ),
    columns=(*v.PROVENANCE, *_CATALOGUE),
    checks=_AGES_IN_ORDER,
)

_BOUGHT_DATE = _date("bought_date", "Day of purchase.", None, "Bought On", "Date Bought")
_BOUGHT = _whole("bought_units", "Units bought: record forms, kits or yearly licences.", None, "Bought", "Quantity")
_PAID = money("paid_pence", "Paid for all units of the row.", "not recorded", "Paid", "Paid (£)").but(on_bad=OnBad.FLAG)
_USED = _whole(
    "used_units",
    "Of the units bought, those used up to now.",
    "not counted, or a kit that is not used up",
    "Used",
    "Used to Date",
)
_EXPIRY = _date("expiry_date", "Last day on which the units may be used.", "does not run out", "Expires", "Use By")
_STOCK = (TEST_NAME, _BOUGHT_DATE, _BOUGHT, _PAID, _USED, _EXPIRY)
_STOCK_RULES = (NotAbove("used_units", "bought_units"), NotBefore("expiry_date", "bought_date"))

RAW_REGISTERS__TEST_STOCK = Table(
    name="raw_registers__test_stock",
    grain="One row per school, test and purchase.",
    sensitivity=Sensitivity.INTERNAL,
    source=Source(
        "registers",
        "test_stock",
        "Trust registers: test stock",
        ("test_name", "bought_units", "bought_date"),
        natural_key=("stock_school_urn", "test_name", "bought_date"),
        parent="raw_registers__diagnostic_tests",
        parent_key=("test_name",),
        sheet="Test stock",
        owner="trust",
        templated=True,
    ),
    columns=(*v.PROVENANCE, _urn("stock_school_urn", "URN of the school that holds the stock."), *_STOCK),
    checks=_STOCK_RULES,
)

_PRODUCT = Column("product_name", Kind.TEXT, "The product licensed.", headers=("Product", "Licence", "Software"))
_SEATS = _whole("seats_count", "Seats paid for.", None, "Seats", "Licences Held")
_YEARLY = money("yearly_price_pence", "Price of all seats for a year.", None, "Yearly Price", "Annual Cost (£)")
_RENEWAL = _date("renewal_date", "Day on which it renews.", "not recorded: ask the school", "Renewal Date", "Renews")
_ACTIVE = _whole("active_users_count", "Seats that somebody used in the last term.", "not known", "Active Users")
_LICENCES = (_PRODUCT, _SEATS, _YEARLY, _RENEWAL, _ACTIVE)
_LICENCE_RULES = (NotAbove("active_users_count", "seats_count"),)

RAW_REGISTERS__LICENCES = Table(
    name="raw_registers__licences",
    grain="One row per school and licensed product.",
    sensitivity=Sensitivity.INTERNAL,
    source=Source(
        "registers",
        "licences",
        "Trust registers: licences",
        ("product_name", "seats_count", "yearly_price_pence"),
        natural_key=("licence_school_urn", "product_name"),
        sheet="Licences",
        owner="trust",
        templated=True,
    ),
    columns=(*v.PROVENANCE, _urn("licence_school_urn", "URN of the school that pays."), *_LICENCES),
    checks=_LICENCE_RULES,
)

AGENCY = Column("agency", Kind.TEXT, "The agency.", headers=("Agency", "Provider"))
SERVICE = Column("service", Kind.TEXT, "Its service.", headers=("Service", "Type of Support"))
PRICE_UNIT = Column(
    "price_unit", Kind.TEXT, "What one price buys.", checks=(OneOf(PRICE_UNITS),), headers=("Unit", "Priced By")
)  # fmt: skip
SERVED_NEED = v.SEN_TYPE.but(
    meaning="Type of need that it mostly serves.", null="any need", headers=("Need", "Need Type")
)  # fmt: skip

RAW_REGISTERS__AGENCIES = Table(
    name="raw_registers__agencies",
    grain="One row per agency and service that schools refer pupils to.",
    sensitivity=Sensitivity.OPEN,
    source=Source(
        "registers",
        "agencies",
        "Trust registers: agencies",
        ("agency", "service", "price_unit"),
        natural_key=("agency", "service"),
        sheet="Agency services",
        owner="trust",
        templated=True,
    ),
    columns=(*v.PROVENANCE, AGENCY, SERVICE, SERVED_NEED, PRICE_UNIT),
)

_CONTRACT_URN = _urn(
    "contract_school_urn", "School whose contract it is; TRUST for one of the whole trust.", "[0-9]{6}|TRUST",
    "a six-digit URN, or TRUST",
)  # fmt: skip
UNIT_PRICE = money("unit_price_pence", "Price of one unit.", None, "Unit Price", "Price (£)", high=10_000_000)
_FROM = v.START_DATE.but(meaning="First day of the price.", headers=("From", "Price From"))
_TO = v.END_DATE.but(meaning="Last day of the price.", null="still holds", on_bad=OnBad.FLAG, headers=("To", "Until"))
_PRICES = (AGENCY, SERVICE, _CONTRACT_URN, UNIT_PRICE, _FROM, _TO)
_PRICE_RULES = (NotBefore("end_date", "start_date"),)

RAW_REGISTERS__AGENCY_PRICES = Table(
    name="raw_registers__agency_prices",
    grain="One row per agency, service, contract and price with its days.",
    sensitivity=Sensitivity.OPEN,
    source=Source(
        "registers",
        "agency_prices",
        "Trust registers: agency prices",
        ("agency", "service", "contract_school_urn", "unit_price_pence"),
        natural_key=("agency", "service", "contract_school_urn", "start_date"),
        parent="raw_registers__agencies",
        parent_key=("agency", "service"),
        sheet="Agency prices",
        owner="trust",
        templated=True,
    ),
    columns=(*v.PROVENANCE, *_PRICES),
    checks=_PRICE_RULES,
)

CORE_DIAGNOSTIC_TESTS = Table(
    name="core_diagnostic_tests",
    grain="One row per diagnostic test that the trust knows.",
    sensitivity=Sensitivity.OPEN,
    key=("test_name",),
    columns=_CATALOGUE,
    checks=_AGES_IN_ORDER,
)

CORE_TEST_STOCK = Table(
    name="core_test_stock",
    grain="One row per school of the trust, test and purchase.",
    sensitivity=Sensitivity.INTERNAL,
    key=("school_urn", "test_name", "bought_date"),
    columns=(v.SCHOOL_URN, *_STOCK),
    checks=_STOCK_RULES,
)

CORE_LICENCES = Table(
    name="core_licences",
    grain="One row per school of the trust and licensed product.",
    sensitivity=Sensitivity.INTERNAL,
    key=("school_urn", "product_name"),
    columns=(v.SCHOOL_URN, *_LICENCES),
    checks=_LICENCE_RULES,
)

CORE_AGENCY_SERVICES = Table(
    name="core_agency_services",
    grain="One row per agency and service, with what it costs on the data date.",
    sensitivity=Sensitivity.OPEN,
    key=("agency", "service"),
    columns=(
        AGENCY,
        SERVICE,
        SERVED_NEED,
        PRICE_UNIT,
        *(
            UNIT_PRICE.but(name=f"{which}_unit_price_pence", meaning=f"{said} price of one unit.", null="no price now")
            for which, said in (("lowest", "Lowest"), ("highest", "Highest"))
        ),
        Column("has_trust_contract", Kind.BOOLEAN, "A contract of the whole trust holds."),
    ),
    checks=(NotAbove("lowest_unit_price_pence", "highest_unit_price_pence"),),
)

TABLES = (
    RAW_REGISTERS__DIAGNOSTIC_TESTS,
    RAW_REGISTERS__TEST_STOCK,
    RAW_REGISTERS__LICENCES,
    RAW_REGISTERS__AGENCIES,
    RAW_REGISTERS__AGENCY_PRICES,
    CORE_DIAGNOSTIC_TESTS,
    CORE_TEST_STOCK,
    CORE_LICENCES,
    CORE_AGENCY_SERVICES,
)
