"""Rounds of moderation, their cases, and the ratings that raters give."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables. Lines are added and never changed; the highest rating of a rater on a case counts."""
    op.create_table(
        "moderation_rounds",
        sa.Column("round_number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("round_name", sa.Text, nullable=False),
        sa.Column("matrix_version", sa.Text, nullable=False),
        sa.Column("is_own_school_rated", sa.Boolean, nullable=False),
        sa.Column("opened_at", sa.String(32), nullable=False),  # UTC, ISO 8601
        sa.Column("opened_by", sa.Text, nullable=False),
    )
    op.create_table(
        "moderation_cases",
        sa.Column("round_number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("case_number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("school_urn", sa.String(6), nullable=False),  # never shown to a rater
        sa.Column("pupil_key", sa.String(20), nullable=False),  # a pseudonym
        sa.Column("year_band", sa.Text, nullable=False),
        sa.Column("need_codes", sa.Text, nullable=False),
        sa.Column("score_strands", sa.Text, nullable=False),
        sa.Column("support_given", sa.Text, nullable=False),
    )
    op.create_table(
        "moderation_closings",
        sa.Column("closing_number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("round_number", sa.Integer, nullable=False),
        sa.Column("closed_at", sa.String(32), nullable=False),
        sa.Column("closed_by", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "moderation_ratings",
        sa.Column("rating_number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("round_number", sa.Integer, nullable=False),
        sa.Column("case_number", sa.Integer, nullable=False),
        sa.Column("rater_school_urn", sa.String(6), nullable=False),
        sa.Column("criteria_ticked", sa.Text, nullable=False),
        sa.Column("rated_at", sa.String(32), nullable=False),
        sa.Column("rated_by", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
