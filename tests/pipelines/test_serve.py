"""What each served process is told: the journal's address may hold a password; the board app never has it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import SecretStr

from dashboards import server_settings
from pipelines import where
from pipelines.serve import commands, dagster_environment, environment_of
from tests.support.homes import make_home

ADDRESS = "postgresql://writer:canary-password@localhost/journal"


@pytest.mark.parametrize("is_in_file", [True, False])
def test_every_process_but_the_board_app_knows_where_the_journal_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_in_file: bool
) -> None:
    settings = make_home(tmp_path)
    if is_in_file:
        settings = settings.model_copy(update={"journal_url": SecretStr(ADDRESS)})
    else:
        monkeypatch.setenv(where.JOURNAL_VARIABLE, ADDRESS)
    lines, environment = commands(settings), dagster_environment(settings)
    told = {name for name in lines if environment_of(name, environment).get(where.JOURNAL_VARIABLE) == ADDRESS}
    assert told == set(lines) - {"board app"}
    assert "canary-password" not in str(lines)
    assert "canary-password" not in str(environment_of("board app", environment))


def test_without_an_address_the_journal_is_a_file_and_nobody_is_told_more(tmp_path: Path) -> None:
    environment = dagster_environment(make_home(tmp_path))
    assert where.JOURNAL_VARIABLE not in environment


def test_both_sides_know_the_variable_by_one_name() -> None:
    assert where.JOURNAL_VARIABLE == server_settings.JOURNAL_VARIABLE
    assert where.HOME_VARIABLE == server_settings.HOME_VARIABLE
