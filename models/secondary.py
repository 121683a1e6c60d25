"""Complete secondary suppression of a table: no sum, and no system of sums, gives a small number away (METHODS E3).

``suppression`` protects one sum at a time. Here an attacker (``attack``) tries all of a table's sums, groups and shares
together, with what other tables tell; where a small number is known too well, ``cover`` finds the cheapest further
cells whose hiding leaves room for other tables that fit all that is shown. Hiding only grows, so the search ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from expectations.contract import Rate, Table
from models.attack import Bond, Knowledge, Place, Published, gather, surely_small
from models.cover import NIGHTLY, QUICK, Board, Effort, is_of_trust, one_by_one, together, variables_of
from models.guarded import Secret, given_away, secrets_of
from models.sums import Row, additive_columns
from models.suppression import Thresholds, hide_dependants, hide_what_follows

__all__ = ["Beside", "Hiding", "Secret", "cheapest_cover", "complete", "given_away", "price_of", "secrets_of"]

_ROUNDS = 50


@dataclass(frozen=True)
class Beside:
    """What a reader has beside a table. ``told``: in each row the columns that another released table shows.

    ``tables`` and ``bonds``: leading marts and what ties cells to them, or to earlier releases; ``secrets``: numbers
    between tables; ``habit``: in each row what the last release hid, which costs next to nothing to hide again.
    """

    told: Sequence[set[str]] = ()
    tables: tuple[Published, ...] = ()
    bonds: tuple[Bond, ...] = ()
    secrets: tuple[Secret, ...] = ()
    habit: Sequence[set[str]] = ()


@dataclass
class Hiding:
    """The search for one table: rows hold the true values, ``hidden`` grows in place."""

    rows: Sequence[Row]
    hidden: list[set[str]]
    table: Table
    limits: Thresholds
    beside: Beside = field(default_factory=Beside)
    effort: Effort = NIGHTLY
    is_too_large: bool = False
    seen: dict[object, list[Secret]] = field(default_factory=dict)
    beyond_help: set[tuple[tuple[Place, float], ...]] = field(default_factory=set)

    @property
    def told(self) -> Sequence[set[str]]:
        """In each row the columns that another table shows."""
        return self.beside.told or [set() for _ in self.rows]

    def exposed(self) -> list[Secret]:
        """The secrets that an attacker finds now; those that nothing can protect are left out."""
        unknown = [names - told for names, told in zip(self.hidden, self.told, strict=True)]
        own = Published(self.table, self.rows, unknown)
        secrets = [*secrets_of(own, self.limits), *self.beside.secrets]
        if all(_key(secret) in self.beyond_help for secret in secrets):
            return []
        parts = gather([own, *self.beside.tables], self.beside.bonds).parts()
        found = [secret for part in parts for secret in self._exposed_in(part, secrets)]
        return [secret for secret in found if _key(secret) not in self.beyond_help]

    def _exposed_in(self, part: Knowledge, secrets: Sequence[Secret]) -> list[Secret]:
        """The secrets found in a part; a part that stands as it stood in an earlier round is not searched again."""
        state = (
            frozenset(part.unknowns),
            tuple((tuple(c.terms.items()), c.least, c.most) for c in part.constraints),
        )
        if state not in self.seen:
            self.seen[state] = list(given_away(part, secrets, self.rows))
        return self.seen[state]

    def whole(self) -> list[Knowledge]:
        """All that binds the table's cells if every one were hidden, but for those that another table shows."""
        figures = {column.name for column in additive_columns(self.table)}
        every = [
            {name for name in figures - told if row[name] is not None}
            for row, told in zip(self.rows, self.told, strict=True)
        ]
        rates = [column.name for column in self.table.columns if isinstance(column.release, Rate)]
        bare = [row | dict.fromkeys(rates, None) for row in self.rows]  # a share is hidden with its numerator
        own = [bond for bond in self.beside.bonds if all(place[0] == self.table.name for place, _ in bond.cells)]
        return gather([Published(self.table, bare, every)], own).parts()

    def cover(self, exposed: Sequence[Secret], parts: Sequence[Knowledge]) -> None:
        """Hide what gives these secrets room."""
        for part in parts:
            mine = [secret for secret in exposed if not part.unknowns.isdisjoint(secret.terms)]
            if mine:
                self._cover_part(part, mine)

    def _cover_part(self, part: Knowledge, exposed: Sequence[Secret]) -> None:
        before = [set(names) for names in self.hidden]
        size = variables_of(Board(part, self.rows, before, self.table), exposed)
        self.is_too_large |= size > self.effort.variables
        helped, found = [], set()
        for secret in exposed:
            board = Board(part, self.rows, self.hidden, self.table, self.beside.habit)
            cells = one_by_one(board, secret)
            if cells is None or (_is_all_or_none(secret) and self._touches_trust(cells)):
                self.beyond_help.add(_key(secret))
                continue
            helped.append(secret)
            found |= cells
            self._hide(cells)
        board = Board(part, self.rows, before, self.table, self.beside.habit)
        if len(found) > 1 and size <= self.effort.variables:
            best = together(board, helped, self.effort)
            if best is not None and board.price(best) < board.price(found):
                self.hidden[:] = before
                self._hide(best)

    def _touches_trust(self, cells: Iterable[Place]) -> bool:
        return any(is_of_trust(self.rows[at]) for _, at, _ in cells)

    def _hide(self, cells: Iterable[Place]) -> None:
        for _, at, name in cells:
            self.hidden[at].add(name)

    def hide_dependants(self) -> None:
        """Hide what leans on hidden cells."""
        for at, row in enumerate(self.rows):
            self.hidden[at] |= hide_dependants(row, self.hidden[at], self.table)

    def hide_for_leaders(self) -> bool:
        """Hide one part of each sum that gives away what a leading mart hides; true when something was hidden."""
        if not any(any(led.hidden) for led in self.beside.tables):
            return False
        own = Published(self.table, self.rows, self.hidden)
        _, told = surely_small([own, *self.beside.tables], self.limits.minimum_count, self.beside.bonds)
        leaders = {place[0] for place in told if place[0] != self.table.name}
        done = False
        for bond in self.beside.bonds:
            shown = [p for p, _ in bond.cells if p[0] == self.table.name and p[2] not in self.hidden[p[1]]]
            people = [p for p in shown if self.rows[p[1]][p[2]]]
            if people and leaders & {place[0] for place, _ in bond.cells}:
                self._hide([min(people, key=lambda p: self.rows[p[1]][p[2]])])
                done = True
        return done


def complete(
    rows: Sequence[Row],
    hidden: list[set[str]],
    table: Table,
    thresholds: Thresholds,
    beside: Beside = Beside(),
    *,
    effort: Effort = NIGHTLY,
    or_none: bool = False,
    seen: dict[object, list[Secret]] | None = None,
) -> bool:
    """Hide further cells, in place, until the attacker finds no secret of this table; rows hold the true values.

    A secret that nothing in the table can protect (a total of nobody says that each part is nobody) stays as it is.
    ``effort``: how large a part is solved exactly; the secrets of a larger one are covered one by one, and false is
    returned. ``or_none``: then stop at once, unfinished. ``seen`` keeps what was found in each part, for a second
    search of the same table.
    """
    search = Hiding(rows, hidden, table, thresholds, beside, effort, seen=seen if seen is not None else {})
    parts: list[Knowledge] = []
    for _ in range(_ROUNDS):
        exposed = search.exposed()
        if not exposed and not search.hide_for_leaders():
            break
        parts = parts or search.whole()
        search.cover(exposed, parts)
        search.hide_dependants()
        if search.is_too_large and or_none:
            return False
    return not search.is_too_large


def cheapest_cover(
    rows: Sequence[Row],
    primary: Sequence[set[str]],
    table: Table,
    thresholds: Thresholds,
    beside: Beside = Beside(),
    effort: Effort = NIGHTLY,
) -> list[set[str]]:
    """The primary cells and their covers, the cheaper of two ways.

    One protects single sums first, smallest part by smallest part, and then the systems of them; the other looks for
    the cheapest cells for all secrets of a part at once, where it is small enough for that.
    """
    found: list[list[set[str]]] = []
    seen: dict[object, list[Secret]] = {}
    for tried in (QUICK, effort):
        hidden = [set(names) for names in primary]
        if tried.variables and not complete(
            rows, hidden, table, thresholds, beside, effort=tried, or_none=True, seen=seen
        ):
            break  # too large for the exact way
        hide_what_follows(rows, hidden, table, thresholds)
        complete(rows, hidden, table, thresholds, beside, effort=QUICK, seen=seen)
        found.append(hidden)
        if found[0] == list(primary):
            break  # nothing needed covering
    return min(found, key=lambda hidden: price_of(rows, hidden, table, beside.habit))


def price_of(rows: Sequence[Row], hidden: Sequence[set[str]], table: Table, habit: Sequence[set[str]] = ()) -> float:
    """What hiding costs readers: of counts and amounts as for covers, and one for each rate that goes with them."""
    board = Board(Knowledge(), rows, [set() for _ in rows], table, habit)
    figures = {column.name for column in additive_columns(table)}
    cells = [(at, name) for at, names in enumerate(hidden) for name in names if rows[at].get(name) is not None]
    return sum(board.cost_of((table.name, at, name)) if name in figures else 1.0 for at, name in cells)


def _is_all_or_none(secret: Secret) -> bool:
    """No figure of the trust is given up for "none" or "all" of a small group."""
    return not secret.limit and not secret.down


def _key(secret: Secret) -> tuple[tuple[Place, float], ...]:
    return tuple(sorted(secret.terms.items()))
