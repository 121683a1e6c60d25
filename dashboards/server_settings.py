"""How the two apps are started: every Streamlit setting in one place, as a command line.

The security settings are those measured in FAULTS section 4; the theme is fixed, so that contrast is known.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from expectations.errors import SettingsError

HOME_VARIABLE = "ORCHARD_HOME"
JOURNAL_VARIABLE = "ORCHARD_JOURNAL_URL"
"""Address of the journal; it may hold a password, so it is never on a command line. The board app never has it."""
LOOPBACK = "127.0.0.1"
APP_FILES = {"board": "board.py", "staff": "staff.py"}

SECURITY = {
    "server.address": LOOPBACK,
    "server.headless": "true",
    "server.enableCORS": "true",
    "server.enableXsrfProtection": "true",
    "server.xsrfCookieSameSite": "strict",
    "server.enableAgentApi": "false",
    "server.enableStaticServing": "false",
    "server.disconnectedSessionTTL": "30",
    "server.maxUploadSize": "1",
    "server.fileWatcherType": "none",
    "server.maxCacheDataSize": "256mb",
    "client.showErrorDetails": "none",
    "client.showErrorLinks": "false",
    "client.toolbarMode": "minimal",
    "client.disableDataExport": "true",
    "browser.gatherUsageStats": "false",
}
LISTS = {
    "server.allowedHosts": (LOOPBACK, "localhost"),
    "client.allowedOrigins": (f"http://{LOOPBACK}",),
}
"""Given once a value. The command line cannot say "none": by default foreign hosts may steer an embedded app, so our
own address stands instead. ``server.corsAllowedOrigins`` and ``unsafeMetricsUserAttributes`` are empty by default."""
SPEED = {"runner.postScriptGC": "false"}
"""A full collection after every rerun was most of its cost; the option is hidden but accepted."""

THEME = {
    "theme.base": "light",
    "theme.primaryColor": "#12495a",
    "theme.backgroundColor": "#ffffff",
    "theme.secondaryBackgroundColor": "#f4f3ee",
    "theme.textColor": "#17232b",
    "theme.linkColor": "#12495a",
    "theme.borderColor": "#c9cdc6",
    "theme.baseRadius": "small",
    "theme.font": "sans-serif",
    "theme.headingFont": "serif",
}


def settings() -> dict[str, str]:
    """Every setting of one value but the port."""
    return {**SECURITY, **SPEED, **THEME}


def command(app: str, home: Path, port: int) -> list[str]:
    """The command line that serves one app (``board`` or ``staff``) over the data in ``home``, on loopback."""
    script = Path(__file__).with_name(APP_FILES[app])
    flags = [f"--{name}={value}" for name, value in {**settings(), "server.port": str(port)}.items()]
    flags += [f"--{name}={value}" for name, values in LISTS.items() for value in values]
    return [sys.executable, "-W", "ignore", "-m", "streamlit", "run", str(script), *flags, "--", "--home", str(home)]


def home_folder(arguments: Sequence[str], environment: Mapping[str, str] = os.environ) -> Path:
    """The data's folder: ``--home DIR``, else ORCHARD_HOME. Raises ``SettingsError`` when neither names it."""
    given = list(arguments)
    if "--home" in given[:-1]:
        return Path(given[given.index("--home") + 1])
    if environment.get(HOME_VARIABLE):
        return Path(environment[HOME_VARIABLE])
    raise SettingsError("The apps do not know where the data is", "", f"Start with --home DIR or set {HOME_VARIABLE}.")
