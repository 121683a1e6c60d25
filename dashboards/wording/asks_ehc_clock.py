"""Questions about the statutory clock of EHC plans, by trigger: title, question, what the figure says."""

from __future__ import annotations

from collections.abc import Callable

from dashboards.figures import Row
from dashboards.wording import ehc_clock as clock

ASKS: dict[str, tuple[str, str, Callable[[Row], str]]] = {
    "REVIEWS_OVERDUE": (
        "Annual reviews overdue",
        "When is each of these reviews, and what kept them from being held?",
        clock.overdue_sentence,
    ),
    "REVIEWS_LATE": (
        "Annual reviews held late",
        "Which reviews were late because of us, and what has changed so that the next ones are in time?",
        clock.reviews_sentence,
    ),
    "REPORTS_LATE": (
        "Reports of reviews sent late",
        "What keeps our reports from going to the authority within two weeks of the meeting?",
        clock.reports_sentence,
    ),
    "TRANSFERS_UNREVIEWED": (
        "Changes of school not reviewed yet",
        "Will each of these plans name the next school in time, and when is its review?",
        clock.transfers_sentence,
    ),
    "OPEN_PAST_20_WEEKS": (
        "Requests open past 20 weeks",
        "Who has asked the authority about these requests, and what do the children get meanwhile?",
        clock.open_sentence,
    ),
    "DECISIONS_LATE": (
        "Decisions of the authority late",
        "Were our reports there in time, and has the trust raised the delay with the authority?",
        clock.decisions_sentence,
    ),
    "ADULTHOOD_MISSING": (
        "Preparation for adulthood not recorded",
        "Do our reviews from year 9 on ask what the young person wants next, and where is it written?",
        clock.adulthood_sentence,
    ),
}
"""Trigger: the exception's title, the question, and how its figure is said."""
