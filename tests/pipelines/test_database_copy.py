"""What people write, kept in a database server: the night reads it, a backup holds it, a restored server goes on."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from dashboards import moderation_journal, trail_journal
from dashboards.access import Identity, Role
from dashboards.journal import Journal, address, open_journal
from dashboards.server_settings import JOURNAL_VARIABLE, TRAIL_VARIABLE
from dashboards.trail import Asked, Figure
from expectations.errors import OrchardError
from pipelines.backup import Order, back_up
from pipelines.backup_keys import add_key
from pipelines.journal_source import read_decisions
from pipelines.moderation_source import read_moderation
from pipelines.restore import restore
from pipelines.settings import load_settings
from pipelines.trail_source import read_questions
from tests.support.databases import Server
from tests.support.homes import make_home

NOW = dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)
GOVERNOR, LEAD, SENCO = (
    Identity(Role.GOVERNOR, ("999001",)),
    Identity(Role.SEND_LEAD),
    Identity(Role.SENCO, ("999002",)),
)
FIGURE = Figure("mart_impact__school", "dose_rate", '{"school_urn": "999001"}', 0.61)
CASE = {"round_number": 1, "case_number": 1, "school_urn": "999001", "pupil_key": "f" * 20, "year_band": "Year 5",
        "need_codes": "ASD", "score_strands": "Reading 80", "support_given": ""}  # fmt: skip


def ask(trail: Journal, words: str) -> None:
    asked = Asked(words, NOW.date(), NOW.date(), "DELIVERY", None, None, FIGURE)
    trail_journal.ask(trail, GOVERNOR, "someone", asked, NOW)


def write(home: Path) -> tuple[Journal, Journal]:
    journal, trail = open_journal(address(home)), trail_journal.open_trail(home)
    journal.settle_name(LEAD, "lead", "red table", None, aliases=["red table"], names=[], now=NOW)
    moderation_journal.open_round(journal, LEAD, "lead", [CASE], round_name="Autumn", matrix_version="V2",
                                  is_own_school_rated=False, now=NOW)  # fmt: skip
    moderation_journal.rate_case(journal, SENCO, "rater", 1, 1, ["C1"], criteria=["C1"], now=NOW)
    for number in range(3):
        ask(trail, f"Why {number}?")
    return journal, trail


@pytest.mark.usefixtures("database")
def test_the_night_reads_what_was_written_wherever_it_is_kept(tmp_path: Path) -> None:
    make_home(tmp_path)
    write(tmp_path)
    settings = load_settings(tmp_path)
    assert [decision.alias for decision in read_decisions(settings) or ()] == ["red table"]
    moderated = read_moderation(settings)
    assert moderated
    assert (len(moderated.rounds), len(moderated.cases), len(moderated.ratings)) == (1, 1, 1)
    questions = read_questions(settings) or ()
    assert [line[0] for line in questions] == [1, 2, 3]
    assert questions[0][6] == 0.61


@pytest.mark.parametrize("is_shared", [False, True])
def test_a_server_that_was_lost_comes_back_from_the_backup_and_goes_on_counting(
    postgres: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_shared: bool
) -> None:
    def new_servers() -> None:
        where = postgres.new_database()
        monkeypatch.setenv(JOURNAL_VARIABLE, where)
        monkeypatch.setenv(TRAIL_VARIABLE, where if is_shared else postgres.new_database())

    new_servers()
    (tmp_path / "home").mkdir()
    make_home(tmp_path / "home")
    write(tmp_path / "home")
    add_key(tmp_path / "keys")
    settings = load_settings(tmp_path / "home")
    before = read_decisions(settings), read_moderation(settings), read_questions(settings)
    back_up(settings, Order(tmp_path / "to", tmp_path / "keys"), NOW)
    (backup,) = (tmp_path / "to").iterdir()

    assert restore(backup, tmp_path / "same", tmp_path / "keys").count("left as it is") == 2
    new_servers()
    said = restore(backup, tmp_path / "again", tmp_path / "keys")
    assert said.count("were written into the empty database") == 2
    anew = load_settings(tmp_path / "again")
    assert (read_decisions(anew), read_moderation(anew), read_questions(anew)) == before
    trail = trail_journal.open_trail(anew.home)  # its steps have been run: none is run twice
    ask(trail, "Why 3?")
    assert [line[0] for line in read_questions(anew) or ()] == [1, 2, 3, 4]
    moderation_journal.rate_case(open_journal(address(anew.home)), SENCO, "rater", 1, 1, ["C1"], criteria=["C1"],
                                 now=NOW)  # fmt: skip
    assert len((read_moderation(anew) or ((), (), ()))[2]) == 2


def test_a_server_that_does_not_answer_is_one_sentence_and_no_backup(
    postgres: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "home").mkdir()
    make_home(tmp_path / "home")
    monkeypatch.setenv(TRAIL_VARIABLE, f"{postgres.address}/nosuch?password=hunter2")
    with pytest.raises(OrchardError, match="database of the trail cannot be read") as told:
        back_up(load_settings(tmp_path / "home"), Order(tmp_path / "to"), NOW)
    assert "hunter2" not in told.value.sentence()
    assert list((tmp_path / "to").iterdir()) == []
    with pytest.raises(OrchardError, match="The journal cannot be opened"):
        trail_journal.open_trail(tmp_path / "home")
