"""A kernel's line to the server: requests out, answers and news in, no polling."""

from __future__ import annotations

import asyncio
import json
import socket
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any

Message = dict[str, Any]
Done = Callable[[Message], None]


class LineError(Exception):
    """The server said no, or is not there."""


class Requests(ABC):
    """What a kernel asks of the server, and the news that comes unasked.

    After the greeting everything is asynchronous, in the kernel's own event loop.
    """

    greeting: Message
    _socket: socket.socket

    def __init__(self) -> None:
        self._buffer = b""
        self._number = 0
        self._waiting: dict[int, Done] = {}
        self._news: list[Callable[[], None]] = []
        self._ended: list[Callable[[], None]] = []
        self.closed = False

    def when_ended(self, callback: Callable[[], None]) -> None:
        """Call back when the server is gone."""
        self._ended.append(callback)

    def listen(self, news: Callable[[], None]) -> None:
        """Call back in the running event loop when the server says that it changed."""
        self._news.append(news)
        loop = asyncio.get_running_loop()
        loop.add_reader(self._socket, self._read)
        loop.call_soon(self._take_all)  # what came together with the greeting

    def send(self, message: Message, done: Done) -> None:
        """Send a request; `done` gets {"ok": …} or {"error": code}."""
        self._number += 1
        self._waiting[self._number] = done
        try:
            self._write({"id": self._number, **message})
        except OSError:
            self._end()

    @abstractmethod
    def _write(self, message: Message) -> None:
        """Send one whole message."""

    @abstractmethod
    def _take_all(self) -> None:
        """Take every whole message that is in the buffer."""

    def _read(self) -> None:
        try:
            data = self._socket.recv(65536)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._end()
            return
        self._buffer += data
        self._take_all()

    def _take(self, message: Message) -> None:
        if "event" in message:
            for news in self._news:
                news()
            return
        done = self._waiting.pop(int(message["id"]), None)
        if done is not None:
            done(message)

    def _end(self) -> None:
        if not self.closed:
            self.closed = True
            asyncio.get_running_loop().remove_reader(self._socket)
            self._socket.close()
            for callback in self._ended:
                callback()
        waiting, self._waiting = self._waiting, {}
        for done in waiting.values():
            done({"error": "no_server"})


class Line(Requests):
    """One connection with one capability; the greeting waits for its answer."""

    def __init__(self, address: str, capability: str) -> None:
        super().__init__()
        self._socket = _connect(address)
        self.greeting = self._greet(capability)

    def _greet(self, capability: str) -> Message:
        self._socket.settimeout(30)
        self._write({"id": 0, "do": "hello", "capability": capability})
        while b"\n" not in self._buffer:
            data = self._socket.recv(65536)
            if not data:
                raise LineError("no_capability")
            self._buffer += data
        first, _, self._buffer = self._buffer.partition(b"\n")
        message = json.loads(first)
        if "ok" not in message:
            raise LineError(str(message.get("error")))
        return dict(message["ok"])

    def _write(self, message: Message) -> None:
        # Blocking: a line is small, and what is written must be whole.
        self._socket.setblocking(True)
        self._socket.sendall(json.dumps(message).encode() + b"\n")

    def _take_all(self) -> None:
        *lines, self._buffer = self._buffer.split(b"\n")
        for line in lines:
            self._take(json.loads(line))


def _connect(address: str) -> socket.socket:
    kind, _, place = address.partition(":")
    if kind == "unix":
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.connect(place)
        return line
    host, _, port = place.rpartition(":")
    return socket.create_connection((host, int(port)))
