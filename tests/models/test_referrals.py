"""Referrals: each stage and limit by hand, a plain twin, bad input, small groups."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations.findings import find
from expectations.tables import ALL
from models import referrals
from models.clean import Cleaned, clean
from models.disclosure import prepare, refuse_unreleased, release
from seeds.trust.truth_of_referrals import half_ended, standing
from tests.support.filling import fill
from tests.support.frames import pupil, rows, table, upn

TODAY = dt.date(2026, 11, 20)
CORE, ROLL, SPELLS, STEPS = (
    ALL[name] for name in ("core_referrals", "model_pupils__on_roll", "core_enrolments", "model_referrals__steps")
)
RUN = rows(ALL["core_run"], data_date=TODAY, academic_year=2026)
THERE = rows(ROLL, pupil_key=[pupil(n) for n in range(1, 40)], school_urn="100001", sen_provision="K")
NO_COSTS, NO_PLANS = rows(ALL["core_costs"], cost_key=[]), rows(ALL["core_ehc_plans"], plan_key=[])
SERVICE = {"agency": "Plover Lane Therapy", "service": "Therapy"}


def ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days=days)


def steps(core: pl.DataFrame, roll: pl.DataFrame = THERE, spells: pl.DataFrame | None = None) -> pl.DataFrame:
    frames = {"core_referrals": core, "core_run": RUN, "model_pupils__on_roll": roll}
    if spells is not None:
        frames["core_enrolments"] = spells
    return fill("model_referrals__steps", frames).sort("school_urn", "pupil_key", "referral_date")


def one(roll: pl.DataFrame = THERE, spells: pl.DataFrame | None = None, **told: Any) -> dict[str, Any]:
    referral = {"pupil_key": pupil(1), "school_urn": "100001", "referral_date": ago(100)} | SERVICE | told
    (found,) = steps(rows(CORE, **referral), roll, spells).to_dicts()
    return found


YES = {"referral_decision": "ACCEPTED"}


@pytest.mark.parametrize(
    ("told", "stage", "owner", "days", "chase"),
    [
        ({"referral_date": ago(28)}, "ANSWER", "AGENCY", 28, 0),
        ({"referral_date": ago(29)}, "ANSWER", "AGENCY", 29, 1),
        ({"referral_date": ago(126)} | YES, "SEEN", "AGENCY", 126, 0),
        ({"referral_date": ago(127)} | YES, "SEEN", "AGENCY", 127, 1),
        ({"seen_date": ago(42)} | YES, "REPORT", "AGENCY", 42, 0),
        ({"seen_date": ago(43)}, "REPORT", "AGENCY", 43, 1),
        ({"seen_date": ago(60), "report_date": ago(28)}, "PROVISION", "SCHOOL", 28, 0),
        ({"seen_date": ago(60), "report_date": ago(29)}, "PROVISION", "SCHOOL", 29, 1),
        ({"seen_date": ago(60), "report_date": ago(30), "provision_start_date": TODAY}, "PROVIDED", None, None, None),
        ({"seen_date": TODAY + dt.timedelta(days=1)} | YES, "SEEN", "AGENCY", 100, 0),  # an intention
        ({"closed_date": TODAY}, "CLOSED", None, None, None),
        ({"closed_date": TODAY + dt.timedelta(days=1)}, "ANSWER", "AGENCY", 100, 72),
        ({"referral_decision": "DECLINED"}, "CLOSED", None, None, None),
        ({"referral_closed_reason": "DECLINED_CAPACITY", "closed_date": ago(80)}, "CLOSED", None, None, None),
    ],
)
def test_the_step_that_is_next_and_whose_it_is(
    told: dict[str, Any], stage: str, owner: str | None, days: int | None, chase: int | None
) -> None:
    found = one(**told)
    assert (found["referral_stage"], found["step_owner"]) == (stage, owner)
    assert (found["stage_days"], found["chase_days"]) == (days, chase)
    assert (found["open_days"] is None) is (owner is None)


def test_open_cases_are_watched_to_the_data_date_or_the_day_they_ended() -> None:
    nobody = THERE.filter(pl.col("pupil_key") == pupil(2))
    spells = rows(SPELLS, pupil_key=pupil(1), school_urn="100001", entry_date=ago(900), leaving_date=ago(70))
    waits = {
        "open": one(),
        "seen": one(seen_date=ago(40)),
        "closed": one(closed_date=ago(60), referral_closed_reason="WITHDRAWN"),
        "left": one(nobody, spells),
        "declined": one(referral_decision="DECLINED"),
        "left before": one(nobody, spells, referral_date=ago(50)),
    }
    assert {name: row["seen_wait_days"] for name, row in waits.items()} == {
        "open": 100, "seen": 60, "closed": 40, "left": 30, "declined": None, "left before": 0,
    }  # fmt: skip
    assert {name for name, row in waits.items() if row["is_seen"]} == {"seen"}
    assert waits["seen"]["report_wait_days"] == 40
    assert waits["open"]["report_wait_days"] is None


def test_each_wait_of_a_whole_case() -> None:
    found = one(
        concern_date=ago(130), seen_date=ago(80), report_date=ago(50), provision_start_date=ago(10), closed_date=ago(5)
    )
    names = ("concern", "seen", "report", "provision", "whole")
    assert [found[f"{name}_wait_days"] for name in names] == [30, 20, 30, 40, 90]
    assert (found["is_seen"], found["is_reported"], found["is_provided"]) == (True, True, True)


def test_a_report_without_a_day_of_being_seen_is_kept_named_and_left_out_of_that_wait() -> None:
    found = one(report_date=ago(10))
    assert (found["referral_stage"], found["date_fault"]) == ("PROVISION", "SEEN_MISSING")
    assert (found["seen_wait_days"], found["report_wait_days"]) == (None, None)
    assert (found["provision_wait_days"], found["whole_wait_days"]) == (10, 100)


def test_a_referral_that_is_only_meant_is_not_there() -> None:
    core = rows(CORE, pupil_key=pupil(1), school_urn="100001", referral_date=TODAY + dt.timedelta(days=1), **SERVICE)
    assert steps(core).is_empty()


DAYS = st.one_of(st.none(), st.integers(-30, 300))


CASE = st.tuples(
    st.tuples(st.integers(1, 400), *(DAYS for _ in range(4))),
    st.sampled_from(["ACCEPTED", "DECLINED", None]),
    st.sampled_from(["COMPLETED", "DECLINED_CRITERIA", "WITHDRAWN", None]),
)


@settings(deadline=None, max_examples=8)
@given(st.lists(CASE, min_size=1, max_size=30))
def test_equal_to_the_plain_rules(cases: list[tuple[tuple[int, ...], str | None, str | None]]) -> None:
    """The planted truth's own plain rules, on days that schools could send: each step not before the one before."""
    told = [_delivered(*case) for case in cases]
    columns = {name: [row[name] for row in told] for name in told[0]}
    found = steps(
        rows(CORE, pupil_key=[pupil(n + 1) for n in range(len(told))], school_urn="100001", **columns, **SERVICE)
    )
    for row, known in zip(told, found.to_dicts(), strict=True):
        plain = standing(_as_planted(row), TODAY)  # type: ignore[arg-type]  # only what the rules look at
        assert {name: "" if known[name] is None else known[name] for name in plain} == plain


def _delivered(days: tuple[int, ...], decision: str | None, reason: str | None) -> dict[str, Any]:
    referred = ago(days[0])
    seen, report, provision, closed = (None if d is None else referred + dt.timedelta(max(0, d)) for d in days[1:])
    report = max(report, seen) if report and seen else report
    provision = max(provision, seen) if provision and seen else provision
    return {
        "referral_date": referred, "seen_date": seen, "report_date": report, "provision_start_date": provision,
        "closed_date": closed, "referral_decision": decision, "referral_closed_reason": reason,
    }  # fmt: skip


def _as_planted(row: dict[str, Any]) -> SimpleNamespace:
    def by_now(name: str) -> dt.date | None:
        return row[name] if row[name] and row[name] <= TODAY else None

    return SimpleNamespace(
        enrolment=SimpleNamespace(is_on_roll=lambda _: True, leaving=None), referred=row["referral_date"],
        decision=row["referral_decision"], seen=by_now("seen_date"), report=by_now("report_date"),
        provision=by_now("provision_start_date"), closed=by_now("closed_date"), reason=row["referral_closed_reason"],
        is_seen_written=True,
    )  # fmt: skip


def cleaned(**values: str | None) -> Cleaned:
    raw = ALL["raw_referrals__referrals"]
    known = rows(
        ALL["core_pupil_identifiers"], identifier_kind="UPN", school_urn="TRUST", identifier=upn(1), pupil_key=pupil(1)
    )
    agencies = rows(ALL["clean_registers__agencies"], price_unit="HOUR", **SERVICE)
    told = {"upn": upn(1), "school_urn": "100001", "referral_date": "07/09/2026"} | SERVICE | values
    lists = {name: value for name, value in told.items() if isinstance(value, list)}
    return clean(rows(raw, **told | lists), raw, identifiers=known, parents=agencies)


@pytest.mark.parametrize(
    ("values", "rule", "is_set_aside"),
    [
        ({"seen_date": "06/09/2026"}, "DATE_ORDER", True),
        ({"closed_date": "06/09/2026"}, "DATE_ORDER", True),
        ({"concern_date": "08/09/2026"}, "DATE_ORDER", True),
        ({"seen_date": "10/09/2026", "report_date": "09/09/2026"}, "DATE_ORDER", True),
        ({"upn": upn(2)}, "UNKNOWN_PUPIL", True),
        ({"agency": "Somebody Else"}, "UNKNOWN_REFERENCE", True),
        ({"service": "Something Else"}, "UNKNOWN_REFERENCE", True),
        ({"referral_date": None}, "REQUIRED", True),
        ({"referral_decision": "Perhaps"}, "CODE", False),
        ({"referral_closed_reason": "Because"}, "CODE", False),
        ({"seen_date": "soon"}, "KIND", False),
    ],
)
def test_bad_input_is_set_aside_or_flagged_by_its_rule(values: dict[str, Any], rule: str, is_set_aside: bool) -> None:
    found = cleaned(**values)
    assert found.quarantine.select("rule", "is_row_set_aside").rows() == [(rule, is_set_aside)]
    assert found.frame.height == (0 if is_set_aside else 1)


def test_a_row_given_twice_counts_once_and_the_later_of_two_that_differ_is_used() -> None:
    twice = cleaned(seen_date=["10/09/2026", "10/09/2026"])
    assert (twice.frame.height, twice.quarantine["rule"].to_list()) == (1, ["TWICE"])
    differing = cleaned(seen_date=["10/09/2026", "11/09/2026"])
    assert differing.frame["seen_date"].to_list() == [dt.date(2026, 9, 11)]
    assert differing.quarantine["rule"].to_list() == ["CONFLICT"]


def test_a_report_without_seen_and_words_of_a_school_are_taken() -> None:
    found = cleaned(report_date="10/10/2026", referral_decision="Not accepted", referral_closed_reason="Service full")
    assert found.quarantine.is_empty()
    assert found.frame.select("referral_decision", "referral_closed_reason").rows() == [
        ("DECLINED", "DECLINED_CAPACITY")
    ]


def many(seen: list[int], still_open: list[int], **told: Any) -> pl.DataFrame:
    """Referrals of different pupils seen after so many days, or open for so many days."""
    days = [*(300 for _ in seen), *still_open]
    seen_days = [*(ago(300 - wait) for wait in seen), *(None for _ in still_open)]
    return steps(
        rows(
            CORE, pupil_key=[pupil(n + 1) for n in range(len(days))], school_urn="100001",
            referral_date=[ago(day) for day in days], seen_date=seen_days, **SERVICE | told,
        )
    )  # fmt: skip


def of_service(found: pl.DataFrame) -> dict[str, Any]:
    services = rows(ALL["core_agency_services"], price_unit="HOUR", has_trust_contract=False, **SERVICE)
    told = referrals.sum_services(found, services, NO_COSTS, NO_PLANS, ["100001"], TODAY)
    assert find(told, ALL["model_referrals__service"]) == []
    return told.to_dicts()[0]


@pytest.mark.parametrize(
    ("seen", "still_open", "weeks", "standing_word"),
    [
        ([70] * 6, [200] * 4, 10.0, "MEDIAN"),
        ([70] * 5, [200] * 5, 10.0, "MEDIAN"),  # exactly half
        ([70] * 4, [200] * 6, None, "NOT_REACHED"),
        ([70] * 9, [], None, "FEW"),
        ([], [], None, "FEW"),
    ],
)
def test_a_median_needs_ten_pupils_and_half_of_them(
    seen: list[int], still_open: list[int], weeks: float | None, standing_word: str
) -> None:
    found = of_service(many(seen, still_open)) if seen else of_service(rows(STEPS, pupil_key=[]))
    assert (found["seen_median_weeks"], found["seen_standing"]) == (weeks, standing_word)
    assert found["open_pupils_count"] == len(seen) + len(still_open), "seen ones wait for a report"


def test_many_referrals_of_few_pupils_are_few() -> None:
    found = steps(
        rows(
            CORE, pupil_key=[pupil(1 + n % 9) for n in range(18)], school_urn="100001",
            referral_date=[ago(100 + n) for n in range(18)], seen_date=ago(60), **SERVICE,
        )
    )  # fmt: skip
    told = of_service(found)
    assert (told["waited_count"], told["seen_cases_count"], told["seen_median_weeks"]) == (9, 9, None)


def test_two_years_are_counted_and_open_ones_however_old() -> None:
    days = [729, 730, 731, 1500]
    found = steps(
        rows(
            CORE, pupil_key=[pupil(n) for n in range(1, 5)], school_urn="100001",
            referral_date=[ago(day) for day in days], seen_date=[ago(700), ago(700), ago(700), None],
            report_date=[ago(690)] * 3 + [None], provision_start_date=[ago(600)] * 3 + [None], **SERVICE,
        )
    )  # fmt: skip
    told = of_service(found)
    assert (told["waited_count"], told["open_pupils_count"], told["seen_cases_count"]) == (2, 1, 1)


def test_the_year_before_stands_beside_the_latest() -> None:
    """Ten referred 364 days ago and seen after 14 days, ten 365 days ago and seen after 28."""
    found = steps(
        rows(
            CORE, pupil_key=[pupil(n) for n in range(1, 21)], school_urn="100001",
            referral_date=[ago(364)] * 10 + [ago(365)] * 10, seen_date=[ago(350)] * 10 + [ago(337)] * 10, **SERVICE,
        )
    )  # fmt: skip
    told = of_service(found)
    assert (told["latest_seen_median_weeks"], told["before_seen_median_weeks"]) == (2.0, 4.0)
    assert told["seen_median_weeks"] == 2.0


def by_school(found: pl.DataFrame, costs: pl.DataFrame | None = None) -> dict[str, dict[str, Any]]:
    plans = rows(ALL["core_ehc_plans"], plan_key=["a", "b"], pupil_key=[pupil(1), pupil(2)])
    told = referrals.sum_schools(found, NO_COSTS if costs is None else costs, plans, ["100001", "100002"], TODAY)
    assert find(told, ALL["model_referrals__school"]) == []
    return {row["school_urn"]: row for row in told.to_dicts()}


def test_schools_and_the_trust_whose_step_it_is_only_of_the_trust() -> None:
    found = many([70] * 3, [20] * 2)
    told = by_school(pl.concat([found, many([], [20], service="Other")]))
    assert told["100001"]["open_pupils_count"] == told["TRUST"]["open_pupils_count"] == 5, "a pupil counts once"
    assert told["100001"]["agency_step_count"] is None
    assert (told["TRUST"]["agency_step_count"], told["TRUST"]["school_step_count"]) == (5, 0)
    assert told["100002"]["waited_count"] == 0


def test_spend_is_of_a_year_and_tells_its_two_largest_parts() -> None:
    costs = table(
        ALL["core_costs"],
        f"""
        cost_key | school_urn | cost_kind | cost_date  | plan_key | supplier | amount_pence
        c1       | 100001     | AGENCY    | {ago(364)} | a        | Plover   | 500
        c2       | 100001     | AGENCY    | {ago(1)}   | a        | plover   | 100
        c3       | 100001     | AGENCY    | {ago(1)}   | -        | Plover   | 300
        c4       | 100002     | AGENCY    | {ago(365)} | b        | Plover   | 9000
        c5       | 100001     | RESOURCE  | {ago(1)}   | -        | Books    | 9000
        c6       | 999999     | AGENCY    | {ago(1)}   | -        | Plover   | 9000
        """,
    )
    told = by_school(many([70] * 3, []), costs)
    row = told["TRUST"]
    spent = (row["agency_spend_pence"], row["spend_largest_pence"], row["spend_second_pence"])
    assert spent == (900, 600, 300)
    assert told["100002"]["agency_spend_pence"] == 0
    services = rows(
        ALL["core_agency_services"], agency="PLOVER", service=["A", "B"], price_unit="HOUR", has_trust_contract=False
    )
    found = many([70] * 2, [], agency="PLOVER", service=["A", "B"])
    more = many([70], [20], agency="PLOVER", service="B")
    plans = rows(ALL["core_ehc_plans"], plan_key=["a"], pupil_key=[pupil(1)])
    paid = referrals.sum_services(pl.concat([found, more]), services, costs, plans, ["100001", "100002"], TODAY)
    assert paid.select("service", "waited_count", "agency_spend_pence").rows() == [("A", 1, 900), ("B", 2, None)]


@pytest.mark.parametrize("name", ["service", "school"])
def test_what_passes_the_door_hides_the_few_and_holds_at_the_last_look(name: str) -> None:
    found = pl.concat([many([70] * 12, [30] * 3), many([20] * 3, [10], service="Other")])
    services = rows(
        ALL["core_agency_services"], agency=SERVICE["agency"], service=["Therapy", "Other"], price_unit="HOUR",
        has_trust_contract=True,
    )  # fmt: skip
    costs, plans = NO_COSTS, NO_PLANS
    model = (
        referrals.sum_services(found, services, costs, plans, ["100001"], TODAY)
        if name == "service"
        else referrals.sum_schools(found, costs, plans, ["100001", "100002"], TODAY)
    )
    mart = ALL[f"mart_referrals__{name}"]
    shown = release(prepare(model, mart, TODAY), mart)
    refuse_unreleased(mart, shown)
    assert find(shown, mart) == []
    if name == "service":
        few = shown.filter(service="Other").to_dicts()[0]
        assert few["waited_count"] is None
        assert few["seen_standing"] is None
        assert shown.filter(service="Therapy")["seen_median_weeks"].item() == 10.0


def test_the_senco_reads_open_ones_and_what_ended_in_ninety_days() -> None:
    people = rows(ALL["core_pupils"], pupil_key=[pupil(n) for n in range(1, 8)])
    core = rows(
        CORE, pupil_key=[pupil(n) for n in range(1, 8)], school_urn="100001", referral_date=ago(400),
        seen_date=ago(300), report_date=[ago(200)] * 6 + [None],
        provision_start_date=[None, ago(89), ago(90), None, None, None, None],
        closed_date=[None, None, None, ago(89), ago(90), None, None], **SERVICE,
    )  # fmt: skip
    roll = THERE.filter(pl.col("pupil_key") != pupil(6))
    told = referrals.list_open(steps(core, roll), roll, people, TODAY)
    assert sorted(told["pupil_key"]) == [pupil(n) for n in (1, 2, 4, 7)]
    assert find(told, ALL["mart_referrals__open"]) == []


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 40), st.booleans()), max_size=30))
def test_the_truths_own_median_is_the_models(waits: list[tuple[int, bool]]) -> None:
    from models.waiting import median_wait

    found = median_wait([days for days, _ in waits], [ended for _, ended in waits]).days
    assert half_ended(waits) == ("" if found is None else found)
