"""The census return: one row per pupil and per need, entities refused, namespaces of no account."""

from __future__ import annotations

import time

import pytest

from expectations.errors import SourceFileError
from expectations.tables import RAW
from pipelines.readers.recognition import header_names, recognise
from pipelines.readers.sheet_rows import Limits, SheetRows
from pipelines.readers.xml_census import read_census
from tests.support.faulty_files import BILLION_LAUGHS, CANARY, EXTERNAL_ENTITY, census_pupil, census_return

NAMES = header_names(RAW)
RETURN = census_return(
    [census_pupil("B801200005001", CANARY, ["SLCN", "ASD"]), census_pupil("B801200005002", "Two")],
    [census_pupil("B801200005003", "Left", ["SEMH"], element="PupilNoLongerOnRoll")],
)


def read(text: str | bytes) -> list[SheetRows]:
    return read_census(text.encode() if isinstance(text, str) else text, NAMES, Limits(), "census.xml")


def test_pupils_and_needs():
    pupils, needs = (recognise(table, RAW) for table in read(RETURN))
    assert (pupils.table.name, needs.table.name) == ("raw_school_census__pupils", "raw_school_census__sen_needs")
    columns = pupils.columns()
    assert columns["upn"] == ["B801200005001", "B801200005002", "B801200005003"]
    assert columns["sen_provision"] == ["E", "E", "E"], "a past exclusion's provision is not the pupil's"
    assert columns["census_term"] == ["SPR"] * 3
    assert columns["reference_date"] == ["2025-01-16"] * 3
    assert columns["is_in_sen_unit"] == ["0"] * 3
    assert needs.columns()["pupil_on_roll_id"] == ["1", "1", "3"]
    assert needs.columns()["sen_type"] == ["SLCN", "ASD", "SEMH"]
    assert needs.columns()["sen_type_rank"] == ["1", "2", "1"]
    assert (pupils.sheet.row_numbers, needs.sheet.row_numbers) == ([1, 2, 3], [1, 2, 3])
    assert pupils.school_codes() == {
        "la": frozenset({"861"}), "estab": frozenset({"2000"}), "urn": frozenset({"999001"}),
    }  # fmt: skip
    assert pupils.unknown_headers == ()


def test_namespaces_and_encodings_change_nothing():
    expected = read(RETURN)
    assert read(RETURN.replace("<Message>", '<Message xmlns="http://www.example.org/census">')) == expected
    assert read(RETURN.replace("utf-8", "utf-16").encode("utf-16")) == expected


def test_the_old_name_of_sex_and_no_needs_outside_spring():
    [table] = read(census_return([census_pupil("B801200005001", "One").replace("Sex>", "Gender>")]))
    assert recognise(table, RAW).columns()["sex"] == ["F"]


@pytest.mark.parametrize(
    "text",
    [BILLION_LAUGHS, EXTERNAL_ENTITY, RETURN.replace("<Message>", "<!DOCTYPE Message><Message>"),
     EXTERNAL_ENTITY.replace("?>", ' encoding="utf-16"?>', 1).encode("utf-16")],
)  # fmt: skip
def test_f28_document_types_are_refused_at_once(text):
    started = time.perf_counter()
    with pytest.raises(SourceFileError) as refusal:
        read(text)
    assert refusal.value.rule == "UNSAFE"
    assert time.perf_counter() - started < 2


def test_f11_no_prefix_of_a_return_is_read():
    data = RETURN.rstrip().encode()
    for length in range(1, len(data), 7):
        with pytest.raises(SourceFileError) as refusal:
            read(data[:length])
        assert refusal.value.rule in {"TRUNCATED", "BROKEN"}
        assert CANARY not in str(refusal.value)


def test_one_element_twice_sets_the_pupil_aside():
    pupil = census_pupil("B801200005001", "One").replace("<DOB>", "<DOB>2011-01-01</DOB><DOB>")
    [table] = read(census_return([pupil, census_pupil("B801200005002", "Two")]))
    assert [(row.row_number, row.rule, row.column) for row in table.malformed] == [(1, "ELEMENT_TWICE", "DOB")]
    assert table.row_numbers == [2]


def test_a_character_that_would_break_the_way_back_sets_the_row_aside():
    pupils = [census_pupil("B801200005001", "O\x7fne", ["SLCN"]), census_pupil("B801200005002", "Two", ["AS\x7fD"])]
    table, needs = read(census_return(pupils))
    assert [row.rule for row in (*table.malformed, *needs.malformed)] == ["CONTROL_CHARACTER"] * 2


def test_another_kind_of_xml():
    with pytest.raises(SourceFileError, match="CTfile"):
        read("<CTfile><Header/></CTfile>")
