"""The process of a forked kernel, held by a handle that no other process can get."""

from __future__ import annotations

import asyncio
import os
import select
import signal
import weakref


class ForkedProcess:
    """A kernel's process that is not our child; speaks like subprocess.Popen."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        try:
            self._handle = os.pidfd_open(pid)
        except ProcessLookupError:
            self._handle, self.returncode = -1, -1
        else:  # it goes with us also when nobody asks for the end of the process
            self._close = weakref.finalize(self, os.close, self._handle)

    def watch(self) -> None:
        """Notice its end as soon as it comes, and let the handle go, from now on."""
        if self.returncode is None:
            self._loop = asyncio.get_running_loop()
            self._loop.add_reader(self._handle, self.poll)

    def poll(self) -> int | None:
        """Return None while it lives, then -1: its status is known to nobody."""
        if self.returncode is None and self._is_gone(0):
            self.returncode = -1
            if self._loop is not None:
                self._loop.remove_reader(self._handle)
            self._close()
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait until it is gone, at most `timeout` seconds."""
        if self.returncode is None:
            self._is_gone(timeout)
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

    def _is_gone(self, timeout: float | None) -> bool:
        # Not select(): a full room has more open than the 1024 which that can count.
        ends = select.poll()
        ends.register(self._handle, select.POLLIN)
        return bool(ends.poll(None if timeout is None else timeout * 1000))
