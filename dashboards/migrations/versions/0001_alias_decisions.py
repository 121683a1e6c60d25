"""Decisions on names that the trust's catalogue does not know."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the table. Lines are added and never changed; the highest number on a name counts."""
    op.create_table(
        "alias_decisions",
        sa.Column("decision_number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("alias", sa.Text, nullable=False),
        sa.Column("intervention_name", sa.Text, nullable=True),  # blank: not an intervention
        sa.Column("decided_at", sa.String(32), nullable=False),  # UTC, ISO 8601
        sa.Column("decided_by", sa.Text, nullable=False),
        sa.Column("decided_as", sa.String(32), nullable=False),
        sqlite_autoincrement=True,
    )
