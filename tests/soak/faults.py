"""What goes wrong while everybody works: lines are cut and processes killed."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from random import Random

import psutil
from soak.person import Person
from soak.place import Place

CUT, KERNELS, FORKS, SERVER = "lines cut", "kernels", "fork server", "server"
LONGEST_CUT = 20.0
PAUSE = 3.0  # at least, between two
EVERY = 30.0  # seconds; a short soak has them closer together


def planned(seed: int, seconds: float) -> list[tuple[float, str]]:
    """When what goes wrong, in seconds from the beginning.

    The server is killed in the first part: memory is compared over its last life.
    """
    chance = Random(f"{seed}/faults")
    every = min(EVERY, seconds / 9)
    shares = (0.1, 0.2, 0.3) if seconds > 600 else (0.2,)
    found = [(seconds * share, SERVER) for share in shares]
    at, kinds = every, list[str]()
    while at < seconds * 0.9:
        kinds = kinds or chance.sample((CUT, KERNELS, FORKS), 3)
        found.append((at, kinds.pop()))
        at += every * chance.uniform(0.8, 1.2)
    return sorted(found)


class Faults:
    """Does what is planned, and counts it."""

    def __init__(
        self, place: Place, people: list[Person], seed: int, code: str
    ) -> None:
        self.place, self.people, self.code = place, people, code
        self.happened: Counter[str] = Counter()
        self.last_life = asyncio.Event()  # the server is not killed again
        self._chance = Random(f"{seed}/whom")
        self._lines: list[asyncio.Task[None]] = []

    async def happen(self, plan: list[tuple[float, str]]) -> None:
        """Let it happen, each at its time."""
        began = time.monotonic()
        last = max(at for at, kind in plan if kind == SERVER)
        for at, kind in plan:
            await asyncio.sleep(max(PAUSE, began + at - time.monotonic()))
            await self._one(kind)
            if at == last:  # what is loaded only once is loaded before memory counts
                await visit_without_forks(self.place, self.code)
                self.last_life.set()
        await asyncio.gather(*self._lines)

    async def _one(self, kind: str) -> None:
        """Let one thing go wrong."""
        if kind == CUT:
            self._cut()
        elif kind == KERNELS:
            await asyncio.to_thread(self._kill_kernels)
        elif kind == FORKS:
            await asyncio.to_thread(self._kill_fork_server)
        else:
            await asyncio.to_thread(self.place.kill)
            await asyncio.to_thread(self.place.begin)
            self.happened[SERVER] += 1

    def _cut(self) -> None:
        some = self._chance.sample(self.people, max(1, len(self.people) // 3))
        for one in some:
            away = one.line.fail(self._chance.uniform(0.5, LONGEST_CUT))
            self._lines.append(asyncio.ensure_future(away))
        self.happened[CUT] += len(some)

    def _kill_kernels(self) -> None:
        self.happened[KERNELS] += sum(map(_killed, self.place.room()[::2]))

    def _kill_fork_server(self) -> None:
        # Its copy goes on.
        self.happened[FORKS] += sum(map(_killed, self.place.fork_servers()[:1]))


def _killed(process: psutil.Process) -> bool:
    try:
        process.kill()
    except psutil.NoSuchProcess:  # it went by itself, between a look and now
        return False
    return True


async def visit_without_forks(place: Place, code: str) -> None:
    """Come and go while no fork server lives: the kernel is started for this page."""
    dying = asyncio.ensure_future(_hold_down(place))
    visitor = Person(place.url, 0, 0)
    await visitor.come_in(code)
    await visitor.at("opening")
    dying.cancel()
    await visitor.leave()
    visitor.line.close()
    await asyncio.to_thread(place.wait)
    await asyncio.sleep(PAUSE)


async def _hold_down(place: Place) -> None:
    while True:
        for one in await asyncio.to_thread(place.fork_servers):
            _killed(one)
        await asyncio.sleep(0.3)
