"""Linear programs as SciPy takes them: constraints over named cells, quiet for its integer search, contradictions."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from math import ceil, inf
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from models.attack import Constraint, Place

IMPOSSIBLE, ENDLESS, NO_ANSWER = 2, 3, 4
"""SciPy's states of a search: nothing fits, nothing bounds it, and (integer search) it could not tell."""
FIRM = 1_000.0
"""How much dearer it is to doubt a sum that must hold than a sum over schools."""
_SLACK = 1e-6


@contextmanager
def unheard() -> Iterator[None]:
    """Keep out of the program's output a line that HiGHS prints in its integer search, whatever it is told."""
    flush = ctypes.CDLL(None).fflush
    sys.stdout.flush()
    flush(None)
    kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    try:
        yield
    finally:
        flush(None)
        os.dup2(kept, 1)
        os.close(nowhere)
        os.close(kept)


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


def solve(aim: Any, held: Mapping[str, Any], *, is_whole: bool) -> Any:
    """The smallest value of ``aim`` over unknowns of 0 or more; SciPy's answer with its state."""
    from scipy.optimize import linprog

    if not is_whole:
        return linprog(aim, method="highs", **held)
    with unheard():
        return linprog(aim, method="highs", integrality=1, **held)


def reconciled(
    constraints: Sequence[Constraint], columns: Mapping[Place, int], *, is_whole: bool = False
) -> list[Constraint]:
    """Constraints that contradict each other, as a reader takes them: a child in two schools is in the trust once.

    The sums over schools (``is_loose``) are off by the fewest children that explain all figures, together; any of them
    may be off by as many. Only where that explains nothing are the others doubted too.
    """
    import numpy as np

    off: list[Place] = [("", at, "off") for at in range(len(constraints))]
    every = {**columns, **{place: len(columns) + at for at, place in enumerate(off)}}
    lines = []
    for c, place in zip(constraints, off, strict=True):
        lines.append(replace(c, terms={**c.terms, place: -1.0}, least=-inf))  # less what it is off by: ``most`` at most
        lines.append(replace(c, terms={**c.terms, place: 1.0}, most=inf))  # with it: ``least`` at least
    price = np.array([0.0] * len(columns) + [1.0 if c.is_loose else FIRM for c in constraints])
    found = solve(price, bounds_of(lines, every), is_whole=is_whole)
    if found.status != 0:
        return [c for c in constraints if not c.is_loose]
    spent = found.x[len(columns) :]
    room = {is_loose: ceil(sum(x for x, c in zip(spent, constraints, strict=True) if c.is_loose is is_loose) - _SLACK)
            for is_loose in (True, False)}  # fmt: skip
    return [replace(c, least=c.least - room[c.is_loose], most=c.most + room[c.is_loose]) for c in constraints]
