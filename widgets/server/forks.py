"""The server's hold on the fork server: pages that are ready, kernels on demand."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import socket
import sys
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Set
from contextlib import suppress
from pathlib import Path
from typing import Any

from .forked_process import ForkedProcess

PACKAGE = Path(__file__).parents[1]
WATCHED = (PACKAGE, PACKAGE.parent / "data", PACKAGE.parent / "notebooks")
ENDINGS = {".py", ".toml", ".ipynb"}
LOOK_AGAIN = 2.0
LONGEST_LINE = 64 * 2**20
BACK = 15.0  # seconds to wait for the next one: each ordinary kernel costs as much
# What a Python process needs to start; everything else of the server's environment,
# database address and keys included, stays with the server.
PASSED_ON = (
    "PATH",
    "HOME",
    "LANG",
    "LC_ALL",
    "TZ",
    "TMPDIR",
    "SYSTEMROOT",
    "VIRTUAL_ENV",
    "LD_LIBRARY_PATH",
)
log = logging.getLogger("workbook")


def passed_on(environment: Mapping[str, str]) -> dict[str, str]:
    """Return what of an environment a kernel may know."""
    return {
        name: value
        for name, value in environment.items()
        if name in PASSED_ON or name.startswith(("VOILA_", "PYTHON", "OPENBLAS_"))
    }


class NoFork(Exception):
    """There is no fork server now; the ordinary way of starting kernels serves."""


class Forks:
    """One fork server and a copy of it, that goes on when it dies.

    It is started anew when both are dead, or when the code has changed.
    """

    def __init__(self) -> None:
        self.pages: dict[str, dict[str, list[dict[str, Any]]]] = {}
        self.generation = 0
        self.on_ready: Callable[[], None] = lambda: None
        self._process: asyncio.subprocess.Process | None = None
        self._socket: socket.socket | None = None
        self._copy: socket.socket | None = None
        self._writer: asyncio.StreamWriter | None = None
        self._waiting: deque[asyncio.Future[int]] = deque()
        self._is_coming = (
            False  # one that was ready is gone; the next one is on its way
        )
        self._task: asyncio.Task[None] | None = None
        self._newest = 0.0
        self._looked = 0.0

    @staticmethod
    def is_possible() -> bool:
        """Tell whether this system can fork safely and hold a process by a handle.

        WORKBOOK_FORK=no starts every kernel the ordinary way, as other systems do.
        """
        is_wanted = os.environ.get("WORKBOOK_FORK") != "no"
        return is_wanted and sys.platform == "linux" and hasattr(os, "pidfd_open")

    def start(self) -> None:
        """Keep a fork server alive from now on; returns at once."""
        if self.is_possible():
            self._task = asyncio.ensure_future(self._keep_alive())

    def stop(self) -> None:
        """Let the fork server go; kernels that it made are not touched."""
        if self._task is not None:
            self._task.cancel()
        self._hang_up()

    async def fork(self, page: str, end: socket.socket, **rest: Any) -> ForkedProcess:
        """Return the process of a new kernel for a page; raises NoFork.

        Args:
            end: the kernel's end of its link; closed here once it is handed over.
            rest: what the order says besides, see `widgets.fork_server`.
        """
        process = ForkedProcess(await self._order({"page": page, **rest}, end))
        process.watch()
        return process

    async def _order(self, order: dict[str, Any], end: socket.socket) -> int:
        data = json.dumps(order).encode()
        with end:
            if self.pages and order.get("page") not in {None, *self.pages}:
                raise NoFork(order["page"])
            while not self._is_sent(data, end):  # it is busy, or its copy takes over
                await asyncio.sleep(0.005)
            answer: asyncio.Future[int] = asyncio.get_running_loop().create_future()
            self._waiting.append(answer)
        return await answer

    def _is_sent(self, data: bytes, end: socket.socket) -> bool:
        if not self.pages:
            raise NoFork("the fork server is gone")
        if self._socket is None:
            return False
        try:
            socket.send_fds(self._socket, [data], [end.fileno()])
        except OSError:
            return False
        return True

    async def back(self) -> None:
        """Wait a moment for a fork server that died, or reads what has changed."""
        until = asyncio.get_running_loop().time() + BACK
        while self._is_coming and asyncio.get_running_loop().time() < until:
            await asyncio.sleep(0.05)

    def look(self) -> None:
        """Start anew when a file changed since the fork server read it."""
        now = asyncio.get_running_loop().time()
        if now - self._looked < LOOK_AGAIN:
            return
        self._looked = now
        if self.pages and _newest() != self._newest:
            log.warning("code or content has changed: reading it again")
            self._is_coming = True
            self._hang_up()

    async def _keep_alive(self) -> None:
        pause = 0.0
        while True:
            await asyncio.sleep(pause)
            before, made = asyncio.get_running_loop().time(), self.generation
            try:
                await self._run()
            except (OSError, ValueError) as error:
                log.warning("the fork server: %s", error)
            finally:
                self._is_coming = self.generation > made  # so the next one will be too
                self._hang_up()
            # Whoever dies at once gets more time before the next try.
            lived = asyncio.get_running_loop().time() - before
            pause = 0.0 if lived > 30 else min(30.0, 2 * pause + 0.5)

    async def _run(self) -> None:
        """Start a fork server; after it, listen to its copies."""
        ours, theirs = socket.socketpair()
        self._newest = _newest()
        with theirs:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "widgets.fork_server", str(theirs.fileno())),
                pass_fds=[theirs.fileno()],
                env=passed_on(os.environ),
                start_new_session=True,
            )
        self._copy = ours
        while self._copy is not None:
            ours, self._copy = self._copy, None
            with suppress(ConnectionError):
                await self._listen(ours)
            self._let_go()

    async def _listen(self, ours: socket.socket) -> None:
        self._socket = ours.dup()  # the stream keeps the other to itself
        reader, self._writer = await asyncio.open_connection(
            sock=ours, limit=LONGEST_LINE
        )
        copying = asyncio.ensure_future(self._make_copy())
        try:
            while line := await reader.readline():
                self._take(json.loads(line))
        finally:
            copying.cancel()

    async def _make_copy(self) -> None:
        while not self.pages:  # it is worth one when it is ready
            await asyncio.sleep(0.1)
        ours, theirs = socket.socketpair()
        try:
            await self._order({}, theirs)
            self._copy, ours = ours, theirs
        except NoFork:
            return  # it died first
        finally:
            ours.close()

    def _take(self, message: dict[str, Any]) -> None:
        if "pages" in message:
            self.pages = message["pages"]
            self.generation += 1
            self._is_coming = False
            self.on_ready()
        elif self._waiting:
            answer = self._waiting.popleft()
            if not answer.done():
                answer.set_result(message["pid"])

    def _hang_up(self) -> None:
        self.pages = {}
        if self._copy is not None:
            self._copy.close()
            self._copy = None
        self._let_go()

    def _let_go(self) -> None:
        if self._socket is not None and self._writer is not None:
            self._socket.close()
            self._writer.close()
            self._socket = self._writer = None
        while self._waiting:
            answer = self._waiting.popleft()
            if not answer.done():
                answer.set_exception(NoFork("the fork server is gone"))


def watched(endings: Set[str] = ENDINGS) -> Iterator[Path]:
    """Yield every file of code and content, but not the front end's packages."""
    for top in WATCHED:
        for folder, inside, names in os.walk(top):
            inside[:] = [one for one in inside if one != "node_modules"]
            yield from (
                Path(folder, one) for one in names if Path(one).suffix in endings
            )


def _newest() -> float:
    return max((path.stat().st_mtime for path in watched()), default=0.0)
