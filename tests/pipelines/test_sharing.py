"""Two operating-system users: the board app's opens aggregate files of a release and nothing else of the trust."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dashboards.access import Role
from dashboards.papers.making import make
from dashboards.releases import find_release
from expectations.errors import SettingsError
from pipelines.settings import Settings
from pipelines.sharing import Readers, open_the_way, readers_of
from tests.support.homes import make_home
from tests.support.releases import ELM, OAK, URNS, publish_release
from tests.support.sign_ins import BOARD, STAFF, write_entitlements, write_sign_in

BOARD_GROUP, STAFF_GROUP = 64_011, 64_012
BOARD_USER, STAFF_USER, STRANGER = 64_001, 64_002, 64_003
GROUPS = {"board_group": str(BOARD_GROUP), "staff_group": str(STAFF_GROUP)}
TOP = Path(__file__).parents[2]
DROP = """
import json, os, sys
from pathlib import Path
def become(user, groups):
    os.setgroups(groups)
    os.setgid(groups[0])
    os.setuid(user)
    assert os.geteuid() == user and sorted(os.getgroups()) == sorted(groups)
user, groups, home = int(sys.argv[1]), json.loads(sys.argv[2]), Path(sys.argv[3])
"""
"""All that a process needs is loaded before it becomes the other user: Python itself may lie where only root reads."""
LOOK = """
def can(path):
    try:
        os.listdir(path) if path.is_dir() else path.open("rb").read(1)
    except PermissionError:
        return False
    return True
become(user, groups)
print(json.dumps([name for name in json.loads(sys.argv[4]) if can(home / name)]))
"""
OPEN_APPS = """
from streamlit.testing.v1 import AppTest
import dashboards
from dashboards import keeper, marts
from dashboards.views import signing_in
from tests.support.sign_ins import claims
people, warm = {"board": "gov", "staff": "sen"}, Path(sys.argv[4])
def shown(app, at):
    signing_in._claims = lambda: claims(people[app])
    sys.argv = ["serving", "--home", str(at)]
    test = AppTest.from_file(str(Path(dashboards.__file__).with_name(f"{app}.py")), default_timeout=60).run()
    assert not test.exception, test.exception
    return " ".join(block.proto.body for block in test.get("html") if "<style>" not in block.proto.body)
def opens(file):
    try:
        marts.open_reader(file).close()
    except Exception as error:
        return type(error).__name__ + ": " + ("Permission denied" if "Permission denied" in str(error) else "?")
    return "open"
assert all("<h1>" in shown(app, warm) for app in people)
keeper.keeper_of.cache_clear()
files = sorted((home / "releases" / "1").glob("*.duckdb"))
become(user, groups)
pages = {app: shown(app, home) for app in people}
print(json.dumps([pages, {file.name: opens(file) for file in files}]))
"""


def needs_root() -> None:
    if os.geteuid() != 0:
        pytest.xfail("NOT TESTED AS TWO USERS: only root may run a process as another user")


def as_user(user: int, groups: list[int], code: str, *arguments: str) -> Any:
    """What a process that has become the user prints."""
    environment = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "PYTHONDONTWRITEBYTECODE": "1"}
    given = (str(user), json.dumps(groups), *arguments)
    ended = subprocess.run([sys.executable, "-W", "ignore", "-c", DROP + code, *given], env=environment, cwd=TOP,
                           capture_output=True, text=True, check=False)  # fmt: skip
    assert ended.returncode == 0, ended.stderr[-3000:]
    return json.loads(ended.stdout.splitlines()[-1])


@pytest.fixture(scope="module")
def shared_home() -> Iterator[Path]:
    """A trust with a release for two users, and everything else that lies in a home. Not under pytest's own folder,

    which no other user may enter.
    """
    needs_root()
    home = Path(tempfile.mkdtemp())
    settings = make_home(home).model_copy(update=GROUPS)
    before = os.umask(0o077)
    try:
        _fill(settings)
    finally:
        os.umask(before)
    yield home
    shutil.rmtree(home)


def _fill(settings: Settings) -> None:
    home, readers = settings.home, readers_of(settings)
    assert readers == Readers(BOARD_GROUP, STAFF_GROUP)
    settings.pupil_key_secret()
    settings.landing_folder.mkdir()
    (settings.landing_folder / "file").write_text("x")
    settings.work_file.write_text("x")
    publish_release(home, readers=readers, is_sample=False)
    release = find_release(home)
    make(release, home, [ELM], home / "drop" / "out", dt.date(2025, 11, 27))
    open_the_way(settings, readers)
    make(release, home, [ELM, OAK], home / "drop" / "out", dt.date(2026, 11, 26))
    for app, origin, user in (("board", BOARD, BOARD_USER), ("staff", STAFF, STAFF_USER)):
        file = write_sign_in(home, app, origin)
        os.chown(file, user, -1)
        os.chown(file.parent, user, -1)
    entitlements = write_entitlements(home, [("gov", Role.GOVERNOR, ELM), ("sen", Role.SENCO, ELM)])
    for path, mode in ((entitlements, 0o640), (entitlements.parent, 0o710), (home / "orchard.toml", 0o640)):
        os.chown(path, -1, BOARD_GROUP)
        path.chmod(mode)


def readable(home: Path, user: int, groups: list[int]) -> set[str]:
    names = sorted(path.relative_to(home).as_posix() for path in home.rglob("*") if not path.is_symlink())
    return set(as_user(user, groups, LOOK, str(home), json.dumps([".", *names])))


def test_the_board_user_reads_aggregates_and_nothing_else(shared_home: Path) -> None:
    release = "releases/1"
    aggregates = {f"{release}/agg_{name}.duckdb" for name in (*URNS, "trust")}
    own = {"access/board", "access/board/sign_in.toml"}
    both = {release, f"{release}/manifest.json", "access/entitlements.csv", "orchard.toml"}
    found = readable(shared_home, BOARD_USER, [BOARD_GROUP])
    papers = {path.relative_to(shared_home).as_posix() for path in (shared_home / "papers").rglob("*")} | {"papers"}
    assert found == aggregates | own | both | papers
    assert {f"papers/{ELM}/2025-11-27/nutshell.pdf", f"papers/{OAK}/2026-11-26/manifest.json"} <= found


def test_the_staff_user_reads_the_release_and_no_earlier_level(shared_home: Path) -> None:
    found = readable(shared_home, STAFF_USER, [STAFF_GROUP, BOARD_GROUP])
    assert {f"releases/1/pupil_{ELM}.duckdb", f"releases/1/mend/{ELM}.xlsx", "access/staff/sign_in.toml"} <= found
    assert not {"work.duckdb", "landing", "secrets", "secrets/pupil_key", "access/board/sign_in.toml", "drop"} & found


def test_a_stranger_on_the_machine_reads_nothing(shared_home: Path) -> None:
    assert readable(shared_home, STRANGER, [STRANGER]) == set()


def test_the_board_apps_process_opens_no_pupil_file(shared_home: Path, tmp_path: Path) -> None:
    """FAULTS A16: the whole app in a process of that user shows its page; the staff app's files are shut to it."""
    shutil.copytree(shared_home, tmp_path / "warm", symlinks=True)
    pages, opened = as_user(BOARD_USER, [BOARD_GROUP], OPEN_APPS, str(shared_home), str(tmp_path / "warm"))
    assert "<h1>Elm Primary School</h1>" in pages["board"]
    assert "cannot be used" in pages["staff"]
    assert {name: told for name, told in opened.items() if name.startswith("agg_")} == {
        f"agg_{name}.duckdb": "open" for name in (*URNS, "trust")
    }
    pupils = {told for name, told in opened.items() if name.startswith("pupil_")}
    assert pupils == {"IOException: Permission denied"}
    log = shared_home / "access" / "board" / "log.jsonl"
    assert (log.stat().st_uid, stat.S_IMODE(log.stat().st_mode)) == (BOARD_USER, 0o600)


def test_the_staff_app_shows_its_page_as_its_own_user(shared_home: Path, tmp_path: Path) -> None:
    shutil.copytree(shared_home, tmp_path / "warm", symlinks=True)
    pages, opened = as_user(STAFF_USER, [STAFF_GROUP, BOARD_GROUP], OPEN_APPS, str(shared_home), str(tmp_path / "warm"))
    assert "<h1>" in pages["staff"]
    assert "cannot be used" not in pages["staff"]
    assert set(opened.values()) == {"open"}
    assert "cannot be used" in pages["board"], "the other app's sign-in is not its own"


def test_the_groups_are_named_both_or_neither(tmp_path: Path) -> None:
    settings = make_home(tmp_path)
    assert readers_of(settings) is None
    for board, staff in (("1", None), (None, "1"), ("1", "1"), ("no-such-group", "1")):
        with pytest.raises(SettingsError, match="group"):
            readers_of(settings.model_copy(update={"board_group": board, "staff_group": staff}))
    assert readers_of(settings.model_copy(update={"board_group": "0", "staff_group": "7"})) == Readers(0, 7)
