"""The only door to an aggregate mart: small groups are hidden here, once, in the build (METHODS E2, R1 to R4 and R6).

``release`` takes true values and gives back what may be published; ``refuse_unreleased`` is the last look before
publishing. What each column is (a count, a rate, an amount) is declared in its contract, nowhere else.

Inside a table protection is complete: an attacker tries all its sums together (``attack``), and further cells are
hidden until nothing small can be worked out (``secondary``). Over all tables of a release ``refuse_what_follows`` tries
once more before publishing. Not searched yet: earlier releases of the same people, and sums between tables that no
contract declares; so the aggregate marts must stay **few, coarse tables**. Words are hidden with the counts they name.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from math import isfinite

import polars as pl

from expectations.contract import Amount, Column, Count, Kind, Rate, Sensitivity, Table, Unit, Worded
from expectations.derive import conform
from expectations.errors import DisclosureError
from expectations.vocabulary import HIDDEN_COLUMNS
from models.attack import Published, surely_small
from models.secondary import complete, names_in
from models.suppression import (
    OUTSIDE_TRUST,
    Row,
    Thresholds,
    find_sums,
    hide_dependants,
    hide_small,
    hide_what_follows,
    hide_words,
    hideable_columns,
    is_exposed,
    is_share,
)

__all__ = ["OUTSIDE_TRUST", "Thresholds", "prepare", "refuse_unreleased", "refuse_what_follows", "release"]

DECIMALS: dict[Unit | None, int] = {Unit.RATE: 2, Unit.SD: 2, Unit.POINTS: 1, Unit.HOURS: 0, None: 0}
"""Decimals of published figures: rates in whole per cent (R2), effects as exactly as their range deserves."""
DATA_DATE = "data_date"
_USE_DOOR = "Pass the model's frame through models.disclosure.release."
_MEND_DECLARATION = "Mend the table's declaration in expectations/tables."


Leaders = Mapping[str, pl.DataFrame]
"""Released marts, by name, that columns of another mart follow."""


def leaders_of(table: Table) -> tuple[str, ...]:
    """The marts that must be released before this one, because columns of it follow theirs."""
    return tuple(sorted({leader for leader, _, _ in _followers(table)}))


def release(
    frame: pl.DataFrame,
    table: Table,
    thresholds: Thresholds = Thresholds(),  # noqa: B008
    leaders: Leaders | None = None,
) -> pl.DataFrame:
    """The frame that may be published: exactly the contract's columns, sorted by key, small groups hidden.

    ``frame`` has the mart's columns with true values (``hidden_columns`` may be absent) and the input columns named
    by ``Amount.largest`` and ``second`` (the largest contributions, in pence, without sign) and by ``Rate.base``,
    which are dropped.
    ``leaders``: the released marts that columns of this one follow; what they hide is hidden here.
    A hidden cell is null and named in ``hidden_columns`` (sorted, comma separated), so that hidden and missing stay
    different. Raises ``DisclosureError`` for a table or frame that cannot be released safely.
    """
    _refuse_declaration(table)
    needed = _input_only(table)
    frame = _without_marks(frame, table)
    _refuse_columns(table, frame, needed)
    ordered = frame.sort(list(table.key)) if table.key else frame  # the order of rows must not rank hidden values
    rows = ordered.to_dicts()
    _refuse_impossible(table, rows)
    hidden, told = _led(rows, table, leaders or {}, thresholds)
    hidden = [names | hide_small(row, table, thresholds, names) for row, names in zip(rows, hidden, strict=True)]
    hide_what_follows(rows, hidden, table, thresholds)
    complete(rows, hidden, table, thresholds, told)
    hidden = [names | hide_words(row, names, table) for row, names in zip(rows, hidden, strict=True)]
    masks = {name: pl.Series([name in names for names in hidden]) for name in sorted(set().union(*hidden))}
    released = ordered.drop(needed).with_columns(
        pl.when(mask).then(None).otherwise(pl.col(name)).alias(name) for name, mask in masks.items()
    )
    released = released.with_columns(_rounded(column) for column in table.columns if _decimals(column) is not None)
    if HIDDEN_COLUMNS.name in table.by_name:
        listed = [",".join(sorted(names)) for names in hidden]
        released = released.with_columns(pl.Series(HIDDEN_COLUMNS.name, listed, dtype=pl.String))
    return conform(released, table)


def _followers(table: Table) -> list[tuple[str, str, str]]:
    """(leading mart, its column, ours) of every column that follows one."""
    named = [(column.release.follows, column.name) for column in table.columns
             if isinstance(column.release, Count) and column.release.follows]  # fmt: skip
    return [(leader.split(".")[0], leader.split(".")[1], name) for leader, name in named]


def _leading(rows: Sequence[Row], table: Table, leaders: Leaders) -> Iterator[tuple[int, str, Row, str]]:
    """(place of a row, our column, the leading mart's row of the same school, its column) of all that is led."""
    for leader, column, name in _followers(table):
        theirs = {row["school_urn"]: row for row in leaders[leader].to_dicts()} if leader in leaders else {}
        for at, row in enumerate(rows):
            if row["school_urn"] in theirs:
                yield at, name, theirs[row["school_urn"]], column


def _led(
    rows: Sequence[Row], table: Table, leaders: Leaders, thresholds: Thresholds
) -> tuple[list[set[str]], list[set[str]]]:
    """In each row the columns that a leading mart hides for the same school, and those that it shows."""
    hidden: list[set[str]] = [set() for _ in rows]
    told: list[set[str]] = [set() for _ in rows]
    for at, name, led, column in _leading(rows, table, leaders):
        if rows[at][name] is None:
            continue
        if column in _marked(led):
            hidden[at] |= _nearly_all(rows[at], name, table, thresholds)
        elif led[column] is not None:
            told[at].add(name)
    return hidden, told


def _nearly_all(row: Row, whole: str, table: Table, thresholds: Thresholds) -> set[str]:
    """A count and those parts of it, and of these, that are all or nearly all of it: each would say as much."""
    found, is_growing = {whole}, True
    while is_growing:
        parts = {
            column.name
            for column in table.columns
            if isinstance(column.release, Count) and column.release.of in found and row[column.name] is not None
            and row[whole] - row[column.name] < thresholds.minimum_count
        }  # fmt: skip
        is_growing = not parts <= found
        found |= parts
    return found


def prepare(frame: pl.DataFrame, table: Table, data_date: dt.date) -> pl.DataFrame:
    """A model's frame as ``release`` wants it: the mart's columns, dated, and those that the door needs; no others.

    A column of the model that the mart does not declare stays in the house.
    """
    wanted = [name for name in table.by_name if name not in (DATA_DATE, HIDDEN_COLUMNS.name)]
    return frame.select(*wanted, *_input_only(table)).with_columns(pl.lit(data_date).alias(DATA_DATE))


def _decimals(column: Column) -> int | None:
    """How exactly a mean, rate or effect is published; counts and pence are whole already."""
    if not isinstance(column.release, Rate) or column.kind is not Kind.NUMBER:
        return None
    return DECIMALS.get(column.unit, 1) if column.release.decimals is None else column.release.decimals


def _rounded(column: Column) -> pl.Expr:
    return pl.col(column.name).round(_decimals(column) or 0, mode="half_away_from_zero")


def _without_marks(frame: pl.DataFrame, table: Table) -> pl.DataFrame:
    """The frame with an empty list of hidden columns; a frame with marks has been released before."""
    name = HIDDEN_COLUMNS.name
    if name in frame.columns and not (frame[name].fill_null("") == "").all():
        raise DisclosureError("The frame has been released before", table.name, "Release the model's true values once.")
    return frame.with_columns(pl.lit("").alias(name)) if name in table.by_name else frame


def refuse_unreleased(table: Table, frame: pl.DataFrame, thresholds: Thresholds = Thresholds()) -> None:  # noqa: B008
    """Raise ``DisclosureError`` unless every shown figure could have come through ``release``.

    For publishing: catches a frame that bypassed the door. It sees only what a reader sees, so it proves less than
    the door does; a frame of one school and the trust is fine.
    """
    _refuse_declaration(table)
    _refuse_columns(table, frame, ())
    rows = frame.to_dicts()
    _refuse_impossible(table, rows)
    hidden = [_marked(row) for row in rows]
    hideable = {column.name for column in (*hideable_columns(table), *_dependent_words(table))}
    marked = [(row, name) for row, names in zip(rows, hidden, strict=True) for name in names]
    if any(name not in hideable or row[name] is not None for row, name in marked):
        raise DisclosureError("A figure is shown that is listed as hidden", table.name, _USE_DOOR)
    for row, names in zip(rows, hidden, strict=True):
        found = hide_small(row, table, thresholds, names)
        small = {name for name in found if not _is_rounded(table.by_name[name], row, thresholds)}
        shown = small | hide_dependants(row, names, table) | hide_words(row, names, table)
        if shown:
            where = f"{table.name}: {', '.join(sorted(shown))}"
            raise DisclosureError("A figure of a small group is shown", where, _USE_DOOR)
    for total in find_sums(rows, table):
        if is_exposed(total, rows, hidden, table, thresholds):
            raise DisclosureError("A hidden figure can be worked out", f"{table.name}.{total.parts[0][1]}", _USE_DOOR)


def refuse_what_follows(released: Mapping[Table, pl.DataFrame], thresholds: Thresholds = Thresholds()) -> int:  # noqa: B008
    """The number of hidden counts that an attacker tried to work out from all released tables together, in vain.

    Raises ``DisclosureError`` naming the first table and column of which a small number can be worked out (METHODS E4).
    """
    leaders = {table.name: frame for table, frame in released.items()}
    tables = [_as_read(table, frame, leaders) for table, frame in released.items()
              if table.sensitivity is Sensitivity.AGGREGATE]  # fmt: skip
    tried, found = surely_small(tables, thresholds.minimum_count)
    if found:
        name, _, column = found[0]
        raise DisclosureError("A hidden figure can be worked out", f"{name}.{column}", "Roll back; tell the makers.")
    return tried


def _as_read(table: Table, frame: pl.DataFrame, leaders: Leaders) -> Published:
    """A released table as a reader of all tables has it: a hidden number that a leading mart shows is known."""
    rows = frame.to_dicts()
    hidden = [_marked(row) for row in rows]
    for at, name, led, column in _leading(rows, table, leaders):
        if name in hidden[at] and led[column] is not None:
            hidden[at].discard(name)
            rows[at][name] = led[column]
    return Published(table, rows, hidden)


def _marked(row: Row) -> set[str]:
    """The columns that a released row lists as hidden."""
    return set(filter(None, str(row.get(HIDDEN_COLUMNS.name) or "").split(",")))


def _is_rounded(column: Column, row: Row, thresholds: Thresholds) -> bool:
    """True for a share in whole per cent of a group that may have one: times its group it is no count any more."""
    role = column.release
    if not isinstance(role, Rate) or not is_share(column) or row[role.denominator] is None:
        return False
    return row[role.denominator] >= thresholds.minimum_denominator and row[column.name] == round(row[column.name], 2)


def _input_only(table: Table) -> list[str]:
    """Columns that the door needs and drops."""
    roles = [column.release for column in table.columns]
    named = {name for role in roles if isinstance(role, Amount) for name in (role.largest, role.second)}
    named |= {role.base for role in roles if isinstance(role, Rate)}
    return sorted(name for name in named if name and name not in table.by_name)


def _refuse_declaration(table: Table) -> None:
    """A table is released only if its contract says, for every column, how."""
    if table.sensitivity is not Sensitivity.AGGREGATE:
        raise DisclosureError("The table is not declared as an aggregate", table.name, _MEND_DECLARATION)
    if any(column.release is None for column in table.columns):
        raise DisclosureError("A column has no disclosure role", table.name, _MEND_DECLARATION)
    figures = hideable_columns(table)
    for column in figures:
        if column.required or column.kind not in (Kind.INTEGER, Kind.NUMBER, Kind.MONEY):
            where = f"{table.name}.{column.name}"
            raise DisclosureError("A figure that may be hidden is not an optional number", where, _MEND_DECLARATION)
    words = _dependent_words(table)
    if any(column.required for column in words):
        raise DisclosureError("Words that may be hidden are not optional", table.name, _MEND_DECLARATION)
    named = {name for column in (*figures, *words) for name in names_in(column.release)}
    named |= {name for partition in table.partitions for name in (partition.whole, *partition.parts)}
    unknown = sorted(named - set(table.by_name))
    if any(isinstance(column.release, Amount) and _lacks_largest(column.release) for column in figures) and not unknown:
        raise DisclosureError("An amount names no largest contributions", table.name, _MEND_DECLARATION)
    if unknown or (figures and HIDDEN_COLUMNS.name not in table.by_name):
        missing = unknown or [HIDDEN_COLUMNS.name]
        raise DisclosureError(f"The table has no column {', '.join(missing)}", table.name, _MEND_DECLARATION)


def _dependent_words(table: Table) -> list[Column]:
    """Columns of words that are hidden with a count."""
    return [column for column in table.columns if isinstance(column.release, Worded) and column.release.of]


def _lacks_largest(role: Amount) -> bool:
    return role.largest is None or role.second is None


def _refuse_columns(table: Table, frame: pl.DataFrame, needed: Sequence[str]) -> None:
    """Missing or undeclared columns: an undeclared one may hold true values."""
    wanted = {*table.by_name, *needed}
    differing = sorted(wanted.symmetric_difference(frame.columns))
    if differing:
        raise DisclosureError(f"Columns are missing or not declared: {', '.join(differing)}", table.name, _USE_DOOR)
    if table.key and frame.select(table.key).is_duplicated().any():
        raise DisclosureError("The key is not unique", table.name, "Mend the model.")


def _refuse_impossible(table: Table, rows: Sequence[Row]) -> None:
    """Figures that no group can have: not a number, below nobody, or more than the whole group."""
    for column in hideable_columns(table):
        role, where = column.release, f"{table.name}.{column.name}"
        known = [row for row in rows if row[column.name] is not None]
        if not all(isfinite(row[column.name]) for row in known):
            raise DisclosureError("A figure is not a number", where, "Mend the model: a figure is a number or blank.")
        if not isinstance(role, Count):
            continue
        groups = [(row[column.name], row[role.of] if role.of else None) for row in known]
        if any(count < 0 or (group is not None and count > group) for count, group in groups):
            raise DisclosureError("A count is below 0 or more than its group", where, "Mend the model.")
