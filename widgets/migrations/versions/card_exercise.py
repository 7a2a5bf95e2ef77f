"""An invitation belongs to one exercise; those that are open live an hour at most."""

import sqlalchemy as sa
from alembic import op

revision = "card_exercise"
down_revision = "cards"


def upgrade() -> None:
    """Add the exercise for which a card was asked."""
    column = sa.Column("exercise", sa.String, nullable=False, server_default="")
    op.add_column("invitations", column)
