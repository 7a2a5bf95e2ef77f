"""A window of words on two phones: chosen, asked for, given while the other is away."""

import pytest
from e2e import walk
from e2e.house import House
from e2e.phone import Phone
from e2e.serving import Server
from e2e.watch import Watch
from playwright.sync_api import Browser, Locator, expect

pytestmark = pytest.mark.e2e


class Window(Phone):
    """Somebody with the word window in front of them."""

    name = "mirror/words"
    says = ("card", "word_window")

    def choose(self, field: str, *labels: str) -> None:
        """Tick words in one of the two lists."""
        name = self.label(field)
        group = self.frame.get_by_role("group", name=name, exact=True)
        for label in labels:
            group.get_by_role("checkbox", name=label, exact=True).check(force=True)

    def pane(self, key: str) -> Locator:
        """One pane of the window."""
        return self.frame.locator(f'[data-pane="{key}"]')


@pytest.fixture
def two(served: House, chrome: Browser, watch: Watch) -> list[Window]:
    server = Server(served.url, served.folder / "data")
    code = server.session("self-study")
    phones: list[Window] = []
    for language in ("nl", "en"):
        page = walk.come_in(chrome, server, code, language)
        watch.over(page.context)
        phones.append(Window(page, served.url, language))
    return phones


def test_a_window_of_words(two: list[Window], served: House) -> None:
    receiver, giver = two
    receiver.open()
    receiver.hears("choose_first")
    code = receiver.invite()
    receiver.look("1-invited")
    receiver.hears("done_invite")

    # The words wait for a phone that sleeps, and for words of the receiver's own.
    receiver.page.goto("about:blank")
    giver.open(f"?words={code}")
    box = giver.frame.get_by_label(giver.said["code"], exact=True)
    expect(box).to_have_value(code)
    giver.choose("peer", "honest", "helpful")
    walk.saved(giver.frame)
    giver.look("3-given")
    giver.send()
    giver.hears("done_give")
    giver.look("5-sent")
    receiver.open()
    receiver.hears("came")
    expect(receiver.frame.locator(".wb-pane, .wb-card-got")).to_have_count(0)

    receiver.button("fix").click()
    receiver.hears("fix_first")
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
    receiver.hears("done_invite")
    giver.choose("peer", "calm")
    walk.saved(giver.frame)
    giver.send()
    giver.hears("done_give")
    expect(receiver.pane("both")).to_contain_text("rustig")
    done = receiver.frame.get_by_text(receiver.said["done_invite"], exact=True)
    expect(done).to_have_count(0)
    expect(receiver.pane("little").locator("li")).to_have_count(0)
    receiver.look("7-two")

    got = receiver.frame.locator(".wb-card-got")
    expect(got).to_have_count(2)
    got.last.get_by_role("button", name=receiver.said["away"]).click()
    got.last.get_by_role("button", name=receiver.said["away_yes"]).click()
    expect(receiver.pane("little")).to_contain_text("rustig")
    receiver.look("8-away")
    walk.saved(receiver.frame)
    receiver.open()
    expect(got).to_have_count(1)
    expect(receiver.pane("surprise")).to_contain_text("behulpzaam")
    assert served.traces("helpful") == []


def test_a_code_of_a_card_gets_no_words(two: list[Window]) -> None:
    receiver, giver = two
    receiver.open()
    code = receiver.invite()
    giver.open()
    card = walk.at(giver.page.locator('[data-exercise="mirror/card"]'))
    card.get_by_label(giver.said["code"], exact=True).fill(code)
    card.get_by_role("button", name=giver.said["check"], exact=True).click()
    expect(card.get_by_text(giver.said["problem_other_exercise"])).to_be_visible()
