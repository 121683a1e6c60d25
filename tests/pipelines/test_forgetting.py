"""Erasing a pupil: what is refused, who is meant, and what a stopped erasure leaves to be done. The whole of it is in

``tests/end_to_end/test_backup.py``.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import polars as pl
import pytest
from typer.testing import CliRunner

from expectations.derive import clean_table, empty_frame, schema
from expectations.errors import OrchardError, SettingsError
from expectations.tables import ALL, RAW
from expectations.tables.pupils import CORE_PUPIL_IDENTIFIERS
from expectations.tables.reference import CORE_PUPIL_RECORDS
from expectations.vocabulary import TRUST
from pipelines import forgetting
from pipelines.cli import app
from pipelines.forgetting_files import holds
from pipelines.forgetting_rows import Person, find_person, remove_rows
from pipelines.forgotten import Forgotten, read_forgotten
from pipelines.settings import Settings
from pipelines.store import Store
from tests.support.homes import upn_of

NOW = dt.datetime(2026, 11, 26, 4, 0, tzinfo=dt.UTC)
UPN, KEY = upn_of(1), b"a secret of the test"


@pytest.mark.parametrize("said", ["", "\n", "Ada Example", UPN[:-1], "B" + UPN[1:], f"{UPN} {UPN}", f"{UPN}\n{UPN}"])
def test_what_is_no_upn_is_refused_and_not_quoted(settings: Settings, said: str) -> None:
    with pytest.raises(SettingsError, match="This is no UPN") as told:
        forgetting.forget_pupil(settings, said, NOW)
    assert not said.strip() or said.strip() not in told.value.sentence()
    assert not settings.forgotten_file.exists()


def test_the_upn_is_read_from_a_pipe_or_a_file_and_is_never_an_argument(settings: Settings, tmp_path: Path) -> None:
    home = ["forget-pupil", "--home", str(settings.home)]
    (tmp_path / "who").write_text("nobody\n", encoding="utf-8")
    for words, piped in ((home, "nobody\n"), ([*home, "--from", str(tmp_path / "who")], "")):
        assert isinstance(CliRunner().invoke(app, words, input=piped).exception, SettingsError)
    assert CliRunner().invoke(app, [*home, UPN]).exit_code == 2


def listed(*people: tuple[str, str, str]) -> pl.DataFrame:
    """Rows of a clean register, each of (UPN, forename, pupil key)."""
    table = clean_table(ALL["raw_send_register__pupils"])
    rows = [
        {"delivery_key": "d", "school_urn": "999001", "period": "all", "file_name": "f", "row_number": number + 2,
         "upn": upn, "surname": "O'Donnell", "forename": forename, "birth_date": dt.date(2015, 9, 3)}
        for number, (upn, forename, _) in enumerate(people)
    ]  # fmt: skip
    return pl.DataFrame(rows, schema=schema(table))


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    """A work database whose pupil lists and plans are there and empty."""
    with Store(settings.work_file) as opened:
        for raw in RAW:
            if raw.source and (raw.source.is_pupil_list or raw.name == "raw_ehc_tracker__plans"):
                write(opened, empty_frame(clean_table(raw)), clean_table(raw).name)
        write(opened, empty_frame(CORE_PUPIL_IDENTIFIERS), CORE_PUPIL_IDENTIFIERS.name)
        yield opened


def write(store: Store, frame: pl.DataFrame, name: str) -> None:
    """A table as it is, without the look at its contract's required columns."""
    store.execute(f'drop table if exists "{name}"')
    store._connection.register("given", frame)
    store.execute(f'create table "{name}" as select * from given')


def fill(store: Store, *people: tuple[str, str, str]) -> None:
    frame = listed(*people)
    write(store, frame, "clean_send_register__pupils")
    records = frame.select("delivery_key", "school_urn", "file_name", "row_number").with_columns(
        table_name=pl.lit("clean_send_register__pupils"), pupil_key=pl.Series([key for *_, key in people])
    )
    write(store, records, CORE_PUPIL_RECORDS.name)


def test_a_pupil_is_found_with_names_and_what_identifies_them(store: Store) -> None:
    fill(store, (UPN, "Zoë", "a" * 20), (UPN, "Zoe", "a" * 20), (upn_of(2), "Max", "b" * 20))
    found = find_person(store, UPN, KEY)
    assert found.pupil_keys == ("a" * 20,)
    assert set(found.identifiers) == {("UPN", TRUST, UPN), ("NAME", "999001", "odonnell zoe 2015-09-03")}
    assert set(found.names) == {("Zoë", "O'Donnell"), ("Zoe", "O'Donnell")}


def test_the_keys_of_earlier_nights_are_known_and_nobody_elses(store: Store) -> None:
    """The name was all that named them before a UPN came; a key that another pupil has now is that pupil's."""
    named = hmac.new(KEY, b"name:999001:odonnell zoe:2015-09-03", hashlib.sha256).hexdigest()[:20]
    fill(store, (UPN, "Zoe", "a" * 20), (upn_of(2), "Max", "b" * 20))
    assert named in find_person(store, UPN, KEY).earlier_keys
    fill(store, (UPN, "Zoe", "a" * 20), (upn_of(2), "Max", named))
    assert named not in find_person(store, UPN, KEY).earlier_keys


def test_a_upn_of_two_pupils_erases_neither(store: Store) -> None:
    fill(store, (UPN, "Zoe", "a" * 20), (UPN, "Max", "b" * 20))
    with pytest.raises(SettingsError, match="given to two pupils"):
        find_person(store, UPN, KEY)


def test_who_is_not_known_is_kept_out_all_the_same(store: Store) -> None:
    fill(store, (upn_of(2), "Max", "b" * 20))
    assert find_person(store, UPN, KEY).identifiers == (("UPN", TRUST, UPN),)


def test_a_night_that_fails_is_told_and_the_list_stands(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forgetting, "refresh", lambda *_: SimpleNamespace(is_success=False))
    with pytest.raises(OrchardError, match="run this again"):
        forgetting.forget_pupil(settings, UPN.lower(), NOW)
    assert len(read_forgotten(settings).digests) == 1


def test_a_upn_is_seen_inside_a_workbook_and_across_blocks(tmp_path: Path) -> None:
    import xlsxwriter

    with xlsxwriter.Workbook(tmp_path / "book.xlsx") as book:
        book.add_worksheet().write(0, 0, UPN)
    (tmp_path / "long").write_bytes(b"x" * (1024 * 1024 - 5) + UPN.encode() + b"x")
    (tmp_path / "wide").write_bytes(UPN.lower().encode("utf-16-le"))
    (tmp_path / "none").write_bytes(upn_of(2).encode())
    (tmp_path / "broken.zip").write_bytes(b"PK\x03\x04" + UPN.encode())
    found = {path.name: holds(path, UPN) for path in tmp_path.iterdir() if path.is_file()}
    assert {name for name, is_there in found.items() if is_there} >= {"book.xlsx", "long", "wide", "broken.zip"}
    assert not found["none"]


def test_what_earlier_nights_found_of_the_pupil_is_not_remembered(store: Store) -> None:
    """A list of conflicts is carried from night to night; what is left of it counts as changed, so that all follows."""
    table = ALL["model_match__conflicts"]
    lines = [
        {"school_urn": "999001", "pupil_key": key * 20, "match_field": "STATUS_DATE", "opened_date": NOW.date(),
         "owner": "SENCO"} for key in "ab"
    ]  # fmt: skip
    before = store.replace(table, pl.DataFrame(lines, schema=schema(table)), "inputs")
    remove_rows(store, Person(UPN, ("a" * 20,), (("UPN", TRUST, UPN),), ()), Forgotten(frozenset(), b"key"))
    assert store.read(table)["pupil_key"].to_list() == ["b" * 20]
    known = store.filled(table)
    assert known
    assert (known[0], known[2]) == ("inputs", 1)
    assert known[1] != before


def test_rows_that_a_wrong_number_kept_out_go_by_name_and_nobody_elses_do(settings: Settings) -> None:
    """At a school of the pupil's: rows taken for another child stay, and so do those of another name or school."""
    register = ALL["raw_send_register__pupils"]
    person = Person(UPN, ("a" * 20,), (("NAME", "999001", "odonnell zoe 2015-09-03"),), (("Zoë", "O'Donnell"),))
    rows = [("999001", "Zoe", "ODonnell"), ("999001", "Zoe", "O'Donnell"), ("999001", "Max", "O'Donnell"),
            ("999002", "Zoe", "O'Donnell")]  # fmt: skip
    raw = pl.DataFrame(
        [{"delivery_key": "d", "school_urn": urn, "period": "all", "file_name": "f", "row_number": place,
          "upn": upn_of(place + 5), "forename": forename, "surname": surname}
         for place, (urn, forename, surname) in enumerate(rows)], schema=schema(register),
    )  # fmt: skip
    with Store(settings.work_file) as store:
        store.insert(register.name, raw)
        taken = raw.filter(pl.col("row_number") == 0).with_columns(pupil_key=pl.lit("b" * 20))
        write(store, taken.with_columns(table_name=pl.lit("clean_send_register__pupils")), CORE_PUPIL_RECORDS.name)
        write(store, taken, clean_table(register).name)
        assert remove_rows(store, person, read_forgotten(settings)) == 1
        assert store.execute(f"select row_number from {register.name} order by 1") == [(0,), (2,), (3,)]
        assert store.execute("select row_number, rule from landing_findings") == [(1, "ERASED")]
