"""The rules that hide small groups: R1 to R4 in a row, then what could be worked out from one sum (METHODS E2).

Holds the rules over plain rows and sets of hidden columns; reading and writing frames is ``models/disclosure.py``.
A sum of three or more cells is protected one at a time; systems of sums come with the attacker's audit (METHODS E3).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from expectations.contract import Amount, Column, Count, Rate, Staffing, Table, Worded
from models.sums import Cell, Row, Sum, find_sums, hideable_columns, is_share

_WHOLE_NUMBER = 1e-6  # a rate times its group this near to a whole number is taken as a number of people


@dataclass(frozen=True)
class Thresholds:
    """The numbers of the disclosure rules; settings of the trust, signed by its data protection officer.

    ``minimum_count``: smallest number of people shown, other than 0 (R1, R3). ``minimum_denominator``: smallest
    group with a rate, mean or effect (R2). ``minimum_money_pupils``, ``dominance_rate`` and ``rest_rate``: money is
    hidden with fewer pupils, when the two largest make up that share of the sum, or when the rest is less than that
    share of the largest (R4). ``minimum_staff``: smallest number of staff whose hours or pay are shown (R8).
    """

    minimum_count: int = 5
    minimum_denominator: int = 10
    minimum_money_pupils: int = 10
    dominance_rate: float = 0.90
    rest_rate: float = 0.10
    minimum_staff: int = 3

    def is_small(self, count: float) -> bool:
        """True for a number of people that would point at them: 1 to 4. Nobody at all may be shown."""
        return 0 < count < self.minimum_count


OUTSIDE_TRUST = Thresholds(minimum_count=10)
"""For the website, the local authority or a funder."""


def hide_small(row: Row, table: Table, thresholds: Thresholds, hidden: set[str]) -> set[str]:
    """Columns that rules R1 to R4 hide in this row, other than those already ``hidden``."""
    return {
        column.name
        for column in hideable_columns(table)
        if row[column.name] is not None and _is_small(row, column, table, thresholds, hidden)
    }


def _is_small(row: Row, column: Column, table: Table, thresholds: Thresholds, hidden: set[str]) -> bool:
    role, value = column.release, row[column.name]
    if isinstance(role, Count):
        few = _are_few_behind(row, role, table, thresholds, hidden)
        return few or _is_small_count(value, row[role.of] if role.of else None, thresholds)
    if isinstance(role, Rate):
        group = row[role.denominator]
        if group is None:
            return role.denominator not in hidden
        groups = (group, row[role.base] or 0) if role.base in row else (group,)  # the base stays at the door
        return any(
            size < thresholds.minimum_denominator or _implies_small_count(value, size, column, thresholds)
            for size in groups
        )
    if isinstance(role, Staffing):
        return row[role.staff] is None or row[role.staff] < thresholds.minimum_staff
    return isinstance(role, Amount) and _is_small_amount(row, value, role, thresholds, hidden)


def _are_few_behind(row: Row, role: Count, table: Table, thresholds: Thresholds, hidden: set[str]) -> bool:
    """True when too few people, or nobody knows how many, stand behind a count of things."""
    is_known = role.behind is None or role.behind in hidden & overlapping(table)
    unknown = not is_known and (role.behind in hidden or row[role.behind or ""] is None)
    return unknown or any(thresholds.is_small(row.get(name or "") or 0) for name in (role.behind, role.base))


def overlapping(table: Table) -> set[str]:
    """Counts that another table nearly tells: where that hides them they may be many, so what leans on them stays."""
    return {c.name for c in table.columns if isinstance(c.release, Count) and (c.release.near or c.release.within)}


def _is_small_count(count: int, group: int | None, thresholds: Thresholds) -> bool:
    """R1 and R3: few people, all but few of their group, or none or all of a group under ten."""
    if thresholds.is_small(count):
        return True
    if not group:
        return False
    tells_on_all = group < thresholds.minimum_denominator and count in (0, group)
    return thresholds.is_small(group - count) or tells_on_all


def _implies_small_count(rate: float, group: int, column: Column, thresholds: Thresholds) -> bool:
    """True when a share of a shown group is itself a small number of people: 0.1 of 20 is 2."""
    people = rate * group
    is_share_of_people = is_share(column) and abs(people - round(people)) < _WHOLE_NUMBER
    return is_share_of_people and (thresholds.is_small(round(people)) or thresholds.is_small(group - round(people)))


def _is_small_amount(row: Row, amount: int, role: Amount, thresholds: Thresholds, hidden: set[str]) -> bool:
    """R4. An amount of a group whose largest contributions should be known but are not is hidden."""
    pupils = row[role.pupils]
    if pupils is None:
        return role.pupils not in hidden
    if amount == 0 and (pupils == 0 or pupils >= thresholds.minimum_money_pupils):
        return False
    if pupils < thresholds.minimum_money_pupils:
        return True
    named = [name for name in (role.largest, role.second) if name is not None and name in row]
    if not named:
        return False
    if any(row[name] is None for name in named):
        return True
    largest, top = abs(row[named[0]]), sum(abs(row[name]) for name in named)
    rest = abs(amount) - top
    return top >= thresholds.dominance_rate * abs(amount) or rest < thresholds.rest_rate * largest


def hide_what_follows(rows: Sequence[Row], hidden: list[set[str]], table: Table, thresholds: Thresholds) -> None:
    """Hide further cells, in place, until no hidden cell can be worked out from one sum. Hiding only grows.

    Counts and amounts first: the rates that follow from them are then hidden already, and fewer others must be.
    """
    sums = list(find_sums(rows, table))
    for stage in ([total for total in sums if not total.is_mean], sums):
        is_settled = False
        while not is_settled:
            is_settled = True
            for at, row in enumerate(rows):
                hidden[at] |= hide_dependants(row, hidden[at], table)
            for total in stage:
                while is_exposed(total, rows, hidden, table, thresholds):
                    at, name = _next_to_hide(total, rows, hidden, table)
                    hidden[at].add(name)
                    is_settled = False


def hide_dependants(row: Row, hidden: set[str], table: Table) -> set[str]:
    """Counts of things whose people are hidden, and rates from which a hidden count could be computed back.

    A mean or an effect (no numerator, not a share) does not give its group's size away and stays.
    """
    found = set()
    for column in table.columns:
        role = column.release
        if column.name in hidden or row.get(column.name) is None:
            continue
        if isinstance(role, Count) and role.behind in hidden - overlapping(table):
            found.add(column.name)
        if not isinstance(role, Rate):
            continue
        tells_group = role.numerator is not None or is_share(column)
        tells_count = role.numerator in hidden or (tells_group and role.denominator in hidden)
        if tells_count or _tells_parts(row, column, hidden, table):
            found.add(column.name)
    return found


def hide_words(row: Row, hidden: set[str], table: Table) -> set[str]:
    """Words written from a count that is hidden in this row: they would tell which hidden cell is the small one."""
    return {
        column.name
        for column in table.columns
        if isinstance(column.release, Worded)
        and row[column.name] is not None
        and (hidden - overlapping(table)).intersection(column.release.of)
    }


def _tells_parts(row: Row, column: Column, hidden: set[str], table: Table) -> bool:
    """True when a share times its group is the sum of some, not all, hidden parts (and any shown ones)."""
    role = column.release
    for partition in table.partitions:
        secret = [name for name in partition.parts if name in hidden]
        if not isinstance(role, Rate) or role.denominator != partition.whole or not is_share(column):
            continue
        if not secret or any(row[name] is None for name in (partition.whole, *partition.parts)):
            continue
        people = row[column.name] * row[partition.whole]
        for size in range(1, len(partition.parts)):
            for subset in combinations(partition.parts, size):
                is_news = 0 < len(set(subset) & set(secret)) < len(secret)
                if is_news and abs(people - sum(row[name] for name in subset)) < _WHOLE_NUMBER:
                    return True
    return False


def is_exposed(
    total: Sum, rows: Sequence[Row], hidden: Sequence[set[str]], table: Table, thresholds: Thresholds
) -> bool:
    """True when one cell alone is hidden, or the hidden parts together are a small number of people.

    Hidden parts that together are nobody are each known to be nobody; where the whole is nobody that is no news.
    Without a whole the sum of the parts is taken to be published elsewhere.
    """
    secret = [cell for cell in total.parts if cell[1] in hidden[cell[0]]]
    if total.whole is None:
        others = [cell for cell in total.parts if _is_shown(cell, rows, hidden)]
        is_covered = not any(_size(rows[at], table.by_name[name]) > 0 for at, name in others)
        return not is_covered and (len(secret) == 1 or (total.is_count and _are_few(secret, rows, thresholds)))
    if total.whole[1] in hidden[total.whole[0]]:
        return not secret and any(_is_shown(cell, rows, hidden) for cell in total.parts)
    whole = rows[total.whole[0]][total.whole[1]]
    if not secret or whole is None or (total.is_count and whole == 0):
        return False
    shown = sum(rows[at][name] for at, name in total.parts if _is_shown((at, name), rows, hidden))
    covered = whole - shown
    is_little = thresholds.is_small(covered) or (covered == 0 and whole > 0)
    return len(secret) == 1 or (total.is_count and is_little)


def _are_few(secret: Sequence[Cell], rows: Sequence[Row], thresholds: Thresholds) -> bool:
    """True when hidden cells are together few people or nobody; at the last look their values are not known."""
    values = [rows[at][name] for at, name in secret]
    if not values or any(value is None for value in values):
        return False
    return sum(values) == 0 or thresholds.is_small(sum(values))


def _is_shown(cell: Cell, rows: Sequence[Row], hidden: Sequence[set[str]]) -> bool:
    return cell[1] not in hidden[cell[0]] and rows[cell[0]][cell[1]] is not None


def _next_to_hide(total: Sum, rows: Sequence[Row], hidden: Sequence[set[str]], table: Table) -> Cell:
    """The smallest part that is not nothing; else the whole; else a part that is nothing. One is always left."""
    shown = [cell for cell in total.parts if _is_shown(cell, rows, hidden)]
    sizes = {cell: _size(rows[cell[0]], table.by_name[cell[1]]) for cell in shown}
    people = [cell for cell in shown if sizes[cell] > 0]
    if people:
        return min(people, key=lambda cell: sizes[cell])
    return total.whole if total.whole is not None and _is_shown(total.whole, rows, hidden) else shown[0]


def _size(row: Row, column: Column) -> float:
    """How many people, or how much money, stand behind a cell."""
    if isinstance(column.release, Rate):
        return float(row[column.release.denominator] or 0)
    return float(abs(row[column.name]))
