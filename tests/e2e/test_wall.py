"""Markup and scripts that are sent to the wall are read there, and never run."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from e2e.house import House
from e2e.story import Trainer
from e2e.watch import Watch
from guests import Running
from hostile import LEGITIMATE
from page_wire import PageWire
from playwright.sync_api import Browser, Page, expect

from widgets.content import load

pytestmark = pytest.mark.e2e

WISH = "opening/learning_wish"
NAMES = ("markup", "closing", "entities", "jinja", "script urls", "right to left")
ALARM = """() => {
    window.ran = [];
    window.alert = (what) => window.ran.push(what);
}"""


async def post(served: Running, browser: httpx.Client, text: str) -> None:
    """Keep a text and send it to the wall, as a phone does."""
    kernel = served.open(browser)
    wire = await PageWire.open(served, browser, kernel)
    model = wire.exercises()[WISH]
    assert await wire.saved(model, {"wish": text}, seq=1) == {}
    await wire.custom(model, {"do": "post", "field": "wish"})
    while wire.states[model]["wall"].get("wish") != "queued":
        await wire.hear()


async def all_post(served: House, code: str, texts: list[str]) -> None:
    """Let as many people as there are texts send one each."""
    room = Running(served, None)
    room.code = code
    for text in texts:
        await post(room, room.participant(), text)


def harmless(page: Page) -> None:
    """Nothing ran, and nothing that was typed became an element."""
    assert page.evaluate("window.ran") == []
    for odd in ("main b:has-text('vet')", "img[src=x]", "svg[onload]", "iframe"):
        expect(page.locator(odd)).to_have_count(0)


def test_what_is_sent_to_the_wall_never_runs(
    served: House, chrome: Browser, watch: Watch
) -> None:
    field = load().exercise(WISH).fields["wish"]
    texts = [LEGITIMATE[name][: field.max_length].strip() for name in NAMES]
    trainer = Trainer(chrome, served.url, watch)
    trainer.context.add_init_script(f"({ALARM})()")
    trainer.sign_in()
    trainer.make_session("Wand", "half-day")
    trainer.press("open", WISH)
    with ThreadPoolExecutor(1) as elsewhere:  # the browser has the loop of this thread
        elsewhere.submit(asyncio.run, all_post(served, trainer.code, texts)).result()
    for text in texts:
        card = trainer.page.get_by_role("listitem").filter(has_text=text)
        card.get_by_role("button", name=trainer.words["control"]["approve"]).click()
        expect(
            card.get_by_role("button", name=trainer.words["control"]["approve"])
        ).to_be_hidden()
    trainer.press("view_wall")
    shown = trainer.screen.locator(".wb-screen-wall li")
    expect(shown.first).to_be_visible()
    assert sorted(shown.all_inner_texts()) == sorted(texts)
    for page in (trainer.page, trainer.screen):
        harmless(page)
