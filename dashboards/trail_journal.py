"""The challenge trail: a governor's question, the answer, its evidence, the action, and whether the figure moved.

Lines are only ever added. It is a database of its own beside the staff's journal, because the board app writes it too
and may open nothing that holds a pupil or a pseudonym. What people wrote is text of theirs: it is shown to readers of
the same school and the trust, and goes into no mart, log or error.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dashboards.access import Identity, Role
from dashboards.journal import LONGEST_SUBJECT, Journal, open_journal
from dashboards.markup import visible
from dashboards.server_settings import TRAIL_VARIABLE
from dashboards.trail import EVIDENCE, OWNERS, Answer, Asked, State, Thread, threaded
from expectations.errors import OrchardError
from expectations.vocabulary import TRUST

if TYPE_CHECKING:
    from sqlalchemy import Connection, RowMapping

MIGRATIONS = "trail_migrations"
LONGEST_QUESTION, LONGEST_ANSWER, LONGEST_ACTION = 300, 1_000, 300
MOST_OPEN = 40
"""Questions of one board that wait at a time; more than that is nobody's list any more."""
OLDEST_MEETING_DAYS = 400
_UPN = re.compile(r"\b[A-Za-z][0-9]{11}[0-9A-Za-z]\b")
_QUESTION_COLUMNS = (
    "owner", "written_at", "written_by", "written_as", "asked_date", "question_text", "subject", "question_trigger",
    "about", "figure_table", "figure_column", "figure_where", "figure_value", "is_figure_hidden", "figure_date",
)  # fmt: skip
_EVENT_COLUMNS = (
    "question_number", "event", "answer_text", "evidence", "evidence_date", "action_text", "action_owner",
    "action_date", "written_at", "written_by", "written_as",
)  # fmt: skip


def address(home: Path, environment: Mapping[str, str] = os.environ) -> str:
    """Where the trail is: the URL that the settings name, else a file of the home folder."""
    return environment.get(TRAIL_VARIABLE) or f"sqlite:///{home.resolve() / 'trail' / 'trail.sqlite'}"


def open_trail(home: Path, busy_seconds: float = 5) -> Journal:
    """The trail of a home, made when it is not there yet. Raises ``OrchardError`` that quotes nothing of it."""
    return open_journal(address(home), busy_seconds, MIGRATIONS)


def has_trail(home: Path) -> bool:
    """Whether anything was ever written: a paper does not make a database by being read."""
    return bool(os.environ.get(TRAIL_VARIABLE)) or (home / "trail" / "trail.sqlite").is_file()


def owners_for(identity: Identity | None) -> tuple[str, ...] | None:
    """Whose questions somebody reads: their own schools', or everybody's (``None``); of nobody for the central team."""
    match identity.role if identity else None:
        case Role.GOVERNOR | Role.SENCO:
            return identity.school_urns if identity else ()
        case Role.TRUSTEE | Role.SEND_LEAD:
            return None
    return ()


def threads(journal: Journal, identity: Identity | None) -> list[Thread]:
    """Every question that somebody may read with what followed on it, the newest meeting first."""
    from sqlalchemy import text

    owners = owners_for(identity)
    with journal.reading() as connection:
        asked = connection.execute(text("select * from trail_questions order by question_number")).mappings().all()
        events = connection.execute(text("select * from trail_events order by event_number")).mappings().all()
    return threaded([dict(row) for row in asked if owners is None or row["owner"] in owners], rows_of(events))


def rows_of(found: Iterable[RowMapping]) -> list[dict[str, Any]]:
    """Lines as the database gives them, as plain rows."""
    return [dict(row) for row in found]


def ask(journal: Journal, identity: Identity | None, subject: str, asked: Asked, now: dt.datetime) -> None:
    """Note that a question was asked at a meeting. The asker's own school, or the trust, is meant; nobody names one.

    Raises ``OrchardError`` for anyone but a governor of one school and a trustee, for a day that cannot be a meeting's,
    for text that is empty, too long or holds a UPN, and for an exception that waits for its answer already.
    """
    owner = _board_of(identity)
    said = checked(asked.question_text, LONGEST_QUESTION, "The question")
    age = (now.date() - asked.asked_date).days
    if not 0 <= age <= OLDEST_MEETING_DAYS:
        raise OrchardError("The day of the meeting is not right", "", "Give the day on which it was asked.")
    line = {
        **written(identity, subject, now),
        **asked.figure_line(),
        "owner": owner,
        "asked_date": asked.asked_date.isoformat(),
        "question_text": said,
    }
    with journal.writing() as connection:
        open_ones = [one for one in _of_owner(connection, owner) if one.state(now.date()) is not State.CLOSED]
        if len(open_ones) >= MOST_OPEN:
            raise OrchardError("Many questions wait already", "", "Close some that have their answer.")
        if asked.trigger and any(asked.is_same(one) for one in open_ones):
            raise OrchardError("This was asked already and is not closed yet", "", "See it in the list.")
        add(connection, "trail_questions", line, _QUESTION_COLUMNS)


def answer(
    journal: Journal, identity: Identity | None, subject: str, number: int, given: Answer, now: dt.datetime
) -> None:
    """Answer a question, or answer it anew: words, evidence with its day, and an action with its day and owner.

    Raises ``OrchardError`` for anyone but the school's SENCO and the SEND lead, for a question that is closed or not
    theirs, for text as ``ask`` does, and for an action without day or owner.
    """
    line: dict[str, Any] = {"event": "ANSWER", "answer_text": checked(given.answer_text, LONGEST_ANSWER, "The answer")}
    if given.evidence not in EVIDENCE or (given.evidence_date and given.evidence_date > now.date()):
        raise OrchardError("The evidence is not told", "", "Choose its kind, and a day that is over.")
    line |= {"evidence": given.evidence, "evidence_date": _iso(given.evidence_date)}
    if given.action_text.strip():
        if given.action_date is None or given.action_date < now.date() or given.action_owner not in OWNERS:
            raise OrchardError("The action has no day or no owner", "", "Give a day from today on, and whose it is.")
        action = checked(given.action_text, LONGEST_ACTION, "The action")
        line |= {"action_text": action, "action_owner": given.action_owner, "action_date": _iso(given.action_date)}
    _follow(journal, identity, subject, number, line, now, refuse_all_but_answerable)


def finish(journal: Journal, identity: Identity | None, subject: str, number: int, now: dt.datetime) -> None:
    """Say that the action is done. Raises ``OrchardError`` as ``answer``, and where no action is open."""
    _follow(journal, identity, subject, number, {"event": "DONE"}, now, refuse_all_but_answerable)


def close(journal: Journal, identity: Identity | None, subject: str, number: int, now: dt.datetime) -> None:
    """Close a question: those who asked are content. Raises ``OrchardError`` for all others, and before an answer."""
    _follow(journal, identity, subject, number, {"event": "CLOSED"}, now, _refuse_all_but_askers)


def _follow(
    journal: Journal, identity: Identity | None, subject: str, number: int, line: dict[str, Any], now: dt.datetime,
    refuse: Callable[[Identity | None, str | None], None],
) -> None:  # fmt: skip
    """Add one event to a question that is open and of this person."""
    from sqlalchemy import text

    with journal.writing() as connection:
        row = connection.execute(text("select owner from trail_questions where question_number = :n"), {"n": number})
        owner = row.scalar()
        refuse(identity, owner)
        thread = next(one for one in _of_owner(connection, str(owner)) if one.number == number)
        state = thread.state(now.date())
        if state is State.CLOSED:
            raise OrchardError("This question is closed", "", "Nothing is recorded. The board may ask again.")
        if line["event"] == "DONE" and not thread.has_open_action:
            raise OrchardError("No action is open", "", "See what is recorded.")
        if line["event"] == "CLOSED" and not thread.answers:
            raise OrchardError("This question has no answer yet", "", "It is closed when it has one.")
        add(connection, "trail_events", {**written(identity, subject, now), "question_number": number, **line},
            _EVENT_COLUMNS)  # fmt: skip


def _of_owner(connection: Connection, owner: str) -> list[Thread]:
    from sqlalchemy import text

    asked = connection.execute(text("select * from trail_questions where owner = :owner"), {"owner": owner})
    events = connection.execute(
        text("select e.* from trail_events e join trail_questions q on q.question_number = e.question_number "
             "where q.owner = :owner order by e.event_number"), {"owner": owner},
    )  # fmt: skip
    return threaded(rows_of(asked.mappings()), rows_of(events.mappings()))


def checked(said: str, longest: int, what: str) -> str:
    """A text as it is kept: without signs that nobody sees. Raises ``OrchardError`` that quotes nothing of it."""
    plain = " ".join(visible(said[: longest * 4]).split())
    if not plain:
        raise OrchardError(f"{what} is empty", "", "Nothing is recorded yet.")
    if len(plain) > longest:
        raise OrchardError(f"{what} is too long", "", f"At most {longest} letters; nothing is recorded yet.")
    if _UPN.search(plain):
        raise OrchardError(f"{what} seems to hold a pupil’s number", "", "Name no child. Nothing is recorded yet.")
    return plain


def _board_of(identity: Identity | None) -> str:
    """Whose board somebody sits on. Raises ``OrchardError`` for everyone else."""
    if identity and identity.role is Role.TRUSTEE:
        return TRUST
    if identity and identity.role is Role.GOVERNOR and len(identity.school_urns) == 1:
        return identity.school_urns[0]
    raise OrchardError("Only governors and trustees ask here", "", "Answer under “Questions to answer”.")


def _refuse_all_but_askers(identity: Identity | None, owner: str | None) -> None:
    if owner is None or _board_of(identity) != owner:
        raise OrchardError("Only the board that asked closes a question", "", "Nothing is recorded.")


def refuse_all_but_answerable(identity: Identity | None, owner: str | None) -> None:
    """Raise ``OrchardError`` for all but the SEND lead and, of a school, its SENCO."""
    is_lead = identity is not None and identity.role is Role.SEND_LEAD
    is_own = identity is not None and identity.role is Role.SENCO and identity.school_urns == (owner,)
    if owner is None or not (is_lead or is_own):
        raise OrchardError("This is not yours to answer", "", "The school’s SENCO or the SEND lead answers.")


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def written(identity: Identity | None, subject: str, now: dt.datetime) -> dict[str, Any]:
    """When, by whom and in which role; a line is written by somebody, or refused before."""
    return {
        "written_at": now.astimezone(dt.UTC).isoformat(timespec="seconds"),
        "written_by": subject[:LONGEST_SUBJECT] or "unknown",
        "written_as": identity.role.value if identity else "",
    }


def add(connection: Connection, table: str, line: Mapping[str, Any], columns: tuple[str, ...]) -> None:
    """One more line of a table of the trail; a column that is not given is blank."""
    from sqlalchemy import text

    named = ", ".join(columns)
    values = ", ".join(f":{name}" for name in columns)
    connection.execute(text(f"insert into {table} ({named}) values ({values})"),  # noqa: S608 -- our own names
                       {name: line.get(name) for name in columns})  # fmt: skip
