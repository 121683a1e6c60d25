"""An attacker who has every published figure and wants the hidden ones: the range that is left for each (METHODS E4).

Every sum that a reader can do, over all tables at once, is an equation; every "of these" and every rounded share is an
inequality; every hidden count or amount is an unknown of 0 or more. Linear programming (SciPy's HiGHS) finds the
smallest and largest value that each unknown can have. The door (``disclosure``, ``suppression``) decides what is hidden;
nothing here hides anything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from expectations.contract import Count, Rate, Table
from models.suppression import Row, Thresholds, find_sums, hideable_columns, is_share

Place = tuple[str, int, str]
"""Table, row in the order released, column."""
HALF_OF_LAST_DECIMAL = 0.005
"""Shares are published in whole per cent (R2)."""


@dataclass(frozen=True)
class Range:
    """What can be worked out of a hidden figure: no less than ``least``, no more than ``most`` (None: without end)."""

    place: Place
    least: float
    most: float | None


@dataclass(frozen=True)
class Constraint:
    """Sum of coefficient x unknown, at least ``least`` and at most ``most``."""

    terms: Mapping[Place, float]
    least: float
    most: float


@dataclass
class Published:
    """One table as a reader has it: rows in released order, and the columns hidden in each."""

    table: Table
    rows: Sequence[Row]
    hidden: Sequence[set[str]]


@dataclass
class Knowledge:
    """All that a reader knows: unknowns, each 0 or more, and what binds them."""

    unknowns: set[Place] = field(default_factory=set)
    constraints: list[Constraint] = field(default_factory=list)

    def bind(self, terms: Mapping[Place, float], least: float, most: float) -> None:
        """Add a constraint unless nothing in it is unknown."""
        if terms:
            self.constraints.append(Constraint(terms, least, most))


def gather(tables: Iterable[Published]) -> Knowledge:
    """Everything that the tables tell of their hidden counts and amounts."""
    known = Knowledge()
    for published in tables:
        names = {column.name for column in hideable_columns(published.table) if not isinstance(column.release, Rate)}
        known.unknowns |= {
            (published.table.name, at, name)
            for at, hidden in enumerate(published.hidden) for name in hidden if name in names
        }  # fmt: skip
        _bind_sums(known, published)
        for at in range(len(published.rows)):
            _bind_groups(known, published, at)
            _bind_shares(known, published, at)
    return known


def _term(known: Knowledge, published: Published, at: int, name: str) -> tuple[Place | None, float | None]:
    """(unknown, None) for a hidden cell, (None, value) for a shown one, (None, None) where there is no figure."""
    place = (published.table.name, at, name)
    return (place, None) if place in known.unknowns else (None, published.rows[at][name])


def _bind_sums(known: Knowledge, published: Published) -> None:
    for total in find_sums(published.rows, published.table):
        if total.whole is None or total.is_mean:
            continue
        cells = [(total.whole, 1.0), *((part, -1.0) for part in total.parts)]
        terms: dict[Place, float] = {}
        shown, is_complete = 0.0, True
        for (at, name), sign in cells:
            place, value = _term(known, published, at, name)
            is_complete = is_complete and (place is not None or value is not None)
            if place is not None:
                terms[place] = terms.get(place, 0.0) + sign
            shown += sign * (value or 0.0)
        if is_complete:
            known.bind(terms, -shown, -shown)


def _bind_groups(known: Knowledge, published: Published, at: int) -> None:
    """A count is no more than the group that it is of."""
    for column in published.table.columns:
        if not isinstance(column.release, Count) or column.release.of is None:
            continue
        part, whole = _term(known, published, at, column.name), _term(known, published, at, column.release.of)
        if part == (None, None) or whole == (None, None):
            continue
        terms = {place: sign for (place, _), sign in ((whole, 1.0), (part, -1.0)) if place is not None}
        known.bind(terms, (part[1] or 0.0) - (whole[1] or 0.0), float("inf"))


def _bind_shares(known: Knowledge, published: Published, at: int) -> None:
    """A share in whole per cent: its numerator lies within half a per cent of its group around it."""
    for column in published.table.columns:
        role, share = column.release, published.rows[at][column.name]
        if not isinstance(role, Rate) or role.numerator is None or not is_share(column) or share is None:
            continue
        top, group = (_term(known, published, at, name) for name in (role.numerator, role.denominator))
        if top == (None, None) or group == (None, None):
            continue
        for edge, sign in ((share - HALF_OF_LAST_DECIMAL, 1.0), (share + HALF_OF_LAST_DECIMAL, -1.0)):
            terms = {place: coefficient for place, coefficient in ((top[0], sign), (group[0], -sign * edge)) if place}
            shown = sign * (top[1] or 0.0) - sign * edge * (group[1] or 0.0)
            known.bind(terms, -shown, float("inf"))


def ranges(known: Knowledge, of: Iterable[Place]) -> list[Range]:
    """The range left for each named unknown; unknowns that nothing binds together are searched apart."""
    wanted = defaultdict(list)
    group_of = _groups(known)
    for place in of:
        wanted[group_of[place]].append(place)
    bound = defaultdict(list)
    for constraint in known.constraints:
        bound[group_of[next(iter(constraint.terms))]].append(constraint)
    members = defaultdict(list)
    for place in sorted(known.unknowns):
        members[group_of[place]].append(place)
    return [found for group, places in wanted.items() for found in _search(members[group], bound[group], places)]


def _groups(known: Knowledge) -> dict[Place, Place]:
    """For each unknown one unknown that stands for all that are bound to it, in whatever way."""
    leader = {place: place for place in known.unknowns}

    def find(place: Place) -> Place:
        while leader[place] != place:
            leader[place] = leader[leader[place]]
            place = leader[place]
        return place

    for constraint in known.constraints:
        first, *others = constraint.terms
        for other in others:
            leader[find(other)] = find(first)
    return {place: find(place) for place in known.unknowns}


def _search(unknowns: list[Place], constraints: list[Constraint], wanted: list[Place]) -> list[Range]:
    import numpy as np
    from scipy.optimize import LinearConstraint, milp
    from scipy.sparse import csr_array

    column = {place: at for at, place in enumerate(unknowns)}
    entries = [
        (row, column[place], value) for row, bound in enumerate(constraints) for place, value in bound.terms.items()
    ]
    held = []
    if entries:
        row, at, value = zip(*entries, strict=True)
        matrix = csr_array((value, (row, at)), shape=(len(constraints), len(unknowns)))
        held = [LinearConstraint(matrix, [c.least for c in constraints], [c.most for c in constraints])]  # type: ignore[arg-type]
    found = []
    for place in wanted:
        aim = np.zeros(len(unknowns))
        aim[column[place]] = 1.0
        least, most = milp(aim, constraints=held), milp(-aim, constraints=held)
        if least.status == 2 or most.status == 2:  # infeasible
            raise AssertionError("The published figures contradict each other")
        found.append(Range(place, float(least.fun), None if most.fun is None else -float(most.fun)))
    return found


def is_given_away(found: Range, small: float, thresholds: Thresholds) -> bool:
    """True when an attacker knows a small number too well: it is surely small, surely not less, or nearly pinned."""
    limit, slack = thresholds.minimum_count, 1e-6
    if found.most is None:
        return found.least > max(0.0, small - 1) + slack
    return (
        found.most < limit - slack
        or found.least > max(0.0, small - 1) + slack
        or found.most - found.least < limit - slack
    )
