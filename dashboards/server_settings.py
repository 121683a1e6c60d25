"""How the two apps are started: the command line, and every Streamlit setting in one place.

The security settings are those measured in FAULTS section 4; both themes are ours, so that
contrast is known.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from dashboards.palette import DARK, DEEP, INK, LINE, PANEL, PAPER
from dashboards.sign_in import SignIn
from expectations.errors import SettingsError

HOME_VARIABLE = "ORCHARD_HOME"
JOURNAL_VARIABLE = "ORCHARD_JOURNAL_URL"
"""Address of the journal; it may hold a password, so it is never on a command line. The board app never has it."""
TRAIL_VARIABLE = "ORCHARD_TRAIL_URL"
"""Address of the challenge trail, which both apps write; it holds no pupil and no pseudonym of one."""
LOOPBACK = "127.0.0.1"
APP_FILES = {"board": "board.py", "staff": "staff.py"}

SECURITY: dict[str, object] = {
    "server.address": LOOPBACK,
    "server.headless": True,
    "server.enableCORS": True,
    "server.enableXsrfProtection": True,
    "server.xsrfCookieSameSite": "strict",
    "server.corsAllowedOrigins": [],
    "server.unsafeMetricsUserAttributes": [],
    "server.enableAgentApi": False,
    "server.enableStaticServing": False,
    "server.disconnectedSessionTTL": 30,
    "server.maxUploadSize": 1,
    "server.fileWatcherType": "none",
    "server.maxCacheDataSize": "256mb",
    "client.showErrorDetails": "none",
    "client.showErrorLinks": "false",
    "client.toolbarMode": "minimal",
    "client.disableDataExport": True,
    "client.allowedOrigins": [],
    "browser.gatherUsageStats": False,
    "runner.magicEnabled": False,  # a page shows what it is told to, not each bare expression of its file
}
SPEED: dict[str, object] = {"runner.postScriptGC": False}
"""A full collection after every rerun was most of its cost; the option is hidden but accepted."""

_COLOURS = {"primaryColor": DEEP, "backgroundColor": PAPER, "secondaryBackgroundColor": PANEL, "textColor": INK,
            "linkColor": DEEP, "borderColor": LINE}  # fmt: skip
THEME: dict[str, object] = {
    **{f"theme.light.{name}": colour for name, colour in _COLOURS.items()},
    **{f"theme.dark.{name}": DARK[colour] for name, colour in _COLOURS.items()},
    "theme.baseRadius": "small",
    "theme.font": "sans-serif",
    "theme.headingFont": "serif",
}
"""Without a fixed base the apps are light or dark as the reader's machine is."""


def settings(port: int, sign_in: SignIn | None = None) -> dict[str, object]:
    """Every setting of an app. Streamlit reads secrets from the sign-in file and from nowhere else."""
    names = [sign_in.host] if sign_in else [LOOPBACK, "localhost"]
    files = [str(sign_in.file)] if sign_in else []
    return {
        **SECURITY, **SPEED, **THEME, "server.port": port, "server.allowedHosts": names, "secrets.files": files,
        "browser.serverAddress": names[0],
    }  # fmt: skip


def command(app: str, home: Path, port: int) -> list[str]:
    """The command line that serves one app (``board`` or ``staff``) over the data in ``home``."""
    if app not in APP_FILES:
        raise KeyError(app)
    own = ["-m", "dashboards.serving", app, "--home", str(home), "--port", str(port)]
    return [sys.executable, "-W", "ignore", *own]


def home_folder(arguments: Sequence[str], environment: Mapping[str, str] = os.environ) -> Path:
    """The data's folder: ``--home DIR``, else ORCHARD_HOME. Raises ``SettingsError`` when neither names it."""
    given = list(arguments)
    if "--home" in given[:-1]:
        return Path(given[given.index("--home") + 1])
    if environment.get(HOME_VARIABLE):
        return Path(environment[HOME_VARIABLE])
    raise SettingsError("The apps do not know where the data is", "", f"Start with --home DIR or set {HOME_VARIABLE}.")
