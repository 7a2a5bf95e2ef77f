"""What the command line may ask: sessions, and what is open in them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..store import SessionRow
from .desk import Desk, DeskError
from .lines import Message, Push
from .overview import described
from .results import report_of
from .sessions import KEEP_ANSWERS, REHEARSAL_STAYS
from .trainer import TrainerRole


class AdminRole:
    """The person who owns the machine."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def hello(self) -> Message:
        """There is nothing to hand over."""
        return {}

    def listen(self, push: Push) -> list[Callable[[], None]]:
        """The command line asks once and leaves."""
        return []

    async def do(self, message: Message) -> Message:
        """Carry out new, list, look, or a command on one session; raises DeskError."""
        what = message.get("do")
        if what == "new":
            return {"session": self._described(await self._new(message))}
        if what == "list":
            rows = await self._desk.sessions()
            return {"sessions": [self._described(row) for row in rows]}
        row = await self._desk.session(str(message.get("code")))
        if what == "look":
            return {"session": self._described(row)}
        if what == "export":
            return await report_of(self._desk, row)
        if what == "delete":
            await self._desk.delete(row.code)
        elif what in ("open", "close", "show", "hide", "end"):
            await TrainerRole(self._desk, row).command(message)
        else:
            raise DeskError("unknown_request")
        return {}

    async def _new(self, message: Message) -> SessionRow:
        is_rehearsal = message.get("rehearsal") is True
        return await self._desk.new_session(
            str(message["title"]),
            str(message["language"]),
            str(message["variant"]),
            invented=is_rehearsal,
            stays=REHEARSAL_STAYS if is_rehearsal else KEEP_ANSWERS,
        )

    def _described(self, row: SessionRow) -> dict[str, Any]:
        control = f"{self._desk.base_url}/trainer/{row.code}/control"
        return {**described(self._desk, row), "trainer_url": control}
