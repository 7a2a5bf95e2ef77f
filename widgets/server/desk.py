"""The front desk: what pages and kernels may ask of the server.

Only the desk speaks to the store, and everything it does is awaited in the server's
event loop. It never sees a private answer unsealed, except in the moment in which the
participant's own request carries the secret that opens it.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import astuple

from .. import second_vote, vault
from ..content import Workbook
from ..sealed import OwnAnswers, counted
from ..store import SessionRow, Store
from .card_desk import CardDesk
from .known import Capability, Kept, Own, Visitor
from .sessions import DeskError, Sessions, UnknownSession


class Desk(Sessions):
    """Participants and their answers, on top of the sessions they belong to."""

    def __init__(self, store: Store, workbook: Workbook, base_url: str) -> None:
        super().__init__(store, workbook, base_url)
        self.cards = CardDesk(self, store)
        self.on_forget: Callable[[str], Awaitable[None]] | None = None
        self.leaving: dict[str, bool] = {}

    def leave(self) -> None:
        """Tell every open page that it is served elsewhere from now on."""
        self.leaving = {"moving": True}
        self.bell.ring_all()

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
        agreement, choice = self.workbook.agreement, _choice(counting)
        counts = counted(self.workbook, {agreement: choice})
        who = Capability(keys.participant_id, row, keys.count)

        sealed = own.seal(agreement, choice)

        def let_in() -> None:
            self._store.add_participant(who.participant_id, row.id, profile)
            self._store.keep_answer(who.participant_id, agreement, sealed, True)
            self._count(who, counts)
            self._store.tell(("counts", row.id))

        await self.run(let_in)
        return secret

    async def admit(self, secret: str) -> tuple[Capability, vault.Keys] | None:
        """Return what a kernel for this participant may do, or None for a stranger."""
        try:
            keys = vault.derive(vault.normalise_secret(secret))
        except vault.BadSecret:
            return None
        row = await self.run(self._session_of, keys.participant_id)
        if row is None:
            return None
        return Capability(keys.participant_id, row, keys.count), keys

    def _session_of(self, participant_id: str) -> SessionRow | None:
        found = self._store.participant(participant_id)
        return self._store.session_by_id(found.session_id) if found else None

    async def visitor(self, secret: str) -> Visitor | None:
        """Return the participant of a secret, or None when it is nobody's."""
        try:
            keys = vault.derive(vault.normalise_secret(secret))
        except vault.BadSecret:
            return None
        return await self.run(self._visitor, keys)

    def _visitor(self, keys: vault.Keys) -> Visitor | None:
        row = self._session_of(keys.participant_id)
        if row is None:
            return None
        begun = self._store.begun(keys.participant_id)
        own = OwnAnswers(keys.seal, row.id)
        agreement = self.workbook.agreement
        choice = own.open(agreement, begun[agreement][0]) if agreement in begun else {}
        return Visitor(
            participant_id=keys.participant_id,
            session=row,
            counting=choice.get("counting") == "yes",
            progress={name: complete for name, (_, complete) in begun.items()},
            states=self._states(row),
            keys=keys,
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
        answers[agreement] = _choice(counting)
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

    def _tell(self, who: Capability) -> None:
        topics = ("participant", who.participant_id), ("counts", who.session.id)
        self._store.tell(*topics)

    def _choose(
        self, who: Capability, agreement: str, sealed: bytes, counts: dict[str, str]
    ) -> None:
        self._require(who)
        # What was counted while it was open stays: it could not be counted again.
        if self._store.drop_counts(self._tokens(who, without=counts)):
            self._store.forget_copies()
        self._store.keep_answer(who.participant_id, agreement, sealed, True)
        self._count(who, counts)
        self._tell(who)

    def _count(self, who: Capability, counts: dict[str, str]) -> None:
        counting = self._counting(who) if counts else {}
        for field_id, value in counts.items():
            if (exercise := field_id.partition(".")[0]) in counting:
                self._put_count(who, field_id, value, counting[exercise])

    def _require(self, who: Capability) -> None:
        if self._store.participant(who.participant_id) is None:
            raise DeskError("unknown_participant")

    def _counting(self, who: Capability) -> dict[str, bool]:
        """Return what is open, so that answers count; and whether it is asked again."""
        row = self._store.session_by_id(who.session.id)
        if row is None or row.ended_at is not None:
            return {}
        known = self._states(row).items()
        return {name: second_vote.began(one) for name, one in known if one.is_open}

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

    def _keep(
        self,
        who: Capability,
        exercise: str,
        sealed: bytes,
        complete: bool,
        counts: dict[str, str],
    ) -> None:
        self._require(who)
        self._store.keep_answer(who.participant_id, exercise, sealed, complete)
        self._tell(who)
        counting = self._counting(who)
        if exercise not in counting:
            return  # it is kept for its writer, and counts no more
        now = {f"{exercise}.{field}": value for field, value in counts.items()}
        self._store.drop_counts(self._tokens(who, without=now, prefix=f"{exercise}."))
        for field_id, value in now.items():
            self._put_count(who, field_id, value, counting[exercise])

    async def change(
        self, who: Capability, choose: Callable[[Mapping[str, bytes]], list[Kept]]
    ) -> None:
        """Keep what follows from the sealed answers: all of it or nothing."""

        def keep_all() -> None:
            for kept in choose(self._store.answers(who.participant_id)):
                self._keep(who, *astuple(kept))

        await self.run(keep_all)

    def _put_count(self, who: Capability, field: str, value: str, again: bool) -> None:
        if value not in self.workbook.countable().get(field, ()):
            raise DeskError("unknown_option")
        token = vault.count_token(who.count_key, who.session.id, field)
        if again and not self._store.drop_counts([token]):
            return  # a second vote is of those who voted first
        self._store.put_count(token, who.session.id, field, value)

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
        await self.run(self._forget, who, tokens)
        if self.on_forget is not None:
            await self.on_forget(who.participant_id)

    def _forget(self, who: Capability, tokens: Collection[str]) -> None:
        self._store.delete_participant(who.participant_id, list(tokens))
        self._store.tell(("gone", who.participant_id))
        self._tell(who)

    # The wall

    async def post(self, who: Capability, field_id: str, text: str) -> None:
        """Put a text in the trainer's queue, replacing one that still waits."""
        if field_id not in self.workbook.wall_fields():
            raise DeskError("unknown_field")
        if not text.strip() or len(text) > 1000:
            raise DeskError("wrong_text")
        if not await self.run(self._post, who, field_id, text):
            raise DeskError("shown")

    def _post(self, who: Capability, field_id: str, text: str) -> bool:
        self._require(who)
        token = vault.wall_token(who.count_key, who.session.id, field_id)
        text_id = secrets.token_hex(16)
        self._tell(who)
        return self._store.put_text(text_id, token, who.session.id, field_id, text)

    async def withdraw(self, who: Capability, field_id: str) -> None:
        """Take a text back, as long as it was not shown."""
        token = vault.wall_token(who.count_key, who.session.id, field_id)
        await self.run(self._withdraw, who, token)

    def _withdraw(self, who: Capability, token: str) -> None:
        if self._store.withdraw_text(token):
            self._tell(who)
        elif self._store.text_state(token) == "shown":
            raise DeskError("shown")
        # Else it was taken back already: a double click is no error.

    async def own(self, who: Capability) -> Own:
        """Return what a participant's kernel needs to draw."""
        return await self.run(self._own, who)

    def _own(self, who: Capability) -> Own:
        tokens = {
            vault.wall_token(who.count_key, who.session.id, field_id): field_id
            for field_id in self.workbook.wall_fields()
        }
        states = self._store.text_states(tokens)
        wall = {tokens[token]: str(state) for token, state in states.items()}
        answers = self._store.answers(who.participant_id)
        return Own(answers, self._states(who.session), wall)


def _choice(counting: bool) -> dict[str, str]:
    return {"counting": "yes" if counting else "no"}


__all__ = ["Capability", "Desk", "DeskError", "Kept", "UnknownSession", "Visitor"]
