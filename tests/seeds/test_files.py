"""The files: same seed same bytes, every source in its real form, every header accepted, no truth in the drop."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from pathlib import Path

import pytest

from expectations.derive import accepted_headers, delivered_columns, normal_header
from expectations.tables import ALL, RAW
from seeds import generate_trust
from seeds.trust.deliveries import Delivery, list_deliveries
from seeds.trust.sheets import EXTRA_HEADER, make_sheet
from seeds.trust.write_census import xml_text
from seeds.trust.writing import TRUST_NAME


def digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_same_seed_same_bytes_and_another_seed_other_bytes(tmp_path):
    for name, seed in (("one", 3), ("two", 3), ("three", 4)):
        generate_trust(tmp_path / name, schools=3, pupils=120, years=1, seed=seed)
    assert digests(tmp_path / "one") == digests(tmp_path / "two")
    assert digests(tmp_path / "one") != digests(tmp_path / "three")


@pytest.fixture(scope="module")
def deliveries(world) -> list[Delivery]:
    return list_deliveries(world)


def test_every_source_is_delivered_in_every_form(deliveries, sample, truth):
    tables = {sheet.table for delivery in deliveries for sheet in delivery.sheets}
    assert tables == {table.name for table in RAW}
    assert {row["table"] for row in truth("counts")} == tables
    assert {d.form for d in deliveries} == {"text", "workbook", "archive", "census"}
    assert {d.encoding for d in deliveries} == {"utf-8", "utf-8-sig", "cp1252", "utf-16"}
    assert {d.delimiter for d in deliveries} == {",", ";", "\t"}
    registers = [d.form for d in deliveries if "register" in d.file_name]
    assert registers.count("workbook") == registers.count("text") == 5
    assert len({d.folder for d in deliveries if d.census}) == 6


def test_every_header_is_accepted_and_every_required_column_is_there(deliveries):
    left_to_the_file_name = {"census_term", "reference_date"}
    for delivery in deliveries:
        for sheet in delivery.sheets:
            if delivery.census is not None:
                continue
            accepted = accepted_headers(ALL[sheet.table])
            found = [accepted.get(normal_header(header)) for header in sheet.headers]
            for header, name, place in zip(sheet.headers, found, sheet.fields, strict=True):
                assert (name or "") == place, (delivery.path, header)
            required = {c.name for c in delivered_columns(ALL[sheet.table]) if c.required}
            assert required - left_to_the_file_name <= set(found), delivery.path
            assert all(len(row) == len(sheet.headers) for row in sheet.rows)


def test_headers_differ_from_school_to_school(deliveries):
    registers = {tuple(d.sheets[0].headers) for d in deliveries if d.sheets and "register" in d.file_name}
    assert len(registers) >= 4
    assert any(EXTRA_HEADER in headers for headers in registers)


@pytest.mark.parametrize("style", range(4))
@pytest.mark.parametrize("table", [t.name for t in RAW])
def test_every_style_of_headers_is_accepted_for_every_table(table, style):
    accepted = accepted_headers(ALL[table])
    sheet = make_sheet(table, [], style=style)
    found = [accepted.get(normal_header(h)) for h in sheet.headers if h != EXTRA_HEADER]
    assert found == [name for name in sheet.fields if name]
    assert set(found) == {c.name for c in delivered_columns(ALL[table])}


def test_sen_types_stand_in_spring_censuses_only(deliveries):
    for delivery in deliveries:
        if delivery.census is not None:
            text = xml_text(delivery.census, delivery.sheets[0])
            assert ("<SENtype>" in text) == (delivery.census.term == "SPR")
            assert f"<ReferenceDate>{delivery.census.day}</ReferenceDate>" in text
            assert "<Sex>" in text
        assert "senneeds" not in delivery.file_name or "spring" in delivery.file_name
    assert any("gender" in d.sheets[0].headers for d in deliveries if "pupilonroll" in d.file_name)


def test_bytes_are_in_the_forms_that_they_claim(sample):
    drop = sample / "drop"
    with zipfile.ZipFile(drop / "999104" / "insight_export_999104.zip") as archive:
        assert {"Pupils.csv", "Assessments.csv", "Provision map.csv"} == set(archive.namelist())
        assert archive.read("Pupils.csv").startswith(b"\xff\xfe")
    with zipfile.ZipFile(drop / "999102" / "insight_export_999102.zip") as archive:
        text = archive.read("Assessments.csv").decode("cp1252")
    marks = list(csv.DictReader(io.StringIO(text)))
    ages = [row["Mark"] for row in marks if row["Mark Scheme"] == "Reading Age"]
    assert any(age.endswith(".10") for age in ages)
    assert (drop / "999102" / "2025_spring_senneeds.csv").read_text(encoding="utf-8").count("1.0") > 5
    assert " 00:00:00" in (drop / "999102" / "2025_spring_pupilonroll.csv").read_text(encoding="utf-8")
    assert (drop / "trust" / "SEND money.xlsx").read_bytes().startswith(b"PK")


def test_settings_name_the_schools_and_say_that_it_is_a_sample(sample):
    text = (sample / "orchard.toml").read_text(encoding="utf-8")
    assert TRUST_NAME in text
    assert "is_sample = true" in text
    assert text.count("[[schools]]") == 6
    folders = {path.name for path in (sample / "drop").iterdir()}
    assert folders == {f"99910{n}" for n in range(1, 7)} | {"trust", "999999"}
    assert not any("truth" in path.name for path in (sample / "drop").rglob("*"))
