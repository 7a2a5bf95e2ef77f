"""How soon the projector has what the trainer shows, once a room has answered."""

from __future__ import annotations

import asyncio

from benchmarks.contestants import EXERCISE, Contestant
from benchmarks.storm import answers, hang_up, storm
from e2e.browsers import chromium
from e2e.room import NOTE_WHEN_PRESSED, NOTE_WHEN_SEEN
from e2e.story import Trainer
from e2e.watch import Watch
from playwright.sync_api import sync_playwright

TIMES = 5


async def _answered(where: Contestant, people: int) -> None:
    _, phones = await storm(where, people)
    await answers(phones, 1.0)
    hang_up(phones)


def shown(where: Contestant, people: int) -> list[float]:
    """Return the seconds between the trainer's press and the picture, several times."""
    asyncio.run(_answered(where, people))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium())
        trainer = Trainer(browser, where.url, Watch())
        trainer.sign_in()
        trainer.enter("Proef")
        took = [_press(trainer) for _ in range(TIMES)]
        browser.close()
    return took


def _press(trainer: Trainer) -> float:
    screen = trainer.screen.locator("body")
    screen.evaluate(NOTE_WHEN_SEEN, "figure")
    button = trainer.button("show", EXERCISE)
    button.evaluate(NOTE_WHEN_PRESSED)
    node = button.element_handle()
    button.click()
    pressed = node.evaluate("(button) => button.pressedAt")
    seen = screen.evaluate("async (body) => await body.seenAt")
    trainer.press("hide", EXERCISE)
    trainer.screen.locator("figure").wait_for(state="detached")
    return float(seen - pressed) / 1000
