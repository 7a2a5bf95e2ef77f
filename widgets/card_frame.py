"""The frame around an exercise with cards: it sends, receives and asks for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import traitlets

from .content import words
from .exercises.base import Answer, AnswerError
from .exercises.card_exercise import CardExercise
from .frame import Frame
from .session import normalise_code

if TYPE_CHECKING:
    from .room import Room

Act = Callable[[Mapping[str, Any]], None]


class CardFrame(Frame):
    """One exercise with cards; `mail` says what is asked for and how an act went."""

    mail = traitlets.Dict().tag(sync=True)

    _exercise: CardExercise

    def _said_here(self) -> dict[str, dict[str, str]]:
        """Also the words around a card: where an exercise has none, the general."""
        said = words(self._language)
        own = said["card"] | said.get(self._exercise.type, {})
        return super()._said_here() | {"card": own}

    def enter(self, room: Room) -> None:
        """Begin with what this room knows; what waits comes in with its news."""
        self._said: dict[str, Any] = {}
        self._number = 0
        self._unkept: set[str] = set()
        super().enter(room)

    def _on_message(self, widget: object, content: object, buffers: object) -> None:
        acts: dict[str, Act] = {
            "invite": self._on_invite,
            "uninvite": self._on_uninvite,
            "find": self._on_find,
            "give": self._on_give,
        }
        act = isinstance(content, dict) and acts.get(str(content.get("do")))
        if not act or not isinstance(content, dict):
            super()._on_message(widget, content, buffers)
        elif self._room.mail is None:
            self._tell(str(content["do"]), "alone")
        else:
            act(content)

    # Asking for a card

    def _on_invite(self, content: Mapping[str, Any]) -> None:
        if self._room.mail:
            exercise = self._exercise.id
            self._room.mail.invite(exercise, lambda code: self._tell("invite", code))

    def _on_uninvite(self, content: Mapping[str, Any]) -> None:
        if self._room.mail:
            code = str(content.get("code"))
            self._room.mail.uninvite(code, lambda code: self._tell("uninvite", code))

    # Giving a card

    def _on_find(self, content: Mapping[str, Any]) -> None:
        typed = str(content.get("code"))
        if self._room.mail:
            found, exercise = normalise_code(typed), self._exercise.id
            self._room.mail.find(
                exercise, typed, lambda code: self._tell("find", code, found)
            )

    def _on_give(self, content: Mapping[str, Any]) -> None:
        answer = self._room.answer(self._exercise.id)
        try:
            card = self._exercise.draft(answer)
        except AnswerError:
            self._tell("give", "not_whole")
            return

        def given(code: str | None) -> None:
            if code is None:
                now = self._room.answer(self._exercise.id)
                self._put(self._exercise.when_sent(now), lambda _: None)
            self._tell("give", code)

        if self._room.mail:
            code, exercise = str(content.get("code")), self._exercise.id
            self._room.mail.give(exercise, code, card, given)

    # Receiving cards

    def _on_room(self) -> None:
        super()._on_room()
        self._fetch()

    def _fetch(self) -> None:
        """Take the cards that wait among one's own answers, then off the server."""
        mail, before = self._room.mail, self._room.answer(self._exercise.id)
        waiting = mail.cards(self._exercise.id) if mail else {}
        new = {id: card for id, card in waiting.items() if id not in self._unkept}
        now = before
        for id, card in new.items():
            now = self._with(now, id, card)

        def done(code: str | None) -> None:
            if code is not None:
                self._unkept |= new.keys()  # they wait for the next page
            for id in new:
                if mail and code is None:
                    mail.taken(id)

        if now != before:
            self._put(now, done)
        elif new:
            done(None)

    def _with(self, answer: Answer, id: str, card: object) -> Answer:
        try:
            return self._exercise.with_card(answer, self._exercise.read(card, id))
        except AnswerError:
            return answer  # no page of ours made this one

    def _put(self, answer: Answer, done: Callable[[str | None], None]) -> None:
        """Keep an answer that changed here and not in the browser."""

        def kept(code: str | None) -> None:
            self._on_done(code)
            done(code)

        exercise, self._own = self._exercise, answer
        if self.kept >= self.seq:
            self.value = answer
        self._refresh()
        self._room.keep(
            exercise.id,
            answer,
            complete=exercise.is_complete(answer),
            counted=exercise.counted(answer),
            done=kept,
        )

    # What the browser hears of it

    def _tell(self, act: str, code: str | None, partner: str = "") -> None:
        said, frame = self.words["card"], words(self._language)["frame"]
        name = f"done_{act}" if code is None else f"problem_{code}"
        text = said.get(name) or frame.get(name, frame["problem_other"])
        self._number += 1
        number = self._number
        self._said = {"act": act, "ok": code is None, "text": text, "number": number}
        if code is None:
            self._said["partner"] = partner
        self._refresh()

    def _refresh(self) -> None:
        with self.hold_sync():
            super()._refresh()
            mail = self._room.mail
            open_now = mail.invitations if mail else []
            own = [one for one in open_now if one["exercise"] == self._exercise.id]
            self.mail = {"invitations": own, "said": self._said}
