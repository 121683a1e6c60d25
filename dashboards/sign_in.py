"""How people sign in to one app: its file of provider and secrets, read strictly, and when a sign-in has ended.

Each app has a folder of its own, ``access/<app>`` under the home, that its operating-system user alone may enter.
Pure reading and rules: no Streamlit.
"""

from __future__ import annotations

import datetime as dt
import stat
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from expectations.errors import SettingsError

SIGN_IN_FILE = "sign_in.toml"
LOOPBACK = ("127.0.0.1", "localhost", "::1")
CALLBACK = "/oauth2callback"
SHORTEST_SECRET = 32
CLOCK_SLACK = dt.timedelta(minutes=2)
_REQUIRED = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")
_ALLOWED = {*_REQUIRED, "client_kwargs"}


@dataclass(frozen=True)
class SignIn:
    """One app's sign-in: where browsers find the app, and how long a sign-in holds. Secrets stay in the file."""

    file: Path
    origin: str
    idle: dt.timedelta = dt.timedelta(minutes=30)
    longest: dt.timedelta = dt.timedelta(hours=12)

    @property
    def host(self) -> str:
        """The name that browsers ask for."""
        return urlsplit(self.origin).hostname or ""

    @property
    def is_https(self) -> bool:
        """True when people come over TLS; cookies are marked so."""
        return self.origin.startswith("https://")


@dataclass(frozen=True)
class Session:
    """One sign-in of one person, as the provider's token tells it."""

    issuer: str
    subject: str
    issued_at: float
    expires_at: float


def access_folder(home: Path, app: str) -> Path:
    """The folder of one app's sign-in file, access log and list of ended sign-ins."""
    return home / "access" / app


def read_sign_in(home: Path, app: str) -> SignIn | None:
    """An app's sign-in as its file says; ``None`` when there is no file.

    Raises ``SettingsError`` naming what is wrong, never a secret. A sign-in over plain HTTP is taken on loopback only.
    """
    file = access_folder(home, app) / SIGN_IN_FILE
    if not file.exists():
        return None
    if file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise SettingsError("The sign-in file can be read by others", str(file), f"Run: chmod 600 {file}")
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise SettingsError("The sign-in file is not valid TOML", str(file), "Write it as the README shows.") from None
    auth, session = told.pop("auth", {}), told.pop("session", {})
    faults = [*_auth_faults(auth), *_session_faults(session), *(f"{name} is not known" for name in told)]
    if faults:
        raise SettingsError(
            f"The sign-in file is wrong: {'; '.join(faults)}", str(file), "Write it as the README shows."
        )
    address = urlsplit(auth["redirect_uri"])
    return SignIn(
        file, f"{address.scheme}://{address.netloc}",
        idle=dt.timedelta(minutes=session.get("idle_minutes", 30)),
        longest=dt.timedelta(hours=session.get("longest_hours", 12)),
    )  # fmt: skip


def _auth_faults(auth: Any) -> list[str]:
    if not isinstance(auth, dict):
        return ["[auth] is no section"]
    faults = [f"auth.{name} is missing" for name in _REQUIRED if not auth.get(name) or not isinstance(auth[name], str)]
    faults += [f"auth.{name} is not known" for name in auth if name not in _ALLOWED]
    if faults:
        return faults
    for name in ("redirect_uri", "server_metadata_url"):
        parts = urlsplit(auth[name])
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
            faults.append(f"auth.{name} must begin https://")
    if urlsplit(auth["redirect_uri"]).path != CALLBACK:
        faults.append(f"auth.redirect_uri must end {CALLBACK}")
    if len(set(auth["cookie_secret"])) < 12 or len(auth["cookie_secret"]) < SHORTEST_SECRET:
        faults.append(f"auth.cookie_secret must be {SHORTEST_SECRET} random characters or more")
    return faults


def _session_faults(session: Any) -> list[str]:
    bounds = {"idle_minutes": 120, "longest_hours": 24}
    if not isinstance(session, dict):
        return ["[session] is no section"]
    return [
        f"session.{name} must be a whole number from 1 to {bounds.get(name, 0)}" if name in bounds
        else f"session.{name} is not known"
        for name, value in session.items()
        if not (name in bounds and isinstance(value, int) and 1 <= value <= bounds[name])
    ]  # fmt: skip


def refuse_shared_secret(home: Path, apps: tuple[str, ...]) -> None:
    """Raise ``SettingsError`` when two apps sign their cookies alike: a cookie of one would open the other.

    Compares the files that this user may read; with an operating-system user for each app that is one file.
    """
    found: dict[str, str] = {}
    for app in apps:
        file = access_folder(home, app) / SIGN_IN_FILE
        try:
            secret = tomllib.loads(file.read_text(encoding="utf-8"))["auth"]["cookie_secret"]
        except (OSError, ValueError, KeyError, TypeError):
            continue
        if secret in found:
            raise SettingsError(f"The {found[secret]} app and the {app} app have the same cookie_secret", str(file),
                                "Give each its own.")  # fmt: skip
        found[secret] = app


def session_of(claims: Mapping[str, Any]) -> Session | None:
    """The sign-in that the claims of an ID token describe; ``None`` when they are not all there and in order."""
    issuer, subject = claims.get("iss"), claims.get("sub")
    if not (isinstance(issuer, str) and isinstance(subject, str) and issuer and subject):
        return None
    try:
        issued, expires = (float(claims[name]) for name in ("iat", "exp"))
        dt.datetime.fromtimestamp(issued, dt.UTC), dt.datetime.fromtimestamp(expires, dt.UTC)
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        return None
    return Session(issuer, subject, issued, expires)


def has_ended(
    session: Session, now: dt.datetime, last_seen: float | None, idle: dt.timedelta, longest: dt.timedelta
) -> bool:
    """True when the token says so, ``longest`` after the sign-in, or after ``idle`` without a look.

    ``last_seen`` is ``None`` when nothing was seen of it yet: then idleness counts from the sign-in itself, so a
    cookie kept for later is of no use. A sign-in dated ahead of now was never good.
    """
    moment = now.timestamp()
    if moment >= session.expires_at or session.issued_at > moment + CLOCK_SLACK.total_seconds():
        return True
    seen = session.issued_at if last_seen is None else last_seen
    return moment - session.issued_at >= longest.total_seconds() or moment - seen >= idle.total_seconds()
