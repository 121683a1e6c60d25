"""Erasing a pupil from what people write: cases of moderation in the journal, names in the words of the trail."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from expectations.errors import OrchardError
from pipelines.database_copy import Written, written_databases
from pipelines.forgetting_rows import Person
from pipelines.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection, Table

REMOVED = "[name removed]"
_BELOW_CASES = ("moderation_ratings", "moderation_cases")


def forget_words(settings: Settings, person: Person) -> tuple[int, int]:
    """Erase somebody from the journal and the trail; (cases of moderation erased, lines whose words were changed).

    Where they are kept in a server, also from files of the home that were left behind, whose rows are counted too.

    The one place where a line of theirs is ever changed. Raises ``OrchardError`` when a database cannot be written.
    """
    journal, trail = written_databases(settings)
    cases = sum(_everywhere(journal, lambda connection, of: _forget_cases(connection, person, of)))
    lines = sum(_everywhere(trail, lambda connection, of: _blank_names(connection, person, of)))
    return cases, lines


def _everywhere(of: Written, erase: Callable[[Connection, Written], int]) -> list[int]:
    """Rows erased in a database and, after a move to a server, in the file that was left behind."""
    places = [of] if of.url is None else [of, replace(of, url=None)]
    found = []
    for place in places:
        with _writing(place) as connection:
            found.append(erase(connection, place) if connection else 0)
    return found


def _forget_cases(connection: Connection, person: Person, of: Written) -> int:
    from sqlalchemy import and_, or_

    tables = {table.name: table for table in of.tables_in(connection)}
    keys = [*person.pupil_keys, *person.earlier_keys]
    if not keys or not set(_BELOW_CASES) <= set(tables):
        return 0
    ratings, cases = (tables[name] for name in _BELOW_CASES)
    own = connection.execute(
        cases.select().with_only_columns(cases.c.round_number, cases.c.case_number)
        .where(cases.c.pupil_key.in_(keys))
    ).all()  # fmt: skip
    if own:
        for table in (ratings, cases):
            places = [and_(table.c.round_number == number, table.c.case_number == case) for number, case in own]
            connection.execute(table.delete().where(or_(*places)))
    return len(own)


def _blank_names(connection: Connection, person: Person, of: Written) -> int:
    told = _told(person)
    return sum(_blank_table(connection, table, told) for table in of.tables_in(connection))


def _told(person: Person) -> re.Pattern[str]:
    """Full names in either order, and the UPNs, whatever their case."""
    words = [re.escape(upn) for upn in person.upns]
    for forename, surname in person.names:
        for first, second in ((forename, surname), (surname, forename)):
            words.append(rf"\b{re.escape(first)}[\s,]+{re.escape(second)}\b")
    return re.compile("|".join(words), re.IGNORECASE)


def _blank_table(connection: Connection, table: Table, told: re.Pattern[str]) -> int:
    from sqlalchemy import String

    texts = [column.name for column in table.columns if isinstance(column.type, String)]
    (key, *others) = table.primary_key.columns or (None,)
    if key is None or others:
        return 0
    changed = 0
    for row in connection.execute(table.select()).mappings().all():
        new = {name: told.sub(REMOVED, row[name]) for name in texts if row[name] and told.search(row[name])}
        if new:
            connection.execute(table.update().where(key == row[key.name]).values(new))
            changed += 1
    return changed


@contextmanager
def _writing(of: Written) -> Iterator[Connection | None]:
    """One transaction; ``None`` where nothing was ever written. An SQLite file keeps nothing of what was erased."""
    from sqlalchemy.exc import SQLAlchemyError

    if of.url is None and not of.file.is_file():
        yield None
        return
    try:
        engine = of.engine()
        is_file = engine.dialect.name == "sqlite"
        with engine.begin() as connection:
            yield connection
        if is_file:
            with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql("vacuum")
                connection.exec_driver_sql("pragma wal_checkpoint(truncate)")
    except (SQLAlchemyError, ImportError, ValueError):
        raise OrchardError(f"The {of.name} cannot be written", of.file.name if of.url is None else f"{of.name}_url",
                           "See that nobody holds it, then run this again.") from None  # fmt: skip
