"""An attacker who has every published figure and wants the hidden ones: the range that is left for each (METHODS E4).

Every sum that a table declares is an equation; every "of these" and every rounded share is an inequality; every hidden
count or amount is an unknown of 0 or more, but for those that another table shows (``disclosure``). Linear programming
(SciPy's HiGHS) finds the smallest and the largest value that an unknown, or a sum of unknowns, can have. Nothing is
hidden here: that is done in ``suppression`` and ``secondary``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import inf, isnan, nan
from typing import Any

from expectations.contract import Count, Rate, Table
from models.suppression import Row, find_sums, hideable_columns, is_share

Place = tuple[str, int, str]
"""Table, row in the order released, column."""
Terms = Mapping[Place, float]
"""A sum of coefficient x cell."""
HALF_OF_LAST_DECIMAL = 0.005
"""Shares are published in whole per cent (R2)."""
SOMEBODY = 1e-6
"""Above it a count is not nothing: what is left of the solver's rounding."""


@dataclass(frozen=True)
class Constraint:
    """A sum of unknowns that is at least ``least`` and at most ``most``."""

    terms: Terms
    least: float
    most: float


@dataclass(frozen=True)
class Published:
    """One table as a reader has it: rows in released order, and the columns hidden in each."""

    table: Table
    rows: Sequence[Row]
    hidden: Sequence[set[str]]


@dataclass
class Knowledge:
    """All that a reader knows: the unknowns, each 0 or more, and what binds them."""

    unknowns: set[Place] = field(default_factory=set)
    constraints: list[Constraint] = field(default_factory=list)

    def bind(self, terms: Terms, least: float, most: float) -> None:
        """Add a constraint unless nothing in it is unknown."""
        if terms:
            self.constraints.append(Constraint(terms, least, most))

    def parts(self) -> list[Knowledge]:
        """The same knowledge in parts that have no unknown and no constraint in common."""
        leader = {place: place for place in self.unknowns}

        def find(place: Place) -> Place:
            while leader[place] != place:
                leader[place] = leader[leader[place]]
                place = leader[place]
            return place

        for constraint in self.constraints:
            first, *others = constraint.terms
            for other in others:
                leader[find(other)] = find(first)
        found: dict[Place, Knowledge] = {}
        for place in sorted(self.unknowns):
            found.setdefault(find(place), Knowledge()).unknowns.add(place)
        for constraint in self.constraints:
            found[find(next(iter(constraint.terms)))].constraints.append(constraint)
        return list(found.values())


def gather(tables: Iterable[Published]) -> Knowledge:
    """Everything that the tables tell of their hidden counts and amounts."""
    known = Knowledge()
    for published in tables:
        figures = {column.name for column in hideable_columns(published.table) if not isinstance(column.release, Rate)}
        known.unknowns |= {
            (published.table.name, at, name)
            for at, hidden in enumerate(published.hidden)
            for name in figures.intersection(hidden)
        }
        _bind_sums(known, published)
        for at in range(len(published.rows)):
            _bind_groups(known, published, at)
            _bind_shares(known, published, at)
    return known


def _bind(known: Knowledge, published: Published, cells: Iterable[tuple[int, str, float]], slack: float) -> None:
    """Coefficient x cell, summed, is from 0 to ``slack``; nothing is said where a cell has no figure at all.

    Where the true values are there and do not add up (a child in two schools, once in the trust), the reader's sum is
    off by as much: the bounds are widened to hold the truth, so that no false sum proves or hides anything.
    """
    terms: dict[Place, float] = {}
    shown, true = 0.0, 0.0
    for at, name, factor in cells:
        place, value = (published.table.name, at, name), published.rows[at][name]
        true = nan if value is None else true + factor * value
        if place in known.unknowns:
            terms[place] = terms.get(place, 0.0) + factor
        elif value is None:
            return
        else:
            shown += factor * value
    least, most = (0.0, slack) if isnan(true) else (min(0.0, true), max(slack, true))
    known.bind(terms, least - shown, most - shown)


def _bind_sums(known: Knowledge, published: Published) -> None:
    for total in find_sums(published.rows, published.table):
        if total.whole is not None and not total.is_mean:
            parts = ((at, name, -1.0) for at, name in total.parts)
            _bind(known, published, ((*total.whole, 1.0), *parts), 0.0)


def _bind_groups(known: Knowledge, published: Published, at: int) -> None:
    """A count is no more than the group that it is of."""
    for column in published.table.columns:
        role = column.release
        if isinstance(role, Count) and role.of is not None:
            _bind(known, published, ((at, role.of, 1.0), (at, column.name, -1.0)), inf)


def _bind_shares(known: Knowledge, published: Published, at: int) -> None:
    """A share in whole per cent: its numerator lies within half a per cent of its group around it."""
    for column in published.table.columns:
        role, share = column.release, published.rows[at][column.name]
        if not isinstance(role, Rate) or role.numerator is None or not is_share(column) or share is None:
            continue
        if column.name in published.hidden[at]:
            continue
        top, group = role.numerator, role.denominator
        _bind(known, published, ((at, top, 1.0), (at, group, HALF_OF_LAST_DECIMAL - share)), inf)
        _bind(known, published, ((at, top, -1.0), (at, group, HALF_OF_LAST_DECIMAL + share)), inf)


@dataclass(frozen=True)
class Attack:
    """The search over one part of what is known."""

    known: Knowledge

    @cached_property
    def columns(self) -> dict[Place, int]:
        """Each unknown's place in the program."""
        return {place: at for at, place in enumerate(sorted(self.known.unknowns))}

    @cached_property
    def _held(self) -> dict[str, Any]:
        return bounds_of(self.known.constraints, self.columns)

    def extreme(self, terms: Terms, sign: int) -> float:
        """The smallest (sign 1) or largest (sign -1) value of a sum of unknowns; infinite where nothing bounds it.

        Raises ``AssertionError`` when the published figures contradict each other.
        """
        if not self.known.constraints:  # nothing binds it: from 0 on without end
            return -inf * sign if any(sign * factor < 0 for factor in terms.values()) else 0.0
        import numpy as np
        from scipy.optimize import linprog

        aim = np.zeros(len(self.columns))
        for place, factor in terms.items():
            aim[self.columns[place]] += sign * factor
        found = linprog(aim, method="highs", **self._held)
        if found.status == 3:
            return -inf * sign
        if found.status != 0:
            raise AssertionError("The published figures contradict each other")
        return float(sign * found.fun)

    def range_of(self, terms: Terms) -> tuple[float, float]:
        """(least, most) of a sum of unknowns."""
        return self.extreme(terms, 1), self.extreme(terms, -1)


def surely_small(tables: Iterable[Published], limit: int) -> tuple[int, list[Place]]:
    """(hidden counts tried, those of which a reader can be sure that they are from 1 to ``limit`` - 1).

    Needs no true value, so it can be asked of any release. What a reader can be sure is nobody is left: a shown total
    of nobody says so of each part, and says nothing of anybody.
    """
    published = list(tables)
    counts = {table.table.name: table.table.by_name for table in published}
    tried, found = 0, []
    for part in gather(published).parts():
        attack = Attack(part)
        for place in sorted(part.unknowns):
            if isinstance(counts[place[0]][place[2]].release, Count):
                tried += 1
                most = attack.extreme({place: 1.0}, -1)
                if SOMEBODY < most < limit - SOMEBODY:
                    found.append(place)
    return tried, found


def bounds_of(
    constraints: Sequence[Constraint], columns: Mapping[Place, int], width: int | None = None
) -> dict[str, Any]:
    """The constraints as SciPy's linear program takes them, over ``width`` variables (those of ``columns`` first)."""
    import numpy as np
    from scipy.sparse import csr_array

    equal = [(c.terms, c.least) for c in constraints if c.least == c.most]
    unequal = [c for c in constraints if c.least != c.most]
    below = [(c.terms, c.most) for c in unequal if c.most < inf]
    below += [({place: -factor for place, factor in c.terms.items()}, -c.least) for c in unequal if c.least > -inf]
    held: dict[str, Any] = {}
    for name, rows in (("eq", equal), ("ub", below)):
        if rows:
            entries = [(at, columns[p], factor) for at, (terms, _) in enumerate(rows) for p, factor in terms.items()]
            row, column, factor = zip(*entries, strict=True)
            held[f"A_{name}"] = csr_array((factor, (row, column)), shape=(len(rows), width or len(columns)))
            held[f"b_{name}"] = np.array([bound for _, bound in rows])
    return held
