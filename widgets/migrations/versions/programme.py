"""What the trainer set for one session: its programme, and how long group data stay."""

import sqlalchemy as sa
from alembic import op

revision = "programme"
down_revision = "first"


def upgrade() -> None:
    """Add both; sessions that are there keep their variant's programme."""
    op.add_column("sessions", sa.Column("programme", sa.JSON))
    op.add_column("sessions", sa.Column("group_hours", sa.Integer))
