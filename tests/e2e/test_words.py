"""A window of words on two phones: chosen, asked for, given while the other is away."""

import os
from pathlib import Path

import pytest
from e2e import walk
from e2e.house import House
from e2e.serving import Server
from e2e.story import Watch
from playwright.sync_api import Browser, Locator, Page, expect

from widgets.content import Language, load, words

pytestmark = pytest.mark.e2e

WINDOW = load().exercise("mirror/words")
LOOK = os.environ.get("WORKBOOK_LOOK")  # a folder, to see what this test sees


class Phone:
    """Somebody with the word window in front of them."""

    def __init__(self, page: Page, url: str, language: Language) -> None:
        self.page, self.url, self.language = page, url, language
        self.said = words(language)["card"] | words(language)["word_window"]

    @property
    def window(self) -> Locator:
        """The exercise."""
        return self.page.locator('[data-exercise="mirror/words"]')

    def open(self, query: str = "") -> None:
        """Go to the page of the mirror."""
        self.page.goto(f"{self.url}/{self.language}/mirror{query}#words")
        walk.at(self.window)
        expect(self.button("invite")).to_be_visible(timeout=60_000)

    def button(self, key: str) -> Locator:
        """A button by its words."""
        return self.window.get_by_role("button", name=self.said[key], exact=True)

    def choose(self, field: str, *labels: str) -> None:
        """Tick words in one of the two lists."""
        asked = WINDOW.fields[field].label
        assert asked
        name = asked.in_(self.language)
        group = self.window.get_by_role("group", name=name, exact=True)
        for label in labels:
            group.get_by_role("checkbox", name=label, exact=True).check(force=True)

    def invite(self) -> str:
        """Ask for words."""
        self.button("invite").click()
        code = self.window.locator(".wb-card-code").last
        expect(code).to_be_visible()
        return code.inner_text()

    def send(self) -> None:
        """Look once more, and send."""
        self.button("look").click()
        self.look("4-last-look")
        self.button("send").click()
        expect(self.window.get_by_text(self.said["done_give"])).to_be_visible()

    def pane(self, key: str) -> Locator:
        """One pane of the window."""
        return self.window.locator(f'[data-pane="{key}"]')

    def look(self, name: str) -> None:
        """Keep a picture of the exercise, for who wants to see it."""
        if LOOK:
            self.window.screenshot(path=Path(LOOK) / f"{self.language}-{name}.png")


@pytest.fixture
def two(served: House, chrome: Browser, watch: Watch) -> list[Phone]:
    server = Server(served.url, served.folder / "data")
    code = server.session("self-study")
    phones: list[Phone] = []
    for language in ("nl", "en"):
        page = walk.come_in(chrome, server, code, language)
        watch.over(page.context)
        phones.append(Phone(page, served.url, language))
    return phones


def test_a_window_of_words(two: list[Phone], served: House) -> None:
    receiver, giver = two
    receiver.open()
    expect(receiver.window.get_by_text(receiver.said["choose_first"])).to_be_visible()
    code = receiver.invite()
    receiver.look("1-invited")
    expect(receiver.window.get_by_text(receiver.said["done_invite"])).to_be_visible()

    # The words wait for a phone that sleeps, and for words of the receiver's own.
    receiver.page.goto("about:blank")
    giver.open(f"?words={code}")
    box = giver.window.get_by_label(giver.said["code"], exact=True)
    expect(box).to_have_value(code)
    giver.choose("peer", "honest", "helpful")
    walk.saved(giver.window)
    giver.look("3-given")
    giver.send()
    giver.look("5-sent")
    receiver.open()
    expect(receiver.window.get_by_text(receiver.said["came"])).to_be_visible()
    expect(receiver.window.locator(".wb-pane, .wb-card-got")).to_have_count(0)

    receiver.button("fix").click()
    expect(receiver.window.get_by_text(receiver.said["fix_first"])).to_be_visible()
    receiver.choose("own", "eerlijk", "rustig")
    receiver.look("2-came")
    receiver.button("fix").click()
    expect(receiver.pane("both")).to_contain_text("eerlijk")
    expect(receiver.pane("surprise")).to_contain_text("behulpzaam")
    expect(receiver.pane("little")).to_contain_text("rustig")
    expect(receiver.pane("unknown")).to_contain_text("Dat is geen tekort.")
    receiver.look("6-window")

    # A second set comes in while the page is open; its message goes with the code.
    box.fill(receiver.invite())
    expect(receiver.window.get_by_text(receiver.said["done_invite"])).to_be_visible()
    giver.choose("peer", "calm")
    walk.saved(giver.window)
    giver.send()
    expect(receiver.pane("both")).to_contain_text("rustig")
    done = receiver.window.get_by_text(receiver.said["done_invite"], exact=True)
    expect(done).to_have_count(0)
    expect(receiver.pane("little").locator("li")).to_have_count(0)
    receiver.look("7-two")

    got = receiver.window.locator(".wb-card-got")
    expect(got).to_have_count(2)
    got.last.get_by_role("button", name=receiver.said["away"]).click()
    got.last.get_by_role("button", name=receiver.said["away_yes"]).click()
    expect(receiver.pane("little")).to_contain_text("rustig")
    receiver.look("8-away")
    walk.saved(receiver.window)
    receiver.open()
    expect(got).to_have_count(1)
    expect(receiver.pane("surprise")).to_contain_text("behulpzaam")
    assert served.traces("helpful") == []


def test_a_code_of_a_card_gets_no_words(two: list[Phone]) -> None:
    receiver, giver = two
    receiver.open()
    code = receiver.invite()
    giver.open()
    card = walk.at(giver.page.locator('[data-exercise="mirror/card"]'))
    card.get_by_label(giver.said["code"], exact=True).fill(code)
    card.get_by_role("button", name=giver.said["check"], exact=True).click()
    expect(card.get_by_text(giver.said["problem_other_exercise"])).to_be_visible()
