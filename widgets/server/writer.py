"""One thread for the database: writes that wait together are committed together."""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, ParamSpec, TypeVar

from ..store import Store, StoreError

P = ParamSpec("P")
T = TypeVar("T")

_Job = tuple[Callable[[], Any], "Future[Any]"]


class Writer:
    """Runs store calls in order, many to a transaction; answers after the commit."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._closed = False
        self._thread = threading.Thread(target=self._work, name="store", daemon=True)
        self._thread.start()

    async def run(self, call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run one call in the store's thread; its errors come back to the caller."""
        if self._closed:
            raise StoreError("the store is closed")
        job: Future[T] = Future()
        self._jobs.put((lambda: call(*args, **kwargs), job))
        return await asyncio.wrap_future(job)

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

    def _commit(self, batch: list[_Job]) -> None:
        try:
            with self.store.transaction():
                results = [call() for call, _ in batch]
        except Exception as error:
            if len(batch) == 1:
                _settle(batch[0][1], error=error)
                return
            # One bad call must not take the others with it: each on its own.
            for job in batch:
                self._commit([job])
            return
        for (_, future), result in zip(batch, results, strict=True):
            _settle(future, result=result)


def _settle(
    future: Future[Any], *, result: Any = None, error: Exception | None = None
) -> None:
    if not future.set_running_or_notify_cancel():
        return
    if error is not None:
        future.set_exception(error)
    else:
        future.set_result(result)
