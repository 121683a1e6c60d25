"""The journal as a source: what the app wrote is read, its loss is told, and a new decision makes a new night."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polars as pl
import pytest
from pydantic import SecretStr

from dashboards.access import Identity, Role
from dashboards.journal import Journal, address, open_journal
from dashboards.trail_journal import open_trail
from expectations.errors import OrchardError
from expectations.tables.catalogue import CORE_ALIAS_DECISIONS
from pipelines import journal_source
from pipelines.database_copy import written_databases
from pipelines.night import Night
from pipelines.settings import Settings, load_settings
from pipelines.standing import is_remembered, remember
from tests.pipelines.conftest import again

NAMES = ("Phonics Catch-up", "Maths Bridge")


def settle(journal: Journal, alias: str, name: str | None, day: int = 1) -> None:
    now = dt.datetime(2026, 11, day, 23, 59, tzinfo=dt.UTC)
    journal.settle_name(Identity(Role.SEND_LEAD), "somebody", alias, name, aliases=[alias], names=NAMES, now=now)


def test_before_the_first_decision_there_is_no_journal_and_nothing_is_settled(night: Night) -> None:
    assert journal_source.read_decisions(night.settings) is None
    assert journal_source.settled_names(night).is_empty()
    assert not night.settings.journal_file.exists()


def test_the_latest_decision_on_each_name_comes_in(night: Night, journal: Journal) -> None:
    settle(journal, "red table", "Phonics Catch-up")
    settle(journal, "breakfast", None, day=2)
    settle(journal, "red table", "Maths Bridge", day=3)
    assert journal_source.settled_names(night).rows() == [
        ("breakfast", None, dt.date(2026, 11, 2)), ("red table", "Maths Bridge", dt.date(2026, 11, 3)),
    ]  # fmt: skip


def test_another_database_is_read_by_its_address(settings: Settings, tmp_path: Path) -> None:
    where = f"sqlite:///{tmp_path / 'elsewhere.sqlite'}"
    settle(open_journal(where), "red table", "Maths Bridge")
    elsewhere = settings.model_copy(update={"journal_url": SecretStr(where)})
    assert [one.alias for one in journal_source.read_decisions(elsewhere) or ()] == ["red table"]
    assert "elsewhere" not in repr(elsewhere)


def test_the_journal_and_the_trail_are_reached_the_one_way(settings: Settings, journal: Journal) -> None:
    """An engine that did not hide its parameters could put what people wrote into an error."""
    open_trail(settings.home)
    journal.settle_name(Identity(Role.SEND_LEAD), "somebody", "red table", None, aliases=["red table"], names=NAMES,
                        now=dt.datetime(2026, 11, 1, tzinfo=dt.UTC))  # fmt: skip
    for of in written_databases(settings):
        assert journal_source.ask_database(of, lambda connection: connection.engine.hide_parameters)


def test_a_setting_of_the_environment_reaches_the_night_too(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ORCHARD_JOURNAL_URL", "sqlite:///named")
    given = load_settings(settings.home).journal_url
    assert given is not None
    assert given.get_secret_value() == "sqlite:///named"


@pytest.mark.parametrize("where", ["nonsense", "nosuchdriver://host/name", "sqlite:////proc/nowhere/journal.sqlite"])
def test_an_address_that_leads_nowhere_is_one_sentence(settings: Settings, where: str) -> None:
    with pytest.raises(OrchardError, match="The journal cannot be read"):
        journal_source.read_decisions(settings.model_copy(update={"journal_url": SecretStr(where)}))


def test_a_damaged_journal_stops_what_rests_on_it_and_quotes_nothing(night: Night) -> None:
    night.settings.journal_file.parent.mkdir()
    night.settings.journal_file.write_bytes(b"Ada sits at the red table" * 500)
    with pytest.raises(OrchardError, match="The journal cannot be read") as told:
        journal_source.settled_names(night)
    assert "Ada" not in told.value.sentence()
    assert journal_source.state(night) == "cannot be read"


def test_a_journal_that_was_lost_is_told_once_decisions_of_it_are_in_use(night: Night, journal: Journal) -> None:
    settle(journal, "red table", "Maths Bridge")
    night.store.replace(CORE_ALIAS_DECISIONS, journal_source.settled_names(night), "first")
    for file in night.settings.journal_file.parent.iterdir():
        file.unlink()
    with pytest.raises(OrchardError, match="The journal is gone, and what was settled in it is in use"):
        journal_source.settled_names(again(night))
    open_journal(address(night.settings.home, {}))
    assert journal_source.settled_names(again(night)).is_empty()


def test_while_somebody_writes_the_night_reads(night: Night, journal: Journal) -> None:
    import sqlite3

    settle(journal, "red table", "Maths Bridge")
    holder = sqlite3.connect(night.settings.journal_file, isolation_level=None)
    holder.execute("begin immediate")
    try:
        assert journal_source.settled_names(night).height == 1
    finally:
        holder.execute("rollback")
        holder.close()


def test_a_new_decision_is_a_change_and_one_made_during_the_night_is_left_for_the_next(
    night: Night, journal: Journal
) -> None:
    settle(journal, "red table", "Maths Bridge")
    read: pl.DataFrame = journal_source.settled_names(night)
    settle(journal, "breakfast", None)
    assert journal_source.settled_names(night).equals(read)
    remember(night)
    assert not is_remembered(again(night))
    remember(night)
    assert is_remembered(again(night))
