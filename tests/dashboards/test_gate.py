"""The gate before an app, over the real app in this process: what it refuses, and what every answer carries."""

from __future__ import annotations

import asyncio
import datetime as dt
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.types import ASGIApp, Message
from starlette.websockets import WebSocket
from streamlit.runtime.secrets import secrets_singleton

from dashboards import gate as gates
from dashboards.gate import SIGNING_IN_A_MINUTE, Gate, content_policy
from dashboards.keeper import Keeper
from dashboards.serving import place_of, show_error
from dashboards.sign_in import read_sign_in, session_of
from expectations.chain import follow
from tests.support.sign_ins import BOARD, SECRETS, STAFF, claims, cookie, log_of, write_sign_in

PUBLIC = "https://board.example"
NOW = dt.datetime(2026, 11, 21, 9, 0, tzinfo=dt.UTC)


@dataclass
class Answer:
    """What came back through the gate."""

    status_code: int
    text: str
    headers: Headers


def ask(app: ASGIApp, path: str, headers: dict[str, str], kind: str = "http") -> Answer:
    """One request, or one opening of a stream, as a server hands it to the app."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request" if kind == "http" else "websocket.connect"}

    async def send(message: Message) -> None:
        sent.append(message)

    raw = [(name.lower().encode(), value.encode("latin-1")) for name, value in headers.items()]
    scope = {"type": kind, "method": "GET", "path": path, "raw_path": path.encode(), "root_path": "", "headers": raw,
             "query_string": b"", "scheme": "http", "http_version": "1.1", "subprotocols": []}  # fmt: skip
    asyncio.run(app(scope, receive, send))  # type: ignore[arg-type]
    bodies = (message.get("text") or message.get("body", b"").decode() for message in sent)
    return Answer(sent[0].get("status", 0), "".join(bodies), Headers(raw=sent[0].get("headers", [])))


@dataclass
class Door:
    """A gate before something that answers everything, and what keeps it."""

    app: ASGIApp
    keeper: Keeper
    origin: str

    def get(self, path: str, cookies: str = "", **headers: str) -> Answer:
        return ask(self.app, path, {"host": urlsplit(self.origin).netloc, "cookie": cookies, **headers})

    def stream(self, **headers: str) -> str:
        return ask(self.app, "/_stcore/stream", {"host": urlsplit(self.origin).netloc, **headers}, "websocket").text


async def anything(request: Request) -> Response:
    answer = PlainTextResponse("through")
    if request.url.path == "/oauth2callback":
        answer.set_cookie("_streamlit_user", "x", max_age=30 * 86_400, httponly=True, samesite="lax")
        answer.set_cookie("_streamlit_user_tokens", "x", max_age=30 * 86_400, httponly=True, samesite="lax")
        answer.set_cookie("_streamlit_xsrf", "x", samesite="strict")
    return answer


async def stream(websocket: WebSocket) -> None:
    await websocket.accept()
    await websocket.send_text("through")
    await websocket.close()


def door_of(home: Path, origin: str) -> Door:
    write_sign_in(home, "board", origin)
    sign_in = read_sign_in(home, "board")
    assert sign_in is not None
    kept = Keeper("board", sign_in)
    stack = [Middleware(Gate, place=place_of(sign_in, 8501), keeper=kept, clock=lambda: NOW)]
    routes = [WebSocketRoute("/{path:path}", stream), Route("/{path:path}", anything)]
    return Door(Starlette(routes=routes, middleware=stack), kept, origin)


@pytest.fixture
def door(tmp_path: Path) -> Iterator[Door]:
    """Over the board app's own secrets."""
    secrets_singleton._reset()
    secrets_singleton._secrets = {"auth": {"cookie_secret": SECRETS["board"]}}
    yield door_of(tmp_path, PUBLIC)
    secrets_singleton._reset()


@pytest.mark.parametrize("path", ["/", "/static/js/x.js", "/media/x.csv", "/_stcore/metrics", "/no/such"])
def test_every_answer_carries_the_headers(door: Door, path: str) -> None:
    headers = door.get(path).headers
    policy = headers["content-security-policy"]
    assert policy == content_policy()
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert "max-age=31536000" in headers["strict-transport-security"]
    assert (headers.get("cache-control") == "no-store") is not path.startswith("/static/")


def test_the_policy_lets_no_script_in_but_the_apps_own() -> None:
    rules = dict(rule.split(" ", 1) for rule in content_policy().split("; "))
    assert rules["default-src"] == rules["frame-ancestors"] == "'none'"
    assert "unsafe" not in rules["script-src"]
    assert rules["script-src"].count("'sha256-") == 1
    assert not any("http" in rule or "*" in rule for rule in rules.values()), "nothing from elsewhere"


@pytest.mark.parametrize("path", [
    "/_stcore/metrics", "/_stcore/upload_file/a/b", "/_stcore/agent", "/_stcore/agent/x",
    "/_stcore/script-health-check", "/_stcore/bidi-components/x", "/_stcore/allowed-message-origins", "/component/x",
    "/app/static/x",
])  # fmt: skip
def test_what_no_page_needs_does_not_exist(door: Door, path: str) -> None:
    assert door.get(path, cookie("board", PUBLIC, claims("a1", NOW))).status_code == 404


@pytest.mark.parametrize("path", ["/", "/school", "/_stcore/health", "/_stcore/host-config", "/static/js/x.js"])
def test_what_a_page_needs_passes(door: Door, path: str) -> None:
    assert door.get(path).text == "through"


@pytest.mark.parametrize(
    "host", ["evil.example", "board.example.evil.example", "127.0.0.1", "", "board.example@evil.example"]
)
def test_another_name_is_refused(door: Door, host: str) -> None:
    """DNS rebinding: the browser is led here by a name that is not ours."""
    assert door.get("/", host=host).status_code == 403


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "http://board.example", "https://board.example:8443", "null", None]
)
def test_another_site_may_not_open_the_stream(door: Door, origin: str | None) -> None:
    assert door.stream(**({"origin": origin} if origin else {})) == ""
    assert door.stream(origin=PUBLIC, host="evil.example") == ""


def test_the_apps_own_pages_open_the_stream(door: Door) -> None:
    assert door.stream(origin=PUBLIC) == "through"


def test_a_download_needs_the_sign_in_whose_page_offers_it(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    """FAULTS A13, A14, A25: no cookie 401, somebody else's file 403, the own file passes and is written down."""
    said = claims("a1", NOW)
    mine, session = cookie("board", PUBLIC, said), session_of(said)
    monkeypatch.setattr(gates, "window_offering", lambda file, who: "w" if (file, who) == ("mine", session) else None)
    assert door.get("/media/mine.csv").status_code == 401
    assert door.get("/media/mine.csv", mine).text == "through"
    assert door.get("/media/other.csv", mine).status_code == 403
    assert door.get("/media/mine.csv", cookie("board", PUBLIC, claims("b2", NOW))).status_code == 403
    assert door.get("/media/mine.csv", mine, **{"sec-fetch-mode": "cors"}).text == "", "only to see that it is there"
    home = door.keeper.sign_in.file.parents[2]
    assert [(line["event"], line["about"]) for line in log_of(home, "board")] == [("download", "csv")]
    (home / "access" / "board" / "log.jsonl").write_text("harmed\n")
    assert door.get("/media/mine.csv", mine).status_code == 503, "what cannot be written down is not given"


@pytest.mark.parametrize("wrong", [
    "", "_streamlit_user=x", cookie("staff", PUBLIC, claims("a1", NOW)), cookie("board", STAFF, claims("a1", NOW)),
    cookie("board", PUBLIC, claims("a1", NOW)).replace("_streamlit_user=", "_streamlit_user=A"),
    cookie("board", PUBLIC, claims("a1", NOW, exp=NOW.timestamp() - 1)), cookie("board", PUBLIC, claims("", NOW)),
    cookie("board", PUBLIC, claims("a1", NOW - dt.timedelta(minutes=31))),
    cookie("board", PUBLIC, claims("a1", NOW - dt.timedelta(hours=13), exp=NOW.timestamp() + 60)),
])  # fmt: skip
def test_a_cookie_that_is_not_in_order_opens_no_download(
    door: Door, wrong: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """FAULTS A09: tampered, of the other app, of another address, over, idle, old."""
    monkeypatch.setattr(gates, "window_offering", lambda *_: "w")
    assert door.get("/media/mine.csv", cookie("board", PUBLIC, claims("a1", NOW))).status_code == 200
    assert door.get("/media/mine.csv", wrong).status_code == 401


def test_a_header_that_names_a_user_is_worth_nothing(door: Door) -> None:
    forged = {
        "x-forwarded-user": "a1",
        "x-forwarded-email": "a@example.org",
        "remote-user": "a1",
        "authorization": "Bearer x",
    }
    assert door.get("/media/mine.csv", **forged).status_code == 401


def test_signing_out_ends_every_copy_of_the_cookie(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gates, "window_offering", lambda *_: "w")
    old = cookie("board", PUBLIC, claims("a1", NOW))
    assert door.get("/media/mine.csv", old).status_code == 200
    assert door.get("/auth/logout").text == "through"
    assert door.get("/media/mine.csv", old).status_code == 200, "nobody's sign-out ends nobody's visit"
    assert door.get("/auth/logout", old).text == "through"
    assert door.get("/media/mine.csv", old).status_code == 401
    lines = (door.keeper.sign_in.file.parent / "log.jsonl").read_text().splitlines()
    assert follow(lines).broken_line is None


@pytest.mark.parametrize(
    ("site", "is_out"),
    [("cross-site", False), ("same-site", False), ("", False), ("same-origin", True), ("none", True), (None, True)],
)
def test_another_site_can_sign_nobody_out(
    door: Door, site: str | None, is_out: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Streamlit signs out by GET, and a link from elsewhere brings the cookie along (SameSite=Lax)."""
    monkeypatch.setattr(gates, "window_offering", lambda *_: "w")
    held = cookie("board", PUBLIC, claims("a1", NOW))
    answer = door.get("/auth/logout", held, **({"sec-fetch-site": site} if site is not None else {}))
    assert answer.status_code == (200 if is_out else 403)
    assert answer.headers.getlist("set-cookie") == []
    assert door.get("/media/mine.csv", held).status_code == (401 if is_out else 200)


def test_cookies_are_marked_and_live_no_longer_than_a_sign_in(
    door: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = door.get("/oauth2callback").headers.getlist("set-cookie")
    assert len(given) == 3
    assert all("secure" in one.lower().split("; ") for one in given)
    assert all("httponly" in one.lower() and "Max-Age=43200" in one for one in given[:2])
    assert "SameSite=strict" in given[2]
    plain = door_of(tmp_path / "plain", BOARD).get("/oauth2callback").headers
    assert not any("secure" in one.lower() for one in plain.getlist("set-cookie")), (
        "over plain loopback it would be lost"
    )
    assert "strict-transport-security" not in plain


def test_sign_ins_are_counted(door: Door) -> None:
    codes = [door.get("/oauth2callback").status_code for _ in range(SIGNING_IN_A_MINUTE + 1)]
    assert codes == [200] * SIGNING_IN_A_MINUTE + [429]


def test_a_flood_of_refused_sign_ins_does_not_keep_the_door_shut(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr(gates.time, "monotonic", lambda: now[0])
    for second in range(3):
        now[0] = 1000.0 + 25 * second
        codes = [door.get("/auth/login").status_code for _ in range(SIGNING_IN_A_MINUTE + 1)]
    assert codes[-1] == 429
    now[0] = 1061.0
    assert door.get("/auth/login").status_code == 200


def test_over_the_sample_downloads_are_open_to_this_machine_and_to_no_other_name() -> None:
    stack = [Middleware(Gate, place=place_of(None, 8501), keeper=None)]
    app = Starlette(routes=[Route("/{path:path}", anything)], middleware=stack)
    assert ask(app, "/media/x.csv", {"host": "127.0.0.1:8501"}).text == "through"
    assert ask(app, "/_stcore/metrics", {"host": "127.0.0.1:8501"}).status_code == 404
    assert ask(app, "/", {"host": "evil.example"}).status_code == 403


def test_a_failed_page_gives_a_number_and_no_value(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """FAULTS L03, L10."""
    shown: list[str] = []
    monkeypatch.setattr(sys.modules["dashboards.serving"].st, "html", shown.append)
    with pytest.raises(ValueError, match="CANARY") as failed:
        int("CANARY surname")
    assert show_error(failed.value) is True
    assert "CANARY" not in "".join(shown) + caplog.text
    number = shown[0].split("number ")[1].split(".")[0]
    assert f"page failed {number}: ValueError at test_gate.py:" in caplog.text
