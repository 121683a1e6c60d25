"""Finding and opening a release: the pointer, a broken pointer, a damaged file, the sandbox, a new release."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from dashboards import marts
from dashboards.queries import Query, release
from dashboards.releases import find_release
from expectations.errors import OrchardError
from tests.support.releases import ELM, publish_release


@pytest.fixture
def home(sample_home: Path, tmp_path: Path) -> Path:
    """A copy that a test may break."""
    shutil.copytree(sample_home, tmp_path / "home", symlinks=True)
    return tmp_path / "home"


def test_the_pointer_leads_to_the_real_folder(home: Path) -> None:
    found = find_release(home)
    assert found.folder == (home / "releases" / "1").resolve()
    assert found.is_pointed_to
    assert found.is_sample


def test_a_new_release_is_seen_at_once_and_the_old_file_is_not_read_again(home: Path) -> None:
    def number_seen() -> int:
        found = find_release(home)
        return int(marts.read(found, found.folder / f"agg_{ELM}.duckdb", release.about())[0]["release_number"])

    assert number_seen() == 1
    publish_release(home, number=2)
    assert number_seen() == 2


@pytest.mark.parametrize("breakage", ["target gone", "manifest broken", "pointer gone"])
def test_a_broken_pointer_falls_back_to_the_newest_whole_release(home: Path, breakage: str) -> None:
    publish_release(home, number=2)
    if breakage == "target gone":
        shutil.rmtree(home / "releases" / "2")
    elif breakage == "manifest broken":
        (home / "releases" / "2" / "manifest.json").write_text("{")
    else:
        (home / "CURRENT").unlink()
    found = find_release(home)
    assert found.number == (2 if breakage == "pointer gone" else 1)
    assert not found.is_pointed_to


@pytest.mark.parametrize("has_folder", [True, False])
def test_an_empty_home_says_so(tmp_path: Path, has_folder: bool) -> None:
    if has_folder:
        (tmp_path / "releases").mkdir()
    with pytest.raises(OrchardError, match="no figures yet"):
        find_release(tmp_path)


def test_a_damaged_file_is_refused_and_names_no_data(home: Path) -> None:
    found = find_release(home)
    path = found.folder / f"agg_{ELM}.duckdb"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.chmod(0o640)
    path.write_bytes(content)
    with pytest.raises(OrchardError, match="damaged"):
        marts.read(found, path, release.about())
    path.unlink()
    with pytest.raises(OrchardError, match="cannot be read"):
        marts.read(found, path, release.about())


def test_a_wrong_question_tells_nothing_of_the_data(home: Path) -> None:
    found = find_release(home)
    with pytest.raises(OrchardError) as refused:
        marts.read(found, found.folder / f"pupil_{ELM}.duckdb",
                   Query("select cast(surname as integer) from mart_pupils__register"))  # fmt: skip
    assert "Canaryson" not in str(refused.value)
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__


@pytest.mark.parametrize("statement", [
    "create table x (a integer)", "delete from mart_release__about", "select * from read_csv('/etc/passwd')",
    "select * from read_text('/etc/passwd')", "attach 'x.duckdb' as x", "copy mart_release__about to 'x.csv'",
    "install httpfs", "load httpfs", "set enable_external_access = true", "set memory_limit = '1TB'",
    "select * from glob('/*')", "export database 'x'",
])  # fmt: skip
def test_a_reader_can_do_nothing_but_read_its_file(home: Path, statement: str) -> None:
    connection = marts.open_reader(find_release(home).folder / f"agg_{ELM}.duckdb")
    try:
        assert connection.execute("select count(*) from mart_release__about").fetchall() == [(1,)]
        with pytest.raises(duckdb.Error):
            connection.execute(statement).fetchall()
    finally:
        connection.close()


def test_the_pointer_itself_is_never_opened(home: Path) -> None:
    through_pointer = home / "CURRENT" / f"agg_{ELM}.duckdb"
    connection = marts.open_reader(through_pointer)
    opened = connection.execute("select path from duckdb_databases() where not internal").fetchall()[0][0]
    connection.close()
    assert "CURRENT" not in opened
