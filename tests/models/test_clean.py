"""Cleaning: how each kind of text is read, which rule sets a row aside, and that no row is ever lost."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations import vocabulary as v
from expectations.contract import Column, Kind, Table
from expectations.derive import delivered_columns
from expectations.errors import ContractViolation
from expectations.findings import find
from expectations.tables import ALL, RAW
from expectations.tables.assessments import RAW_INSIGHT__ASSESSMENTS
from expectations.tables.deliveries import CORE_QUARANTINE, MODEL_DELIVERIES__BALANCE
from expectations.tables.destinations import RAW_NCCIS__ACTIVITIES
from expectations.tables.inclusion import RAW_ATTENDANCE__HALF_TERMS
from expectations.tables.interventions import RAW_PROVISION_MAP__GROUPS, RAW_PROVISION_MAP__PUPILS
from expectations.tables.pupil_lists import RAW_INSIGHT__PUPILS, RAW_SEND_REGISTER__PUPILS
from expectations.tables.pupils import CORE_PUPIL_IDENTIFIERS
from models.clean import Cleaned, balance, clean
from models.clean_values import read_distinct
from tests.support.frames import pupil, rows, table, upn

A_DATE = Column("some_date", Kind.DATE, "A date.")
SOME_MONEY = Column("some_pence", Kind.MONEY, "Money.")
A_COUNT = Column("some_count", Kind.INTEGER, "A count.")
A_NUMBER = Column("some_number", Kind.NUMBER, "A number.")
A_FLAG = Column("is_something", Kind.BOOLEAN, "A flag.")
UNREADABLE = object()


def read(column: Column, text: str) -> Any:
    value, is_unreadable = read_distinct(pl.Series([text]), column).select("value", "is_unreadable").row(0)
    assert not (is_unreadable and value is not None)
    return UNREADABLE if is_unreadable else value


@pytest.mark.parametrize(
    "text",
    ["2020-04-25", "25/04/2020", "25-04-2020", "25.04.2020", "25/4/2020", "2020-Apr-25 00:00:00", "2020-04-25 00:00:00",
     "25 April 2020", "25 Apr 2020", " 25/04/2020\u00a0", "2020-04-25T00:00:00"],
)  # fmt: skip
def test_a_date_is_read_in_every_form_that_systems_write(text: str) -> None:
    assert read(A_DATE, text) == dt.date(2020, 4, 25)


@pytest.mark.parametrize(
    "text",
    ["04/25/2020", "25/04/20", "31/02/2020", "29/02/2023", "0/1/2020", "45000", "2020-13-01", "1/2-2020", "TBC",
     "25 Floreal 2020", "#REF!"],
)  # fmt: skip
def test_a_date_that_could_mean_something_else_is_not_read(text: str) -> None:
    assert read(A_DATE, text) is UNREADABLE


@given(st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)), st.sampled_from(["%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y", "%d %B %Y", "%Y-%b-%d 00:00:00"]))  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_a_written_date_reads_back_as_itself(day: dt.date, form: str) -> None:
    assert read(A_DATE, day.strftime(form)) == day


@given(st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)))
@settings(max_examples=60, deadline=None)
def test_a_month_first_date_is_never_taken_for_another_day_when_its_day_is_above_twelve(day: dt.date) -> None:
    text = day.strftime("%m/%d/%Y")
    expected = UNREADABLE if day.day > 12 else dt.date(day.year, day.day, day.month)
    assert read(A_DATE, text) == expected


@pytest.mark.parametrize(
    ("text", "pence"),
    [("£1,200.50", 120050), ("(250.00)", -25000), ("-£3.50", -350), ("£-3.5", -350), ("0.10", 10), ("12", 1200),
     ("£ 12", 1200), ("1,234,567.89", 123456789), ("0.07", 7), ("-", None), ("", None), ("n/a", None)],
)  # fmt: skip
def test_money_is_exact_whole_pence(text: str, pence: int | None) -> None:
    assert read(SOME_MONEY, text) == pence


@pytest.mark.parametrize("text", ["1.200,50", "1e9", "TBC", "12.345", "1.200", "1,20", "--5", "NaN", "12.", "£", "1 200"])
def test_money_is_never_guessed(text: str) -> None:
    assert read(SOME_MONEY, text) is UNREADABLE


@given(st.integers(-(10**12), 10**12))
@settings(max_examples=60, deadline=None)
def test_every_amount_in_pence_reads_back_as_itself(pence: int) -> None:
    sign = "-" if pence < 0 else ""
    assert read(SOME_MONEY, f"{sign}£{abs(pence) // 100:,}.{abs(pence) % 100:02}") == pence


@pytest.mark.parametrize(
    ("column", "text", "value"),
    [
        (A_COUNT, "12", 12), (A_COUNT, "1.0", 1), (A_COUNT, "1,200", 1200), (A_COUNT, "-2", -2), (A_COUNT, "12.5", UNREADABLE),
        (A_COUNT, "12 345", UNREADABLE), (A_COUNT, "9" * 40, UNREADABLE),
        (A_NUMBER, "12.5", 12.5), (A_NUMBER, ".5", 0.5), (A_NUMBER, "1e5", UNREADABLE), (A_NUMBER, "NaN", UNREADABLE),
        (A_FLAG, "Yes", True), (A_FLAG, "t", True), (A_FLAG, "FALSE", False), (A_FLAG, "0", False), (A_FLAG, "maybe", UNREADABLE),
        (v.ACADEMIC_YEAR, "2025", 2025), (v.ACADEMIC_YEAR, "2025/26", 2025), (v.ACADEMIC_YEAR, "2025/2026", 2025),
        (v.ACADEMIC_YEAR, "202526", 2025), (v.ACADEMIC_YEAR, "2099/00", 2099), (v.ACADEMIC_YEAR, "2025/27", UNREADABLE),
        (v.NC_YEAR, "0", "R"), (v.NC_YEAR, "Year 4", "4"), (v.NC_YEAR, "Y4", "4"), (v.NC_YEAR, "4.0", "4"),
        (v.NC_YEAR, "Reception", "R"), (v.NC_YEAR, "N1", "N1"), (v.NC_YEAR, "12", "12"),
        (v.SEX, "Female", "F"), (v.SEX, "M", "M"),
        (v.SEN_PROVISION, "SEN Support", "K"), (v.SEN_PROVISION, "EHCP", "E"), (v.SEN_PROVISION, "EHC plan", "E"),
        (v.SEN_PROVISION, "None", "N"), (v.SEN_PROVISION, "School Action", "A"), (v.SEN_PROVISION, "School Action +", "P"),
        (v.SEN_PROVISION, "-", None),
        (v.HALF_TERM, "Autumn 1", "Autumn1"), (v.HALF_TERM, "autumn1", "Autumn1"), (v.HALF_TERM, "Spring 2nd half", "Spring2"),
        (v.AREA_OF_NEED, "Cognition & Learning", "Cognition and learning"),
        (v.SUBJECT, "Maths", "Mathematics"), (v.SUBJECT, "Forest school", "Forest school"),
        (v.UPN, " b80120000500\u200b1", "B801200005001"), (v.MIS_ID, "3512.0", "3512"), (v.MIS_ID, "003512", "003512"),
        (v.MIS_ID, "n/a", None),
        (v.SURNAME, "Null", "Null"), (v.SURNAME, "-", "-"), (v.SURNAME, "O\u2019Neil\x00", "O\u2019Neil"),
        (v.SURNAME, "Zoe\u0301", "Zo\u00e9"), (v.SURNAME, "A\tB", "A B"), (v.SURNAME, "\u202ebad", "bad"), (v.SURNAME, " \u00a0 ", None),
    ],
)  # fmt: skip
def test_values_are_read_as_schools_write_them(column: Column, text: str, value: Any) -> None:
    result = read(column, text)
    assert result is value if value is UNREADABLE or value is None else result == value


@given(st.text(max_size=30))
@settings(max_examples=150, deadline=None)
def test_any_text_at_all_is_read_or_refused_without_an_error(text: str) -> None:
    for column in (A_DATE, SOME_MONEY, A_COUNT, A_NUMBER, A_FLAG, v.ACADEMIC_YEAR, v.NC_YEAR, v.UPN, v.SURNAME):
        read(column, text)


def identified(*numbers: int) -> pl.DataFrame:
    """Identifiers of pupils by number: UPN n, school number Mn, Insight number In, pupil key n."""
    drawn = "\n".join(
        f"{kind} | {school} | {value} | P{n}"
        for n in numbers
        for kind, school, value in (("UPN", v.TRUST, upn(n)), ("MIS_ID", "100001", f"M{n}"), ("INSIGHT_ID", "100001", f"I{n}"))
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
    raw = attendance(upn=upn(1), delivery_key=["b" * 16, "a" * 16], row_number=[9, 2], authorised_sessions_count=["3", "4"])
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


DIRT = st.sampled_from(["", "n/a", "TBC", "31/02/2024", "2024-09-01", "12", "12.5", "K", "Yes", upn(1), upn(2), "£1,200.50", "M1", "I1", "999999"])  # fmt: skip


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
    counted = balance(raw, raw_table, cleaned)
    assert find(counted, MODEL_DELIVERIES__BALANCE) == []
    assert counted["rows_count"].sum() == height
    gone = set(raw["row_number"]) - set(cleaned.frame["row_number"])
    assert gone == set(cleaned.quarantine.filter("is_row_set_aside")["row_number"])


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
