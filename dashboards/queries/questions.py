"""What to ask, most pressing first."""

from __future__ import annotations

from dashboards.queries import Query
from expectations.tables.questions import MOST_QUESTIONS

_COLUMNS = "school_urn, question_rank, subject, trigger, about, figure_table, figure_column"


def of_school(school_urn: str) -> Query:
    """For a first page: the most pressing exceptions of one school, or of the trust."""
    return Query(
        f"select {_COLUMNS} from mart_questions__school where school_urn = ? and question_rank <= ? "  # noqa: S608
        "order by question_rank",
        (school_urn, MOST_QUESTIONS),
    )


def of_all() -> Query:
    """For a first page: the most pressing exceptions of every school in the file."""
    return Query(
        f"select {_COLUMNS} from mart_questions__school where question_rank <= ? "  # noqa: S608
        "order by school_urn, question_rank",
        (MOST_QUESTIONS,),
    )


def every_one() -> Query:
    """Every exception of every school in the file, and of the trust."""
    return Query(f"select {_COLUMNS} from mart_questions__school order by school_urn, question_rank")  # noqa: S608


def every_one_of_school(school_urn: str) -> Query:
    """For a page on one subject, which picks its own: every exception of one school, or of the trust."""
    return Query(
        f"select {_COLUMNS} from mart_questions__school where school_urn = ? order by question_rank",  # noqa: S608
        (school_urn,),
    )
