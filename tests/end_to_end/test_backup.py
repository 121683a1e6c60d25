"""The drill: a trust from its backup alone, every table as it was; and a pupil erased from it to the last byte."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from dashboards import moderation_journal, trail_journal
from dashboards.journal import address, open_journal
from pipelines.forgetting_files import holds
from tests.end_to_end.conftest import Trust, opened, orchard
from tests.pipelines.test_database_copy import CASE, LEAD, NOW, ask

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Again:
    """A trust that was made again from its backup, what was said, and every table's digest before and after."""

    home: Path
    said: str
    before: dict[tuple[str, str], str]
    after: dict[tuple[str, str], str]


@pytest.fixture(scope="module")
def again(trust: Trust, tmp_path_factory: pytest.TempPathFactory) -> Again:
    folder = tmp_path_factory.mktemp("backup")
    home, keys = folder / "again", folder / "keys"
    made = orchard("backup", "--home", str(trust.home), "--to", str(folder / "to"), "--key", str(keys), "--new-key")
    assert made.returncode == 0, made.stderr
    (backup,) = (folder / "to").iterdir()
    done = orchard("restore", "--from", str(backup), "--home", str(home), "--key", str(keys))
    assert done.returncode == 0, done.stderr
    return Again(home, made.stdout + done.stdout, tables_of(trust.home), tables_of(home))


def tables_of(home: Path) -> dict[tuple[str, str], str]:
    """Digest of the rows of every table in every database of a home."""
    found = {}
    for path in databases_of(home):
        with opened(path) as connection:
            for name in tables_in(connection):
                asked = connection.execute(f'select count(*), sum(hash(t)::hugeint) from "{name}" t')
                found[path.name, name] = repr(asked.fetchall())
    return found


def databases_of(home: Path) -> list[Path]:
    return [home / "work.duckdb", *sorted((home / "CURRENT").resolve().glob("*.duckdb"))]


def tables_in(connection: duckdb.DuckDBPyConnection) -> list[str]:
    return [name for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall()]


def test_a_trust_is_made_again_from_its_backup_alone(trust: Trust, again: Again) -> None:
    assert len(again.before) > 500
    assert again.after == again.before
    upn = trust.work("select identifier from core_pupil_identifiers where identifier_kind = 'UPN' limit 1").item()
    assert upn not in again.said
    night = orchard("refresh", "--home", str(again.home))
    assert "nothing changed" in night.stdout, night.stdout + night.stderr
    assert night.returncode == trust.first.returncode
    assert (again.home / "CURRENT").resolve().name == (trust.home / "CURRENT").resolve().name


CANARY = """
select p.upn, p.forename, p.surname, p.pupil_key from core_pupils p
where not p.is_upn_temporary and regexp_full_match(p.surname, '[A-Za-z]{6,}')
  and p.pupil_key in (select pupil_key from clean_ehc_tracker__plans)
  and p.pupil_key in (select pupil_key from clean_provision_map__pupils)
  and p.pupil_key in (select pupil_key from mart_pupils__register)
  and 1 = (select count(*) from core_pupils o where contains(lower(o.surname || o.forename), lower(p.surname)))
order by p.upn limit 1
"""
"""A pupil with a plan and an intervention whose surname nobody else has."""


def test_an_erased_pupil_is_in_no_byte_that_the_trust_keeps(trust: Trust, again: Again) -> None:
    home = again.home
    ((upn, forename, surname, pupil_key),) = trust.work(CANARY).rows()
    journal, trail = open_journal(address(home, {})), trail_journal.open_trail(home)
    moderation_journal.open_round(journal, LEAD, "lead", [{**CASE, "pupil_key": pupil_key}], round_name="Autumn",
                                  matrix_version="V1", is_own_school_rated=False, now=NOW)  # fmt: skip
    ask(trail, f"How is {forename} {surname} doing?")
    done = orchard("forget-pupil", "--home", str(home), input=f"{upn}\n")
    assert done.returncode == 1, done.stderr  # the schools' files are theirs to mend
    assert "1 cases of moderation, names in 1 lines" in done.stdout
    assert not any(told in done.stdout + done.stderr for told in (upn, surname, pupil_key))
    kept = [path for path in home.rglob("*") if path.is_file() and not path.is_symlink()
            and not {"drop", "truth"} & set(path.relative_to(home).parts)]  # fmt: skip
    for told in (upn, surname, pupil_key):
        assert [path.relative_to(home) for path in kept if holds(path, told)] == []
    for database in [home / "work.duckdb", *home.glob("releases/*/*.duckdb")]:
        with opened(database) as connection:
            for name in tables_in(connection):
                sql = f'select count(*) from "{name}" t where contains(t::varchar, ?) or contains(t::varchar, ?)'
                assert connection.execute(sql, [upn, pupil_key]).fetchall() == [(0,)], (database.name, name)
    delivered = [path.relative_to(home / "drop") for path in (home / "drop").rglob("*")
                 if path.is_file() and not path.is_symlink() and holds(path, upn)]  # fmt: skip
    assert delivered
    assert all(path.as_posix() in done.stdout for path in delivered[:20])


def test_after_an_erasure_everything_else_is_as_it_was(trust: Trust, again: Again) -> None:
    """One person fewer, one release that nobody can go back from, and the accounts still whole."""
    with opened(again.home / "work.duckdb") as connection:
        (people,) = connection.execute("select count(*) from core_pupils").fetchall()[0]
        balance = connection.execute(
            "select sum(rows_count), sum(accepted_rows_count), sum(quarantined_rows_count) "
            "from model_deliveries__balance"
        ).fetchall()[0]
        (aside,) = connection.execute("select count(*) from landing_findings where rule = 'ERASED'").fetchall()[0]
    assert people == trust.work("select count(*) from core_pupils").item() - 1
    assert balance[0] == trust.work("select sum(rows_count) from model_deliveries__balance").item()
    assert balance[0] == balance[1] + balance[2]
    assert aside > 50
    assert [path.name for path in (again.home / "releases").iterdir()] == ["2"]
    night = orchard("refresh", "--home", str(again.home))
    assert "nothing changed" in night.stdout, night.stdout + night.stderr
