"""Many phones press "join" at the same moment."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Awaitable
from typing import Any

from benchmarks.contestants import ANSWER, EXERCISE, Contestant

from widgets.phone import Phone
from widgets.phone_page import PhoneError


def spread(seconds: list[float]) -> dict[str, float]:
    """The middle, the 95th percentile and the worst, in seconds; {} of nothing."""
    if not seconds:
        return {}
    if len(seconds) == 1:
        return dict.fromkeys(("p50", "p95", "max"), seconds[0])
    cuts = statistics.quantiles(seconds, n=20, method="inclusive")
    return {"p50": cuts[9], "p95": cuts[18], "max": max(seconds)}


async def storm(
    where: Contestant, people: int, files: tuple[str, ...] = ()
) -> tuple[dict[str, Any], list[Phone]]:
    """Let everybody in at once; returns what it took, and the phones that are in.

    Args:
        files: what every phone fetches besides the page, as one that has nothing yet.
    """
    memory, cpu = where.memory(), where.cpu()
    phones = [Phone(where.url) for _ in range(people)]
    took = await asyncio.gather(*(_timed(enter(one, where, files)) for one in phones))
    inside = [one for one, time in zip(phones, took, strict=True) if time is not None]
    spent = where.cpu() - cpu
    await asyncio.sleep(2)
    return {
        "people": people,
        "inside": len(inside),
        "seconds": spread([time for time in took if time is not None]),
        "cpu_per_join": spent / people,
        "memory_each": (where.memory() - memory) / max(1, len(inside)),
        "private_each": where.private(),
    }, inside


async def enter(phone: Phone, where: Contestant, files: tuple[str, ...] = ()) -> None:
    """Join, where there is a session, and open the page."""
    if where.code:
        await phone.join(where.code)
    await asyncio.gather(phone.open(where.path), *map(phone.ask, files))


async def _timed(doing: Awaitable[None]) -> float | None:
    began = time.perf_counter()
    try:
        await doing
    except PhoneError:
        return None
    return time.perf_counter() - began


async def answers(phones: list[Phone], within: float) -> dict[str, float]:
    """Everybody answers once at an even pace; returns the spread until "saved"."""

    async def one(number: int, phone: Phone) -> float:
        await asyncio.sleep(within * number / len(phones))
        assert phone.page
        return await phone.page.answer(EXERCISE, ANSWER)

    took = await asyncio.gather(*(one(*pair) for pair in enumerate(phones)))
    return spread(list(took))


async def idle(where: Contestant, phones: list[Phone], seconds: float) -> float:
    """The share of one core that quiet phones cost; each looks in every 20 seconds."""

    async def quiet(number: int, phone: Phone) -> None:
        await asyncio.sleep(20 * number / len(phones))
        assert phone.page
        await phone.page.ping(EXERCISE)

    before = where.cpu()
    for _ in range(round(seconds / 20)):
        await asyncio.gather(*(quiet(*pair) for pair in enumerate(phones)))
    return (where.cpu() - before) / seconds


def hang_up(phones: list[Phone]) -> None:
    """Let everybody leave without a word, as phones out of reach."""
    for phone in phones:
        if phone.page:
            phone.page.hang_up()
