"""Where pictures and reports are made: a process of its own, begun when first asked.

Drawing holds the whole interpreter for a second at a time, and what draws is large. So
the process that serves the room neither waits for it nor imports it.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from ..reports.figures import Figure
from ..reports.session_files import picture, printed
from ..reports.session_report import Report

MOST_PICTURES = 300  # of all sessions together, of some 50 kB each

Key = tuple[str, str]


def press_of(settings: dict[str, Any]) -> Press:
    """The one press of a server, by its settings."""
    if "press" not in settings:
        settings["press"] = Press()
    found: Press = settings["press"]
    return found


class Press:
    """Makes one thing at a time and remembers the pictures."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None
        self._pictures: dict[Key, bytes] = {}

    async def picture(
        self, figure: Figure, ending: str, words: dict[str, str]
    ) -> bytes:
        """One picture; who asks for the same again gets the same."""
        key = (figure.model_dump_json(), ending)
        if key not in self._pictures:
            made = await self._run(picture, figure, ending, words)
            if len(self._pictures) >= MOST_PICTURES:
                self._pictures.pop(next(iter(self._pictures)))
            self._pictures[key] = made
        return self._pictures[key]

    async def report(self, report: Report, ending: str) -> bytes:
        """The whole report as a file."""
        return await self._run(printed, report, ending)

    def warm(self) -> None:
        """Begin, before a room looks at an empty projector."""
        self._ready().submit(_warm)

    async def _run(self, what: Callable[..., bytes], *about: object) -> bytes:
        loop = asyncio.get_running_loop()
        try:
            made = await loop.run_in_executor(self._ready(), what, *about)
        except BrokenProcessPool:  # it was ended from outside: once more, in a new one
            self._pool = None
            made = await loop.run_in_executor(self._ready(), what, *about)
        return bytes(made)

    def _ready(self) -> ProcessPoolExecutor:
        if self._pool is None:
            # Spawned, not forked: it gets no socket, no key and no answer of the room.
            fresh = multiprocessing.get_context("spawn")
            self._pool = ProcessPoolExecutor(1, fresh, _begin)
        return self._pool

    def close(self) -> None:
        """Send the process home."""
        if self._pool:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None


def _begin() -> None:
    """Leave when the server is gone, however it went; a Ctrl-C is meant for it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_leave_with_the_server, daemon=True).start()


def _warm() -> None:
    from ..reports import charts

    charts.warm()


def _leave_with_the_server() -> None:
    server = multiprocessing.parent_process()
    if server:
        server.join()
        os._exit(0)
