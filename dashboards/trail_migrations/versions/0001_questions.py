"""Questions of governors and trustees, what followed on each, comments, sign-offs and what readers found clear."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables. Lines are added and never changed; where two say different things the later one counts."""
    op.create_table(
        "trail_questions",
        sa.Column("question_number", sa.Integer, primary_key=True, autoincrement=True),
        *_written_of_owner(),
        sa.Column("asked_date", sa.String(10), nullable=False),  # the meeting
        sa.Column("question_text", sa.Text, nullable=False),
        sa.Column("subject", sa.String(40), nullable=True),  # blank, with the next two: a question of their own
        sa.Column("question_trigger", sa.String(60), nullable=True),
        sa.Column("about", sa.Text, nullable=True),
        sa.Column("figure_table", sa.String(80), nullable=True),  # blank, with the next: no figure to follow
        sa.Column("figure_column", sa.String(80), nullable=True),
        sa.Column("figure_where", sa.Text, nullable=True),  # JSON: the row's key
        sa.Column("figure_value", sa.Float, nullable=True),  # as released; blank: hidden, or no number
        sa.Column("is_figure_hidden", sa.Boolean, nullable=False),
        sa.Column("figure_date", sa.String(10), nullable=False),  # date of the data
        sqlite_autoincrement=True,
    )
    op.create_table(
        "trail_events",
        sa.Column("event_number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("question_number", sa.Integer, nullable=False, index=True),
        sa.Column("event", sa.String(20), nullable=False),  # ANSWER, DONE, CLOSED
        sa.Column("answer_text", sa.Text, nullable=True),
        sa.Column("evidence", sa.String(20), nullable=True),
        sa.Column("evidence_date", sa.String(10), nullable=True),
        sa.Column("action_text", sa.Text, nullable=True),
        sa.Column("action_owner", sa.String(20), nullable=True),
        sa.Column("action_date", sa.String(10), nullable=True),
        *_written(),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "trail_comments",
        sa.Column("comment_number", sa.Integer, primary_key=True, autoincrement=True),
        *_written_of_owner(),
        sa.Column("question_trigger", sa.String(60), nullable=False),
        sa.Column("about", sa.Text, nullable=False),  # '' where the exception is of the whole school
        sa.Column("comment_text", sa.Text, nullable=False),  # '' takes the comment back
        sa.Column("figure_date", sa.String(10), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "trail_sign_offs",
        sa.Column("sign_off_number", sa.Integer, primary_key=True, autoincrement=True),
        *_written_of_owner(),
        sa.Column("meeting_date", sa.String(10), nullable=False),
        sa.Column("paper_name", sa.String(40), nullable=False),
        sa.Column("paper_sha256", sa.String(64), nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "trail_feedback",
        sa.Column("feedback_number", sa.Integer, primary_key=True, autoincrement=True),
        *_written_of_owner(),
        sa.Column("release_number", sa.Integer, nullable=False),
        *(sa.Column(f"answer_{number}", sa.String(10), nullable=False) for number in (1, 2, 3)),
        sqlite_autoincrement=True,
    )


def _written() -> tuple[sa.Column, ...]:
    """When (UTC, ISO 8601), by whom and in which role a line was written."""
    return (
        sa.Column("written_at", sa.String(32), nullable=False),
        sa.Column("written_by", sa.Text, nullable=False),
        sa.Column("written_as", sa.String(20), nullable=False),
    )


def _written_of_owner() -> tuple[sa.Column, ...]:
    return (sa.Column("owner", sa.String(6), nullable=False, index=True), *_written())  # a URN, or TRUST
