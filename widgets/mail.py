"""A participant's cards in a live session: sealed here for one, and opened here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from . import vault
from .content import load
from .exercises.card_exercise import with_cards
from .line import Message, Requests
from .sealed import from_text, to_text

Done = Callable[[str | None], None]
Card = dict[str, Any]


class Mail:
    """Asks for cards, seals one to whoever asked for it, and opens what came in."""

    def __init__(self, line: Requests, seal_key: bytes, session: str) -> None:
        self._line = line
        self._key = seal_key
        self._session = session
        self._sealed: dict[str, str] = {}
        self.invitations: list[dict[str, Any]] = []

    def take(self, mail: Mapping[str, Any]) -> None:
        """Take over what the server says now."""
        self.invitations = list(mail["invitations"])
        self._sealed = dict(mail["cards"])

    @property
    def is_waiting(self) -> bool:
        """Whether a card waits on the server."""
        return bool(self._sealed)

    def cards(self, exercise: str) -> dict[str, object]:
        """Open the waiting cards of one exercise; None is one that none can open."""
        others = [id for id in with_cards(load().exercises) if id != exercise]
        opened = {name: self._open(it, exercise) for name, it in self._sealed.items()}
        return {
            name: card
            for name, card in opened.items()
            if card is not None or not any(self._belongs(name, id) for id in others)
        }

    def _belongs(self, name: str, exercise: str) -> bool:
        return self._open(self._sealed[name], exercise) is not None

    def _open(self, sealed: str, exercise: str) -> object:
        try:
            blob = from_text(sealed)
            opened: object = vault.open_from(self._key, blob, **self._bound(exercise))
        except (vault.VaultError, ValueError):
            return None
        return opened

    def _bound(self, exercise: str) -> dict[str, str]:
        """What a sealed card is bound to, so that it cannot be moved."""
        return {"session": self._session, "field": exercise}

    def invite(self, exercise: str, done: Done) -> None:
        """Ask for one card of an exercise."""
        public = to_text(vault.public_key(self._key))
        message = {"act": "invite", "exercise": exercise, "public": public}
        self._ask(message, done)

    def uninvite(self, code: str, done: Done) -> None:
        """Take an invitation back."""
        self._ask({"act": "uninvite", "code": code}, done)

    def find(self, exercise: str, code: str, done: Done) -> None:
        """See whether somebody asked for a card of this exercise with this code."""
        self._ask({"act": "find", "exercise": exercise, "code": code}, done)

    def give(self, exercise: str, code: str, card: Card, done: Done) -> None:
        """Seal a card to whoever made this invitation, and leave it for them."""
        where = {"exercise": exercise, "code": code}

        def found(reply: Message) -> None:
            if "error" in reply:
                done(reply["error"])
                return
            try:
                public = from_text(reply["ok"]["public"])
                sealed = vault.seal_to(public, card, **self._bound(exercise))
            except (vault.VaultError, ValueError):
                done("no_invitation")
                return
            self._ask({"act": "give", **where, "sealed": to_text(sealed)}, done)

        self._line.send({"do": "card", "act": "find", **where}, found)

    def taken(self, card: str) -> None:
        """Let the server delete a card that is kept here now."""

        def gone(code: str | None) -> None:
            if code is None:
                self._sealed.pop(card, None)

        self._ask({"act": "taken", "card": card}, gone)

    def _ask(self, message: Message, done: Done) -> None:
        self._line.send(
            {"do": "card", **message}, lambda reply: done(reply.get("error"))
        )
