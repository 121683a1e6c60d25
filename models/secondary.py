"""Complete secondary suppression of a table: no sum, and no system of sums, gives a small number away (METHODS E3).

``suppression`` protects one sum at a time. Here an attacker (``attack``) tries all of a table's sums, groups and shares
together; where a small number is known too well, a linear program finds the cheapest further cells whose hiding leaves
room for other tables that fit all that is shown. Hiding only grows, so the search ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import inf, log1p

from expectations.contract import Amount, Column, Count, Rate, Table, Worded
from expectations.vocabulary import TRUST
from models.attack import Attack, Constraint, Knowledge, Place, Published, Terms, bounds_of, gather
from models.suppression import Row, Thresholds, hide_dependants, hideable_columns

TRUST_COST = 1_000.0
"""Hiding a figure of the trust is dear: it is the one that most people read."""
MONEY_RATE = 0.10
"""Share of a hidden amount by which it must be able to be more and less (the p% rule of METHODS E2, R4)."""
_SLACK = 1e-6
_ROUNDS = 50


@dataclass(frozen=True)
class Secret:
    """A number that must not be known too well. ``up`` and ``down``: how much more and less it must be able to be.

    ``limit``: what it must be able to reach, and how wide its range must be; 0 where only ``up`` and ``down`` count.
    """

    terms: Terms
    value: float
    up: float
    down: float
    limit: float = 0.0

    def is_given_away(self, least: float, most: float) -> bool:
        """True when the range that an attacker finds is too narrow or too low (METHODS E4)."""
        if self.limit:
            is_surely_small, is_narrow = most < self.limit - _SLACK, most - least < self.limit - _SLACK
            return is_surely_small or is_narrow or least > self.value - self.down + _SLACK
        return most < self.value + self.up - _SLACK or least > self.value - self.down + _SLACK


def complete(
    rows: Sequence[Row],
    hidden: list[set[str]],
    table: Table,
    thresholds: Thresholds,
    told: Sequence[set[str]] | None = None,
) -> None:
    """Hide further cells, in place, until the attacker finds no secret of this table; rows hold the true values.

    ``told``: in each row the columns that another released table shows: hiding them here covers nothing. A secret that
    nothing in the table can protect (a total of nobody says that each part is nobody) stays as it is.
    """
    known = told or [set() for _ in rows]
    beyond_help: set[tuple[Place, ...]] = set()
    for _ in range(_ROUNDS):
        unknown = [names - shown for names, shown in zip(hidden, known, strict=True)]
        exposed = [
            secret for secret in _exposed(rows, unknown, table, thresholds) if tuple(secret.terms) not in beyond_help
        ]
        if not exposed:
            return
        for secret in exposed:
            found = _cheapest_cover(secret, rows, hidden, table, known)
            if not found:
                beyond_help.add(tuple(secret.terms))
            for _, at, name in found:
                hidden[at].add(name)
        for at, row in enumerate(rows):
            hidden[at] |= hide_dependants(row, hidden[at], table)


def _exposed(rows: Sequence[Row], hidden: Sequence[set[str]], table: Table, limits: Thresholds) -> list[Secret]:
    published = Published(table, rows, hidden)
    secrets = list(secrets_of(published, limits))
    parts = gather([published]).parts() if secrets else []
    return [secret for part in parts for secret in given_away(part, secrets, rows)]


def given_away(part: Knowledge, secrets: Iterable[Secret], rows: Sequence[Row]) -> Iterator[Secret]:
    """Those of the secrets in this part of what is known that an attacker finds; ``rows`` hold the true values."""
    attack = Attack(part)
    for secret in secrets:
        unknown = {place: factor for place, factor in secret.terms.items() if place in part.unknowns}
        if unknown:
            shown = sum(rows[p[1]][p[2]] * factor for p, factor in secret.terms.items() if p not in unknown)
            least, most = attack.range_of(unknown)
            if secret.is_given_away(least + shown, most + shown):
                yield secret


def secrets_of(published: Published, limits: Thresholds) -> Iterator[Secret]:
    """Hidden counts that are small, nearly all, or none or all of a small group (R1, R3), and hidden amounts (R4)."""
    for at, row in enumerate(published.rows):
        for column in published.table.columns:
            if column.name not in published.hidden[at] or row[column.name] is None:
                continue
            if isinstance(column.release, Count):
                yield from _secrets_of_count(published.table.name, at, row, column, limits)
            elif isinstance(column.release, Amount) and row[column.name]:
                room = MONEY_RATE * abs(row[column.name])
                yield Secret({(published.table.name, at, column.name): 1.0}, abs(row[column.name]), room, room)


def _secrets_of_count(table: str, at: int, row: Row, column: Column, limits: Thresholds) -> Iterator[Secret]:
    assert isinstance(column.release, Count)
    count, of = row[column.name], column.release.of
    group = row[of] if of else None
    itself: Terms = {(table, at, column.name): 1.0}
    room, limit = limits.minimum_count - 1.0, float(limits.minimum_count)
    if limits.is_small(count):
        yield Secret(itself, count, room, 1.0, limit)
    if group is None or of is None:
        return
    rest: Terms = {(table, at, of): 1.0, (table, at, column.name): -1.0}
    if limits.is_small(group - count):
        yield Secret(rest, group - count, room, 1.0, limit)
    elif 0 < group < limits.minimum_denominator and count in (0, group):
        yield Secret(itself if count == 0 else rest, 0.0, 1.0, 0.0)


def _cheapest_cover(
    secret: Secret, rows: Sequence[Row], hidden: Sequence[set[str]], table: Table, told: Sequence[set[str]]
) -> set[Place]:
    """The shown cells to hide so that the secret can be ``up`` more and ``down`` less; none if that cannot be.

    No figure of the trust is given up for "none" or "all" of a small group.
    """
    figures = {column.name for column in hideable_columns(table) if not isinstance(column.release, Rate)}
    every = [{name for name in figures - known if row[name] is not None} for row, known in zip(rows, told, strict=True)]
    bare = [row | dict.fromkeys(_shares(table), None) for row in rows]  # a share is hidden with its numerator
    whole = gather([Published(table, bare, every)])
    part = next(part for part in whole.parts() if not part.unknowns.isdisjoint(secret.terms))
    found: set[Place] = set()
    for move in (secret.up, -secret.down):
        if move:
            other = _nearest_table(part, secret, move, rows, hidden, table)
            if other is None:
                return set()
            found |= other
    is_all_or_none = not secret.limit and not secret.down
    return set() if is_all_or_none and any(_is_of_trust(rows[at]) for _, at, _ in found) else found


def _shares(table: Table) -> list[str]:
    return [column.name for column in table.columns if isinstance(column.release, Rate)]


def _nearest_table(
    part: Knowledge, secret: Secret, move: float, rows: Sequence[Row], hidden: Sequence[set[str]], table: Table
) -> set[Place] | None:
    """The shown cells that differ in the nearest table in which the secret has moved so far; None if there is none."""
    import numpy as np
    from scipy.optimize import linprog
    from scipy.sparse import csr_array, hstack, identity, vstack

    columns = {place: at for at, place in enumerate(sorted(part.unknowns))}
    size = len(columns)
    true = np.array([abs(rows[at][name]) for _, at, name in columns], dtype=float)
    cost = np.array([_cost(place, rows, hidden, table) for place in columns])
    free = {place: factor for place, factor in secret.terms.items() if place in columns}
    there = sum(rows[at][name] * factor for (_, at, name), factor in free.items()) + move
    moved = Constraint(free, *((there, inf) if move > 0 else (-inf, there)))
    held = bounds_of([*part.constraints, moved], columns, 2 * size)
    one = identity(size, format="csr")
    distance = vstack([hstack([one, -one]), hstack([-one, -one])])  # the second half is no less than the change
    above = [held[name] for name in ("A_ub",) if name in held]
    answer = linprog(
        np.concatenate([np.zeros(size), cost]),
        A_ub=csr_array(vstack([*above, distance])),
        b_ub=np.concatenate([*(held[name] for name in ("b_ub",) if name in held), true, -true]),
        A_eq=held.get("A_eq"), b_eq=held.get("b_eq"), method="highs",
    )  # fmt: skip
    if answer.status != 0:
        return None
    changed = np.abs(answer.x[:size] - true) > _SLACK
    return {place for place, at in columns.items() if changed[at] and place[2] not in hidden[place[1]]}


def _cost(place: Place, rows: Sequence[Row], hidden: Sequence[set[str]], table: Table) -> float:
    """How dear it is to hide a cell: nothing if it is hidden already, more the more people stand in it (METHODS E3).

    What leans on it (the shares of a group, the counts of their things) is hidden with it.
    """
    _, at, name = place
    if name in hidden[at]:
        return 1e-3
    leaning = sum(name in names_in(column.release) for column in table.columns)
    return (TRUST_COST if _is_of_trust(rows[at]) else 1.0) + log1p(abs(rows[at][name])) + 10.0 * leaning


def _is_of_trust(row: Row) -> bool:
    return row.get("school_urn") == TRUST


def names_in(role: object) -> tuple[str, ...]:
    """Columns of the table that a role leans on."""
    if isinstance(role, Count):
        return tuple(name for name in (role.of, role.behind, role.base) if name)
    if isinstance(role, Rate):
        return (role.denominator, role.numerator) if role.numerator else (role.denominator,)
    if isinstance(role, Worded):
        return role.of
    return (role.pupils,) if isinstance(role, Amount) else ()
