"""In a real browser: when its replica goes, a page goes on at the other by itself."""

import asyncio
from collections.abc import Iterator

import pytest
from deploy.fleet import Fleet, fleet
from e2e.browsers import chromium
from playwright.sync_api import Page, expect, sync_playwright

from widgets.phone import Phone

pytestmark = pytest.mark.e2e
WISH = "Rustig blijven"


@pytest.fixture
def running() -> Iterator[Fleet]:
    with fleet() as one:
        yield one


@pytest.fixture
def cookies(running: Fleet) -> dict[str, str]:
    """What the browser of somebody who is in has."""

    async def join() -> dict[str, str]:
        phone = Phone(running.url)
        await phone.join(running.session("self-study"))
        return phone._cookies

    return asyncio.run(join())  # before Playwright has a loop of its own


@pytest.fixture
def page(running: Fleet, cookies: dict[str, str]) -> Iterator[Page]:
    with sync_playwright() as player:
        browser = player.chromium.launch(**chromium())
        context = browser.new_context(ignore_https_errors=True, locale="nl-NL")
        context.add_cookies(
            [
                {"name": name, "value": value, "url": running.url}
                for name, value in cookies.items()
            ]
        )
        yield context.new_page()
        browser.close()


def test_a_page_goes_on_elsewhere_with_what_was_typed(running: Fleet, page: Page):
    page.goto(f"{running.url}/nl/opening")
    wish = page.get_by_label("Mijn leerwens")
    wish.fill(WISH, timeout=60_000)
    expect(page.get_by_text("Bewaard").first).to_be_visible(timeout=30_000)
    (here,) = [one for one in running.replicas if one.kernels()]
    (there,) = [one for one in running.replicas if one is not here]
    with page.expect_event("load", timeout=60_000):
        here.tell_to_go()
    expect(wish).to_have_value(WISH, timeout=60_000)
    assert there.kernels() == 1
    assert here.process and here.process.wait(30) == 0
