"""Sessions at the desk: what is open in them, and what a trainer may know."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from .. import day
from .. import session as rules
from ..content import Workbook
from ..exercises.fields import clean
from ..programme import planned
from ..schema import TextState
from ..store import SessionRow, Store
from .bell import Bell
from .writer import Writer

KEEP_ANSWERS = timedelta(days=90)
REHEARSAL_STAYS = timedelta(days=1)
TITLE_LENGTH = 80
NEW, FREE = rules.State(), rules.State(is_open=True, was_opened=True)


def now() -> int:
    """Return the moment as a day keeps it."""
    return int(time.time())


def one_line(title: str) -> str:
    """Return a title as it is kept: whole characters on one line, never endless."""
    # Twice as many as are kept: what is left out is not long, and may be in between.
    return clean(title[: 2 * TITLE_LENGTH]).replace("\n", " ").strip()[:TITLE_LENGTH]


class DeskError(Exception):
    """A request that cannot be met; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class UnknownSession(DeskError):
    """There is no session with this code."""

    def __init__(self) -> None:
        super().__init__("unknown_session")


class Sessions:
    """The sessions in the store, for everything that listens."""

    def __init__(self, store: Store, workbook: Workbook, base_url: str) -> None:
        self.workbook = workbook
        self.base_url = base_url.rstrip("/")
        self.base_path = urlsplit(self.base_url).path + "/"
        self.bell = Bell()
        self._writer = Writer(store, self.bell.ring)
        self._store = store
        self.run = self._writer.run
        self.trouble = self._writer.trouble
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    def close(self) -> None:
        """Finish every write that waits."""
        self._writer.close()

    @asynccontextmanager
    async def turn(self, session_id: str) -> AsyncIterator[None]:
        """Let trainers act one after the other, on whichever replica they are."""
        async with self._turns[session_id]:
            turn = self._store.turn(session_id)
            await asyncio.to_thread(turn.__enter__)
            try:
                yield
            finally:
                turn.__exit__(None, None, None)

    def subscribe(
        self, session_id: str, callback: Callable[[], None]
    ) -> Callable[[], None]:
        """Call back when something of a session changed; returns the way to stop."""
        return self.bell.listen(("states", session_id), callback)

    # Sessions

    async def sessions(self) -> list[SessionRow]:
        """Return all sessions, the newest first."""
        rows = await self.run(self._store.sessions)
        return sorted(rows, key=lambda row: row.created_at, reverse=True)

    async def session(self, code: str) -> SessionRow:
        """Return the session of a join code; raises UnknownSession."""
        row = await self.run(self._store.session, rules.normalise_code(code))
        if row is None:
            raise UnknownSession
        return row

    async def new_session(
        self,
        title: str,
        language: str,
        variant: str,
        *,
        invented: bool = False,
        stays: timedelta = KEEP_ANSWERS,
    ) -> SessionRow:
        """Make a session; raises DeskError unknown_variant or unknown_language."""
        if variant not in self.workbook.variants:
            raise DeskError("unknown_variant")
        if language not in ("nl", "en"):
            raise DeskError("unknown_language")
        made = datetime.now(UTC)
        row = SessionRow(
            id="",
            code="",
            title=one_line(title) or f"{made:%Y-%m-%d}",
            language=language,
            variant=variant,
            created_at=made,
            invented=invented,
            keep_answers_until=made + stays,
        )
        return await self.again(row)

    async def again(self, like: SessionRow, **other: Any) -> SessionRow:
        """Make a session with the settings of another one, and nothing of its people.

        Own answers stay there as many days as they would have stayed in the other.
        """
        made = datetime.now(UTC)
        stays = (like.keep_answers_until or made + KEEP_ANSWERS) - like.created_at
        row = replace(
            like,
            id=uuid.uuid4().hex,
            code=rules.new_code(),
            created_at=made,
            ended_at=None,
            focus={"view": "join", "exercise": None},
            keep_answers_until=made + stays,
        )
        row = replace(row, **other)
        await self.run(self._store.add_session, row)
        return row

    async def change_session(self, row: SessionRow, **values: Any) -> None:
        """Keep what the trainer set anew, and tell the room."""
        await self._change(row.id, self._store.change_session, row.id, **values)

    async def end(self, code: str) -> None:
        """End a session: nobody joins any more, answers stay until their date."""
        row = await self.session(code)
        now = datetime.now(UTC)
        await self._change(row.id, self._store.end_session, row.id, now)

    async def delete(self, code: str) -> None:
        """Delete a session with everything that belongs to it."""
        row = await self.session(code)
        await self._change(row.id, self._store.delete_session, row.id)

    async def expire(self) -> None:
        """Delete what is past its retention."""
        await self.run(self._store.expire, datetime.now(UTC))

    # What is open

    async def states(self, row: SessionRow) -> dict[str, rules.State]:
        """Return the state of every exercise; what needs no trainer is open."""
        return await self.run(self._states, row)

    def _states(self, row: SessionRow) -> dict[str, rules.State]:
        stored = self._store.states(row.id)
        return {
            exercise: self._effective(row, exercise, stored.get(exercise))
            for exercise in self.workbook.exercises
        }

    def is_free(self, row: SessionRow, exercise: str) -> bool:
        """Tell whether an exercise needs no trainer to be opened.

        That holds in self-study, for what is always open, and for take-home
        exercises that the session's programme leaves out.
        """
        together: Collection[str] | None = row.programme
        if together is None:
            together = self.workbook.variants[row.variant].exercises
        return (
            row.variant == "self-study"
            or self.workbook.exercise(exercise).always_open
            or exercise not in together
        )

    def programme(self, row: SessionRow) -> dict[str, int]:
        """Return the minutes of what the session does together, in order."""
        return planned(self.workbook, row.variant, row.programme)

    def _effective(
        self, row: SessionRow, exercise: str, state: rules.State | None
    ) -> rules.State:
        if not self.is_free(row, exercise):
            return state or NEW
        return replace(state, is_open=True, was_opened=True) if state else FREE

    async def set_state(
        self, row: SessionRow, exercise: str, state: rules.State
    ) -> None:
        """Store the new state of an exercise and tell the room."""
        await self._change(row.id, self._store.set_state, row.id, exercise, state)

    async def set_focus(self, row: SessionRow, view: str, exercise: str | None) -> None:
        """Say what the projector shows."""
        await self.set_day(row, day.looking(row.focus, view, exercise))

    async def set_day(self, row: SessionRow, focus: day.Focus) -> None:
        """Keep where the day stands and tell the room."""
        await self.change_session(row, focus=focus)

    async def day(self, session_id: str) -> dict[str, Any]:
        """Return what participants' pages need of the day."""
        row = await self.run(self._store.session_by_id, session_id)
        if row is None or row.ended_at is not None:
            return {}
        return day.for_people(row.focus, now())

    # What the trainer may know

    async def values(self, row: SessionRow, exercise: str) -> dict[str, list[str]]:
        """Return the counted values of an exercise by field, shuffled."""
        return await self.run(self._store.values, row.id, exercise)

    async def ready(self, row: SessionRow) -> dict[str, int]:
        """Return how many finished each exercise."""
        return await self.run(self._store.complete_count, row.id)

    async def here(self, row: SessionRow) -> int:
        """Return how many joined."""
        return await self.run(self._store.participants_count, row.id)

    async def texts(self, row: SessionRow) -> list[dict[str, str]]:
        """Return the texts that were sent to the wall, in no order that tells."""
        texts = await self.run(self._store.texts, row.id)
        return sorted(
            (
                {
                    "id": text.id,
                    "exercise": text.field_id.partition(".")[0],
                    "field": text.field_id.partition(".")[2],
                    "text": text.text,
                    "state": text.state,
                }
                for text in texts
            ),
            key=lambda text: text["id"],
        )

    async def judge(self, row: SessionRow, text_id: str, state: TextState) -> None:
        """Approve or decline a text of this session's queue."""
        found = {text["id"]: text["state"] for text in await self.texts(row)}
        if text_id not in found:
            raise DeskError("unknown_text")
        if found[text_id] == "shown":
            return  # it stands on the wall already: nothing more to judge
        await self._change(row.id, self._store.set_text_state, text_id, state)
        if row.focus["view"] == "wall":
            await self.show_wall(row, str(row.focus["exercise"]))

    async def show_wall(self, row: SessionRow, exercise: str) -> None:
        """Mark the approved texts as shown, once there are enough to hide behind."""
        texts = [
            text
            for text in await self.texts(row)
            if text["exercise"] == exercise and text["state"] in ("approved", "shown")
        ]
        if len(texts) < rules.MINIMUM:
            return

        def show() -> None:
            for text in texts:
                self._store.set_text_state(text["id"], "shown")

        await self._change(row.id, show)

    async def _change(
        self, session_id: str, change: Callable[..., Any], *args: Any, **values: Any
    ) -> None:
        """Change a session and tell the room, in one transaction."""

        def told() -> None:
            change(*args, **values)
            self._store.tell(("states", session_id), ("counts", session_id))

        await self.run(told)
