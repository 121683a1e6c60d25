"""Workbooks: the same text as openpyxl reads, what openpyxl hides made visible, and no row lost."""

from __future__ import annotations

import datetime as dt
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904, from_excel

from expectations.errors import SourceFileError
from expectations.tables import RAW
from pipelines.readers.reading import read_file
from pipelines.readers.recognition import header_names
from pipelines.readers.sheet_rows import NOT_READ, Limits, SheetRows
from pipelines.readers.workbook_cells import number_as_text, serial_as_text
from tests.support.faulty_files import (
    BILLION_LAUGHS,
    CANARY,
    REGISTER_HEADER,
    change_part,
    register_rows,
    write_bytes,
    write_shared_text_workbook,
    write_workbook,
    write_zip,
)  # fmt: skip

NAMES = header_names(RAW)
ROWS = register_rows(5)
SHEET = "xl/worksheets/sheet1.xml"


def read(path: Path, limits: Limits | None = None) -> list[SheetRows]:
    return read_file(str(path), NAMES, limits or Limits())


def rows_of(table: SheetRows) -> list[list[str | None]]:
    return [list(row) for row in zip(*table.columns.values(), strict=True)]


@pytest.fixture
def register(tmp_path):
    return write_workbook(tmp_path / "register.xlsx", {"SEND register": [REGISTER_HEADER, *ROWS]})


WRITERS = [write_workbook, write_shared_text_workbook]


class TestGoodWorkbooks:
    @pytest.mark.parametrize("write", WRITERS)
    def test_rows_and_the_numbers_a_person_sees(self, tmp_path, write):
        [table] = read(write(tmp_path / "w.xlsx", {"SEND register": [REGISTER_HEADER, *ROWS]}))
        assert rows_of(table) == ROWS
        assert (table.sheet, table.header, table.row_numbers) == ("SEND register", REGISTER_HEADER, [2, 3, 4, 5, 6])

    @pytest.mark.parametrize("write", WRITERS)
    def test_f33_marks_and_control_characters(self, tmp_path, write):
        rows = [["1", "2", "\u202eZoë\u2069", *ROWS[0][3:]], ["1", "2", "Zo\ufffd", *ROWS[0][3:]]]
        [table] = read(write(tmp_path / "w.xlsx", {"S": [REGISTER_HEADER, *rows]}))
        assert rows_of(table) == [["1", "2", "Zoë", *ROWS[0][3:]]]
        assert [(row.row_number, row.rule, row.column) for row in table.malformed] == [(3, "GARBLED", "Surname")]

    def test_rich_text_and_escaped_line_ends_in_the_shared_part(self, tmp_path):
        path = write_shared_text_workbook(tmp_path / "w.xlsx", {"S": [REGISTER_HEADER, *ROWS[:1]]})
        rich = '<r><rPr><b/></rPr><t>Zo</t></r><r><t>ë_x000D_\nA</t></r><rPh sb="0" eb="1"><t>no</t></rPh>'
        change_part(path, "xl/sharedStrings.xml", f"<t>{ROWS[0][2]}</t>", rich)
        assert rows_of(read(path)[0])[0][2] == "Zoë\nA"

    def test_kinds_of_cells(self, tmp_path):
        day, moment = dt.date(2024, 9, 2), dt.datetime(2024, 9, 2, 8, 30)  # noqa: DTZ001  # a workbook has no time zone
        row = ["8.10", 12, 12.5, day, moment, True, 8.1, 0.1 + 0.2, "Zoë\nAnn"]
        [table] = read(write_workbook(tmp_path / "w.xlsx", {"S": [REGISTER_HEADER, row]}))
        assert rows_of(table) == [
            ["8.10", "12", "12.5", "2024-09-02", "2024-09-02 08:30:00", "TRUE", "8.1", "0.3", "Zoë\nAnn"]
        ]

    def test_f05_titles_and_merged_cells(self, tmp_path):
        book = openpyxl.Workbook()
        sheet = book.active
        sheet["A1"] = "SEND register"
        sheet.merge_cells("A1:I1")
        sheet["A3"], sheet["B3"], sheet["C3"], sheet["E3"] = "UPN", "MIS ID", "Pupil", "Date of Birth"
        sheet["F3"], sheet["G3"] = "Year Group", "Need"
        sheet.merge_cells("C3:D3")
        for place, name in {3: "Surname", 4: "Forename", 7: "SEN Status", 8: "Primary Need", 9: "Status From"}.items():
            sheet.cell(4, place, name)
        for row in ROWS:
            sheet.append(row)
        book.save(tmp_path / "w.xlsx")
        [table] = read(tmp_path / "w.xlsx")
        assert table.header == REGISTER_HEADER
        assert rows_of(table) == ROWS
        assert (table.header_row_number, table.row_numbers[0]) == (4, 5)

    def test_f14_blank_rows_and_a_total(self, tmp_path):
        rows = [REGISTER_HEADER, *ROWS[:2], [], [None, "  "], *ROWS[2:], [], ["Total", None, None, None, 5]]
        [table] = read(write_workbook(tmp_path / "w.xlsx", {"S": rows}))
        assert rows_of(table) == ROWS
        assert table.row_numbers == [2, 3, 6, 7, 8]
        assert [(row.row_number, row.rule) for row in table.malformed] == [(10, "TOTAL_ROW")]

    def test_f09_notes_right_of_the_table_shift_nothing(self, tmp_path):
        [table] = read(write_workbook(tmp_path / "w.xlsx", {"S": [REGISTER_HEADER, [*ROWS[0], None, "a note"]]}))
        assert rows_of(table) == ROWS[:1]

    def test_f26_a_stale_statement_of_size_is_not_asked(self, register):
        change_part(register, SHEET, '<dimension ref="A1:I6"', '<dimension ref="A1:B2"')
        assert rows_of(read(register)[0]) == ROWS

    def test_f27_hidden_sheets_and_notes_are_left(self, tmp_path):
        path = write_workbook(tmp_path / "w.xlsx", {
            "Old": [REGISTER_HEADER, *ROWS[:1]], "Notes": [["How to fill this in"]],
            "Year 1": [REGISTER_HEADER, *ROWS[:2]], "Year 2": [REGISTER_HEADER, *ROWS[2:]],
        })  # fmt: skip
        change_part(path, "xl/workbook.xml", 'name="Old" sheetId="1" state="visible"',
                    'name="Old" sheetId="1" state="hidden"')  # fmt: skip
        tables = read(path)
        assert [table.sheet for table in tables] == ["Year 1", "Year 2"]
        assert rows_of(tables[0]) + rows_of(tables[1]) == ROWS
        assert tables[0].facts[NOT_READ] == "Old\nNotes"

    def test_large_sheets_are_read_row_by_row_to_the_same_end(self, register, monkeypatch):
        expected = read(register)
        monkeypatch.setattr("pipelines.readers.workbook._WHOLE_BYTES", 10)
        assert read(register) == expected

    def test_a_workbook_inside_an_archive(self, register, tmp_path):
        path = write_zip(tmp_path / "all.zip", {"in/register.xlsx": register.read_bytes(), "readme.txt": b"Hello\n"})
        [table] = read(path)
        assert (table.member, table.facts[NOT_READ]) == ("in/register.xlsx", "readme.txt")
        assert rows_of(table) == ROWS


class TestDates:
    @pytest.mark.parametrize("is_1904", [False, True])
    @settings(max_examples=200, deadline=None)
    @given(serial=st.one_of(st.integers(1, 2_900_000), st.floats(1, 80_000)))
    def test_f22_serials_are_the_dates_that_openpyxl_reads(self, serial, is_1904):
        twin = from_excel(serial, CALENDAR_MAC_1904) if is_1904 else from_excel(serial)
        # openpyxl keeps the split second; a typed time has none.
        twin = (twin + dt.timedelta(microseconds=500_000)).replace(microsecond=0)
        midnight = twin.time() == dt.time(0)
        if abs(serial * 86_400 % 1 - 0.5) > 1e-3:
            expected = twin.date().isoformat() if midnight else twin.isoformat(sep=" ")
            assert serial_as_text(repr(serial), "date", is_1904) == expected

    def test_f22_the_1904_system(self, tmp_path):
        book = openpyxl.Workbook()
        book.epoch = CALENDAR_MAC_1904
        book.active.append(REGISTER_HEADER)
        book.active.append([*ROWS[0][:4], dt.date(2014, 3, 1), *ROWS[0][5:8], dt.date(2024, 9, 2)])
        book.save(tmp_path / "mac.xlsx")
        [table] = read(tmp_path / "mac.xlsx")
        assert rows_of(table) == [[*ROWS[0][:4], "2014-03-01", *ROWS[0][5:8], "2024-09-02"]]

    @pytest.mark.parametrize(
        ("value", "kind", "text"),
        [("0.5", "date", "12:00:00"), ("1.5", "duration", "36:00:00"), ("-3", "date", "-3"),
         ("9999999", "date", "9999999"),
         ("59", "date", "1900-02-28"), ("61", "date", "1900-03-01"), ("45537.999999", "date", "2024-09-03")],
    )  # fmt: skip
    def test_edges(self, value, kind, text):
        assert serial_as_text(value, kind, is_1904=False) == text

    @pytest.mark.parametrize(
        ("code", "is_date"),
        [("dd/mm/yyyy", True), ("[$-809]d mmmm yyyy;@", True), ("yyyy\\-mm\\-dd", True), ("#,##0.00", False),
         ('0 "days"', False), ("[Red]0.0", False), ("General", False), ("@", False), ("mmm-yy", True)],
    )  # fmt: skip
    def test_formats_that_show_a_date(self, tmp_path, code, is_date):
        book = openpyxl.Workbook()
        book.active.append(REGISTER_HEADER)
        book.active.append([*ROWS[0][:8], 45537])
        book.active["I2"].number_format = code
        book.save(tmp_path / "w.xlsx")
        assert rows_of(read(tmp_path / "w.xlsx")[0])[0][8] == ("2024-09-02" if is_date else "45537")

    @settings(max_examples=200, deadline=None)
    @given(st.one_of(st.integers(-(10**14), 10**14), st.floats(allow_nan=False, allow_infinity=False, width=32)))
    def test_numbers_read_back_as_themselves(self, number):
        text = number_as_text(repr(number))
        assert float(text) == number
        assert "e" not in text.lower()


class TestBadWorkbooks:
    @pytest.mark.parametrize(
        ("cell", "is_malformed"),
        [
            ('<c r="C3"><f>A1&amp;B1</f><v></v></c>', True),
            ('<c r="C3"><f>A1&amp;B1</f></c>', True),
            ('<c r="C3" t="e"><f>#REF!+1</f><v>#REF!</v></c>', True),
            ('<c r="C3" t="e"><v>#N/A</v></c>', True),
            ('<c r="C3"><v>NaN</v></c>', True),
            ('<c r="C3" t="str"><f>""</f><v></v></c>', False),
            ('<c r="C3" t="str"><f>A1</f><v>Smith</v></c>', False),
            ('<c r="C3"><f>1+1</f><v>2</v></c>', False),
        ],
    )
    def test_f25_a_formula_without_a_result_sets_its_row_aside(self, register, cell, is_malformed):
        text = zipfile.ZipFile(register).read(SHEET).decode()
        start = text.index('<c r="C3"')
        change_part(register, SHEET, text[start : text.index("</c>", start) + 4], cell)
        [table] = read(register)
        told = [(row.row_number, row.rule, row.column) for row in table.malformed]
        assert told == ([(3, "FORMULA", "Surname")] if is_malformed else [])
        assert table.row_numbers == ([2, 4, 5, 6] if is_malformed else [2, 3, 4, 5, 6])

    def test_f25_an_error_in_a_column_nobody_declared_is_nobodys_fault(self, tmp_path):
        path = write_workbook(tmp_path / "w.xlsx", {"S": [[*REGISTER_HEADER, "Diary"], [*ROWS[0], "=1/0"]]})
        [table] = read(path)
        assert (rows_of(table), table.malformed) == (ROWS[:1], [])

    @pytest.mark.parametrize(
        ("old", "new", "rule"),
        [
            ('<c r="B2"', '<c r="A2"', "BROKEN"),
            ('<c r="I6"', '<c r="XFD6"', "TOO_LARGE"),
            ('<c r="A1"', '<c r="!!1"', "BROKEN"),
            ('<row r="2"', '<row r="x"', "BROKEN"),
            ("</sheetData>", "", "BROKEN"),
            ("<sheetData>", "<!DOCTYPE a><sheetData>", "BROKEN"),
        ],
    )
    def test_f29_far_cells_and_damage(self, register, old, new, rule):
        change_part(register, SHEET, old, new)
        with pytest.raises(SourceFileError) as refusal:
            read(register)
        assert refusal.value.rule == rule
        assert CANARY not in str(refusal.value)

    def test_f28_entities_in_a_part(self, register):
        with zipfile.ZipFile(register) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        write_zip(register, {**parts, SHEET: BILLION_LAUGHS.encode()})
        with pytest.raises(SourceFileError) as refusal:
            read(register)
        assert refusal.value.rule == "UNSAFE"

    def test_f29_a_cell_of_300_kilobytes(self, tmp_path):
        path = write_shared_text_workbook(tmp_path / "w.xlsx", {"S": [REGISTER_HEADER, *ROWS[:2]]})
        change_part(path, "xl/sharedStrings.xml", f"<t>{CANARY}1</t>", f"<t>{'y' * 300_000}</t>")
        [table] = read(path)
        assert [(row.row_number, row.rule) for row in table.malformed] == [(3, "CELL_TOO_LONG")]

    def test_f11_no_half_copied_workbook_is_read(self, register):
        data = register.read_bytes()
        for length in range(1, len(data), 97):
            with pytest.raises(SourceFileError) as refusal:
                read(write_bytes(register.with_name("half.xlsx"), data[:length]))
            assert refusal.value.rule in {"TRUNCATED", "BROKEN", "UNRECOGNISED", "ENCODING"}

    def test_f31_macros(self, register):
        with zipfile.ZipFile(register, "a") as archive:
            archive.writestr("xl/vbaProject.bin", b"x")
        with pytest.raises(SourceFileError) as refusal:
            read(register)
        assert refusal.value.rule == "FORMAT"

    def test_f27_only_a_hidden_sheet(self, tmp_path):
        path = write_workbook(tmp_path / "w.xlsx", {"A": [["note"]], "B": [REGISTER_HEADER, *ROWS]})
        change_part(path, "xl/workbook.xml", 'sheetId="2" state="visible"', 'sheetId="2" state="hidden"')
        with pytest.raises(SourceFileError, match="hidden sheet"):
            read(path)

    def test_f13_header_only(self, tmp_path):
        with pytest.raises(SourceFileError) as refusal:
            read(write_workbook(tmp_path / "w.xlsx", {"S": [REGISTER_HEADER]}))
        assert refusal.value.rule == "EMPTY"


cells = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**9), 10**9), st.floats(-1e6, 1e6),
    st.dates(dt.date(1950, 1, 1), dt.date(2100, 1, 1)),
    st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf"), exclude_characters="\ufffd\x7fÂÃâ_="), max_size=20),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(cells, min_size=8, max_size=8), min_size=1, max_size=6), st.sampled_from(WRITERS))
def test_the_text_is_what_openpyxl_reads(tmp_path_factory, rows, write):
    path = tmp_path_factory.mktemp("twin") / "w.xlsx"
    write(path, {"S": [REGISTER_HEADER, *[["id", *row] for row in rows]]})
    twin = openpyxl.load_workbook(path, read_only=True, data_only=True)
    twin["S"].reset_dimensions()
    cells_read = twin["S"].iter_rows(min_row=2, max_col=9, values_only=True)
    expected = [[twin_text(cell) for cell in row] for row in cells_read]
    twin.close()
    padded = [row + [None] * (9 - len(row)) for row in expected]
    assert rows_of(read(path)[0]) == padded


def twin_text(cell: object) -> str | None:
    """A cell as openpyxl reads it, written as our text."""
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    return number_as_text(repr(cell)) if isinstance(cell, int | float) else str(cell)
