"""Two devices or tabs of one person: the newest of each field wins, no text is lost."""

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from e2e.house import House, Wire
from e2e.serving import Server
from e2e.story import LAPTOP, Participant, Trainer
from e2e.watch import PATIENCE, Watch
from playwright.sync_api import Browser, Locator, expect

from widgets.esm import bundle

pytestmark = pytest.mark.e2e

CHOICE, WISH = "opening/first_moved", "opening/learning_wish"
FIRST, LONG = "Ik begin", "Eerst luisteren, dan pas zeggen wat ik zelf wil"
SHORT = "Korter praten"
CHAIN, HALVES = "difference/chain", ("self", "other")
DRAFTS = Path(__file__).parents[2] / "widgets" / "draft_store.js"
TWO_TABS = """async (script) => {
  const file = new Blob([script], { type: "text/javascript" });
  const { draftStore } = await import(URL.createObjectURL(file));
  const model = { get: () => ({ id: "plan/one_page" }) };
  const kept = () => JSON.parse(localStorage.getItem("workbook:alone:plan/one_page"));
  const typed = (key) => ({ answer: { [key]: key }, base: {}, typed: { [key]: 1 } });
  const [one, two, seen] = [draftStore(model), draftStore(model), []];
  const [step, when] = [typed("step"), typed("when")];
  one.keep(step);
  two.keep(when);
  seen.push(kept().answer);
  one.forget(step);
  seen.push(kept().typed);
  two.forget(when);
  seen.push(kept());
  localStorage.setItem("workbook:alone:plan/one_page", '{"step": "of before"}');
  return [...seen, draftStore(model).found.answer];
}"""


@dataclass
class Pair:
    """A phone on a wire of its own, and a laptop with the same workbook."""

    phone: Participant
    laptop: Participant
    wire: Wire
    watch: Watch
    trainer: Trainer

    def box(self, device: Participant) -> Locator:
        return device.box(WISH, "wish")

    def other(self, device: Participant) -> Locator:
        said = device.words["frame"]["versions_title"]
        return device.exercise(WISH).get_by_role("group", name=said)

    def radio(self, device: Participant, number: int) -> Locator:
        return device.exercise(CHOICE).get_by_role("radio").nth(number)


@pytest.fixture
def pair(served: House, chrome: Browser, watch: Watch) -> Iterator[Pair]:
    trainer = Trainer(chrome, served.url, watch)
    trainer.sign_in()
    trainer.make_session("Teamdag juli", "half-day")
    trainer.press("open", CHOICE)
    trainer.press("open", WISH)
    wire = Wire(served.url)
    phone = Participant(chrome, wire.url, watch)
    phone.join(trainer.code)
    code = phone.personal_code()
    laptop = Participant(chrome, served.url, watch, device=LAPTOP)
    laptop.resume(code)
    for one in (phone, laptop):
        one.open("opening")
        one.box(WISH, "wish").wait_for(timeout=PATIENCE)
    yield Pair(phone, laptop, wire, watch, trainer)


def test_two_devices_never_lose_a_text(pair: Pair) -> None:
    what_one_types_appears_on_the_other(pair)
    the_newest_wins_and_the_other_is_offered(pair)
    it_is_still_offered_after_a_reload_and_taken_by_keyboard(pair)


def what_one_types_appears_on_the_other(pair: Pair) -> None:
    pair.box(pair.phone).fill(FIRST)
    pair.phone.is_saved(WISH)
    expect(pair.box(pair.laptop)).to_have_value(FIRST)


def the_newest_wins_and_the_other_is_offered(pair: Pair) -> None:
    """The phone types without a line; the laptop types later, and chooses too."""
    with pair.watch.forgiving():
        assert pair.wire.cut()
        pair.box(pair.phone).fill(SHORT)
        pair.radio(pair.phone, 0).check()
        expect(pair.phone.said("save_waiting", WISH)).to_be_visible(timeout=PATIENCE)
        pair.box(pair.laptop).fill(LONG)
        pair.laptop.is_saved(WISH)
        pair.laptop.choose(CHOICE, "other")
        pair.wire.mend()
        expect(pair.box(pair.phone)).to_have_value(LONG, timeout=PATIENCE)
        pair.phone.is_saved(WISH)
    expect(pair.box(pair.laptop)).to_have_value(LONG)
    expect(pair.other(pair.phone)).to_contain_text(SHORT)
    expect(pair.other(pair.laptop)).to_be_hidden()
    for one in (pair.phone, pair.laptop):
        chosen = one.exercise(CHOICE).get_by_role("radio", checked=True)
        expect(chosen).to_have_value("other")


def it_is_still_offered_after_a_reload_and_taken_by_keyboard(pair: Pair) -> None:
    pair.phone.page.reload()
    offer = pair.other(pair.phone)
    expect(offer).to_contain_text(SHORT, timeout=PATIENCE)
    take = offer.get_by_role("button", name=pair.phone.words["frame"]["versions_take"])
    take.focus()
    pair.phone.page.keyboard.press("Enter")
    expect(pair.box(pair.phone)).to_have_value(SHORT)
    expect(pair.box(pair.phone)).to_be_focused()
    expect(offer).to_be_hidden()
    pair.phone.is_saved(WISH)
    expect(pair.box(pair.laptop)).to_have_value(SHORT)


def test_two_tabs_share_what_a_browser_keeps(chrome: Browser) -> None:
    """Neither overwrites nor lets go of what the other typed; old drafts are read."""
    page = chrome.new_page()
    page.route(
        "**/*", lambda route: route.fulfill(body="<p>", content_type="text/html")
    )
    page.goto("http://127.0.0.1/")
    assert page.evaluate(TWO_TABS, bundle(DRAFTS)) == [
        {"step": "step", "when": "when"},
        {"when": 1},
        None,
        {"step": "of before"},
    ]


def test_a_tab_that_is_closed_without_a_line_leaves_its_text_to_another(
    served: House, chrome: Browser, watch: Watch
) -> None:
    code = Server(served.url, served.folder / "data").session("self-study")
    wire = Wire(served.url)
    closed = Participant(chrome, wire.url, watch)
    closed.join(code)
    personal = closed.personal_code()
    stays = copy.copy(closed)
    stays.page = closed.context.new_page()
    for tab in (closed, stays):
        tab.open("difference")
        tab.box(CHAIN, "self").wait_for(timeout=PATIENCE)
    with watch.forgiving():
        assert wire.cut()
        for tab, half in zip((closed, stays), HALVES, strict=True):
            tab.write(CHAIN, half)
            expect(tab.said("save_waiting", CHAIN)).to_be_visible(timeout=PATIENCE)
        closed.page.close()
        wire.mend()
        stays.is_saved(CHAIN)
    stays.page.reload()
    laptop = Participant(chrome, served.url, watch, device=LAPTOP)
    has_both(stays, stays.texts)
    stays.is_saved(CHAIN)
    laptop.resume(personal)
    laptop.open("difference")
    has_both(laptop, stays.texts)


def has_both(tab: Participant, texts: dict[str, str]) -> None:
    for half in HALVES:
        text = texts[f"{CHAIN}.{half}"]
        expect(tab.box(CHAIN, half)).to_have_value(text, timeout=PATIENCE)
