"""What to ask: each trigger at its threshold, the order, the limits, and that hidden figures raise nothing."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from expectations.findings import find
from expectations.tables import ALL
from expectations.tables.questions import SUBJECTS
from models.questions import ENGLAND_SUSTAINED, READS, TRIGGERS, ask
from tests.support.frames import rows

QUESTIONS = ALL["mart_questions__school"]
BENCHMARKS = pl.DataFrame(
    {
        "measure": [ENGLAND_SUSTAINED, "Something else"],
        "area": ["England", "England"],
        "period": ["202021", "202021"],
        "value": [90.5, 1.0],
        "unit": ["per cent", "per cent"],
        "source": ["s", "s"],
    }
)


def frame(name: str, **columns: Any) -> pl.DataFrame:
    """Released rows of a mart; what is not given is plain, and blank where it may be hidden."""
    return rows(ALL[name], **({"hidden_columns": ""} if "hidden_columns" in ALL[name].by_name else {}) | columns)


def asked(**marts: pl.DataFrame) -> pl.DataFrame:
    empty = {name: frame(name).clear() for name in READS}
    found = ask(empty | marts, benchmarks=BENCHMARKS)
    assert find(found, QUESTIONS) == []
    return found


def triggers(school: str = "100001", **marts: pl.DataFrame) -> list[str]:
    return asked(**marts).filter(school_urn=school)["trigger"].to_list()


def test_nothing_out_of_the_ordinary_raises_no_question() -> None:
    assert asked().is_empty()


def test_triggers_are_declared_with_figures_that_exist() -> None:
    assert len({trigger.code for trigger in TRIGGERS}) == len(TRIGGERS)
    for trigger in TRIGGERS:
        assert trigger.subject in SUBJECTS
        assert trigger.figure_column in ALL[trigger.figure_table].by_name
        assert trigger.rule.endswith(".")


@pytest.mark.parametrize(("rate", "is_asked"), [(0.8999, True), (0.90, False), (None, False)])
def test_low_delivery_of_section_f(rate: float | None, is_asked: bool) -> None:
    for name in ("delivered_rate", "specialist_delivered_rate"):
        plans = frame("mart_ehc_delivery__school", academic_year=[2025, 2026], **{name: [0.1, rate]})
        assert ("LOW_DELIVERY" in triggers(mart_ehc_delivery__school=plans)) is is_asked


@pytest.mark.parametrize(("rate", "is_asked"), [(0.7499, True), (0.75, False), (None, False)])
def test_low_dose(rate: float | None, is_asked: bool) -> None:
    school = frame("mart_impact__school", dose_rate=rate, is_running=False)
    assert ("LOW_DOSE" in triggers(mart_impact__school=school)) is is_asked


@pytest.mark.parametrize(
    ("without", "unbacked", "count", "is_asked"),
    [
        (2, 0, 10, True),
        (1, 1, 10, True),
        (1, 0, 10, False),
        (4, 0, 9, False),
        (None, 9, 10, False),
        (5, 5, None, False),
    ],
)
def test_outcomes_that_nothing_shows(
    without: int | None, unbacked: int | None, count: int | None, is_asked: bool
) -> None:
    school = frame(
        "mart_ehc_outcomes__school",
        outcomes_count=[count],
        no_evidence_outcomes_count=[without],
        unbacked_outcomes_count=[unbacked],
    )
    assert triggers(mart_ehc_outcomes__school=school) == (["NO_EVIDENCE"] if is_asked else [])


@pytest.mark.parametrize(("pupils", "is_asked"), [(4, False), (5, True), (None, False)])
def test_milestones_overdue(pupils: int | None, is_asked: bool) -> None:
    school = frame("mart_ehc_outcomes__school", overdue_pupils_count=[pupils], overdue_milestones_count=[9])
    assert triggers(mart_ehc_outcomes__school=school) == (["MILESTONES_OVERDUE"] if is_asked else [])


@pytest.mark.parametrize(("started", "is_asked"), [(9, False), (10, True), (None, False)])
def test_unproven_with_many_pupils(started: int | None, is_asked: bool) -> None:
    trust = frame("mart_impact__intervention", intervention_name="A", verdict="CANNOT_TELL", started_count=50)
    school = frame("mart_impact__school", intervention_name="A", started_count=started, is_running=False)
    found = triggers(mart_impact__intervention=trust, mart_impact__school=school)
    assert ("UNPROVEN" in found) is is_asked


def test_behind_is_asked_of_the_trust_and_of_each_school_that_ran_it() -> None:
    trust = frame(
        "mart_impact__intervention",
        intervention_name=["A", "B", "C"],
        verdict=["BEHIND", "AHEAD", "BEHIND"],
        difference_points=[-2.0, 3.0, -4.0],
    )
    school = frame(
        "mart_impact__school",
        school_urn=["100001", "100001", "100002"],
        intervention_name=["A", "C", "B"],
        dose_rate=1.0,
    )
    found = asked(mart_impact__intervention=trust, mart_impact__school=school)
    assert found.select("school_urn", "trigger", "about").rows() == [
        ("100001", "BEHIND", "C"),
        ("100001", "BEHIND", "A"),
        ("TRUST", "BEHIND", "C"),
        ("TRUST", "BEHIND", "A"),
    ]


def test_no_sessions_is_told_apart_from_a_hidden_dose() -> None:
    school = frame(
        "mart_impact__school",
        intervention_name=["A", "B", "C"],
        is_running=[True, True, False],
        dose_rate=None,
        hidden_columns=["", "dose_rate,started_count", ""],
    )
    found = asked(mart_impact__school=school)
    assert found.select("trigger", "about").rows() == [("NO_SESSIONS", "A")]


@pytest.mark.parametrize(
    ("high", "upper", "is_asked"),
    [(0.90, 0.90, True), (0.905, 0.90, False), (0.90, 0.905, False), (None, None, False)],
)
def test_low_sustained_needs_band_and_range_below_england(
    high: float | None, upper: float | None, is_asked: bool
) -> None:
    leavers = frame(
        "mart_destinations__school",
        leaver_stage="Year 11",
        sen_group=["EHC plan", "SEN"],
        is_band_first=False,
        sustained_high_rate=[high, 0.1],
        wilson_high_rate=[upper, 0.1],
    )
    assert ("LOW_SUSTAINED" in triggers(mart_destinations__school=leavers)) is is_asked


def test_unknown_leavers_by_the_band_of_all_leavers() -> None:
    leavers = frame(
        "mart_destinations__school",
        leaver_stage=["Year 6", "Year 11", "Sixth form", "Year 11"],
        sen_group=["All leavers", "All leavers", "All leavers", "SEN"],
        is_band_first=[True, True, False, True],
        sustained_low_rate=[0.80, 0.70, 0.9, 0.1],
        sustained_high_rate=[0.92, 0.90, 0.9, 0.9],
    )
    found = asked(mart_destinations__school=leavers)
    assert found.select("trigger", "about").rows() == [("UNKNOWN_LEAVERS", "Year 11"), ("UNKNOWN_LEAVERS", "Year 6")]


def test_gap_provision_and_data_triggers() -> None:
    plans = frame("mart_value_for_money__school", academic_year=2026, gap_pence=[1], recorded_rate=[0.89])
    assert triggers(mart_value_for_money__school=plans) == ["GAP", "UNRECORDED_PROVISION"]
    fine = frame("mart_value_for_money__school", academic_year=2026, gap_pence=[0], recorded_rate=[0.9])
    assert triggers(mart_value_for_money__school=fine) == []
    data = frame("mart_deliveries__confidence", school_urn=["100001", "100002"], confidence=["POOR", "NO_DATA"])
    assert asked(mart_deliveries__confidence=data)["trigger"].to_list() == ["SET_ASIDE", "NOTHING_DELIVERED"]


@pytest.mark.parametrize(
    ("verdict", "is_asked"),
    [("ABOVE", True), ("BELOW", True), ("NEAR_LIMIT", False), ("WITHIN", False), (None, False)],
)
def test_only_schools_beyond_the_outer_limits_are_asked_about_identification(
    verdict: str | None, is_asked: bool
) -> None:
    school = frame("mart_identification__school", support_verdict=verdict, support_ratio=2.0)
    assert (triggers(mart_identification__school=school) == ["SEN_SUPPORT_APART"]) is is_asked


@pytest.mark.parametrize(
    ("count", "then", "is_asked"),
    [(45, 0.12, True), (45, 0.13, False), (9, 0.0, False), (None, 0.01, False), (45, None, False)],
)
def test_a_register_that_grew_by_three_points(count: int | None, then: float | None, is_asked: bool) -> None:
    school = frame("mart_identification__school", pupils_count=300 if count != 9 else 60, sen_support_count=count,
                   year_before_support_rate=then)  # fmt: skip
    assert (triggers(mart_identification__school=school) == ["SUPPORT_GREW"]) is is_asked


def test_the_group_that_is_missing_by_most_beyond_the_usual_is_asked_about_first() -> None:
    groups = frame(
        "mart_identification__group", pupil_group=["Girls", "Pupils with EAL", "Persistently absent pupils"],
        fewer_mean=[20.0, 12.0, 30.0], usual_mean=[15.0, 1.0, 0.0], is_beyond_chance=[True, True, None],
    )  # fmt: skip
    found = asked(mart_identification__group=groups)
    assert found.select("trigger", "about").rows() == [
        ("GROUP_MISSING", "Pupils with EAL"), ("GROUP_MISSING", "Girls"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rate", "due", "is_asked"), [(0.59, 10, True), (0.60, 10, False), (0.1, 9, False), (None, 10, False)]
)
def test_untested_in_the_latest_year_with_ten_due(rate: float | None, due: int, is_asked: bool) -> None:
    protocol = frame(
        "mart_interventions__compliance", academic_year=[2024, 2025, 2026], both_rate=[0.1, rate, None],
        exit_due_starts_count=[40, due, 0],
    )  # fmt: skip
    found = asked(mart_interventions__compliance=protocol)
    year = "2025" if due >= 10 else "2024"
    assert found.select("trigger", "about").rows() == ([("UNTESTED", year)] if is_asked or due < 10 else [])


@pytest.mark.parametrize(
    ("count", "rate", "is_asked"), [(5, 0.76, True), (5, 0.75, False), (4, 1.0, False), (None, 0.9, False)]
)
def test_unserved_needs_five_pupils_and_most_of_those_with_a_low_score(
    count: int | None, rate: float, is_asked: bool
) -> None:
    waits = frame("mart_interventions__timeliness", unserved_count=count, unserved_rate=rate)
    assert (triggers(mart_interventions__timeliness=waits) == ["UNSERVED"]) is is_asked


@pytest.mark.parametrize(
    ("told", "rate", "is_asked"), [(10, 0.51, True), (10, 0.50, False), (9, 1.0, False), (None, 0.9, False)]
)
def test_a_slow_start_needs_ten_pupils_of_whom_more_than_half_waited(
    told: int | None, rate: float, is_asked: bool
) -> None:
    waits = frame("mart_interventions__timeliness", told_count=told, slow_rate=rate)
    assert (triggers(mart_interventions__timeliness=waits) == ["SLOW_START"]) is is_asked


@pytest.mark.parametrize(
    ("september", "highest", "is_asked"),
    [(0.95, 0.85, True), (0.95, 0.86, False), (None, 0.5, False), (0.95, None, False)],
)
def test_leavers_who_did_not_stay_even_if_all_the_untraced_did(
    september: float | None, highest: float | None, is_asked: bool
) -> None:
    leavers = frame("mart_destinations__school", leaver_stage="Year 6", sen_group="All leavers", is_band_first=False,
                    september_rate=september, sustained_high_rate=highest)  # fmt: skip
    assert (triggers(mart_destinations__school=leavers) == ["DID_NOT_STAY"]) is is_asked


@pytest.mark.parametrize(
    ("low", "others", "moves", "is_asked"),
    [(3.1, 3.0, 12, True), (3.0, 3.0, 12, False), (3.1, 3.0, 9, False), (None, 3.0, 12, False), (3.1, None, 12, False)],
)
def test_pupils_with_sen_who_leave_before_the_end_more_than_others(
    low: float | None, others: float | None, moves: int, is_asked: bool
) -> None:
    moved = frame("mart_moves__school", move_group=["SEN", "No SEN"], low_per_100_years=[low, 1.0],
                  high_per_100_years=[9.0, others], moves_count=[moves, 20])  # fmt: skip
    assert (triggers(mart_moves__school=moved) == ["SEN_LEAVE_MORE"]) is is_asked


@pytest.mark.parametrize(
    ("moves", "untold", "is_asked"), [(40, 5, True), (50, 5, False), (9, 5, False), (40, None, False)]
)
def test_moves_of_which_nobody_knows_where_to(moves: int, untold: int | None, is_asked: bool) -> None:
    moved = frame("mart_moves__school", move_group="All pupils", moves_count=moves, not_known_count=untold)
    assert (triggers(mart_moves__school=moved) == ["MOVES_UNTOLD"]) is is_asked


def test_hidden_figures_raise_nothing() -> None:
    hidden = {
        "mart_impact__school": frame("mart_impact__school", is_running=True, hidden_columns="dose_rate,started_count"),
        "mart_value_for_money__school": frame("mart_value_for_money__school", hidden_columns="gap_pence"),
        "mart_destinations__school": frame("mart_destinations__school", is_band_first=False),
        "mart_identification__school": frame("mart_identification__school"),
        "mart_identification__group": frame("mart_identification__group"),
        "mart_interventions__compliance": frame("mart_interventions__compliance", hidden_columns="both_rate"),
        "mart_interventions__timeliness": frame("mart_interventions__timeliness", hidden_columns="unserved_rate"),
    }
    assert asked(**hidden).is_empty()


def test_the_order_is_by_weight_and_none_is_cut_by_its_rank() -> None:
    names = [f"I{n}" for n in range(5)]
    trust = frame(
        "mart_impact__intervention", intervention_name=names, verdict=["BEHIND"] * 3 + ["CANNOT_TELL"] * 2,
        difference_points=[-1.0, -2.0, -3.0, None, None],
    )  # fmt: skip
    school = frame(
        "mart_impact__school", intervention_name=names, dose_rate=[0.5, 0.6, 0.7, 0.7, None], started_count=30,
        is_running=True,
    )  # fmt: skip
    plans = frame(
        "mart_value_for_money__school", academic_year=2026, gap_pence=5, recorded_rate=0.5,
    )  # fmt: skip
    outcomes = frame(
        "mart_ehc_outcomes__school", outcomes_count=10, no_evidence_outcomes_count=9, unbacked_outcomes_count=0
    )
    marts = {
        "mart_ehc_delivery__school": frame("mart_ehc_delivery__school", academic_year=2026, delivered_rate=0.5),
        "mart_ehc_outcomes__school": outcomes,
        "mart_impact__intervention": trust,
        "mart_impact__school": school,
        "mart_value_for_money__school": plans,
    }
    found = asked(**marts).filter(school_urn="100001")
    assert found.select("question_rank", "trigger", "about").rows() == [
        (1, "LOW_DELIVERY", "2026"),
        (2, "BEHIND", "I2"),
        (3, "BEHIND", "I1"),
        (4, "NO_EVIDENCE", None),
        (5, "LOW_DOSE", "I0"),
        (6, "LOW_DOSE", "I1"),
        (7, "UNPROVEN", "I3"),
        (8, "UNPROVEN", "I4"),
        (9, "GAP", "2026"),
        (10, "NO_SESSIONS", "I4"),
        (11, "UNRECORDED_PROVISION", "2026"),
    ]
    shuffled = {name: mart.sample(fraction=1, shuffle=True, seed=4) for name, mart in marts.items()}
    assert asked(**shuffled).equals(asked(**marts))


def test_questions_carry_no_figure() -> None:
    kinds = {name: column.kind.value for name, column in QUESTIONS.by_name.items()}
    assert [name for name, kind in kinds.items() if kind != "text"] == ["question_rank"]


@pytest.mark.parametrize(
    ("weeks", "standing", "is_asked"),
    [
        (18.0, "MEDIAN", True),
        (17.0, "MEDIAN", False),
        (None, "NOT_REACHED", True),
        (None, "FEW", False),
        (None, None, False),
    ],
)
def test_a_long_wait_for_a_service_is_asked_of_the_trust_and_for_all_of_a_school(
    weeks: float | None, standing: str | None, is_asked: bool
) -> None:
    told: dict[str, Any] = {"seen_median_weeks": weeks, "seen_standing": standing}
    service = frame("mart_referrals__service", service_label="A: Therapy", has_trust_contract=False, **told)
    found = asked(mart_referrals__service=service)
    assert found.select("school_urn", "trigger", "about").rows() == (
        [("TRUST", "SERVICE_WAIT", "A: Therapy")] if is_asked else []
    )
    schools = frame("mart_referrals__school", school_urn=["100001", "TRUST"], **told)
    found = asked(mart_referrals__school=schools)
    assert found.select("school_urn", "trigger").rows() == ([("100001", "LONG_WAIT")] if is_asked else [])


@pytest.mark.parametrize(
    ("gap", "pupils", "is_asked"),
    [("NO_TEST", 10, True), ("NOT_STOCKED", 10, True), ("NO_TEST", 9, False), ("BY_HEALTH", 90, False),
     ("STOCKED", 90, False), ("NO_TEST", None, False)],
)  # fmt: skip
def test_a_need_without_a_test(gap: str, pupils: int | None, is_asked: bool) -> None:
    needs = frame("mart_purchasing__needs", sen_type="SEMH", gap=gap, pupils_count=pupils)
    found = asked(mart_purchasing__needs=needs)
    assert found.select("school_urn", "trigger", "about").rows() == (
        [("TRUST", "NEED_WITHOUT_TEST", "SEMH")] if is_asked else []
    )


@pytest.mark.parametrize(
    ("kind", "pence", "is_asked"),
    [("PRICE_TEST", 25_000, True), ("PRICE_TEST", 24_999, False), ("SPARE_TEST", 90_000, False)],
)
def test_buying_together_is_asked_from_five_hundred_pounds_a_year(kind: str, pence: int, is_asked: bool) -> None:
    savings = frame(
        "mart_purchasing__saving", saving_kind=kind, product_name=["A", "B"], saving_low_pence=pence,
        saving_high_pence=900_000,
    )  # fmt: skip
    found = asked(mart_purchasing__saving=savings)
    assert found["trigger"].to_list() == (["BUY_TOGETHER"] if is_asked else [])
