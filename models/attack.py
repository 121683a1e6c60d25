"""An attacker who has every published figure and wants the hidden ones: the range that is left for each (METHODS E4).

Every sum that a table declares is an equation; every "of these" and every rounded share is an inequality; every hidden
count or amount is an unknown of 0 or more, but for those that another table shows (``disclosure``). Linear programming
(SciPy's HiGHS) finds the smallest and the largest value that an unknown, or a sum of unknowns, can have. Nothing is
hidden here: that is done in ``suppression`` and ``secondary``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf, isnan, nan
from typing import Any

from expectations.contract import Count, Rate, Table
from models.programs import ENDLESS, IMPOSSIBLE, NO_ANSWER, bounds_of, reconciled, solve
from models.sums import Row, additive_columns, find_flows, find_sums, is_share

Place = tuple[str, int, str]
"""Table, row in the order released, column."""
Terms = Mapping[Place, float]
"""A sum of coefficient x cell."""
HALF_OF_LAST_DECIMAL = 0.005
"""Shares are published in whole per cent (R2)."""
SOMEBODY = 1e-6
"""Above it a count is not nothing: what is left of the solver's rounding."""
SMALL_PART = 30
"""Unknowns up to which whole numbers are tried as well: they may leave less room than fractions."""


@dataclass(frozen=True)
class Constraint:
    """A sum of unknowns that is at least ``least`` and at most ``most``; ``is_loose``: of schools (``Bond``)."""

    terms: Terms
    least: float
    most: float
    is_loose: bool = False


@dataclass(frozen=True)
class Published:
    """One table as a reader has it: rows in released order, and the columns hidden in each."""

    table: Table
    rows: Sequence[Row]
    hidden: Sequence[set[str]]


@dataclass(frozen=True)
class Bond:
    """Coefficient x cell, summed over cells of any tables, lies between ``least`` and ``most``.

    ``is_loose``: it sums over schools, and a child in two of them would put it off.
    """

    cells: tuple[tuple[Place, float], ...]
    least: float
    most: float
    is_loose: bool = False


@dataclass
class Knowledge:
    """All that a reader knows: the unknowns, each 0 or more, and what binds them."""

    unknowns: set[Place] = field(default_factory=set)
    constraints: list[Constraint] = field(default_factory=list)

    def bind(self, constraint: Constraint) -> None:
        """Add a constraint unless nothing in it is unknown."""
        if constraint.terms:
            self.constraints.append(constraint)

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


def gather(tables: Iterable[Published], bonds: Iterable[Bond] = ()) -> Knowledge:
    """Everything that the tables, and the bonds between their cells, tell of hidden counts and amounts."""
    known = Knowledge()
    named = {published.table.name: published for published in tables}
    for published in named.values():
        figures = {column.name for column in additive_columns(published.table)}
        known.unknowns |= {
            (published.table.name, at, name)
            for at, hidden in enumerate(published.hidden)
            for name in figures.intersection(hidden)
        }
        for bond in _bonds_within(published):
            _bind(known, named, bond)
    for bond in bonds:
        if all(place[0] in named for place, _ in bond.cells):
            _bind(known, named, bond)
    return known


def _bonds_within(published: Published) -> Iterator[Bond]:
    """What one table tells of itself: its sums, its flows, its groups, its shares."""
    cells: list[tuple[list[tuple[int, str, float]], float, bool]] = []
    for total in find_sums(published.rows, published.table):
        if total.whole is not None and not total.is_mean:
            parts = [(at, name, -1.0) for at, name in total.parts]
            cells.append(([(*total.whole, 1.0), *parts], 0.0, total.is_of_schools))
    cells += [(flow, 0.0, False) for flow in find_flows(published.rows, published.table)]
    for at in range(len(published.rows)):
        cells += [(found, inf, False) for found in (*_groups(published, at), *_shares(published, at))]
    for terms, most, is_loose in cells:
        named = tuple(((published.table.name, at, name), factor) for at, name, factor in terms)
        yield Bond(named, 0.0, most, is_loose)


def _bind(known: Knowledge, tables: Mapping[str, Published], bond: Bond) -> None:
    """Add what a bond says of the unknowns; nothing is said where a cell has no figure at all.

    Where the true values are there and do not add up (a child in two schools, once in the trust), the reader's sum is
    off by as much: the bounds are widened to hold the truth, so that no false sum proves or hides anything.
    """
    terms: dict[Place, float] = {}
    shown, true = 0.0, 0.0
    for place, factor in bond.cells:
        value = tables[place[0]].rows[place[1]][place[2]]
        true = nan if value is None else true + factor * value
        if place in known.unknowns:
            terms[place] = terms.get(place, 0.0) + factor
        elif value is None:
            return
        else:
            shown += factor * value
    least, most = (bond.least, bond.most) if isnan(true) else (min(bond.least, true), max(bond.most, true))
    known.bind(Constraint(terms, least - shown, most - shown, bond.is_loose))


def _groups(published: Published, at: int) -> Iterator[list[tuple[int, str, float]]]:
    """A count is no more than the group that it is of."""
    for column in published.table.columns:
        role = column.release
        if isinstance(role, Count) and role.of is not None:
            yield [(at, role.of, 1.0), (at, column.name, -1.0)]


def _shares(published: Published, at: int) -> Iterator[list[tuple[int, str, float]]]:
    """A share in whole per cent: its numerator lies within half a per cent of its group around it."""
    for column in published.table.columns:
        role, share = column.release, published.rows[at][column.name]
        if not isinstance(role, Rate) or role.numerator is None or not is_share(column) or share is None:
            continue
        if column.name in published.hidden[at]:
            continue
        top, group = role.numerator, role.denominator
        yield [(at, top, 1.0), (at, group, HALF_OF_LAST_DECIMAL - share)]
        yield [(at, top, -1.0), (at, group, HALF_OF_LAST_DECIMAL + share)]


class Attack:
    """The search over one part of what is known. Every answer is kept: it may settle later questions as well."""

    def __init__(self, known: Knowledge, *, is_whole: bool = False) -> None:
        """``is_whole``: only whole numbers are tried, which narrows a range; for small parts."""
        self.known = known
        self.columns = {place: at for at, place in enumerate(sorted(known.unknowns))}
        self._held = bounds_of(known.constraints, self.columns) if known.constraints else {}
        self._is_whole = is_whole
        self._is_reconciled = False
        self._answers: list[Any] = []

    def extreme(self, terms: Terms, sign: int) -> float:
        """The smallest (sign 1) or largest (sign -1) value of a sum of unknowns; infinite where nothing bounds it.

        Figures that contradict each other are read as a reader must (``programs.reconciled``).
        """
        if not self.known.constraints:  # nothing binds it: from 0 on without end
            return -inf * sign if any(sign * factor < 0 for factor in terms.values()) else 0.0
        import numpy as np

        aim = np.zeros(len(self.columns))
        for place, factor in terms.items():
            aim[self.columns[place]] += sign * factor
        found = solve(aim, self._held, is_whole=self._is_whole)
        if found.status == IMPOSSIBLE and not self._is_reconciled:
            self._is_reconciled = True
            reread = reconciled(self.known.constraints, self.columns, is_whole=self._is_whole)
            self._held = bounds_of(reread, self.columns)
            found = solve(aim, self._held, is_whole=self._is_whole)
        if found.status == ENDLESS or (self._is_whole and found.status == NO_ANSWER):
            return -inf * sign
        if found.status != 0:
            raise AssertionError(f"The search ended without an answer: {found.message}")
        self._answers.append(found.x)
        return float(sign * found.fun)

    def range_of(self, terms: Terms, least: float = -inf, most: float = inf) -> tuple[float, float]:
        """(least, most) of a sum of unknowns; no further than ``least`` and ``most`` where that is known already."""
        seen = [sum(x[self.columns[place]] * factor for place, factor in terms.items()) for x in self._answers]
        low, high = min(seen, default=inf), max(seen, default=-inf)
        return (low if low <= least else self.extreme(terms, 1)), (high if high >= most else self.extreme(terms, -1))


def surely_small(tables: Iterable[Published], limit: int, bonds: Iterable[Bond] = ()) -> tuple[int, list[Place]]:
    """(hidden counts tried, those of which a reader can be sure that they, or the others, are 1 to ``limit`` - 1).

    Needs no true value, so it can be asked of any release. What a reader can be sure is nobody is left: a shown total
    of nobody says so of each part, and says nothing of anybody.
    """
    named = {published.table.name: published for published in tables}
    tried, found = 0, []
    for part in gather(named.values(), bonds).parts():
        attack = Attack(part)
        whole = Attack(part, is_whole=True) if part.constraints and len(part.unknowns) <= SMALL_PART else None
        places = [p for p in sorted(part.unknowns) if isinstance(named[p[0]].table.by_name[p[2]].release, Count)]
        tried += len(places)
        for place in places:
            numbers = _numbers_of(place, named[place[0]], part)
            if any(_is_told(terms, shown, is_rest, attack, whole, limit) for terms, shown, is_rest in numbers):
                found.append(place)
    return tried, found


def _numbers_of(place: Place, published: Published, part: Knowledge) -> Iterator[tuple[Terms, float, bool]]:
    """(unknowns, what is shown beside them, True for the others) of a hidden count, and of the rest of its group."""
    yield {place: 1.0}, 0.0, False
    role, row = published.table.by_name[place[2]].release, published.rows[place[1]]
    of = role.of if isinstance(role, Count) else None
    if of is None:
        return
    group = (place[0], place[1], of)
    if group in part.unknowns:
        yield {group: 1.0, place: -1.0}, 0.0, True
    elif row[of] is not None:
        yield {place: -1.0}, float(row[of]), True


def _is_told(terms: Terms, shown: float, is_rest: bool, attack: Attack, whole: Attack | None, limit: int) -> bool:
    """True when the number is surely below ``limit``, and (the rest) somebody; whole numbers only where it is near."""
    room = 2.0 * limit - shown
    searches = [attack]
    if whole is not None and attack.range_of(terms, inf, room)[1] < room:
        searches.append(whole)
    for search in searches:
        most = search.range_of(terms, inf, limit - shown)[1] + shown
        if SOMEBODY < most < limit - SOMEBODY:
            return not is_rest or search.range_of(terms)[0] + shown > SOMEBODY
    return False
