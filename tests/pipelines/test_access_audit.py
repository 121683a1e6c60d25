"""The access logs checked and read by the central team: who saw a school, and which line was changed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dashboards.access import Identity, Role
from dashboards.access_log import Event
from dashboards.keeper import Keeper
from dashboards.sign_in import access_folder, read_sign_in, session_of
from pipelines.access_audit import looks, verify_access_logs
from pipelines.cli import app
from pipelines.settings import Settings
from tests.support.homes import make_home
from tests.support.sign_ins import BOARD, STAFF, claims, write_entitlements, write_sign_in

NOW = dt.datetime(2026, 11, 21, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A trust where a governor and a SENCO have looked, and somebody whom nobody knows was denied."""
    made = make_home(tmp_path)
    write_entitlements(tmp_path, [("gov", Role.GOVERNOR, "999001"), ("sen", Role.SENCO, "999002")])
    for name, origin, who, role, urn in (("board", BOARD, "gov", Role.GOVERNOR, "999001"),
                                         ("staff", STAFF, "sen", Role.SENCO, "999002")):  # fmt: skip
        write_sign_in(tmp_path, name, origin)
        sign_in = read_sign_in(tmp_path, name)
        assert sign_in is not None
        keeper, session, stranger = Keeper(name, sign_in), session_of(claims(who, NOW)), session_of(claims("x", NOW))
        assert session is not None
        assert stranger is not None
        keeper.turn("w", session, NOW, Identity(role, (urn,)), "school")
        keeper.turn("w", session, NOW + dt.timedelta(days=1), Identity(role, (urn,)), "money")
        keeper.record(Event.DENIED, stranger, NOW + dt.timedelta(days=2), about="no entitlement")
    return made


def test_logs_that_hold_are_said_to(settings: Settings) -> None:
    said = verify_access_logs(settings)
    assert said.count("3 lines, each as it was written") == 2
    assert "Board app" in said
    assert "Staff app" in said


def test_a_changed_line_is_named(settings: Settings) -> None:
    log = access_folder(settings.home, "board") / "log.jsonl"
    log.write_text(log.read_text().replace("money", "plans"))
    ended = CliRunner().invoke(app, ["verify-access-log", "--home", str(settings.home)])
    assert "board app was changed at line 2" in str(ended.exception)
    assert ended.exit_code != 0


def test_who_saw_a_school_is_a_question_with_an_answer(settings: Settings) -> None:
    """FAULTS K19."""
    assert list(looks(settings, "999001")) == [
        "at,app,person,role,school,event,about",
        "2026-11-21T09:00:00+00:00,board,gov,governor,999001,page,school",
        "2026-11-22T09:00:00+00:00,board,gov,governor,999001,page,money",
    ]
    since = list(looks(settings, since="2026-11-22"))[1:]
    assert [line.split(",")[5] for line in since] == ["page", "denied"] * 2
    assert len(since[1].split(",")[2]) == 16, "somebody whom the entitlements do not name stays a pseudonym"
    told = CliRunner().invoke(app, ["verify-access-log", "--home", str(settings.home), "--school", "999002"])
    assert told.exit_code == 0
    assert told.output.count("sen,senco,999002") == 2


def test_nobody_has_signed_in_yet(tmp_path: Path) -> None:
    assert "nobody has signed in yet" in verify_access_logs(make_home(tmp_path))
