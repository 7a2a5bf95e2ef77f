"""The surroundings of a page that is made before anybody asked for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .sealed import Answer

Done = Callable[[str | None], None]
CLOSED = {"open": False, "opened": False, "shown": False, "picture": None}


class WaitingRoom:
    """Nobody is here yet: no answer, nothing open, nothing that could be kept."""

    alone = False
    shared: str | None = None
    counting: bool | None = None
    mail = None

    def __init__(self) -> None:
        self.note: dict[str, str] = {}

    def answer(self, exercise: str) -> Answer:
        """Nobody has answered."""
        return {}

    def written(self, exercise: str) -> dict[str, float]:
        """Nobody wrote anything yet."""
        return {}

    def status(self, exercise: str) -> dict[str, Any]:
        """Everything is closed."""
        return dict(CLOSED)

    def wall(self, exercise: str) -> dict[str, str]:
        """Nobody has sent anything."""
        return {}

    def day(self) -> dict[str, Any]:
        """No day has begun."""
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
        """Nothing can be kept of nobody."""
        done("no_server")

    def post(self, exercise: str, field: str, text: str, done: Done) -> None:
        """Nothing can be sent by nobody."""
        done("no_server")

    def withdraw(self, exercise: str, field: str, done: Done) -> None:
        """Nothing was sent."""
        done("no_server")

    def choose(self, counting: bool, done: Done) -> None:
        """Nobody can choose."""
        done("no_server")

    def watch(self, callback: Callable[[], None]) -> None:
        """Nothing changes until somebody enters."""
