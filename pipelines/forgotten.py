"""Who has been erased: a list of keyed digests, and the rows of a delivery that it sets aside.

The list holds no number and no name; without the trust's key nobody can try numbers against it. A row that it knows is
counted and told of like any other that is set aside, and nothing of what it says is kept.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import hmac
import os
from collections.abc import Iterable
from dataclasses import dataclass, replace

import polars as pl

from expectations.checks import ValidUpn
from expectations.contract import Table
from expectations.derive import schema
from expectations.errors import OrchardError
from expectations.tables.deliveries import CORE_QUARANTINE
from expectations.vocabulary import TRUST
from models.clean_values import fold_name, read_text, tidy
from pipelines.ledger import Slice
from pipelines.settings import Settings

Identifier = tuple[str, str, str]
"""Kind, school (or the trust, where the value is known beyond a school) and value."""
RULE = "ERASED"
_WHAT = "The pupil of this row was erased at the trust's word; nothing of the row is kept"
_NEXT_STEP = "Leave the pupil out of the export; nothing else needs mending."
BLANKED = {"raw_money__agency_invoices": "plan_reference"}
"""Tables whose rows are the trust's money and stay; the column that leads to a pupil is blanked."""
CENSUS, _CENSUS_CHILD = "raw_school_census__pupils", "raw_school_census__sen_needs"
_CENSUS_KEY = ("delivery_key", "school_urn", "reference_date", "pupil_on_roll_id")
"""A pupil's number within one return; another return may give it to somebody else."""


@dataclass(frozen=True)
class Forgotten:
    """The digests of everybody erased, and the key that they are made with."""

    digests: frozenset[str]
    key: bytes

    def digest(self, identifier: Identifier) -> str:
        """What the list keeps of an identifier."""
        told = "\x1f".join(("forgotten", *identifier))
        return hmac.new(self.key, told.encode(), hashlib.sha256).hexdigest()[:32]

    def marks(self, table: Table, frame: pl.DataFrame) -> pl.Series:
        """Which delivered rows (text, as in a raw table) are of somebody erased; each value read as the night reads it.

        A UPN that is well formed decides. Where there is none, the school's number, Insight's, the reference of a plan
        or name with birth date do.
        """
        has = frame.columns

        def text(name: str) -> pl.Expr:
            return _as_cleaned(table, name)

        by_upn, others = [_none(frame)], [_none(frame)]
        by_upn += [
            self._knows(frame, "UPN", pl.lit(TRUST), text(name)) for name in ("upn", "former_upn") if name in has
        ]
        school = pl.col("school_urn")
        for kind, name in (("MIS_ID", "mis_id"), ("INSIGHT_ID", "insight_pupil_id")):
            if name in has:
                others.append(self._knows(frame, kind, school, text(name)))
        if "plan_reference" in has:
            owner = text("funded_school_urn") if "funded_school_urn" in has else school
            others.append(self._knows(frame, "PLAN", owner, text("plan_reference")))
        if {"surname", "forename", "birth_date"} <= set(has):
            others.append(self._knows(frame, "NAME", school, named("surname", "forename", _read(table, "birth_date"))))
        decided = _is_well_formed(table, frame) if "upn" in has else _none(frame)
        return _any(by_upn) | (_any(others) & ~decided)

    def _knows(self, frame: pl.DataFrame, kind: str, school: pl.Expr, value: pl.Expr) -> pl.Series:
        asked = frame.select(school=school, value=value.cast(pl.String))
        known = [
            (where, what) for where, what in asked.unique().drop_nulls().rows()
            if self.digest((kind, where, what)) in self.digests
        ]  # fmt: skip
        hits = pl.DataFrame(known, schema={"school": pl.String, "value": pl.String}, orient="row")
        joined = asked.join(hits.with_columns(hit=True), on=["school", "value"], how="left", maintain_order="left")
        return joined["hit"].fill_null(False)

    def set_aside(self, slices: list[Slice]) -> tuple[list[Slice], int]:
        """The slices of one delivery without the rows of anybody erased, each of which is among the findings.

        An invoice stays and names no plan. Also how many rows were of somebody erased.
        """
        if not self.digests:
            return slices, 0
        marked = {id(piece): self.marks(piece.table, piece.frame) for piece in slices}
        erased = erased_census_rows(p.frame.filter(marked[id(p)]) for p in slices if p.table.name == CENSUS)
        marked = {id(p): marked[id(p)] | is_below(p.table, p.frame, erased) for p in slices}
        cut = [_without(piece, marked[id(piece)]) for piece in slices]
        return cut, sum(int(marks.sum()) for marks in marked.values())


def _without(piece: Slice, marked: pl.Series) -> Slice:
    if not marked.any():
        return piece
    if piece.table.name in BLANKED:
        return replace(piece, frame=blanked(piece.table, piece.frame, marked))
    gone = findings_of(piece.table, piece.frame.filter(marked))
    return replace(
        piece, frame=piece.frame.filter(~marked), findings=pl.concat([piece.findings, gone]),
        malformed_count=piece.malformed_count + gone.height,
    )  # fmt: skip


def blanked(table: Table, frame: pl.DataFrame, marked: pl.Series) -> pl.DataFrame:
    """Rows of a table that stay, without what leads to somebody erased."""
    name = BLANKED[table.name]
    return frame.with_columns(pl.when(~marked).then(pl.col(name)).alias(name))


def read_forgotten(settings: Settings) -> Forgotten:
    """The list of a home; empty when nobody was erased. Raises ``OrchardError`` when it cannot be read."""
    key = settings.pupil_key_secret().get_secret_value().encode()
    try:
        with settings.forgotten_file.open(encoding="ascii", newline="") as file:
            return Forgotten(frozenset(row["digest"] for row in csv.DictReader(file)), key)
    except FileNotFoundError:
        return Forgotten(frozenset(), key)
    except (OSError, KeyError, ValueError):
        raise OrchardError("The list of who was erased cannot be read", settings.forgotten_file.name,
                           "Restore it from a backup: without it the erased come back.") from None  # fmt: skip


def remember_forgotten(settings: Settings, identifiers: Iterable[Identifier], now: dt.datetime) -> Forgotten:
    """Add the digests of one pupil's identifiers, durably, with the day; the list as it is then."""
    known = read_forgotten(settings)
    new = sorted({known.digest(one) for one in identifiers} - known.digests)
    descriptor = os.open(settings.forgotten_file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "a", encoding="ascii") as out:
        if out.tell() == 0:
            out.write("digest,since\n")
        out.writelines(f"{digest},{now.astimezone(dt.UTC):%Y-%m-%d}\n" for digest in new)
        out.flush()
        os.fsync(out.fileno())
    return replace(known, digests=known.digests | set(new))


def normal(column: str) -> pl.Expr:
    """An identifier that was cleaned, as it is compared: whatever its case."""
    text = pl.col(column).cast(pl.String).str.strip_chars().str.to_uppercase()
    return pl.when(text != "").then(text)


def _read(table: Table, column: str) -> pl.Expr:
    """A delivered column as the night reads it: the list was made of what cleaning keeps."""
    return read_text(tidy(pl.col(column).cast(pl.String)), table.by_name[column])


def _as_cleaned(table: Table, column: str) -> pl.Expr:
    """A delivered identifier as it is compared."""
    return _read(table, column).str.to_uppercase()


def named(surname: str, forename: str, *more: str | pl.Expr) -> pl.Expr:
    """Name, and birth date if it is given, as one text; blank where any of them is."""
    folded = [fold_name(pl.col(name).cast(pl.String)) for name in (surname, forename)]
    dates = [(pl.col(one) if isinstance(one, str) else one).cast(pl.String) for one in more]
    return pl.concat_str(*folded, *dates, separator=" ")


def erased_census_rows(frames: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """What names erased pupils within their census returns."""
    keys = [frame.select(_CENSUS_KEY).cast(pl.String) for frame in frames]
    return pl.concat(keys) if keys else pl.DataFrame(schema=dict.fromkeys(_CENSUS_KEY, pl.String))


def is_below(table: Table, frame: pl.DataFrame, erased: pl.DataFrame) -> pl.Series:
    """Rows of a census return that hang on a pupil's row of the same return."""
    if table.name != _CENSUS_CHILD:
        return _none(frame)
    keys = frame.select(_CENSUS_KEY).cast(pl.String)
    joined = keys.join(erased.unique().with_columns(hit=True), on=_CENSUS_KEY, how="left", maintain_order="left")
    return joined["hit"].fill_null(False)


def findings_of(table: Table, rows: pl.DataFrame) -> pl.DataFrame:
    """One finding a row, in the shape of the quarantine with its period: where the row was, nothing of what it said."""
    told = rows.select(
        "delivery_key", "school_urn", "file_name", "sheet", "row_number", "period", table_name=pl.lit(table.name),
        source_label=pl.lit(table.source.label if table.source else None, pl.String),
        column_label=pl.lit(None, pl.String), rule=pl.lit(RULE), what=pl.lit(_WHAT), next_step=pl.lit(_NEXT_STEP),
        is_row_set_aside=pl.lit(True),
    )  # fmt: skip
    return told.select(*schema(CORE_QUARANTINE), "period")


def _is_well_formed(table: Table, frame: pl.DataFrame) -> pl.Series:
    upn = frame.select(upn=_as_cleaned(table, "upn"))
    return upn.select(pl.col("upn").is_not_null() & ~ValidUpn().failing("upn")).to_series()


def _none(frame: pl.DataFrame) -> pl.Series:
    return pl.repeat(False, frame.height, dtype=pl.Boolean, eager=True)


def _any(marks: list[pl.Series]) -> pl.Series:
    found = marks[0]
    for more in marks[1:]:
        found = found | more
    return found
