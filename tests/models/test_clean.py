"""Cleaning: which rule sets a row aside, how a row finds its pupil, and that no row is ever lost."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations import vocabulary as v
from expectations.contract import Table
from expectations.derive import delivered_columns
from expectations.errors import ContractViolation
from expectations.findings import find
from expectations.tables import ALL, RAW
from expectations.tables.assessments import RAW_INSIGHT__ASSESSMENTS
from expectations.tables.deliveries import CORE_QUARANTINE
from expectations.tables.destinations import RAW_NCCIS__ACTIVITIES
from expectations.tables.inclusion import RAW_ATTENDANCE__HALF_TERMS
from expectations.tables.interventions import RAW_PROVISION_MAP__GROUPS, RAW_PROVISION_MAP__PUPILS
from expectations.tables.pupil_lists import RAW_INSIGHT__PUPILS, RAW_SEND_REGISTER__PUPILS
from expectations.tables.pupils import CORE_PUPIL_IDENTIFIERS
from models.clean import Cleaned, clean
from tests.support.frames import pupil, rows, table, upn


def identified(*numbers: int) -> pl.DataFrame:
    """Identifiers of pupils by number: UPN n, school number Mn, Insight number In, pupil key n."""
    drawn = "\n".join(
        f"{kind} | {school} | {value} | P{n}"
        for n in numbers
        for kind, school, value in (
            ("UPN", v.TRUST, upn(n)),
            ("MIS_ID", "100001", f"M{n}"),
            ("INSIGHT_ID", "100001", f"I{n}"),
        )
    )
    return table(CORE_PUPIL_IDENTIFIERS, "identifier_kind | school_urn | identifier | pupil_key\n" + drawn)


def attendance(**overrides: Any) -> pl.DataFrame:
    plain = {"upn": upn(1), "possible_sessions_count": "70", "authorised_sessions_count": "3",
             "unauthorised_sessions_count": "0", "academic_year": "2025", "half_term": "Autumn1"}  # fmt: skip
    return rows(RAW_ATTENDANCE__HALF_TERMS, **{**plain, **overrides})


def clean_attendance(raw: pl.DataFrame) -> Cleaned:
    return clean(raw, RAW_ATTENDANCE__HALF_TERMS, identifiers=identified(1, 2, 3))


def set_aside(cleaned: Cleaned) -> list[tuple[int, str]]:
    return cleaned.quarantine.filter("is_row_set_aside").select("row_number", "rule").rows()


def test_a_good_row_is_typed_and_linked() -> None:
    cleaned = clean_attendance(attendance())
    row = cleaned.frame.row(0, named=True)
    assert (row["pupil_key"], row["academic_year"], row["possible_sessions_count"]) == (pupil(1), 2025, 70)
    assert cleaned.quarantine.is_empty()


@pytest.mark.parametrize(
    ("overrides", "rule", "label"),
    [
        ({"half_term": ""}, "REQUIRED", "Term"),
        ({"half_term": "Easter"}, "CODE", "Term"),
        ({"possible_sessions_count": "seventy"}, "KIND", "Possible Sessions"),
        ({"possible_sessions_count": "401"}, "RANGE", "Possible Sessions"),
        ({"authorised_sessions_count": "71"}, "ABOVE", "Authorised Absence"),
        ({"upn": "B801200005002"}, "UPN", "UPN"),
        ({"upn": upn(9)}, "UNKNOWN_PUPIL", None),
        ({"upn": None, "mis_id": None}, "UNKNOWN_PUPIL", None),
        ({"upn": upn(1), "mis_id": "M2"}, "PUPIL_CONFLICT", None),
    ],
)
def test_a_row_that_breaks_a_rule_is_set_aside_with_the_rule_and_the_column(
    overrides: dict[str, Any], rule: str, label: str | None
) -> None:
    cleaned = clean_attendance(attendance(**overrides))
    assert cleaned.frame.is_empty()
    assert cleaned.quarantine.select("rule", "column_label", "row_number").rows() == [(rule, label, 1)]


def test_values_at_a_bound_are_inside_it() -> None:
    raw = attendance(upn=[upn(1), upn(2), upn(3)], possible_sessions_count=["400", "0", "5"],
                     authorised_sessions_count=["0", "0", "5"])  # fmt: skip
    assert clean_attendance(raw).frame.height == 3


def test_a_bad_value_of_a_lesser_column_is_blanked_and_the_row_is_kept() -> None:
    raw = rows(RAW_INSIGHT__PUPILS, insight_pupil_id="I1", birth_date="2015-03-01", sex="X9", entry_date="tomorrow")
    cleaned = clean(raw, RAW_INSIGHT__PUPILS)
    assert cleaned.frame.select("sex", "entry_date").row(0) == (None, None)
    assert cleaned.quarantine.select("rule", "column_label", "is_row_set_aside").rows() == [
        ("CODE", "Sex", False), ("KIND", "Entry Date", False),
    ]  # fmt: skip


def test_a_new_code_keeps_its_row_in_the_totals() -> None:
    raw = rows(RAW_INSIGHT__PUPILS, insight_pupil_id=["I1", "I2"], birth_date="2015-03-01", sen_provision=["K", "T2"])
    cleaned = clean(raw, RAW_INSIGHT__PUPILS)
    assert cleaned.frame["sen_provision"].to_list() == ["K", None]


def test_words_for_people_never_hold_a_value() -> None:
    canary = "ZZCANARY"
    for raw_table in RAW:
        raw = rows(raw_table, **dict.fromkeys((c.name for c in delivered_columns(raw_table)), canary))
        cleaned = clean_any(raw, raw_table)
        assert cleaned.frame.is_empty(), raw_table.name
        told = cleaned.quarantine.select("column_label", "rule", "what", "next_step", "file_name")
        assert not told.select(pl.any_horizontal(pl.all().str.contains(canary)).any()).item(), raw_table.name


def clean_any(raw: pl.DataFrame, raw_table: Table) -> Cleaned:
    assert raw_table.source is not None
    parent = ALL["clean_" + raw_table.source.parent.removeprefix("raw_")] if raw_table.source.parent else None
    return clean(raw, raw_table, identifiers=identified(1, 2), parents=rows(parent) if parent else None)


def test_the_same_row_twice_counts_once() -> None:
    cleaned = clean_attendance(attendance(upn=[upn(1), upn(2), upn(1)]))
    assert cleaned.frame["row_number"].to_list() == [1, 2]
    assert set_aside(cleaned) == [(3, "TWICE")]


def test_of_two_rows_that_disagree_the_later_stays() -> None:
    cleaned = clean_attendance(attendance(upn=upn(1), authorised_sessions_count=["3", "4"]))
    assert cleaned.frame["authorised_sessions_count"].to_list() == [4]
    assert set_aside(cleaned) == [(1, "CONFLICT")]


def test_a_later_delivery_wins_whatever_its_row_numbers() -> None:
    raw = attendance(
        upn=upn(1), delivery_key=["b" * 16, "a" * 16], row_number=[9, 2], authorised_sessions_count=["3", "4"]
    )
    assert clean_attendance(raw).frame["authorised_sessions_count"].to_list() == [4]


def test_a_bad_row_never_displaces_a_good_one() -> None:
    cleaned = clean_attendance(attendance(upn=upn(1), authorised_sessions_count=["3", "many"]))
    assert cleaned.frame["authorised_sessions_count"].to_list() == [3]
    assert set_aside(cleaned) == [(2, "KIND")]


def test_both_a_repeat_and_a_disagreement_are_named() -> None:
    cleaned = clean_attendance(attendance(upn=upn(1), authorised_sessions_count=["5", "3", "3", "5"]))
    assert cleaned.frame["row_number"].to_list() == [1]
    assert set_aside(cleaned) == [(2, "CONFLICT"), (3, "CONFLICT"), (4, "TWICE")]


@given(st.permutations(range(6)))
@settings(max_examples=20, deadline=None)
def test_the_order_of_the_rows_of_a_file_never_matters(order: list[int]) -> None:
    raw = attendance(upn=[upn(1)] * 4 + [upn(2)] * 2, authorised_sessions_count=["1", "2", "2", "1", "7", "8"])
    expected, shuffled = clean_attendance(raw), clean_attendance(raw[order])
    assert shuffled.frame.sort("row_number").equals(expected.frame.sort("row_number"))
    assert sorted(set_aside(shuffled)) == sorted(set_aside(expected))


def test_pupils_are_found_by_upn_then_by_the_schools_number() -> None:
    raw = attendance(upn=[None, upn(2).lower()], mis_id=["M1", None])
    assert clean_attendance(raw).frame["pupil_key"].to_list() == [pupil(1), pupil(2)]


def test_a_schools_number_counts_in_that_school_only() -> None:
    assert set_aside(clean_attendance(attendance(upn=None, mis_id="M1", school_urn="100002"))) == [(1, "UNKNOWN_PUPIL")]


def test_a_former_upn_leads_to_its_pupil_unless_it_is_now_somebody_elses() -> None:
    former = table(CORE_PUPIL_IDENTIFIERS, f"""
        identifier_kind | school_urn | identifier | pupil_key
        FORMER_UPN | TRUST | {upn(8)} | P1
        FORMER_UPN | TRUST | {upn(2)} | P1
    """)  # fmt: skip
    raw = attendance(upn=[upn(8), upn(2)])
    cleaned = clean(raw, RAW_ATTENDANCE__HALF_TERMS, identifiers=pl.concat([identified(1, 2), former]))
    assert cleaned.frame["pupil_key"].to_list() == [pupil(1), pupil(2)]


def test_a_trust_wide_file_is_linked_by_upn() -> None:
    raw = rows(RAW_NCCIS__ACTIVITIES, school_urn=v.TRUST, upn=upn(1), start_date="2025-09-01", young_persons_id="Y1")
    cleaned = clean(raw, RAW_NCCIS__ACTIVITIES, identifiers=identified(1))
    assert cleaned.frame["pupil_key"].to_list() == [pupil(1)]


def test_an_assessment_is_linked_by_insights_number() -> None:
    raw = rows(RAW_INSIGHT__ASSESSMENTS, insight_pupil_id=["I1", "I7"])
    cleaned = clean(raw, RAW_INSIGHT__ASSESSMENTS, identifiers=identified(1))
    assert cleaned.frame["pupil_key"].to_list() == [pupil(1)]
    assert set_aside(cleaned) == [(2, "UNKNOWN_PUPIL")]


def test_a_row_needs_its_parent_row() -> None:
    groups = clean(
        rows(RAW_PROVISION_MAP__GROUPS, group_reference=["G1", "G2"], start_date=["2025-09-08", "nonsense"]),
        RAW_PROVISION_MAP__GROUPS,
    ).frame
    raw = rows(RAW_PROVISION_MAP__PUPILS, group_reference=["G1", "G2", "G3"], upn=upn(1))
    cleaned = clean(raw, RAW_PROVISION_MAP__PUPILS, identifiers=identified(1), parents=groups)
    assert cleaned.frame["group_reference"].to_list() == ["G1"]
    assert set_aside(cleaned) == [(2, "UNKNOWN_REFERENCE"), (3, "UNKNOWN_REFERENCE")]


def test_what_is_needed_and_missing_is_an_error_of_the_caller() -> None:
    with pytest.raises(ContractViolation, match="identifiers"):
        clean(attendance(), RAW_ATTENDANCE__HALF_TERMS)
    with pytest.raises(ContractViolation, match="another table"):
        clean(rows(RAW_PROVISION_MAP__PUPILS), RAW_PROVISION_MAP__PUPILS, identifiers=identified(1))


DIRT = st.sampled_from(
    ["", "n/a", "TBC", "31/02/2024", "2024-09-01", "12.5", "K", "Yes", upn(1), upn(2), "£1,200.50", "M1", "I1", "9999"]
)  # fmt: skip


@pytest.mark.parametrize("raw_table", RAW, ids=lambda t: t.name)
@given(data=st.data())
@settings(max_examples=8, deadline=None)
def test_rows_in_are_rows_taken_and_rows_set_aside(raw_table: Table, data: st.DataObject) -> None:
    height = 12
    overrides = {
        c.name: data.draw(st.lists(DIRT, min_size=height, max_size=height))
        for c in delivered_columns(raw_table) if data.draw(st.booleans())
    }  # fmt: skip
    raw = rows(raw_table, **{**overrides, "school_urn": ["100001", "100002"] * (height // 2)})
    cleaned = clean_any(raw, raw_table)
    assert find(cleaned.frame, ALL["clean_" + raw_table.name.removeprefix("raw_")]) == []
    assert find(cleaned.quarantine, CORE_QUARANTINE) == []
    set_aside_rows = cleaned.quarantine.filter("is_row_set_aside")["row_number"].unique().to_list()
    assert sorted(cleaned.frame["row_number"].to_list() + set_aside_rows) == sorted(raw["row_number"].to_list())


def test_an_empty_delivery_is_no_error() -> None:
    for raw_table in RAW:
        cleaned = clean_any(rows(raw_table, school_urn=[]), raw_table)
        assert cleaned.frame.is_empty()
        assert cleaned.quarantine.is_empty()


def test_an_open_register_spell_may_not_end_before_it_begins() -> None:
    raw = rows(RAW_SEND_REGISTER__PUPILS, birth_date="2015-01-01", status_date="2024-09-02",
               status_end_date=["2024-09-02", "2024-09-01"], surname=["A", "B"])  # fmt: skip
    cleaned = clean(raw, RAW_SEND_REGISTER__PUPILS)
    assert set_aside(cleaned) == [(2, "DATE_ORDER")]
    assert cleaned.quarantine["what"].to_list() == ["Status To must not be before Status From"]
