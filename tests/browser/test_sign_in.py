"""Signing in, in Chromium, at a real OpenID provider on loopback; and every way in which a visit ends."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from dashboards.access import Role
from dashboards.server_settings import command
from dashboards.wording import signing_in as words
from expectations.chain import follow
from tests.browser.conftest import NARROW, WIDE, _ended, _wait_for, free_port
from tests.browser.looking import Look
from tests.support.openid_provider import Provider, running
from tests.support.releases import ASH, ELM, PUPIL_CANARY, publish_release
from tests.support.sign_ins import log_of, write_entitlements, write_sign_in

pytestmark = pytest.mark.browser


@dataclass
class World:
    """Both apps of a trust with real data, and their provider."""

    home: Path
    addresses: dict[str, str]
    provider: Provider

    def grant(self, *grants: tuple[str, Role, str]) -> None:
        write_entitlements(self.home, grants, self.provider.issuer)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    home, log = tmp_path_factory.mktemp("signed"), tmp_path_factory.mktemp("log")
    publish_release(home, is_sample=False)
    ports = {app: free_port() for app in ("board", "staff")}
    addresses = {app: f"http://127.0.0.1:{port}" for app, port in ports.items()}
    with running(free_port(), [f"{address}/oauth2callback" for address in addresses.values()]) as provider:
        for app, address in addresses.items():
            write_sign_in(home, app, address, provider.issuer)
        with (log / "board").open("wb") as one, (log / "staff").open("wb") as two:
            board, staff = (command(app, home, ports[app]) for app in ports)
            with _ended(board, one) as first, _ended(staff, two) as second:
                _wait_for(addresses["board"], first, log / "board")
                _wait_for(addresses["staff"], second, log / "staff")
                yield World(home, addresses, provider)
    told = (log / "board").read_text() + (log / "staff").read_text()
    assert PUPIL_CANARY not in told


@pytest.fixture
def look(chromium: Browser, world: World, pictures: Path) -> Iterator[Any]:
    """Open an app in a new, empty window: no cookie of another."""
    contexts = []

    def open_window(app: str, width: int = WIDE, cookies: list[Any] | None = None) -> Look:
        context = chromium.new_context(viewport={"width": width, "height": 1000}, locale="en-GB")
        contexts.append(context)
        if cookies:
            context.add_cookies(cookies)
        return Look(context.new_page(), world.addresses[app], pictures, width)

    yield open_window
    for context in contexts:
        context.close()


def sign_in(look: Look, who: str) -> None:
    look.page.get_by_role("button", name="Sign in").click()
    look.page.locator("input[name=sub]").fill(who)
    look.page.get_by_role("button", name="Sign in").click()
    look.settle()


def heading(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


def fetched(look: Look, path: str) -> int:
    """The status of a plain request with this window's cookies, as a person with a link makes it."""
    address = f"{look.page.url.split('/', 3)[0]}//{urlsplit(look.page.url).netloc}{path}"
    return look.page.context.request.get(address).status


def test_a_governor_signs_in_looks_downloads_and_signs_out(world: World, look: Any, tmp_path: Path) -> None:
    """The code flow with PKCE and nonce; no console error and no fault for axe under the strict policy."""
    world.grant(("gov", Role.GOVERNOR, ELM))
    seen = look("board")
    assert heading(seen.page) == words.WELCOME
    seen.check("welcome")
    sign_in(seen, "gov")
    assert heading(seen.page) == "Elm Primary School"
    seen.go("What we run")
    with seen.page.expect_download() as download:
        seen.page.get_by_role("button", name="Download CSV").first.click()
    download.value.save_as(tmp_path / "table.csv")
    assert "Phonics Steps" in (tmp_path / "table.csv").read_text(encoding="utf-8-sig")
    media = urlsplit(download.value.url).path
    assert fetched(seen, media) == 200
    stranger = look("board")
    assert fetched(stranger, media) == 401
    seen.check("signed-in")
    old = seen.page.context.cookies()
    seen.page.get_by_role("button", name="Sign out").click()
    seen.page.get_by_role("heading", name=words.WELCOME).wait_for()
    assert fetched(seen, media) == 401
    replayed = look("board", cookies=old)
    assert heading(replayed.page) == words.ENDED, "a copy of the cookie is worth nothing"
    assert fetched(replayed, media) == 401
    assert world.provider.refused == []
    assert world.provider.signed_out >= 1
    lines = (world.home / "access" / "board" / "log.jsonl").read_text().splitlines()
    assert follow(lines).broken_line is None
    events = [line["event"] for line in log_of(world.home, "board")]
    assert {"sign_in", "page", "download", "sign_out"} <= set(events)


def test_an_entitlement_that_is_taken_away_ends_the_open_page(world: World, look: Any) -> None:
    world.grant(("leaver", Role.GOVERNOR, ELM))
    seen = look("board")
    sign_in(seen, "leaver")
    assert heading(seen.page) == "Elm Primary School"
    world.grant(("gov", Role.GOVERNOR, ELM))
    seen.page.get_by_test_id("stPageLink").get_by_text("Money", exact=True).click()
    seen.page.get_by_role("heading", name=words.WHO).wait_for()
    assert "Elm" not in seen.page.locator("[data-testid=stMain]").inner_text()
    assert "leaver" in seen.page.locator("dl.facts").inner_text(), "what to send to the central team"
    seen.check("who")
    assert log_of(world.home, "board")[-1]["event"] == "denied"


def test_a_download_of_somebody_else_is_refused_though_both_are_signed_in(world: World, look: Any) -> None:
    world.grant(("one", Role.GOVERNOR, ELM), ("two", Role.GOVERNOR, ASH))
    first, second = look("board"), look("board")
    sign_in(first, "one")
    sign_in(second, "two")
    first.go("Our school")
    with first.page.expect_download() as download:
        first.page.get_by_role("button", name="Download CSV").first.click()
    media = urlsplit(download.value.url).path
    assert (fetched(first, media), fetched(second, media)) == (200, 403)


def test_no_cookie_of_one_app_opens_the_other(world: World, look: Any) -> None:
    world.grant(("gov", Role.GOVERNOR, ELM), ("gov", Role.SENCO, ELM))
    board = look("board")
    sign_in(board, "gov")
    assert heading(board.page) == "Elm Primary School"
    crossed = look("staff", cookies=board.page.context.cookies())
    assert heading(crossed.page) == words.WELCOME
    sign_in(crossed, "gov")
    assert PUPIL_CANARY not in crossed.page.content() or "Today" in crossed.page.content()
    assert heading(crossed.page) not in (words.WELCOME, words.WHO, words.ENDED)
    assert PUPIL_CANARY not in board.page.content()


def test_another_roles_address_shows_the_own_first_page(world: World, look: Any) -> None:
    world.grant(("gov", Role.GOVERNOR, ELM))
    seen = look("board")
    sign_in(seen, "gov")
    for address in ("register", "night", "risk"):
        seen.page.goto(f"{world.addresses['board']}/{address}")
        seen.settle()
        assert heading(seen.page) == "Elm Primary School"
        assert PUPIL_CANARY not in seen.page.content()


def test_a_token_that_is_not_for_this_sign_in_is_refused(world: World, look: Any) -> None:
    """Each is signed by the provider's own key; what it says is not what was asked."""
    world.grant(("gov", Role.GOVERNOR, ELM))
    seen = look("board", NARROW)
    for claims in ({"nonce": "another"}, {"aud": "another"}, {"iss": "https://evil.example"}, {"exp": 1}):
        world.provider.claims = claims
        try:
            sign_in(seen, "gov")
        finally:
            world.provider.claims = {}
        assert heading(seen.page) == words.WELCOME, claims
        assert not [cookie for cookie in seen.page.context.cookies() if cookie["name"] == "_streamlit_user"]


def test_a_callback_that_nobody_began_signs_nobody_in(world: World, look: Any) -> None:
    seen = look("board")
    seen.page.goto(
        f"{world.addresses['board']}/oauth2callback?code={secrets.token_hex(8)}&state={secrets.token_hex(8)}"
    )
    seen.page.get_by_role("heading", name=words.WELCOME).wait_for()


def test_streamlits_own_addresses_are_shut(world: World, look: Any) -> None:
    seen = look("board")
    for path in ("/_stcore/metrics", "/_stcore/upload_file/a/b", "/_stcore/agent"):
        assert fetched(seen, path) == 404
    assert fetched(seen, "/_stcore/health") == 200
