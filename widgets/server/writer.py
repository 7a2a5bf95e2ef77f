"""One thread for the database: writes that wait together are committed together."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import queue
import threading
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple, ParamSpec, TypeVar

from ..store import Store, StoreCrossed, StoreError, StoreTrouble, Topic

P = ParamSpec("P")
T = TypeVar("T")
Ring = Callable[[Topic], None]
TROUBLE: Topic = ("trouble", "")
log = logging.getLogger("workbook")
TRIES = 3  # of a call that another replica crosses


class Job(NamedTuple):
    """One call, and who waits for what comes of it."""

    call: Callable[[], Any]
    asker: asyncio.Future[Any]


class Writer:
    """Runs store calls in order, many to a transaction; answers after the commit.

    What a transaction tells of rings in the event loop of who asked.
    """

    def __init__(self, store: Store, ring: Ring = lambda topic: None) -> None:
        self.store = store
        self._ring = ring
        self._trouble = ""
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._closed = False
        self._thread = threading.Thread(target=self._work, name="store", daemon=True)
        self._thread.start()

    async def run(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run one call in the store's thread; its errors come back to the caller."""
        if self._closed:
            raise StoreError("the store is closed")
        asker: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._jobs.put(Job(partial(call, *args, **kwargs), asker))
        return await asker

    def trouble(self) -> str:
        """Return why saving fails now, "" when it works."""
        return self._trouble

    def close(self) -> None:
        """Finish what waits, then end the thread."""
        self._closed = True
        self._jobs.put(None)
        self._thread.join(timeout=10)

    def _work(self) -> None:
        while (first := self._jobs.get()) is not None:
            batch = [first]
            ended = False
            while not self._jobs.empty():
                job = self._jobs.get()
                if job is None:
                    ended = True
                    break
                batch.append(job)
            self._commit(batch)
            if ended:
                return

    def _commit(self, batch: list[Job], tries: int = TRIES) -> None:
        before = self.store.changes
        try:
            with self.store.transaction() as told:
                results = [job.call() for job in batch]
        except Exception as error:
            if len(batch) > 1:
                # One bad call must not take the others with it: each on its own.
                for job in batch:
                    self._commit([job])
            elif isinstance(error, StoreCrossed) and tries > 1:
                self._commit(batch, tries - 1)
            else:
                kind = error.kind if isinstance(error, StoreTrouble) else self._trouble
                _tell(batch, [None], self._ringing(self._note(kind)), error)
            return
        topics = list(told)
        # A full disk can still be read: only what is written shows that it is over.
        if self.store.changes != before or self._trouble == "other":
            topics += self._note("")
        _tell(batch, results, self._ringing(topics))

    def _note(self, trouble: str) -> list[Topic]:
        """Keep why saving fails now, and return what rings when that is news."""
        if trouble == self._trouble:
            return []
        self._trouble = trouble
        log.error("saving: %s", trouble or "works again")
        return [TROUBLE]

    def _ringing(self, topics: list[Topic]) -> Callable[[], None]:
        def ring() -> None:
            for topic in topics:
                self._ring(topic)

        return ring


def _tell(
    batch: list[Job],
    results: list[Any],
    ring: Callable[[], None],
    error: Exception | None = None,
) -> None:
    # One message for all of them: waking the loop costs more than a small read.
    pairs = list(zip((job.asker for job in batch), results, strict=True))
    for loop in {asker.get_loop() for asker, _ in pairs}:
        mine = [pair for pair in pairs if pair[0].get_loop() is loop]
        with contextlib.suppress(RuntimeError):  # it is closed: nobody waits
            loop.call_soon_threadsafe(_settle, mine, ring, error)


def _settle(
    pairs: list[tuple[asyncio.Future[Any], Any]],
    ring: Callable[[], None],
    error: Exception | None,
) -> None:
    ring()
    for asker, result in pairs:
        if asker.done():
            continue  # who asked has left
        if error is not None:
            asker.set_exception(error)
        else:
            asker.set_result(result)
