"""One participant's own line to the server: it can be cut, mended, and be slow."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from socket import create_server
from urllib.parse import urlsplit

CHUNK = 16 * 1024


class Line:
    """Passes bytes on, as fast as it is (`speed` in bytes a second, 0: at once)."""

    def __init__(self, target: str, speed: int = 0) -> None:
        at = urlsplit(target)
        self._target = (at.hostname or "", at.port or 80)
        self._here = create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._here.getsockname()[1]}"
        self.speed = speed
        self._cuts = 0
        self._door: asyncio.Server | None = None
        self._ends: set[asyncio.StreamWriter] = set()

    async def open(self) -> None:
        """Let connections through."""
        self._door = await asyncio.start_server(self._serve, sock=self._here)

    def close(self) -> None:
        """Let nothing through any more."""
        if self._door is not None:
            self._door.close()
        self._abort()

    async def fail(self, seconds: float) -> None:
        """Break off in the middle of a word, and refuse everything for a while."""
        self._cuts += 1
        self._abort()
        await asyncio.sleep(seconds)
        self._cuts -= 1

    def _abort(self) -> None:
        for end in self._ends:
            end.transport.abort()

    async def _serve(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        if self._cuts:
            writer.transport.abort()
            return
        self._ends.add(writer)
        try:
            there, far = await asyncio.open_connection(*self._target)
        except OSError:  # no server now
            writer.transport.abort()
            self._ends.discard(writer)
            return
        self._ends.add(far)
        with suppress(asyncio.CancelledError):  # the soak is over
            await asyncio.gather(self._pass(reader, far), self._pass(there, writer))
        self._ends -= {writer, far}

    async def _pass(
        self, source: asyncio.StreamReader, sink: asyncio.StreamWriter
    ) -> None:
        with suppress(OSError):  # cut
            while data := await source.read(CHUNK):
                if self.speed:
                    await asyncio.sleep(len(data) / self.speed)
                sink.write(data)
                await sink.drain()
        sink.close()
