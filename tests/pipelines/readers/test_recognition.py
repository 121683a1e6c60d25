"""Recognition by header: the right table, or a message that helps and holds no value."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expectations.checks import OneOf
from expectations.contract import Column, Kind, Sensitivity, Source, Table
from expectations.derive import delivered_columns, header_row
from expectations.errors import SettingsError, SourceFileError
from expectations.tables import RAW
from pipelines.readers.recognition import FROM_FILE_NAME, header_names, recognise, recognise_delivery
from pipelines.readers.sheet_rows import SheetRows
from tests.support.faulty_files import CANARY, REGISTER_HEADER

BY_NAME = {table.name: table for table in RAW}
COLLECT_PUPILS = (
    "pupilonrolltableid", "NativeId", "dob", "surname", "forename", "upn", "formerupn", "sex", "entrydate",
    "topupfunding", "senunitindicator", "resourcedprovisionindicator", "ethnicity", "senprovision", "ncyearactual",
)  # fmt: skip
COLLECT_NEEDS = (
    "pupilonrolltableid", "NativeId", "senneedstableid", "senneedsorderseqcolumn", "sourceid", "sentyperank", "sentype",
)  # fmt: skip


def sheet(header, name=None, mapping=None, cells=("x",)) -> SheetRows:
    names = header_names(RAW, mapping)
    columns = {place: list(cells) for place, text in enumerate(header) if names.knows(text)}
    return SheetRows("", name, tuple(header), 1, columns, [2 + place for place in range(len(cells))])


@pytest.mark.parametrize("table", RAW, ids=lambda table: table.name)
def test_every_declared_table_is_recognised_by_its_own_blank_workbook(table):
    found = recognise(sheet(header_row(table), table.source.sheet), RAW)
    assert found.table.name == table.name
    assert set(found.column_of_header.values()) == {column.name for column in delivered_columns(table)}
    assert (found.unknown_headers, found.missing_required) == ((), ())


@pytest.mark.parametrize("table", RAW, ids=lambda table: table.name)
def test_f06_each_required_header_that_is_missing_is_named(table):
    for column in delivered_columns(table):
        if not column.required or column.name in FROM_FILE_NAME:
            continue
        kept = [c.header_names()[0] for c in delivered_columns(table) if c.name != column.name]
        with pytest.raises(SourceFileError) as refusal:
            recognise(sheet(kept, table.source.sheet), [table])
        assert refusal.value.rule in {"MISSING_COLUMN", "UNRECOGNISED"}
        if refusal.value.rule == "MISSING_COLUMN":
            assert column.header_names()[0] in refusal.value.what
            assert f'[mapping."{table.name}"]' in refusal.value.next_step


@given(st.permutations(REGISTER_HEADER))
def test_f08_any_order(header):
    found = recognise(sheet(header), RAW)
    assert found.table.name == "raw_send_register__pupils"
    assert {header[place]: column for place, column in found.column_of_header.items()}["Status From"] == "status_date"


@pytest.mark.parametrize(
    ("header", "table", "unknown"),
    [(COLLECT_PUPILS, "raw_school_census__pupils", ("NativeId", "ethnicity")),
     (COLLECT_NEEDS, "raw_school_census__sen_needs",
      ("NativeId", "senneedstableid", "senneedsorderseqcolumn", "sourceid"))],
)  # fmt: skip
def test_collect_extracts_leave_their_census_to_the_file_name(header, table, unknown):
    found = recognise(sheet(header), RAW)
    assert (found.table.name, found.unknown_headers) == (table, unknown)
    assert set(found.missing_required) == {"census_term", "reference_date"}


def test_columns_hold_every_delivered_column_and_nothing_else():
    found = recognise(sheet([*REGISTER_HEADER, "Diary"]), RAW)
    columns = found.columns()
    assert list(columns) == [column.name for column in delivered_columns(found.table)]
    assert columns["upn"] == ["x"]
    assert columns["status_end_date"] == [None]
    assert found.unknown_headers == ("Diary",)


def test_f06_the_same_column_twice():
    with pytest.raises(SourceFileError) as refusal:
        recognise(sheet([*REGISTER_HEADER, "Legal Surname"]), RAW)
    assert refusal.value.rule == "HEADER_TWICE"
    assert "Surname and Legal Surname" in refusal.value.what


MAPPED_HEADER = tuple("Stufe" if name == "SEN Status" else name for name in REGISTER_HEADER)
MAPPING = {"raw_send_register__pupils": {"Stufe": "sen_provision"}}


class TestMapping:
    def test_f06_an_unknown_header_is_named_with_the_way_out(self):
        with pytest.raises(SourceFileError) as refusal:
            recognise(sheet(MAPPED_HEADER), RAW)
        assert refusal.value.rule == "MISSING_COLUMN"
        assert "SEN Status" in refusal.value.what
        assert "Stufe" in refusal.value.what
        assert '[mapping."raw_send_register__pupils"] "name in the file" = "sen_provision"' in refusal.value.next_step

    def test_a_trusts_own_header(self):
        found = recognise(sheet(MAPPED_HEADER, mapping=MAPPING), RAW, MAPPING)
        assert found.columns()["sen_provision"] == ["x"]
        assert found.unknown_headers == ()

    def test_a_header_to_pass_over(self):
        mapping = {"raw_send_register__pupils": {"Legal Surname": ""}}
        found = recognise(sheet([*REGISTER_HEADER, "Legal Surname"], mapping=mapping), RAW, mapping)
        assert found.column_of_header[2] == "surname"

    @pytest.mark.parametrize("mapping", [{"raw_no__table": {"x": "upn"}}, {"raw_insight__pupils": {"x": "no_column"}}])
    def test_a_mapping_that_names_nothing(self, mapping):
        with pytest.raises(SettingsError):
            header_names(RAW, mapping)


class TestMessagesHoldNoValue:
    def test_a_row_of_data_taken_for_a_header_is_not_quoted(self):
        row = [CANARY, "Reading", "B801200005001", "Term", CANARY, CANARY, CANARY, CANARY, CANARY]
        with pytest.raises(SourceFileError) as refusal:
            recognise(sheet(row), RAW)
        assert CANARY not in str(refusal.value)
        assert "B8012" not in str(refusal.value)

    def test_long_and_odd_headers_are_clipped(self):
        header = ["Surname", "SEN Status", "Primary Need", "y" * 90, "a\nb"]
        with pytest.raises(SourceFileError) as refusal:
            recognise(sheet(header), RAW)
        assert "y" * 41 not in str(refusal.value)
        assert "\n" not in str(refusal.value)


class TestSeveralSheets:
    def test_a_sheet_of_lists_is_left_and_a_broken_table_is_not(self):
        lists, good = sheet(["SEN Status", "Title"]), sheet(REGISTER_HEADER)
        recognised, others = recognise_delivery([lists, good], RAW)
        assert ([found.sheet for found in recognised], others) == ([good], [lists])
        with pytest.raises(SourceFileError) as refusal:
            recognise_delivery([good, sheet(REGISTER_HEADER[:-1])], RAW)
        assert refusal.value.rule == "MISSING_COLUMN"
        with pytest.raises(SourceFileError) as refusal:
            recognise_delivery([lists], RAW)
        assert refusal.value.rule == "UNRECOGNISED"

    def test_two_tables_alike_are_told_apart_by_the_sheet_or_refused(self):
        one, two = (
            Table(
                f"raw_x__{entity}", "One row.", Sensitivity.PUPIL,
                (Column("code", Kind.TEXT, "A code.", checks=(OneOf(("a",)),)), Column("level", Kind.TEXT, "A level.")),
                source=Source("x", entity, entity, ("code", "level"), natural_key=("code",), sheet=entity),
            )
            for entity in ("ones", "twos")
        )  # fmt: skip
        header = SheetRows("", "Twos", ("Code", "Level"), 1, {0: ["a"], 1: ["b"]}, [2])
        assert recognise(header, [one, two]).table is two
        with pytest.raises(SourceFileError) as refusal:
            recognise(SheetRows("", "Else", ("Code", "Level"), 1, {0: ["a"], 1: ["b"]}, [2]), [one, two])
        assert refusal.value.rule == "AMBIGUOUS"


def test_f42_codes_of_the_school_within_a_file():
    found = recognise(sheet([*REGISTER_HEADER, "School URN"], cells=("999001", " 999002 ", None)), RAW)
    assert found.school_codes() == {"schoolurn": frozenset({"999001", "999002"})}
    assert found.unknown_headers == ()
