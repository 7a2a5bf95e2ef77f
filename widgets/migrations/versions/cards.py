"""Invitations to send somebody a card, and the sealed cards that wait for them."""

import sqlalchemy as sa
from alembic import op

revision = "cards"
down_revision = "programme"


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "invitations",
        sa.Column("code", sa.String, primary_key=True),
        _participant_id(),
        sa.Column(
            "session_id",
            sa.String,
            sa.ForeignKey("sessions.id", ondelete="CASCADE"),
            nullable=False,
            index=True,
        ),
        sa.Column("public_key", sa.LargeBinary, nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "cards",
        sa.Column("id", sa.String, primary_key=True),
        _participant_id(),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )


def _participant_id() -> "sa.Column[str]":
    return sa.Column(
        "participant_id",
        sa.String,
        sa.ForeignKey("participants.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    )
