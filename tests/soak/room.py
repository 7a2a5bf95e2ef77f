"""A room that is put to the test: people, faults, and what is left of both."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from soak.faults import Faults, planned, visit_without_forks
from soak.memory import Sample, Trend, measured, trends
from soak.person import Person
from soak.place import Place

SLOW = 24 * 1024  # bytes a second, of every tenth phone
WARM = 0.1  # of the time, before memory is compared
ENOUGH = 9  # samples, however long all else took
AT_ONCE = 6  # that read back at the same time
GRACE = 600.0


@dataclass
class Outcome:
    """What came of it."""

    people: int
    acknowledged: int = 0  # every time that a page said "saved"
    to_keep: int = 0  # answers of which the newest was acknowledged
    stored: int = 0  # and of those, how many a fresh page shows
    lost: list[str] = field(default_factory=list)
    interrupted: int = 0
    silent: list[str] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)
    refused: Counter[int] = field(default_factory=Counter)
    memory: list[Trend] = field(default_factory=list)
    left: dict[str, object] = field(default_factory=dict)
    log: str = ""


@contextmanager
def place(*options: str) -> Iterator[Place]:
    """Serve from an empty folder, and end what is left of it."""
    # A short path: the address of a local socket has a limit of 107 bytes.
    with tempfile.TemporaryDirectory(prefix="wb-") as folder:
        one = Place(Path(folder), *options)
        try:
            one.begin()
            yield one
        finally:
            if one.process and one.process.poll() is None:
                one.kill()


async def soak(
    where: Place, people: int, seconds: float, seed: int, pace: float
) -> Outcome:
    """Let people take part while things go wrong; the last phones are slow."""
    code = await asyncio.to_thread(where.session)
    await visit_without_forks(where, code)
    before = await asyncio.to_thread(where.left)
    slow = max(1, people // 10)
    room = [
        Person(where.url, number, seed, SLOW if number >= people - slow else 0)
        for number in range(people)
    ]
    faults, samples = Faults(where, room, seed, code), list[Sample]()
    async with asyncio.timeout(seconds + GRACE):
        await asyncio.gather(*(one.come_in(code) for one in room))
        over = asyncio.Event()
        working = [asyncio.ensure_future(one.take_part(over, pace)) for one in room]
        watching = asyncio.ensure_future(_watch(where, samples, faults, seconds))
        await asyncio.gather(
            faults.happen(planned(seed, seconds)), asyncio.sleep(seconds), watching
        )
        over.set()
        await asyncio.gather(*working)
        outcome = await _read_back(where, room)
    outcome.faults, outcome.memory = faults.happened, trends(samples)
    left = await asyncio.to_thread(where.left_when_quiet, before)
    outcome.left, outcome.log = left.more_than(before), where.log
    return outcome


async def _watch(
    where: Place, samples: list[Sample], faults: Faults, seconds: float
) -> None:
    """Measure the last life of the server, once it is warm."""
    began = time.monotonic()
    await faults.last_life.wait()
    await asyncio.sleep(seconds * WARM)
    while time.monotonic() < began + seconds or len(samples) < ENOUGH:
        samples.append(await asyncio.to_thread(measured, where))
        await asyncio.sleep(max(1.0, seconds / 120))


async def _read_back(where: Place, room: list[Person]) -> Outcome:
    """Everybody leaves; then a fresh page is compared with what was acknowledged."""
    outcome = Outcome(len(room))
    few = asyncio.Semaphore(AT_ONCE)

    async def one_by_one(one: Person) -> None:
        async with few:
            found = await _again(where, one)
        outcome.acknowledged += one.ledger.acknowledged
        outcome.to_keep += len(one.ledger.saved)
        outcome.stored += found
        outcome.lost += [f"{one.number}: {text}" for text in one.ledger.lost]
        outcome.interrupted += one.interrupted
        outcome.silent += one.silent
        outcome.refused += one.refused

    await asyncio.gather(*(one_by_one(one) for one in room))
    return outcome


async def _again(where: Place, one: Person) -> int:
    """Open every page anew, at every second person on another device."""
    await one.at("opening")
    await one.leave()
    fresh = one
    if one.number % 2:
        fresh = Person(where.url, one.number, one.seed)
        await fresh.resume(await one.personal_code())
    fresh.ledger = one.ledger
    kept = 0
    for module in sorted({id.partition("/")[0] for id in one.ledger.saved}):
        kept += await fresh.shows(module)
    await fresh.leave()
    for phone in (one, fresh):
        phone.line.close()
    return kept
