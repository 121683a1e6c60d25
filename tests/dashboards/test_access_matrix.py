"""Every holder of a role, every page of every role of both apps, every school: what is not theirs is denied.

The pages are those of ``board.PAGES`` and ``staff.PAGES``, whatever they are. Each stands in here for itself by saying
who sees which file; what a page shows is tested elsewhere. Every way in is tried: the links that are offered, the
address, what the window remembers, what a list in the page sends, and what the address asks for.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit import config
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

import dashboards
from dashboards import board, keeper, staff
from dashboards.access import APP_ROLES, ONE_SCHOOL, Identity, Role, files_for
from dashboards.views import opening, signing_in, visits
from dashboards.wording import signing_in as words
from tests.dashboards.conftest import said
from tests.support.releases import ASH, ELM, OAK, PUPIL_CANARY, URNS, publish_release
from tests.support.sign_ins import BOARD, STAFF, claims, log_of, write_entitlements, write_sign_in

APPS = {"board": board.PAGES, "staff": staff.PAGES}
ALL_PAGES = sorted({(app, role, leaf.address) for app, pages in APPS.items() for role in pages for leaf in pages[role]})
ADDRESSES = sorted({address for _, _, address in ALL_PAGES})
HOLDERS = [(role, urn) for role in Role for urn in (URNS if role in ONE_SCHOOL else [""])]
FILES = {"board": {*(f"agg_{urn}.duckdb" for urn in URNS), "agg_trust.duckdb"},
         "staff": {*(f"pupil_{urn}.duckdb" for urn in URNS), "pupil_trust.duckdb"}}  # fmt: skip


def subject_of(role: Role, urn: str) -> str:
    return f"{role.value}-{urn}"


@dataclass
class Window:
    """One window of a browser over one app, signed in as somebody."""

    test: AppTest

    def go(self, address: str) -> Window:
        self.test._page_hash = calc_hash(address)
        self.test.run()
        assert not self.test.exception
        return self

    @property
    def seen(self) -> str:
        """``role / school / file / page``, as the page that is shown says it; '' when no page is shown."""
        told = said(self.test)
        return told.split("SEEN ")[1].split(" END")[0] if "SEEN " in told else ""

    @property
    def links(self) -> list[str]:
        return [link.proto.page for link in self.test.get("page_link")]


Come = Callable[..., Window]


@pytest.fixture(scope="module")
def signed_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Real data (not the sample), both apps with a sign-in, one person for each role and school."""
    home = tmp_path_factory.mktemp("signed")
    publish_release(home, is_sample=False)
    write_sign_in(home, "board", BOARD)
    write_sign_in(home, "staff", STAFF)
    yield home
    keeper.keeper_of.cache_clear()


@pytest.fixture
def come(signed_home: Path, monkeypatch: pytest.MonkeyPatch) -> Come:
    """Open an app as a person whom the provider has signed in."""
    write_entitlements(signed_home, [(subject_of(role, urn), role, urn) for role, urn in HOLDERS])
    monkeypatch.setattr(sys, "argv", ["serving", "--home", str(signed_home)])
    monkeypatch.setattr(opening, "_page", stand_in)

    def open_window(app: str, subject: str | None) -> Window:
        be(monkeypatch, subject)
        test = AppTest.from_file(str(Path(dashboards.__file__).with_name(f"{app}.py")), default_timeout=30)
        test.run()
        assert not test.exception
        return Window(test)

    return open_window


def be(monkeypatch: pytest.MonkeyPatch, subject: str | None) -> None:
    """From here on, whoever looks is signed in as this person."""
    told = claims(subject) if subject else {"is_logged_in": False}
    monkeypatch.setattr(signing_in, "_claims", lambda: told)


def stand_in(leaf: opening.Leaf, visit: visits.Visit) -> Callable[[], None]:
    """A page that says who sees which file, and opens that file to be sure that it can."""

    def show() -> None:
        assert visit.about()["is_sample"] is False
        schools = ",".join(visit.identity.school_urns) or "-"
        st.html(f"SEEN {visit.identity.role.value} {schools} {visit.database.name} {leaf.address} END")

    return show


def own(role: Role, urn: str, address: str) -> str:
    (file,) = files_for(Identity(role, (urn,) if urn else ()), Path("release"))
    return f"{role.value} {urn or '-'} {file.name} {address}"


CELLS = [(holder, page, urn) for holder in HOLDERS for page in ALL_PAGES for urn in (*URNS, "")]


def test_the_matrix(come: Come, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A cell: a holder asks for a page of a role in a school, by address, by parameter and by what the window holds.

    In the own app an own page shows the own file, and any other the own first page; in the other app there is none.
    """
    windows: dict[tuple[Any, str], Window] = {}
    theirs = 0
    for holder, (app, role, address), urn in CELLS:
        window = windows.get((holder, app)) or come(app, subject_of(*holder))
        windows[holder, app] = window
        be(monkeypatch, subject_of(*holder))
        for key, value in (("role", role), ("school", urn)):
            window.test.session_state[key] = value
            window.test.query_params[key] = str(value)
        seen = window.go(address).seen
        assert seen == may_see(holder, app, address), (holder, app, role, address, urn)
        theirs += seen == own(role, urn, address) if (role, urn) in HOLDERS else 0
    with capsys.disabled():
        size = f"{len(HOLDERS)} holders x {len(ALL_PAGES)} pages x {len(URNS) + 1} scopes = {len(CELLS):,} cells"
        print(f"\naccess matrix: {size}; {theirs:,} are the holder's, {len(CELLS) - theirs:,} denied")  # noqa: T201
    assert theirs == sum(len(APPS[app][role]) for role, _ in HOLDERS for app in APPS if role in APPS[app])


def may_see(holder: tuple[Role, str], app: str, address: str) -> str:
    role, urn = holder
    if role not in APP_ROLES[app]:
        return ""
    addresses = [leaf.address for leaf in APPS[app][role]]
    return own(role, urn, address if address in addresses else addresses[0])


@pytest.mark.parametrize(("role", "urn"), HOLDERS)
def test_the_links_offered_are_the_roles_own(come: Come, role: Role, urn: str) -> None:
    app = next(name for name, roles in APP_ROLES.items() if role in roles)
    window = come(app, subject_of(role, urn))
    addresses = [leaf.address for leaf in APPS[app][role]]
    assert window.seen == own(role, urn, addresses[0])
    assert window.links == addresses[1:]


@pytest.mark.parametrize("app", APPS)
def test_nobody_and_the_unentitled_see_no_page_at_any_address(come: Come, app: str) -> None:
    for subject, heading in ((None, words.WELCOME), ("stranger", words.WHO)):
        window = come(app, subject)
        for address in ADDRESSES:
            assert (window.go(address).seen, window.links) == ("", [])
        page = said(window.test)
        assert heading in page
        assert "Five Trees" not in page
        assert PUPIL_CANARY not in page


def test_the_matrix_reads_the_pages_that_there_are() -> None:
    assert {(app, role) for app, role, _ in ALL_PAGES} == {(app, role) for app in APPS for role in APP_ROLES[app]}
    assert len(ADDRESSES) >= 25


@pytest.mark.parametrize("role", Role)
def test_files_for_names_only_the_files_of_the_holders_app_and_school(role: Role) -> None:
    app = next(name for name, roles in APP_ROLES.items() if role in roles)
    for urn in (*URNS, ""):
        named = {file.name for file in files_for(Identity(role, (urn,) if urn else ()), Path("release"))}
        assert named <= FILES[app]
        if role in ONE_SCHOOL:
            assert named == ({f"{'agg' if app == 'board' else 'pupil'}_{urn}.duckdb"} if urn else set())


def test_a_governor_of_two_schools_chooses_between_the_two_and_no_third(
    come: Come, signed_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_entitlements(signed_home, [("both", Role.GOVERNOR, ELM), ("both", Role.GOVERNOR, OAK),
                                     ("both", Role.TRUSTEE, "")])  # fmt: skip
    window = come("board", "both")
    assert sorted(window.test.selectbox(key="school").options) == sorted([ELM, OAK])
    window.test.selectbox(key="school").set_value(OAK).run()
    assert window.seen == own(Role.GOVERNOR, OAK, "nutshell")
    window.test.selectbox(key="role").set_value(Role.TRUSTEE).run()
    assert window.seen.startswith("trustee - agg_trust")
    real = visits._choose
    for key, sent in (("school", ASH), ("school", "trust"), ("role", Role.SENCO), ("role", Role.SEND_LEAD)):
        monkeypatch.setattr(
            visits, "_choose", lambda *given, key=key, sent=sent: sent if given[-1] == key else real(*given)
        )
        window = come("board", "both")
        assert window.seen == "", (key, sent)
        assert "not yours to see" in said(window.test)


def test_a_leaver_and_a_changed_role_are_seen_at_the_next_rerun(come: Come, signed_home: Path) -> None:
    """FAULTS A06, A19: the window stays open; the file changes under it."""
    window = come("board", subject_of(Role.GOVERNOR, ELM))
    assert window.seen == own(Role.GOVERNOR, ELM, "nutshell")
    write_entitlements(signed_home, [(subject_of(Role.GOVERNOR, ELM), Role.TRUSTEE, "")])
    window.test.run()
    assert window.seen.startswith("trustee - agg_trust")
    write_entitlements(signed_home, [])
    window.test.run()
    assert window.seen == ""
    assert words.WHO in said(window.test)
    events = [(line["event"], line["about"]) for line in log_of(signed_home, "board")][-3:]
    assert events == [("page", "nutshell"), ("page", "trust"), ("denied", "no entitlement")]


def test_a_broken_entitlements_file_denies_everybody_and_is_written_down(come: Come, signed_home: Path) -> None:
    window = come("staff", subject_of(Role.SENCO, ELM))
    assert window.seen
    file = signed_home / "access" / "entitlements.csv"
    for harm in (lambda: file.write_text("x"), lambda: file.chmod(0o666), file.unlink):
        harm()
        window.test.run()
        assert window.seen == ""
        assert "entitlements file" in said(window.test)
    assert log_of(signed_home, "staff")[-1]["about"] == "entitlements file"


def test_an_open_window_ends_by_age_by_idleness_and_by_signing_out(
    come: Come, signed_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = dt.datetime.now(dt.UTC)
    for ends in ("idle", "age", "signed out"):
        told = claims(subject_of(Role.GOVERNOR, ELM), start, iat=start.timestamp() - len(ends))
        window = come("board", subject_of(Role.GOVERNOR, ELM))
        monkeypatch.setattr(signing_in, "_claims", lambda told=told: told)
        monkeypatch.setattr(signing_in, "_now", lambda: start)
        window.test.run()
        assert window.seen
        if ends == "signed out":
            found, session = keeper.keeper_of(signed_home.resolve(), "board"), signing_in.session_of(told)
            assert found is not None
            assert session is not None
            found.end(session, start)
        later = {"idle": 31, "age": 61, "signed out": 1}[ends]
        monkeypatch.setattr(signing_in, "_now", lambda later=later: start + dt.timedelta(minutes=later))
        window.test.run()
        assert window.seen == "", ends
        assert words.ENDED in said(window.test)


def test_a_page_left_open_is_watched_and_goes_dark_by_itself(
    come: Come, signed_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """FAULTS A06: within a minute, without a click; the watch itself keeps nobody signed in."""
    window = come("board", subject_of(Role.GOVERNOR, ELM))
    found = keeper.keeper_of(signed_home.resolve(), "board")
    assert found is not None
    session, start = signing_in.session_of(signing_in._claims()), dt.datetime.now(dt.UTC)
    assert session is not None
    found.see(session, start)
    person = signing_in.Person(session, (Identity(Role.GOVERNOR, (ELM,)),), found, signed_home)
    reruns: list[int] = []
    monkeypatch.setattr(signing_in.st, "rerun", lambda: reruns.append(1))
    look = signing_in.watch.__wrapped__
    monkeypatch.setattr(signing_in, "_now", lambda: start + dt.timedelta(minutes=29))
    look(person)
    assert (reruns, window.seen != "") == ([], True)
    monkeypatch.setattr(signing_in, "_now", lambda: start + dt.timedelta(minutes=30))
    look(person)
    assert reruns == [1], "idle, though it was watched a minute ago"
    monkeypatch.setattr(signing_in, "_now", lambda: start)
    write_entitlements(signed_home, [(subject_of(Role.GOVERNOR, ELM), Role.GOVERNOR, OAK)])
    look(person)
    assert reruns == [1, 1], "the school was taken away"


def test_with_a_provider_real_data_needs_no_loopback_and_the_sample_switch_is_gone(come: Come) -> None:
    given = config.get_option("server.address")
    config.set_option("server.address", "0.0.0.0")
    try:
        window = come("board", subject_of(Role.TRUSTEE, ""))
    finally:
        config.set_option("server.address", given)
    assert window.seen
    assert not window.test.selectbox
    assert [button.label for button in window.test.button] == ["Sign out"]


def test_the_log_of_the_whole_matrix_holds_no_name_of_a_pupil_or_person(come: Come, signed_home: Path) -> None:
    come("staff", subject_of(Role.SENCO, ELM))
    text = str(log_of(signed_home, "staff"))
    assert subject_of(Role.SENCO, ELM) not in text
    assert PUPIL_CANARY not in text
    assert "'role': 'senco', 'school': '999001'" in text
