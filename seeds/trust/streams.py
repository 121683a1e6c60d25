"""Independent random streams, one a subject, so that a change in one subject leaves the others as they were."""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Mapping, Sequence
from typing import TypeVar

import numpy as np

T = TypeVar("T")


class Stream:
    """A seeded source of chance with the few draws that the sample needs."""

    def __init__(self, seed: int, subject: str) -> None:
        self.numbers = np.random.default_rng([seed, zlib.crc32(subject.encode())])

    def chance(self, rate: float) -> bool:
        """True with the given probability."""
        return bool(self.numbers.random() < rate)

    def whole(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return int(self.numbers.integers(low, high + 1))

    def normal(self, mean: float = 0.0, deviation: float = 1.0) -> float:
        """A normal draw."""
        return float(self.numbers.normal(mean, deviation))

    def one_of(self, options: Sequence[T]) -> T:
        """One of the options, all alike."""
        return options[int(self.numbers.integers(len(options)))]

    def weighted(self, weights: Mapping[T, float]) -> T:
        """One key, by its weight."""
        total = sum(weights.values())
        place = self.numbers.random() * total
        for option, weight in weights.items():
            place -= weight
            if place < 0:
                return option
        return list(weights)[-1]

    def some(self, options: Sequence[T], count: int) -> list[T]:
        """Different options, at most ``count``, in random order."""
        places = self.numbers.permutation(len(options))[:count]
        return [options[int(place)] for place in places]

    def day(self, first: dt.date, last: dt.date) -> dt.date:
        """A weekday from first to last, both included."""
        day = first + dt.timedelta(days=self.whole(0, max(0, (last - first).days)))
        return weekday_from(day)


def weekday_from(day: dt.date) -> dt.date:
    """The day, or the Monday after a weekend."""
    return day + dt.timedelta(days=max(0, 7 - day.weekday())) if day.weekday() >= 5 else day
