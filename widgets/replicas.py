"""What replicas on one PostgreSQL say to each other, by its own LISTEN and NOTIFY.

A notice names who tells and a topic: a kind and an id. Never what somebody wrote.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import sqlalchemy as sa

Topic = tuple[str, str]
CHANNEL = "workbook"
TELL = sa.text(
    "SELECT pg_notify(:channel, told) FROM unnest(CAST(:told AS text[])) AS told"
)
TURN = sa.text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))")
# Each listener holds a lock that all may share: its mark can be seen while it is there,
# and no longer.
MARKS = 7_315_863
BEAR = "SELECT pg_advisory_lock_shared(%s, %s)"
STRANGERS = sa.text(
    "SELECT objid FROM pg_locks WHERE locktype = 'advisory' AND classid = :marks "
    "AND objsubid = 2 AND objid <> :mark AND database = "
    "(SELECT oid FROM pg_database WHERE datname = current_database())"
)
# Who listens says nothing: without these a line that was cut would never be missed.
ALIVE = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3}
LONGEST_PAUSE = 10.0
log = logging.getLogger("workbook")


def tell(db: sa.Connection, replica: str, topics: Collection[Topic]) -> None:
    """Tell the other replicas of some topics, if this transaction commits."""
    told = [f"{replica} {kind} {name}" for kind, name in topics]
    db.execute(TELL, {"channel": CHANNEL, "told": told})


@contextmanager
def turn(url: sa.URL, name: str) -> Iterator[None]:
    """Let no other replica take this turn until the block ends; waits for it."""
    # A connection of its own: who waits here keeps no write waiting.
    with sa.create_engine(url, poolclass=sa.NullPool).begin() as db:
        db.execute(TURN, {"name": name})
        yield


def strangers(mark: int) -> sa.Executable:
    """Return what finds the replicas that bear another mark."""
    return STRANGERS.bindparams(marks=MARKS, mark=mark)


class Listener:
    """Hears what other replicas tell, and comes back by itself when it was cut off."""

    def __init__(
        self,
        url: sa.URL,
        who: tuple[str, int],
        heard: Callable[[Topic], None],
        missed: Callable[[], None],
    ) -> None:
        """Call `heard` per topic, and `missed` when anything may have been told.

        Args:
            who: the replica, which does not hear itself, and the mark it bears.
        """
        place = url.translate_connect_args(username="user", database="dbname")
        self._options: dict[str, Any] = {**ALIVE, **place, **url.query}
        (self._replica, self._mark), self._heard, self._missed = who, heard, missed
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Listen from now on, in the event loop that runs; returns at once."""
        self._task = asyncio.ensure_future(self._stay())

    def stop(self) -> None:
        """Listen no more."""
        if self._task is not None:
            self._task.cancel()

    async def _stay(self) -> None:
        pause = 0.0
        while True:
            try:
                async with await self._connect() as db:
                    await db.execute(BEAR, (MARKS, self._mark))
                    await db.execute(f"LISTEN {CHANNEL}")
                    self._missed()
                    pause = 0.0
                    async for notice in db.notifies():
                        self._take(notice.payload)
            except psycopg.Error as error:
                log.warning(
                    "other replicas are not heard now: %s", type(error).__name__
                )
            await asyncio.sleep(pause)
            pause = min(LONGEST_PAUSE, 2 * pause + 0.5)

    async def _connect(self) -> psycopg.AsyncConnection:
        return await psycopg.AsyncConnection.connect(autocommit=True, **self._options)

    def _take(self, notice: str) -> None:
        teller, kind, name = notice.split(" ", 2)
        if teller != self._replica:
            self._heard((kind, name))
