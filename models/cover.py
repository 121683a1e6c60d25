"""Which further cells to hide, so that a secret has room: all at once and cheapest, or one by one (METHODS E3).

Both look for other tables that fit all that would still be shown, in which the secret is more and in which it is less.
``together`` finds the cheapest cells for several secrets (mixed integer program); ``one_by_one`` the nearest such table
of one secret (linear program), which is quick and seldom dearer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf, log1p
from typing import TYPE_CHECKING, Any

from expectations.contract import Amount, Count, Rate, Staffing, Table, Worded
from expectations.vocabulary import TRUST
from models.attack import Constraint, Knowledge, Place, Terms
from models.programs import bounds_of, unheard
from models.sums import Row

if TYPE_CHECKING:
    from models.guarded import Secret

TRUST_COST = 1_000.0
"""Hiding a figure of the trust is dear: it is the one that most people read."""
TOTAL_COST = 50.0
"""A total of a school is dearer than its parts, and nobody dearer than somebody: it is about nobody."""
ZERO_COST = 20.0
HABIT_COST = 1e-2
"""What the last release hid costs next to nothing: a pattern that changes tells what it covered."""
SLACK = 1e-6
GAP = 0.02
REACH = 2.0
"""By how many times the move of its secret a hidden cell may differ in another table."""


@dataclass(frozen=True)
class Effort:
    """How large an exact program may be, in variables, and how far it may branch.

    Two nights over the same files must hide the same cells, however busy the machine: so steps end the search, and the
    seconds only keep a night from standing still. What it has found by then is taken; else one by one stands.
    """

    variables: int
    seconds: float
    nodes: int = 1_000


QUICK = Effort(0, 0.0)
NIGHTLY = Effort(4_000, 60.0)
THOROUGH = Effort(1_000_000, 120.0, 1_000_000)


@dataclass(frozen=True)
class Board:
    """One part of a table on which cells may be hidden: true rows, what is hidden, and all that binds the cells."""

    part: Knowledge
    rows: Sequence[Row]
    hidden: Sequence[set[str]]
    table: Table
    habit: Sequence[set[str]] = ()

    @cached_property
    def columns(self) -> dict[Place, int]:
        """Each cell's place in the program."""
        return {place: at for at, place in enumerate(sorted(self.part.unknowns))}

    @cached_property
    def cost(self) -> Any:
        """What hiding each cell costs, in the order of ``columns``."""
        import numpy as np

        return np.array([self.cost_of(place) for place in self.columns])

    @cached_property
    def true(self) -> Any:
        """The true size of each cell."""
        import numpy as np

        return np.array([abs(self.rows[at][name]) for _, at, name in self.columns], dtype=float)

    def cost_of(self, place: Place) -> float:
        """How dear it is to hide a cell: nothing if it is hidden already, more the more people stand in it.

        What leans on it (the shares of a group, the counts of their things) is hidden with it.
        """
        _, at, name = place
        if name in self.hidden[at]:
            return 1e-3
        if self.habit and name in self.habit[at]:
            return HABIT_COST
        leaning = sum(name in names_in(column.release) for column in self.table.columns)
        size = abs(self.rows[at][name])
        cost = TRUST_COST if is_of_trust(self.rows[at]) else 1.0
        cost += TOTAL_COST * any(name == partition.whole for partition in self.table.partitions)
        return cost + (log1p(size) if size else ZERO_COST) + 10.0 * leaning

    def is_hidden(self, place: Place) -> bool:
        """True for a cell that needs no hiding any more."""
        return place[2] in self.hidden[place[1]]

    def price(self, cells: set[Place]) -> float:
        """What hiding these cells as well would cost."""
        return sum(self.cost_of(place) for place in cells if not self.is_hidden(place))


def moves_of(secret: Secret) -> list[float]:
    """How far a secret must be able to go, up and down."""
    return [move for move in (secret.up, -secret.down) if move]


def one_by_one(board: Board, secret: Secret) -> set[Place] | None:
    """The shown cells that differ in the nearest tables in which the secret has moved; ``None`` if there is none."""
    found: set[Place] = set()
    for move in moves_of(secret):
        other = _nearest(board, secret, move)
        if other is None:
            return None
        found |= other
    return found


def _nearest(board: Board, secret: Secret, move: float) -> set[Place] | None:
    import numpy as np
    from scipy.optimize import linprog
    from scipy.sparse import csr_array, hstack, identity, vstack

    size, columns = len(board.columns), board.columns
    moved = _moved(board, secret, move)
    held = bounds_of([*board.part.constraints, moved], columns, 2 * size)
    one = identity(size, format="csr")
    distance = vstack([hstack([one, -one]), hstack([-one, -one])])  # the second half is no less than the change
    above = [held[name] for name in ("A_ub",) if name in held]
    answer = linprog(
        np.concatenate([np.zeros(size), board.cost]),
        A_ub=csr_array(vstack([*above, distance])),
        b_ub=np.concatenate([*(held[name] for name in ("b_ub",) if name in held), board.true, -board.true]),
        A_eq=held.get("A_eq"), b_eq=held.get("b_eq"), method="highs",
    )  # fmt: skip
    if answer.status != 0:
        return None
    changed = np.abs(answer.x[:size] - board.true) > SLACK
    return {place for place, at in columns.items() if changed[at] and not board.is_hidden(place)}


def _moved(board: Board, secret: Secret, move: float) -> Constraint:
    free: Terms = {place: factor for place, factor in secret.terms.items() if place in board.columns}
    there = sum(board.rows[at][name] * factor for (_, at, name), factor in free.items()) + move
    return Constraint(free, *((there, inf) if move > 0 else (-inf, there)))


def variables_of(board: Board, secrets: Sequence[Secret]) -> int:
    """The size of the exact program."""
    return len(board.columns) * (1 + sum(len(moves_of(secret)) for secret in secrets))


def together(board: Board, secrets: Sequence[Secret], effort: Effort) -> set[Place] | None:
    """The cheapest cells that give every secret room; ``None`` where none were found in time.

    Variables: one yes or no for each cell, and for each move of each secret a whole other table: its differences from
    the true one, in units of the move, so that pence and pupils are of a size.
    """
    import numpy as np
    from scipy.optimize import Bounds, LinearConstraint, milp

    size = len(board.columns)
    moves = [(secret, move) for secret in secrets for move in moves_of(secret)]
    matrix, least, most = _program(board, moves)
    always = np.array([board.is_hidden(place) for place in board.columns], dtype=float)
    with unheard():
        answer = milp(
            np.concatenate([board.cost, np.zeros(size * len(moves))]),
            constraints=LinearConstraint(matrix, least, most),
            integrality=np.concatenate([np.ones(size), np.zeros(size * len(moves))]),
            bounds=Bounds(
                np.concatenate([always, *(-board.true / abs(move) for _, move in moves)]),
                np.concatenate([np.ones(size), np.full(size * len(moves), inf)]),
            ),
            options={"time_limit": effort.seconds, "node_limit": effort.nodes, "mip_rel_gap": GAP},
        )
    if answer.x is None:
        return None
    return {place for place, at in board.columns.items() if answer.x[at] > 0.5 and not board.is_hidden(place)}


def _program(board: Board, moves: Sequence[tuple[Secret, float]]) -> tuple[Any, Any, Any]:
    """(matrix, least, most): each other table differs from the true one in hidden cells only and fits what is shown."""
    import numpy as np
    from scipy.sparse import block_array, identity

    size = len(board.columns)
    one = identity(size, format="csr")
    grid: list[list[Any]] = []
    least, most = [], []
    for at, (secret, move) in enumerate(moves):
        beyond = [None] * at, [None] * (len(moves) - at - 1)
        for sign in (one, -one):  # the change either way is no more than the reach of a cell that is hidden
            grid.append([-REACH * one, *beyond[0], sign, *beyond[1]])
            least.append(np.full(size, -inf))
            most.append(np.zeros(size))
        for constraints in (board.part.constraints, [_moved(board, secret, move)]):
            matrix, low, high = _changes(board, constraints)
            grid.append([None, *beyond[0], matrix, *beyond[1]])
            least.append(low / abs(move))
            most.append(high / abs(move))
    return block_array(grid, format="csr"), np.concatenate(least), np.concatenate(most)


def _changes(board: Board, constraints: Sequence[Constraint]) -> tuple[Any, Any, Any]:
    """(matrix, least, most) of the changes from the true cells that the constraints allow."""
    import numpy as np
    from scipy.sparse import csr_array

    entries = [(at, board.columns[p], factor) for at, c in enumerate(constraints) for p, factor in c.terms.items()]
    row, column, factor = zip(*entries, strict=True) if entries else ((), (), ())
    matrix = csr_array((factor, (row, column)), shape=(len(constraints), len(board.columns)))
    true = matrix @ board.true
    return (
        matrix,
        np.array([c.least for c in constraints]) - true,
        np.array([c.most for c in constraints]) - true,
    )


def is_of_trust(row: Row) -> bool:
    """True for the row of the whole trust."""
    return row.get("school_urn") == TRUST


def names_in(role: object) -> tuple[str, ...]:
    """Columns of the table that a role leans on."""
    if isinstance(role, Count):
        return tuple(name for name in (role.of, role.behind, role.base) if name)
    if isinstance(role, Rate):
        return (role.denominator, role.numerator) if role.numerator else (role.denominator,)
    if isinstance(role, Worded):
        return role.of
    if isinstance(role, Staffing):
        return (role.staff,)
    return (role.pupils,) if isinstance(role, Amount) else ()
