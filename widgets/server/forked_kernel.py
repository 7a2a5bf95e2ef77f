"""What the server holds of a forked kernel: its process, and its link.

To Jupyter's kernel manager it is one kernel among others.
"""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Protocol

from jupyter_client.kernelspec import KernelSpec

from ..link import FRAME, LINE, packed, unpacked
from .forked_process import ForkedProcess
from .forks import Forks
from .lines import MAX_LINE, Message, Role, answer
from .pace import Pace

MAX_MESSAGE = 16 * 2**20
MAX_UNREAD = 4 * 2**20  # bytes of its page that a kernel leaves lying
TO_LEAVE = 1.0  # seconds that a kernel gets to go by itself


class Viewer(Protocol):
    """A page that is connected."""

    def show(self, frame: bytes) -> None:
        """Send a frame to the browser."""

    def close(self) -> None:
        """Say that the kernel is gone."""


class ForkedKernel(asyncio.Protocol):
    """One kernel; everything that it sends arrives here."""

    kernel_name = "python3"
    kernel_spec = KernelSpec()
    execution_state = "idle"
    reason = ""

    def __init__(self, kernel_id: str, role: Role, ended: Callable[[], None]) -> None:
        self.kernel_id = kernel_id
        self.last_activity = datetime.now(UTC)
        self.pace = Pace()  # of all its pages: to connect again changes nothing
        self._role, self._ended = role, ended
        self._buffer = b""
        self._viewers: list[Viewer] = []
        self._requests: asyncio.Queue[bytes] = asyncio.Queue()
        self._leaves: list[Callable[[], None]] = []
        self._is_greeted = self._has_news = False
        self._transport: asyncio.Transport | None = None
        self._process: ForkedProcess | None = None
        self._working: asyncio.Task[None] | None = None

    async def start(
        self, forks: Forks, page: str, environment: Mapping[str, str], folder: str
    ) -> None:
        """Fork it and tell it who is in; raises NoFork and DeskError."""
        ours, theirs = socket.socketpair()
        try:
            self._process = await forks.fork(
                page, theirs, kernel=self.kernel_id, env=dict(environment), cwd=folder
            )
            loop = asyncio.get_running_loop()
            await loop.create_connection(lambda: self, sock=ours)
        except BaseException:
            ours.close()
            raise
        # Listen before asking: what changes in between must not ring for nobody.
        self._leaves = self._role.listen(self._push)
        self._tell(await self._role.hello())
        self._is_greeted = True
        if self._has_news:
            self._push({"event": "changed"})
        self._working = asyncio.ensure_future(self._work())

    def attach(self, viewer: Viewer) -> None:
        """Show the page what comes from now on; it asks for all else itself."""
        self._viewers.append(viewer)

    def detach(self, viewer: Viewer) -> None:
        """Forget a page whose connection is gone."""
        with suppress(ValueError):  # the kernel went first
            self._viewers.remove(viewer)

    def receive(self, frame: bytes) -> None:
        """Pass a frame of a page on; it is checked already."""
        self.last_activity = datetime.now(UTC)
        self._send(FRAME, frame)
        unread = self._transport.get_write_buffer_size() if self._transport else 0
        if unread > MAX_UNREAD:
            self._give_up()

    async def shutdown_kernel(self, now: bool = False) -> None:
        """End it: without its link it goes by itself, or it is made to."""
        self._leave()
        process = self._process
        if process is None:
            return
        until = asyncio.get_running_loop().time() + (0 if now else TO_LEAVE)
        while process.poll() is None and asyncio.get_running_loop().time() < until:
            await asyncio.sleep(0.02)
        process.kill()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the way to the kernel."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Take whole messages as they arrive."""
        messages, self._buffer = unpacked(self._buffer + data)
        for kind, content in messages:
            if kind == FRAME:
                for viewer in self._viewers:
                    viewer.show(content)
            elif len(content) <= MAX_LINE:
                self._requests.put_nowait(content)
        if len(self._buffer) > MAX_MESSAGE:
            self._leave()

    def connection_lost(self, error: Exception | None) -> None:
        """The process has ended: say so to whoever looks at it."""
        self._leave()

    async def _work(self) -> None:
        while True:
            await answer(await self._requests.get(), self._role.do, self._tell)

    def _push(self, news: Message) -> None:
        if self._is_greeted:
            self._tell(news)
        else:
            self._has_news = True

    def _tell(self, message: Message) -> None:
        self._send(LINE, json.dumps(message).encode())

    def _send(self, kind: bytes, content: bytes) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(packed(kind, content))

    def _give_up(self) -> None:
        """End a kernel that works and works, and hears nobody."""
        if self._process is not None:
            self._process.kill()
        if self._transport is not None:
            self._transport.abort()
        self._leave()

    def _leave(self) -> None:
        leaves, self._leaves = self._leaves, []
        for leave in leaves:
            leave()
        if self._working is not None:
            self._working.cancel()
        viewers, self._viewers = self._viewers, []
        for viewer in viewers:
            viewer.close()
        if self._transport is not None:
            self._transport.close()
            self._transport = None
            self._ended()
