"""What every visit asks of the database, put in words once: saying it anew costs more.

Values are filled in by name: `who` a participant, `session`, `code`, `exercise`.
"""

from collections.abc import Callable
from functools import cache

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from .schema import (
    answers,
    cards,
    invitations,
    participants,
    sessions,
    states,
    wall,
)

WHO: sa.BindParameter[str] = sa.bindparam("who")
SESSION: sa.BindParameter[str] = sa.bindparam("session")

SESSION_BY_CODE = sa.select(sessions).where(sessions.c.code == sa.bindparam("code"))
SESSION_BY_ID = sa.select(sessions).where(sessions.c.id == SESSION)
STATES = sa.select(states).where(states.c.session_id == SESSION)
PARTICIPANT = sa.select(participants).where(participants.c.id == WHO)
HOW_MANY = (
    sa.select(sa.func.count())
    .select_from(participants)
    .where(participants.c.session_id == SESSION)
)
ANSWERS = sa.select(answers.c.exercise, answers.c.sealed, answers.c.is_complete).where(
    answers.c.participant_id == WHO
)
TEXT_STATES = sa.select(wall.c.writer_token, wall.c.state).where(
    wall.c.writer_token.in_(sa.bindparam("tokens", expanding=True))
)
INVITATIONS = (
    sa.select(invitations)
    .where(invitations.c.participant_id == WHO)
    .order_by(invitations.c.until, invitations.c.code)
)
CARDS = (
    sa.select(cards.c.id, cards.c.sealed)
    .where(cards.c.participant_id == WHO)
    .order_by(cards.c.id)
)


@cache
def put(
    insert: Callable[[sa.Table], sqlite.Insert | postgresql.Insert],
    owner: sa.Column[str],
    table: sa.Table,
    key: tuple[str, ...],
    rest: tuple[str, ...],
) -> sa.Insert:
    """Insert or replace a row, if there is an `owner` with the id `known`."""
    names = key + rest
    values = [sa.bindparam(f"new_{it}", type_=table.c[it].type) for it in names]
    source = sa.select(*values).where(sa.exists().where(owner == sa.bindparam("known")))
    row = insert(table).from_select(list(names), source)
    replaced = {name: row.excluded[name] for name in rest}
    return row.on_conflict_do_update(index_elements=list(key), set_=replaced)
