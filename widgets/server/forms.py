"""What every form of the pages needs: its origin, one effect per click, a brake."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from tornado.httputil import HTTPServerRequest


def is_same_origin(request: HTTPServerRequest) -> bool:
    """Tell whether a write comes from a page of ours (or from no browser at all)."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    # Every browser names the origin of a write; a script without one rides on
    # nobody's cookies.
    return origin is None or urlsplit(origin).netloc == request.host


def safe_path(wanted: str, base_url: str, default: str) -> str:
    """Return the wanted path when it stays on this site, else the default."""
    is_plain = wanted.isprintable() and "\\" not in wanted
    is_ours = wanted.startswith(base_url) and not wanted.startswith("//")
    return wanted if is_plain and is_ours else default


class Throttle:
    """Counts wrong tries per address and says when it is enough for now."""

    def __init__(self, limit: int, seconds: float) -> None:
        self._limit = limit
        self._seconds = seconds
        self._tries: dict[str, deque[float]] = {}

    def is_full(self, address: str) -> bool:
        """Tell whether this address has to wait."""
        return len(self._recent(address)) >= self._limit

    def count(self, address: str) -> None:
        """Remember one wrong try."""
        for other in list(self._tries):
            if not self._recent(other):
                del self._tries[other]
        self._tries.setdefault(address, deque()).append(time.monotonic())

    def _recent(self, address: str) -> deque[float]:
        tries = self._tries.get(address, deque())
        while tries and tries[0] < time.monotonic() - self._seconds:
            tries.popleft()
        return tries


class Once:
    """Gives every sending of one form the same result: a double click does it once."""

    def __init__(self, seconds: float = 60) -> None:
        self._seconds = seconds
        self._done: dict[str, asyncio.Future[Any]] = {}

    @staticmethod
    def token() -> str:
        """Return what a form carries to be known by."""
        return secrets.token_urlsafe(16)

    async def do(self, token: str, make: Callable[[], Awaitable[Any]]) -> Any:
        """Return the result of `make`, called once per token; no token, no memory."""
        if not token:
            return await make()
        if token not in self._done:
            self._done[token] = asyncio.ensure_future(make())
            loop = asyncio.get_running_loop()
            loop.call_later(self._seconds, self._done.pop, token, None)
        try:
            return await asyncio.shield(self._done[token])
        except Exception:
            self._done.pop(token, None)  # what failed may be tried again
            raise
