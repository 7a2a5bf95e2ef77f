"""What an exercise may ask its surroundings: who am I, keep this, what is open.

There are two ways to be a room. Alone, answers stay in a local folder and everything
is open. Served, the kernel has a line to the server and a capability for exactly one
participant; private answers are sealed here, before they leave the kernel.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

from .alone_room import AloneRoom
from .line import Line, LineError
from .mail import Mail
from .sealed import Answer
from .served_room import ServedRoom
from .trainer_room import TrainerRoom

Done = Callable[[str | None], None]

__all__ = ["AloneRoom", "Room", "ServedRoom", "TrainerRoom", "here", "trainer"]


class Room(Protocol):
    """The surroundings of an exercise."""

    alone: bool
    note: dict[str, str]
    shared: str | None  # a chance that a small room shares

    @property
    def mail(self) -> Mail | None:
        """Cards from and to others; None where there is nobody else."""

    @property
    def counting(self) -> bool | None:
        """The participant's choice to be counted, None before it was made."""

    def answer(self, exercise: str) -> Answer:
        """Return the answer that is kept, {} when there is none."""

    def written(self, exercise: str) -> dict[str, float]:
        """Return when each field was written, in seconds; {} where nobody noted it."""

    def status(self, exercise: str) -> dict[str, Any]:
        """Return whether it is open, was opened, is shown, and the picture."""

    def wall(self, exercise: str) -> dict[str, str]:
        """Return the state of each text that was sent to the wall, by field."""

    def day(self) -> dict[str, Any]:
        """Return the countdown, and where the trainer is for who follows; {} alone."""

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


_here: list[Room] = []
_trainer: list[TrainerRoom] = []


def _served_line() -> Line | None:
    address = os.environ.get("WORKBOOK_ROOM", "")
    # Shown once and then forgotten. The address stays: who was served is never taken
    # for somebody who works alone, whose answers would stand unsealed on a disk.
    capability = os.environ.pop("WORKBOOK_CAPABILITY", "")
    return Line(address, capability) if address else None


def enter(surroundings: Room) -> None:
    """Let what is made from now on be in these surroundings."""
    _here[:] = [surroundings]


def leave() -> None:
    """Be nowhere: the next question finds out anew who is here."""
    _here.clear()


def here() -> Room:
    """Return the room of this kernel; it is entered once."""
    if not _here:
        line = _served_line()
        _here.append(_served(line) if line else AloneRoom(data_folder()))
    return _here[0]


def _served(line: Line) -> ServedRoom:
    room = ServedRoom(line)
    with suppress(RuntimeError):  # a forked process begins when its loop runs
        room.begin()
    return room


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
