"""What a question of the challenge trail is, and where it stands: asked, answered, action open, overdue, closed. Pure.

Where it stands follows from its lines and the day; nobody sets it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

ANSWER_DAYS = 28
"""Days from the meeting within which an answer is due: four weeks, so that it is there before the next meeting."""
EVIDENCE = ("DATA", "VISIT", "DOCUMENT", "VOICE", "NONE_YET")
"""What an answer rests on: a figure of the data, a visit, a document, what pupils or parents say, nothing yet."""
OWNERS = ("SENCO", "HEAD", "SEND_LEAD")


class State(StrEnum):
    """Where a question stands."""

    ASKED = "ASKED"
    ANSWERED = "ANSWERED"
    ACTION_OPEN = "ACTION_OPEN"
    OVERDUE = "OVERDUE"
    CLOSED = "CLOSED"


@dataclass(frozen=True)
class Figure:
    """A released figure as it stood: its table, column and row (JSON of the key), and its value; none where hidden."""

    table: str
    column: str
    where: str
    value: float | None
    is_hidden: bool = False


@dataclass(frozen=True)
class Asked:
    """A question as it is asked: an exception of the page (``trigger``), or a question of the board's own."""

    question_text: str
    asked_date: dt.date
    figure_date: dt.date
    subject: str | None = None
    trigger: str | None = None
    about: str | None = None
    figure: Figure | None = None

    def figure_line(self) -> dict[str, Any]:
        """The columns of the trail that say what it is about."""
        of = self.figure
        return {
            "subject": self.subject, "question_trigger": self.trigger, "about": self.about,
            "figure_table": of.table if of else None, "figure_column": of.column if of else None,
            "figure_where": of.where if of else None, "figure_value": of.value if of else None,
            "is_figure_hidden": of is not None and of.is_hidden, "figure_date": self.figure_date.isoformat(),
        }  # fmt: skip

    def is_same(self, other: Thread) -> bool:
        """The same exception was asked of before."""
        return (self.trigger, self.about) == (other.asked.trigger, other.asked.about)


@dataclass(frozen=True)
class Answer:
    """An answer: words, what it rests on and of which day, and an action with its owner and day, if there is one."""

    answer_text: str
    evidence: str = "NONE_YET"
    evidence_date: dt.date | None = None
    action_text: str = ""
    action_owner: str | None = None
    action_date: dt.date | None = None
    written_as: str = ""
    written_date: dt.date | None = None


@dataclass(frozen=True)
class Thread:
    """A question with what followed on it. ``answers``: the oldest first; the last one counts."""

    number: int
    owner: str
    asked: Asked
    answers: tuple[Answer, ...] = field(default=())
    done_date: dt.date | None = None
    closed_date: dt.date | None = None

    @property
    def latest(self) -> Answer | None:
        """The answer that counts."""
        return self.answers[-1] if self.answers else None

    @property
    def has_open_action(self) -> bool:
        """Something was promised and is not done yet."""
        return self.latest is not None and bool(self.latest.action_text) and self.done_date is None

    @property
    def due_date(self) -> dt.date | None:
        """The day by which the next step is due: an answer, or the action; none where nothing is."""
        if self.closed_date:
            return None
        if self.latest is None:
            return self.asked.asked_date + dt.timedelta(days=ANSWER_DAYS)
        return self.latest.action_date if self.has_open_action else None

    def state(self, today: dt.date) -> State:
        """Where it stands on a day; the due day itself is in time."""
        if self.closed_date:
            return State.CLOSED
        if self.due_date and today > self.due_date:
            return State.OVERDUE
        if self.latest is None:
            return State.ASKED
        return State.ACTION_OPEN if self.has_open_action else State.ANSWERED


def threaded(asked: Sequence[Mapping[str, Any]], events: Sequence[Mapping[str, Any]]) -> list[Thread]:
    """Lines of the trail as questions, the newest meeting first. ``events``: in the order they were written."""
    by_number: dict[int, list[Mapping[str, Any]]] = {}
    for event in events:
        by_number.setdefault(event["question_number"], []).append(event)
    found = [_thread(row, by_number.get(row["question_number"], [])) for row in asked]
    return sorted(found, key=lambda one: (one.asked.asked_date, one.number), reverse=True)


def _thread(row: Mapping[str, Any], events: Sequence[Mapping[str, Any]]) -> Thread:
    answers = [event for event in events if event["event"] == "ANSWER"]
    last = answers[-1]["event_number"] if answers else 0
    done = [e for e in events if e["event"] == "DONE" and e["event_number"] > last]  # a new answer promises anew
    closed = [e for e in events if e["event"] == "CLOSED"]
    return Thread(row["question_number"], row["owner"], _asked(row), tuple(_answer(event) for event in answers),
                  _written_on(done), _written_on(closed))  # fmt: skip


def _asked(row: Mapping[str, Any]) -> Asked:
    figure = None
    if row["figure_table"]:
        figure = Figure(row["figure_table"], row["figure_column"], row["figure_where"], row["figure_value"],
                        bool(row["is_figure_hidden"]))  # fmt: skip
    return Asked(row["question_text"], dt.date.fromisoformat(row["asked_date"]),
                 dt.date.fromisoformat(row["figure_date"]), row["subject"], row["question_trigger"], row["about"],
                 figure)  # fmt: skip


def _answer(event: Mapping[str, Any]) -> Answer:
    return Answer(event["answer_text"], event["evidence"], _day(event["evidence_date"]), event["action_text"] or "",
                  event["action_owner"], _day(event["action_date"]), event["written_as"],
                  dt.date.fromisoformat(event["written_at"][:10]))  # fmt: skip


def _day(said: str | None) -> dt.date | None:
    return dt.date.fromisoformat(said) if said else None


def _written_on(events: Sequence[Mapping[str, Any]]) -> dt.date | None:
    return dt.date.fromisoformat(events[0]["written_at"][:10]) if events else None
