"""The front desk: what pages and kernels may ask of the server.

Only the desk speaks to the store, and everything it does is awaited in the server's
event loop. It never sees a private answer unsealed, except in the moment in which the
participant's own request carries the secret that opens it.
"""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from .. import session as rules
from .. import vault
from ..content import Workbook
from ..sealed import Answer, OwnAnswers, counted
from ..store import SessionRow, Store
from .bell import Bell
from .writer import Writer

KEEP_ANSWERS = timedelta(days=90)


class DeskError(Exception):
    """A request that cannot be met; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class UnknownSession(DeskError):
    """There is no session with this code."""

    def __init__(self) -> None:
        super().__init__("unknown_session")


@dataclass(frozen=True)
class Visitor:
    """A participant as their own request shows them."""

    participant_id: str
    session: SessionRow
    counting: bool
    progress: dict[str, bool]
    states: dict[str, rules.State]


@dataclass(frozen=True)
class Capability:
    """What one kernel may do: act for one participant in one session."""

    participant_id: str
    session: SessionRow
    count_key: bytes


class Desk:
    """Sessions, participants and their answers, for everything that listens."""

    def __init__(self, store: Store, workbook: Workbook, base_url: str) -> None:
        self.workbook = workbook
        self.base_url = base_url.rstrip("/")
        self.base_path = urlsplit(self.base_url).path + "/"
        self.bell = Bell()
        self._writer = Writer(store)
        self._store = store
        self.on_forget: Callable[[str], Awaitable[None]] | None = None
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
        stored = await self.run(self._store.states, row.id)
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
        state = state or rules.State()
        if self.is_free(row, exercise) and not state.was_opened:
            return replace(state, is_open=True, was_opened=True)
        return state

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

    # Participants

    async def join(self, code: str, language: str, counting: bool) -> str:
        """Let somebody in; returns the secret that only they will have."""
        row = await self.session(code)
        if row.ended_at is not None:
            raise DeskError("ended")
        secret = vault.new_secret()
        keys = vault.derive(secret)
        own = OwnAnswers(keys.seal, row.id)
        profile = own.seal("profile", {"language": language})
        await self.run(
            self._store.add_participant, keys.participant_id, row.id, profile
        )
        await self.set_counting(secret, counting)
        self.bell.ring(("counts", row.id))
        return secret

    async def admit(self, secret: str) -> tuple[Capability, vault.Keys] | None:
        """Return what a kernel for this participant may do, or None for a stranger."""
        try:
            keys = vault.derive(vault.normalise_secret(secret))
        except vault.BadSecret:
            return None
        found = await self.run(self._store.participant, keys.participant_id)
        if found is None:
            return None
        row = await self.run(self._store.session_by_id, found.session_id)
        if row is None:
            return None
        return Capability(keys.participant_id, row, keys.count), keys

    async def visitor(self, secret: str) -> Visitor | None:
        """Return the participant of a secret, or None when it is nobody's."""
        admitted = await self.admit(secret)
        if admitted is None:
            return None
        who, keys = admitted
        blobs = await self.run(self._store.answers, who.participant_id)
        progress = await self.run(self._store.progress, who.participant_id)
        own = OwnAnswers(keys.seal, who.session.id)
        agreement = self.workbook.agreement
        choice = own.open(agreement, blobs[agreement]) if agreement in blobs else {}
        return Visitor(
            participant_id=who.participant_id,
            session=who.session,
            counting=choice.get("counting") == "yes",
            progress=progress,
            states=await self.states(who.session),
        )

    async def set_counting(self, secret: str, counting: bool) -> None:
        """Take the participant's choice; counts follow it at once."""
        admitted = await self.admit(secret)
        if admitted is None:
            raise DeskError("unknown_participant")
        who, keys = admitted
        own = OwnAnswers(keys.seal, who.session.id)
        blobs = await self.run(self._store.answers, who.participant_id)
        answers = own.open_all(blobs)
        agreement = self.workbook.agreement
        answers[agreement] = {"counting": "yes" if counting else "no"}
        await self.choose(
            who,
            own.seal(agreement, answers[agreement]),
            counted(self.workbook, answers) if counting else {},
        )

    async def choose(
        self, who: Capability, sealed: bytes, counts: Mapping[str, str]
    ) -> None:
        """Keep the choice; `counts` replaces everything that was counted of them."""
        agreement = self.workbook.agreement
        await self.run(self._choose, who, agreement, sealed, dict(counts))
        self.bell.ring(("participant", who.participant_id))
        self.bell.ring(("counts", who.session.id))

    def _choose(
        self, who: Capability, agreement: str, sealed: bytes, counts: dict[str, str]
    ) -> None:
        self._store.drop_counts(self._tokens(who))
        self._store.keep_answer(who.participant_id, agreement, sealed, True)
        for field_id, value in counts.items():
            self._put_count(who, field_id, value)

    async def keep(
        self,
        who: Capability,
        exercise: str,
        sealed: bytes,
        *,
        complete: bool,
        counts: Mapping[str, str],
    ) -> None:
        """Keep a sealed answer and what is counted of it; returns when on disk."""
        if exercise not in self.workbook.exercises:
            raise DeskError("unknown_exercise")
        await self.run(self._keep, who, exercise, sealed, complete, dict(counts))
        self.bell.ring(("participant", who.participant_id))
        self.bell.ring(("counts", who.session.id))

    def _keep(
        self,
        who: Capability,
        exercise: str,
        sealed: bytes,
        complete: bool,
        counts: dict[str, str],
    ) -> None:
        if self._store.participant(who.participant_id) is None:
            raise DeskError("unknown_participant")
        self._store.keep_answer(who.participant_id, exercise, sealed, complete)
        now = {f"{exercise}.{field}": value for field, value in counts.items()}
        self._store.drop_counts(
            self._tokens(who, without=now, prefix=f"{exercise}.")
        )
        for field_id, value in now.items():
            self._put_count(who, field_id, value)

    def _put_count(self, who: Capability, field_id: str, value: str) -> None:
        if value not in self.workbook.countable().get(field_id, ()):
            raise DeskError("unknown_option")
        token = vault.count_token(who.count_key, who.session.id, field_id)
        self._store.put_count(token, who.session.id, field_id, value)

    def _tokens(
        self, who: Capability, *, without: Collection[str] = (), prefix: str = ""
    ) -> list[str]:
        return [
            vault.count_token(who.count_key, who.session.id, field_id)
            for field_id in self.workbook.countable()
            if field_id.startswith(prefix) and field_id not in without
        ]

    async def forget(self, secret: str) -> None:
        """Delete everything of a participant, at once."""
        admitted = await self.admit(secret)
        if admitted is None:
            return
        who, _ = admitted
        tokens = self._tokens(who) + [
            vault.wall_token(who.count_key, who.session.id, field_id)
            for field_id in self.workbook.wall_fields()
        ]
        await self.run(self._store.delete_participant, who.participant_id, tokens)
        if self.on_forget is not None:
            await self.on_forget(who.participant_id)
        self.bell.ring(("participant", who.participant_id))
        self.bell.ring(("counts", who.session.id))

    # The wall

    async def post(self, who: Capability, field_id: str, text: str) -> None:
        """Put a text in the trainer's queue, replacing one that still waits."""
        if field_id not in self.workbook.wall_fields():
            raise DeskError("unknown_field")
        if not text.strip() or len(text) > 1000:
            raise DeskError("wrong_text")
        token = vault.wall_token(who.count_key, who.session.id, field_id)
        text_id = secrets.token_hex(16)
        await self.run(
            self._store.put_text, text_id, token, who.session.id, field_id, text
        )
        self.bell.ring(("counts", who.session.id))

    async def withdraw(self, who: Capability, field_id: str) -> None:
        """Take a text back, as long as it was not shown."""
        token = vault.wall_token(who.count_key, who.session.id, field_id)
        await self.run(self._store.withdraw_text, token)
        self.bell.ring(("counts", who.session.id))

    async def wall(self, who: Capability) -> dict[str, str]:
        """Return the state of each text that this participant sent: field to state."""
        found: dict[str, str] = {}
        for field_id in self.workbook.wall_fields():
            token = vault.wall_token(who.count_key, who.session.id, field_id)
            state = await self.run(self._store.text_state, token)
            if state is not None:
                found[field_id] = state
        return found

    async def own(self, who: Capability) -> dict[str, Any]:
        """Return what a participant's kernel needs to draw: sealed answers, states."""
        blobs = await self.run(self._store.answers, who.participant_id)
        states = await self.states(who.session)
        return {"answers": blobs, "states": states, "wall": await self.wall(who)}

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

    async def judge(self, row: SessionRow, text_id: str, state: str) -> None:
        """Approve or decline a text of this session's queue."""
        if text_id not in {text["id"] for text in await self.texts(row)}:
            raise DeskError("unknown_text")
        await self.run(self._store.set_text_state, text_id, state)
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


__all__ = ["Answer", "Capability", "Desk", "DeskError", "UnknownSession", "Visitor"]
