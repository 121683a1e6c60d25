"""People who are signed in, for the tests of access: their claims, their cookies, and a home that knows them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from streamlit.web.server.starlette.starlette_app_utils import create_signed_value

from dashboards.access import ONE_SCHOOL, Role
from dashboards.access_log import LOG_FILE
from dashboards.sign_in import access_folder
from tests.support.openid_provider import sign_in_file

ISSUER = "https://id.example"
BOARD, STAFF = "http://127.0.0.1:8501", "http://127.0.0.1:8502"
SECRETS = {"board": "board-0123456789abcdefghijklmnopqrstuv", "staff": "staff-0123456789abcdefghijklmnopqrstuv"}
HEADER = "issuer,subject,role,school_urn,from,to,approved_by\n"
Grant = tuple[str, Role, str]


def write_sign_in(home: Path, app: str, origin: str, provider: str = ISSUER, **session: int) -> Path:
    """An app's sign-in file under a home, closed to all others."""
    folder = access_folder(home, app)
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "sign_in.toml"
    file.write_text(sign_in_file(provider, origin, SECRETS[app], session), encoding="utf-8")
    file.chmod(0o600)
    return file


def write_entitlements(home: Path, grants: Iterable[Grant], issuer: str = ISSUER) -> Path:
    """The entitlements file: who (subject), role, school; for a long time."""
    file = home / "access" / "entitlements.csv"
    file.parent.mkdir(parents=True, exist_ok=True)
    lines = (f"{issuer},{who},{role.value},{urn if role in ONE_SCHOOL else ''},2020-01-01,2040-12-31,chair\n"
             for who, role, urn in grants)  # fmt: skip
    file.write_text(HEADER + "".join(lines), encoding="utf-8")
    file.chmod(0o640)
    return file


def claims(subject: str, now: dt.datetime | None = None, issuer: str = ISSUER, **other: Any) -> dict[str, Any]:
    """What a provider's token says of a person who signed in a minute ago."""
    moment = (now or dt.datetime.now(dt.UTC)).timestamp()
    return {"iss": issuer, "sub": subject, "iat": moment - 60, "exp": moment + 3600, "is_logged_in": True, **other}


def cookie(app: str, origin: str, said: dict[str, Any]) -> str:
    """The cookie that Streamlit gives for these claims."""
    told = json.dumps({**said, "origin": origin, "provider": "default"})
    return f"_streamlit_user={create_signed_value(SECRETS[app], '_streamlit_user', told).decode()}"


def log_of(home: Path, app: str) -> list[dict[str, Any]]:
    """The lines of an app's access log."""
    file = access_folder(home, app) / LOG_FILE
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()] if file.exists() else []
