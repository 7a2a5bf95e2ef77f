"""More people than there is room for: they wait in line, and all come in."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from random import Random

from soak.person import FULL, Person
from soak.place import Place

TURNS = 3  # that somebody does before they make room
GRACE = 600.0


@dataclass
class Crowd:
    """What came of it."""

    people: int
    pages: int
    waited: int = 0
    inside: int = 0
    most: int = 0  # kernels at one moment
    refused: Counter[int] = field(default_factory=Counter)
    silent: list[str] = field(default_factory=list)
    log: str = ""


async def crowd(where: Place, people: int, pages: int, seed: int) -> Crowd:
    """Let everybody come at once to a server with room for so many pages."""
    code = await asyncio.to_thread(where.session)
    found = Crowd(people, pages)
    room = [Person(where.url, number, seed) for number in range(people)]
    counting = asyncio.ensure_future(_count(where, found))
    async with asyncio.timeout(GRACE):
        await asyncio.gather(*(_visit(one, code, found) for one in room))
    counting.cancel()
    for one in room:
        found.refused += one.refused
        found.silent += one.silent
        found.waited += one.refused[FULL] > 0
    found.log = where.log
    return found


async def _visit(one: Person, code: str, found: Crowd) -> None:
    await one.come_in(code)
    await one.at("opening")
    for turn in range(TURNS):
        await one.turn(Random(f"{one.seed}/{one.number}/{turn}"), turn)
    found.inside += bool(one.ledger.acknowledged)
    await one.leave()
    one.line.close()


async def _count(where: Place, found: Crowd) -> None:
    while True:
        found.most = max(found.most, len(await asyncio.to_thread(where.room)))
        await asyncio.sleep(0.5)
