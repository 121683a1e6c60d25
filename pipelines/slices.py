"""From the tables found in a file to slices of raw tables: which school, which period, provenance on every row.

Text stays text. A disagreement between the folder and what the file says of itself is refused here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import polars as pl

from expectations.contract import Period, Table
from expectations.derive import schema
from expectations.errors import SourceFileError
from expectations.tables import RAW
from expectations.tables.deliveries import CORE_QUARANTINE
from expectations.vocabulary import TRUST
from models.calendar import census_day
from pipelines.drop_folder import Arrival
from pipelines.ledger import UNREADABLE, Slice
from pipelines.readers.recognition import Recognised, recognise_delivery
from pipelines.readers.sheet_rows import MALFORMED_RULES, SheetRows
from pipelines.settings import School, Settings

ALL_PERIODS = "all"
_TERM_WORDS = {"autumn": "AUT", "aut": "AUT", "spring": "SPR", "spr": "SPR", "summer": "SUM", "sum": "SUM"}
_NAMED_CENSUS = re.compile(
    r"(20\d\d)[^a-z0-9]*(autumn|spring|summer|aut|spr|sum)|(autumn|spring|summer|aut|spr|sum)[^a-z0-9]*(20\d\d)"
)


def cut_slices(arrival: Arrival, sheets: list[SheetRows], settings: Settings) -> list[Slice]:
    """Every slice that a file brings. Raises ``SourceFileError`` when the file as a whole cannot be taken.

    A sheet that no contract knows (a cover sheet) is passed over as long as another sheet of the file is known;
    a sheet that is nearly known (a required header is missing) refuses the file, so that nothing is half taken.
    """
    filled = [sheet for sheet in sheets if sheet.rows_count]
    recognised, _ = recognise_delivery(filled, RAW, settings.mapping, arrival.file_name)
    slices: list[Slice] = []
    for found in recognised:
        _refuse_wrong_place(arrival, found, settings)
        slices += _slices_of(arrival, found.sheet, found)
    if not slices:
        raise SourceFileError("EMPTY", "The file holds no rows", arrival.file_name, "Export it again.")
    return _joined(slices)


def _refuse_wrong_place(arrival: Arrival, found: Recognised, settings: Settings) -> None:
    source = found.table.source
    assert source is not None
    is_trusts = source.owner == "trust"
    if is_trusts != (arrival.school_urn == TRUST):
        place = "the trust's folder" if is_trusts else "a school's folder"
        raise SourceFileError(
            "WRONG_FOLDER", f"{source.label} belongs in {place}", arrival.file_name, "Move the file there."
        )
    school = next((school for school in settings.schools if school.urn == arrival.school_urn), None)
    if school is not None and _tells_another_school(found.school_codes(), school):
        raise SourceFileError(
            "WRONG_SCHOOL",
            "The file says it is of another school than its folder",
            arrival.file_name,
            "Move the file to the folder of the school that it is about.",
        )


def _tells_another_school(codes: dict[str, frozenset[str]], school: School) -> bool:
    """True when any code that the file gives of its school (URN, LAESTAB, Estab) is not the school's own."""
    own = {school.urn, school.laestab, school.laestab[3:]}
    told = {code.replace("/", "") for name, given in codes.items() if name != "la" for code in given}
    return bool(told - own)


def _slices_of(arrival: Arrival, sheet: SheetRows, recognised: Recognised) -> Iterator[Slice]:
    table = recognised.table
    frame = _raw_frame(arrival, sheet, recognised)
    frame = frame.with_columns(period=_period(arrival, sheet, table, frame))
    if table.source and table.source.period is Period.CENSUS:
        frame = _with_census(frame)
    findings = _findings(arrival, sheet, table)
    periods = frame["period"].unique(maintain_order=True).to_list() or [ALL_PERIODS]
    for place, period in enumerate(periods):
        # Malformed rows have no readable period; they stand with the file's first one.
        mine = (findings if place == 0 else findings.clear()).with_columns(period=pl.lit(period))
        rows = frame.filter(pl.col("period") == period).select(list(schema(table)))
        yield Slice(table, arrival.school_urn, period, rows, mine, mine.height)


def _raw_frame(arrival: Arrival, sheet: SheetRows, recognised: Recognised) -> pl.DataFrame:
    """One text column per declared column, with provenance; what the file does not bring is blank."""
    named = recognised.columns()
    file_name = f"{arrival.file_name} > {sheet.member}" if sheet.member else arrival.file_name
    brought = pl.DataFrame(
        {**named, "row_number": sheet.row_numbers},
        schema={**dict.fromkeys(named, pl.String), "row_number": pl.Int64},
    )
    return brought.with_columns(
        delivery_key=pl.lit(arrival.delivery_key),
        school_urn=pl.lit(arrival.school_urn),
        file_name=pl.lit(file_name),
        sheet=pl.lit(sheet.sheet, pl.String),
    )


def _period(arrival: Arrival, sheet: SheetRows, table: Table, frame: pl.DataFrame) -> pl.Expr:
    assert table.source is not None
    match table.source.period:
        case Period.WHOLE:
            return pl.lit(ALL_PERIODS)
        case Period.ACADEMIC_YEAR:
            return _starting_year("academic_year")
        case Period.FINANCIAL_YEAR:
            return _starting_year("financial_year")
        case Period.CENSUS:
            return pl.lit(_census_of(arrival, sheet))


def _starting_year(column: str) -> pl.Expr:
    return pl.col(column).str.extract(r"(20\d\d)").fill_null(UNREADABLE)


def _census_of(arrival: Arrival, sheet: SheetRows) -> str:
    """``2025-SPR``: from the return's header, or for an extract from the file's name, which alone carries it."""
    term, date = sheet.facts.get("CensusTerm"), sheet.facts.get("ReferenceDate")
    if term and date and re.match(r"20\d\d-", date):
        return f"{date[:4]}-{term.upper()}"
    found = _NAMED_CENSUS.search(arrival.file_name.casefold())
    if not found:
        raise SourceFileError(
            "CENSUS_UNKNOWN",
            "Neither the file nor its name says which census it is",
            arrival.file_name,
            "Name the file with year and term, for example 2025_spring_pupilonroll.csv.",
        )
    year, word = (found[1], found[2]) if found[1] else (found[4], found[3])
    return f"{year}-{_TERM_WORDS[word]}"


def _with_census(frame: pl.DataFrame) -> pl.DataFrame:
    """Census term and day where the file does not bring them: the day follows from the rule."""
    days = {
        period: census_day(int(period[:4]), period[5:]).isoformat() for period in frame["period"].unique().to_list()
    }
    return frame.with_columns(
        census_term=pl.coalesce("census_term", pl.col("period").str.slice(5)),
        reference_date=pl.coalesce("reference_date", pl.col("period").replace_strict(days, return_dtype=pl.String)),
    )


def _findings(arrival: Arrival, sheet: SheetRows, table: Table) -> pl.DataFrame:
    """One row per malformed row, in the shape of the quarantine."""
    file_name = f"{arrival.file_name} > {sheet.member}" if sheet.member else arrival.file_name
    rows = [
        {
            "delivery_key": arrival.delivery_key,
            "school_urn": arrival.school_urn,
            "file_name": file_name,
            "sheet": sheet.sheet,
            "row_number": row.row_number,
            "table_name": table.name,
            "source_label": table.source.label if table.source else None,
            "column_label": row.column or None,
            "rule": row.rule,
            "what": MALFORMED_RULES[row.rule][0],
            "next_step": MALFORMED_RULES[row.rule][1],
            "is_row_set_aside": True,
        }
        for row in sheet.malformed
    ]
    return pl.DataFrame(rows, schema=schema(CORE_QUARANTINE))


def _joined(slices: list[Slice]) -> list[Slice]:
    """One slice per table, school and period, where a file brings the same table twice (pupils on and off roll)."""
    joined: dict[tuple[str, str], Slice] = {}
    for piece in slices:
        place = (piece.table.name, piece.period)
        before = joined.get(place)
        joined[place] = piece if before is None else Slice(
            piece.table, piece.school_urn, piece.period, pl.concat([before.frame, piece.frame]),
            pl.concat([before.findings, piece.findings]), before.malformed_count + piece.malformed_count,
        )  # fmt: skip
    return list(joined.values())
