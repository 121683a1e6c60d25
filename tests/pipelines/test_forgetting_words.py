"""Erasing from what people write: the pupil's cases and names go, everything else stays, wherever it is kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from dashboards import moderation_journal, trail_journal
from dashboards.journal import address, open_journal
from dashboards.server_settings import JOURNAL_VARIABLE, TRAIL_VARIABLE
from pipelines.forgetting_rows import Person
from pipelines.forgetting_words import REMOVED, forget_words
from pipelines.moderation_source import read_moderation
from pipelines.settings import load_settings
from tests.pipelines.test_database_copy import CASE, LEAD, NOW, SENCO, ask
from tests.support.databases import Server
from tests.support.homes import make_home, upn_of

PERSON = Person(upn_of(1), ("f" * 20,), (), (("Zoë", "O'Donnell"),))


@pytest.mark.usefixtures("database")
def test_a_case_chosen_under_an_earlier_key_goes_too(tmp_path: Path) -> None:
    make_home(tmp_path)
    moderation_journal.open_round(open_journal(address(tmp_path)), LEAD, "lead", [CASE], round_name="Autumn",
                                  matrix_version="V2", is_own_school_rated=False, now=NOW)  # fmt: skip
    person = replace(PERSON, pupil_keys=("a" * 20,), earlier_keys=("f" * 20,))
    assert forget_words(load_settings(tmp_path), person) == (1, 0)


@pytest.mark.usefixtures("database")
def test_the_pupils_cases_go_and_their_name_is_blanked(tmp_path: Path) -> None:
    make_home(tmp_path)
    journal, trail = open_journal(address(tmp_path)), trail_journal.open_trail(tmp_path)
    cases = [CASE, {**CASE, "case_number": 2, "pupil_key": "e" * 20}]
    moderation_journal.open_round(journal, LEAD, "lead", cases, round_name="Autumn", matrix_version="V2",
                                  is_own_school_rated=False, now=NOW)  # fmt: skip
    for number in (1, 2):
        moderation_journal.rate_case(journal, SENCO, "rater", 1, number, ["C1"], criteria=["C1"], now=NOW)
    ask(trail, "What of zoë o'donnell, and of O'Donnell, Zoë?")
    ask(trail, "What of Zoë Other and Alazoë O'Donnell?")
    settings = load_settings(tmp_path)
    assert forget_words(settings, PERSON) == (1, 1)
    found = read_moderation(settings)
    assert found
    assert [case[3] for case in found.cases] == ["e" * 20]
    assert [rating[1] for rating in found.ratings] == [2]
    texts = sorted(one.asked.question_text for one in trail_journal.threads(trail, LEAD))
    assert texts == ["What of Zoë Other and Alazoë O'Donnell?", f"What of {REMOVED}, and of {REMOVED}?"]
    assert forget_words(settings, PERSON) == (0, 0)


def test_a_file_keeps_no_byte_of_what_was_erased(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(JOURNAL_VARIABLE, raising=False)
    settings = make_home(tmp_path)
    journal, trail = open_journal(address(tmp_path)), trail_journal.open_trail(tmp_path)
    moderation_journal.open_round(journal, LEAD, "lead", [CASE], round_name="Autumn", matrix_version="V2",
                                  is_own_school_rated=False, now=NOW)  # fmt: skip
    ask(trail, "Why is Zoë O'Donnell away?")
    forget_words(settings, PERSON)
    for folder, gone in (("journal", b"f" * 20), ("trail", b"O'Donnell")):
        files = list((tmp_path / folder).iterdir())
        assert files
        assert not any(gone in file.read_bytes() for file in files)


def test_files_left_behind_by_a_move_to_a_server_are_erased_too(
    postgres: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in (JOURNAL_VARIABLE, TRAIL_VARIABLE):
        monkeypatch.delenv(variable, raising=False)
    make_home(tmp_path)
    for is_moved in (False, True):
        if is_moved:
            monkeypatch.setenv(JOURNAL_VARIABLE, postgres.new_database())
            monkeypatch.setenv(TRAIL_VARIABLE, postgres.new_database())
        journal, trail = open_journal(address(tmp_path)), trail_journal.open_trail(tmp_path)
        moderation_journal.open_round(journal, LEAD, "lead", [CASE], round_name="Autumn", matrix_version="V2",
                                      is_own_school_rated=False, now=NOW)  # fmt: skip
        ask(trail, "Why is Zoë O'Donnell away?")
    assert forget_words(load_settings(tmp_path), PERSON) == (2, 2)
    for folder, gone in (("journal", b"f" * 20), ("trail", b"O'Donnell")):
        files = list((tmp_path / folder).iterdir())
        assert files
        assert not any(gone in file.read_bytes() for file in files)


def test_where_nothing_was_written_no_database_is_made(tmp_path: Path) -> None:
    assert forget_words(make_home(tmp_path), PERSON) == (0, 0)
    assert not (tmp_path / "journal").exists()
    assert not (tmp_path / "trail").exists()
