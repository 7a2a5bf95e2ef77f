"""The page of whoever waits, from a real server with room for two pages."""

import asyncio

import pytest
from e2e.house import house
from guests import Running, connect, end

from widgets.content import words

SAID = words("nl")["waiting"]


@pytest.fixture(scope="module")
def served():
    with house("--max-pages", "2") as running:
        yield Running(running, None)  # anna and bram have a page


@pytest.fixture(autouse=True)
def pages_are_open():
    """Nobody's page is opened anew here: there is room for two, and others wait."""


def asked(browser):
    return browser.get("waiting?language=nl").json()


def test_who_comes_third_waits_and_gets_in_when_one_leaves(served):
    cor, daan = served.participant(), served.participant()

    async def story():
        lines = [
            await connect(served, served.anna, served.anna_s),
            await connect(served, served.bram, served.bram_s),
        ]
        for browser, place in ((cor, SAID["next"]), (daan, "Nog 1 voor je.")):
            page = browser.get("nl/opening")
            assert (page.status_code, page.headers["Retry-After"]) == (503, "5")
            assert SAID["title"] in page.text
            assert place in page.text
            assert asked(browser) == {"ready": False, "text": place}
        assert daan.get("en/opening").status_code == 503
        assert daan.get("en/").status_code == 200  # plain pages serve everybody
        assert end(served.anna, served.anna_s) in (200, 204)
        assert not asked(daan)["ready"]
        assert asked(cor)["ready"]
        assert served.open(cor)
        assert asked(daan) == {"ready": False, "text": SAID["next"]}
        for line in lines:
            line.close()

    asyncio.run(story())


def test_a_stranger_has_no_place_in_the_line(served):
    assert served.browser().get("waiting").status_code == 303
