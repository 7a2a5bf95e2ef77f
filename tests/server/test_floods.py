"""Floods: more than a page can say, and answers that nobody reads."""

import asyncio
import contextlib
import random

import psutil
import pytest
from page_wire import PageWire, saves_what_is_honest
from tornado.websocket import WebSocketClosedError

from widgets.server.forks import Forks

pytestmark = pytest.mark.skipif(
    not Forks.is_possible(), reason="this system starts every kernel the ordinary way"
)

REFUSED = "a frame was refused"


def memory(served):
    return psutil.Process(served.house.process.pid).memory_info().rss / 2**20


def test_a_flood_ends_its_own_line_and_a_new_line_does_not_help(served):
    evil = served.participant()
    kernel = served.open(evil)
    before = served.house.log.count(REFUSED)

    async def story():
        other = await PageWire.open(served, served.bram, served.bram_s)
        wire = await PageWire.open(served, evil, kernel)
        with contextlib.suppress(WebSocketClosedError):
            for _ in range(5000):
                await wire.say("comm_info_request", {})
        assert await wire.is_closed()
        again = await PageWire.bare(served, evil, kernel)
        with contextlib.suppress(WebSocketClosedError):
            for _ in range(100):
                await again.say("comm_info_request", {})
        assert await again.is_closed()
        assert await other.settle()

    asyncio.run(story())
    assert served.house.log.count(REFUSED) <= before + 2
    asyncio.run(saves_on_a_new_page(served, evil))


async def saves_on_a_new_page(served, browser):
    wire = await PageWire.open(served, browser, served.open(browser))
    await saves_what_is_honest(wire, random.Random(5))


def test_who_asks_and_does_not_listen_loses_the_line(served):
    evil = served.participant()
    kernel = served.open(evil, "nl/exchange")

    async def story():
        wire = await PageWire.open(served, evil, kernel)
        before = memory(served)
        ask = {"comm_id": wire.control, "data": {"method": "request_states"}}
        with contextlib.suppress(WebSocketClosedError):
            for _ in range(290):
                await wire.say("comm_msg", ask)
        await asyncio.sleep(2)
        assert memory(served) - before < 40
        assert await wire.is_closed()

    asyncio.run(story())
    asyncio.run(saves_on_a_new_page(served, evil))
