"""How much a page may send to its kernel: what people do passes, a flood does not."""

from __future__ import annotations

import time

BURST, PER_SECOND = 300, 30  # messages; somebody who types sends two a second
BYTES, BYTES_PER_SECOND = 4 * 2**20, 256 * 1024


class Bucket:
    """Holds so much, and is filled again as time goes by."""

    def __init__(self, size: float, per_second: float) -> None:
        self._size = self._left = size
        self._rate = per_second
        self._at = time.monotonic()

    def take(self, amount: float) -> bool:
        """Take an amount out; False, and nothing is taken, when there is less."""
        now = time.monotonic()
        self._left = min(self._size, self._left + (now - self._at) * self._rate)
        self._at = now
        if amount > self._left:
            return False
        self._left -= amount
        return True


class Pace:
    """Tells whether a page keeps to what a page needs."""

    def __init__(self) -> None:
        self._messages = Bucket(BURST, PER_SECOND)
        self._bytes = Bucket(BYTES, BYTES_PER_SECOND)

    def allows(self, frame: str | bytes) -> bool:
        """Count one message; False when there are too many of them."""
        return self._messages.take(1) and self._bytes.take(len(frame))
