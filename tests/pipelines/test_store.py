"""The work database: contracts on the way in, counts instead of values on the way out."""

from __future__ import annotations

import contextlib
from pathlib import Path

import polars as pl
import pytest

from expectations.derive import empty_frame
from expectations.errors import BusyError, ContractViolation, OrchardError
from expectations.tables import ALL
from pipelines.store import Store, content_version, write_anew

CODES = ALL["core_destination_codes"]


def codes(*given: str) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "destination_code": list(given),
            "destination_label": ["label"] * len(given),
            "destination_category": ["Education"] * len(given),
            "is_positive": [True] * len(given),
        },
        schema=empty_frame(CODES).schema,
    )


def test_a_table_comes_back_as_it_went_in(tmp_path: Path) -> None:
    with Store(tmp_path / "work.duckdb") as store:
        store.replace(CODES, codes("210", "220"), "v1")
        assert store.read(CODES).sort("destination_code").equals(codes("210", "220"))
        assert store.filled(CODES) == ("v1", content_version(codes("210", "220")), 2)


def test_a_table_never_filled_is_told_by_name(tmp_path: Path) -> None:
    with Store(tmp_path / "work.duckdb") as store, pytest.raises(ContractViolation, match="core_destination_codes"):
        store.read(CODES)


def test_a_second_opener_is_told_to_wait(tmp_path: Path) -> None:
    import subprocess
    import sys

    program = "import sys; from pathlib import Path; from pipelines.store import Store; Store(Path(sys.argv[1]))"
    with Store(tmp_path / "work.duckdb"):
        done = subprocess.run(
            [sys.executable, "-c", program, str(tmp_path / "work.duckdb")],
            capture_output=True,
            text=True,
            check=False,
        )
    assert BusyError.__name__ in done.stderr


def test_a_failed_transaction_leaves_nothing(tmp_path: Path) -> None:
    with Store(tmp_path / "work.duckdb") as store:
        with contextlib.suppress(RuntimeError), store.transaction():
            store.execute("insert into accepted values ('k', now()::timestamp)")
            raise RuntimeError
        assert store.execute("select count(*) from accepted") == [(0,)]


@pytest.mark.parametrize(
    "statement",
    [
        "select cast('CanarySmith' as integer)",
        "select strptime('CanarySmith', '%Y')",
        "insert into accepted select 'CanarySmith', cast('CanarySmith' as timestamp)",
    ],
)
def test_the_engines_errors_never_quote_a_value(tmp_path: Path, statement: str) -> None:
    with Store(tmp_path / "work.duckdb") as store, pytest.raises(OrchardError) as told:
        store.execute(statement)
    assert "CanarySmith" not in str(told.value)
    assert told.value.__cause__ is None


def test_the_content_version_knows_values_not_order() -> None:
    assert content_version(codes("210", "220")) == content_version(codes("220", "210"))
    assert content_version(codes("210", "220")) != content_version(codes("210", "230"))
    assert content_version(codes("210", "210")) != content_version(codes("210"))


def test_a_database_that_is_made_anew_keeps_its_rows_and_no_byte_of_those_deleted(tmp_path: Path) -> None:
    path = tmp_path / "it's work.duckdb"
    with Store(path) as store:
        store.execute("create table notes (number bigint not null, words varchar)")
        store.execute("insert into notes select i, 'kept ' || i from range(2000) t(i)")
        store.execute("insert into notes values (9999, 'Canaryson was here')")
    with Store(path) as store:
        store.execute("delete from notes where number = 9999")
    assert b"Canaryson" in path.read_bytes(), "or nothing need be made anew"
    write_anew(path)
    assert b"Canaryson" not in path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in tmp_path.iterdir()] == [path.name]
    with Store(path) as store:
        assert store.execute("select count(*), max(number) from notes") == [(2000, 1999)]
        with pytest.raises(ContractViolation):
            store.execute("insert into notes values (null, 'x')")
