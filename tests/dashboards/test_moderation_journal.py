"""Moderation in the journal: who may write what, blind packs, the last rating counts, writers of several processes."""

from __future__ import annotations

import datetime as dt
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from dashboards import moderation_journal as moderated
from dashboards.access import Identity, Role
from dashboards.journal import Journal, address, open_journal
from dashboards.moderation_journal import Round
from expectations.errors import OrchardError

ROOT = Path(__file__).parents[2]
LEAD = Identity(Role.SEND_LEAD)
ELM, OAK = Identity(Role.SENCO, ("999001",)), Identity(Role.SENCO, ("999002",))
NOW = dt.datetime(2026, 11, 20, 9, 30, tzinfo=dt.UTC)
CODES = ("C1", "C2", "I3")
NOT_LEAD = [None, ELM, *(Identity(role) for role in (Role.CENTRAL, Role.GOVERNOR, Role.TRUSTEE))]


def case(number: int, urn: str, round_number: int = 1) -> dict[str, Any]:
    return {
        "round_number": round_number, "case_number": number, "school_urn": urn, "pupil_key": f"{number:020x}",
        "sen_provision": "E", "year_band": "Years 3 to 6", "need_codes": "ASD", "score_strands": "Reading 80",
        "support_given": "",
    }  # fmt: skip


SAMPLE = [case(1, "999001"), case(2, "999002"), case(3, "999003")]


@pytest.fixture
def journal(tmp_path: Path, database: str) -> Journal:
    return open_journal(address(tmp_path), busy_seconds=0.2)


def begin(journal: Journal, sample: Any = SAMPLE, who: Identity | None = LEAD, **design: Any) -> Round:
    given = {"round_name": "Autumn", "matrix_version": "V2", "is_own_school_rated": False, "now": NOW, **design}
    moderated.open_round(journal, who, "lead", sample, **given)
    return moderated.rounds(journal)[-1]


def rate(journal: Journal, number: int, codes: Any = ("C1",), who: Identity | None = ELM, name: str = "rater") -> None:
    moderated.rate_case(journal, who, name, 1, number, codes, criteria=CODES, now=NOW)


def lines(journal: Journal, table: str) -> list[tuple[Any, ...]]:
    with journal.reading() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(f"select * from {table} order by 1")]


def test_a_round_is_kept_with_its_cases_as_they_were_drawn(journal: Journal) -> None:
    opened = begin(journal)
    assert opened == Round(1, "Autumn", "V2", False, "2026-11-20T09:30:00+00:00", None)
    assert len(lines(journal, "moderation_cases")) == 3
    assert not any(cell == "E" for line in lines(journal, "moderation_cases") for cell in line), "no status is kept"


def test_a_rater_is_handed_no_pupil_of_the_own_school_and_nothing_that_tells_a_school(journal: Journal) -> None:
    opened = begin(journal)
    packs = moderated.packs_for(journal, ELM, opened)
    assert [pack.case_number for pack in packs] == [2, 3]
    assert set(vars(packs[0])) == {"case_number", "year_band", "need_codes", "score_strands", "support_given"}
    assert "99900" not in repr(packs)


def test_own_pupils_are_rated_where_the_design_says_so(journal: Journal) -> None:
    opened = begin(journal, is_own_school_rated=True)
    assert [pack.case_number for pack in moderated.packs_for(journal, ELM, opened)] == [1, 2, 3]
    rate(journal, 1)


@pytest.mark.parametrize("who", NOT_LEAD)
def test_nobody_but_the_send_lead_opens_closes_or_sees_progress(journal: Journal, who: Identity | None) -> None:
    with pytest.raises(OrchardError, match="Only the SEND lead"):
        begin(journal, who=who)
    assert lines(journal, "moderation_rounds") == []
    opened = begin(journal)
    with pytest.raises(OrchardError, match="Only the SEND lead"):
        moderated.close_round(journal, who, "x", 1, NOW)
    with pytest.raises(OrchardError, match="Only the SEND lead"):
        moderated.progress(journal, who, opened)
    assert lines(journal, "moderation_closings") == []


@pytest.mark.parametrize("who", [None, LEAD, Identity(Role.SENCO), Identity(Role.SENCO, ("999001", "999002"))])
def test_nobody_but_a_senco_in_one_school_rates_or_reads_packs(journal: Journal, who: Identity | None) -> None:
    opened = begin(journal)
    with pytest.raises(OrchardError, match="Only SENCOs"):
        rate(journal, 2, who=who)
    with pytest.raises(OrchardError, match="Only SENCOs"):
        moderated.packs_for(journal, who, opened)
    with pytest.raises(OrchardError, match="Only SENCOs"):
        moderated.own_ratings(journal, who, "rater", opened)
    assert lines(journal, "moderation_ratings") == []


@pytest.mark.parametrize(("number", "codes"), [(1, ["C1"]), (9, ["C1"]), (2, []), (2, ["X1"]), (2, ["C1", "'; --"])])
def test_only_a_case_of_ones_own_and_criteria_of_the_matrix_are_taken(
    journal: Journal, number: int, codes: list[str]
) -> None:
    begin(journal)
    with pytest.raises(OrchardError):
        rate(journal, number, codes)
    assert lines(journal, "moderation_ratings") == []


def test_the_last_rating_counts_the_first_one_stays_and_nobody_sees_anothers(journal: Journal) -> None:
    opened = begin(journal)
    rate(journal, 2, ["C2", "C1"])
    rate(journal, 2, ["I3"])
    rate(journal, 3, ["C1"], who=ELM, name="colleague")
    rate(journal, 3, ["C2"], who=OAK, name="rater")
    assert moderated.own_ratings(journal, ELM, "rater", opened) == {2: "I3"}
    assert moderated.own_ratings(journal, ELM, "colleague", opened) == {3: "C1"}
    assert moderated.own_ratings(journal, OAK, "rater", opened) == {3: "C2"}
    assert [line[4] for line in lines(journal, "moderation_ratings")] == ["C1;C2", "I3", "C1", "C2"]


def test_the_send_lead_sees_how_far_each_rater_has_come(journal: Journal) -> None:
    opened = begin(journal)
    rate(journal, 2)
    rate(journal, 2)
    rate(journal, 3)
    rate(journal, 3, who=OAK)
    told = {row.school_urn: (row.rated_count, row.cases_count) for row in moderated.progress(journal, LEAD, opened)}
    assert told == {"999001": (2, 2), "999002": (1, 2)}


def test_a_closed_round_takes_no_rating_and_only_then_the_next_is_opened(journal: Journal) -> None:
    begin(journal)
    with pytest.raises(OrchardError, match="open already"):
        begin(journal, [case(1, "999001", 2)])
    moderated.close_round(journal, LEAD, "lead", 1, NOW)
    with pytest.raises(OrchardError, match="is closed"):
        rate(journal, 2)
    with pytest.raises(OrchardError, match="is closed"):
        moderated.close_round(journal, LEAD, "lead", 1, NOW)
    assert [one.is_open for one in moderated.rounds(journal)] == [False]
    for sample in (SAMPLE, []):
        with pytest.raises(OrchardError, match="no sample for a new round"):
            begin(journal, sample)
    assert begin(journal, [case(1, "999001", 2)]).round_number == 2


def test_while_another_holds_the_journal_a_rater_is_told_so(journal: Journal) -> None:
    begin(journal)
    with journal.writing():
        with pytest.raises(OrchardError, match="The journal is busy"):
            rate(journal, 2)
        assert moderated.rounds(journal)
    rate(journal, 2)


def test_a_journal_from_before_moderation_is_brought_up_to_date(tmp_path: Path) -> None:
    """The first step alone has been run, and holds a decision: the second adds its tables and leaves it be."""
    file = tmp_path / "journal" / "journal.sqlite"
    file.parent.mkdir()
    with sqlite3.connect(file) as connection:
        connection.executescript(
            "create table alembic_version (version_num varchar(32) not null); "
            "insert into alembic_version values ('0001'); "
            "create table alias_decisions (decision_number integer primary key autoincrement, alias text not null, "
            "intervention_name text, decided_at varchar(32) not null, decided_by text not null, decided_as varchar(32) "
            "not null); insert into alias_decisions values (1, 'red table', null, '2026-11-01', 'x', 'send_lead');"
        )
    journal = open_journal(address(tmp_path, {}))
    assert list(journal.decisions()) == ["red table"]
    assert moderated.rounds(journal) == []


WRITER = """
import datetime as dt, sys
from pathlib import Path
from dashboards import moderation_journal
from dashboards.access import Identity, Role
from dashboards.journal import address, open_journal
journal = open_journal(address(Path(sys.argv[1])), busy_seconds=30)
for number in range(15):
    for case in (2, 3):
        moderation_journal.rate_case(journal, Identity(Role.SENCO, ("999001",)), sys.argv[2], 1, case, [f"N{number}"],
                                     criteria=[f"N{number}"], now=dt.datetime.now(dt.UTC))
"""


def test_raters_in_several_processes_lose_nothing(journal: Journal, tmp_path: Path) -> None:
    """Two raters rate at once, each every case fifteen times: no line is lost, and each one's last rating counts."""
    opened = begin(journal)
    started = [
        subprocess.Popen([sys.executable, "-W", "error", "-c", WRITER, str(tmp_path), f"rater {number}"], cwd=ROOT,
                         stderr=subprocess.PIPE, text=True)
        for number in range(2)
    ]  # fmt: skip
    told = [process.communicate(timeout=120)[1] for process in started]
    assert [process.returncode for process in started] == [0, 0], told
    written = lines(journal, "moderation_ratings")
    assert [line[0] for line in written] == list(range(1, 61))
    for number in range(2):
        assert moderated.own_ratings(journal, ELM, f"rater {number}", opened) == {2: "N14", 3: "N14"}
