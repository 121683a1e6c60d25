"""The SQL of what pupils scored, received and cost: drawn answers, edges, a plain twin."""

from __future__ import annotations

import csv
import datetime as dt
from importlib import resources

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations.tables import ALL
from models import calendar
from models.engine import sql_of
from tests.support import plain_core as plain
from tests.support.filling import fill
from tests.support.frames import pupil, rows, table

ASSESSMENTS = ALL["clean_insight__assessments"]


def scored(*marks: tuple[str, str]) -> list[tuple[str, float | None]]:
    """(scale, score) of each (mark scheme, mark)."""
    given_rows = rows(
        ASSESSMENTS, pupil_key=[pupil(n) for n in range(len(marks))], mark_scheme=[s for s, _ in marks],
        mark=[m for _, m in marks],
    )  # fmt: skip
    return (
        fill("core_assessments", {"clean_insight__assessments": given_rows})
        .sort("pupil_key")
        .select("scale", "score")
        .rows()
    )


@pytest.mark.parametrize(
    ("scheme", "mark", "scale", "score"),
    [
        ("Standardised score", "104", "STANDARDISED", 104.0),
        ("Age-standardised score", "98.5", "STANDARDISED", 98.5),
        ("Standardised score", "141+", "STANDARDISED", None),
        ("Standardised score", "Absent", "STANDARDISED", None),
        ("Reading Age", "8.10", "AGE", 106.0),
        ("Reading Age", "8.1", "AGE", 97.0),
        ("Reading Age", "8.9", "AGE", 105.0),
        ("Reading Age", "8y 9m", "AGE", 105.0),
        ("Reading Age", "8:09", "AGE", 105.0),
        ("Reading Age", "8y", "AGE", 96.0),
        ("Reading Age", "11", "AGE", 132.0),
        ("Reading Age", "8.11", "AGE", 107.0),
        ("Reading Age", "8.12", "AGE", None),
        ("Reading Age", "<6", "AGE", None),
        ("Point in Time Assessment", "Towards", "BAND", 2.0),
        ("Point in Time Assessment", "Emerging", "BAND", None),
        ("Pre-Key Stage", "PK3", "PRE_KEY_STAGE", 3.0),
        ("Teacher assessment", "exs", "PRE_KEY_STAGE", 8.0),
        ("Pre-Key Stage", "A", "PRE_KEY_STAGE", None),
        ("Teacher assessment", "EM", "ENGAGEMENT", None),
        ("Engagement Model", "3", "ENGAGEMENT", None),
        ("SATs scaled score", "102", "POINTS", 102.0),
        ("Book steps", "14", "POINTS", 14.0),
        ("Anything else", "14", "POINTS", 14.0),
        ("Anything else", "above", "BAND", 4.0),
        ("Anything else", "green", "POINTS", None),
    ],
)
def test_each_mark_is_read_on_the_scale_of_its_scheme(scheme: str, mark: str, scale: str, score: float | None) -> None:
    assert scored((scheme, mark)) == [(scale, score)]


MARKS = st.sampled_from(["104", "98.5", "8.10", "8.12", "12y 3m", "12y3", "7 y", "8:9", "PK2", "gds", "Within",
                         "just below",
                         "", " ", "141+", "-5", "12345", "8.", ".8", "8y 9", "99.12", "8..9", "1e3"])  # fmt: skip
SCHEMES = {"Standardised score": "STANDARDISED", "Reading Age": "AGE", "Point in Time Assessment": "BAND",
           "Pre-Key Stage": "PRE_KEY_STAGE", "Engagement Model": "ENGAGEMENT", "Steps": "POINTS"}  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from(list(SCHEMES)), MARKS), min_size=1, max_size=60))
@settings(max_examples=25, deadline=None)
def test_scores_are_those_of_the_plain_twin(marks: list[tuple[str, str]]) -> None:
    assert scored(*marks) == [(SCHEMES[scheme], plain.score(SCHEMES[scheme], mark)) for scheme, mark in marks]


def test_the_ranks_of_teacher_assessment_codes_are_those_of_the_reference_table() -> None:
    text = (resources.files("seeds") / "reference" / "pre_key_stage.csv").read_text(encoding="utf-8")
    ranks = {row["code"]: float(row["rank"]) for row in csv.DictReader(text.splitlines()) if row["rank"]}
    del ranks["EM"]  # a flag, never a score
    assert (
        dict(zip(ranks, (score for _, score in scored(*(("Pre-Key Stage", code) for code in ranks))), strict=True))
        == ranks
    )


def test_an_undated_assessment_stands_at_the_middle_of_its_half_term() -> None:
    given_rows = rows(ASSESSMENTS, pupil_key=[pupil(1), pupil(2)], academic_year=2025, half_term=["Spring1", "Entry"],
                      assessed_date=[None, dt.date(2025, 9, 4)])  # fmt: skip
    half_terms = calendar.half_terms()
    found = fill("core_assessments", {"clean_insight__assessments": given_rows, "core_half_terms": half_terms})
    middle = half_terms.filter(academic_year=2025, half_term="Spring1")["middle_date"].item()
    assert found.sort("pupil_key")["assessed_date"].to_list() == [middle, dt.date(2025, 9, 4)]


GROUPS = table(ALL["clean_provision_map__groups"], """
    group_reference | intervention_name  | start_date | end_date   | planned_sessions_count | session_minutes
    G1              | Precision-Read 1:1 | 2025-09-08 | 2025-10-17 | 30                     | 20
    G2              | Lego Club          | 2025-09-08 | 2025-10-17 | 6                      | 40
""", school_urn="100001")  # fmt: skip
MEMBERS = table(ALL["clean_provision_map__pupils"], """
    group_reference | pupil_key | start_date | end_date   | attended_sessions_count | is_pupil_positive
    G1              | P1        | -          | -          | 25                      | yes
    G1              | P2        | 2025-09-15 | -          | 20                      | -
    G2              | P1        | -          | 2025-10-03 | -                       | no
""", school_urn="100001")  # fmt: skip
INSIGHT_MAP = table(ALL["clean_insight__provisions"], """
    school_urn | group_reference | intervention_name | pupil_key | start_date | end_date   | planned_sessions_count
    100001     | g1              | Precision Read 11 | P1        | 2025-09-08 | 2025-10-17 | 30
    100001     | Mrs Fox Tue     | precision reading | P2        | 2025-09-22 | 2025-10-10 | 30
    100001     | Mr Hare Wed     | precision reading | P3        | 2025-09-22 | 2025-10-10 | 30
    100001     | Mr Hare Wed     | precision reading | P4        | 2025-09-15 | 2025-10-17 | 28
    100002     | G1              | Word Workshop     | P5        | 2025-09-08 | 2025-12-12 | 24
""")  # fmt: skip
CATALOGUE = table(ALL["core_intervention_catalogue"], """
    alias              | intervention_name | area_of_need           | wave_number
    precision read 1 1 | Precision Reading | Cognition and learning | 3
    precision read 11  | Precision Reading | Cognition and learning | 3
    precision reading  | Precision Reading | Cognition and learning | 3
    word workshop      | Word Workshop     | Cognition and learning | 2
""")  # fmt: skip
MAPS = {
    "clean_provision_map__groups": GROUPS, "clean_provision_map__pupils": MEMBERS,
    "clean_insight__provisions": INSIGHT_MAP, "core_intervention_catalogue": CATALOGUE,
}  # fmt: skip


def test_the_schools_own_map_comes_first_and_insight_adds_only_what_it_lacks() -> None:
    found = fill("core_interventions", MAPS).sort("intervention_key")
    columns = (
        "intervention_key",
        "intervention_name",
        "area_of_need",
        "wave_number",
        "planned_sessions_count",
        "map_source",
    )
    assert found.select(columns).rows() == [
        ("100001:G1", "Precision Reading", "Cognition and learning", 3, 30, "provision_map"),
        ("100001:G2", "Lego Club", None, None, 6, "provision_map"),
        ("100001:Mr Hare Wed", "Precision Reading", "Cognition and learning", 3, 30, "insight"),
        ("100002:G1", "Word Workshop", "Cognition and learning", 2, 24, "insight"),
    ]
    hare = found.filter(intervention_key="100001:Mr Hare Wed").row(0, named=True)
    assert (hare["start_date"], hare["end_date"]) == (dt.date(2025, 9, 15), dt.date(2025, 10, 17))


def test_a_test_at_the_end_is_another_test_and_the_catalogue_says_what_is_meant_to_change() -> None:
    groups = table(ALL["clean_provision_map__groups"], """
        group_reference | intervention_name | assessment_name | exit_assessment_name | subject
        G1              | Precision Reading | Reading Test    | Comprehension Test   | Reading
        G2              | Precision Reading | Reading Test    | Reading Test         | Reading
        G3              | Word Workshop     | Reading Test    | -                    | Reading
    """, school_urn="100001")  # fmt: skip
    told = CATALOGUE.with_columns(
        outcome_domain=pl.when(intervention_name="Precision Reading").then(pl.lit("Language"))
    )
    found = fill("core_interventions", {"clean_provision_map__groups": groups, "core_intervention_catalogue": told})
    assert found.sort("intervention_key").select("exit_assessment_name", "outcome_domain").rows() == [
        ("Comprehension Test", "Language"),
        (None, "Language"),
        (None, None),
    ]


def test_a_pupils_own_dates_count_and_the_groups_stand_for_blanks() -> None:
    frames = {name: MAPS[name] for name in ("clean_provision_map__pupils", "clean_insight__provisions")}
    found = fill("core_intervention_pupils", frames | {"core_interventions": fill("core_interventions", MAPS)})
    own = found.sort("intervention_key", "pupil_key").select("intervention_key", "pupil_key", "start_date", "end_date")
    assert [(key, person, str(start), str(end)) for key, person, start, end in own.rows()] == [
        ("100001:G1", pupil(1), "2025-09-08", "2025-10-17"),
        ("100001:G1", pupil(2), "2025-09-15", "2025-10-17"),
        ("100001:G2", pupil(1), "2025-09-08", "2025-10-03"),
        ("100001:Mr Hare Wed", pupil(3), "2025-09-22", "2025-10-10"),
        ("100001:Mr Hare Wed", pupil(4), "2025-09-15", "2025-10-17"),
        ("100002:G1", pupil(5), "2025-09-08", "2025-12-12"),
    ]


def test_a_session_without_a_length_has_the_groups() -> None:
    sessions = rows(ALL["clean_provision_map__sessions"], school_urn="100001", group_reference="G1",
                    is_delivered=[True, False],
                    session_date=[dt.date(2025, 9, 8), dt.date(2025, 9, 9)], session_minutes=[None, 15])  # fmt: skip
    frames = {"clean_provision_map__sessions": sessions, "core_interventions": fill("core_interventions", MAPS)}
    found = fill("core_intervention_sessions", frames).sort("session_date")
    assert found.select("intervention_key", "is_delivered", "session_minutes").rows() == [
        ("100001:G1", True, 20),
        ("100001:G1", False, 15),
    ]


def test_a_rate_is_pay_and_on_costs_per_deliverable_hour() -> None:
    rates = rows(ALL["clean_money__staff_rates"], financial_year=2025, staff_grade="TA2", gross_pay_pence=2_000_000,
                 on_cost_pence=600_000, deliverable_hours=1000.0)  # fmt: skip
    assert fill("core_staff_rates", {"clean_money__staff_rates": rates})["rate_per_hour_pence"].to_list() == [2600.0]


def test_an_invoice_for_an_unknown_plan_stays_a_cost_of_the_school() -> None:
    invoices = rows(ALL["clean_money__agency_invoices"], school_urn="TRUST", funded_school_urn="100001",
                    plan_reference=["P1", "P9", None], amount_pence=[100, 200, 300])  # fmt: skip
    resources_bought = rows(
        ALL["clean_money__resources"], school_urn="TRUST", funded_school_urn="100002", amount_pence=400
    )
    plans = rows(ALL["core_ehc_plans"], plan_key="100001:P1", school_urn="100001")
    frames = {
        "clean_money__agency_invoices": invoices,
        "clean_money__resources": resources_bought,
        "core_ehc_plans": plans,
    }
    found = fill("core_costs", frames).sort("amount_pence")
    assert found.select("school_urn", "plan_key", "amount_pence", "cost_kind").rows() == [
        ("100001", "100001:P1", 100, "AGENCY"),
        ("100001", None, 200, "AGENCY"),
        ("100001", None, 300, "AGENCY"),
        ("100002", None, 400, "RESOURCE"),
    ]


@pytest.mark.parametrize("entity", ["plans", "provision", "outcomes", "reviews"])
def test_a_plan_is_known_by_school_and_reference(entity: str) -> None:
    name = f"clean_ehc_tracker__{entity}"
    given_rows = rows(ALL[name], school_urn=["100001", "100002"], plan_reference="P1")
    assert sorted(fill(f"core_ehc_{entity}", {name: given_rows})["plan_key"]) == ["100001:P1", "100002:P1"]


@pytest.mark.parametrize(
    ("core", "clean"),
    [("core_ehc_requests", "clean_ehc_tracker__requests"), ("core_attendance", "clean_attendance__half_terms"),
     ("core_suspensions", "clean_attendance__suspensions")],
)  # fmt: skip
def test_what_needs_no_model_arrives_as_it_is(core: str, clean: str) -> None:
    given_rows = rows(ALL[clean], pupil_key=[pupil(1), pupil(2)])
    assert fill(core, {clean: given_rows}).equals(given_rows.select(ALL[core].column_names))


def test_money_of_a_school_stands_under_the_school_and_not_under_the_trust() -> None:
    top_up = rows(ALL["clean_money__top_up"], school_urn="TRUST", funded_school_urn="100001", plan_reference="P1")
    assert fill("core_top_up", {"clean_money__top_up": top_up}).select("plan_key", "school_urn").row(0) == (
        "100001:P1",
        "100001",
    )
    funding = rows(ALL["clean_money__school_funding"], school_urn="TRUST", funded_school_urn="100001")
    assert fill("core_school_funding", {"clean_money__school_funding": funding})["school_urn"].to_list() == ["100001"]


def test_no_model_divides_without_a_guard_or_picks_without_an_order() -> None:
    for name in ("core_staff_rates", "core_leavers", "core_interventions", "core_destinations"):
        sql = sql_of(name).lower()
        assert "qualify" not in sql
        assert " / nullif(" in sql or " / " not in sql


def test_an_empty_trust_has_empty_tables() -> None:
    for name in ("core_assessments", "core_interventions", "core_leavers", "core_destinations", "core_costs"):
        assert isinstance(fill(name, {}), pl.DataFrame)
        assert fill(name, {}).is_empty()
