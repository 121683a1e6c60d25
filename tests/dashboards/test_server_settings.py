"""The settings that the apps are served with: accepted by Streamlit, and in force."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from dashboards.server_settings import LISTS, LOOPBACK, command, home_folder, settings
from expectations.errors import SettingsError

ASK = """
import json, sys
from streamlit import config
import streamlit.web.bootstrap as bootstrap
import streamlit.web.cli as cli
bootstrap.run = lambda *args, **kwargs: print(json.dumps({name: config.get_option(name) for name in json.loads(NAMES)}))
sys.argv = json.loads(LINE)
cli.main(prog_name="streamlit")
"""
SAFE = {
    "server.address": LOOPBACK, "server.enableXsrfProtection": True, "server.xsrfCookieSameSite": "strict",
    "server.enableCORS": True, "server.allowedHosts": [LOOPBACK, "localhost"], "server.corsAllowedOrigins": [],
    "server.unsafeMetricsUserAttributes": [], "server.enableAgentApi": False, "server.enableStaticServing": False,
    "server.fileWatcherType": "none", "server.maxUploadSize": 1, "client.showErrorDetails": "none",
    "client.showErrorLinks": "false", "client.toolbarMode": "minimal", "client.disableDataExport": True,
    "client.allowedOrigins": [f"http://{LOOPBACK}"], "browser.gatherUsageStats": False, "runner.postScriptGC": False,
    "server.trustedUserHeaders": {}, "server.port": 8501,
}  # fmt: skip


def test_streamlit_takes_every_setting_and_holds_it(tmp_path: Path) -> None:
    """Started as ``orchard serve`` starts it, up to the point of listening. Fails when a default drifts."""
    line = command("board", tmp_path, 8501)
    streamlit = line[line.index("streamlit") :]
    names = json.dumps([*SAFE, *settings()])
    code = f"NAMES = {names!r}\nLINE = {json.dumps(streamlit)!r}\n{ASK}"
    asked = subprocess.run([sys.executable, "-W", "ignore", "-c", code], capture_output=True, text=True, check=False)
    assert asked.returncode == 0, asked.stderr
    held = json.loads(asked.stdout.splitlines()[-1])
    trusted = held.pop("server.trustedUserHeaders")
    assert not trusted
    assert {name: held[name] for name in SAFE if name in held} == {
        name: value for name, value in SAFE.items() if name != "server.trustedUserHeaders"
    }
    assert held["theme.base"] == "light"


def test_both_apps_have_the_same_settings_and_their_own_script(tmp_path: Path) -> None:
    board, staff = command("board", tmp_path, 1), command("staff", tmp_path, 1)
    assert [part for part in board if part not in staff] == [str(Path(board[6]))]
    assert board[6].endswith("board.py")
    assert board[-3:] == ["--", "--home", str(tmp_path)]
    assert board.count(f"--server.allowedHosts={LOOPBACK}") == 1
    assert set(LISTS) == {"server.allowedHosts", "client.allowedOrigins"}
    with pytest.raises(KeyError):
        command("other", tmp_path, 1)


def test_the_home_is_given_or_in_the_environment() -> None:
    assert home_folder(["--home", "a"], {"ORCHARD_HOME": "b"}) == Path("a")
    assert home_folder([], {"ORCHARD_HOME": "b"}) == Path("b")
    for arguments in ([], ["--home"]):
        with pytest.raises(SettingsError, match="--home DIR"):
            home_folder(arguments, {})
