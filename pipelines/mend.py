"""The "please mend" list of a school: what could not be taken, where it stands and what to do, as XLSX and CSV.

Rows come from quarantine and hold no value of a pupil. File and sheet names were chosen by whoever sent them, so
every cell is written as text: a spreadsheet must not run one as a formula. The same rows give the same files.
"""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import polars as pl

from expectations.spreadsheets import inert

HEADINGS = ("File", "Sheet", "Row", "Column", "What is wrong", "What to do next", "What became of it")
WIDTHS = (34, 16, 10, 24, 58, 50, 24)
NOTHING = "Nothing to mend"
SHOWN_ROWS = 5_000
"""A workbook holds so many; the CSV holds all. Nobody mends more by hand in a day, and writing is slow."""
_MADE = dt.datetime(2000, 1, 1)  # noqa: DTZ001 -- a fixed stamp in the workbook's own clockless form


def write_mend_list(rows: pl.DataFrame, school_name: str, out_xlsx: Path, out_csv: Path) -> None:
    """Write what a school is asked to mend. ``rows`` has the columns of ``CORE_QUARANTINE``, of one school.

    Ordered by file, sheet and row as a person would work through them; an empty list says so.
    """
    lines = mend_lines(rows)
    _write_csv(lines, out_csv)
    _write_workbook(lines, school_name, out_xlsx)


def mend_lines(rows: pl.DataFrame) -> list[tuple[str, ...]]:
    """A line per thing to mend, in the order of ``HEADINGS``; each different line once."""
    became = (
        pl.when(pl.col("row_number").is_null() & pl.col("column_label").is_null())
        .then(pl.lit("The file waits"))
        .when("is_row_set_aside")
        .then(pl.lit("The row is set aside"))
        .otherwise(pl.lit("The value is left blank"))
    )
    shown = rows.select(
        "file_name",
        pl.col("sheet").fill_null(""),
        "row_number",
        pl.col("column_label").fill_null("Whole row"),
        "what",
        "next_step",
        became.alias("became"),
    ).unique()
    # Every column is in the order, so that the same rows give the same file whatever order they come in.
    shown = shown.sort("file_name", "sheet", "row_number", "column_label", "what", "next_step", "became")
    number = pl.col("row_number").cast(pl.String).fill_null("Whole file")
    column = pl.when(pl.col("row_number").is_null()).then(pl.lit("")).otherwise("column_label")
    return shown.with_columns(number, column_label=column).rows()


def opening_words(lines_count: int, school_name: str) -> str:
    """The sentence at the top of the list."""
    if lines_count == 0:
        return f"{NOTHING}. Everything that {school_name} sent was taken. Thank you."
    points = "1 point needs" if lines_count == 1 else f"{lines_count:,} points need"
    return (
        f"Dear colleagues at {school_name}: {points} your help. Everything else was taken. Please correct these in "
        "your own system or workbook and send the file again; the list is made anew each night."
    )


def _write_csv(lines: list[tuple[str, ...]], path: Path) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:  # the mark tells spreadsheets that it is UTF-8
        writer = csv.writer(file)
        writer.writerow(HEADINGS)
        blank = ("",) * (len(HEADINGS) - 1)
        for line in lines or [(NOTHING, *blank)]:
            writer.writerow([inert(cell) for cell in line])


def _write_workbook(lines: list[tuple[str, ...]], school_name: str, path: Path) -> None:
    import xlsxwriter

    # Dates of members are fixed by xlsxwriter; the document's own are fixed here.
    with xlsxwriter.Workbook(path) as workbook:
        workbook.set_properties({"title": "Please mend", "created": _MADE})
        sheet = workbook.add_worksheet("Please mend")
        wrapped = {"text_wrap": True, "valign": "top"}
        plain, first = workbook.add_format(wrapped), workbook.add_format({**wrapped, "top": 1})
        heading = workbook.add_format({**wrapped, "bold": True, "bg_color": "#1F3A5F", "font_color": "#FFFFFF"})
        title = workbook.add_format({"bold": True, "font_size": 14})
        sheet.write_string(0, 0, "Please mend", title)
        sheet.write_string(1, 0, opening_words(len(lines), school_name))
        if len(lines) > SHOWN_ROWS:
            sheet.write_string(2, 0, f"The first {SHOWN_ROWS:,} are shown here; the CSV file beside this holds all.")
        for place, (name, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True)):
            sheet.set_column(place, place, width)
            if lines:
                sheet.write_string(3, place, name, heading)
        before = None
        for number, line in enumerate(lines[:SHOWN_ROWS], start=4):
            style = plain if line[0] == before else first  # a line above each new file
            before = line[0]
            for place, cell in enumerate(line):
                sheet.write_string(number, place, cell, style)
        if lines:
            sheet.freeze_panes(4, 0)
            sheet.autofilter(3, 0, 3 + min(len(lines), SHOWN_ROWS), len(HEADINGS) - 1)
            sheet.repeat_rows(3)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_paper(9)
