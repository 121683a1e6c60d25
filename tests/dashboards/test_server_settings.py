"""The settings that the apps are served with: accepted by Streamlit, and in force."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from dashboards.server_settings import LOOPBACK, THEME, command, home_folder, settings
from expectations.errors import SettingsError
from tests.support.openid_provider import sign_in_file

SAFE = {
    "server.address": LOOPBACK, "server.enableXsrfProtection": True, "server.xsrfCookieSameSite": "strict",
    "server.enableCORS": True, "server.allowedHosts": [LOOPBACK, "localhost"], "server.corsAllowedOrigins": [],
    "server.unsafeMetricsUserAttributes": [], "server.enableAgentApi": False, "server.enableStaticServing": False,
    "server.fileWatcherType": "none", "server.maxUploadSize": 1, "client.showErrorDetails": "none",
    "client.showErrorLinks": "false", "client.toolbarMode": "minimal", "client.disableDataExport": True,
    "client.allowedOrigins": [], "browser.gatherUsageStats": False, "runner.magicEnabled": False,
    "runner.postScriptGC": False,
    "server.trustedUserHeaders": {}, "server.port": 8501, "browser.serverAddress": LOOPBACK, "secrets.files": [],
}  # fmt: skip
ASK = """
import json, sys
from streamlit import config
from streamlit.web.server.starlette import starlette_server
held = {}
starlette_server.UvicornRunner.run = lambda runner: held.update({name: config.get_option(name) for name in NAMES})
from dashboards.serving import main
main(sys.argv[1:])
print(json.dumps(held))
"""


def held_settings(line: list[str]) -> dict[str, object]:
    """What Streamlit holds when the app is started by a command line, up to the point of listening."""
    code = f"NAMES = {[*SAFE, *settings(1)]!r}\n{ASK}"
    asked = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code, *line], capture_output=True, text=True, check=False
    )
    assert asked.returncode == 0, asked.stderr
    return dict(json.loads(asked.stdout.splitlines()[-1]))


def test_streamlit_takes_every_setting_and_holds_it(tmp_path: Path) -> None:
    """Fails when a default drifts."""
    held = held_settings(command("board", tmp_path, 8501)[5:])
    assert {name: held[name] or type(value)() for name, value in SAFE.items()} == SAFE
    assert held["theme.dark.backgroundColor"] == THEME["theme.dark.backgroundColor"]


def test_with_a_sign_in_file_the_app_answers_to_the_public_name_alone(tmp_path: Path) -> None:
    (tmp_path / "access" / "board").mkdir(parents=True)
    file = tmp_path / "access" / "board" / "sign_in.toml"
    file.write_text(sign_in_file("https://id.example", "https://board.example", "0123456789abcdefghijklmnopqrstuv"))
    file.chmod(0o600)
    held = held_settings(command("board", tmp_path, 8501)[5:])
    assert held["server.allowedHosts"] == ["board.example"]
    assert held["browser.serverAddress"] == "board.example"
    assert held["secrets.files"] == [str(file)]
    assert held["server.address"] == LOOPBACK
    wrong = subprocess.run([*command("staff", tmp_path, 8502)[:5], "other", "--home", str(tmp_path), "--port", "1"],
                           capture_output=True, text=True, check=False)  # fmt: skip
    assert wrong.returncode == 2


def test_a_sign_in_file_that_is_not_in_order_is_one_sentence_and_no_app(tmp_path: Path) -> None:
    (tmp_path / "access" / "board").mkdir(parents=True)
    file = tmp_path / "access" / "board" / "sign_in.toml"
    file.write_text(sign_in_file("https://id.example", "https://board.example", "secret-that-is-too-short"))
    file.chmod(0o600)
    ended = subprocess.run(command("board", tmp_path, 1), capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert ended.stderr.startswith("orchard: The sign-in file is wrong: auth.cookie_secret must be")
    assert "secret-that" not in ended.stderr
    assert "Traceback" not in ended.stderr


def test_both_apps_are_started_alike_and_no_secret_stands_on_the_command_line(tmp_path: Path) -> None:
    board, staff = command("board", tmp_path, 1), command("staff", tmp_path, 1)
    assert [(one, two) for one, two in zip(board, staff, strict=True) if one != two] == [("board", "staff")]
    assert board[-4:] == ["--home", str(tmp_path), "--port", "1"]
    with pytest.raises(KeyError):
        command("other", tmp_path, 1)


def test_the_home_is_given_or_in_the_environment() -> None:
    assert home_folder(["--home", "a"], {"ORCHARD_HOME": "b"}) == Path("a")
    assert home_folder([], {"ORCHARD_HOME": "b"}) == Path("b")
    for arguments in ([], ["--home"]):
        with pytest.raises(SettingsError, match="--home DIR"):
            home_folder(arguments, {})
