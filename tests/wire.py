"""The kernels' socket without a kernel: a bare wire, to say anything on."""

import asyncio
import contextlib
import json

from widgets.sealed import OwnAnswers, to_text

HELLO = {"id": 0, "do": "hello"}


class Wire:
    """The other end of the socket, bare."""

    def __init__(self, reader, writer):
        self.reader, self.writer = reader, writer

    async def send(self, what):
        raw = what if isinstance(what, bytes) else json.dumps(what).encode() + b"\n"
        self.writer.write(raw)
        with contextlib.suppress(ConnectionError):
            await self.writer.drain()

    async def hear(self):
        """The next answer, None when the line was closed; news is passed over."""
        with contextlib.suppress(ConnectionError):
            while line := await asyncio.wait_for(self.reader.readline(), 5):
                if "event" not in (found := json.loads(line)):
                    return found
        return None

    async def ask(self, what):
        await self.send(what)
        return await self.hear()


def talk(server, story):
    """Let a story run on a line of its own; closes the line."""

    async def whole():
        reader, writer = await asyncio.open_unix_connection(str(server.lines.path))
        try:
            return await story(Wire(reader, writer))
        finally:
            writer.close()

    return asyncio.run(whole())


def inside(server, capability, *requests):
    """The answers to some requests of whoever holds a capability."""

    async def story(wire):
        greeting = await wire.ask(HELLO | {"capability": capability})
        assert "ok" in greeting
        return [await wire.ask({"id": n, **r}) for n, r in enumerate(requests, 1)]

    return talk(server, story)


def keeping(server, secret, exercise, answer, counts=None):
    _, keys = server.who(secret)
    blob = OwnAnswers(keys.seal, server.row.id).seal(exercise, answer)
    rest = {"sealed": to_text(blob), "complete": True, "counts": counts or {}}
    return {"do": "keep", "exercise": exercise, **rest}
