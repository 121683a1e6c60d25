"""The challenge trail as a source: figures come in, words stay out, a question makes a new night, loss is told."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from dashboards import trail_journal
from dashboards.access import Identity, Role
from dashboards.journal import Journal
from dashboards.server_settings import TRAIL_VARIABLE
from dashboards.trail import Asked, Figure
from expectations.errors import OrchardError
from expectations.findings import find
from expectations.tables.trail import CORE_TRAIL_QUESTIONS
from pipelines import trail_source, where
from pipelines.night import Night
from pipelines.serve import apps_environment, environment_of
from pipelines.settings import Settings, load_settings
from pipelines.standing import is_remembered, remember
from tests.pipelines.conftest import again
from tests.support.homes import make_home

GOVERNOR = Identity(Role.GOVERNOR, ("999001",))
DAY = dt.date(2026, 11, 18)
FIGURE = Figure("mart_impact__school", "dose_rate", '{"school_urn": "999001"}', 0.61)
CANARY = "Canaryson and the red table"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.delenv(TRAIL_VARIABLE, raising=False)
    return make_home(tmp_path)


@pytest.fixture
def journal(settings: Settings) -> Journal:
    return trail_journal.open_trail(settings.home)


def ask(journal: Journal, figure: Figure | None = FIGURE) -> None:
    asked = Asked(CANARY, DAY, DAY, "DELIVERY", "LOW_DOSE" if figure else None, None, figure)
    trail_journal.ask(journal, GOVERNOR, "someone", asked, dt.datetime(2026, 11, 19, 9, tzinfo=dt.UTC))


def test_before_the_first_question_there_is_nothing(night: Night) -> None:
    assert trail_source.read_questions(night.settings) is None
    assert trail_source.questions(night).is_empty()


def test_figures_come_in_by_contract_and_no_word_that_was_written(night: Night, journal: Journal) -> None:
    ask(journal)
    ask(journal, None)
    found = trail_source.questions(night)
    assert find(found, CORE_TRAIL_QUESTIONS) == []
    assert found.rows() == [
        (1, "999001", "LOW_DOSE", "mart_impact__school", "dose_rate", FIGURE.where, 0.61, False, DAY, DAY),
        (2, "999001", None, None, None, None, None, False, DAY, DAY),
    ]
    for told in (str(found.rows()), trail_source.state(night)):
        assert "Canaryson" not in told
        assert "someone" not in told


def test_a_question_is_a_change(night: Night, journal: Journal) -> None:
    remember(night)
    assert is_remembered(again(night)) is True
    ask(journal)
    assert is_remembered(again(night)) is False


def test_a_damaged_trail_is_told_and_quotes_nothing(night: Night) -> None:
    night.settings.trail_file.parent.mkdir()
    night.settings.trail_file.write_bytes(CANARY.encode() * 500)
    with pytest.raises(OrchardError, match="The trail cannot be read") as told:
        trail_source.questions(night)
    assert "Canaryson" not in told.value.sentence()
    assert trail_source.state(night) == "cannot be read"


def test_a_lost_trail_is_told_once_its_questions_are_in_use(night: Night, journal: Journal) -> None:
    ask(journal)
    night.store.replace(CORE_TRAIL_QUESTIONS, trail_source.questions(night), "first")
    for file in night.settings.trail_file.parent.iterdir():
        file.unlink()
    with pytest.raises(OrchardError, match="is gone"):
        trail_source.questions(again(night))


def test_both_apps_are_told_where_the_trail_is_and_the_board_app_nothing_of_the_journal(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert where.TRAIL_VARIABLE == TRAIL_VARIABLE
    monkeypatch.setenv(where.TRAIL_VARIABLE, "sqlite:///elsewhere")
    monkeypatch.setenv(where.JOURNAL_VARIABLE, "sqlite:///journal")
    environment = apps_environment(load_settings(settings.home))
    told = environment_of("board app", environment)
    assert told[where.TRAIL_VARIABLE] == "sqlite:///elsewhere"
    assert where.JOURNAL_VARIABLE not in told
