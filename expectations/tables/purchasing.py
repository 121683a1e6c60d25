"""Buying as one trust: which test serves which need, stock and licences, what schools pay, what it could cost together.

What is known of stock by school tells how many pupils were tested: staff app only. Prices are open. What section F of
a plan requires is never a saving; agencies' time, which plans promise, is left out of savings altogether.
"""

from __future__ import annotations

from expectations import vocabulary as v
from expectations.checks import Between, NotAbove, OneOf
from expectations.contract import Column, Count, Kind, Label, Sensitivity, Table, Unit
from expectations.tables.money import money
from expectations.tables.registers import CORE_DIAGNOSTIC_TESTS, CORE_LICENCES, TEST_NAME

NEEDS = tuple(code for code in v.SEN_TYPES if code not in ("OTH", "NSA", "BESD"))
"""Types of need that a test can be for: "other", "not assessed" and an old code say too little."""
BY_HEALTH_NEEDS = ("PMLD", "HI", "VI", "MSI", "PD", "DS")
"""Needs that health services find: that a school has no test for them is no gap."""
GAPS = ("NO_TEST", "NOT_STOCKED", "BY_HEALTH", "STOCKED")
SAVING_KINDS = ("PRICE_TEST", "PRICE_LICENCE", "SPARE_TEST", "UNUSED_SEATS")
ONCE_KINDS = ("SPARE_TEST",)
"""Saved once; the others every year."""


def _units(name: str, meaning: str, null: str | None = None) -> Column:
    return Column(name, Kind.INTEGER, meaning, null=null, checks=(Between(0, None),))


def _price(name: str, meaning: str, null: str | None = "no price is known") -> Column:
    return money(name, meaning, null, high=100_000_000)


_LICENCE_KIND = CORE_DIAGNOSTIC_TESTS.by_name["licence_kind"].but(headers=())
_STOCK = (
    v.SCHOOL_URN.but(release=None),
    TEST_NAME,
    _LICENCE_KIND,
    _units("bought_units", "Units bought so far."),
    _units("used_units", "Of these, used; a kit is not used up."),
    _units("left_units", "Of these, left and not out of date."),
    _units("expired_units", "Of these, out of date before they were used."),
    _units("expiring_units", "Of those left, out of date within 90 days."),
    Column("expiry_date", Kind.DATE, "Next day on which units left run out.", null="none runs out"),
    _units("year_units", "Units bought in the year to the data date."),
    _units("year_priced_units", "Of these, those of a known price."),
    _price("year_paid_pence", "Paid for them.", None),
    _price("year_unit_price_pence", "Price of one unit in that year, on average, as paid by this school."),
    _units("yearly_use_units", "Units used in a year, from what was used of each purchase since."),
    _units("reserve_units", "Units left that do not run out within a year."),
)

MODEL_PURCHASING__STOCK = Table(
    name="model_purchasing__stock",
    grain="One row per school and test bought: stock, use and price on the data date.",
    sensitivity=Sensitivity.INTERNAL,
    key=("school_urn", "test_name"),
    columns=_STOCK,
    checks=(NotAbove("expiring_units", "left_units"), NotAbove("year_priced_units", "year_units")),
)

_NEED = v.SEN_TYPE.but(null=None, checks=(OneOf(NEEDS),), headers=())

MODEL_PURCHASING__NEEDS = Table(
    name="model_purchasing__needs",
    grain="One row per school, and for the trust, and type of need: pupils with it, and tests that serve it.",
    sensitivity=Sensitivity.INTERNAL,
    key=("school_urn", "sen_type"),
    columns=(
        v.SCHOOL_URN.but(release=None),
        _NEED,
        Column("pupils_count", Kind.INTEGER, "Pupils on roll with SEN whose main need it is.", unit=Unit.PUPILS),
        Column("known_tests_count", Kind.INTEGER, "Tests in the trust's register that serve it."),
        Column("stocked_tests_count", Kind.INTEGER, "Of these, tests in stock."),
        _units("left_units", "Units of them left."),
        Column("stocked_schools_count", Kind.INTEGER, "Schools with any in stock.", unit=Unit.SCHOOLS),
    ),
    checks=(NotAbove("stocked_tests_count", "known_tests_count"),),
)

_SAVING = (
    Column("saving_kind", Kind.TEXT, "What would be saved.", checks=(OneOf(SAVING_KINDS),)),
    Column("product_name", Kind.TEXT, "Test or licensed product."),
    Column("schools_count", Kind.INTEGER, "Schools that it is about.", unit=Unit.SCHOOLS),
    _units("product_units", "Units bought in a year, seats held; of spare stock and unused seats, how many."),
    _price("lowest_unit_price_pence", "Lowest price of one unit that a school of the trust pays."),
    _price("middle_unit_price_pence", "Middle of the schools' prices of one unit."),
    _price("highest_unit_price_pence", "Highest price of one unit that a school of the trust pays."),
    _price("tier_price_pence", "Price quoted for a larger order.", "no such quote"),
    _units("tier_from_units", "Units in one order from which it holds.", "no such quote"),
    _price("saving_low_pence", "Saved at the cautious end.", None),
    _price("saving_high_pence", "Saved at the hopeful end.", None),
)

MART_PURCHASING__SAVING = Table(
    name="mart_purchasing__saving",
    grain="One row per test or licence and way to save by buying as one trust. Prices and purchases; no pupil behind.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("saving_kind", "product_name"),
    columns=tuple(column.but(release=Label()) for column in _SAVING),
    checks=(
        NotAbove("saving_low_pence", "saving_high_pence"),
        NotAbove("lowest_unit_price_pence", "highest_unit_price_pence"),
    ),
)

MART_PURCHASING__NEEDS = Table(
    name="mart_purchasing__needs",
    grain="One row per type of need over the whole trust: pupils whose main need it is, and tests that serve it.",
    sensitivity=Sensitivity.AGGREGATE,
    key=("sen_type",),
    columns=(
        _NEED.but(release=Label()),
        Column("data_date", Kind.DATE, "Date of the data.", release=Label()),
        Column(
            "pupils_count", Kind.INTEGER, "Pupils on roll with SEN whose main need it is.", unit=Unit.PUPILS,
            null="hidden: small group", checks=(Between(0, None),), release=Count(),
        ),
        Column("known_tests_count", Kind.INTEGER, "Tests in the register that serve it.", release=Label()),
        Column("stocked_tests_count", Kind.INTEGER, "Of these, tests in stock in any school.", release=Label()),
        Column("stocked_schools_count", Kind.INTEGER, "Schools with any in stock.", unit=Unit.SCHOOLS, release=Label()),
        Column(
            "gap", Kind.TEXT,
            "NO_TEST in the register serves it, NOT_STOCKED by any school, found BY_HEALTH services, or STOCKED.",
            checks=(OneOf(GAPS),), release=Label(),
        ),
        v.HIDDEN_COLUMNS,
    ),
    totalled_over=("sen_type",),
)  # fmt: skip

MART_PURCHASING__TESTS = Table(
    name="mart_purchasing__tests",
    grain="One row per school and test bought: stock, use and price. Use tells of pupils tested: staff app only.",
    sensitivity=Sensitivity.PUPIL,
    key=("school_urn", "test_name"),
    columns=_STOCK,
)

MART_PURCHASING__LICENCES = Table(
    name="mart_purchasing__licences",
    grain="One row per school and licensed product, with its renewal. Use tells of people: staff app only.",
    sensitivity=Sensitivity.PUPIL,
    key=("school_urn", "product_name"),
    columns=(
        v.SCHOOL_URN.but(release=None),
        *(column.but(headers=()) for column in CORE_LICENCES.columns if column.name != "school_urn"),
        Column("renewal_days", Kind.INTEGER, "Days to the renewal; below 0, days since.", unit=Unit.DAYS,
               null="the renewal is not dated"),
        _price("seat_price_pence", "Price of one seat for a year.", "no seats"),
    ),
)  # fmt: skip

MART_PURCHASING__GAPS = Table(
    name="mart_purchasing__gaps",
    grain="One row per school and type of need with pupils there and no test for it in its stock: staff app only.",
    sensitivity=Sensitivity.PUPIL,
    key=("school_urn", "sen_type"),
    columns=(
        v.SCHOOL_URN.but(release=None),
        _NEED,
        Column("pupils_count", Kind.INTEGER, "Pupils on roll with SEN whose main need it is.", unit=Unit.PUPILS),
        Column("holder_names", Kind.TEXT, "Schools that have such a test left, comma separated; '' if none."),
        Column("known_tests_count", Kind.INTEGER, "Tests in the trust's register that serve it."),
    ),
)

TABLES = (
    MODEL_PURCHASING__STOCK,
    MODEL_PURCHASING__NEEDS,
    MART_PURCHASING__SAVING,
    MART_PURCHASING__NEEDS,
    MART_PURCHASING__TESTS,
    MART_PURCHASING__LICENCES,
    MART_PURCHASING__GAPS,
)
