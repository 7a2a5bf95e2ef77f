"""What a page hears when something breaks in its kernel: that it did, never what."""

import asyncio

import pytest
from e2e.house import house
from guests import Running
from page_wire import PageWire

WORDS = (b"Traceback", b"KeyError", b"ipywidgets", b"/site-packages/")


@pytest.mark.parametrize("fork", ["yes", "no"])
def test_a_page_hears_no_word_of_an_error(monkeypatch, fork):
    monkeypatch.setenv("WORKBOOK_FORK", fork)

    async def story(served):
        wire = await PageWire.open(served, served.anna, served.anna_s)
        wire.heard = b""
        model = wire.exercises()["opening/first_moved"]
        broken = {"comm_id": model, "data": {"method": "custom"}}
        await wire.say("comm_msg", broken)
        assert await wire.settle()
        assert not [word for word in WORDS if word in wire.heard]
        good = {"first_moved": "self"}
        assert await wire.saved(model, good, seq=1) == {}

    with house() as running:
        asyncio.run(story(Running(running, None)))
