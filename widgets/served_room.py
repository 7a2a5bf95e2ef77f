"""A participant's surroundings in a live session.

Private answers are sealed here, in the kernel, before they leave it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from .content import load
from .day import aged
from .line import Message, Requests
from .mail import Mail
from .sealed import Answer, OwnAnswers, Written, counted, from_text, to_text
from .versions import dated

Done = Callable[[str | None], None]
CLOSED = {"open": False, "opened": False, "shown": False, "picture": None}


class ServedRoom:
    """A participant's place in a live session, over its line to the server."""

    alone = False

    def __init__(self, line: Requests) -> None:
        self.note: dict[str, str] = {}
        self._line = line
        greeting = line.greeting
        key = bytes.fromhex(greeting.pop("seal_key"))
        self._own = OwnAnswers(key, greeting["session"])
        self.mail = Mail(line, key, greeting["session"])
        self.shared: str | None = greeting["shared"]
        self._answers: dict[str, Answer] = {}
        self._written: dict[str, Written] = {}
        self._status: dict[str, dict[str, Any]] = {}
        self._wall: dict[str, str] = {}
        self._day: dict[str, Any] = {}
        self._sending = 0
        self._reading = False
        self._again = False
        self._watching: list[Callable[[], None]] = []
        self._take(greeting)

    def begin(self, ended: Callable[[], None] | None = None) -> None:
        """Listen to the server, in the event loop that runs now."""
        if ended is not None:
            self._line.when_ended(ended)
        self._line.listen(self._read)
        if self.mail.is_waiting:
            self._read()  # only now there is a way to say that it came in

    @property
    def counting(self) -> bool | None:
        """The choice as it stands in the participant's own answers."""
        choice = self.answer(load().agreement).get("counting")
        return None if choice is None else choice == "yes"

    def answer(self, exercise: str) -> Answer:
        """Return the kept answer of this participant."""
        return dict(self._answers.get(exercise, {}))

    def written(self, exercise: str) -> Written:
        """Return when each field was written; it is sealed with the answer."""
        return dict(self._written.get(exercise, {}))

    def status(self, exercise: str) -> dict[str, Any]:
        """Return what the trainer opened and showed; unknown means closed."""
        return self._status.get(exercise, CLOSED)

    def wall(self, exercise: str) -> dict[str, str]:
        """Return the states of the texts that went to the wall."""
        prefix = f"{exercise}."
        return {
            name.removeprefix(prefix): state
            for name, state in self._wall.items()
            if name.startswith(prefix)
        }

    def day(self) -> dict[str, Any]:
        """Return the countdown, and where the trainer is for who follows."""
        return aged(self._day, time.monotonic() - self._told_at)

    def keep(
        self,
        exercise: str,
        answer: Answer,
        *,
        complete: bool,
        counted: Mapping[str, str],
        done: Done,
    ) -> None:
        """Seal the answer, then let the server put it on disk."""
        if exercise == load().agreement and "counting" in answer:
            self.choose(answer["counting"] == "yes", done)
            return
        before, written = self.answer(exercise), self.written(exercise)
        self._written[exercise] = dated(answer, before, written, time.time())
        self._answers[exercise] = dict(answer)
        sealed = self._own.seal(exercise, answer, self._written[exercise])
        self._send(
            {
                "do": "keep",
                "exercise": exercise,
                "sealed": to_text(sealed),
                "complete": complete,
                "counts": dict(counted) if self.counting else {},
            },
            done,
        )

    def post(self, exercise: str, field: str, text: str, done: Done) -> None:
        """Send one text, by the participant's explicit act."""
        self._send({"do": "post", "field": f"{exercise}.{field}", "text": text}, done)

    def withdraw(self, exercise: str, field: str, done: Done) -> None:
        """Ask for the text back; it stays when it was shown already."""
        self._send({"do": "withdraw", "field": f"{exercise}.{field}"}, done)

    def choose(self, counting: bool, done: Done) -> None:
        """Count everything that is kept, or nothing any more."""
        agreement = load().agreement
        self._answers[agreement] = {"counting": "yes" if counting else "no"}
        counts = counted(load(), self._answers) if counting else {}
        sealed = to_text(self._own.seal(agreement, self._answers[agreement]))
        self._send({"do": "choose", "sealed": sealed, "counts": counts}, done)

    def watch(self, callback: Callable[[], None]) -> None:
        """Call back after the server pushed a change."""
        self._watching.append(callback)

    def _send(self, message: Message, done: Done) -> None:
        self._sending += 1

        def answered(reply: Message) -> None:
            self._sending -= 1
            done(reply.get("error"))
            if "error" in reply and not self._line.closed:
                self._read()  # what is on disk, instead of what was hoped for

        self._line.send(message, answered)

    def _read(self) -> None:
        # News that comes while a reading is under way asks for one more, not for many.
        if self._reading:
            self._again = True
            return
        self._reading = True
        self._line.send({"do": "read"}, self._have_read)

    def _have_read(self, reply: Message) -> None:
        self._reading = False
        if "ok" in reply:
            self._take(reply["ok"])
            for callback in list(self._watching):
                callback()
        if self._again and not self._line.closed:
            self._again = False
            self._read()

    def _take(self, own: Mapping[str, Any]) -> None:
        # An answer on its way is newer than what the server tells meanwhile.
        if not self._sending:
            opened = {
                name: self._own.open_dated(name, from_text(text))
                for name, text in own["answers"].items()
            }
            self._answers = {name: answer for name, (answer, _) in opened.items()}
            self._written = {name: written for name, (_, written) in opened.items()}
        self._status = dict(own["status"])
        self._wall = dict(own["wall"])
        self._day, self._told_at = dict(own["day"]), time.monotonic()
        self.mail.take(own["mail"])
