"""In a real browser: when its replica goes, a page goes on elsewhere by itself."""

import asyncio
from collections.abc import Iterator

import pytest
from deploy.fleet import Fleet, Replica, fleet
from e2e.browsers import chromium
from playwright.sync_api import Locator, Page, expect, sync_playwright

from widgets.content import words
from widgets.phone import Phone

pytestmark = pytest.mark.e2e
WISH = "Rustig blijven"
SAID = words("nl")["frame"]
LONG = 60_000  # milliseconds, for a page and its kernel


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


@pytest.fixture
def wish(running: Fleet, page: Page) -> Locator:
    """A text that is saved, on a page at one of the two replicas."""
    page.goto(f"{running.url}/nl/opening")
    one = page.get_by_label("Mijn leerwens")
    one.fill(WISH, timeout=LONG)
    is_saved(page)
    return one


def sides(running: Fleet) -> list[Replica]:
    """The replica that the page is at, and the other one."""
    here, there = sorted(running.replicas, key=Replica.kernels, reverse=True)
    assert here.kernels() and not there.kernels()
    return [here, there]


def is_saved(page: Page) -> None:
    expect(page.get_by_text(SAID["save_saved"]).first).to_be_visible(timeout=LONG)


def test_a_page_goes_on_elsewhere_with_what_was_typed(
    running: Fleet, page: Page, wish: Locator
) -> None:
    here, there = sides(running)
    with page.expect_event("load", timeout=LONG):
        here.tell_to_go()
    expect(wish).to_have_value(WISH, timeout=LONG)
    assert there.kernels() == 1
    assert here.process and here.process.wait(30) == 0


def test_a_page_keeps_its_text_while_one_and_then_both_are_killed(
    running: Fleet, page: Page, wish: Locator
) -> None:
    here, there = sides(running)
    with page.expect_event("load", timeout=LONG):
        here.kill()
        wish.fill("Na één slag")
    is_saved(page)
    expect(wish).to_have_value("Na één slag")
    there.kill()
    wish.fill("Na twee slagen")
    expect(page.get_by_text(SAID["save_waiting"]).first).to_be_visible(timeout=LONG)
    here.start(running.url)
    with page.expect_event("load", timeout=LONG):
        here.wait()
    is_saved(page)
    expect(wish).to_have_value("Na twee slagen")
    page.reload()
    expect(wish).to_have_value("Na twee slagen", timeout=LONG)
