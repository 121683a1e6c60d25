"""The journal: what people decide in the staff app. It only ever adds lines, as the challenge trail does beside it

(``trail_journal.py``: a database of its own, which the board app opens too).

A small transactional database: SQLite in the home folder, unless ORCHARD_JOURNAL_URL names one in PostgreSQL. The night
reads it as one more source (``pipelines/journal_source.py``). Holds no page.
"""

from __future__ import annotations

import datetime as dt
import os
import threading
import zlib
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashboards.access import Identity, Role
from dashboards.server_settings import JOURNAL_VARIABLE
from expectations.errors import OrchardError

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

BUSY_SECONDS = 5
"""How long a writer waits for another one."""
LONGEST_SUBJECT = 300
MIGRATIONS = "migrations"
_READ = "select alias, intervention_name, decided_at from alias_decisions order by decision_number"
_ADD = (
    "insert into alias_decisions (alias, intervention_name, decided_at, decided_by, decided_as) "
    "values (:alias, :intervention_name, :decided_at, :decided_by, :decided_as)"
)


@dataclass(frozen=True)
class Decision:
    """What a name stands for: an intervention of the trust, or none (``None``), since when (UTC, ISO 8601)."""

    alias: str
    intervention_name: str | None
    decided_at: str


@dataclass(frozen=True)
class Journal:
    """An open journal, its schema up to date. ``busy_seconds``: how long it waits for another writer."""

    engine: Engine

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read by. Raises ``OrchardError`` that quotes nothing when the journal cannot be read."""
        with _told(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that holds the right to write from its beginning. Raises ``OrchardError`` as ``reading``."""
        with _told(), _writing(self.engine) as connection:
            yield connection

    def decisions(self) -> dict[str, Decision]:
        """The latest decision on each name. Raises ``OrchardError`` when the journal cannot be read."""
        from sqlalchemy import text

        with self.reading() as connection:
            lines = [Decision(*row) for row in connection.execute(text(_READ))]
        return {line.alias: line for line in lines}

    def settle_name(
        self,
        identity: Identity | None,
        subject: str,
        alias: str,
        intervention_name: str | None,
        *,
        aliases: Collection[str],
        names: Collection[str],
        now: dt.datetime,
    ) -> None:
        """Add one decision: ``alias`` stands for an intervention, or for none (``None``).

        ``aliases`` are the names that wait or were settled before, ``names`` the trust's interventions; anything else
        is refused. Raises ``OrchardError`` for everyone but the SEND lead, and when the journal cannot be written.
        """
        if identity is None or identity.role is not Role.SEND_LEAD:
            raise OrchardError("Only the SEND lead settles names", "", "Ask the SEND lead.")
        if alias not in aliases:
            raise OrchardError("This name does not wait to be settled", "", "Choose one of the list.")
        if intervention_name is not None and intervention_name not in names:
            raise OrchardError("The trust’s catalogue has no such intervention", "", "Choose one of the list.")
        line = {
            "alias": alias,
            "intervention_name": intervention_name,
            "decided_at": now.astimezone(dt.UTC).isoformat(timespec="seconds"),
            "decided_by": subject[:LONGEST_SUBJECT] or "unknown",
            "decided_as": identity.role.value,
        }
        from sqlalchemy import text

        with self.writing() as connection:
            connection.execute(text(_ADD), line)


def address(home: Path, environment: Mapping[str, str] = os.environ) -> str:
    """Where the journal is: the URL that the settings name, else a file of the home folder."""
    return environment.get(JOURNAL_VARIABLE) or f"sqlite:///{home.resolve() / 'journal' / 'journal.sqlite'}"


_ONE_AT_A_TIME = threading.Lock()
"""Alembic keeps the migration that runs in its module: two pages that open a journal at once would break each other."""


def open_journal(where: str, busy_seconds: float = BUSY_SECONDS, steps: str = MIGRATIONS) -> Journal:
    """The journal at an address, made when it is not there yet. Raises ``OrchardError`` that quotes nothing of it.

    ``steps``: the folder of this room with the steps of its schema.
    """
    from sqlalchemy import make_url

    with _told(), _ONE_AT_A_TIME:
        url = make_url(where)
        if url.get_backend_name() == "sqlite" and url.database:
            file = Path(url.database)
            if not file.is_file():
                _open.cache_clear()  # it was taken away: the schema is to be made again
                _make_file(file)
        return _open(where, busy_seconds, steps)


@cache
def _open(where: str, busy_seconds: float, steps: str) -> Journal:
    """One engine a process and address, its schema brought up to date once."""
    from sqlalchemy import create_engine
    from sqlalchemy.pool import NullPool

    engine = create_engine(where, poolclass=NullPool, hide_parameters=True)
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine, busy_seconds)
    if engine.dialect.name == "postgresql":
        _prepare_postgresql(engine, busy_seconds, steps)
    _bring_up_to_date(engine, steps)
    return Journal(engine)


def _make_file(file: Path) -> None:
    """An empty file that only its owner reads, in a folder that only its owner enters."""
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(file, os.O_WRONLY | os.O_CREAT, 0o600))


def _prepare_sqlite(engine: Engine, busy_seconds: float) -> None:
    """Readers never wait (write-ahead log), writers wait their turn, and a transaction is one from its first word."""
    from sqlalchemy import event

    @event.listens_for(engine, "connect")
    def configure(raw: Any, _record: object) -> None:
        raw.isolation_level = None  # the driver would begin transactions late, and none for a change of the schema
        raw.execute(f"pragma busy_timeout = {round(busy_seconds * 1000)}")
        raw.execute("pragma journal_mode = wal")
        raw.execute("pragma synchronous = full")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        is_writing = connection.get_execution_options().get("is_writing", False)
        connection.exec_driver_sql("begin immediate" if is_writing else "begin")


def _prepare_postgresql(engine: Engine, busy_seconds: float, steps: str) -> None:
    """Writers take turns, as over SQLite: what one reads before it writes is still so when it writes."""
    from sqlalchemy import event

    turn = zlib.crc32(steps.encode())

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get("is_writing", False):
            connection.exec_driver_sql(f"set local lock_timeout = {round(busy_seconds * 1000)}")
            connection.exec_driver_sql(f"select pg_advisory_xact_lock({turn})")


@contextmanager
def _writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that holds the right to write from its beginning: all of it, or nothing."""
    with engine.connect().execution_options(is_writing=True) as connection, connection.begin():
        yield connection


def _bring_up_to_date(engine: Engine, steps: str) -> None:
    """Run the steps of the schema that this journal has not had; two processes do so one after the other."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(resources.files("dashboards") / steps).replace("%", "%%"))
    with _writing(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


@contextmanager
def _told() -> Iterator[None]:
    """The database's error as one sentence that quotes nothing of it."""
    from alembic.util.exc import CommandError
    from sqlalchemy.exc import OperationalError, SQLAlchemyError

    try:
        yield
    except OperationalError as error:
        if any(word in str(error.orig) for word in ("locked", "busy", "lock timeout")):
            raise OrchardError(
                "The journal is busy", "", "Somebody else is writing. See what is recorded, then try again."
            ) from None
        raise OrchardError("The journal cannot be opened", "", "Ask the central team.") from None
    except (SQLAlchemyError, CommandError, OSError, ImportError):
        raise OrchardError("The journal cannot be opened", "", "Ask the central team.") from None
