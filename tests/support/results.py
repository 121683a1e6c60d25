"""Reading the numbers out of a frozen result, to hold that none is NaN or infinite."""

from __future__ import annotations

import dataclasses
import math
from typing import Any

import numpy as np

from models.scores import Reason

WITH_FIGURES = {Reason.OK, Reason.NO_SPREAD_BETWEEN}


def numbers_in(result: Any) -> list[float]:
    """Every number in a result, with those in tuples and arrays; words, switches and blanks are left out."""
    found: list[float] = []
    for field in dataclasses.fields(result):
        value = getattr(result, field.name)
        if isinstance(value, (float, int)) and not isinstance(value, bool):
            found.append(float(value))
        elif isinstance(value, (tuple, np.ndarray)) and not any(isinstance(part, str) for part in value):
            found.extend(np.ravel(np.asarray(value, dtype=float)).tolist())
    return found


def blanks_in(result: Any) -> list[str]:
    """Names of the fields that hold nothing."""
    return [field.name for field in dataclasses.fields(result) if getattr(result, field.name) is None]


def assert_figures_or_reason(result: Any, *may_be_blank: str) -> None:
    """Finite figures and no blank where it is estimated; a reason and no figure where it is not."""
    assert all(map(math.isfinite, numbers_in(result))), result
    if result.reason_code in WITH_FIGURES:
        assert set(blanks_in(result)) <= set(may_be_blank), result
    else:
        floats = [f.name for f in dataclasses.fields(result) if isinstance(getattr(result, f.name), float)]
        assert floats == [], result
