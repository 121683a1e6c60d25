"""The numbers of a table that must not be known too well, and which of them an attacker finds (METHODS E4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from expectations.contract import Amount, Column, Count, Staffing
from models.attack import Attack, Knowledge, Published, Terms
from models.sums import Row
from models.suppression import Thresholds

MONEY_RATE = 0.10
"""Share of a hidden amount by which it must be able to be more and less (the p% rule of METHODS E2, R4)."""
_SLACK = 1e-6


@dataclass(frozen=True)
class Secret:
    """A number that must not be known too well. ``up`` and ``down``: how much more and less it must be able to be.

    It is the sum of its terms and ``constant``. ``limit``: what it must be able to reach, and how wide its range must
    be; 0 where only ``up`` and ``down`` count.
    """

    terms: Terms
    value: float
    up: float
    down: float
    limit: float = 0.0
    constant: float = 0.0

    def is_given_away(self, least: float, most: float) -> bool:
        """True when the range that an attacker finds is too narrow or too low (METHODS E4)."""
        if self.limit:
            is_surely_small, is_narrow = most < self.limit - _SLACK, most - least < self.limit - _SLACK
            return is_surely_small or is_narrow or least > self.value - self.down + _SLACK
        return most < self.value + self.up - _SLACK or least > self.value - self.down + _SLACK

    def enough(self) -> tuple[float, float]:
        """(least, most) of a range that gives nothing away, however much wider it is."""
        least = self.value - self.down
        return least, max(self.value + self.up, least + self.limit, self.limit)


def given_away(part: Knowledge, secrets: Iterable[Secret], rows: Sequence[Row]) -> Iterator[Secret]:
    """Those of the secrets in this part of what is known that an attacker finds; ``rows`` hold the true values."""
    attack = Attack(part)
    for secret in secrets:
        unknown = {place: factor for place, factor in secret.terms.items() if place in part.unknowns}
        if unknown:
            shown = secret.constant
            shown += sum(rows[p[1]][p[2]] * factor for p, factor in secret.terms.items() if p not in unknown)
            least, most = secret.enough()
            least, most = attack.range_of(unknown, least - shown, most - shown)
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
            elif isinstance(column.release, Amount | Staffing) and row[column.name]:
                if isinstance(column.release, Staffing) and column.release.is_mean:
                    continue
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
