"""From a school's unknown name to a figure: it queues, the SEND lead settles it, the next night counts its groups."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from dashboards.access import Identity, Role
from dashboards.journal import address, open_journal
from models.earlier import MOVED
from pipelines import publish
from tests.end_to_end.conftest import Trust, opened, orchard

QUEUE = "select alias, given_name, groups_count, pupils_count from mart_interventions__queue order by alias, school_urn"
MISSPELT = "socail circle"
BOARD, STAFF = "agg_trust.duckdb", "pupil_trust.duckdb"
COUNTED = {
    BOARD: "select started_count from mart_impact__intervention where intervention_name = ?",
    STAFF: "select count(*) from mart_interventions__pupil where intervention_name = ?",
}


@pytest.fixture
def home(trust: Trust, tmp_path: Path) -> Path:
    """A copy of the trust after its first night."""
    return Path(shutil.copytree(trust.home, tmp_path / "home", symlinks=True))


def settle(home: Path, alias: str, name: str | None) -> None:
    journal, known = open_journal(address(home, {})), {name} - {None}
    journal.settle_name(
        Identity(Role.SEND_LEAD), "somebody", alias, name, aliases=[alias], names=known, now=dt.datetime.now(dt.UTC)
    )


def ask(home: Path, name: str, sql: str, *values: str) -> list[tuple[object, ...]]:
    with opened((home / "CURRENT").resolve() / name) as connection:
        return connection.execute(sql, list(values)).fetchall()


def test_unknown_names_are_in_staff_files_only_and_in_no_released_mart(trust: Trust) -> None:
    given_names = {row[1] for row in ask(trust.home, "pupil_trust.duckdb", QUEUE)}
    assert given_names
    release = (trust.home / "CURRENT").resolve()
    for file in release.glob("agg_*.duckdb"):
        with opened(file) as connection:
            tables = {row[0] for row in connection.execute("select table_name from duckdb_tables()").fetchall()}
            told = {text for table in tables for row in connection.execute(f"from {table}").fetchall() for text in row}
        assert not given_names & told, file.name
        assert "mart_interventions__catalogue" in tables
        assert not {"mart_interventions__queue", "mart_interventions__unserved"} & tables


def test_a_settled_name_counts_from_the_next_night_on_and_a_lost_journal_is_told(home: Path) -> None:
    """One name is settled as an intervention, another as none; then nothing has changed until the next decision."""
    waiting = {str(row[0]): row for row in ask(home, "pupil_trust.duckdb", QUEUE)}
    meant, pupils = MISSPELT, int(str(waiting[MISSPELT][3]))
    other = next(alias for alias in waiting if alias != meant)
    before = {name: ask(home, name, sql, "Social Circle")[0][0] for name, sql in COUNTED.items()}
    settle(home, meant, "Social Circle")
    settle(home, other, None)
    done = orchard("refresh", "--home", str(home))
    assert done.returncode == 1, done.stderr
    assert (home / "CURRENT").resolve().name == "2"
    after = {name: ask(home, name, sql, "Social Circle")[0][0] for name, sql in COUNTED.items()}
    assert int(str(after[STAFF])) - int(str(before[STAFF])) == pupils
    assert pupils < MOVED, "so few pupils could be told from a figure that changes before the next half-term"
    assert after[BOARD] == before[BOARD]
    left = {row[0] for row in ask(home, "pupil_trust.duckdb", QUEUE)}
    assert left == set(waiting) - {meant, other}
    again = orchard("refresh", "--home", str(home))
    assert "nothing changed" in again.stdout
    lose_the_journal(home, told=meant)


def lose_the_journal(home: Path, told: str) -> None:
    """The night stops, says so without a name, and the last good release stands."""
    shutil.rmtree(home / "journal")
    done = orchard("refresh", "--home", str(home))
    assert done.returncode == 3
    assert "The journal is gone" in done.stdout
    assert told not in done.stdout + done.stderr
    assert (home / "CURRENT").resolve().name == "2"
    publish.verify((home / "CURRENT").resolve())
