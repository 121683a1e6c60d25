"""Delimited text: every good row under its own header, every other row named, no value in any message."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from expectations.derive import normal_header
from expectations.errors import SourceFileError
from expectations.tables import RAW
from pipelines.readers import headers
from pipelines.readers.delimited import read_delimited
from pipelines.readers.recognition import header_names
from pipelines.readers.sheet_rows import Limits, SheetRows
from tests.support.faulty_files import CANARY, REGISTER_HEADER, csv_text, register_rows

NAMES = header_names(RAW)
ROWS = register_rows(12)
GOOD = csv_text(REGISTER_HEADER, ROWS)


def read(data: bytes | str, limits: Limits | None = None) -> SheetRows:
    return read_delimited(data.encode() if isinstance(data, str) else data, NAMES, limits or Limits(), "register.csv")


def by_header(table: SheetRows) -> dict[str, list[str | None]]:
    return {table.header[place]: cells for place, cells in table.columns.items()}


def rows_of(table: SheetRows) -> list[list[str | None]]:
    columns = by_header(table)
    return [list(row) for row in zip(*(columns[name] for name in REGISTER_HEADER), strict=True)]


def read_or_refusal(data: bytes) -> SheetRows | SourceFileError:
    try:
        return read(data)
    except SourceFileError as refusal:
        return refusal


def malformed(table: SheetRows) -> list[tuple[int, str]]:
    return [(row.row_number, row.rule) for row in table.malformed]


class TestGoodFiles:
    def test_every_row_arrives_with_the_line_a_person_sees(self):
        table = read(GOOD)
        assert rows_of(table) == ROWS
        assert table.row_numbers == list(range(2, 14))
        assert (table.header, table.header_row_number, table.malformed) == (REGISTER_HEADER, 1, [])

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
    def test_f01_f02_encodings_give_the_same_rows(self, encoding):
        rows = [*ROWS, ["", "77", "O’Neill-Ågård", "Zoë", "2014-01-01", "1", "K", "SLCN", "2024-09-02"]]
        expected = [[cell or None for cell in row] for row in rows]
        assert rows_of(read(csv_text(REGISTER_HEADER, rows).encode(encoding))) == expected

    @pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
    def test_utf16_by_its_mark_in_both_orders(self, encoding):
        assert rows_of(read(("\ufeff" + GOOD).encode(encoding))) == ROWS

    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    @pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
    def test_f04_delimiters_and_line_ends(self, delimiter, end):
        assert rows_of(read(csv_text(REGISTER_HEADER, ROWS, delimiter, end))) == ROWS

    def test_f05_the_separator_line_of_excel(self):
        table = read("sep=;\r\n" + csv_text(REGISTER_HEADER, ROWS, ";"))
        assert rows_of(table) == ROWS
        assert table.row_numbers[0] == 3

    def test_f05_titles_and_blank_rows_above_the_header(self):
        title = 'SEND register of "our" school\r\n\r\nExported, 1 March,,\r\n'
        table = read(title + GOOD)
        assert rows_of(table) == ROWS
        assert (table.header_row_number, table.row_numbers[0]) == (4, 5)

    def test_f05_a_header_below_the_twentieth_row_is_refused(self):
        with pytest.raises(SourceFileError) as refusal:
            read("note\r\n" * 20 + GOOD)
        assert refusal.value.rule == "UNRECOGNISED"

    def test_f05_two_header_rows_with_merged_cells(self):
        upper = "UPN,MIS ID,Pupil,,Date of Birth,Year Group,Need,,\r\n"
        lower = ",,Surname,Forename,,,SEN Status,Primary Need,Status From\r\n"
        table = read(upper + lower + csv_text(REGISTER_HEADER, ROWS).split("\r\n", 1)[1])
        assert rows_of(table) == ROWS
        assert table.header == REGISTER_HEADER

    def test_f07_case_blanks_and_hard_spaces_in_headers(self):
        header = ["upn ", "MIS\u00a0ID", " SURNAME", "forename", "DATE  OF BIRTH", "Year-Group", "sen status",
                  "Primary_Need", "Status from:"]  # fmt: skip
        table = read(csv_text(header, ROWS))
        assert len(table.columns) == len(REGISTER_HEADER)
        assert table.columns[1] == [row[1] for row in ROWS]

    @settings(max_examples=50, deadline=None)
    @given(st.permutations(range(len(REGISTER_HEADER))))
    def test_f08_any_order_of_columns_gives_the_same_table(self, order):
        shuffled = csv_text([REGISTER_HEADER[i] for i in order], [[row[i] for i in order] for row in ROWS])
        assert rows_of(read(shuffled)) == ROWS

    def test_f09_values_of_an_undeclared_column_go_nowhere(self):
        rows = [[*row, "secret"] for row in ROWS]
        table = read(csv_text([*REGISTER_HEADER, "Diary"], rows))
        assert "Diary" in table.header
        assert rows_of(table) == ROWS
        assert not any("secret" in (cell or "") for cells in table.columns.values() for cell in cells)

    def test_f34_quotes_line_breaks_sql_and_a_pupil_called_null(self):
        odd = ["", "1", "Null", 'Robert"); DROP TABLE pupils;--', "line one\nline two", "'", "a;b", "x,y", "=1+1"]
        table = read(csv_text(REGISTER_HEADER, [*ROWS[:2], odd, *ROWS[2:]]))
        assert rows_of(table) == [*ROWS[:2], [None, *odd[1:]], *ROWS[2:]]
        assert table.row_numbers == [2, 3, 4, *range(6, 16)]

    cells = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffdÂÃâ\x7f\u200b\ufeff"))

    @settings(max_examples=200, deadline=None)
    @given(st.lists(st.lists(cells, min_size=9, max_size=9), min_size=1, max_size=5))
    def test_f34_any_text_round_trips(self, rows):
        table = read(csv_text(REGISTER_HEADER, [["id", *row[1:]] for row in rows]))
        invisible = dict.fromkeys([0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF])
        expected = [["id", *(cell.translate(invisible) for cell in row[1:])] for row in rows]
        assert rows_of(table) == [[c if c and not c.isspace() else None for c in row] for row in expected]


class TestBadRows:
    @pytest.mark.parametrize(
        ("line", "rule"),
        [
            ("1,2,3", "TOO_FEW_FIELDS"),
            ("1,2,3,4,5,6,7,8,9,10", "TOO_MANY_FIELDS"),
            ("1,2,3,4,5,6,7,8,9,", "TOO_MANY_FIELDS"),
            ('1,"2"x,3,4,5,6,7,8,9', "BAD_QUOTES"),
            ('1,"2,3,4,5,6,7,8,9', "BAD_QUOTES"),
            ("1,2\x00,3,4,5,6,7,8,9", "CONTROL_CHARACTER"),
            ("1,2,3\x7f,4,5,6,7,8,9", "CONTROL_CHARACTER"),
            ("1,2,Zo\ufffd,4,5,6,7,8,9", "GARBLED"),
            ("1,2,Zo\x85,4,5,6,7,8,9", "GARBLED"),
            ("1,2,ZoÃ«,4,5,6,7,8,9", "GARBLED"),
            (f"1,2,{'x' * 40_000},4,5,6,7,8,9", "CELL_TOO_LONG"),
            ("Total,,,,,,,,12", "TOTAL_ROW"),
            (",,Grand total:,,,,£1 200.50,,(12%)", "TOTAL_ROW"),
            (",".join(REGISTER_HEADER), "REPEATED_HEADER"),
        ],
    )
    def test_f10_f14_f33_one_bad_row_leaves_all_others_as_they_were(self, line, rule):
        lines = GOOD.split("\r\n")
        lines.insert(5, line)
        table = read("\r\n".join(lines))
        assert malformed(table) == [(6, rule)]
        assert rows_of(table) == ROWS
        assert table.row_numbers == [2, 3, 4, 5, *range(7, 15)]

    def test_f14_blank_rows_are_no_rows(self):
        lines = GOOD.split("\r\n")
        lines[4:4] = ["", ",,,,,,,,", "   "]
        table = read("\r\n".join(lines) + "\r\n\r\n,,,,,,,,\r\n")
        assert rows_of(table) == ROWS
        assert table.malformed == []

    def test_a_pupil_called_total_is_no_total(self):
        rows = [*ROWS, ["Total", "", "Total", "Ana", "", "", "", "", ""]]
        assert len(read(csv_text(REGISTER_HEADER, rows)).row_numbers) == 13

    def test_f33_marks_of_direction_are_taken_out(self):
        rows = [[*ROWS[0][:2], "\u202eZoë\u2069", *ROWS[0][3:]]]
        assert rows_of(read(csv_text(REGISTER_HEADER, rows)))[0][2] == "Zoë"

    def test_accented_capitals_are_not_taken_for_garbled(self):
        rows = [[*ROWS[0][:2], "JOÃO", "ÂNGELO", *ROWS[0][4:]]]
        assert rows_of(read(csv_text(REGISTER_HEADER, rows)))[0][2:4] == ["JOÃO", "ÂNGELO"]

    def test_f11_no_prefix_of_a_file_loses_or_changes_a_row_in_silence(self):
        data = csv_text(REGISTER_HEADER, register_rows(4)).encode()
        whole_lines = {place + 1 for place in range(len(data)) if data[place : place + 1] in b"\r\n"}
        expected = register_rows(4)
        refused = 0
        for length in range(len(data)):
            table = read_or_refusal(data[:length])
            if isinstance(table, SourceFileError):
                refused += table.rule in {"TRUNCATED", "UNRECOGNISED"}
                continue
            rows = rows_of(table) if table.header == REGISTER_HEADER else []
            assert rows == expected[: len(rows)]
            told = {row.rule for row in table.malformed} & {"UNFINISHED_LINE"}
            # A file cut between two lines is a good file: only the volume rule of landing can see it.
            assert told or length in whole_lines or not rows
        assert refused > 100


class TestRefusedFiles:
    @pytest.mark.parametrize(
        ("data", "rule"),
        [
            (GOOD.encode() + "B,1,Zoë,".encode() + "Zoë,1,2,3,4,5\r\n".encode("cp1252"), "ENCODING"),
            (GOOD.encode() + b"B,1,\x81\x8d,Ana,1,2,3,4,5\r\n", "ENCODING"),
            (b"\xef\xbb\xbf" + GOOD.encode() + b"B,1,Zo\xeb,Ana,1,2,3,4,5\r\n", "ENCODING"),
            (b"\xff\xfe" + GOOD.encode("utf-16-le")[:-1], "ENCODING"),
            (f"name,age\n{CANARY},1\n", "UNRECOGNISED"),
            (csv_text(ROWS[0], ROWS[1:]), "UNRECOGNISED"),
        ],
    )
    def test_f03_f06_refused_without_a_value(self, data, rule):
        with pytest.raises(SourceFileError) as refusal:
            read(data)
        assert refusal.value.rule == rule
        assert CANARY not in str(refusal.value)

    def test_too_many_rows(self):
        with pytest.raises(SourceFileError) as refusal:
            read(GOOD, Limits(rows_count=5))
        assert refusal.value.rule == "TOO_LARGE"

    def test_f11_a_last_record_that_is_cut(self):
        with pytest.raises(SourceFileError) as refusal:
            read(GOOD + "B80,12,Cu")
        assert refusal.value.rule == "TRUNCATED"


@given(st.text())
def test_headers_are_reduced_as_the_contracts_reduce_them(text):
    assert headers.normal_header(text) == normal_header(text)


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 400))
def test_f46_any_bytes_are_read_or_refused(noise, place):
    data = GOOD.encode()
    answer = read_or_refusal(data[:place] + noise + data[place:])
    if isinstance(answer, SourceFileError):
        assert CANARY not in str(answer)
    else:
        assert all(len(cells) == len(answer.row_numbers) for cells in answer.columns.values())
