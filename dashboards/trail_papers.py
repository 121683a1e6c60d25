"""Beside a paper, in the challenge trail: the owner's comment on an exception, sign-off, what readers could answer."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from dashboards.access import Identity, Role
from dashboards.journal import Journal
from dashboards.trail_journal import add, checked, owners_for, refuse_all_but_answerable, written
from expectations.errors import OrchardError

LONGEST_COMMENT = 240
"""It stands on the first side of a paper, beside two others."""
COMMENT_DAYS = 120
"""A comment is of a figure of its time: it stands beside figures of about a term, and is then asked for anew."""
CLEAR = ("YES", "PARTLY", "NO")
_COMMENT_COLUMNS = (
    "owner", "question_trigger", "about", "comment_text", "figure_date", "written_at", "written_by", "written_as",
)  # fmt: skip
_SIGN_OFF_COLUMNS = (
    "owner", "meeting_date", "paper_name", "paper_sha256", "written_at", "written_by", "written_as",
)  # fmt: skip
_FEEDBACK_COLUMNS = (
    "owner", "release_number", "answer_1", "answer_2", "answer_3", "written_at", "written_by", "written_as",
)  # fmt: skip


@dataclass(frozen=True)
class Comment:
    """What the accountable person says of an exception, in which role and on which day."""

    comment_text: str
    written_as: str
    written_date: dt.date
    figure_date: dt.date


@dataclass(frozen=True)
class SignOff:
    """Who stands for a frozen paper, by role, since which day; the digest says which bytes."""

    paper_sha256: str
    written_as: str
    written_date: dt.date


def comments(journal: Journal, identity: Identity | None, owner: str) -> dict[tuple[str, str], Comment]:
    """The last comment on each exception of a school (or TRUST), by trigger and what it is about; none taken back."""
    found: dict[tuple[str, str], Comment] = {}
    for row in _lines(journal, identity, owner, "trail_comments", "comment_number"):
        found[row["question_trigger"], row["about"]] = Comment(
            row["comment_text"], row["written_as"], _day(row["written_at"]), _day(row["figure_date"])
        )
    return {key: comment for key, comment in found.items() if comment.comment_text}


def comment(
    journal: Journal, identity: Identity | None, subject: str, owner: str, trigger: str, about: str | None, said: str,
    *, figure_date: dt.date, now: dt.datetime,
) -> None:  # fmt: skip
    """Comment on an exception; an empty text takes the last comment back.

    ``trigger`` and ``about`` are those of an exception on the page. Raises ``OrchardError`` for all but the school's
    SENCO and the SEND lead, and for text as ``trail_journal.ask`` does.
    """
    refuse_all_but_answerable(identity, owner)
    line = {
        **written(identity, subject, now),
        "owner": owner,
        "question_trigger": trigger,
        "about": about or "",
        "comment_text": checked(said, LONGEST_COMMENT, "The comment") if said.strip() else "",
        "figure_date": figure_date.isoformat(),
    }
    with journal.writing() as connection:
        add(connection, "trail_comments", line, _COMMENT_COLUMNS)


def sign_offs(journal: Journal, identity: Identity | None, owner: str) -> dict[str, SignOff]:
    """Sign-offs of an owner's frozen papers, by the digest of what was signed; the first one of each."""
    found: dict[str, SignOff] = {}
    for row in _lines(journal, identity, owner, "trail_sign_offs", "sign_off_number"):
        found.setdefault(row["paper_sha256"], SignOff(row["paper_sha256"], row["written_as"], _day(row["written_at"])))
    return found


def sign_off(
    journal: Journal, identity: Identity | None, subject: str, owner: str, *, meeting: dt.date, paper_name: str,
    sha256: str, now: dt.datetime,
) -> None:  # fmt: skip
    """Sign a frozen paper, known by its digest. Raises ``OrchardError`` for everyone but the SEND lead."""
    if identity is None or identity.role is not Role.SEND_LEAD:
        raise OrchardError("Only the SEND lead signs papers off", "", "Ask the SEND lead.")
    line = {
        **written(identity, subject, now),
        "owner": owner,
        "meeting_date": meeting.isoformat(),
        "paper_name": paper_name,
        "paper_sha256": sha256,
    }
    with journal.writing() as connection:
        add(connection, "trail_sign_offs", line, _SIGN_OFF_COLUMNS)


def give_feedback(
    journal: Journal, identity: Identity | None, subject: str, answers: tuple[str, str, str], release_number: int,
    now: dt.datetime,
) -> None:  # fmt: skip
    """Say whether three questions could be answered after reading. Raises ``OrchardError`` for all but governors."""
    if identity is None or identity.role is not Role.GOVERNOR or len(identity.school_urns) != 1:
        raise OrchardError("Only governors say this of their own paper", "", "Nothing is recorded.")
    if any(answer not in CLEAR for answer in answers):
        raise OrchardError("Answer all three", "", "Yes, partly or no; nothing is recorded yet.")
    line = {
        **written(identity, subject, now),
        "owner": identity.school_urns[0],
        "release_number": release_number,
        **{f"answer_{place}": answer for place, answer in enumerate(answers, start=1)},
    }
    with journal.writing() as connection:
        add(connection, "trail_feedback", line, _FEEDBACK_COLUMNS)


def feedback_counts(journal: Journal, identity: Identity | None) -> list[dict[str, int]]:
    """Of each of the three questions, how many readers said what; each reader's last word. For the SEND lead alone."""
    from sqlalchemy import text

    if identity is None or identity.role is not Role.SEND_LEAD:
        raise OrchardError("Only the SEND lead reads what readers said", "", "Ask the SEND lead.")
    with journal.reading() as connection:
        rows = connection.execute(text("select * from trail_feedback order by feedback_number")).mappings().all()
    last = {(row["owner"], row["written_by"]): row for row in rows}.values()
    return [{word: sum(row[f"answer_{place}"] == word for row in last) for word in CLEAR} for place in (1, 2, 3)]


def _lines(journal: Journal, identity: Identity | None, owner: str, table: str, number: str) -> list[Any]:
    """Lines of one owner, the oldest first. Of a school for its governors and SENCOs; of every school and the trust for

    trustees and the SEND lead; none for anyone else.
    """
    from sqlalchemy import text

    may = owners_for(identity)
    if may is not None and owner not in may:
        return []
    with journal.reading() as connection:
        asked = text(f"select * from {table} where owner = :owner order by {number}")  # noqa: S608 -- our own names
        return list(connection.execute(asked, {"owner": owner}).mappings().all())


def _day(said: str) -> dt.date:
    return dt.date.fromisoformat(said[:10])
