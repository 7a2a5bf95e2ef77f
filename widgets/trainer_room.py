"""The trainer's surroundings: the whole session, and the means to steer it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .line import Line, Message

Done = Callable[[str | None], None]


class TrainerRoom:
    """A trainer's place: what the whole session shows, and the means to steer it."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._overview: dict[str, Any] = line.greeting["overview"]
        self.language: str = line.greeting["language"]
        self._reading = False
        self._again = False
        self._watching: list[Callable[[], None]] = []
        line.listen(self._read)

    def overview(self) -> dict[str, Any]:
        """Return the session as the trainer may see it now."""
        return self._overview

    def do(self, command: Mapping[str, Any], done: Done) -> None:
        """Carry out one command; `done` gets None or an error code."""

        def answered(reply: Message) -> None:
            if "ok" in reply:
                self._overview = reply["ok"]["overview"]
            done(reply.get("error"))

        self._line.send({"do": "command", "command": dict(command)}, answered)

    def watch(self, callback: Callable[[], None]) -> None:
        """Call back when the overview changed."""
        self._watching.append(callback)

    def _read(self) -> None:
        if self._reading:
            self._again = True
            return
        self._reading = True
        self._line.send({"do": "read"}, self._have_read)

    def _have_read(self, reply: Message) -> None:
        self._reading = False
        if "ok" in reply:
            self._overview = reply["ok"]["overview"]
            for callback in list(self._watching):
                callback()
        if self._again and not self._line.closed:
            self._again = False
            self._read()
