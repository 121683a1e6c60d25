"""The keeper of one app's sign-ins: when each was last seen, which have ended, and what they did.

Held in memory for the app's one process; what must outlive it (ended sign-ins, the access log) is on disk in the
app's own folder. No Streamlit.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import threading
from functools import cache
from pathlib import Path

from dashboards.access import Identity
from dashboards.access_log import AccessLog, Event
from dashboards.sign_in import Session, SignIn, access_folder, has_ended, read_sign_in
from expectations.errors import OrchardError, SettingsError

ENDED_FILE = "ended"
MOST_WINDOWS = 2_000


class Keeper:
    """Whether a sign-in still holds, and the record of what it did."""

    def __init__(self, app: str, sign_in: SignIn) -> None:
        self.app, self.sign_in = app, sign_in
        folder = sign_in.file.parent
        self._log, self._ended_file = AccessLog(folder, app), folder / ENDED_FILE
        self._lock = threading.Lock()
        self._seen: dict[str, float] = {}
        self._open: dict[str, tuple[Identity, str]] = {}
        self._ended = _read_ended(self._ended_file)

    def holds(self, session: Session, now: dt.datetime) -> bool:
        """True while a sign-in is neither too old, nor idle for too long, nor signed out. Not itself a look."""
        name = _name(session)
        return name not in self._ended and not has_ended(
            session, now, self._seen.get(name), self.sign_in.idle, self.sign_in.longest
        )

    def see(self, session: Session, now: dt.datetime) -> bool:
        """Note a look, if the sign-in holds; the first one is written down as a sign-in. Whether it holds."""
        if not self.holds(session, now):
            return False
        name = _name(session)
        with self._lock:
            is_first = name not in self._seen
            self._forget(now)
            self._seen[name] = now.timestamp()
        if is_first:
            self.record(Event.SIGN_IN, session, now)
        return True

    def end(self, session: Session, now: dt.datetime) -> None:
        """Sign out: no copy of this sign-in's cookie opens anything again, here or after a restart."""
        name = _name(session)
        with self._lock:
            if name in self._ended:
                return
            self._ended.add(name)
            descriptor = os.open(self._ended_file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            with os.fdopen(descriptor, "w") as out:
                out.write(f"{name}\n")
        self.record(Event.SIGN_OUT, session, now)

    def turn(self, window: str, session: Session, now: dt.datetime, identity: Identity, page: str) -> None:
        """A page is opened in a window of the browser; written down once, not at every click on it.

        Raises ``OrchardError`` when it cannot be written down.
        """
        with self._lock:
            is_same = self._open.get(window) == (identity, page)
        if not is_same:
            self.record(Event.PAGE, session, now, identity, page)
        with self._lock:
            self._open.pop(window, None)
            self._open[window] = (identity, page)
            while len(self._open) > MOST_WINDOWS:
                del self._open[next(iter(self._open))]

    def download(self, window: str, session: Session, now: dt.datetime, name: str) -> None:
        """A file is fetched from the page that a window shows."""
        identity, page = self._open.get(window, (None, ""))
        self.record(Event.DOWNLOAD, session, now, identity, f"{page} {name}".strip())

    def record(
        self, event: Event, session: Session, now: dt.datetime, identity: Identity | None = None, about: str = ""
    ) -> None:
        """Write an event down. Raises ``OrchardError`` when that cannot be done."""
        self._log.add(event, session, now, identity, about)

    def _forget(self, now: dt.datetime) -> None:
        """Sign-ins that are over by age need no memory: their age alone ends them."""
        oldest = now.timestamp() - self.sign_in.longest.total_seconds()
        for name in [name for name, seen in self._seen.items() if seen < oldest]:
            del self._seen[name]


@cache
def keeper_of(home: Path, app: str) -> Keeper | None:
    """The one keeper of an app in this process; ``None`` when no identity provider is set up.

    Raises ``OrchardError`` when the app's folder or sign-in file is not in order.
    """
    try:
        sign_in = read_sign_in(home, app)
        return Keeper(app, sign_in) if sign_in else None
    except OSError:
        raise SettingsError("The app's own folder cannot be used", str(access_folder(home, app)),
                            "It must belong to the user that runs the app.") from None  # fmt: skip


def _name(session: Session) -> str:
    """One sign-in: a digest, so that the list of ended ones names nobody."""
    told = repr((session.issuer, session.subject, session.issued_at))
    return hashlib.sha256(told.encode()).hexdigest()


def _read_ended(file: Path) -> set[str]:
    try:
        return set(file.read_text(encoding="ascii").split())
    except FileNotFoundError:
        return set()
    except ValueError:
        raise OrchardError("The list of ended sign-ins is broken", file.name, "Ask the central team.") from None
