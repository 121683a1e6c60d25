"""What was spent against its funding: drawn answers by group, pupil and school, each cost once, what the door hides."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations.findings import find
from expectations.tables import ALL
from models.disclosure import refuse_unreleased, release
from models.money import respect, roll_up
from models.questions_money import ask_of_money
from tests.support.filling import fill
from tests.support.frames import pupil, rows, table

TODAY = dt.date(2026, 11, 20)
RUN = rows(ALL["core_run"], data_date=TODAY, academic_year=2026)
OURS, SPECIAL, OTHER = "100001", "100009", "999999"
SCHOOLS = rows(ALL["core_schools"], school_urn=[OURS, SPECIAL], is_special=[False, True])
GROUPS = table(
    ALL["core_interventions"],
    """
    intervention_key | school_urn | start_date | end_date   | resource_pence
    100001:A         | 100001     | 2026-01-05 | 2026-03-27 | 4000
    100001:B         | 100001     | 2026-01-05 | 2026-03-27 | 6000
    100001:C         | 100001     | 2026-01-05 | 2026-03-27 | -
    100001:D         | 100001     | 2026-12-01 | 2027-03-26 | 9900
    """,
)
DOSE = table(
    ALL["model_interventions__group_dose"],
    """
    intervention_key | planned_sessions_count | due_sessions_count | delivered_sessions_count | delivered_hours | cost_to_date_pence | planned_cost_pence
    100001:A         | 20                     | 20                 | 15                       | 7.5             | 19001              | 24000
    100001:B         | 20                     | 20                 | 20                       | 10              | 26000              | 26000
    100001:C         | 20                     | 10                 | -                        | -               | -                  | 30001
    """,  # noqa: E501 -- a table is read by its columns
)
MEMBERS = rows(
    ALL["core_intervention_pupils"],
    intervention_key=["100001:A"] * 3 + ["100001:B", "100001:C", "100001:C"],
    pupil_key=[pupil(n) for n in (1, 2, 3, 1, 2, 4)],
    school_urn=OURS,
)
COSTS = table(
    ALL["core_costs"],
    """
    cost_key | school_urn | cost_kind | cost_date  | plan_key | intervention_key | amount_pence
    1        | 100001     | RESOURCE  | 2026-02-01 | -        | 100001:B         | 2500
    2        | 100001     | AGENCY    | 2026-09-02 | -        | 100001:A         | 1001
    3        | 100001     | AGENCY    | 2026-02-01 | -        | -                | 700
    4        | 999999     | AGENCY    | 2026-02-01 | -        | -                | 90000
    5        | 100001     | AGENCY    | 2026-11-21 | -        | -                | 50
    6        | 100001     | AGENCY    | 2026-02-01 | P        | -                | 333
    """,
)


def groups() -> dict[tuple[str, int], dict[str, Any]]:
    given = {"core_run": RUN, "core_interventions": GROUPS, "core_intervention_pupils": MEMBERS, "core_costs": COSTS,
             "model_interventions__group_dose": DOSE}  # fmt: skip
    found = fill("model_money__groups", given)
    return {(row["intervention_key"][-1], row["financial_year"]): row for row in found.to_dicts()}


def test_a_group_costs_its_hours_materials_or_purchases_and_invoices_in_the_year_of_each() -> None:
    found = groups()
    assert set(found) == {("A", 2025), ("A", 2026), ("B", 2025), ("C", 2025)}  # D has not begun
    assert (
        found["A", 2025] | {"cost_pence": 19_001, "hours_pence": 15_001, "materials_pence": 4_000} == found["A", 2025]
    )
    assert (found["A", 2026]["cost_pence"], found["A", 2026]["hours_pence"]) == (1_001, None)
    # Purchases that name the group stand in place of the map's materials: 20,000 + 2,500, not 28,500.
    assert (found["B", 2025]["materials_pence"], found["B", 2025]["cost_pence"]) == (0, 22_500)
    assert found["A", 2025]["received_hours"] == 22.5


def test_a_group_without_sessions_costs_nothing_known_and_what_was_due_stands_beside() -> None:
    row = groups()["C", 2025]
    assert (row["cost_pence"], row["unrecorded_pence"]) == (0, 15_001)  # half of 30,001 was due, half goes up


PLANS = table(
    ALL["model_value_for_money__plans"],
    """
    plan_key | pupil_key | school_urn | academic_year | cost_to_date_pence | invoiced_pence | unrecorded_pence | top_up_pence | received_hours | received_hours_pence
    P        | P1        | 100001     | 2025          | 50333              | 333            | 0                | 100          | 20             | 40000
    Q        | P5        | 100001     | 2025          | -                  | 70             | 11               | 200          | 0              | 0
    """,  # noqa: E501
)
LINES = rows(ALL["core_ehc_provision"], plan_key="P", school_urn=OURS, academic_year=2025)
OWNERS = rows(ALL["core_ehc_plans"], plan_key=["P", "Q"], pupil_key=[pupil(1), pupil(5)], school_urn=OURS)


def pupils() -> pl.DataFrame:
    filled = rows(ALL["model_money__groups"], **{name: [row[name] for row in groups().values()]
                  for name in ALL["model_money__groups"].column_names})  # fmt: skip
    return fill("model_money__pupils", {
        "model_value_for_money__plans": PLANS, "core_ehc_provision": LINES, "core_ehc_plans": OWNERS,
        "core_intervention_pupils": MEMBERS, "model_money__groups": filled,
    })  # fmt: skip


def test_the_parts_of_a_group_come_to_its_cost_and_those_with_section_f_are_not_added() -> None:
    of_2025 = {row["pupil_key"]: row for row in pupils().filter(financial_year=2025).to_dicts()}
    # A costs 19,001 for pupils 1, 2 and 3; pupil 1 has section F and stands first: 6,333; the others the rest.
    assert of_2025[pupil(1)]["beside_plan_pence"] == 6_333 + 22_500
    assert of_2025[pupil(1)]["group_pence"] == 0
    assert of_2025[pupil(2)]["group_pence"] + of_2025[pupil(3)]["group_pence"] == 19_001 - 6_333
    assert of_2025[pupil(4)]["unrecorded_pence"] + of_2025[pupil(2)]["unrecorded_pence"] == 15_001
    assert of_2025[pupil(1)]["plan_pence"] == 50_333
    # Without a known cost the invoices still were paid.
    assert (of_2025[pupil(5)]["plan_pence"], of_2025[pupil(5)]["uncosted_plans_count"]) == (70, 1)


@settings(max_examples=15, deadline=None)
@given(cost=st.integers(0, 10_000_000), size=st.integers(1, 40), bound=st.integers(0, 40))
def test_whatever_the_cost_and_the_group_no_penny_is_lost(cost: int, size: int, bound: int) -> None:
    """Against a plain twin in whole numbers: those with section F get their share rounded down, the others the rest."""
    bound = min(bound, size)
    members = [pupil(n) for n in range(size)]
    group = rows(ALL["model_money__groups"], intervention_key="G", school_urn=OURS, financial_year=2025,
                 pupils_count=size, cost_pence=cost, hours_pence=cost, unrecorded_pence=cost)  # fmt: skip
    keys = [f"P{n}" for n in range(bound)]
    found = fill("model_money__pupils", {
        "model_money__groups": group,
        "core_intervention_pupils": rows(ALL["core_intervention_pupils"], intervention_key="G", pupil_key=members),
        "core_ehc_plans": rows(ALL["core_ehc_plans"], plan_key=keys, pupil_key=members[size - bound :]),
        "core_ehc_provision": rows(ALL["core_ehc_provision"], plan_key=keys, school_urn=OURS, academic_year=2025),
    })  # fmt: skip
    assert found["beside_plan_pence"].sum() == cost * bound // size
    assert found["group_pence"].sum() == cost - cost * bound // size
    assert found["group_hours_pence"].sum() == cost
    parts = found["group_pence"] + found["beside_plan_pence"]
    assert parts.max() - parts.min() <= 1  # type: ignore[operator]  # whole numbers


FUNDING = table(
    ALL["core_school_funding"],
    """
    school_urn | financial_year | funding_kind | funding_pence
    100001     | 2025           | NOTIONAL     | 80000
    100009     | 2025           | PLACE        | 500000
    """,
)


def rolled(people: pl.DataFrame | None = None, **more: Any) -> pl.DataFrame:
    given = {
        "model_money__groups": rows(ALL["model_money__groups"], financial_year=[]),
        "core_costs": COSTS, "core_schools": SCHOOLS, "core_school_funding": FUNDING,
        "model_money__staff_hours": rows(ALL["model_money__staff_hours"], financial_year=[]), "core_run": RUN,
    } | more  # fmt: skip
    found = roll_up(pupils() if people is None else people, **given)
    assert find(found, ALL["model_money__school"]) == []
    return found


def test_each_cost_counts_once_in_the_schools_spend() -> None:
    year = rolled().filter(school_urn=OURS, financial_year=2025).to_dicts()[0]
    assert year["plans_part_pence"] == 50_333 + 70
    assert year["groups_part_pence"] == 19_001 - 6_333
    assert year["shared_part_pence"] == 700  # not the plan's, the group's, tomorrow's or another school's
    assert year["spend_pence"] == 50_403 + 12_668 + 700
    assert year["beside_plan_pence"] == 6_333 + 22_500
    assert (year["pupils_floor_count"], year["uncosted_plans_count"], year["notional_pence"]) == (0, 1, 80_000)


def test_every_line_of_the_ledger_that_is_ours_and_dated_stands_in_one_part() -> None:
    """Plans, groups and the rest hold each line of our schools dated by the data date, and no line twice."""
    found = rolled().filter(school_urn="TRUST")
    in_groups = sum(row["purchases_pence"] + row["invoices_pence"] for row in groups().values())
    told = found["shared_part_pence"].sum() + in_groups + 333
    assert told == 2_500 + 1_001 + 700 + 333


def many(count: int, top_up: int = 1_000, largest: int | None = None) -> pl.DataFrame:
    spent = [10_000] * count
    if largest:
        spent[0] = largest
    return rows(
        ALL["model_money__pupils"], pupil_key=[pupil(n) for n in range(count)], school_urn=OURS, financial_year=2025,
        plan_pence=spent, group_pence=0, beside_plan_pence=0, unrecorded_pence=0, top_up_pence=top_up,
        uncosted_plans_count=0, plan_hours=2.0, plan_hours_pence=2_500, group_hours=0.0, group_hours_pence=0,
    )  # fmt: skip


def published(people: pl.DataFrame, hidden: str = "", **more: Any) -> dict[str, Any]:
    """The school's row as it leaves the door, beside a plans' mart that hides the named columns."""
    plans = rows(ALL["mart_value_for_money__school"], school_urn=[OURS, "TRUST"], academic_year=2025,
                 hidden_columns=hidden)  # fmt: skip
    mart = ALL["mart_money__school"]
    found = release(respect(rolled(people, core_costs=COSTS.clear(), **more), plans, RUN), mart)
    refuse_unreleased(mart, found)
    return found.filter(school_urn=OURS).to_dicts()[0]


def test_ten_pupils_of_like_cost_are_shown_and_nine_are_not() -> None:
    ten, nine = published(many(10)), published(many(9))
    assert (ten["pupils_floor_count"], ten["spend_pence"], ten["top_up_pence"]) == (10, 100_000, 10_000)
    assert ten["plan_hour_pence"] == 1_250
    assert (nine["pupils_floor_count"], nine["spend_pence"], nine["plan_hour_pence"]) == (0, None, None)
    assert {"spend_pence", "plan_hour_pence", "top_up_pence"} <= set(nine["hidden_columns"].split(","))
    assert nine["notional_pence"] == 80_000  # public


def test_one_pupil_with_most_of_it_hides_the_sum() -> None:
    assert "spend_pence" in published(many(12, largest=2_000_000))["hidden_columns"]


def test_a_top_up_is_hidden_wherever_the_funding_of_plans_is() -> None:
    """Else the top-up of this school would give the hidden funding of another away."""
    row = published(many(30), hidden="funding_pence,gap_pence")
    assert row["top_up_pence"] is None
    assert "top_up_pence" in row["hidden_columns"].split(",")
    assert row["spend_pence"] == 300_000


def test_plans_without_any_top_up_in_the_files_have_one_that_is_not_known() -> None:
    row = published(many(12, top_up=0))
    assert row["top_up_pence"] is None
    assert "top_up_pence" not in row["hidden_columns"]


def hours(staff: int | None) -> pl.DataFrame:
    return rows(
        ALL["model_money__staff_hours"], school_urn=OURS, financial_year=2025, staff_grade=["TA2", "Teacher"],
        planned_hours=100.0, due_hours=[80.0, 80.0], given_hours=[60.0, 0.0], staff_count=[staff, 9],
    )  # fmt: skip


@pytest.mark.parametrize(("staff", "rate", "is_hidden"), [(3, 0.75, False), (2, None, True), (None, None, False)])
def test_hours_of_fewer_than_three_staff_are_hidden_and_without_a_headcount_not_told(
    staff: int | None, rate: float | None, is_hidden: bool
) -> None:
    row = published(many(12), model_money__staff_hours=hours(staff))
    assert row["need_met_rate"] == rate
    assert ("need_met_rate" in row["hidden_columns"]) is is_hidden


def test_costs_without_hours_have_no_price_of_an_hour() -> None:
    row = published(many(12).with_columns(plan_hours=0.0))
    assert (row["plan_hour_pence"], row["spend_pence"]) == (None, 120_000)
    assert "plan_hour_pence" not in row["hidden_columns"]


def ten_each(school_urns: tuple[str, ...]) -> pl.DataFrame:
    return pl.concat([many(10).with_columns(school_urn=pl.lit(urn)) for urn in school_urns])


def funded(*school_urns: str, budgets: tuple[str, ...], places: tuple[str, ...]) -> dict[str, tuple[int | None, ...]]:
    """Notional budget and place funding by who spends; the budgets and places of 2025 that were delivered."""
    three = pl.concat([SCHOOLS, rows(ALL["core_schools"], school_urn="100002", is_special=False)])
    kinds = ["NOTIONAL"] * len(budgets) + ["PLACE"] * len(places)
    funding = rows(ALL["core_school_funding"], school_urn=[*budgets, *places], financial_year=2025, funding_kind=kinds,
                   funding_pence=50_000)  # fmt: skip
    year = rolled(ten_each(school_urns), core_costs=COSTS.clear(), core_schools=three, core_school_funding=funding)
    return {row["school_urn"]: (row["notional_pence"], row["place_pence"]) for row in year.to_dicts()}


@pytest.mark.parametrize(("school_urns", "budgets", "places", "trust"), [
    ((OURS, "100002", SPECIAL), (OURS, "100002"), (SPECIAL,), (100_000, 50_000)),
    ((OURS, SPECIAL), (OURS,), (SPECIAL,), (50_000, 50_000)),  # one that spends nothing needs no funding
    ((OURS, "100002", SPECIAL), (OURS,), (SPECIAL,), (None, None)),
    ((OURS, "100002", SPECIAL), (OURS, SPECIAL), (SPECIAL,), (None, None)),  # another's budget stands for nobody's
    ((OURS, SPECIAL), (OURS,), (), (None, None)),
    ((OURS, SPECIAL), (OURS,), (OURS,), (None, None)),  # places in a mainstream school are not the special school's
    ((OURS,), (OURS,), (), (50_000, None)),
])  # fmt: skip
def test_the_trusts_funding_is_told_only_where_that_of_every_school_is_known(
    school_urns: tuple[str, ...], budgets: tuple[str, ...], places: tuple[str, ...], trust: tuple[int | None, ...]
) -> None:
    assert funded(*school_urns, budgets=budgets, places=places)["TRUST"] == trust


@pytest.mark.parametrize(("urn", "budgets", "places", "own"), [
    (OURS, (OURS,), (OURS,), (50_000, 50_000)),
    (OURS, (), (OURS,), (None, None)),
    (OURS, (OURS,), (), (50_000, None)),
    (SPECIAL, (), (SPECIAL,), (None, 50_000)),
    (SPECIAL, (SPECIAL,), (), (None, None)),
])  # fmt: skip
def test_a_school_without_the_funding_it_must_have_is_told_none(
    urn: str, budgets: tuple[str, ...], places: tuple[str, ...], own: tuple[int | None, ...]
) -> None:
    assert funded(urn, budgets=budgets, places=places)[urn] == own


def test_nothing_is_asked_of_spending_where_a_part_of_the_funding_is_unknown() -> None:
    """Ten pupils a school, 2,000 pounds in all and 200 of top-up: beyond what is known, and beyond what there is."""
    whole = rows(ALL["core_school_funding"], school_urn=[OURS, SPECIAL, OURS], financial_year=2025, funding_pence=100,
                 funding_kind=["PLACE", "PLACE", "NOTIONAL"])  # fmt: skip
    plans = rows(ALL["mart_value_for_money__school"], academic_year=2025, school_urn=[OURS, SPECIAL, "TRUST"],
                 hidden_columns="")  # fmt: skip
    asked = []
    for funding in (whole.filter(funding_kind="PLACE"), whole):
        true = rolled(ten_each((OURS, SPECIAL)), core_costs=COSTS.clear(), core_school_funding=funding)
        mart = release(respect(true, plans, RUN), ALL["mart_money__school"])
        asked.append(set(ask_of_money(mart)["SPENT_BEYOND"]["school_urn"]))
    assert asked == [{SPECIAL}, {OURS, SPECIAL, "TRUST"}]
