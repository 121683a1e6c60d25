"""What to ask, most pressing first."""

from __future__ import annotations

from dashboards.queries import Query

_COLUMNS = "school_urn, question_rank, subject, trigger, about, figure_table, figure_column"


def of_school(school_urn: str) -> Query:
    """The exceptions of one school, or of the trust."""
    return Query(
        f"select {_COLUMNS} from mart_questions__school where school_urn = ? order by question_rank",  # noqa: S608
        (school_urn,),
    )


def of_all() -> Query:
    """The exceptions of every school in the file."""
    return Query(f"select {_COLUMNS} from mart_questions__school order by school_urn, question_rank")  # noqa: S608
