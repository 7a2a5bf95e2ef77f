"""Copies while the server runs: a broken disk or database costs a few minutes."""

from __future__ import annotations

import asyncio
import logging
import time
from pathlib import Path

from ..copies import CopyError
from ..store import Store

LOOK = 15_000  # milliseconds
log = logging.getLogger("workbook")


class AutomaticCopies:
    """Makes a copy when something changed, at most every so many minutes."""

    def __init__(self, store: Store, keys: Path, minutes: float) -> None:
        self._store = store
        self._pause = minutes * 60
        self._last = time.monotonic()
        self._copied = store.changes
        self._forgotten = 0
        if store.copies:
            store.copies.keys = keys

    async def look(self) -> None:
        """Make a copy if it is time for one, in a thread of its own."""
        copies = self._store.copies
        if copies is None or not self._pause or self._store.changes == self._copied:
            return
        # What was deleted took all copies along: a new one is due at once.
        is_alone = copies.forgotten != self._forgotten
        if not is_alone and time.monotonic() - self._last < self._pause:
            return
        self._last, self._forgotten = time.monotonic(), copies.forgotten
        changes = self._store.changes
        try:
            if await asyncio.to_thread(copies.make, "automatic"):
                self._copied = changes
        except (CopyError, OSError) as error:
            log.error("no copy was made: %s", error)
