"""Sessions at the desk: what is open in them, and what a trainer may know."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from .. import session as rules
from ..content import Workbook
from ..schema import TextState
from ..store import SessionRow, Store
from .bell import Bell
from .writer import Writer

KEEP_ANSWERS = timedelta(days=90)
NEW, FREE = rules.State(), rules.State(is_open=True, was_opened=True)


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
        self._writer = Writer(store)
        self._store = store
        self.run = self._writer.run

    def close(self) -> None:
        """Finish every write that waits."""
        self._writer.close()

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
        self, title: str, language: str, variant: str, *, invented: bool = False
    ) -> SessionRow:
        """Make a session; raises DeskError unknown_variant or unknown_language."""
        if variant not in self.workbook.variants:
            raise DeskError("unknown_variant")
        if language not in ("nl", "en"):
            raise DeskError("unknown_language")
        now = datetime.now(UTC)
        row = SessionRow(
            id=uuid.uuid4().hex,
            code=rules.new_code(),
            title=title.strip()[:120] or f"{now:%Y-%m-%d}",
            language=language,
            variant=variant,
            created_at=now,
            ended_at=None,
            focus={"view": "join", "exercise": None},
            invented=invented,
            keep_answers_until=now + KEEP_ANSWERS,
        )
        await self.run(self._store.add_session, row)
        return row

    async def end(self, code: str) -> None:
        """End a session: nobody joins any more, answers stay until their date."""
        row = await self.session(code)
        await self.run(self._store.end_session, row.id, datetime.now(UTC))
        self._changed(row.id)

    async def delete(self, code: str) -> None:
        """Delete a session with everything that belongs to it."""
        row = await self.session(code)
        await self.run(self._store.delete_session, row.id)
        self._changed(row.id)

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
        exercises that the session's variant leaves out.
        """
        variant = self.workbook.variants[row.variant]
        return (
            row.variant == "self-study"
            or self.workbook.exercise(exercise).always_open
            or exercise not in variant.exercises
        )

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
        await self.run(self._store.set_state, row.id, exercise, state)
        self._changed(row.id)

    async def set_focus(self, row: SessionRow, view: str, exercise: str | None) -> None:
        """Say what the projector shows."""
        focus = {"view": view, "exercise": exercise}
        await self.run(self._store.set_focus, row.id, focus)
        self._changed(row.id)

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
        await self.run(self._store.set_text_state, text_id, state)
        if row.focus["view"] == "wall":
            await self.show_wall(row, str(row.focus["exercise"]))
        self._changed(row.id)

    async def show_wall(self, row: SessionRow, exercise: str) -> None:
        """Mark the approved texts as shown, once there are enough to hide behind."""
        texts = [
            text
            for text in await self.texts(row)
            if text["exercise"] == exercise and text["state"] in ("approved", "shown")
        ]
        if len(texts) < rules.MINIMUM:
            return
        for text in texts:
            await self.run(self._store.set_text_state, text["id"], "shown")

    def _changed(self, session_id: str) -> None:
        self.bell.ring(("states", session_id))
        self.bell.ring(("counts", session_id))
