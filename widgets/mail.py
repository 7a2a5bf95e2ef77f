"""A participant's cards in a live session: sealed here for one, and opened here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from . import vault
from .line import Message, Requests
from .sealed import from_text, to_text

Done = Callable[[str | None], None]
Card = dict[str, str]
FIELD = "card"  # what a sealed card is bound to, beside its session


class Mail:
    """Asks for cards, seals one to whoever asked for it, and opens what came in."""

    def __init__(self, line: Requests, seal_key: bytes, session: str) -> None:
        self._line = line
        self._key = seal_key
        self._bound = {"session": session, "field": FIELD}
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

    def cards(self) -> dict[str, object]:
        """Open the cards that wait on the server; None is one that cannot be opened."""
        return {name: self._open(sealed) for name, sealed in self._sealed.items()}

    def _open(self, sealed: str) -> object:
        try:
            opened: object = vault.open_from(
                self._key, from_text(sealed), **self._bound
            )
        except (vault.VaultError, ValueError):
            return None
        return opened

    def invite(self, done: Done) -> None:
        """Ask for one card."""
        public = to_text(vault.public_key(self._key))
        self._ask({"act": "invite", "public": public}, done)

    def uninvite(self, code: str, done: Done) -> None:
        """Take an invitation back."""
        self._ask({"act": "uninvite", "code": code}, done)

    def find(self, code: str, done: Done) -> None:
        """See whether somebody asked for a card with this code."""
        self._ask({"act": "find", "code": code}, done)

    def give(self, code: str, card: Card, done: Done) -> None:
        """Seal a card to whoever made this invitation, and leave it for them."""

        def found(reply: Message) -> None:
            if "error" in reply:
                done(reply["error"])
                return
            try:
                public = from_text(reply["ok"]["public"])
                sealed = vault.seal_to(public, card, **self._bound)
            except (vault.VaultError, ValueError):
                done("no_invitation")
                return
            self._ask({"act": "give", "code": code, "sealed": to_text(sealed)}, done)

        self._line.send({"do": "card", "act": "find", "code": code}, found)

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
