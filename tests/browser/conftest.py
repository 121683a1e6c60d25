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

import pytest
from playwright.sync_api import Browser, sync_playwright

from dashboards.server_settings import command
from tests.browser.looking import Look
from tests.support.releases import HOSTILE, publish_release
from tests.support.written import write_journals

WIDE, NARROW = 1440, 390
START_SECONDS = 60
Visit = Callable[..., Look]


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
    """A release in which a school's name is HTML, a Markdown picture and a link; people have written beside it."""
    home = tmp_path_factory.mktemp("home")
    publish_release(home, elm_name=HOSTILE)
    write_journals(home)
    return home


@pytest.fixture(scope="session")
def pictures(repository: Path) -> Path:
    """Where screenshots and axe's tables go, for people to look at; git leaves it out."""
    folder = repository / "screenshots"
    folder.mkdir(exist_ok=True)
    return folder


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


@pytest.fixture
def visit(chromium: Browser, served: str, pictures: Path) -> Iterator[Visit]:
    """Open the app in a window of its own, so wide."""
    windows = []

    def open_window(width: int, asked: str = "") -> Look:
        window = chromium.new_context(viewport={"width": width, "height": 1000}, locale="en-GB")
        windows.append(window)
        return Look(window.new_page(), served + asked, pictures, width)

    yield open_window
    for window in windows:
        window.close()
