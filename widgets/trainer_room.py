"""The trainer's surroundings: the whole session, and the means to steer it."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from .day import aged
from .line import Line, Message

Done = Callable[[str | None], None]


class TrainerRoom:
    """A trainer's place: what the whole session shows, and the means to steer it."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self._take(line.greeting["overview"])
        self.language: str = line.greeting["language"]
        self._reading = False
        self._again = False
        self._watching: list[Callable[[], None]] = []
        line.listen(self._read)

    def overview(self) -> dict[str, Any]:
        """Return the session as the trainer may see it now."""
        day = aged(self._overview["day"], time.monotonic() - self._told_at)
        return {**self._overview, "day": day}

    def _take(self, overview: dict[str, Any]) -> None:
        self._overview, self._told_at = overview, time.monotonic()

    def do(self, command: Mapping[str, Any], done: Done) -> None:
        """Carry out one command; `done` gets None or an error code."""

        def answered(reply: Message) -> None:
            if "ok" in reply:
                self._take(reply["ok"]["overview"])
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
            self._take(reply["ok"]["overview"])
        elif reply["error"] == "not_saved":
            # What cannot be read now stays as it was; that it cannot is told.
            self._overview = {**self._overview, "trouble": "other"}
        for callback in list(self._watching):
            callback()
        if self._again and not self._line.closed:
            self._again = False
            self._read()
