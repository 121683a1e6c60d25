"""When a sign-in holds and when it has ended; what is written down of it; and a sign-in file that is not in order."""

from __future__ import annotations

import datetime as dt
import json
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dashboards.access import Identity, Role
from dashboards.access_log import LOG_FILE, AccessLog, Event
from dashboards.keeper import MOST_WINDOWS, Keeper
from dashboards.sign_in import Session, has_ended, read_sign_in, refuse_shared_secret, session_of
from expectations.chain import follow
from expectations.errors import OrchardError, SettingsError
from tests.support.sign_ins import BOARD, SECRETS, STAFF, claims, log_of, write_sign_in

NOW = dt.datetime(2026, 11, 21, 9, 0, tzinfo=dt.UTC)
IDLE, LONGEST = dt.timedelta(minutes=30), dt.timedelta(hours=12)
GOVERNOR = Identity(Role.GOVERNOR, ("999001",))


def signed_in(subject: str = "a1", **other: Any) -> Session:
    session = session_of(claims(subject, NOW, exp=NOW.timestamp() + 86_400, **other))
    assert session is not None
    return session


def minutes(count: float) -> dt.datetime:
    return NOW + dt.timedelta(minutes=count)


@pytest.fixture
def keeper(tmp_path: Path) -> Keeper:
    write_sign_in(tmp_path, "board", BOARD)
    sign_in = read_sign_in(tmp_path, "board")
    assert sign_in is not None
    return Keeper("board", sign_in)


@pytest.mark.parametrize("change", [
    {"iss": None}, {"iss": ""}, {"iss": 7}, {"sub": None}, {"sub": ""}, {"iat": None}, {"iat": "soon"}, {"exp": None},
    {"exp": float("inf")}, {"iat": float("nan")}, {"iat": 1e300}, {"exp": []},
])  # fmt: skip
def test_claims_that_are_not_in_order_are_no_sign_in(change: dict[str, object]) -> None:
    assert session_of({**claims("a1", NOW), **change}) is None


def test_the_e_mail_address_is_no_part_of_a_person() -> None:
    assert session_of(claims("a1", NOW, email="a@example.org", email_verified=False)) == session_of(claims("a1", NOW))


@pytest.mark.parametrize(("age", "seen_before", "expires_in", "is_over"), [
    (0, None, 600, False), (29, None, 600, False), (30, None, 600, True),  # never seen: idle from the sign-in
    (120, 29, 600, False), (120, 30, 600, True),  # seen so many minutes ago
    (719, 1, 600, False), (720, 1, 600, True),  # twelve hours
    (10, 1, 1, False), (10, 1, 0, True),  # the provider's own end
    (-2, None, 600, False), (-3, None, 600, True),  # clocks differ a little; a date ahead is forged
])  # fmt: skip
def test_a_sign_in_ends_by_age_by_idleness_and_by_the_providers_word(
    age: float, seen_before: float | None, expires_in: float, is_over: bool
) -> None:
    session = Session("i", "s", minutes(-age).timestamp(), minutes(expires_in).timestamp())
    seen = None if seen_before is None else minutes(-seen_before).timestamp()
    assert has_ended(session, NOW, seen, IDLE, LONGEST) is is_over


def test_each_look_keeps_a_sign_in_alive_and_silence_ends_it(keeper: Keeper) -> None:
    session = signed_in()
    assert all(keeper.see(session, minutes(count)) for count in (0, 25, 50, 75))
    assert keeper.holds(session, minutes(104))
    assert not keeper.holds(session, minutes(105))
    assert not keeper.see(session, minutes(105))
    assert not keeper.see(session, minutes(106)), "a refused look is no look"


def test_asking_whether_it_holds_is_no_look(keeper: Keeper) -> None:
    session = signed_in()
    assert keeper.see(session, NOW)
    assert all(keeper.holds(session, minutes(count)) for count in range(30))
    assert not keeper.holds(session, minutes(30))


def test_a_signed_out_cookie_opens_nothing_here_or_after_a_restart(keeper: Keeper) -> None:
    session, other = signed_in(), signed_in("b2")
    assert keeper.see(session, NOW)
    assert keeper.see(other, NOW)
    keeper.end(session, minutes(1))
    keeper.end(session, minutes(1))
    again = Keeper("board", keeper.sign_in)
    for one in (keeper, again):
        assert not one.see(session, minutes(2))
        assert one.see(other, minutes(2))
        assert one.see(replace(session, issued_at=minutes(1).timestamp()), minutes(2)), "a new sign-in of the same"
    events = [line["event"] for line in log_of(keeper.sign_in.file.parents[2], "board")]
    assert events.count("sign_out") == 1


def test_a_broken_list_of_ended_sign_ins_opens_nothing(keeper: Keeper) -> None:
    (keeper.sign_in.file.parent / "ended").write_bytes(b"\xff\xfe")
    with pytest.raises(OrchardError, match="list of ended"):
        Keeper("board", keeper.sign_in)


def test_the_log_says_who_what_where_and_when_and_holds(keeper: Keeper) -> None:
    home, session = keeper.sign_in.file.parents[2], signed_in()
    keeper.see(session, NOW)
    keeper.see(session, minutes(1))
    for page in ("school", "school", "money", "school"):
        keeper.turn("window", session, minutes(2), GOVERNOR, page)
    keeper.turn("window 2", signed_in("b2"), minutes(3), Identity(Role.TRUSTEE), "trust")
    keeper.download("window", session, minutes(4), "csv")
    lines = log_of(home, "board")
    assert [(line["event"], line["role"], line["school"], line["about"]) for line in lines] == [
        ("sign_in", "", "", ""), ("page", "governor", "999001", "school"), ("page", "governor", "999001", "money"),
        ("page", "governor", "999001", "school"), ("page", "trustee", "", "trust"),
        ("download", "governor", "999001", "school csv"),
    ]  # fmt: skip
    assert len({line["who"] for line in lines}) == 2
    assert lines[0]["at"] == "2026-11-21T09:00:00+00:00"
    text = (keeper.sign_in.file.parent / LOG_FILE).read_text()
    assert "a1" not in {word for line in lines for word in map(str, line.values())}
    assert "id.example" not in text
    assert follow(text.splitlines()).broken_line is None
    assert (keeper.sign_in.file.parent / LOG_FILE).stat().st_mode & 0o777 == 0o600
    assert (keeper.sign_in.file.parent / "pseudonym_key").stat().st_mode & 0o777 == 0o600


def test_only_so_many_windows_are_remembered(keeper: Keeper) -> None:
    for number in range(3):
        keeper._open[f"{number}"] = (GOVERNOR, "school")
    keeper._open.update({f"w{number}": (GOVERNOR, "school") for number in range(MOST_WINDOWS)})
    keeper.turn("new", signed_in(), NOW, GOVERNOR, "school")
    assert len(keeper._open) == MOST_WINDOWS


def test_two_processes_and_many_threads_write_one_chain(tmp_path: Path) -> None:
    logs = [AccessLog(tmp_path, "board"), AccessLog(tmp_path, "board")]

    def write(log: AccessLog) -> None:
        for _ in range(20):
            log.add(Event.PAGE, signed_in(), NOW, GOVERNOR, "school")

    threads = [threading.Thread(target=write, args=(log,)) for log in logs * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    chain = follow((tmp_path / LOG_FILE).read_text().splitlines())
    assert (chain.lines_count, chain.broken_line) == (80, None)


@pytest.mark.parametrize("harm", [
    lambda text: text.replace("school", "schools", 1), lambda text: "", lambda text: text + "{}\n",
    lambda text: text[: text.index("\n") + 1],
])  # fmt: skip
def test_after_the_log_was_changed_nothing_more_is_shown(tmp_path: Path, harm: Any) -> None:
    log = AccessLog(tmp_path, "board")
    for page in ("school", "money"):
        log.add(Event.PAGE, signed_in(), NOW, GOVERNOR, page)
    file = tmp_path / LOG_FILE
    file.write_text(harm(file.read_text()))
    with pytest.raises(OrchardError, match="cannot be recorded"):
        log.add(Event.PAGE, signed_in(), NOW, GOVERNOR, "school")


def test_what_cannot_be_written_down_is_refused(tmp_path: Path) -> None:
    log = AccessLog(tmp_path, "board")
    (tmp_path / LOG_FILE).mkdir()
    with pytest.raises(OrchardError, match="cannot be recorded"):
        log.add(Event.PAGE, signed_in(), NOW, GOVERNOR, "school")


def test_no_file_is_no_sign_in(tmp_path: Path) -> None:
    assert read_sign_in(tmp_path, "board") is None


def test_a_good_file_says_where_the_app_is_and_how_long_a_sign_in_holds(tmp_path: Path) -> None:
    write_sign_in(tmp_path, "board", "https://board.example", idle_minutes=15, longest_hours=8)
    found = read_sign_in(tmp_path, "board")
    assert found is not None
    assert (found.origin, found.host, found.is_https) == ("https://board.example", "board.example", True)
    assert (found.idle, found.longest) == (dt.timedelta(minutes=15), dt.timedelta(hours=8))
    assert SECRETS["board"] not in repr(found)


@pytest.mark.parametrize(("old", "new", "named"), [
    ("https://board", "http://board", "redirect_uri must begin https"),
    ("https://id", "http://id", "server_metadata_url must begin https"),
    ("/oauth2callback", "/callback", "redirect_uri must end /oauth2callback"),
    (SECRETS["board"], "short", "cookie_secret must be 32 random"),
    (SECRETS["board"], "a" * 64, "cookie_secret must be 32 random"),
    ("client_secret", "client_secrets", "client_secret is missing"),
    ('client_id = "orchard-board"', "client_id = 7", "client_id is missing"),
    ("[session]", "expose_tokens = true\n[session]", "expose_tokens is not known"),
    ("[session]", "[session]\nidle_minutes = 0", "idle_minutes must be a whole number"),
    ("[session]", "[session]\nlongest_hours = 25", "longest_hours must be a whole number"),
    ("[session]", "[session]\nidle = 5", "session.idle is not known"),
    ("[session]", "[sessions]", "sessions is not known"),
    ("[auth]", "[auth", "not valid TOML"),
    ("[auth]", "", "redirect_uri is missing"),
])  # fmt: skip
def test_each_fault_of_a_sign_in_file_is_named_without_a_secret(tmp_path: Path, old: str, new: str, named: str) -> None:
    file = write_sign_in(tmp_path, "board", "https://board.example")
    content = file.read_text()
    assert old in content
    file.write_text(content.replace(old, new))
    with pytest.raises(SettingsError, match=named) as refused:
        read_sign_in(tmp_path, "board")
    assert SECRETS["board"] not in str(refused.value)


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660])
def test_a_sign_in_file_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    write_sign_in(tmp_path, "board", BOARD).chmod(mode)
    with pytest.raises(SettingsError, match="read by others"):
        read_sign_in(tmp_path, "board")


def test_two_apps_have_two_cookie_secrets(tmp_path: Path) -> None:
    write_sign_in(tmp_path, "board", BOARD)
    file = write_sign_in(tmp_path, "staff", STAFF)
    refuse_shared_secret(tmp_path, ("board", "staff"))
    file.write_text(file.read_text().replace(SECRETS["staff"], SECRETS["board"]))
    with pytest.raises(SettingsError, match="same cookie_secret"):
        refuse_shared_secret(tmp_path, ("board", "staff"))


def test_the_log_is_lines_of_json_and_nothing_else(keeper: Keeper) -> None:
    keeper.record(Event.DENIED, signed_in("x\n\u202e"), NOW, about="no entitlement")
    (line,) = (keeper.sign_in.file.parent / LOG_FILE).read_text().splitlines()
    assert set(json.loads(line)) == {
        "line",
        "at",
        "app",
        "event",
        "who",
        "role",
        "school",
        "about",
        "previous",
        "digest",
    }
