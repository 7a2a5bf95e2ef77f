"""A phone with an exercise in front of it in which two people share something."""

import os
from pathlib import Path

from e2e import walk
from playwright.sync_api import Locator, Page, expect

from widgets.content import Language, load, words

LOOK = os.environ.get("WORKBOOK_LOOK")  # a folder, to see what a test sees


class Phone:
    """Somebody with one exercise of the mirror in front of them."""

    name = ""  # of the exercise
    says: tuple[str, ...] = ("card",)  # its words; the last one wins

    def __init__(self, page: Page, url: str, language: Language = "nl") -> None:
        self.page, self.url, self.language = page, url, language
        told = words(language)
        self.said = {
            key: text for part in self.says for key, text in told[part].items()
        }
        self.module, _, self.step = self.name.partition("/")

    @property
    def frame(self) -> Locator:
        """The exercise."""
        return self.page.locator(f'[data-exercise="{self.name}"]')

    def open(self, query: str = "") -> None:
        """Go to its page."""
        place = f"{self.language}/{self.module}{query}#{self.step}"
        self.page.goto(f"{self.url}/{place}")
        walk.at(self.frame)
        expect(self.button("invite")).to_be_visible(timeout=60_000)

    def label(self, field: str) -> str:
        """What a field is called."""
        asked = load().exercise(self.name).fields[field].label
        assert asked
        return asked.in_(self.language)

    def button(self, key: str) -> Locator:
        """A button by its words."""
        return self.frame.get_by_role("button", name=self.said[key], exact=True)

    def invite(self) -> str:
        """Ask a partner for it."""
        self.button("invite").click()
        code = self.frame.locator(".wb-card-code").last
        expect(code).to_be_visible()
        return code.inner_text()

    def code(self, code: str) -> None:
        """Type the code of a partner."""
        self.frame.get_by_label(self.said["code"], exact=True).fill(code)

    def send(self) -> None:
        """Look once more, and send."""
        self.button("look").click()
        self.look("4-last-look")
        self.button("send").click()

    def hears(self, key: str) -> None:
        """The exercise says this."""
        expect(self.frame.get_by_text(self.said[key], exact=True)).to_be_visible()

    def look(self, name: str) -> None:
        """Keep a picture of the exercise, for who wants to see it."""
        if LOOK:
            file = f"{self.step}-{self.language}-{name}.png"
            self.frame.screenshot(path=Path(LOOK) / file)
