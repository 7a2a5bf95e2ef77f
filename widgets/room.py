"""What an exercise may ask its surroundings: who am I, keep this, what is open.

There are two ways to be a room. Alone, answers stay in a local folder and everything
is open. Served, the kernel has a line to the server and a capability for exactly one
participant; private answers are sealed here, before they leave the kernel.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

from .content import load
from .line import Line, LineError, Message
from .sealed import Answer, OwnAnswers, counted, from_text, to_text

Done = Callable[[str | None], None]
OPEN = {"open": True, "opened": True, "shown": False, "picture": None}


class Room(Protocol):
    """The surroundings of an exercise."""

    alone: bool
    note: dict[str, str]

    @property
    def counting(self) -> bool | None:
        """The participant's choice to be counted, None before it was made."""

    def answer(self, exercise: str) -> Answer:
        """Return the answer that is kept, {} when there is none."""

    def status(self, exercise: str) -> dict[str, Any]:
        """Return whether it is open, was opened, is shown, and the picture."""

    def wall(self, exercise: str) -> dict[str, str]:
        """Return the state of each text that was sent to the wall, by field."""

    def keep(
        self,
        exercise: str,
        answer: Answer,
        *,
        complete: bool,
        counted: Mapping[str, str],
        done: Done,
    ) -> None:
        """Keep an answer; `done` gets None when it is on disk, else an error code."""

    def post(self, exercise: str, field: str, text: str, done: Done) -> None:
        """Send a text to the trainer's queue for the wall."""

    def withdraw(self, exercise: str, field: str, done: Done) -> None:
        """Take a text back from the queue."""

    def choose(self, counting: bool, done: Done) -> None:
        """Change the choice to be counted."""

    def watch(self, callback: Callable[[], None]) -> None:
        """Call back after anything changed, also in another tab."""


class AloneRoom:
    """One person without a server: answers are files in a local folder."""

    alone = True

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.note = {
            "nl": f"Je werkt alleen. Je antwoorden blijven op dit apparaat: {folder}",
            "en": f"You work alone. Your answers stay on this device: {folder}",
        }
        self._watching: list[Callable[[], None]] = []

    @property
    def counting(self) -> bool | None:
        """Nobody is counted alone."""
        choice = self.answer(load().agreement).get("counting")
        return None if choice is None else choice == "yes"

    def _file(self, exercise: str) -> Path:
        return self.folder / f"{exercise}.json"

    def answer(self, exercise: str) -> Answer:
        """Return the kept answer; a file that is not ours counts as none."""
        try:
            kept = json.loads(self._file(exercise).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return kept if isinstance(kept, dict) else {}

    def status(self, exercise: str) -> dict[str, Any]:
        """Everything is open to somebody who works alone."""
        return dict(OPEN)

    def wall(self, exercise: str) -> dict[str, str]:
        """There is no wall without a room."""
        return {}

    def keep(
        self,
        exercise: str,
        answer: Answer,
        *,
        complete: bool,
        counted: Mapping[str, str],
        done: Done,
    ) -> None:
        """Write the answer beside its old file, then put it in its place."""
        file = self._file(exercise)
        fresh = file.with_suffix(".new")
        try:
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            text = json.dumps(answer, ensure_ascii=False, indent=1)
            fresh.write_text(text, encoding="utf-8")
            fresh.chmod(0o600)
            fresh.replace(file)
        except OSError:
            done("not_saved")
            return
        done(None)
        self._changed()

    def post(self, exercise: str, field: str, text: str, done: Done) -> None:
        """There is nobody to show it to."""
        done("alone")

    def withdraw(self, exercise: str, field: str, done: Done) -> None:
        """There is nothing to take back."""
        done("alone")

    def choose(self, counting: bool, done: Done) -> None:
        """Keep the choice as the answer that it is."""
        answer = {"counting": "yes" if counting else "no"}
        self.keep(load().agreement, answer, complete=True, counted={}, done=done)

    def watch(self, callback: Callable[[], None]) -> None:
        """Call back when another exercise of this kernel kept something."""
        self._watching.append(callback)

    def _changed(self) -> None:
        for callback in list(self._watching):
            callback()


class ServedRoom:
    """A participant's place in a live session, over the server's local socket."""

    alone = False
    note: dict[str, str] = {}

    def __init__(self, line: Line) -> None:
        self._line = line
        greeting = line.greeting
        key = bytes.fromhex(greeting.pop("seal_key"))
        self._own = OwnAnswers(key, greeting["session"])
        self._answers: dict[str, Answer] = {}
        self._status: dict[str, dict[str, Any]] = {}
        self._wall: dict[str, str] = {}
        self._sending = 0
        self._reading = False
        self._again = False
        self._watching: list[Callable[[], None]] = []
        self._take(greeting)
        line.listen(self._read)

    @property
    def counting(self) -> bool | None:
        """The choice as it stands in the participant's own answers."""
        choice = self.answer(load().agreement).get("counting")
        return None if choice is None else choice == "yes"

    def answer(self, exercise: str) -> Answer:
        """Return the kept answer of this participant."""
        return dict(self._answers.get(exercise, {}))

    def status(self, exercise: str) -> dict[str, Any]:
        """Return what the trainer opened and showed; unknown means closed."""
        return self._status.get(exercise, {**OPEN, "open": False, "opened": False})

    def wall(self, exercise: str) -> dict[str, str]:
        """Return the states of the texts that went to the wall."""
        prefix = f"{exercise}."
        return {
            name.removeprefix(prefix): state
            for name, state in self._wall.items()
            if name.startswith(prefix)
        }

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
        self._answers[exercise] = dict(answer)
        self._send(
            {
                "do": "keep",
                "exercise": exercise,
                "sealed": to_text(self._own.seal(exercise, answer)),
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
            self._answers = self._own.open_all(
                {name: from_text(text) for name, text in own["answers"].items()}
            )
        self._status = dict(own["status"])
        self._wall = dict(own["wall"])


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
        self._line.send(
            {"do": "command", "command": dict(command)},
            lambda reply: done(reply.get("error")),
        )

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


_here: list[Room] = []
_trainer: list[TrainerRoom] = []


def _served_line() -> Line | None:
    address = os.environ.pop("WORKBOOK_ROOM", "")
    capability = os.environ.pop("WORKBOOK_CAPABILITY", "")
    return Line(address, capability) if address and capability else None


def here() -> Room:
    """Return the room of this kernel; it is entered once."""
    if not _here:
        line = _served_line()
        _here.append(ServedRoom(line) if line else AloneRoom(data_folder()))
    return _here[0]


def trainer() -> TrainerRoom:
    """Return the trainer's room; raises LineError where there is no server."""
    if not _trainer:
        line = _served_line()
        if line is None:
            raise LineError("no_server")
        _trainer.append(TrainerRoom(line))
    return _trainer[0]


def data_folder() -> Path:
    """Return the folder of a person who works alone: WORKBOOK_DATA or the system's."""
    import platformdirs  # served kernels never need it

    chosen = os.environ.get("WORKBOOK_DATA")
    return Path(chosen or platformdirs.user_data_dir("leadership-workbook", False))
