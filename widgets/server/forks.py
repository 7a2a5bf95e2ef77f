"""The server's hold on the fork server: pages that are ready, kernels on demand."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import select
import signal
import socket
import sys
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).parents[1]
WATCHED = (PACKAGE, PACKAGE.parent / "data", PACKAGE.parent / "notebooks")
ENDINGS = {".py", ".toml", ".ipynb"}
LOOK_AGAIN = 2.0
LONGEST_LINE = 64 * 2**20
BACK = 5.0  # seconds to wait for the next one: a kernel of the ordinary way costs more
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


class ForkedProcess:
    """A kernel's process that is not our child; speaks like subprocess.Popen."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        try:
            self._handle = os.pidfd_open(pid)
        except ProcessLookupError:
            self._handle, self.returncode = -1, -1

    def poll(self) -> int | None:
        """Return None while it lives, then -1: its status is known to nobody."""
        if self.returncode is None and select.select([self._handle], [], [], 0)[0]:
            self.returncode = -1
            os.close(self._handle)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait until it is gone."""
        if self.returncode is None:
            select.select([self._handle], [], [], timeout)
        return -1 if self.poll() is None else int(self.returncode or 0)

    def send_signal(self, number: int) -> None:
        """Send a signal to this very process, never to another with its number."""
        if self.poll() is None:
            signal.pidfd_send_signal(self._handle, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)


class Forks:
    """One fork server, started anew when it dies or when the code has changed."""

    def __init__(self) -> None:
        self.pages: dict[str, dict[str, list[dict[str, Any]]]] = {}
        self.generation = 0
        self.on_ready: Callable[[], None] = lambda: None
        self._process: asyncio.subprocess.Process | None = None
        self._socket: socket.socket | None = None
        self._writer: asyncio.StreamWriter | None = None
        self._waiting: deque[asyncio.Future[int]] = deque()
        self._is_ready = asyncio.Event()
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
        with end:
            await self._order({"page": page, **rest}, end)
            answer: asyncio.Future[int] = asyncio.get_running_loop().create_future()
            self._waiting.append(answer)
        return ForkedProcess(await answer)

    async def _order(self, order: dict[str, Any], end: socket.socket) -> None:
        data = json.dumps(order).encode()
        while order["page"] in self.pages and self._socket is not None:
            try:
                socket.send_fds(self._socket, [data], [end.fileno()])
                return
            except BlockingIOError:  # it has many orders to read
                await asyncio.sleep(0.005)
            except OSError as error:
                raise NoFork("the fork server is gone") from error
        raise NoFork(order["page"])

    async def back(self) -> None:
        """Wait a moment for a fork server that died, or reads what has changed."""
        if self.generation and not self.pages:
            with suppress(TimeoutError):
                async with asyncio.timeout(BACK):
                    await self._is_ready.wait()

    def look(self) -> None:
        """Start anew when a file changed since the fork server read it."""
        now = asyncio.get_running_loop().time()
        if now - self._looked < LOOK_AGAIN:
            return
        self._looked = now
        if self.pages and _newest() != self._newest:
            log.warning("code or content has changed: reading it again")
            self._hang_up()

    async def _keep_alive(self) -> None:
        pause = 0.0
        while True:
            await asyncio.sleep(pause)
            before = asyncio.get_running_loop().time()
            try:
                await self._run()
            except (OSError, ValueError) as error:
                log.warning("the fork server: %s", error)
            finally:
                self._hang_up()
            # Whoever dies at once gets more time before the next try.
            lived = asyncio.get_running_loop().time() - before
            pause = 0.0 if lived > 30 else min(30.0, 2 * pause + 0.5)

    async def _run(self) -> None:
        ours, theirs = socket.socketpair()
        self._newest = _newest()
        with theirs:
            self._process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "widgets.fork_server", str(theirs.fileno())),
                pass_fds=[theirs.fileno()],
                env=passed_on(os.environ),
                start_new_session=True,
            )
        self._socket = ours.dup()  # the stream keeps the other to itself
        reader, self._writer = await asyncio.open_connection(
            sock=ours, limit=LONGEST_LINE
        )
        while line := await reader.readline():
            self._take(json.loads(line))

    def _take(self, message: dict[str, Any]) -> None:
        if "pages" in message:
            self.pages = message["pages"]
            self.generation += 1
            self._is_ready.set()
            self.on_ready()
        elif self._waiting:
            answer = self._waiting.popleft()
            if not answer.done():
                answer.set_result(message["pid"])

    def _hang_up(self) -> None:
        self.pages = {}
        self._is_ready.clear()
        if self._socket is not None and self._writer is not None:
            self._socket.close()
            self._writer.close()
            self._socket = self._writer = None
        while self._waiting:
            answer = self._waiting.popleft()
            if not answer.done():
                answer.set_exception(NoFork("the fork server is gone"))


def _newest() -> float:
    files = (path for folder in WATCHED for path in folder.rglob("*"))
    times = (path.stat().st_mtime for path in files if path.suffix in ENDINGS)
    return max(times, default=0.0)
