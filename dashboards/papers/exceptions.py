"""The exceptions of a paper: at most three, chosen by a fixed rule that the paper prints, each with its figure.

The trust's order of weight alone would fill every paper with what the law sets, and a school far from its like would
never be asked why: so the last place is kept for what lies further from the usual than chance would bring.

A question is asked only where its figure may be shown: what is hidden raises no question, and what was not recorded
is itself the figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dashboards.figures import Row, is_hidden
from dashboards.papers.blocks import Exceptional
from dashboards.papers.places import more_of
from dashboards.papers.registry import figure_number
from dashboards.queries import questions as of_questions
from dashboards.queries.estimates import estimate_of
from dashboards.views.comments import comment_on, comments_of
from dashboards.views.figure_rows import figure_row
from dashboards.views.visits import Visit
from dashboards.wording.papers import figure_words
from dashboards.wording.questions import ask_of
from expectations.vocabulary import TRUST

MOST = 3
OF_THE_TRUST = ("mart_impact__intervention", "mart_cost_effectiveness__option", "mart_cost_effectiveness__pair",
                "mart_referrals__service", "mart_purchasing__needs", "mart_purchasing__saving",
                "mart_moderation__round", "mart_progress__test", "mart_strategy__priority")  # fmt: skip
"""Tables of the whole trust: a question on them is put to each school that it touches, after the school's own."""

BEYOND_CHANCE = frozenset({"BEHIND", "SEN_SUSPENDED_MORE", "SEN_ABSENT_MORE", "LOW_SUSTAINED", "SEN_LEAVE_MORE",
                           "SEN_SUPPORT_APART", "GROUP_MISSING"})  # fmt: skip
"""Triggers that are raised only where the whole likely range of a figure lies beyond what is usual."""


def chosen(visit: Visit, owner: str, at_most: int = MOST) -> list[Row]:
    """The questions of a school (or the trust) for a paper: in the trust's order of weight, the school's own figures

    first, no two on one subject while another subject waits; the last place for what lies beyond chance.
    """
    asked = list(_supported(visit, visit.read(of_questions.every_one_of_school(owner))))
    asked.sort(key=lambda row: owner != TRUST and row["figure_table"] in OF_THE_TRUST)
    first = list(_one_a_subject(asked))
    others = [row for row in asked if row not in first]
    beyond = [row for row in first + others if _is_beyond_chance(row, owner)]
    kept = (first + others)[:at_most]
    if not beyond or any(row in beyond for row in kept):
        return kept
    return [*kept[:-1], beyond[0]]


def _is_beyond_chance(row: Row, owner: str) -> bool:
    return row["trigger"] in BEYOND_CHANCE and (owner == TRUST or row["figure_table"] not in OF_THE_TRUST)


def exceptions(visit: Visit, asked: Iterable[Row]) -> tuple[Exceptional, ...]:
    """The questions in words, each with its figure."""
    asked = list(asked)
    said = comments_of(visit, asked[0]["school_urn"]) if asked else {}
    return tuple(
        _in_words(visit, question, figure_row(visit, question), comment_on(question, said)) for question in asked
    )


def _supported(visit: Visit, asked: Iterable[Row]) -> Iterator[Row]:
    for question in asked:
        row = figure_row(visit, question)
        if row is not None and not is_hidden(row, question["figure_column"]):
            yield question


def _one_a_subject(asked: Iterable[Row]) -> Iterator[Row]:
    subjects: set[str] = set()
    for row in asked:
        if row["subject"] not in subjects:
            subjects.add(row["subject"])
            yield row


def told_figure(row: Row, column: str) -> object:
    """The figure as its sentence tells it: of a difference the one that is drawn in, where it is."""
    estimate = estimate_of(row) if column == "difference_points" else None
    return row.get(column) if estimate is None else estimate.points


def _in_words(visit: Visit, question: Row, row: Row | None, comment: str) -> Exceptional:
    ask = ask_of(question, row)
    figure = figure_words(question["figure_column"], told_figure(row, question["figure_column"])) if row else ""
    more = more_of(visit, question["figure_table"], question["school_urn"])
    number = figure_number(question["figure_table"], question["figure_column"])
    return Exceptional(ask.title, figure, ask.said, ask.question, ask.answer, more, comment, number)
