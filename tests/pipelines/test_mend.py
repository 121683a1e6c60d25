"""The "please mend" list: in order, harmless in a spreadsheet, the same bytes for the same rows."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import polars as pl
import pytest

from expectations.derive import empty_frame
from expectations.tables import ALL
from pipelines.mend import HEADINGS, SHOWN_ROWS, mend_lines, write_mend_list
from tests.support.frames import rows

QUARANTINE = ALL["core_quarantine"]


def some_rows() -> pl.DataFrame:
    """A value left blank, a row set aside, a whole row without a column, and a file that waits."""
    return rows(
        QUARANTINE,
        file_name=["register.xlsx", "register.xlsx", "register.xlsx", "broken.csv"],
        sheet=["SEND register", "SEND register", "SEND register", None],
        row_number=[12, 3, 12, None],
        column_label=["SEN Status", "Date of Birth", None, None],
        what=["SEN Status must be one of N, K, E", "Date of Birth is blank", "The pupil is not known", "Not a table"],
        next_step=["Use one of the listed codes.", "Fill in the value.", "Add the pupil.", "Send it again."],
        is_row_set_aside=[False, True, True, True],
    )


def write(tmp_path: Path, frame: pl.DataFrame, name: str = "list") -> tuple[Path, Path]:
    xlsx, text = tmp_path / f"{name}.xlsx", tmp_path / f"{name}.csv"
    write_mend_list(frame, "Hill School", xlsx, text)
    return xlsx, text


def cells(path: Path) -> list[list[object]]:
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_lines_stand_in_the_order_of_work() -> None:
    assert [(line[0], line[2], line[3], line[6]) for line in mend_lines(some_rows())] == [
        ("broken.csv", "Whole file", "", "The file waits"),
        ("register.xlsx", "3", "Date of Birth", "The row is set aside"),
        ("register.xlsx", "12", "SEN Status", "The value is left blank"),
        ("register.xlsx", "12", "Whole row", "The row is set aside"),
    ]


def test_the_workbook_greets_and_lists(tmp_path: Path) -> None:
    xlsx, _ = write(tmp_path, some_rows())
    read = cells(xlsx)
    assert read[0][0] == "Please mend"
    assert str(read[1][0]).startswith("Dear colleagues at Hill School: 4 points need your help.")
    assert read[3] == list(HEADINGS)
    assert [row[2] for row in read[4:]] == ["Whole file", "3", "12", "12"]


def test_the_csv_holds_the_same_lines(tmp_path: Path) -> None:
    _, text = write(tmp_path, some_rows())
    with text.open(encoding="utf-8-sig", newline="") as file:
        read = list(csv.reader(file))
    assert read[0] == list(HEADINGS)
    assert [tuple(row) for row in read[1:]] == mend_lines(some_rows())


def test_an_empty_list_says_so_in_both(tmp_path: Path) -> None:
    xlsx, text = write(tmp_path, empty_frame(QUARANTINE))
    assert str(cells(xlsx)[1][0]).startswith("Nothing to mend. Everything that Hill School sent was taken.")
    assert "Nothing to mend" in text.read_text(encoding="utf-8-sig")


def test_the_same_rows_give_the_same_bytes_in_any_order(tmp_path: Path) -> None:
    one = write(tmp_path, some_rows(), "one")
    other = write(tmp_path, pl.concat([some_rows().reverse(), some_rows().head(1)]), "other")
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in other]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_a_file_named_like_a_formula_stays_text(tmp_path: Path, sign: str) -> None:
    """FAULTS W05: as text in the workbook, with an apostrophe in the CSV; no link, no formula."""
    named = f'{sign}HYPERLINK("http://192.0.2.1","x").csv'
    xlsx, text = write(tmp_path, some_rows().with_columns(file_name=pl.lit(named)))
    workbook = openpyxl.load_workbook(xlsx)
    sheet = workbook.active
    assert sheet is not None
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}
    assert not any(cell.hyperlink for row in sheet.iter_rows() for cell in row)
    with text.open(encoding="utf-8-sig", newline="") as file:
        assert all(row[0].startswith("'" + sign) for row in list(csv.reader(file))[1:])


def test_a_very_long_list_is_whole_in_the_csv(tmp_path: Path) -> None:
    many = rows(QUARANTINE, row_number=list(range(1, SHOWN_ROWS + 11)))
    xlsx, text = write(tmp_path, many)
    read = cells(xlsx)
    assert read[2][0] == "The first 5,000 are shown here; the CSV file beside this holds all."
    assert len(read) == SHOWN_ROWS + 4
    assert len(text.read_text(encoding="utf-8-sig").splitlines()) == SHOWN_ROWS + 11
