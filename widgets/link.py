"""A forked kernel's one link with the server: its page's frames, requests and news.

Each message is a kind (one byte), a length (four, big endian) and that many bytes. The
socket was made by the server, so whoever holds the other end needs no capability.
"""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Callable

from .line import LineError, Message, Requests

FRAME, LINE = b"F", b"L"
HEAD = 5
AT_MOST = 16 * 2**20  # bytes that wait for a server that does not read


def packed(kind: bytes, content: bytes) -> bytes:
    """Return one message as it goes over a link."""
    return kind + len(content).to_bytes(4, "big") + content


def unpacked(buffer: bytes) -> tuple[list[tuple[bytes, bytes]], bytes]:
    """Return the whole messages in a buffer, kind and content, and what is left."""
    found, start = [], 0
    while len(buffer) >= start + HEAD:
        begin = start + HEAD
        end = begin + int.from_bytes(buffer[start + 1 : begin], "big")
        if len(buffer) < end:
            break
        found.append((buffer[start : start + 1], buffer[begin:end]))
        start = end
    return found, buffer[start:]


class Link(Requests):
    """The kernel's end; `frame` is called with every frame from the page."""

    def __init__(self, end: socket.socket) -> None:
        super().__init__()
        self._socket = end
        self._unsent = bytearray()
        self.frame: Callable[[bytes], None] = lambda frame: None
        self.greeting = self._greet()
        end.setblocking(False)

    def _greet(self) -> Message:
        head = self._exactly(HEAD)
        return dict(json.loads(self._exactly(int.from_bytes(head[1:], "big"))))

    def _exactly(self, size: int) -> bytes:
        data = b""
        while len(data) < size:
            more = self._socket.recv(size - len(data))
            if not more:
                raise LineError("no_server")
            data += more
        return data

    def send_frame(self, frame: bytes) -> None:
        """Send a frame to the page."""
        self._send(packed(FRAME, frame))

    def _write(self, message: Message) -> None:
        self._send(packed(LINE, json.dumps(message).encode()))

    def _send(self, data: bytes) -> None:
        # Never blocking: kernel and server may both have much to say at once.
        if self.closed:
            return
        self._unsent += data
        if len(self._unsent) > AT_MOST:
            self._end()
        elif len(self._unsent) == len(data):
            self._flush()

    def _flush(self) -> None:
        loop = asyncio.get_running_loop()
        loop.remove_writer(self._socket)
        try:
            del self._unsent[: self._socket.send(self._unsent)]
        except BlockingIOError:
            pass
        except OSError:
            self._end()
            return
        if self._unsent:
            loop.add_writer(self._socket, self._flush)

    def _end(self) -> None:
        if not self.closed:
            asyncio.get_running_loop().remove_writer(self._socket)
        super()._end()

    def _take_all(self) -> None:
        messages, self._buffer = unpacked(self._buffer)
        for kind, content in messages:
            if kind == FRAME:
                self.frame(content)
            else:
                self._take(json.loads(content))
