"""Where the trust's data live, as the environment says. Read when it is needed, never at import."""

from __future__ import annotations

import os
from pathlib import Path

from expectations.errors import SettingsError

HOME_VARIABLE = "ORCHARD_HOME"
JOURNAL_VARIABLE = "ORCHARD_JOURNAL_URL"
TRAIL_VARIABLE = "ORCHARD_TRAIL_URL"


def home_folder() -> Path:
    """The home folder. Raises ``SettingsError`` when the environment does not name it."""
    named = os.environ.get(HOME_VARIABLE)
    if not named:
        raise SettingsError(
            f"{HOME_VARIABLE} is not set", "", "Set it to the home folder, or use 'orchard --home DIR'."
        )
    return Path(named)
