"""Processes are killed while everybody answers: what was saved stays saved."""

import asyncio
import random
import time

import psutil
import pytest
from benchmarks.contestants import EXERCISE, PAGE, Contestant
from benchmarks.storm import enter, hang_up
from e2e.house import house
from e2e.serving import Server

from widgets.phone import Phone
from widgets.phone_page import PhoneError
from widgets.server.forks import Forks

PEOPLE = 30
VALUES = ("self", "other", "both", "none")
AGAIN = 5.0  # seconds until everybody can save again
LONGEST = 60.0

pytestmark = pytest.mark.skipif(not Forks.is_possible(), reason="kernels are forked")


@pytest.fixture
def served():
    with house() as served:
        yield served


@pytest.fixture
def where(served):
    code = Server(served.url, served.folder / "data").session()
    root = psutil.Process(served.process.pid)
    return Contestant("workbook", served.url, f"/nl/{PAGE}", root, code)


class Person:
    """Somebody who goes on answering, and opens the page again when it breaks off."""

    def __init__(self, where):
        self.where = where
        self.phone = Phone(where.url)
        self.saved = {}
        self.tried = {}
        self.lost = []
        self.moments = []

    async def enter(self):
        await enter(self.phone, self.where)

    async def answer(self, times):
        """Answer until so many answers are saved."""
        while times:
            self.tried = {"first_moved": random.choice(VALUES)}
            try:
                await self.phone.page.answer(EXERCISE, self.tried)
                self.saved = self.tried
                self.moments.append(time.monotonic())
                times -= 1
            except PhoneError:
                await self.come_back()
            await asyncio.sleep(0.05)

    def first_after(self, moment):
        """The seconds from a moment until the first answer that was saved after it."""
        return min(saved for saved in self.moments if saved > moment) - moment

    async def come_back(self):
        async with asyncio.timeout(LONGEST):
            page = await self.phone.open(self.where.path)
        # What was under way when it broke off may have arrived or not.
        found = page.state(EXERCISE)["value"]
        if found not in (self.saved, self.tried):
            self.lost.append((found, self.saved, self.tried))
        self.saved = found


def fork_server(served):
    return next(
        one
        for one in psutil.Process(served.process.pid).children()
        if "widgets.fork_server" in one.cmdline() and not one.name().startswith("wb-")
    )


async def come(one):
    """Somebody joins and answers; when the page breaks off, they open it again."""
    try:
        await one.enter()
    except PhoneError:
        await one.come_back()
    await one.answer(1)


async def _room(where, kill):
    """Half of the room answers all the time, and the other half comes in meanwhile."""
    began = time.monotonic()
    people = [Person(where) for _ in range(PEOPLE)]
    early, late = people[::2], people[1::2]
    await asyncio.gather(*map(come, early))
    took = time.monotonic() - began  # without trouble, for half of them
    busy = [asyncio.ensure_future(one.answer(12)) for one in early]
    coming = [asyncio.ensure_future(come(one)) for one in late]
    await asyncio.sleep(0.3)
    killed, then = kill(), time.monotonic()
    await asyncio.gather(*busy, *coming)
    # On a machine that does much else everything takes longer: by what it took before.
    slowest = max(one.first_after(then) for one in people)
    assert slowest < max(AGAIN, 6 * took)
    for one in people:  # a page that is opened anew shows what was saved last
        await one.come_back()
    hang_up([one.phone for one in people])
    assert [one.lost for one in people if one.lost] == []
    assert all(one.saved for one in people)
    return killed


def test_the_fork_server_is_killed(served, where):
    def kill():
        found = fork_server(served)
        found.kill()
        return found

    killed = asyncio.run(_room(where, kill))
    assert not killed.is_running() or killed.status() == psutil.STATUS_ZOMBIE


def test_half_of_all_kernels_are_killed(served, where):
    def kill():
        kernels = served.kernels()
        for kernel in kernels[::2]:
            kernel.kill()
        return len(kernels[::2])

    assert asyncio.run(_room(where, kill)) >= PEOPLE / 4


def test_one_kernel_is_killed(served, where):
    def kill():
        served.kernels()[-1].kill()

    asyncio.run(_room(where, kill))


def test_of_a_storm_that_loses_kernels_everybody_is_in(served, where):
    async def story():
        people = [Person(where) for _ in range(PEOPLE)]
        entering = [asyncio.ensure_future(come(one)) for one in people]
        while not (kernels := served.kernels()):
            await asyncio.sleep(0.02)
        for kernel in kernels[::2]:
            kernel.kill()
        await asyncio.gather(*entering)
        assert all(one.saved for one in people)

    asyncio.run(story())
