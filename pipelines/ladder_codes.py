"""Where each code stands on the one ladder: the list that is shipped, and a trust's own after it."""

from __future__ import annotations

import polars as pl

from expectations.derive import conform
from expectations.errors import SettingsError
from expectations.tables.progress import CODE_PLACINGS, CORE_LADDER_CODES, RUNGS
from pipelines.reference_data import own_list, read_reference
from pipelines.settings import Settings

_COLUMNS = (
    "ladder_system", "mark_code", "valid_from_date", "valid_until_date", "code_placing", "ladder_rung", "ladder_step",
)  # fmt: skip
_KEY = list(CORE_LADDER_CODES.key)
_MEND = "Correct the file."


def ladder_codes(settings: Settings) -> pl.DataFrame:
    """CORE_LADDER_CODES: the shipped list; a row of the trust's own file takes the place of one with the same key.

    Raises ``SettingsError`` for a file that lacks columns, and for rows without a date, with a rung that is none, or
    two versions of one code that hold on the same day.
    """
    own = own_list(settings, "ladder_file", _COLUMNS)
    frames = [frame for frame in (own, read_reference("ladder_codes.csv")) if frame is not None]
    listed = pl.concat([_typed(frame.select(_COLUMNS)) for frame in frames])
    typed = listed.unique(_KEY, keep="first", maintain_order=True)
    _refuse_odd(typed, str(settings.ladder_file or "ladder_codes.csv"))
    numbered = typed.with_columns(
        ladder_rung_number=pl.col("ladder_rung").replace_strict(
            {rung: place for place, rung in enumerate(RUNGS)}, default=None, return_dtype=pl.Int64
        )
    )
    return conform(numbered.select(CORE_LADDER_CODES.column_names), CORE_LADDER_CODES).sort(_KEY)


def _typed(frame: pl.DataFrame) -> pl.DataFrame:
    """Text to kinds; a day that is none becomes blank and is refused with the others."""
    return frame.with_columns(pl.all().str.strip_chars().replace("", None)).with_columns(
        pl.col("ladder_system", "mark_code", "code_placing", "ladder_rung").str.to_uppercase(),
        pl.col("valid_from_date", "valid_until_date").str.to_date("%Y-%m-%d", strict=False),
        pl.col("ladder_step").cast(pl.Int64, strict=False),
    )


def _refuse_odd(codes: pl.DataFrame, where: str) -> None:
    is_placed = pl.col("code_placing") == "PLACED"
    has_place = pl.col("ladder_rung").is_in(RUNGS).fill_null(False) & pl.col("ladder_step").is_not_null()
    odd = codes.filter(
        pl.any_horizontal(pl.col(*_KEY, "code_placing").is_null())
        | ~pl.col("code_placing").is_in(CODE_PLACINGS)
        | (is_placed & ~has_place)
        | (~is_placed & pl.col("ladder_rung").is_not_null())
        | (pl.col("valid_until_date") < pl.col("valid_from_date"))
    )
    if odd.height:
        raise SettingsError(f"{odd.height} rows of the ladder cannot be read", where, _MEND)
    after = pl.col("valid_from_date").shift(-1).over("ladder_system", "mark_code", order_by="valid_from_date")
    still = pl.col("valid_until_date").is_null() | (pl.col("valid_until_date") >= after)
    if codes.filter(after.is_not_null() & still).height:
        raise SettingsError("Two versions of a code hold on the same day", where, "End one before the next begins.")
