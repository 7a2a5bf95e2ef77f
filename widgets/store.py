"""What a session keeps, in rows of plain values; the cards stand in `cards.py`."""

import random
from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from . import statements
from .addresses import address_of, file_of
from .cards import Cards
from .replicas import Topic
from .schema import (
    ParticipantRow,
    SessionRow,
    TextState,
    WallRow,
    answers,
    counts,
    invitations,
    participants,
    sessions,
    states,
    wall,
)
from .state import State
from .trouble import StoreCrossed, StoreError, StoreTooNew, StoreTrouble

__all__ = [
    "CodeTaken",
    "ParticipantRow",
    "SessionRow",
    "Store",
    "StoreCrossed",
    "StoreError",
    "StoreTooNew",
    "StoreTrouble",
    "TextState",
    "Topic",
    "WallRow",
    "address_of",
    "file_of",
]


class CodeTaken(StoreError):
    """Another session has this join code."""


class Store(Cards):
    """Sessions and all that belongs to them; call `migrate` first."""

    # Sessions

    def add_session(self, row: SessionRow) -> None:
        """Keep a new session; raises `CodeTaken`."""
        with self.transaction():
            if self.session(row.code):
                raise CodeTaken(f"there is a session {row.code} already")
            self._run(sa.insert(sessions).values(asdict(row)))

    def session(self, code: str) -> SessionRow | None:
        """Find a session by its join code."""
        return self._session(statements.SESSION_BY_CODE, code=code)

    def session_by_id(self, session_id: str) -> SessionRow | None:
        """Find a session by its id."""
        return self._session(statements.SESSION_BY_ID, session=session_id)

    def _session(self, statement: sa.Select[Any], **key: str) -> SessionRow | None:
        def read() -> SessionRow | None:
            rows = self._rows(statement, **key)
            return SessionRow(**rows[0]._mapping) if rows else None

        return self._once(sessions, str(key), read)

    def sessions(self) -> list[SessionRow]:
        """List all sessions, the newest first."""
        newest = sa.select(sessions).order_by(sessions.c.created_at.desc())
        return [SessionRow(**row._mapping) for row in self._rows(newest)]

    def change_session(self, session_id: str, **values: Any) -> None:
        """Keep what the trainer set anew, by the names of `SessionRow`."""
        self._run(_session_row(session_id).values(**values))

    def end_session(self, session_id: str, at: datetime) -> None:
        """Keep that a session ended; later calls do not change when."""
        ends = _session_row(session_id).where(sessions.c.ended_at.is_(None))
        with self.transaction():
            self._run(ends.values(ended_at=at))
            self._mix(counts.c.session_id == session_id)

    def delete_session(self, session_id: str) -> None:
        """Delete a session and everything of it, also the bytes."""
        with self.transaction():
            gone = self._run(sa.delete(sessions).where(sessions.c.id == session_id))
        if gone:
            self.vacuum()

    def expire(self, now: datetime) -> list[str]:
        """Delete what is due; gives the ids of the sessions it touched."""
        touched = []
        with self.transaction():
            self.end_invitations(now)
            for row in self.sessions():
                if row.keep_answers_until and row.keep_answers_until <= now:
                    self._run(sa.delete(sessions).where(sessions.c.id == row.id))
                    touched.append(row.id)
                elif row.ended_at and row.ended_at + row.group_data_stay <= now:
                    touched += [row.id] if self._delete_group_data(row.id) else []
        if touched:
            self.vacuum()
        return touched

    def _delete_group_data(self, session_id: str) -> bool:
        deleted = [
            self._run(sa.delete(table).where(table.c.session_id == session_id))
            for table in (states, counts, wall, invitations)
        ]
        return any(deleted)

    # Where exercises stand

    def states(self, session_id: str) -> dict[str, State]:
        """Give the state of every exercise that ever had one."""

        def read() -> dict[str, State]:
            rows = self._rows(statements.STATES, session=session_id)
            return {row.exercise: State(*row[2:]) for row in rows}

        return self._once(states, session_id, read)

    def set_state(self, session_id: str, exercise: str, state: State) -> None:
        """Keep where an exercise stands."""
        key = {"session_id": session_id, "exercise": exercise}
        with self.transaction():
            self._put(states, key, asdict(state), sessions.c.id, session_id)
            if not state.is_open:
                self._mix(_of_exercise(session_id, exercise))

    # Participants and their sealed answers

    def add_participant(
        self, participant_id: str, session_id: str, profile: bytes
    ) -> None:
        """Keep a newcomer with a sealed profile; raises `StoreError` if unknown."""
        rest = {"session_id": session_id, "profile": profile}
        key = {"id": participant_id}
        if not self._put(participants, key, rest, sessions.c.id, session_id):
            raise StoreError("this session does not exist any more")

    def participant(self, participant_id: str) -> ParticipantRow | None:
        """Find a participant."""
        rows = self._rows(statements.PARTICIPANT, who=participant_id)
        return ParticipantRow(**rows[0]._mapping) if rows else None

    def set_profile(self, participant_id: str, profile: bytes) -> None:
        """Replace a sealed profile."""
        where = participants.c.id == participant_id
        self._run(sa.update(participants).where(where).values(profile=profile))

    def participants_count(self, session_id: str) -> int:
        """Count who joined."""
        return int(self._rows(statements.HOW_MANY, session=session_id)[0][0])

    def delete_participant(self, participant_id: str, tokens: Sequence[str]) -> None:
        """Delete a participant, and all that stands under `tokens`, also the bytes."""
        with self.transaction():
            self._erase(
                sa.delete(participants).where(participants.c.id == participant_id)
            )
            self._erase(sa.delete(counts).where(counts.c.token.in_(tokens)))
            self._erase(sa.delete(wall).where(wall.c.writer_token.in_(tokens)))
            self.forget_copies()

    def answers(self, participant_id: str) -> dict[str, bytes]:
        """Give all sealed answers of a participant by exercise."""
        return {
            name: sealed for name, (sealed, _) in self.begun(participant_id).items()
        }

    def begun(self, participant_id: str) -> dict[str, tuple[bytes, bool]]:
        """Give every answer of a participant: sealed, and whether it is complete."""
        rows = self._rows(statements.ANSWERS, who=participant_id)
        return {row.exercise: (row.sealed, row.is_complete) for row in rows}

    def keep_answer(
        self, participant_id: str, exercise: str, sealed: bytes, is_complete: bool
    ) -> bool:
        """Keep a sealed answer; `False` when the participant was deleted."""
        key = {"participant_id": participant_id, "exercise": exercise}
        rest = {"sealed": sealed, "is_complete": is_complete}
        return self._put(answers, key, rest, participants.c.id, participant_id)

    def complete_count(self, session_id: str) -> dict[str, int]:
        """Count per exercise who completed it."""
        complete = (
            sa.select(answers.c.exercise, sa.func.count().label("n"))
            .join(participants)
            .where(participants.c.session_id == session_id, answers.c.is_complete)
            .group_by(answers.c.exercise)
        )
        return {row.exercise: row.n for row in self._rows(complete)}

    # Anonymous counts

    def put_count(self, token: str, session_id: str, field_id: str, value: str) -> bool:
        """Count a value, instead of the one before; `False` without a session."""
        exercise, field = field_id.rsplit(".", 1)
        place = {"session_id": session_id, "exercise": exercise, "field": field}
        rest = place | {"value": value}
        return self._put(counts, {"token": token}, rest, sessions.c.id, session_id)

    def drop_counts(self, tokens: Sequence[str]) -> int:
        """Take counted values back; gives how many there were."""
        return self._erase(sa.delete(counts).where(counts.c.token.in_(tokens)))

    def values(self, session_id: str, exercise: str) -> dict[str, list[str]]:
        """Give the counted values of an exercise by field, shuffled."""
        columns = sa.select(counts.c.field, counts.c.value)
        rows = self._rows(columns.where(_of_exercise(session_id, exercise)))
        given: dict[str, list[str]] = {}
        for row in random.SystemRandom().sample(rows, len(rows)):
            given.setdefault(row.field, []).append(row.value)
        return given

    def _mix(self, where: sa.ColumnElement[bool]) -> None:
        # Neighbours on the page, or PostgreSQL's transaction number, would tell which
        # values came in with which answer: write them again together, in any order.
        with self.transaction():
            old = self._rows(sa.delete(counts).where(where).returning(counts))
            if not old:
                return
            shuffled = random.SystemRandom().sample(old, len(old))
            rows = [dict(row._mapping) for row in shuffled]
            self._now().execute(self._insert(counts).on_conflict_do_nothing(), rows)
            self._erased = True

    # The wall

    def put_text(
        self, text_id: str, writer_token: str, session_id: str, field_id: str, text: str
    ) -> bool:
        """Queue a text instead of the writer's earlier one; `False` if that is shown.

        The new text has a new id: nobody approves a text that they did not read.
        """
        with self.transaction():
            if self.text_state(writer_token) == "shown":
                return False
            self.withdraw_text(writer_token)
            row = {"id": text_id, "session_id": session_id, "field_id": field_id}
            rest = row | {"text": text, "state": "queued"}
            key = {"writer_token": writer_token}
            return self._put(wall, key, rest, sessions.c.id, session_id)

    def texts(self, session_id: str) -> list[WallRow]:
        """List the texts of a session in no meaningful order."""
        of_session = sa.select(wall.c.id, wall.c.field_id, wall.c.text, wall.c.state)
        chosen = of_session.where(wall.c.session_id == session_id).order_by(wall.c.id)
        return [WallRow(**row._mapping) for row in self._rows(chosen)]

    def set_text_state(self, text_id: str, state: TextState) -> bool:
        """Move a text on; `False` when it was withdrawn or replaced."""
        changed = sa.update(wall).where(wall.c.id == text_id).values(state=state)
        return self._run(changed) > 0

    def withdraw_text(self, writer_token: str) -> bool:
        """Delete a text that is not shown yet; `False` when there was none."""
        mine = wall.c.writer_token == writer_token
        with self.transaction():
            gone = self._erase(sa.delete(wall).where(mine, wall.c.state != "shown"))
            if gone:
                self.forget_copies()
            return gone > 0

    def text_state(self, writer_token: str) -> TextState | None:
        """Say where a writer's text stands."""
        return self.text_states([writer_token]).get(writer_token)

    def text_states(self, writer_tokens: Collection[str]) -> dict[str, TextState]:
        """Say where texts stand, by the token of their writer."""
        rows = self._rows(statements.TEXT_STATES, tokens=list(writer_tokens))
        return {row.writer_token: row.state for row in rows}


def _session_row(session_id: str) -> sa.Update:
    return sa.update(sessions).where(sessions.c.id == session_id)


def _of_exercise(session_id: str, exercise: str) -> sa.ColumnElement[bool]:
    return sa.and_(counts.c.session_id == session_id, counts.c.exercise == exercise)
