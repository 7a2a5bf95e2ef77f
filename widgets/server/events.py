"""The stream that tells a contents page that it has grown old."""

from __future__ import annotations

import asyncio
from collections import Counter

from tornado.iostream import StreamClosedError

from .contents import version
from .page import Page

HEARTBEAT = 15.0
PAUSE = 0.5  # seconds between two looks, however often the room changes
STREAMS_EACH = 6


class Events(Page):
    """GET /events: the version of the contents, at once and at every change."""

    _changed: asyncio.Event | None = None
    _is_gone = False

    async def get(self) -> None:
        """Follow until the visitor leaves; a stranger is told not to come back."""
        if self.desk.leaving:
            self.set_status(503)
            return
        visitor = await self.visitor()
        streams = self.shared("streams", Counter[str]())
        who = visitor.participant_id if visitor else ""
        if visitor is None or streams[who] >= STREAMS_EACH:
            self.set_status(204)
            return
        self.set_header("Content-Type", "text/event-stream")
        self.set_header("X-Accel-Buffering", "no")
        changed = self._changed = asyncio.Event()
        leave = [
            self.desk.subscribe(visitor.session.id, changed.set),
            self.desk.bell.listen(("participant", who), changed.set),
        ]
        streams[who] += 1
        try:
            await self._follow(changed)
        except StreamClosedError:
            self._is_gone = True
        finally:
            streams.subtract([who])
            if not streams[who]:
                del streams[who]
            for stop in leave:
                stop()

    async def _follow(self, changed: asyncio.Event) -> None:
        seen = ""
        self.write("retry: 2000\n\n")
        while not self._is_gone and not self.desk.leaving:
            now = await self._version()
            self.write(f"data: {now}\n\n" if now != seen else ": still here\n\n")
            await self.flush()
            seen = now
            await asyncio.sleep(PAUSE)
            try:
                await asyncio.wait_for(changed.wait(), HEARTBEAT)
            except TimeoutError:
                continue
            changed.clear()

    async def _version(self) -> str:
        self._known = None
        visitor = await self.visitor()
        return version(self.desk, visitor) if visitor else "gone"

    def on_connection_close(self) -> None:
        """Wake the stream, so that it ends."""
        self._is_gone = True
        if self._changed is not None:
            self._changed.set()
