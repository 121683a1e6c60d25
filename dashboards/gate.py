"""The gate before an app: every request passes it before Streamlit and every answer after. Starlette middleware.

What Streamlit leaves open and this closes (measured): downloads without a cookie, metrics, foreign hosts and origins,
no security headers, cookies without ``Secure`` that live thirty days and outlive a sign-out.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import re
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

import streamlit
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.runtime import get_instance
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME
from streamlit.web.server.starlette.starlette_websocket import (
    _get_signed_cookie_with_chunks,
    _parse_decoded_user_cookie,
)

from dashboards.keeper import Keeper
from dashboards.sign_in import Session, session_of
from expectations.errors import OrchardError

OPEN_CORE = ("/_stcore/health", "/_stcore/host-config", "/_stcore/stream")
"""All of Streamlit's own addresses that a page needs; metrics, uploads, agents and components are not among them."""
CLOSED = ("/_stcore/", "/component/", "/app/static/", "/vendor/")
SIGNING_IN = ("/auth/login", "/oauth2callback")
SIGNING_IN_A_MINUTE = 100
SIGN_OUT = "/auth/logout"
OUR_OWN = ("same-origin", "none")
"""Where a sign-out may come from, as browsers tell it (Sec-Fetch-Site): the app's own page, or the address bar."""
MEDIA = "/media/"
_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


@dataclass(frozen=True)
class Place:
    """Where browsers find the app: the names and origins that are answered, and whether over TLS."""

    hosts: frozenset[str]
    origins: frozenset[str]
    is_https: bool = False


@dataclass
class Gate:
    """ASGI middleware over one app. ``keeper`` is ``None`` over the sample, which needs no sign-in."""

    app: ASGIApp
    place: Place
    keeper: Keeper | None
    clock: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC)
    _signing_in: deque[float] = field(default_factory=deque)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or hand on with headers and cookies put right."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refused = self._own_answer(scope, headers)
        if scope["type"] == "websocket":
            if refused:
                await send({"type": "websocket.close", "code": 1008})  # before accepting: the browser gets 403
            else:
                await self.app(scope, receive, send)
            return
        answer: ASGIApp = PlainTextResponse(refused[1], refused[0]) if refused else self.app
        await answer(scope, receive, self._sealed(scope["path"], send))

    def _own_answer(self, scope: Scope, headers: Headers) -> tuple[int, str] | None:
        """Status and words of what the gate answers itself; ``None`` for what may pass."""
        path: str = scope["path"]
        if urlsplit(f"//{headers.get('host', '')}").hostname not in self.place.hosts:
            return 403, "This is not the app's name."
        if scope["type"] == "websocket":
            return None if headers.get("origin") in self.place.origins else (403, "Another site may not open this.")
        if path.startswith(CLOSED) and path not in OPEN_CORE:
            return 404, "There is nothing here."
        if path in SIGNING_IN and self._is_crowded():
            return 429, "Too many sign-ins. Try again in a minute."
        if path == SIGN_OUT and headers.get("sec-fetch-site", "none") not in OUR_OWN:
            return 403, "Another site may not sign you out."  # Streamlit signs out by GET, which any link can ask for
        if self.keeper and path == SIGN_OUT:
            self._sign_out(headers)
        return self._media_answer(path, headers) if path.startswith(MEDIA) else None

    def _is_crowded(self) -> bool:
        now = time.monotonic()
        while self._signing_in and self._signing_in[0] < now - 60:
            self._signing_in.popleft()
        if len(self._signing_in) >= SIGNING_IN_A_MINUTE:
            return True  # a refused try is not counted: a flood would keep the door shut
        self._signing_in.append(now)
        return False

    def _sign_out(self, headers: Headers) -> None:
        session = self._session(headers)
        if self.keeper and session:
            self.keeper.end(session, self.clock())

    def _media_answer(self, path: str, headers: Headers) -> tuple[int, str] | None:
        """A download is for the sign-in whose page offers it, while it holds, and is written down.

        Streamlit's page also fetches each file once to see that it is there: that is answered without the file, so
        that nothing leaves unrecorded (a browser says truly which of the two it is; a download is a navigation).
        """
        is_look = headers.get("sec-fetch-mode") == "cors"
        if not self.keeper:
            return (204, "") if is_look else None
        session, now = self._session(headers), self.clock()
        if not session or not self.keeper.holds(session, now):
            return 401, "Sign in first."
        window = window_offering(Path(path).stem, session)
        if window is None:
            return 403, "This file is not yours."
        if is_look:
            return 204, ""
        try:
            self.keeper.download(window, session, now, Path(path).suffix.lstrip("."))
        except OrchardError as refusal:
            return 503, refusal.what
        return None

    def _session(self, headers: Headers) -> Session | None:
        """The sign-in of a request's cookie, if this app signed it for this address."""
        raw = _get_signed_cookie_with_chunks(cookie_parser(headers.get("cookie", "")), USER_COOKIE_NAME)
        origin = self.keeper.sign_in.origin if self.keeper else ""
        return session_of(_parse_decoded_user_cookie(raw, origin)) if raw else None

    def _sealed(self, path: str, send: Send) -> Send:
        async def sealed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(security_headers(self.place.is_https))
                if not path.startswith("/static/"):
                    headers["Cache-Control"] = "no-store"
                self._harden_cookies(headers)
            await send(message)

        return sealed

    def _harden_cookies(self, headers: MutableHeaders) -> None:
        """``Secure`` over TLS; a sign-in's cookies live no longer than the sign-in may."""
        given = headers.getlist("set-cookie")
        if given:
            del headers["set-cookie"]
        longest = round(self.keeper.sign_in.longest.total_seconds()) if self.keeper else None
        for cookie in given:
            headers.append("set-cookie", _hardened(cookie, longest, self.place.is_https))


def _hardened(cookie: str, longest: int | None, is_https: bool) -> str:
    if longest is not None and cookie.startswith(USER_COOKIE_NAME):
        cookie = re.sub(r"(?i)max-age=(\d+)", lambda age: f"Max-Age={min(int(age[1]), longest)}", cookie)
    is_marked = "secure" in (part.strip().lower() for part in cookie.split(";"))
    return f"{cookie}; Secure" if is_https and not is_marked else cookie


def window_offering(file_id: str, session: Session) -> str | None:
    """The open page of this very sign-in that offers the file: Streamlit keeps which session shows which file."""
    runtime = cast(Any, get_instance())
    for window, files in list(runtime.media_file_mgr._files_by_session_and_coord.items()):
        if file_id in list(files.values()):
            info = runtime._session_mgr.get_active_session_info(window)
            if info and session_of(info.session._user_info) == session:
                return str(window)
    return None


def security_headers(is_https: bool) -> Mapping[str, str]:
    """What every answer carries."""
    headers = {
        "Content-Security-Policy": content_policy(),
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    return {**headers, "Strict-Transport-Security": "max-age=31536000; includeSubDomains"} if is_https else headers


def _inline_scripts() -> str:
    """The one script inside Streamlit's own page, allowed by its digest and no other."""
    page = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    digests = (hashlib.sha256(found.encode()).digest() for found in _INLINE_SCRIPT.findall(page))
    return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


_POLICY = "; ".join((
    "default-src 'none'",
    f"script-src 'self' {_inline_scripts()}",
    "style-src 'self' 'unsafe-inline'",  # the page's own styles are made while it runs; a style runs nothing
    "font-src 'self' data:",
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
))  # fmt: skip


def content_policy() -> str:
    """What a page may load: from the app itself, no script by any other way."""
    return _POLICY
