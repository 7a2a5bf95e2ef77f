"""Sessions, participants, sealed answers, counts and the wall."""

import sqlalchemy as sa
from alembic import op

revision = "first"
down_revision = None


def _session_id(
    *, primary_key: bool = False, index: bool | None = None
) -> "sa.Column[str]":
    return sa.Column(
        "session_id",
        sa.String,
        sa.ForeignKey("sessions.id", ondelete="CASCADE"),
        nullable=False,
        primary_key=primary_key,
        index=index,
    )


def upgrade() -> None:
    """Make all tables."""
    _sessions()
    _participants()
    _group()


def _sessions() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("code", sa.String, nullable=False, unique=True),
        sa.Column("title", sa.String, nullable=False),
        sa.Column("language", sa.String, nullable=False),
        sa.Column("variant", sa.String, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True)),
        sa.Column("focus", sa.JSON, nullable=False),
        sa.Column("invented", sa.Boolean, nullable=False),
        sa.Column("keep_answers_until", sa.DateTime(timezone=True)),
    )
    op.create_table(
        "states",
        _session_id(primary_key=True),
        sa.Column("exercise", sa.String, primary_key=True),
        sa.Column("is_open", sa.Boolean, nullable=False),
        sa.Column("was_opened", sa.Boolean, nullable=False),
        sa.Column("is_shown", sa.Boolean, nullable=False),
        sa.Column("picture", sa.JSON),
        sa.Column("pictured", sa.Integer, nullable=False),
    )


def _participants() -> None:
    op.create_table(
        "participants",
        sa.Column("id", sa.String, primary_key=True),
        _session_id(index=True),
        sa.Column("profile", sa.LargeBinary, nullable=False),
        sqlite_with_rowid=False,
    )
    participant = sa.ForeignKey("participants.id", ondelete="CASCADE")
    op.create_table(
        "answers",
        sa.Column("participant_id", sa.String, participant, primary_key=True),
        sa.Column("exercise", sa.String, primary_key=True),
        sa.Column("sealed", sa.LargeBinary, nullable=False),
        sa.Column("is_complete", sa.Boolean, nullable=False),
        sqlite_with_rowid=False,
    )


def _group() -> None:
    op.create_table(
        "counts",
        sa.Column("token", sa.String, primary_key=True),
        _session_id(),
        sa.Column("exercise", sa.String, nullable=False),
        sa.Column("field", sa.String, nullable=False),
        sa.Column("value", sa.String, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_counts_session_exercise", "counts", ["session_id", "exercise"])
    op.create_table(
        "wall",
        sa.Column("id", sa.String, primary_key=True),
        sa.Column("writer_token", sa.String, nullable=False, unique=True),
        _session_id(index=True),
        sa.Column("field_id", sa.String, nullable=False),
        sa.Column("text", sa.String, nullable=False),
        sa.Column("state", sa.String, nullable=False),
        sqlite_with_rowid=False,
    )
