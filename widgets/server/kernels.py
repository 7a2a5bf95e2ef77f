"""The kernels of the room: whose they are, how many there may be, what they know."""

from __future__ import annotations

import asyncio
import os
import time
import uuid
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from traitlets import Instance

from .forked_kernel import ForkedKernel
from .forks import Forks, passed_on
from .identity import TRAINER
from .lines import Lines, Role
from .waiting_line import TooManyKernels, WaitingLine

PER_OWNER = 4
PER_TRAINER = (
    16  # one key, perhaps two trainers with a laptop, a projector and a phone each
)
# What one more kernel takes: a fork shares nearly all of it with the others.
MEMORY_FORKED, MEMORY_STARTED = 30 * 2**20, 110 * 2**20
PER_CORE = 150  # a room that answers all at once keeps a core busy with so many
OPENING = 20.0  # seconds that a page may take to reach the kernel made for it
UNREACHED = 120.0  # after these it never will: the line broke before it had the page


@dataclass(frozen=True)
class Guest:
    """For whom the kernel of the current request is."""

    owner: str
    role: Role
    page: str | None = None  # that is ready to be forked
    kernels: list[str] = field(default_factory=list)  # that were started for it


current_guest: ContextVar[Guest] = ContextVar("current_guest")


def kernel_limit() -> int:
    """Return how many kernels this machine can hold beside everything else."""
    each = MEMORY_FORKED if Forks.is_possible() else MEMORY_STARTED
    by_memory = int(psutil.virtual_memory().total * 0.7 / each)
    return max(4, min(by_memory, PER_CORE * (os.cpu_count() or 1)))


class Kernels(AsyncMappingKernelManager):
    """Starts kernels for guests only; each has one owner and one capability."""

    lines = Instance(Lines, allow_none=True)
    forks = Instance(Forks, ())
    ipython_folder: Path | None = None

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._starting = asyncio.Lock()
        self._owners: dict[str, str] = {}
        self._capabilities: dict[str, str] = {}
        self._started: dict[str, float] = {}
        self._reached: set[str] = set()
        self._cleaning: set[asyncio.Future[None]] = set()
        self._waiting = WaitingLine()
        self.limit = kernel_limit()
        self.is_closed = False  # nobody gets a kernel any more

    def owner(self, kernel_id: str) -> str | None:
        """Return who owns a kernel, None for one that is gone."""
        return self._owners.get(kernel_id)

    async def start_kernel(self, **kwargs: Any) -> str:  # type: ignore[override]
        """Start a kernel for the current guest.

        Raises:
            TooManyKernels: there is no room now.
            NoFork: the guest's page cannot be forked now.
        """
        guest = current_guest.get()
        if guest.page is not None:
            return await self._fork(guest, guest.page, str(kwargs["cwd"]))
        # One at a time: who counts kernels must not miss those that are starting.
        async with self._starting:
            return await self._start(guest, **kwargs)

    async def _fork(self, guest: Guest, page: str, folder: str) -> str:
        kernel_id = str(uuid.uuid4())
        kernel = ForkedKernel(
            kernel_id, guest.role, lambda: self.remove_kernel(kernel_id)
        )
        async with self._starting:
            await self._make_room(guest.owner)
            self._owners[kernel_id] = guest.owner  # it has its place from now on
            self._started[kernel_id] = time.monotonic()
            self._kernels[kernel_id] = kernel
            self._kernel_connections[kernel_id] = 0
        try:
            await kernel.start(self.forks, page, passed_on(os.environ), folder)
        except BaseException:
            self.remove_kernel(kernel_id)
            await kernel.shutdown_kernel(now=True)
            raise
        if kernel_id not in self:  # a newer tab took its place meanwhile
            await kernel.shutdown_kernel(now=True)
        if not self._initialized_culler:
            self.initialize_culler()
        return kernel_id

    async def _async_shutdown_kernel(
        self, kernel_id: str, now: bool | None = False, restart: bool | None = False
    ) -> None:
        kernel: object = self.get_kernel(kernel_id)
        if isinstance(kernel, ForkedKernel):
            await kernel.shutdown_kernel(bool(now))
            self.remove_kernel(kernel_id)
        else:
            await super()._async_shutdown_kernel(kernel_id, now, restart)

    shutdown_kernel = _async_shutdown_kernel  # type: ignore[assignment]

    async def _start(self, guest: Guest, **kwargs: Any) -> str:
        await self._make_room(guest.owner)
        assert self.lines is not None
        capability = self.lines.issue(guest.role)
        kwargs["env"] = self._environment(kwargs.get("env", {}), capability)
        try:
            kernel_id = str(await super().start_kernel(**kwargs))
        except BaseException:
            self.lines.revoke(capability)
            raise
        guest.kernels.append(kernel_id)
        self._owners[kernel_id] = guest.owner
        self._capabilities[kernel_id] = capability
        self._started[kernel_id] = time.monotonic()
        return kernel_id

    def _environment(self, given: Mapping[str, str], capability: str) -> dict[str, str]:
        assert self.lines is not None
        return passed_on(given) | {
            "WORKBOOK_ROOM": self.lines.address,
            "WORKBOOK_CAPABILITY": capability,
            "IPYTHONDIR": str(self.ipython_folder or ""),
            "WORKBOOK_ROOT": os.environ.get("WORKBOOK_ROOT", ""),
        }

    async def _make_room(self, owner: str) -> None:
        mine = [kernel for kernel, whose in self._owners.items() if whose == owner]
        unused = self._unused()
        # A page that somebody looks at goes last, the newest of all.
        mine.sort(key=lambda kernel_id: kernel_id not in unused)
        most = PER_TRAINER if owner == TRAINER else PER_OWNER
        for kernel_id in mine[: max(0, len(mine) - most + 1)]:
            await self.shutdown_kernel(kernel_id)
        ahead = self.ahead(owner)
        if ahead is not None:
            raise TooManyKernels(ahead)
        self._waiting.leave(owner)
        if len(self._owners) >= self.limit and (unused := self._unused()):
            await self.shutdown_kernel(unused[0])

    def ahead(self, owner: str) -> int | None:
        """Return how many wait before an owner for a kernel; None: there is room."""
        if self.is_closed:
            return 0
        if owner == TRAINER:  # without the trainer there is no room at all
            return None
        free = self.limit - len(self._owners) + len(self._unused())
        return self._waiting.ahead(owner, max(0, free))

    def is_in_use(self) -> bool:
        """Tell whether a page is open that talks with a kernel of ours."""
        return any(self._kernel_connections.get(one) for one in self._owners)

    def _unused(self) -> list[str]:
        """The kernels that no page holds: the page is gone, or the phone sleeps."""
        before = time.monotonic() - OPENING
        return [
            kernel_id
            for kernel_id in self._owners
            if self._kernel_connections.get(kernel_id, 0) == 0
            and self._started.get(kernel_id, 0) < before
        ]

    def _handle_kernel_died(self, kernel_id: str) -> None:
        """Let what a kernel held go with it: its files, sockets and handles."""
        kernel: Any = self.get_kernel(kernel_id)
        self.stop_watching_activity(kernel_id)
        super()._handle_kernel_died(kernel_id)
        cleaning = asyncio.ensure_future(kernel.cleanup_resources())
        self._cleaning.add(cleaning)
        cleaning.add_done_callback(self._cleaning.discard)

    def notify_connect(self, kernel_id: str) -> None:
        """Note that a page holds this kernel now."""
        self._reached.add(kernel_id)
        super().notify_connect(kernel_id)

    async def cull_kernel_if_idle(self, kernel_id: str) -> None:
        """End a kernel that no page ever reached, or that nobody used for long."""
        if kernel_id not in self:  # another one was waited for, and this one ended
            return
        before = time.monotonic() - UNREACHED
        is_young = self._started.get(kernel_id, before) >= before
        if is_young or kernel_id in self._reached:
            await super().cull_kernel_if_idle(kernel_id)
        else:
            await self.shutdown_kernel(kernel_id)

    async def shutdown_of(self, owner: str) -> None:
        """End every kernel of one owner."""
        for kernel_id, whose in list(self._owners.items()):
            if whose == owner:
                await self.shutdown_kernel(kernel_id)

    def remove_kernel(self, kernel_id: str) -> Any:
        """Forget a kernel, its owner and its capability."""
        self._owners.pop(kernel_id, None)
        self._started.pop(kernel_id, None)
        self._reached.discard(kernel_id)
        capability = self._capabilities.pop(kernel_id, None)
        if capability is not None and self.lines is not None:
            self.lines.revoke(capability)
        return super().remove_kernel(kernel_id)
