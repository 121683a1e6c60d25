"""Workbooks: what was written is what is read, what openpyxl hides made visible, and no row lost."""

from __future__ import annotations

import datetime as dt
import warnings
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from expectations.errors import SourceFileError
from expectations.tables import RAW
from pipelines.readers.reading import read_file
from pipelines.readers.recognition import header_names
from pipelines.readers.sheet_rows import NOT_READ, Limits, SheetRows
from pipelines.readers.workbook_cells import number_as_text
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


def change_cell(path: Path, place: str, cell: str) -> None:
    """The same workbook with one cell of its first sheet replaced."""
    with zipfile.ZipFile(path) as archive:
        text = archive.read(SHEET).decode()
    start = text.index(f'<c r="{place}"')
    change_part(path, SHEET, text[start : text.index("</c>", start) + 4], cell)


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

    def test_f27_chart_sheets_hold_no_table(self, tmp_path):
        with xlsxwriter.Workbook(tmp_path / "w.xlsx") as book:
            chart = book.add_chart({"type": "column"})
            chart.add_series({"values": "=S!$B$2:$B$3"})
            book.add_chartsheet("Chart").set_chart(chart)
            sheet = book.add_worksheet("S")
            for place, row in enumerate([REGISTER_HEADER, *ROWS]):
                sheet.write_row(place, 0, row)
        [table] = read(tmp_path / "w.xlsx")
        assert (rows_of(table), table.facts) == (ROWS, {})

    def test_what_openpyxl_warns_of_reaches_nobody(self, register):
        extension = '</sheetData><extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"/></extLst>'
        change_part(register, SHEET, "</sheetData>", extension)
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            assert rows_of(read(register)[0]) == ROWS
        assert told == []

    def test_a_workbook_inside_an_archive(self, register, tmp_path):
        path = write_zip(tmp_path / "all.zip", {"in/register.xlsx": register.read_bytes(), "readme.txt": b"Hello\n"})
        [table] = read(path)
        assert (table.member, table.facts[NOT_READ]) == ("in/register.xlsx", "readme.txt")
        assert rows_of(table) == ROWS


class TestDates:
    @pytest.mark.parametrize("is_1904", [False, True])
    def test_f22_dates_and_times_are_read_as_they_were_typed(self, tmp_path, is_1904):
        # No time zone: a workbook has none.
        moments = [dt.datetime(1904, 1, 2) + dt.timedelta(days=997 * n, seconds=7919 * n) for n in range(90)]  # noqa: DTZ001
        path = tmp_path / "w.xlsx"
        with xlsxwriter.Workbook(path, {"date_1904": is_1904}) as book:
            sheet, shown = book.add_worksheet(), book.add_format({"num_format": "dd/mm/yyyy hh:mm:ss"})
            sheet.write_row(0, 0, REGISTER_HEADER)
            for place, moment in enumerate(moments, start=1):
                sheet.write(place, 0, "id")
                sheet.write_datetime(place, 4, moment.replace(hour=0, minute=0, second=0), shown)
                sheet.write_datetime(place, 8, moment, shown)
        read_back = [(row[4], row[8]) for row in rows_of(read(path)[0])]
        first = moments[0].date().isoformat()
        later = [(moment.date().isoformat(), moment.isoformat(sep=" ")) for moment in moments[1:]]
        assert read_back == [(first, first), *later]

    def test_f22_the_1904_system(self, tmp_path):
        book = openpyxl.Workbook()
        book.epoch = CALENDAR_MAC_1904
        book.active.append(REGISTER_HEADER)
        book.active.append([*ROWS[0][:4], dt.date(2014, 3, 1), *ROWS[0][5:8], dt.date(2024, 9, 2)])
        book.save(tmp_path / "mac.xlsx")
        [table] = read(tmp_path / "mac.xlsx")
        assert rows_of(table) == [[*ROWS[0][:4], "2014-03-01", *ROWS[0][5:8], "2024-09-02"]]

    @pytest.mark.parametrize(
        ("serial", "code", "text"),
        [(0.5, "hh:mm", "12:00:00"), (1.5, "[h]:mm", "36:00:00"), (59, "dd/mm/yyyy", "1900-02-28"),
         (61, "dd/mm/yyyy", "1900-03-01"), (45537.999999, "dd/mm/yyyy", "2024-09-03"),
         (0.35416666, "hh:mm", "08:30:00")],
    )  # fmt: skip
    def test_edges(self, tmp_path, serial, code, text):
        assert rows_of(read(self.with_serial(tmp_path, serial, code))[0])[0][8] == text

    def test_a_date_outside_the_calendar_sets_its_row_aside(self, tmp_path):
        [table] = read(self.with_serial(tmp_path, 9_999_999, "dd/mm/yyyy"))
        assert [(row.row_number, row.rule, row.column) for row in table.malformed] == [(2, "FORMULA", "Status From")]

    def with_serial(self, folder: Path, serial: float, code: str) -> Path:
        """A register whose last cell holds a serial shown by the format."""
        book = openpyxl.Workbook()
        book.active.append(REGISTER_HEADER)
        book.active.append([*ROWS[0][:8], serial])
        book.active["I2"].number_format = code
        book.save(folder / "w.xlsx")
        return folder / "w.xlsx"

    @pytest.mark.parametrize(
        ("iso", "text"),
        [("2024-09-02", "2024-09-02"), ("2024-09-02T00:00:00Z", "2024-09-02"),
         ("2024-09-02T08:30:00", "2024-09-02 08:30:00")],
    )  # fmt: skip
    def test_iso_dates(self, register, iso, text):
        change_cell(register, "I3", f'<c r="I3" t="d"><v>{iso}</v></c>')
        assert rows_of(read(register)[0])[1][8] == text

    @pytest.mark.parametrize(
        ("code", "is_date"),
        [("dd/mm/yyyy", True), ("[$-809]d mmmm yyyy;@", True), ("yyyy\\-mm\\-dd", True), ("#,##0.00", False),
         ('0 "days"', False), ("[Red]0.0", False), ("General", False), ("@", False), ("mmm-yy", True)],
    )  # fmt: skip
    def test_formats_that_show_a_date(self, tmp_path, code, is_date):
        path = self.with_serial(tmp_path, 45537, code)
        assert rows_of(read(path)[0])[0][8] == ("2024-09-02" if is_date else "45537")

    @settings(max_examples=200, deadline=None)
    @given(st.one_of(st.integers(-(10**14), 10**14), st.floats(allow_nan=False, allow_infinity=False, width=32)))
    def test_numbers_read_back_as_themselves(self, number):
        text = number_as_text(number)
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
            ('<c r="C3" t="e"><f>#REF!+1</f></c>', True),
            ('<c r="C3" t="str"><f>A1</f></c>', True),
            ('<c r="C3"><v>1E999</v></c>', True),
            ('<c r="C3" t="str"><f>""</f><v></v></c>', False),
            ('<c r="C3" t="str"><f>A1</f><v>Smith</v></c>', False),
            ('<c r="C3"><f>1+1</f><v>2</v></c>', False),
        ],
    )
    def test_f25_a_formula_without_a_result_sets_its_row_aside(self, register, cell, is_malformed):
        change_cell(register, "C3", cell)
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
            ('<row r="3"', '<row r="2"', "BROKEN"),
            ('<row r="6"', '<row r="99999999999"', "BROKEN"),
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

    def test_f29_a_value_at_the_far_corner(self, register):
        corner = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        change_part(register, SHEET, "</sheetData>", f"{corner}</sheetData>")
        with pytest.raises(SourceFileError) as refusal:
            read(register)
        assert refusal.value.rule == "TOO_LARGE"

    def test_f29_an_empty_far_corner_costs_nothing(self, register):
        change_part(register, SHEET, "</sheetData>", '<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>')
        assert rows_of(read(register)[0]) == ROWS

    def test_a_number_that_is_none_refuses_the_workbook(self, register):
        change_cell(register, "C3", f'<c r="C3"><v>{CANARY}</v></c>')
        with pytest.raises(SourceFileError) as refusal:
            read(register)
        assert refusal.value.rule == "BROKEN"
        assert CANARY not in str(refusal.value)

    def test_a_sheet_that_is_missing_is_not_passed_over(self, tmp_path):
        path = write_workbook(tmp_path / "w.xlsx", {"A": [REGISTER_HEADER, *ROWS], "B": [REGISTER_HEADER, *ROWS]})
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name) for name in archive.namelist() if not name.endswith("sheet2.xml")}
        with pytest.raises(SourceFileError) as refusal:
            read(write_zip(path, parts))
        assert refusal.value.rule == "BROKEN"

    def test_strict_open_xml_is_told(self, register):
        change_part(register, "xl/workbook.xml", "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                    "http://purl.oclc.org/ooxml/spreadsheetml/main")  # fmt: skip
        with pytest.raises(SourceFileError, match="Strict") as refusal:
            read(register)
        assert refusal.value.rule == "FORMAT"

    @pytest.mark.parametrize("part", ["docProps/core.xml", "xl/media/image1.png"])
    def test_f28_a_document_type_in_any_part(self, register, part):
        with zipfile.ZipFile(register) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        with pytest.raises(SourceFileError) as refusal:
            read(write_zip(register, {**parts, part: BILLION_LAUGHS.encode("utf-16")}))
        assert refusal.value.rule == "UNSAFE"

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
def test_what_was_written_is_read(tmp_path_factory, rows, write):
    path = tmp_path_factory.mktemp("written") / "w.xlsx"
    write(path, {"S": [REGISTER_HEADER, *[["id", *row] for row in rows]]})
    assert rows_of(read(path)[0]) == [["id", *map(text_of, row)] for row in rows]


def text_of(cell: object) -> str | None:
    """What must be read where this was written."""
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return number_as_text(float(f"{cell:.16g}"))  # as many figures as a workbook keeps
    return cell.isoformat() if isinstance(cell, dt.date) else str(cell)
