"""Exceptions and their questions: what the figure says, and what a governor may ask. Codes: ``mart_questions__school``.

A code that is not known here falls back to a plain sentence of its subject, so that no exception is ever lost.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dashboards.figures import Row, known
from dashboards.wording import (
    asks_cost_effectiveness,
    asks_destinations,
    asks_ehc_clock,
    asks_ehc_delivery,
    asks_ehc_outcomes,
    asks_identification,
    asks_inclusion,
    asks_match,
    asks_moderation,
    asks_money,
    asks_progress,
    asks_referrals,
    asks_strategy,
    destinations,
    differences,
    impact,
    money,
    numbers,
    protocol,
    release,
)
from dashboards.wording.answers import answer_of
from dashboards.wording.needs import type_words
from expectations.vocabulary import SEN_TYPES

SUBJECT_WORDS = {
    "IMPACT": "Impact",
    "DELIVERY": "Delivery",
    "VALUE_FOR_MONEY": "Plans and money",
    "DESTINATIONS": "Leavers",
    "IDENTIFICATION": "Identification",
    "EHC_PLANS": "Reviews and requests",
    "LEADERSHIP": "The strategy",
    "INCLUSION": "Here and included",
    "PROGRESS": "Progress",
    "DATA": "Data",
}
NEUTRAL = {
    "IMPACT": ("An intervention here needs a closer look.", "What would have happened without it, and how do we know?"),
    "DELIVERY": ("Some support was not delivered as planned.", "Which promised sessions did not happen, and why?"),
    "VALUE_FOR_MONEY": ("The costs of EHC plans need a closer look.", "What did we spend, and with what result?"),
    "DESTINATIONS": ("Where some leavers went needs a closer look.", "How many are not traced, and who is calling?"),
    "IDENTIFICATION": (
        "The number of pupils identified with SEN needs a closer look.",
        "Why does our rate differ from the trust’s, and what did moderation find?",
    ),
    "EHC_PLANS": (
        "A day that the law sets for EHC plans was not kept.",
        "What was late because of us, and what has changed?",
    ),
    "LEADERSHIP": ("The strategy needs a closer look.", "What is blocked, and who decides?"),
    "INCLUSION": (
        "Who is here and included needs a closer look.",
        "Who is not in school or not taught with the others, and what support is in place?",
    ),
    "PROGRESS": ("Progress of some pupils needs a closer look.", "Who has not moved on, and what will be different?"),
    "DATA": ("The data behind these figures needs a closer look.", "What do we not know, and when shall we?"),
}


@dataclass(frozen=True)
class Ask:
    """One exception in words: its title, what the figure says, what to ask, what a good answer would contain, and what

    the accountable person says of it.
    """

    title: str
    said: str
    question: str
    answer: str = ""
    comment: str = ""


Said = Callable[[Row], str]


def _together(*sentences: str) -> str:
    return " ".join(part for part in sentences if part)


def _impact(row: Row) -> str:
    ran = "It does not run here now." if row.get("is_running_here") is False else ""
    return _together(differences.result_sentence(row), impact.grade_sentence(row), ran)


def _delivery(row: Row) -> str:
    ended = "It does not run now." if row.get("is_running") is False else ""
    return _together(impact.dose_sentence(row), impact.cost_sentence(row), ended)


def _no_sessions(row: Row) -> str:
    started = f"{numbers.counted(row['started_count'], 'pupil')} started it" if known(row, "started_count") else ""
    return f"{started or 'It is running'}, and no sessions are recorded, so nobody can say what they received."


def _leavers(row: Row) -> str:
    return destinations.sustained_sentence(row)


TRIGGERS: dict[str, tuple[str, str, Said]] = {
    **asks_ehc_clock.ASKS,
    "NOTHING_DELIVERED": (
        "No data yet",
        "What keeps the files from reaching the trust, and when will they?",
        release.confidence_sentence,
    ),
    **asks_ehc_delivery.ASKS,
    "BEHIND": (
        "Behind similar pupils",
        "Do we still run it, and what would these pupils do instead?",
        _impact,
    ),
    **asks_ehc_outcomes.ASKS,
    "UNSERVED": (
        "Low scores and no intervention",
        "Who looked at each of these pupils, and what does class teaching do for them now?",
        protocol.unserved_sentence,
    ),
    "LOW_DOSE": (
        "Sessions that did not happen",
        "What stopped the sessions? Would you still choose it for these pupils?",
        _delivery,
    ),
    "SLOW_START": (
        "A long wait for support",
        "What happens between the first concern and the first session, and which step takes longest?",
        protocol.wait_sentence,
    ),
    "UNTESTED": (
        "Pupils not tested before and after",
        "Which groups were not tested, and who makes sure that the next ones are?",
        protocol.tested_sentence,
    ),
    "UNPROVEN": (
        "We cannot yet say it works",
        "What would have happened without it, and what must we record so that we can tell?",
        _impact,
    ),
    "UNKNOWN_LEAVERS": (
        "Leavers not traced",
        "How many destinations are unknown, and who is calling them?",
        _leavers,
    ),
    **asks_destinations.ASKS,
    **asks_identification.ASKS,
    "GAP": (
        "Plans that cost more than their funding",
        "What did we spend beyond the funding that comes with plans, and with what result?",
        money.gap_sentence,
    ),
    "NO_SESSIONS": (
        "Running, with nothing recorded",
        "Was it delivered, and where would we see it?",
        _no_sessions,
    ),
    "UNRECORDED_PROVISION": (
        "Delivery not recorded",
        "How do we know that what plans promise took place?",
        money.recorded_sentence,
    ),
    "SET_ASIDE": (
        "Many rows set aside",
        "What stops the data from being mended, and which figures does it weaken?",
        release.confidence_sentence,
    ),
    **asks_cost_effectiveness.ASKS,
    **asks_moderation.ASKS,
    **asks_match.ASKS,
    **asks_money.ASKS,
    **asks_progress.ASKS,
    **asks_referrals.ASKS,
    **asks_strategy.ASKS,
    **asks_inclusion.ASKS,
}
"""Trigger: its title, its question, its sentence. Rules and order stand where the questions are found."""


def ask_of(question: Row, figure_row: Row | None) -> Ask:
    """An exception in words. ``figure_row`` is the row of the mart that holds its figure, if there is one."""
    subject = question["subject"]
    neutral, neutral_question = NEUTRAL.get(subject, NEUTRAL["DATA"])
    unknown = (SUBJECT_WORDS.get(subject, "To look at"), neutral_question, lambda _row: "")
    title, asked, say = TRIGGERS.get(question["trigger"], unknown)
    said = say(figure_row) if figure_row is not None else ""
    return Ask(titled(title, question["about"]), said or neutral, asked, answer_of(question["trigger"]))


def titled(title: str, about: str | None) -> str:
    """What stands out, and of what: a name before it, a year after it."""
    said = about_words(about)
    if _is_year(about):
        return f"{title}, {said}"
    return f"{said}: {title[:1].lower()}{title[1:]}" if said else title


def _is_year(about: str | None) -> bool:
    return bool(about) and str(about).isdigit() and len(str(about)) == 4


_STAGES = {"Special school leaver": "Special schools"}
"""A stage of leavers whose code does not stand before a title."""


def about_words(about: str | None) -> str:
    """What it is about: a name as it is, an academic year as people write it, a code of need in words."""
    if about in SEN_TYPES:
        return type_words(about)
    if about and _is_year(about):
        return numbers.year_name(int(about))
    return _STAGES.get(about or "", about or "")
