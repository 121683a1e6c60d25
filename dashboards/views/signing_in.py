"""Who is signed in, what they hold today, and the pages of those who are not, are no more, or hold nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboards.access import APP_ROLES, ROLE_WORDS, Identity, identities_from, read_entitlements
from dashboards.access_log import Event
from dashboards.keeper import Keeper, keeper_of
from dashboards.markup import Content, join, tag
from dashboards.sign_in import Session, session_of
from dashboards.wording import signing_in as words
from expectations.errors import OrchardError

ENTITLEMENTS = Path("access") / "entitlements.csv"
WATCH_SECONDS = 60


@dataclass(frozen=True)
class Person:
    """A signed-in person and the identities held in this app today, at least one."""

    session: Session
    held: tuple[Identity, ...]
    keeper: Keeper
    home: Path


def signed_in_person(app: str, home: Path) -> Person | None:
    """Who is signed in; ``None`` when no identity provider is set up. Ends the run for anyone who may see nothing.

    Read anew at every rerun: the token, the list of ended sign-ins, the entitlements. Raises ``OrchardError`` when
    a file of access is not in order.
    """
    keeper = keeper_of(home.resolve(), app)
    if keeper is None:
        return None
    claims = _claims()
    if not claims.get("is_logged_in"):
        _show(words.WELCOME, words.WELCOME_LEAD[app])
        _sign_in_button("Sign in")
        st.stop()
    session, now = session_of(claims), _now()
    if session is None or not keeper.see(session, now):
        _denied(keeper, session, now, "ended")
        _show(words.ENDED, words.ENDED_LEAD)
        _sign_in_button("Sign in again")
        st.stop()
    held = _held(app, home, keeper, session, now)
    if not held:
        _who_are_you(session)
    return Person(session, held, keeper, home)


def subject() -> str:
    """Who writes: the signed-in person at the identity provider; where there is none, a visitor of the sample."""
    claims = _claims()
    return f"{claims['iss']} {claims['sub']}" if claims.get("sub") and claims.get("iss") else "sample visitor"


def note_page(person: Person | None, identity: Identity, page: str) -> None:
    """Write down that a page is opened. Raises ``OrchardError`` when that cannot be done: then it is not shown."""
    if person:
        person.keeper.turn(_window(), person.session, _now(), identity, page)


def foot(person: Person, identity: Identity) -> None:
    """The way out, at the foot of every page; and the watch over a page left open."""
    with st.container(horizontal=True, key="signed-in"):
        st.html(tag("p", words.SIGNED_IN.format(role=ROLE_WORDS[identity.role]), class_="note"))
        st.button("Sign out", on_click=st.logout)
    watch(person)


@st.fragment(run_every=WATCH_SECONDS)
def watch(person: Person) -> None:
    """Look every minute whether an open page may stay open: a screen left alone goes dark by itself."""
    now = _now()
    try:
        entitlements = read_entitlements(person.home / ENTITLEMENTS)
    except OrchardError:
        st.rerun()
    held = identities_from(person.session.issuer, person.session.subject, entitlements, now.date())
    if not person.keeper.holds(person.session, now) or not set(person.held) <= set(held):
        st.rerun()


def _held(app: str, home: Path, keeper: Keeper, session: Session, now: dt.datetime) -> tuple[Identity, ...]:
    try:
        entitlements = read_entitlements(home / ENTITLEMENTS)
    except OrchardError:
        _denied(keeper, session, now, "entitlements file")
        raise
    held = identities_from(session.issuer, session.subject, entitlements, now.date())
    here = tuple(identity for identity in held if identity.role in APP_ROLES[app])
    if not here:
        _denied(keeper, session, now, "other app" if held else "no entitlement")
    return here


def _denied(keeper: Keeper, session: Session | None, now: dt.datetime, why: str) -> None:
    """Write a refusal down, once a window and reason."""
    if session and st.session_state.get("denied") != (session, why):
        keeper.record(Event.DENIED, session, now, about=why)
        st.session_state["denied"] = (session, why)


def _who_are_you(session: Session) -> None:
    """The page of someone who is known to the provider and holds nothing here: what to send, and to whom."""
    told = (("Sign-in address", session.issuer), ("Your number there", session.subject))
    rows = (tag("div", tag("dt", name), tag("dd", said)) for name, said in told)
    _show(words.WHO, words.WHO_LEAD, *(tag("p", step) for step in words.WHO_NEXT), tag("dl", *rows, class_="facts"))
    st.button("Sign out", on_click=st.logout)
    st.stop()


def _show(title: str, lead: str, *more: Content) -> None:
    st.html(join((tag("h1", title), tag("p", lead, class_="lead"), *more)))


def _sign_in_button(label: str) -> None:
    st.button(label, on_click=st.login, type="primary")


def _claims() -> Mapping[str, Any]:
    """What the cookie of this window's connection says; Streamlit has verified its signature and its address."""
    return st.user.to_dict()


def _window() -> str:
    context = get_script_run_ctx()
    return context.session_id if context else ""


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
