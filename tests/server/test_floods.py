"""Floods: more than a page can say, and answers that nobody reads."""

import asyncio
import contextlib
import random

import httpx
import psutil
import pytest
from page_wire import PageWire, saves_what_is_honest
from tornado.websocket import WebSocketClosedError

from widgets.server.app import MOST_BYTES
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


FORMS = ["", "join/{}", "resume", "me/import", "choice", "trainer"]


@pytest.mark.parametrize("form", FORMS)
def test_ten_megabytes_are_refused_like_any_nonsense(served, form):
    evil = served.participant()
    data = {"code": "x" * 10 * 2**20}
    found = evil.post(form.format(served.code), data=data)
    assert found.status_code < 500
    assert len(found.text) < 100_000


def test_more_than_that_is_not_even_read(served):
    evil, before = served.participant(), memory(served)
    for _ in range(3):
        with contextlib.suppress(httpx.TransportError):  # the line is closed meanwhile
            file = {"file": ("x.json", b"x" * (MOST_BYTES + 1))}
            assert evil.post("me/import", files=file).status_code == 400
    assert memory(served) - before < 10
    assert served.anna.get("nl/").status_code == 200


def test_a_photo_instead_of_a_workbook_is_told_kindly(served):
    person = served.participant()
    file = {"file": ("photo.jpg", b"\xff\xd8" + bytes(8 * 2**20))}
    found = person.post("me/import", files=file)
    assert found.status_code == 422
    assert "<h1" in found.text
