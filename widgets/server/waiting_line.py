"""Who waits for a kernel when the machine is full: first come, first served."""

from __future__ import annotations

import time
from collections.abc import Callable

# A phone in the line asks every few seconds; one that went away loses its place.
PATIENCE = 15.0


class TooManyKernels(Exception):
    """The machine has no room for one more kernel now.

    Args:
        ahead: how many come first; 0 when this one is the next.
    """

    def __init__(self, ahead: int = 0) -> None:
        super().__init__(f"{ahead} come first")
        self.ahead = ahead


class WaitingLine:
    """The owners that wait, in the order in which they came."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._heard: dict[str, float] = {}

    def __len__(self) -> int:
        """How many wait."""
        return len(self._heard)

    def ahead(self, owner: str, free: int) -> int | None:
        """Return how many come before an owner; None when it is their turn.

        Args:
            free: how many kernels there is room for now, 0 or more.
        """
        now = self._clock()
        self._heard = {
            name: heard for name, heard in self._heard.items() if now - heard < PATIENCE
        }
        self._heard[owner] = now  # who waits already keeps their place
        place = list(self._heard).index(owner)
        return None if place < free else place - free

    def leave(self, owner: str) -> None:
        """Let an owner out of the line: they are in, or gone."""
        self._heard.pop(owner, None)
