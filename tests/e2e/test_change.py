"""Then and now in a browser: on the projector for the group, on a phone for one."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
from e2e import walk
from e2e.house import House
from e2e.serving import Server
from e2e.watch import Watch
from playwright.sync_api import Browser, Page, expect

from widgets.content import load, words
from widgets.invented import Person
from widgets.server.demo import Cohort
from widgets.server.desk import Desk
from widgets.server.trainer import TrainerRole
from widgets.store import Store

pytestmark = pytest.mark.e2e

WALL = {"width": 1920, "height": 1080}
NOW, AGAIN = "plan/where_now", "plan/sorting_again"
SEEN = 36  # pixels of a letter that can be read at 8 metres
SMALL = """(small) => [...document.querySelectorAll(".wb-screen-stage *")]
  .filter((one) => [...one.childNodes].some((node) => node.data?.trim()))
  .filter((one) => one.getClientRects().length && !one.closest(".wb-change-table"))
  .map((one) => [one.textContent, parseFloat(getComputedStyle(one).fontSize)])
  .filter(([, size]) => size < small)"""
OUT = """() => [...document.querySelectorAll(".wb-change :is(p, li, span)")]
  .filter((one) => !one.closest(".wb-change-table"))
  .map((one) => [one.textContent, one.getBoundingClientRect()])
  .filter(([, at]) => at.right > innerWidth || at.bottom > innerHeight || at.left < 0)
  .map(([text, at]) => [text, at.left, at.right, at.bottom])"""


def group(server: Server, language: str = "nl") -> str:
    """A session in which invented people answered twice, and what that shows."""
    store = Store(f"sqlite:///{server.folder / 'workbook.db'}")
    desk = Desk(store, load(), server.url)

    async def story() -> str:
        row = await desk.new_session("Toen en nu", language, "full-day", invented=True)
        role, cohort = TrainerRole(desk, row), Cohort(desk)
        people = [await desk.join(row.code, language, True) for _ in range(11)]
        both = ("opening/starting_point", NOW, "difference/sorting", AGAIN)
        for name in both:
            await role.command({"do": "open", "exercise": name})
            for number, secret in enumerate(people):
                person = Person(number, seed=1, like_people=False)
                await cohort.answer(secret, load().exercise(name), person)
        for name in (AGAIN, NOW):
            await role.command({"do": "show", "exercise": name})
        return row.code

    # Playwright keeps a loop of its own in this thread.
    with ThreadPoolExecutor() as apart:
        code = apart.submit(asyncio.run, story()).result()
    desk.close()
    store.close()
    return code


@pytest.fixture
def server(served: House) -> Server:
    return Server(served.url, served.folder / "data")


def projector(chrome: Browser, server: Server, code: str, watch: Watch) -> Page:
    page = walk.sign_in(chrome, server, "nl", viewport=WALL)
    watch.over(page.context)
    page.goto(f"{server.url}/trainer/{code}/screen")
    page.locator(".wb-change").wait_for(timeout=60_000)
    return page


def test_the_room_sees_how_unsure_a_change_is(
    chrome: Browser, server: Server, watch: Watch
) -> None:
    page = projector(chrome, server, group(server), watch)
    said = words("nl")["result"]
    for _ in "LRZ":
        for word in ("95%-interval", "voor- én nameting", "van 11 aanwezigen"):
            expect(page.locator(".wb-change-text")).to_contain_text(word)
        expect(page.get_by_text(said["misleading"])).to_be_visible()
        expect(page.locator(".wb-misleading li")).to_have_count(6)
        drawing = page.locator(".wb-change-drawing")
        expect(drawing).to_have_attribute("role", "img")
        told = str(drawing.get_attribute("aria-label"))
        assert "95%-interval" in told and "Gemiddelde toen" in told
        wide = page.locator(".wb-interval").bounding_box()
        dot = page.locator(".wb-line-change .wb-dot").bounding_box()
        assert wide and dot and wide["width"] > 3 * dot["width"]
        assert page.evaluate(SMALL, SEEN - 0.5) == []
        assert page.evaluate(OUT) == []
        page.keyboard.press("PageDown")


def test_one_person_sees_three_pairs_of_dots(
    chrome: Browser, server: Server, watch: Watch
) -> None:
    page = walk.come_in(chrome, server, server.session("self-study"))
    watch.over(page.context)
    for module, point in (("opening", 2), ("plan", 3)):
        walk.open_module(page, server, "nl", module)
        scale = page.locator(".wb-frame").filter(has=page.locator(".wb-scale"))
        walk.at(scale)
        for item in scale.locator(".wb-item").all():
            item.locator("input").nth(point).check(force=True)
        walk.saved(scale)
    own = scale.locator(".wb-own-pairs")
    expect(own.get_by_text("Lager uitkomen dan eerder is heel gewoon")).to_be_visible()
    expect(own.locator(".wb-dot-before")).to_have_count(3)
    expect(own.locator(".wb-dot-now")).to_have_count(3)
    # Of three, four and five items one counts the other way round.
    for number, text in enumerate(("3,0, ● nu 3,5", "3,0, ● nu 3,3", "3,0, ● nu 3,6")):
        expect(own.locator("li").nth(number)).to_contain_text(f"○ eerder {text}")
    feedback = scale.locator(".wb-feedback")
    expect(feedback).to_contain_text("0,20 tot 0,33 punt")
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= walk.PHONE["width"]
