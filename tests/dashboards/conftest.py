"""A published release for the tests of the apps, and the apps run without a browser."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit import config
from streamlit.testing.v1 import AppTest

import dashboards
from tests.support.databases import database, postgres  # noqa: F401 -- fixtures
from tests.support.releases import publish_release

Open = Callable[..., AppTest]


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one release; never changed by a test."""
    home = tmp_path_factory.mktemp("home")
    publish_release(home)
    return home


@pytest.fixture
def open_app(sample_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """Run an app over a home, as a role, on loopback as it is served."""
    monkeypatch.setattr(sys, "argv", ["streamlit"])
    given = {name: config.get_option(name) for name in ("server.address",)}

    def run(app: str, role: str | None = None, home: Path = sample_home, address: str | None = "127.0.0.1") -> AppTest:
        monkeypatch.setenv("ORCHARD_HOME", str(home))
        config.set_option("server.address", address)
        script = Path(dashboards.__file__).with_name(f"{app}.py")
        test = AppTest.from_file(str(script), default_timeout=30).run()
        return test.selectbox(key="role").set_value(role).run() if role else test

    yield run
    for name, value in given.items():
        config.set_option(name, value)


def said(test: AppTest) -> str:
    """All of a page's own HTML and Markdown as one text."""
    blocks = [block.proto.body for block in test.get("html")]
    return "\n".join([*(block for block in blocks if "<style>" not in block), *(text.value for text in test.markdown)])
