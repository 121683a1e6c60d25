"""Questions of who is here and included: title, question, sentence; and what a good answer would contain."""

from __future__ import annotations

from collections.abc import Callable

from dashboards.figures import Row
from dashboards.wording import inclusion as words

ASKS: dict[str, tuple[str, str, Callable[[Row], str]]] = {
    "PART_TIME_BEYOND": (
        "Part-time timetables beyond their planned end",
        "Which part-time timetables have run past their end or review, and when is each back to a whole week?",
        words.part_time_sentence,
    ),
    "SEN_SUSPENDED_MORE": (
        "Suspended more often than in the trust",
        "Why are suspensions of these pupils above the trust’s, whose other phases count too, and what is tried first?",
        words.suspension_sentence,
    ),
    "SEN_ABSENT_MORE": (
        "Often absent, more than in the trust",
        "Why is absence of these pupils above the trust’s, whose other phases count too, and what keeps them away?",
        words.persistent_sentence,
    ),
    "SEN_ABSENCE_ROSE": (
        "More half-days missed than a year before",
        "Is this spread or concentrated, and what support is in place?",
        words.absence_sentence,
    ),
    "LESSONS_MISSED": (
        "Lessons missed for interventions",
        "What did pupils miss to attend, and how do they catch it up?",
        words.missing_sentence,
    ),
    "ACCESS_UNRECORDED": (
        "Taking part in the curriculum is not recorded",
        "How do we know that pupils with SEN are taught every subject, and from when is it written down?",
        words.recorded_sentence,
    ),
}
ANSWERS = {
    "PART_TIME_BEYOND": "How many, for how long, why a whole week is not possible yet, who agreed with parents, and "
    "the day of each next review. No child named.",
    "SEN_SUSPENDED_MORE": "How many pupils it is, whether a few are suspended again and again, what was adapted first, "
    "and what changes on the day a pupil comes back. No child named.",
    "SEN_ABSENT_MORE": "How many pupils it is, what illness, anxiety or transport has to do with it, and what was "
    "changed in school. No child named.",
    "SEN_ABSENCE_ROSE": "Whether it is many pupils or few, from when, and what each of them now gets. No child named.",
    "LESSONS_MISSED": "Which lessons, how many minutes a week, whether the group could be held at another time, and "
    "how the missed lessons are caught up.",
    "ACCESS_UNRECORDED": "Who records it, at the end of which week of each term, and for which pupils first.",
}
"""Trigger: what to listen for. Numbers are welcome, children's names are not."""
