"""The drill: a trust from its backup alone, every table as it was, and the program works on it."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from tests.end_to_end.conftest import Trust, opened, orchard


def tables_of(home: Path) -> dict[tuple[str, str], str]:
    """Digest of the rows of every table in every database of a home."""
    found = {}
    for path in [home / "work.duckdb", *sorted((home / "CURRENT").resolve().glob("*.duckdb"))]:
        with opened(path) as connection:
            for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall():
                found[path.name, name] = digest(connection, name)
    return found


def digest(connection: duckdb.DuckDBPyConnection, table: str) -> str:
    return repr(connection.execute(f'select count(*), sum(hash(t)::hugeint) from "{table}" t').fetchall())


@pytest.mark.slow
def test_a_trust_is_made_again_from_its_backup_alone(trust: Trust, tmp_path: Path) -> None:
    again, keys = tmp_path / "again", tmp_path / "keys"
    made = orchard("backup", "--home", str(trust.home), "--to", str(tmp_path / "to"), "--key", str(keys), "--new-key")
    assert made.returncode == 0, made.stderr
    (backup,) = (tmp_path / "to").iterdir()
    done = orchard("restore", "--from", str(backup), "--home", str(again), "--key", str(keys))
    assert done.returncode == 0, done.stderr
    before = tables_of(trust.home)
    assert len(before) > 500
    assert tables_of(again) == before
    upn = trust.work("select identifier from core_pupil_identifiers where identifier_kind = 'UPN' limit 1").item()
    assert upn not in made.stdout + done.stdout
    night = orchard("refresh", "--home", str(again))
    assert night.returncode == trust.first.returncode, night.stderr
    assert (again / "CURRENT").resolve().name == (trust.home / "CURRENT").resolve().name
    assert tables_of(again) == before
    assert (again / "released_cells.parquet").read_bytes() == (trust.home / "released_cells.parquet").read_bytes()
