"""Linear programs as SciPy takes them: constraints over named cells, and quiet for its integer search."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from math import inf
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from models.attack import Constraint, Place


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
