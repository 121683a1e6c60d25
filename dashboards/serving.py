"""Serve one app: ``python -m dashboards.serving board --home DIR --port N``. The gate stands before it.

With no sign-in file the app is for this machine alone and shows the sample; with one, people come by the name in it.
Either way it listens on loopback: a proxy that ends TLS stands before it.
"""

from __future__ import annotations

import argparse
import logging
import secrets
import sys
import traceback
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from dashboards.gate import Gate, Place
from dashboards.keeper import keeper_of
from dashboards.markup import join, tag
from dashboards.server_settings import APP_FILES, LOOPBACK, settings
from dashboards.sign_in import SignIn, refuse_shared_secret
from expectations.errors import OrchardError

_LOG = logging.getLogger("orchard")


def app_of(app: str, home: Path, port: int) -> tuple[st.App, dict[str, object]]:
    """One app behind its gate, and Streamlit's settings for it. Raises ``SettingsError`` for a wrong sign-in file."""
    refuse_shared_secret(home, tuple(APP_FILES))
    keeper = keeper_of(home.resolve(), app)
    sign_in = keeper.sign_in if keeper else None
    gate = Middleware(Gate, place=place_of(sign_in, port), keeper=keeper)
    script = Path(__file__).with_name(APP_FILES[app])
    return st.App(script, middleware=[gate], on_script_error=show_error), settings(port, sign_in)


def place_of(sign_in: SignIn | None, port: int) -> Place:
    """Where browsers find the app."""
    if sign_in:
        return Place(frozenset({sign_in.host}), frozenset({sign_in.origin}), sign_in.is_https)
    names = (LOOPBACK, "localhost")
    return Place(frozenset(names), frozenset(f"http://{name}:{port}" for name in names))


def show_error(error: Exception) -> bool:
    """A page that failed: the reader gets a number, the log gets that number and the place, neither gets a value."""
    number = secrets.token_hex(4)
    places = (f"{Path(frame.filename).name}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)[-6:])
    _LOG.error("page failed %s: %s at %s", number, type(error).__name__, " < ".join(reversed(list(places))))
    said = f"Tell the central team the number {number}. The other pages may work."
    st.html(join((tag("h1", "This page could not be shown"), tag("p", said, class_="warning"))))
    return True


def main(arguments: Sequence[str] | None = None) -> None:
    """Serve until ended."""
    parser = argparse.ArgumentParser(prog="dashboards.serving")
    parser.add_argument("app", choices=sorted(APP_FILES))
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--port", type=int, required=True)
    given = parser.parse_args(arguments)
    logging.getLogger("streamlit.error_util").disabled = True  # it writes the error's text, which may quote a value
    try:
        app, config = app_of(given.app, given.home, given.port)
    except OrchardError as error:
        sys.exit(f"orchard: {error.sentence()}")
    import_module(f"dashboards.{given.app}")  # the pages and their libraries are there before the first visitor
    app.run(config=config)


if __name__ == "__main__":
    main()
