"""Read delivered text as typed values: dates, money, numbers, yes and no, codes. One column at a time.

Every reader answers a value or nothing; a text that cannot be read is never guessed at. Nothing here knows
rows, pupils or quarantine (``clean.py`` does).
"""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from expectations import vocabulary as v
from expectations.checks import Matches, OneOf, ValidUpn
from expectations.contract import Column, Kind
from expectations.derive import POLARS_TYPES
from expectations.spellings import SPELLINGS

NOT_READABLE: dict[Kind, tuple[str, str]] = {
    Kind.DATE: ("is not a date", "Write day, month and a four-digit year, such as 25/04/2020 or 2020-04-25."),
    Kind.MONEY: ("is not an amount in pounds and pence", "Write the amount as 1,200.50 without words."),
    Kind.INTEGER: ("is not a whole number", "Write a whole number without words."),
    Kind.NUMBER: ("is not a number", "Write a number such as 12.5 without words."),
    Kind.BOOLEAN: ("is not yes or no", "Write Yes or No."),
    Kind.TEXT: ("is not text", "Write the value as text."),
}
_TIME = r"(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?"
_MONTH_NUMBERS = {name: f"{place:02}" for place, name in enumerate(v.MONTHS, start=1)}
_MONTH_NUMBERS |= {name[:3]: number for name, number in _MONTH_NUMBERS.items()} | {"sept": "09"}


def tidy(text: pl.Expr) -> pl.Expr:
    """NFC, one kind of space, no control or invisible characters, trimmed; an empty text is a blank."""
    spaced = text.str.normalize("NFC").str.replace_all(r"[\t\n\v\f\r\u{2028}\u{2029}]+|\p{Zs}", " ")
    shown = spaced.str.replace_all(r"[\p{Cc}\p{Cf}]", "").str.strip_chars()
    return pl.when(shown != "").then(shown)


def fold(text: pl.Expr) -> pl.Expr:
    """Lower case, letters and digits only: what decides whether two spellings of a code are one."""
    signs = text.str.replace_all("&", "and", literal=True).str.replace_all("+", "plus", literal=True)
    return signs.str.to_lowercase().str.replace_all(r"[^a-z0-9]", "")


def fold_name(text: pl.Expr) -> pl.Expr:
    """A person's name reduced to what decides a match: letters and digits of any script, no accents, no case."""
    bare = text.str.normalize("NFKD").str.replace_all(r"\p{M}", "").str.to_lowercase()
    return bare.str.replace_all(r"[^\p{L}\p{N}]", "")


def read_date(text: pl.Expr) -> pl.Expr:
    """Year first, or day first with a four-digit year; a month above 12 or a two-digit year is not read.

    The parts are put together as ISO text, so that 31 February answers nothing instead of another day.
    """
    year_first = text.str.extract_groups(rf"^(?P<y>\d{{4}})[-/](?P<m>\d{{1,2}})[-/](?P<d>\d{{1,2}}){_TIME}$")
    day_first = [
        text.str.extract_groups(rf"^(?P<d>\d{{1,2}}){mark}(?P<m>\d{{1,2}}){mark}(?P<y>\d{{4}}){_TIME}$")
        for mark in ("/", "-", r"\.")
    ]
    named = [
        text.str.extract_groups(rf"^(?P<y>\d{{4}})-(?P<m>[A-Za-z]{{3,9}})-(?P<d>\d{{1,2}}){_TIME}$"),
        text.str.extract_groups(
            rf"^(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[ -](?P<m>[A-Za-z]{{3,9}})[ -,]+(?P<y>\d{{4}}){_TIME}$"
        ),
    ]
    written = [(parts, parts.struct.field("m").str.zfill(2)) for parts in (year_first, *day_first)]
    written += [
        (parts, parts.struct.field("m").str.to_lowercase().replace_strict(_MONTH_NUMBERS, default=None))
        for parts in named
    ]
    iso = pl.coalesce(
        pl.concat_str([parts.struct.field("y"), month, parts.struct.field("d").str.zfill(2)], separator="-")
        for parts, month in written
    )
    return iso.str.to_date("%Y-%m-%d", strict=False)


def read_money(text: pl.Expr) -> pl.Expr:
    """Pounds to whole pence by whole-number arithmetic; brackets or a minus sign mean below nothing."""
    form = r"(?P<pounds>\d{1,3}(?:,\d{3}){1,3}|\d{1,12})(?:\.(?P<pence>\d{1,2}))?"
    plain = text.str.extract_groups(rf"^(?P<sign>-?) ?£? ?(?P<inner>-?){form}$")
    bracketed = text.str.extract_groups(rf"^\(£? ?{form}\)$")

    def pence(parts: pl.Expr) -> pl.Expr:
        pounds = parts.struct.field("pounds").str.replace_all(",", "", literal=True).cast(pl.Int64)
        small = parts.struct.field("pence").str.pad_end(2, "0").cast(pl.Int64).fill_null(0)
        return pounds * 100 + small

    signs = plain.struct.field("sign") + plain.struct.field("inner")
    positive = pence(plain)
    return pl.coalesce(
        pl.when(signs == "").then(positive).when(signs == "-").then(-positive),
        -pence(bracketed),
    )


def _with_plain_minus(text: pl.Expr) -> pl.Expr:
    """A word processor's minus sign or dash before a digit is the minus that was typed: levels go from -2 to +2."""
    return text.str.replace(r"^[\u{2212}\u{2013}] ?([0-9.])", "-$1")


def read_number(text: pl.Expr) -> pl.Expr:
    """A plain decimal number; no exponent, no infinity, no words."""
    text = _with_plain_minus(text)
    plain = pl.when(text.str.contains(r"^[+-]?(?:\d{1,15}(?:\.\d*)?|\.\d+)$")).then(text)
    grouped = pl.when(text.str.contains(r"^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$")).then(text)
    return pl.coalesce(plain, grouped).str.replace_all(",", "", literal=True).cast(pl.Float64, strict=False)


def read_integer(text: pl.Expr) -> pl.Expr:
    """A whole number; ``12.0`` is one, ``12.5`` is not."""
    text = _with_plain_minus(text)
    bare = text.str.replace_all(",", "", literal=True)
    is_whole = text.str.contains(r"^[+-]?(?:\d{1,15}|\d{1,3}(?:,\d{3})+)(?:\.0*)?$")
    return pl.when(is_whole).then(bare.str.extract(r"^([+-]?\d+)", 1)).cast(pl.Int64, strict=False)


def read_year(text: pl.Expr) -> pl.Expr:
    """The year in which an academic or financial year starts: 2025, 2025/26, 2025-2026, 202526 are all 2025."""
    single = text.str.extract(r"^(\d{4})(?:\.0*)?$", 1).cast(pl.Int64)
    pair = text.str.extract_groups(r"^(?P<first>\d{4}) ?[/–-]? ?(?:\d{2})?(?P<second>\d{2})$")
    first, second = (pair.struct.field(name).cast(pl.Int64) for name in ("first", "second"))
    return pl.coalesce(single, pl.when((first + 1) % 100 == second).then(first))


def read_boolean(text: pl.Expr) -> pl.Expr:
    """Yes and no in the ways that schools' systems write them."""
    lowered = text.str.to_lowercase()
    is_true, is_false = lowered.is_in(v.TRUE_WORDS), lowered.is_in(v.FALSE_WORDS)
    return pl.when(is_true).then(pl.lit(True)).when(is_false).then(pl.lit(False))


def _without_decimals(text: pl.Expr) -> pl.Expr:
    """A number that a spreadsheet kept as 3512.0 is the code 3512."""
    return text.str.replace(r"^(\d+)\.0+$", "$1")


def _read_code(text: pl.Expr, column: Column) -> pl.Expr:
    """The list's own spelling of a code; what matches nothing is kept for the rule that will name it."""
    closed = next((check.values for check in column.checks if isinstance(check, OneOf)), ())
    spellings = {_folded(value): value for value in closed} | dict(SPELLINGS.get(column.name, {}))
    code = _without_decimals(text)
    return pl.coalesce(fold(code).replace_strict(spellings, default=None, return_dtype=pl.String), code)


def _folded(value: str) -> str:
    return str(pl.select(fold(pl.lit(value))).item())


def _read_identifier(text: pl.Expr, column: Column) -> pl.Expr:
    """Identifiers and codes of a stated form: upper case, no blanks, no spreadsheet decimals."""
    bare = _without_decimals(text).str.to_uppercase()
    if column.name.endswith("school_urn"):
        return bare.str.replace(r"^URN:? ?", "")
    is_upn = any(isinstance(check, ValidUpn) for check in column.checks)
    return bare.str.replace_all(" ", "", literal=True) if is_upn else bare


def _is_code(column: Column) -> bool:
    return column.name in SPELLINGS or any(isinstance(check, OneOf) for check in column.checks)


def _is_identifier(column: Column) -> bool:
    return column.name in v.PERSON_NUMBERS or any(isinstance(c, Matches | ValidUpn) for c in column.checks)


_BY_KIND: dict[Kind, Callable[[pl.Expr], pl.Expr]] = {
    Kind.DATE: read_date,
    Kind.MONEY: read_money,
    Kind.NUMBER: read_number,
    Kind.INTEGER: read_integer,
    Kind.BOOLEAN: read_boolean,
}


def read_text(text: pl.Expr, column: Column) -> pl.Expr:
    """The typed value of a tidied text, by the column's kind; nothing where it cannot be read."""
    if column.name in v.YEARS:
        return read_year(text)
    if column.kind is not Kind.TEXT:
        return _BY_KIND[column.kind](text)
    if _is_code(column):
        return _read_code(text, column)
    return _read_identifier(text, column) if _is_identifier(column) else text


def read_distinct(texts: pl.Series, column: Column) -> pl.DataFrame:
    """One row per distinct delivered text of a column: ``text``, its typed ``value``, and ``is_unreadable``.

    Words such as "n/a" mean a blank in dates, numbers, codes and identifiers, and are kept in names and free text.
    """
    distinct = texts.unique().drop_nulls().alias("text").to_frame().with_columns(tidied=tidy(pl.col("text")))
    value = read_text(pl.col("tidied"), column).cast(POLARS_TYPES[column.kind])
    read = distinct.with_columns(value=value)
    if column.kind is not Kind.TEXT or _is_code(column) or _is_identifier(column):
        means_blank = pl.col("tidied").str.to_lowercase().is_in(v.BLANK_WORDS)
        if _is_code(column):  # "none" is no blank where it is the name of a code
            means_blank = means_blank & (pl.col("tidied") == pl.col("value"))
        blank = pl.when(~means_blank)
        read = read.with_columns(tidied=blank.then(pl.col("tidied")), value=blank.then(pl.col("value")))
    is_unreadable = pl.col("tidied").is_not_null() & pl.col("value").is_null()
    return read.select("text", "value", is_unreadable=is_unreadable)
