"""The journal: the SEND lead alone writes, no line is ever changed, writers wait in turn, an error quotes nothing."""

from __future__ import annotations

import datetime as dt
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from dashboards.access import Identity, Role
from dashboards.journal import LONGEST_SUBJECT, Journal, address, open_journal
from dashboards.server_settings import JOURNAL_VARIABLE
from expectations.errors import OrchardError

ROOT = Path(__file__).parents[2]
LEAD = Identity(Role.SEND_LEAD)
NOW = dt.datetime(2026, 11, 20, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=1)))
NAMES = ("Paired Reading Groups", "Phonics Catch-up")
ALIASES = ("red table", "sunshine group")


def file_of(home: Path) -> Path:
    return home / "journal" / "journal.sqlite"


def settle(
    journal: Journal, alias: str = "red table", name: str | None = NAMES[0], who: Identity | None = LEAD
) -> None:
    journal.settle_name(who, "issuer subject", alias, name, aliases=ALIASES, names=NAMES, now=NOW)


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return open_journal(address(tmp_path, {}), busy_seconds=0.2)


def lines(home: Path) -> list[tuple[object, ...]]:
    with sqlite3.connect(file_of(home)) as connection:
        return connection.execute("select * from alias_decisions order by decision_number").fetchall()


def test_the_latest_decision_counts_and_the_earlier_one_stays(journal: Journal, tmp_path: Path) -> None:
    settle(journal, name=NAMES[0])
    settle(journal, alias="sunshine group", name=None)
    settle(journal, name=NAMES[1])
    found = journal.decisions()
    assert {alias: one.intervention_name for alias, one in found.items()} == {
        "red table": NAMES[1], "sunshine group": None,
    }  # fmt: skip
    assert lines(tmp_path) == [
        (1, "red table", NAMES[0], "2026-11-20T08:30:00+00:00", "issuer subject", "send_lead"),
        (2, "sunshine group", None, "2026-11-20T08:30:00+00:00", "issuer subject", "send_lead"),
        (3, "red table", NAMES[1], "2026-11-20T08:30:00+00:00", "issuer subject", "send_lead"),
    ]


@pytest.mark.parametrize("who", [None, *(Identity(role, ("999001",)) for role in Role if role is not Role.SEND_LEAD)])
def test_nobody_but_the_send_lead_settles_a_name(journal: Journal, tmp_path: Path, who: Identity | None) -> None:
    with pytest.raises(OrchardError, match="Only the SEND lead"):
        settle(journal, who=who)
    assert lines(tmp_path) == []


@pytest.mark.parametrize(
    ("alias", "name"), [("blue table", NAMES[0]), ("red table", "Anything else"), ("red table", "")]
)
def test_only_a_name_that_waits_and_an_intervention_of_the_trust_are_taken(
    journal: Journal, tmp_path: Path, alias: str, name: str
) -> None:
    with pytest.raises(OrchardError):
        settle(journal, alias=alias, name=name)
    assert lines(tmp_path) == []


@pytest.mark.parametrize(
    "hostile", ["'; drop table alias_decisions; --", "=cmd|' /C calc'!A0", "![x](https://example.org/x)", "é" * 10_000]
)
def test_a_hostile_name_is_kept_as_it_is(journal: Journal, hostile: str) -> None:
    journal.settle_name(LEAD, "s" * 9_000, hostile, None, aliases=[hostile], names=NAMES, now=NOW)
    assert list(journal.decisions()) == [hostile]


def test_a_subject_is_cut_to_its_length(journal: Journal, tmp_path: Path) -> None:
    journal.settle_name(LEAD, "s" * 9_000, "red table", None, aliases=ALIASES, names=NAMES, now=NOW)
    assert len(str(lines(tmp_path)[0][4])) == LONGEST_SUBJECT


def test_while_another_holds_the_journal_a_writer_is_told_so_and_a_reader_reads(
    journal: Journal, tmp_path: Path
) -> None:
    settle(journal)
    holder = sqlite3.connect(file_of(tmp_path), isolation_level=None)
    holder.execute("begin immediate")
    try:
        with pytest.raises(OrchardError, match="The journal is busy") as told:
            settle(journal, alias="sunshine group")
        assert "sunshine" not in told.value.sentence()
        assert list(journal.decisions()) == ["red table"]
    finally:
        holder.execute("rollback")
        holder.close()
    settle(journal, alias="sunshine group")
    assert list(journal.decisions()) == list(ALIASES)


def test_a_journal_that_was_taken_away_is_begun_anew(journal: Journal, tmp_path: Path) -> None:
    settle(journal)
    for file in file_of(tmp_path).parent.iterdir():
        file.unlink()
    anew = open_journal(address(tmp_path, {}))
    assert anew.decisions() == {}
    settle(anew)
    assert list(anew.decisions()) == ["red table"]


def test_a_damaged_journal_is_refused_in_one_sentence(tmp_path: Path) -> None:
    file_of(tmp_path).parent.mkdir()
    file_of(tmp_path).write_bytes(b"this was a journal, and Ada is in the red table group" * 100)
    with pytest.raises(OrchardError, match="cannot be opened") as told:
        open_journal(address(tmp_path, {}))
    assert "Ada" not in told.value.sentence()


def test_the_file_is_its_owners_alone(journal: Journal, tmp_path: Path) -> None:
    settle(journal)
    assert file_of(tmp_path).parent.stat().st_mode & 0o777 == 0o700
    assert all(file.stat().st_mode & 0o077 == 0 for file in file_of(tmp_path).parent.iterdir())


def test_another_database_is_named_by_the_environment(tmp_path: Path) -> None:
    where = f"sqlite:///{tmp_path / 'elsewhere.sqlite'}"
    assert address(tmp_path, {JOURNAL_VARIABLE: where}) == where
    settle(open_journal(where))
    assert not file_of(tmp_path).exists()


@pytest.mark.parametrize("where", ["nonsense", "nosuchdriver://host/name", "sqlite:////proc/nowhere/journal.sqlite"])
def test_an_address_that_leads_nowhere_is_one_sentence(where: str) -> None:
    with pytest.raises(OrchardError, match="cannot be opened"):
        open_journal(where)


WRITER = """
import datetime as dt, sys
from pathlib import Path
from dashboards.access import Identity, Role
from dashboards.journal import address, open_journal
journal = open_journal(address(Path(sys.argv[1]), {}), busy_seconds=30)
for number in range(20):
    journal.settle_name(Identity(Role.SEND_LEAD), sys.argv[2], "red table", str(number), aliases=["red table"],
                        names=[str(number)], now=dt.datetime.now(dt.UTC))
"""


def test_writers_of_several_processes_lose_nothing(tmp_path: Path) -> None:
    """Three processes start at once over no journal: one makes the schema, each of their lines is kept, in order."""
    started = [
        subprocess.Popen([sys.executable, "-W", "error", "-c", WRITER, str(tmp_path), f"writer {number}"], cwd=ROOT,
                         stderr=subprocess.PIPE, text=True)
        for number in range(3)
    ]  # fmt: skip
    told = [process.communicate(timeout=120)[1] for process in started]
    assert [process.returncode for process in started] == [0, 0, 0], told
    written = lines(tmp_path)
    assert [line[0] for line in written] == list(range(1, 61))
    for number in range(3):
        own = [line[2] for line in written if line[4] == f"writer {number}"]
        assert own == [str(n) for n in range(20)]
    last = open_journal(address(tmp_path, {})).decisions()["red table"]
    assert last.intervention_name == written[-1][2]


def test_pages_that_open_at_once_do_not_break_each_other(tmp_path: Path) -> None:
    places = [f"sqlite:///{tmp_path / str(number)}.sqlite" for number in range(6)]
    with ThreadPoolExecutor(len(places)) as at_once:
        opened = list(at_once.map(open_journal, places))
    assert [one.decisions() for one in opened] == [{}] * len(places)
