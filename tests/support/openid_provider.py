"""A small OpenID provider on loopback that keeps to the standard: discovery, code flow with PKCE and nonce, keys.

It refuses what a strict provider refuses: another client, another address to return to, a request without S256 or
nonce, a code used twice or with the wrong verifier, a wrong secret. ``claims`` change what its tokens say, for tests.
"""

from __future__ import annotations

import base64
import hashlib
import html
import secrets
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT, SECRET = "orchard-board", "a secret of the provider"
CODE_SECONDS = 30


@dataclass
class Provider:
    """The provider's state: who returned where, what its tokens say, and what it refused."""

    port: int
    return_to: Sequence[str]
    claims: dict[str, Any] = field(default_factory=dict)
    token_seconds: int = 3600
    refused: list[str] = field(default_factory=list)
    signed_in: list[str] = field(default_factory=list)
    signed_out: int = 0
    _codes: dict[str, dict[str, Any]] = field(default_factory=dict)
    _key: RSAKey = field(
        default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
    )

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self._discovery),
                Route("/keys", self._keys),
                Route("/authorize", self._authorize, methods=["GET", "POST"]),
                Route("/token", self._token, methods=["POST"]),
                Route("/end", self._end),
                Route("/favicon.ico", lambda _: Response(status_code=204)),
            ]
        )

    async def _discovery(self, _request: Request) -> Response:
        return JSONResponse(
            {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "end_session_endpoint": f"{self.issuer}/end",
                "jwks_uri": f"{self.issuer}/keys",
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "scopes_supported": ["openid"],
                "token_endpoint_auth_methods_supported": ["client_secret_basic"],
                "code_challenge_methods_supported": ["S256"],
            }
        )

    async def _keys(self, _request: Request) -> Response:
        return JSONResponse({"keys": [self._key.as_dict(private=False)]})

    async def _authorize(self, request: Request) -> Response:
        asked = dict(request.query_params)
        wants = {"client_id": CLIENT, "response_type": "code", "code_challenge_method": "S256"}
        wrong = [name for name, value in wants.items() if asked.get(name) != value]
        wrong += [] if asked.get("redirect_uri") in self.return_to else ["redirect_uri"]
        wrong += [name for name in ("state", "nonce", "code_challenge") if len(asked.get(name, "")) < 16]
        wrong += [] if "openid" in asked.get("scope", "").split() else ["scope"]
        if wrong:
            return self._refuse(f"authorize: {', '.join(wrong)}")
        if request.method == "GET":
            again = html.escape(f"/authorize?{urlencode(asked)}")
            return HTMLResponse(
                f'<!doctype html><html lang="en"><title>Trust account</title><form method="post" action="{again}">'
                '<label>Account <input name="sub"></label><button>Sign in</button></form></html>'
            )
        subject = str((await request.form())["sub"])
        code = secrets.token_urlsafe(24)
        self._codes[code] = {**asked, "sub": subject, "until": time.monotonic() + CODE_SECONDS}
        self.signed_in.append(subject)
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}", 303)

    async def _token(self, request: Request) -> Response:
        given = dict(await request.form())
        basic = base64.b64encode(f"{CLIENT}:{SECRET.replace(' ', '%20')}".encode()).decode()
        plain = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if request.headers.get("authorization") not in (f"Basic {basic}", f"Basic {plain}"):
            return self._refuse("token: client secret", 401)
        asked = self._codes.pop(str(given.get("code")), None)
        if asked is None or asked["until"] < time.monotonic():
            return self._refuse("token: code")
        digest = hashlib.sha256(str(given.get("code_verifier", "")).encode()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != asked["code_challenge"]:
            return self._refuse("token: verifier")
        if given.get("redirect_uri") != asked["redirect_uri"] or given.get("grant_type") != "authorization_code":
            return self._refuse("token: request")
        token = self.id_token(asked["sub"], asked["nonce"])
        told = {"access_token": secrets.token_urlsafe(24), "token_type": "Bearer", "expires_in": 300, "id_token": token}
        return JSONResponse(told, headers={"Cache-Control": "no-store"})

    def id_token(self, subject: str, nonce: str) -> str:
        now = int(time.time())
        said = {"iss": self.issuer, "sub": subject, "aud": CLIENT, "iat": now, "exp": now + self.token_seconds,
                "nonce": nonce, **self.claims}  # fmt: skip
        return jwt.encode({"alg": "RS256", "kid": "one"}, said, self._key)

    async def _end(self, request: Request) -> Response:
        back = request.query_params.get("post_logout_redirect_uri", "")
        if back not in self.return_to:
            return self._refuse("end: redirect")
        self.signed_out += 1
        return RedirectResponse(back, 302)

    def _refuse(self, why: str, status: int = 400) -> Response:
        self.refused.append(why)
        return JSONResponse({"error": "invalid_request"}, status)


@contextmanager
def running(port: int, return_to: Sequence[str]) -> Iterator[Provider]:
    """The provider, answering on its port until the end of the block."""
    provider = Provider(port, return_to)
    server = uvicorn.Server(uvicorn.Config(provider.app(), host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.02)
    try:
        yield provider
    finally:
        server.should_exit = True
        thread.join(10)


def sign_in_file(provider: str, origin: str, cookie_secret: str, session: Mapping[str, int] | None = None) -> str:
    """An app's ``sign_in.toml`` for this provider."""
    lines = [
        "[auth]",
        f'redirect_uri = "{origin}/oauth2callback"',
        f'cookie_secret = "{cookie_secret}"',
        f'client_id = "{CLIENT}"',
        f'client_secret = "{SECRET}"',
        f'server_metadata_url = "{provider}/.well-known/openid-configuration"',
        'client_kwargs = { scope = "openid" }',
        "[session]",
        *(f"{name} = {value}" for name, value in (session or {}).items()),
    ]
    return "\n".join(lines) + "\n"
