"""A phone's page notices what a browser's would, and waits for nobody dead."""

import asyncio

import pytest
from e2e.house import house
from e2e.serving import Server

from widgets.phone import Phone
from widgets.phone_page import PhoneError

EXERCISE, ANSWER = "opening/first_moved", {"first_moved": "both"}
LATER = {"first_moved": "none"}


@pytest.fixture(params=["yes", "no"], ids=["forked", "started"])
def served(request, monkeypatch):
    monkeypatch.setenv("WORKBOOK_FORK", request.param)
    with house() as served:
        yield served


def test_a_page_whose_kernel_died_is_over_and_a_new_one_shows_what_was_saved(served):
    code = Server(served.url, served.folder / "data").session("self-study")

    async def story():
        phone = Phone(served.url)
        await phone.join(code)
        page = await phone.open("/nl/opening")
        await page.answer(EXERCISE, ANSWER)
        served.kernel(page.kernel).kill()
        async with asyncio.timeout(20):
            while page.is_open:
                await asyncio.sleep(0.05)
            with pytest.raises(PhoneError):
                await page.answer(EXERCISE, LATER)
        page = await phone.open("/nl/opening")
        assert page.state(EXERCISE)["value"] == ANSWER
        await page.answer(EXERCISE, LATER)
        await phone.leave()

    asyncio.run(story())


def test_a_page_that_was_left_is_not_open(served):
    code = Server(served.url, served.folder / "data").session("self-study")

    async def story():
        phone = Phone(served.url)
        await phone.join(code)
        page = await phone.open("/nl/opening")
        assert page.is_open
        page.hang_up()
        assert not page.is_open

    asyncio.run(story())
