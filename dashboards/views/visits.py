"""Who is looking, at which school, over which release: worked out anew at every rerun. Everything a page needs."""

from __future__ import annotations

import re
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import streamlit as st

from dashboards import access, marts
from dashboards.access import APP_ROLES, ONE_SCHOOL, ROLE_WORDS, Identity, Role
from dashboards.markup import tag, text, visible
from dashboards.queries import Query, questions
from dashboards.queries import release as of_release
from dashboards.releases import Release, find_release, release_before
from dashboards.server_settings import home_folder
from dashboards.sign_in import LOOPBACK
from dashboards.views.signing_in import Person, signed_in_person
from dashboards.wording.release import SAMPLE_BANNER
from expectations.errors import OrchardError

_MART = re.compile(r"\bmart_\w+__\w+")
_MOST_KEPT = 128
"""Of each part: enough for every school of a large trust, and the release before."""
Given = ParamSpec("Given")
Made = TypeVar("Made")


@dataclass(frozen=True)
class Visit:
    """One look at the data: an identity in at most one school, one release, one database file."""

    identity: Identity
    release: Release
    database: Path
    person: Person | None = None
    asked: set[str] = field(default_factory=set, compare=False, repr=False)
    """Names of the tables that the page has read so far: what its figures rest on."""

    @property
    def school_urn(self) -> str | None:
        """The school in view; ``None`` for a role of the whole trust."""
        return self.identity.school_urns[0] if self.identity.school_urns else None

    def here(self) -> dict[str, str]:
        """Who looks and where, for a link that opens a page of the app anew: a choice, checked like any other."""
        return {"role": self.identity.role.value} | ({"school": self.school_urn} if self.school_urn else {})

    def read(self, query: Query) -> marts.Rows:
        """The rows of a question, from this visit's one file."""
        self.asked.update(_tables_of(query.sql))
        return marts.read(self.release, self.database, query)

    def about(self) -> dict[str, Any]:
        """What the release says of itself."""
        return self.read(of_release.about())[0]

    def schools(self) -> dict[str, dict[str, Any]]:
        """The schools by URN, in the order they are shown."""
        return {row["school_urn"]: row for row in self.read(of_release.schools())}


@lru_cache(maxsize=1_024)
def _tables_of(sql: str) -> frozenset[str]:
    return frozenset(_MART.findall(sql))


def made_once(make: Callable[Concatenate[Visit, Given], Made]) -> Callable[Concatenate[Visit, Given], Made]:
    """A part of a page that rests on released rows alone, made once for all who look in one role at one school.

    Kept by role, schools, release, file and all that is given; who looks is not even known while it is made. Not for
    what the trail, the clock, the frozen papers or a choice on the page has a say in, unless that is given.
    """
    making = threading.RLock()

    @lru_cache(maxsize=_MOST_KEPT, typed=True)
    def made(visit: Visit, *given: Given.args, **named: Given.kwargs) -> tuple[Made, frozenset[str]]:
        return make(visit, *given, **named), frozenset(visit.asked)

    @wraps(make)
    def kept(visit: Visit, *given: Given.args, **named: Given.kwargs) -> Made:
        with making:  # who comes for the same in that moment finds it made; a part may hold others, never itself
            part, asked = made(replace(visit, person=None, asked=set()), *given, **named)  # type: ignore[arg-type]
        visit.asked.update(asked)
        return part

    return kept


def visit_before(visit: Visit) -> Visit | None:
    """The same look at the release before this one; ``None`` where there is none of which exceptions can be read."""
    release = release_before(visit.release)
    files = access.files_for(visit.identity, release.folder) if release else ()
    if release is None or len(files) != 1:
        return None
    before = replace(visit, release=release, database=files[0], asked=set())
    try:
        before.read(questions.every_one())
    except OrchardError:
        return None
    return before


def begin_visit(app: str) -> Visit:
    """The visit of whoever is looking. Raises ``OrchardError`` with one clear sentence when nothing may be seen."""
    home = home_folder(sys.argv[1:])
    release = find_release(home)
    person = signed_in_person(app, home)
    identity = _one_identity(person) if person else _sample_visitor(app, release)
    files = access.files_for(identity, release.folder)
    if len(files) != 1:
        raise OrchardError("There is nothing here for you to see", "", "Ask the central team for access.")
    return Visit(identity, release, files[0], person)


def _one_identity(person: Person) -> Identity:
    """One role in one school, of those that a person holds today; a chair who is a trustee too chooses."""
    held = {identity.role: identity for identity in person.held}
    role = next(iter(held))
    if len(held) > 1:
        role = _choose("View as", tuple(held), lambda role: ROLE_WORDS[role], "role")
    if role not in held:
        raise OrchardError("This role is not yours to see", "", "Choose one of those offered.")
    return _one_school(held[role], {}) if role in ONE_SCHOOL else held[role]


def _sample_visitor(app: str, release: Release) -> Identity:
    """With no identity provider: anyone on this machine, over the sample only, with a switch of role and school."""
    if not release.is_sample:
        raise OrchardError("Nobody can sign in yet", "", "Real data is shown only once an identity provider is set up.")
    if st.get_option("server.address") not in LOOPBACK:
        raise OrchardError("The sample is shown on this machine only", "", "Start the app with 'orchard serve'.")
    directory = access.directory_file(release.folder, release.is_sample)
    schools = marts.read(release, directory, of_release.schools()) if directory else []
    names = {row["school_urn"]: row["school_name"] for row in schools}
    with st.container(key="switch"):
        words = "Look at it as anyone here would; nothing is about a real child."
        st.html(tag("p", tag("strong", f"{SAMPLE_BANNER}."), text(f" {words}"), class_="banner"))
        left, right = st.columns(2)
        with left:
            role = _choose("You are looking as", APP_ROLES[app], lambda role: ROLE_WORDS[role], "role")
        if role not in APP_ROLES[app]:
            raise OrchardError("This role is not yours to see", "", "Choose one of those offered.")
        if role not in ONE_SCHOOL:
            return Identity(role)
        with right:
            return _one_school(Identity(role, tuple(names)), names)


def _one_school(identity: Identity, names: Mapping[str, str]) -> Identity:
    """The identity narrowed to one of its own schools; what the browser sends is checked against them."""
    if len(identity.school_urns) == 1:
        return identity
    urns = sorted(identity.school_urns, key=lambda urn: names.get(urn, urn))
    return identity.at(_choose("School", urns, lambda urn: visible(names.get(urn, urn)), "school"))


def _choose(label: str, options: Any, words: Any, key: str) -> Any:
    """A drop-down list that starts with what the page's address asks for, if that is one of the options.

    Its options are shown as plain text; the browser test holds that.
    """
    asked = st.query_params.get(key)
    place = list(options).index(asked) if asked in options else 0
    return st.selectbox(label, options, place, format_func=words, key=key)


def is_role(visit: Visit, *roles: Role) -> bool:
    """True when the visit is of one of the roles."""
    return visit.identity.role in roles
