"""Moderation in the journal as a source: the last rating counts, raters are pseudonyms, a change makes a new night."""

from __future__ import annotations

import datetime as dt

import pytest

from dashboards import moderation_journal
from dashboards.access import Identity, Role
from dashboards.journal import Journal
from expectations.errors import OrchardError
from expectations.findings import find
from expectations.tables.moderation import CORE_JOURNAL_CASES, CORE_JOURNAL_RATINGS, CORE_JOURNAL_ROUNDS
from pipelines import moderation_source
from pipelines.night import Night
from pipelines.settings import Settings
from pipelines.standing import is_remembered, remember
from tests.pipelines.conftest import again

LEAD, RATER = Identity(Role.SEND_LEAD), Identity(Role.SENCO, ("999001",))
CASE = {
    "round_number": 1, "case_number": 1, "school_urn": "999002", "pupil_key": "0" * 20, "year_band": "Years 3 to 6",
    "need_codes": "ASD", "score_strands": "", "support_given": "",
}  # fmt: skip


def at(day: int) -> dt.datetime:
    return dt.datetime(2026, 11, day, 9, tzinfo=dt.UTC)


def begin(journal: Journal) -> None:
    moderation_journal.open_round(
        journal, LEAD, "lead", [CASE], round_name="Autumn", matrix_version="V1", is_own_school_rated=False, now=at(1)
    )


def rate(journal: Journal, code: str, name: str = "Ada", day: int = 2) -> None:
    moderation_journal.rate_case(journal, RATER, name, 1, 1, [code], criteria=["C1", "C2"], now=at(day))


def test_before_the_first_round_there_is_nothing(night: Night) -> None:
    assert moderation_source.read_moderation(night.settings) is None
    for read in (moderation_source.rounds, moderation_source.cases, moderation_source.ratings):
        assert read(night).is_empty()


def test_rounds_cases_and_last_ratings_come_in_by_contract(night: Night, journal: Journal) -> None:
    begin(journal)
    rate(journal, "C1")
    rate(journal, "C1", name="Bea")
    rate(journal, "C2", day=3)
    rounds, cases, ratings = (
        read(night) for read in (moderation_source.rounds, moderation_source.cases, moderation_source.ratings)
    )
    for frame, table in ((rounds, CORE_JOURNAL_ROUNDS), (cases, CORE_JOURNAL_CASES), (ratings, CORE_JOURNAL_RATINGS)):
        assert find(frame, table) == []
    assert rounds.rows() == [(1, "Autumn", dt.date(2026, 11, 1), None, "V1", False)]
    assert cases.rows() == [(1, 1, "999002", "0" * 20)]
    assert sorted(ratings["criteria_ticked"]) == ["C1", "C2"]
    assert ratings["rater_key"].n_unique() == 2
    assert "Ada" not in str(ratings.rows())


def test_a_round_is_closed_on_the_day_it_was_closed(night: Night, journal: Journal) -> None:
    begin(journal)
    moderation_journal.close_round(journal, LEAD, "lead", 1, at(9))
    assert moderation_source.rounds(night)["closed_date"].to_list() == [dt.date(2026, 11, 9)]


def test_a_journal_from_before_moderation_has_none(settings: Settings) -> None:
    import sqlite3

    settings.journal_file.parent.mkdir()
    with sqlite3.connect(settings.journal_file) as connection:
        connection.execute("create table alias_decisions (alias text)")
    assert moderation_source.read_moderation(settings) == moderation_source.Moderated()


def test_a_damaged_journal_is_told_and_quotes_nothing(night: Night) -> None:
    night.settings.journal_file.parent.mkdir()
    night.settings.journal_file.write_bytes(b"Ada sits at the red table" * 500)
    with pytest.raises(OrchardError, match="The journal cannot be read") as told:
        moderation_source.rounds(night)
    assert "Ada" not in told.value.sentence()
    assert moderation_source.state(night) == "cannot be read"


def test_a_lost_journal_is_told_once_its_rounds_are_in_use(night: Night, journal: Journal) -> None:
    begin(journal)
    night.store.replace(CORE_JOURNAL_ROUNDS, moderation_source.rounds(night), "first")
    for file in night.settings.journal_file.parent.iterdir():
        file.unlink()
    with pytest.raises(OrchardError, match="The journal is gone"):
        moderation_source.rounds(again(night))


def test_a_new_rating_is_a_change(night: Night, journal: Journal) -> None:
    begin(journal)
    remember(night)
    assert is_remembered(again(night))
    rate(journal, "C1")
    assert not is_remembered(again(night))
