"""Stock, needs and savings by hand: every threshold, kits, prices not known, two schools with two prices, bad input."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations.findings import find
from expectations.tables import ALL
from models import purchasing
from models.clean import clean
from models.disclosure import refuse_unreleased, release
from tests.support.filling import fill
from tests.support.frames import rows, table

TODAY = dt.date(2026, 11, 20)
TESTS, STOCK, LICENCES = (ALL[f"core_{name}"] for name in ("diagnostic_tests", "test_stock", "licences"))
MODEL = ALL["model_purchasing__stock"]
RUN = rows(ALL["core_run"], data_date=TODAY, academic_year=2026)
QUIET: dict[str, Any] = {
    "bought_units": 20, "used_units": 0, "left_units": 20, "expired_units": 0, "expiring_units": 0, "year_units": 20,
    "year_priced_units": 20, "year_paid_pence": 2000, "yearly_use_units": 0, "reserve_units": 0,
}  # fmt: skip


def ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days=days)


def stock(**told: Any) -> dict[str, Any]:
    purchase = {"school_urn": "100001", "test_name": "T", "bought_date": ago(100), "bought_units": 20} | told
    kind = purchase.pop("licence_kind", "PER_PUPIL")
    frames = {
        "core_test_stock": rows(STOCK, **purchase),
        "core_diagnostic_tests": rows(TESTS, test_name="T", sen_type="SPLD", licence_kind=kind),
        "core_run": RUN,
    }
    (found,) = fill("model_purchasing__stock", frames).to_dicts()
    return found


@pytest.mark.parametrize(
    ("expiry", "left", "expired", "expiring", "reserve"),
    [
        (ago(1), 0, 12, 0, 0),
        (TODAY, 12, 0, 12, 0),
        (TODAY + dt.timedelta(days=90), 12, 0, 12, 0),
        (TODAY + dt.timedelta(days=91), 12, 0, 0, 0),
        (TODAY + dt.timedelta(days=365), 12, 0, 0, 0),
        (TODAY + dt.timedelta(days=366), 12, 0, 0, 12),
        (None, 12, 0, 0, 12),
    ],
)
def test_stock_that_runs_out(expiry: dt.date | None, left: int, expired: int, expiring: int, reserve: int) -> None:
    found = stock(used_units=8, expiry_date=expiry)
    names = ("left_units", "expired_units", "expiring_units", "reserve_units")
    assert tuple(found[name] for name in names) == (left, expired, expiring, reserve)
    assert found["expiry_date"] == (expiry if left else None)


def test_the_price_is_of_the_last_year_and_of_units_whose_price_is_known() -> None:
    found = stock(
        bought_date=[ago(10), ago(20), ago(364), ago(365)], bought_units=[10, 20, 10, 10],
        paid_pence=[1000, None, 1500, 9000], used_units=None,
    )  # fmt: skip
    assert (found["year_units"], found["year_priced_units"], found["year_paid_pence"]) == (40, 20, 2500)
    assert found["year_unit_price_pence"] == 125


@pytest.mark.parametrize(("age", "use"), [(100, 10), (365, 10), (730, 5)])
def test_use_in_a_year_goes_by_the_days_since_the_purchase(age: int, use: int) -> None:
    assert stock(bought_date=ago(age), used_units=10)["yearly_use_units"] == use


def test_a_kit_is_not_used_up() -> None:
    found = stock(bought_units=1, used_units=1, licence_kind="PER_SCHOOL")
    assert (found["used_units"], found["left_units"], found["yearly_use_units"]) == (0, 1, 0)


def test_what_is_only_ordered_or_nothing_is_no_stock() -> None:
    frames = {
        "core_test_stock": rows(
            STOCK, test_name=["T", "T"], bought_date=[TODAY + dt.timedelta(days=1), ago(5)], bought_units=[5, 0]
        ),
        "core_diagnostic_tests": rows(TESTS, test_name="T", sen_type="SPLD", licence_kind="PER_PUPIL"),
        "core_run": RUN,
    }
    assert fill("model_purchasing__stock", frames).is_empty()


def held(*schools: dict[str, Any], kind: str = "PER_PUPIL") -> pl.DataFrame:
    told = [QUIET | {"school_urn": f"10000{n + 1}", "test_name": "T", "licence_kind": kind} | own
            for n, own in enumerate(schools)]  # fmt: skip
    return rows(MODEL, **{name: [row[name] for row in told] for name in told[0]})


def saved(stock_held: pl.DataFrame, licences: pl.DataFrame | None = None, **quote: Any) -> dict[str, tuple[int, int]]:
    test = {"test_name": "T", "sen_type": "SPLD", "licence_kind": stock_held["licence_kind"][0]} | quote
    none_held = rows(LICENCES, school_urn=[])
    found = purchasing.find_savings(stock_held, rows(TESTS, **test), none_held if licences is None else licences)
    assert find(found, ALL["mart_purchasing__saving"]) == []
    return {
        row["saving_kind"]: (row["saving_low_pence"], row["saving_high_pence"]) for row in found.to_dicts()
    }  # fmt: skip


def test_three_schools_with_three_prices() -> None:
    """20 units each at 1.00, 1.20 and 1.50: nobody above 1.20 saves 6.00; all at 1.00 saves 14.00."""
    prices = held({}, {"year_paid_pence": 2400}, {"year_paid_pence": 3000})
    assert saved(prices) == {"PRICE_TEST": (600, 1400)}


@pytest.mark.parametrize(
    ("tier", "from_units", "high"),
    [(80, 60, 2600), (80, 61, 1400), (80, None, 2600), (110, 10, 1400), (None, 10, 1400)],
)
def test_a_quote_counts_once_the_schools_order_enough(tier: int | None, from_units: int | None, high: int) -> None:
    prices = held({}, {"year_paid_pence": 2400}, {"year_paid_pence": 3000})
    assert saved(prices, tier_price_pence=tier, tier_from_units=from_units) == {"PRICE_TEST": (600, high)}


def test_one_school_or_one_price_saves_nothing() -> None:
    assert saved(held({})) == {}
    assert saved(held({}, {})) == {}
    assert saved(held({"year_priced_units": 0, "year_paid_pence": 0})) == {}


@pytest.mark.parametrize(
    ("use", "reserve", "lacking", "moved"),
    [
        (15, 40, 20, (10, 20)),  # 10 beyond two years, 25 beyond one, 20 needed
        (10, 20, 20, (0, 10)),
        (10, 19, 20, None),  # nine are too few to tell of
        (10, 40, 10, (10, 10)),
        (10, 40, 9, None),
        (10, 60, 50, (40, 50)),
    ],
)
def test_stock_moves_beyond_two_years_or_one_years_own_use(
    use: int, reserve: int, lacking: int, moved: tuple[int, int] | None
) -> None:
    """One school has so many that keep, another lacks so many for a year. Units at 1.00."""
    own = {"yearly_use_units": use, "left_units": 60, "reserve_units": reserve}
    found = saved(held(own, {"yearly_use_units": lacking, "left_units": 0}))
    assert found.get("SPARE_TEST") == (None if moved is None else tuple(100 * units for units in moved))


def test_kits_do_not_move() -> None:
    own = {"yearly_use_units": 0, "left_units": 60, "reserve_units": 60}
    assert saved(held(own, {"yearly_use_units": 30, "left_units": 0}, kind="PER_SCHOOL")) == {}


@pytest.mark.parametrize(
    ("active", "found"),
    [
        (10, (8_000, 9_000)),  # 90 unused of 100 at 1.00; a reserve of ten seats stays at the cautious end
        (9, None),  # so few in use would tell of them
        (90, (0, 1_000)),
        (91, None),
        (None, None),
    ],
)
def test_seats_that_nobody_uses(active: int | None, found: tuple[int, int] | None) -> None:
    seats = rows(LICENCES, product_name="P", seats_count=100, yearly_price_pence=10_000, active_users_count=active)
    assert saved(held({}), seats).get("UNUSED_SEATS") == found


def test_seats_at_two_prices_and_a_product_without_seats() -> None:
    seats = rows(
        LICENCES, school_urn=["100001", "100002", "100003"], product_name=["P", "P", "Q"], seats_count=[10, 30, 0],
        yearly_price_pence=[2000, 3000, 500], active_users_count=None,
    )  # fmt: skip
    assert saved(held({}), seats) == {"PRICE_LICENCE": (500, 1000)}


PRICES = st.lists(st.tuples(st.integers(1, 90), st.integers(50, 20_000)), min_size=1, max_size=8)


@settings(deadline=None)
@given(PRICES)
def test_a_saving_is_a_range_never_below_nothing_nor_above_what_is_paid(orders: list[tuple[int, int]]) -> None:
    known, low, high = purchasing._one_price(orders)
    paid = sum(cost for _, cost in orders)
    assert 0 <= low <= high <= paid
    assert known["lowest_unit_price_pence"] <= known["middle_unit_price_pence"] <= known["highest_unit_price_pence"]
    assert purchasing._one_price(orders[::-1]) == (known, low, high)


SERVED = """
test_name | sen_type | second_sen_type | third_sen_type | licence_kind
Reads     | SPLD     | MLD             | SLCN           | PER_PUPIL
Spells    | SPLD     | -               | -              | PER_PUPIL
Looks     | VI       | -               | -              | PER_PUPIL
"""


def needs() -> pl.DataFrame:
    roll = table(
        ALL["model_pupils__on_roll"],
        """
        pupil_key | school_urn | sen_type | sen_provision
        P1        | 100001     | SPLD     | K
        P1        | 100002     | SPLD     | E
        P2        | 100001     | SEMH     | K
        P3        | 100001     | -        | K
        P4        | 100001     | SPLD     | N
        """,
    )
    left = held({"test_name": "Reads", "left_units": 7}, {"test_name": "Spells", "left_units": 0})
    frames = {
        "core_diagnostic_tests": table(TESTS, SERVED),
        "core_schools": rows(ALL["core_schools"], school_urn=["100001", "100002"], school_name=["Elm", "Oak"]),
        "model_pupils__on_roll": roll,
        "model_purchasing__stock": left,
    }
    return fill("model_purchasing__needs", frames)


def test_needs_and_tests_of_schools_and_of_the_trust() -> None:
    found = {(row["school_urn"], row["sen_type"]): row for row in needs().to_dicts()}
    assert len(found) == 3 * 12, "every need is a row everywhere"
    names = ("pupils_count", "known_tests_count", "stocked_tests_count", "left_units", "stocked_schools_count")
    told = {key: tuple(row[name] for name in names) for key, row in found.items()}
    assert told["100001", "SPLD"] == (1, 2, 1, 7, 1)
    assert told["100002", "SPLD"] == (1, 2, 0, 0, 0)
    assert told["TRUST", "SPLD"] == (1, 2, 1, 7, 1), "a pupil of two schools counts once"
    assert told["TRUST", "SEMH"] == (1, 0, 0, 0, 0)
    assert told["TRUST", "SLCN"] == (0, 1, 1, 7, 1), "a third need counts"


def test_gaps_name_who_has_a_test_and_needs_found_by_health_are_none() -> None:
    schools = rows(ALL["core_schools"], school_urn=["100001", "100002"], school_name=["Elm", "Oak"])
    told = purchasing.find_gaps(needs(), schools).select("school_urn", "sen_type", "holder_names").rows()
    assert told == [("100001", "SEMH", ""), ("100002", "SPLD", "Elm")]
    mart = ALL["mart_purchasing__needs"]
    shown = release(purchasing.mart_purchasing__needs_frame(needs(), TODAY), mart)
    refuse_unreleased(mart, shown)
    gaps = dict(shown.select("sen_type", "gap").rows())
    assert (gaps["SPLD"], gaps["VI"], gaps["HI"], gaps["SEMH"]) == ("STOCKED", "NOT_STOCKED", "BY_HEALTH", "NO_TEST")
    assert dict(shown.select("sen_type", "pupils_count").rows())["SEMH"] is None, "one pupil"


@pytest.mark.parametrize(("days", "told"), [(0, 0), (90, 90), (-3, -3), (None, None)])
def test_days_to_a_renewal(days: int | None, told: int | None) -> None:
    renewal = None if days is None else TODAY + dt.timedelta(days=days)
    held_seats = rows(LICENCES, seats_count=3, yearly_price_pence=1000, renewal_date=renewal)
    (found,) = fill("mart_purchasing__licences", {"core_licences": held_seats, "core_run": RUN}).to_dicts()
    assert (found["renewal_days"], found["seat_price_pence"]) == (told, 333)


@pytest.mark.parametrize(
    ("name", "values", "rule", "is_set_aside"),
    [
        ("test_stock", {"bought_units": "-5"}, "RANGE", True),
        ("test_stock", {"used_units": "21"}, "ABOVE", True),
        ("test_stock", {"test_name": "Unknown"}, "UNKNOWN_REFERENCE", True),
        ("test_stock", {"paid_pence": "TBC"}, "KIND", False),
        ("test_stock", {"expiry_date": "01/01/2020"}, "DATE_ORDER", True),
        ("test_stock", {"stock_school_urn": "99A101"}, "FORM", True),
        ("diagnostic_tests", {"list_price_pence": "TBC"}, "KIND", False),
        ("diagnostic_tests", {"sen_type": None}, "REQUIRED", True),
        ("diagnostic_tests", {"youngest_age": "9", "oldest_age": "8"}, "ABOVE", True),
        ("licences", {"active_users_count": "31"}, "ABOVE", True),
        ("licences", {"renewal_date": "TBC"}, "KIND", False),
        ("licences", {"yearly_price_pence": "TBC"}, "KIND", True),
    ],
)
def test_bad_input_is_set_aside_or_flagged_by_its_rule(
    name: str, values: dict[str, Any], rule: str, is_set_aside: bool
) -> None:
    good = {
        "test_stock": {
            "stock_school_urn": "100001",
            "test_name": "T",
            "bought_date": "01/09/2026",
            "bought_units": "20",
        },
        "diagnostic_tests": {"test_name": "T", "sen_type": "Dyslexia", "licence_kind": "Per form"},
        "licences": {"licence_school_urn": "100001", "seats_count": "30", "yearly_price_pence": "£1,200.00"},
    }
    raw = ALL[f"raw_registers__{name}"]
    parents = rows(ALL["clean_registers__diagnostic_tests"], test_name="T", sen_type="SPLD", licence_kind="PER_PUPIL")
    found = clean(rows(raw, **good[name] | values), raw, parents=parents if name == "test_stock" else None)
    assert found.quarantine.select("rule", "is_row_set_aside").rows() == [(rule, is_set_aside)]
    assert found.frame.height == (0 if is_set_aside else 1)


def test_a_licence_without_a_renewal_date_is_taken_and_words_of_a_register_are_read() -> None:
    raw = ALL["raw_registers__licences"]
    found = clean(rows(raw, licence_school_urn="URN 100001", seats_count="30", yearly_price_pence="£1,200"), raw)
    assert found.quarantine.is_empty()
    assert found.frame.select("licence_school_urn", "renewal_date", "yearly_price_pence").rows() == [
        ("100001", None, 120_000)
    ]


@pytest.mark.parametrize(
    ("contract", "start", "end", "price"),
    [
        ("TRUST", ago(10), None, 500), ("100001", ago(10), TODAY, 500), ("100001", TODAY, None, 500),
        ("100001", ago(10), ago(1), None), ("100001", TODAY + dt.timedelta(days=1), None, None),
        ("999999", ago(10), None, None),
    ],
)  # fmt: skip
def test_a_price_holds_on_its_days_and_in_the_trust(
    contract: str, start: dt.date, end: dt.date | None, price: int | None
) -> None:
    frames = {
        "clean_registers__agencies": rows(
            ALL["clean_registers__agencies"], agency="A", service="S", price_unit="HOUR"
        ),
        "clean_registers__agency_prices": rows(
            ALL["clean_registers__agency_prices"], agency="A", service="S", contract_school_urn=contract,
            unit_price_pence=500, start_date=start, end_date=end,
        ),
        "core_schools": rows(ALL["core_schools"], school_urn="100001"),
        "core_run": RUN,
    }  # fmt: skip
    (found,) = fill("core_agency_services", frames).to_dicts()
    assert found["lowest_unit_price_pence"] == found["highest_unit_price_pence"] == price
    assert found["has_trust_contract"] is (contract == "TRUST")


def test_purchases_of_a_school_outside_the_trust_have_no_figures() -> None:
    bought = rows(ALL["clean_registers__test_stock"], stock_school_urn=["100001", "999999"], test_name="T")
    schools = rows(ALL["core_schools"], school_urn="100001")
    found = fill("core_test_stock", {"clean_registers__test_stock": bought, "core_schools": schools})
    assert found["school_urn"].to_list() == ["100001"]
    seats = rows(ALL["clean_registers__licences"], licence_school_urn=["999999", "100001"])
    found = fill("core_licences", {"clean_registers__licences": seats, "core_schools": schools})
    assert found["school_urn"].to_list() == ["100001"]


def test_catalogue_of_the_register_is_taken_over_whole() -> None:
    clean_tests = rows(ALL["clean_registers__diagnostic_tests"], sen_type="SPLD", licence_kind="PER_YEAR")
    found = fill("core_diagnostic_tests", {"clean_registers__diagnostic_tests": clean_tests})
    assert found.height == 1
    tests = fill("mart_purchasing__tests", {"model_purchasing__stock": held({})})
    assert tests.height == 1
