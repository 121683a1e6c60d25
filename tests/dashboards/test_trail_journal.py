"""The challenge trail: who may ask, answer, close and read; where a question stands each day; writers of processes."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dashboards import trail_journal as trail
from dashboards import trail_papers as beside
from dashboards.access import Identity, Role
from dashboards.journal import Journal, address, open_journal
from dashboards.server_settings import TRAIL_VARIABLE
from dashboards.trail import Answer, Asked, Figure, State, Thread
from expectations.errors import OrchardError
from expectations.vocabulary import TRUST

ROOT = Path(__file__).parents[2]
ELM, OAK = "999001", "999002"
GOVERNOR, OTHER = Identity(Role.GOVERNOR, (ELM,)), Identity(Role.GOVERNOR, (OAK,))
TRUSTEE, LEAD, CENTRAL = Identity(Role.TRUSTEE), Identity(Role.SEND_LEAD), Identity(Role.CENTRAL)
SENCO, OTHER_SENCO = Identity(Role.SENCO, (ELM,)), Identity(Role.SENCO, (OAK,))
NOW = dt.datetime(2026, 11, 20, 9, 30, tzinfo=dt.UTC)
TODAY = NOW.date()
FIGURE = Figure("mart_impact__school", "dose_rate", '{"school_urn": "999001"}', 0.61)
ASKED = Asked(
    "What stopped the sessions?", TODAY, dt.date(2026, 11, 14), "DELIVERY", "LOW_DOSE", "Phonics Steps", FIGURE
)
OWN = Asked("Who covers when the SENCO is away?", TODAY, dt.date(2026, 11, 14))
ANSWER = Answer("Two staff were ill.", "DATA", TODAY, "Train a third.", "SENCO", dt.date(2026, 12, 18))


@pytest.fixture
def journal(tmp_path: Path, database: str) -> Journal:
    return trail.open_trail(tmp_path, busy_seconds=0.2)


def ask(journal: Journal, asked: Asked = ASKED, who: Identity | None = GOVERNOR) -> None:
    trail.ask(journal, who, "a governor", asked, NOW)


def answer(journal: Journal, given: Answer = ANSWER, who: Identity | None = SENCO, at: dt.datetime = NOW) -> None:
    trail.answer(journal, who, "a senco", 1, given, at)


def only(journal: Journal, who: Identity = LEAD) -> Thread:
    (found,) = trail.threads(journal, who)
    return found


def test_a_question_is_kept_with_its_figure_as_it_stood(journal: Journal) -> None:
    ask(journal)
    found = only(journal)
    assert (found.owner, found.asked, found.state(TODAY)) == (ELM, ASKED, State.ASKED)


def test_from_question_to_close(journal: Journal) -> None:
    ask(journal)
    answer(journal)
    assert only(journal).state(TODAY) is State.ACTION_OPEN
    trail.finish(journal, SENCO, "a senco", 1, NOW)
    assert only(journal).state(TODAY) is State.ANSWERED
    trail.close(journal, GOVERNOR, "a governor", 1, NOW)
    assert only(journal).state(TODAY) is State.CLOSED
    with pytest.raises(OrchardError, match="closed"):
        answer(journal)


@pytest.mark.parametrize(("days", "state"), [(28, State.ASKED), (29, State.OVERDUE)])
def test_an_answer_is_overdue_after_four_weeks(journal: Journal, days: int, state: State) -> None:
    ask(journal)
    assert only(journal).state(TODAY + dt.timedelta(days=days)) is state


@pytest.mark.parametrize(("day", "state"), [("2026-12-18", State.ACTION_OPEN), ("2026-12-19", State.OVERDUE)])
def test_an_action_is_overdue_after_its_day(journal: Journal, day: str, state: State) -> None:
    ask(journal)
    answer(journal)
    assert only(journal).state(dt.date.fromisoformat(day)) is state


def test_a_later_answer_counts_and_promises_anew(journal: Journal) -> None:
    ask(journal)
    answer(journal)
    trail.finish(journal, SENCO, "a senco", 1, NOW)
    answer(journal, replace(ANSWER, answer_text="A third was trained."))
    found = only(journal)
    assert [one.answer_text for one in found.answers] == ["Two staff were ill.", "A third was trained."]
    assert found.state(TODAY) is State.ACTION_OPEN


@pytest.mark.parametrize("who", [None, SENCO, LEAD, CENTRAL, Identity(Role.GOVERNOR, (ELM, OAK))])
def test_nobody_else_asks(journal: Journal, who: Identity | None) -> None:
    with pytest.raises(OrchardError, match="Only governors and trustees"):
        ask(journal, who=who)


@pytest.mark.parametrize("who", [None, GOVERNOR, TRUSTEE, CENTRAL, OTHER_SENCO])
def test_nobody_else_answers(journal: Journal, who: Identity | None) -> None:
    ask(journal)
    with pytest.raises(OrchardError, match="not yours to answer"):
        answer(journal, who=who)


@pytest.mark.parametrize("who", [OTHER, TRUSTEE, SENCO, LEAD, CENTRAL, None])
def test_nobody_else_closes(journal: Journal, who: Identity | None) -> None:
    ask(journal)
    answer(journal)
    with pytest.raises(OrchardError, match="Only"):
        trail.close(journal, who, "x", 1, NOW)


@pytest.mark.parametrize("who", [SENCO, OTHER_SENCO])
def test_the_trusts_questions_are_the_leads_to_answer(journal: Journal, who: Identity) -> None:
    ask(journal, who=TRUSTEE)
    with pytest.raises(OrchardError):
        answer(journal, who=who)
    answer(journal, who=LEAD)
    assert only(journal).owner == TRUST


def test_a_question_stays_within_its_school_and_the_trust(journal: Journal) -> None:
    ask(journal)
    for who, count in ((GOVERNOR, 1), (SENCO, 1), (TRUSTEE, 1), (LEAD, 1), (OTHER, 0), (OTHER_SENCO, 0), (CENTRAL, 0)):
        assert len(trail.threads(journal, who)) == count, who
    assert trail.threads(journal, None) == []


@pytest.mark.parametrize("text", ["", "  \n", "x" * 301, "What of A123456789012?", "Ask z12345678901x today"])
def test_text_that_is_empty_too_long_or_holds_a_upn_is_refused_and_not_quoted(journal: Journal, text: str) -> None:
    with pytest.raises(OrchardError) as told:
        ask(journal, replace(OWN, question_text=text))
    assert not text.strip() or text not in told.value.sentence()
    assert trail.threads(journal, LEAD) == []


@pytest.mark.parametrize("text", ["'; drop table trail_questions; --", "=cmd|' /C calc'!A0", "<b>x</b>", "x" * 300])
def test_a_hostile_text_is_kept_as_it_is(journal: Journal, text: str) -> None:
    ask(journal, replace(OWN, question_text=text))
    assert only(journal).asked.question_text == text


@pytest.mark.parametrize("days", [-401, 1])
def test_a_meeting_is_over_and_not_long_ago(journal: Journal, days: int) -> None:
    with pytest.raises(OrchardError, match="day of the meeting"):
        ask(journal, replace(ASKED, asked_date=TODAY + dt.timedelta(days=days)))


def test_the_same_exception_waits_once_and_own_questions_as_often_as_asked(journal: Journal) -> None:
    ask(journal)
    with pytest.raises(OrchardError, match="asked already"):
        ask(journal)
    ask(journal, replace(ASKED, about="Calm Corner"))
    ask(journal, OWN)
    ask(journal, OWN)
    assert len(trail.threads(journal, GOVERNOR)) == 4


def test_a_list_that_nobody_can_read_is_not_made(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trail, "MOST_OPEN", 2)
    ask(journal, OWN)
    ask(journal, OWN)
    with pytest.raises(OrchardError, match="Many questions"):
        ask(journal, OWN)


@pytest.mark.parametrize(
    "change",
    [
        {"evidence": "RUMOUR"}, {"evidence_date": TODAY + dt.timedelta(1)}, {"action_date": None},
        {"action_date": TODAY - dt.timedelta(1)}, {"action_owner": "Ada"}, {"answer_text": " "},
    ],
)  # fmt: skip
def test_an_answer_says_what_it_rests_on_and_an_action_whose_it_is(journal: Journal, change: dict[str, Any]) -> None:
    ask(journal)
    with pytest.raises(OrchardError):
        answer(journal, replace(ANSWER, **change))
    assert only(journal).answers == ()


def test_nothing_is_closed_or_done_before_it_is_there(journal: Journal) -> None:
    ask(journal)
    with pytest.raises(OrchardError, match="no answer yet"):
        trail.close(journal, GOVERNOR, "x", 1, NOW)
    with pytest.raises(OrchardError, match="No action"):
        trail.finish(journal, SENCO, "x", 1, NOW)
    with pytest.raises(OrchardError):
        trail.answer(journal, LEAD, "x", 99, ANSWER, NOW)


def test_the_trail_is_no_part_of_the_staffs_journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(TRAIL_VARIABLE, raising=False)
    journal = trail.open_trail(tmp_path)
    ask(journal)
    assert not (tmp_path / "journal").exists()
    assert (tmp_path / "trail" / "trail.sqlite").stat().st_mode & 0o077 == 0
    open_journal(address(tmp_path, {}))
    assert trail.open_trail(tmp_path) is not open_journal(address(tmp_path, {}))


def comment(journal: Journal, said: str, who: Identity | None = SENCO, owner: str = ELM) -> None:
    beside.comment(journal, who, "x", owner, "LOW_DOSE", "Phonics Steps", said, figure_date=TODAY, now=NOW)


def test_the_last_comment_counts_and_an_empty_one_takes_it_back(journal: Journal) -> None:
    comment(journal, "Two staff were ill.")
    comment(journal, "A third is trained.")
    (found,) = beside.comments(journal, GOVERNOR, ELM).items()
    assert (found[0], found[1].comment_text) == (("LOW_DOSE", "Phonics Steps"), "A third is trained.")
    assert beside.comments(journal, OTHER, ELM) == {}
    comment(journal, "", who=LEAD)
    assert beside.comments(journal, GOVERNOR, ELM) == {}


def test_what_is_said_of_the_trust_is_for_trustees_and_the_lead(journal: Journal) -> None:
    comment(journal, "The service ends at Easter.", who=LEAD, owner=TRUST)
    beside.sign_off(journal, LEAD, "x", TRUST, meeting=TODAY, paper_name="trustees", sha256="a" * 64, now=NOW)
    for who in (TRUSTEE, LEAD):
        assert beside.comments(journal, who, TRUST), who
        assert beside.sign_offs(journal, who, TRUST), who
    for other in (None, CENTRAL, GOVERNOR, SENCO):
        assert not beside.comments(journal, other, TRUST), other
        assert not beside.sign_offs(journal, other, TRUST), other


@pytest.mark.parametrize("who", [None, GOVERNOR, TRUSTEE, CENTRAL, OTHER_SENCO])
def test_nobody_else_comments(journal: Journal, who: Identity | None) -> None:
    with pytest.raises(OrchardError):
        comment(journal, "x", who)


def test_a_paper_is_signed_by_the_lead_alone_and_once(journal: Journal) -> None:
    given: dict[str, Any] = {"meeting": TODAY, "paper_name": "nutshell", "sha256": "a" * 64}
    for who in (None, SENCO, GOVERNOR, TRUSTEE, CENTRAL):
        with pytest.raises(OrchardError, match="Only the SEND lead"):
            beside.sign_off(journal, who, "x", ELM, **given, now=NOW)
    beside.sign_off(journal, LEAD, "x", ELM, **given, now=NOW)
    beside.sign_off(journal, LEAD, "y", ELM, **given, now=NOW + dt.timedelta(days=1))
    (signed,) = beside.sign_offs(journal, GOVERNOR, ELM).values()
    assert (signed.written_as, signed.written_date) == ("send_lead", TODAY)


def test_each_readers_last_word_counts(journal: Journal) -> None:
    beside.give_feedback(journal, GOVERNOR, "one", ("NO", "NO", "NO"), 1, NOW)
    beside.give_feedback(journal, GOVERNOR, "one", ("YES", "PARTLY", "NO"), 1, NOW)
    beside.give_feedback(journal, GOVERNOR, "two", ("YES", "YES", "NO"), 1, NOW)
    assert [counts["YES"] for counts in beside.feedback_counts(journal, LEAD)] == [2, 1, 0]
    with pytest.raises(OrchardError):
        beside.give_feedback(journal, GOVERNOR, "one", ("YES", "MAYBE", "NO"), 1, NOW)
    for who in (SENCO, TRUSTEE):
        with pytest.raises(OrchardError):
            beside.give_feedback(journal, who, "x", ("YES", "YES", "NO"), 1, NOW)
        with pytest.raises(OrchardError):
            beside.feedback_counts(journal, who)


WRITER = """
import datetime as dt, sys
from pathlib import Path
from dashboards import trail_journal as trail
from dashboards.access import Identity, Role
from dashboards.trail import Asked
from expectations.errors import OrchardError
journal = trail.open_trail(Path(sys.argv[1]), busy_seconds=30)
now, refused = dt.datetime.now(dt.UTC), 0
for number in range(10):
    for trigger in (None, f"SAME_{number}"):
        try:
            trail.ask(journal, Identity(Role.GOVERNOR, ("999001",)), sys.argv[2],
                      Asked(f"{sys.argv[2]} {number}", now.date(), now.date(), "DATA", trigger), now)
        except OrchardError:
            refused += 1
print(refused)
"""


def test_writers_of_several_processes_lose_nothing_and_ask_nothing_twice(tmp_path: Path, database: str) -> None:
    """Two processes start at once over no trail: each own question is kept, each shared exception once."""
    started = [
        subprocess.Popen([sys.executable, "-W", "error", "-c", WRITER, str(tmp_path), f"writer {number}"], cwd=ROOT,
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for number in range(2)
    ]  # fmt: skip
    told = [process.communicate(timeout=120) for process in started]
    assert [process.returncode for process in started] == [0, 0], told
    found = trail.threads(trail.open_trail(tmp_path), LEAD)
    assert sorted(one.asked.question_text for one in found if not one.asked.trigger) == sorted(
        f"writer {who} {number}" for who in range(2) for number in range(10)
    )
    shared = [one.asked.trigger for one in found if one.asked.trigger]
    assert sorted(shared) == sorted(f"SAME_{number}" for number in range(10))
    assert sum(int(out) for out, _ in told) == 10
