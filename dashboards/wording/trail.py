"""The challenge trail in words: where a question stands, what an answer rests on, and whether the figure moved."""

from __future__ import annotations

import datetime as dt

from dashboards.figures import Row
from dashboards.trail import Answer, Asked, State, Thread
from dashboards.wording.numbers import counted, long_date, sentence, year_name
from dashboards.wording.papers import bare_figure_words
from dashboards.wording.questions import SUBJECT_WORDS, TRIGGERS, titled

NAME_NO_CHILD = "Name no child, and nothing by which one could be known: all governors of the school read this."
OWN_QUESTION = "A question of our own"
LEAD = "What was asked at meetings, what was answered, what was promised, and whether the figure moved since."
NOTHING_ASKED = "No question is noted yet. After a meeting, note below what was asked."
NOTHING_TO_ANSWER = "No question waits for an answer."
ASK_HOW = (
    "Note it after the meeting. The figure is kept as it stands in the data now, so that everybody sees later whether "
    "it moved. Leave the text empty to ask what the page asks."
)
ANSWER_HOW = "The board reads your answer as you write it. An action needs a day and an owner."
COMMENT_HOW = (
    "One or two sentences stand beside the figure on the board’s pages and in its papers, for about a term. Write it "
    "before the paper is frozen. An empty comment takes the last one back."
)
ASKED_NOW = "The question is noted. The staff find it under “Questions to answer”."
ANSWERED_NOW = "Your answer is recorded. The board sees it now."
DONE_NOW = "The action is noted as done."
CLOSED_NOW = "The question is closed. It stays in the list with its answer."
COMMENTED_NOW = "The comment is recorded. It stands beside the figure now."
SIGNED_NOW = "The paper is signed off."
THANKS = "Thank you. The SEND lead sees how many could answer, and not who."
READERS_ASK = "Could you answer these three after reading?"
READERS_QUESTIONS = (
    "What changed most since the last time?",
    "What would you ask about first, and why?",
    "How far can you rely on these figures?",
)
CLEAR_WORDS = {"YES": "Yes", "PARTLY": "Partly", "NO": "No"}
STATE_WORDS = {
    State.ASKED: "Waits for an answer",
    State.ANSWERED: "Answered",
    State.ACTION_OPEN: "Answered, action open",
    State.OVERDUE: "Overdue",
    State.CLOSED: "Closed",
}
EVIDENCE_WORDS = {
    "DATA": "A figure of the data",
    "VISIT": "A visit",
    "DOCUMENT": "A document or minute",
    "VOICE": "What pupils or parents say",
    "NONE_YET": "Nothing yet",
}
OWNER_WORDS = {"SENCO": "the SENCO", "HEAD": "the headteacher", "SEND_LEAD": "the SEND lead"}
ROLE_WORDS = {"senco": "SENCO", "send_lead": "SEND lead"}
_MOVED = {
    "BETTER": "That is better.",
    "WORSE": "That is worse.",
    "UP": "It rose; whether that is good depends on why.",
    "DOWN": "It fell; whether that is good depends on why.",
    "NO_CHANGE": "No change worth a sentence: a small group moves by chance.",
}


def term_words(day: dt.date) -> str:
    """The term of a day: the summer term 2026. Easter moves; the middle of April parts spring from summer."""
    name = "autumn" if day.month >= 9 else "spring" if (day.month, day.day) < (4, 16) else "summer"
    return f"the {name} term {day.year}"


def title_words(asked: Asked) -> str:
    """What a question is about: the exception's title, or that it is the board's own."""
    if not asked.trigger:
        return OWN_QUESTION
    title = TRIGGERS[asked.trigger][0] if asked.trigger in TRIGGERS else SUBJECT_WORDS.get(asked.subject or "", "")
    return titled(title, asked.about)


def asked_words(thread: Thread) -> str:
    """When it was asked: at the meeting of 20 June 2026, in the summer term."""
    day = thread.asked.asked_date
    return f"Asked in {term_words(day)}, at the meeting of {long_date(day)}."


def standing_words(thread: Thread, today: dt.date) -> str:
    """Where it stands, with the day that matters."""
    state, due = thread.state(today), thread.due_date
    if state is State.OVERDUE and due:
        what = "The action" if thread.latest else "The answer"
        return f"Overdue: {what.lower()} was due on {long_date(due)}, {counted((today - due).days, 'day')} ago."
    if state is State.CLOSED and thread.closed_date:
        return f"Closed on {long_date(thread.closed_date)}."
    return f"{STATE_WORDS[state]}; due by {long_date(due)}." if due else f"{STATE_WORDS[state]}."


def answer_words(answer: Answer) -> str:
    """Who answered, when: the SENCO answered on 27 November 2026."""
    who = ROLE_WORDS.get(answer.written_as, "staff")
    return f"The {who}’s answer" + (f", {long_date(answer.written_date)}" if answer.written_date else "")


def evidence_words(answer: Answer) -> str:
    """What an answer rests on, and of which day."""
    of = f", {long_date(answer.evidence_date)}" if answer.evidence_date and answer.evidence != "NONE_YET" else ""
    return f"{EVIDENCE_WORDS.get(answer.evidence, 'Not told')}{of}."


def action_words(thread: Thread) -> str:
    """What was promised, by whom, by when, and whether it is done; '' where nothing was."""
    latest = thread.latest
    if latest is None or not latest.action_text or latest.action_date is None:
        return ""
    owner = OWNER_WORDS.get(latest.action_owner or "", "the school")
    done = f" Done on {long_date(thread.done_date)}." if thread.done_date else ""
    return f"{latest.action_text.rstrip('.')}: {owner}, by {long_date(latest.action_date)}.{done}"


def moved_words(thread: Thread, row: Row | None, data_date: dt.date) -> str:
    """Whether the figure moved, of a row of MART_TRAIL__QUESTION; ``None``: no night has followed it yet.

    ``data_date``: of the data now; while it is the day of the question's own data nothing can have moved.
    """
    if thread.asked.figure is None or (row and row["movement"] == "NO_FIGURE"):
        return "There is no number to follow." if thread.asked.trigger else ""
    column, day = thread.asked.figure.column, thread.asked.figure_date
    then = _then_words(column, thread.asked.figure.value, row, day)
    if row is None or day >= data_date:
        return f"{sentence(then)}. From the next data on this says whether it moved."
    return f"{sentence(then)}, {_now_words(column, row)}"


def _then_words(column: str, value: float | None, row: Row | None, day: dt.date) -> str:
    shown = "hidden" if value is None else bare_figure_words(column, value)
    year = f" for {year_name(row['year_then'])}" if row and row["year_then"] else ""
    return f"on {long_date(day)} the figure was {shown}{year}"


def _now_words(column: str, row: Row) -> str:
    if row["movement"] == "GONE":
        return "and it is not published now. Whether it moved cannot be told."
    year = f" for {year_name(row['year_now'])}" if row["year_now"] else ""
    shown = "hidden" if row["value_now"] is None else bare_figure_words(column, row["value_now"])
    if row["movement"] == "HIDDEN":
        return f"now it is {shown}{year}. A small number is hidden, so whether it moved cannot be told."
    return f"now it is {shown}{year}. {_MOVED.get(row['movement'], '')}".rstrip()


def comment_words(said: str, role: str, day: dt.date) -> str:
    """The accountable person's comment beside a figure."""
    return f"{ROLE_WORDS.get(role, 'Staff')}, {long_date(day)}: “{said}”"


def signed_words(role: str, day: dt.date) -> str:
    """Who stands for a paper, by role, and since when."""
    return f"Signed off by the {ROLE_WORDS.get(role, 'staff')} on {long_date(day)}."


def overview_words(threads: list[Thread], today: dt.date) -> str:
    """How many questions wait and how many are late."""
    states = [thread.state(today) for thread in threads]
    late = states.count(State.OVERDUE)
    opened = len(states) - states.count(State.CLOSED)
    return f"{counted(opened, 'question')} open, {late or 'none'} overdue, {states.count(State.CLOSED)} closed."
