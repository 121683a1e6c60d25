"""The apps in a real browser: served as ``orchard serve`` serves them, looked at in Debian's Chromium."""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from dashboards.server_settings import command
from tests.support.releases import HOSTILE, publish_release

WIDE, NARROW = 1440, 390
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}}
START_SECONDS = 60
Visit = Callable[..., "Look"]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all. Without Chromium these tests are passed over, and pytest's summary says so."""
    found = shutil.which("chromium")
    if found is None:
        pytest.skip("NOT TESTED IN A BROWSER: there is no 'chromium' on this machine (apt-get install chromium)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def hostile_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release in which a school's name is HTML, a Markdown picture and a link."""
    home = tmp_path_factory.mktemp("home")
    publish_release(home, elm_name=HOSTILE)
    return home


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where screenshots go; pytest keeps the folders of the last three runs."""
    return tmp_path_factory.mktemp("screenshots")


@pytest.fixture(scope="module")
def served(
    request: pytest.FixtureRequest, hostile_home: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of the app that the module names in ``APP``."""
    port = free_port()
    log = tmp_path_factory.mktemp("log") / "server.txt"
    with log.open("wb") as out, _ended(command(request.module.APP, hostile_home, port), out) as server:
        address = f"http://127.0.0.1:{port}"
        _wait_for(address, server, log)
        yield address


def free_port() -> int:
    """A port of this machine that nobody holds just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _ended(line: list[str], out: Any) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(line, stdout=out, stderr=subprocess.STDOUT)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        assert server.poll() is None, log.read_text()
        with (
            contextlib.suppress(URLError, ConnectionError),
            urllib.request.urlopen(f"{address}/_stcore/health") as answer,
        ):
            if answer.read() == b"ok":
                return
        time.sleep(0.2)
    raise AssertionError("The app did not answer: " + log.read_text())


class Look:
    """One look at an app: the page, what it asked of the network, what it told the console."""

    def __init__(self, page: Page, address: str, pictures: Path, width: int) -> None:
        self.page, self.pictures, self.width = page, pictures, width
        self.foreign: list[str] = []
        self.errors: list[str] = []
        page.on("request", self._note)
        page.on("console", lambda told: self.errors.append(told.text) if told.type == "error" else None)
        page.goto(address)
        self.settle()

    def _note(self, request: Any) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and parts.hostname != "127.0.0.1":
            self.foreign.append(request.url)

    def settle(self) -> None:
        """Wait until the page has its heading and nothing runs any more."""
        self.page.wait_for_selector("h1")
        self.page.wait_for_function("!document.querySelector('[data-testid=stStatusWidget]')")
        self.page.wait_for_timeout(400)

    def choose(self, label: str, option: str) -> None:
        """Choose in a drop-down list."""
        chosen = self.page.get_by_role("combobox", name=label).first
        chosen.scroll_into_view_if_needed()
        self.page.wait_for_timeout(300)  # scrolling shuts an open list
        chosen.click()
        self.page.get_by_role("option", name=option, exact=True).first.click()
        self.settle()

    def go(self, name: str) -> None:
        """Follow the link to another page of the role, at the foot of the page."""
        self.page.get_by_test_id("stPageLink").get_by_text(name, exact=True).click()
        self.page.get_by_role("heading", level=1).wait_for()
        self.page.wait_for_timeout(600)
        self.settle()

    def check(self, name: str) -> None:
        """A picture of the whole page; nothing wider than the screen, no fault for axe, nothing from elsewhere."""
        height = self.page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
        self.page.set_viewport_size({"width": self.width, "height": min(height + 80, 12_000)})
        self.page.wait_for_timeout(300)
        self.page.screenshot(path=str(self.pictures / f"{name}-{self.width}.png"))
        main = "document.querySelector('[data-testid=stMain]')"
        assert self.page.evaluate(f"{main}.scrollWidth <= {main}.clientWidth + 1"), "the page scrolls sideways"
        assert self.page.get_by_role("heading", level=1).count() == 1
        found = Axe().run(self.page, options=RULES).response
        assert len(found["passes"]) > 10, "axe did not look"
        assert [(fault["id"], fault["nodes"][0]["html"]) for fault in found["violations"]] == []
        assert self.foreign == []
        assert self.errors == []


@pytest.fixture
def visit(chromium: Browser, served: str, pictures: Path) -> Iterator[Visit]:
    """Open the app in a window of its own, so wide."""
    windows = []

    def open_window(width: int) -> Look:
        window = chromium.new_context(viewport={"width": width, "height": 1000}, locale="en-GB")
        windows.append(window)
        return Look(window.new_page(), served, pictures, width)

    yield open_window
    for window in windows:
        window.close()
