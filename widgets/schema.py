"""The tables of the store, and the rows that it gives and takes.

Tables about participants have no time of writing and no row number, so that their
order does not tell which counted value belongs to whom. An invitation has the minute in
which it ends, and is gone then.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

import sqlalchemy as sa

TextState = Literal["queued", "approved", "declined", "shown"]
VERSION_TABLE = "workbook_schema"


class Moment(sa.TypeDecorator[datetime]):
    """A moment in UTC; SQLite forgets the time zone, we do not."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(
        self, value: datetime | None, dialect: sa.Dialect
    ) -> datetime | None:
        """Store in UTC; a moment without a time zone is refused."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC) if value else None

    def process_result_value(
        self, value: datetime | None, dialect: sa.Dialect
    ) -> datetime | None:
        """Give the moment back in UTC."""
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


GROUP_HOURS = 24


@dataclass(frozen=True)
class SessionRow:
    """One live run of the workbook with one cohort.

    `programme` holds the exercises that the trainer chose, None for those of the
    variant; `group_hours` how long group data stay after the end, None for a day.
    """

    id: str
    code: str
    title: str
    language: str
    variant: str
    created_at: datetime
    ended_at: datetime | None = None
    focus: dict[str, Any] = field(default_factory=dict)
    invented: bool = False
    keep_answers_until: datetime | None = None
    programme: list[str] | None = None
    group_hours: int | None = None

    @property
    def group_data_hours(self) -> int:
        """How many hours group data stay after the end."""
        return self.group_hours or GROUP_HOURS

    @property
    def group_data_stay(self) -> timedelta:
        """The same as a span of time."""
        return timedelta(hours=self.group_data_hours)


@dataclass(frozen=True)
class ParticipantRow:
    """Somebody who joined; the profile is sealed."""

    id: str
    session_id: str
    profile: bytes


@dataclass(frozen=True)
class WallRow:
    """A text that somebody offered to the wall."""

    id: str
    field_id: str
    text: str
    state: TextState


@dataclass(frozen=True)
class InvitationRow:
    """Somebody asked for a card of an exercise, until then, sealed to this key."""

    code: str
    participant_id: str
    session_id: str
    public_key: bytes
    until: datetime
    exercise: str


metadata = sa.MetaData()


def _session_id(**options: Any) -> sa.Column[str]:
    key = sa.ForeignKey("sessions.id", ondelete="CASCADE")
    return sa.Column("session_id", sa.String, key, nullable=False, **options)


sessions = sa.Table(
    "sessions",
    metadata,
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("code", sa.String, nullable=False, unique=True),
    sa.Column("title", sa.String, nullable=False),
    sa.Column("language", sa.String, nullable=False),
    sa.Column("variant", sa.String, nullable=False),
    sa.Column("created_at", Moment, nullable=False),
    sa.Column("ended_at", Moment),
    sa.Column("focus", sa.JSON, nullable=False),
    sa.Column("invented", sa.Boolean, nullable=False),
    sa.Column("keep_answers_until", Moment),
    sa.Column("programme", sa.JSON(none_as_null=True)),
    sa.Column("group_hours", sa.Integer),
)

states = sa.Table(
    "states",
    metadata,
    _session_id(primary_key=True),
    sa.Column("exercise", sa.String, primary_key=True),
    sa.Column("is_open", sa.Boolean, nullable=False),
    sa.Column("was_opened", sa.Boolean, nullable=False),
    sa.Column("is_shown", sa.Boolean, nullable=False),
    sa.Column("picture", sa.JSON(none_as_null=True)),
    sa.Column("pictured", sa.Integer, nullable=False),
)

participants = sa.Table(
    "participants",
    metadata,
    sa.Column("id", sa.String, primary_key=True),
    _session_id(index=True),
    sa.Column("profile", sa.LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

answers = sa.Table(
    "answers",
    metadata,
    sa.Column(
        "participant_id",
        sa.String,
        sa.ForeignKey("participants.id", ondelete="CASCADE"),
        primary_key=True,
    ),
    sa.Column("exercise", sa.String, primary_key=True),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    sa.Column("is_complete", sa.Boolean, nullable=False),
    sqlite_with_rowid=False,
)

counts = sa.Table(
    "counts",
    metadata,
    sa.Column("token", sa.String, primary_key=True),
    _session_id(),
    sa.Column("exercise", sa.String, nullable=False),
    sa.Column("field", sa.String, nullable=False),
    sa.Column("value", sa.String, nullable=False),
    sa.Index("ix_counts_session_exercise", "session_id", "exercise"),
    sqlite_with_rowid=False,
)

wall = sa.Table(
    "wall",
    metadata,
    sa.Column("id", sa.String, primary_key=True),
    sa.Column("writer_token", sa.String, nullable=False, unique=True),
    _session_id(index=True),
    sa.Column("field_id", sa.String, nullable=False),
    sa.Column("text", sa.String, nullable=False),
    sa.Column("state", sa.String, nullable=False),
    sqlite_with_rowid=False,
)

invitations = sa.Table(
    "invitations",
    metadata,
    sa.Column("code", sa.String, primary_key=True),
    sa.Column(
        "participant_id",
        sa.String,
        sa.ForeignKey("participants.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    _session_id(index=True),
    sa.Column("public_key", sa.LargeBinary, nullable=False),
    sa.Column("until", Moment, nullable=False),
    sa.Column("exercise", sa.String, nullable=False, server_default=""),
    sqlite_with_rowid=False,
)

# Only to whom: who wrote a card is not kept.
cards = sa.Table(
    "cards",
    metadata,
    sa.Column("id", sa.String, primary_key=True),
    sa.Column(
        "participant_id",
        sa.String,
        sa.ForeignKey("participants.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
    ),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)
