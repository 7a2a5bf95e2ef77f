"""One session in two trainers' hands: steps, clock, countdown, following, two votes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from e2e import walk
from e2e.house import House
from e2e.story import LAPTOP, WORKBOOK, Participant, Trainer, title
from e2e.test_access import RULES, WIDE
from e2e.watch import Watch
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.e2e

MOVED = "opening/first_moved"
POINT = "opening/starting_point"
SORTING = "difference/sorting"
CLAIM = "influence/claim"
SIZES = {"phone": (390, 844), "tablet": (820, 1180), "laptop": (1280, 800)}
NOTES = WORKBOOK.modules["opening"].trainer
VOTES = ("1", "1", "2", "5", "5")
SECOND = ("5", "5", "4", "5", "5")


@dataclass
class Pair:
    """Two trainers, the projector of the first, and people with phones."""

    first: Trainer
    second: Page
    people: list[Participant]

    @property
    def words(self) -> dict[str, str]:
        return self.first.words["control"]

    def says(self, page: Page, key: str, **values: Any) -> None:
        """A control says this."""
        text = self.words[key]
        for name, value in values.items():
            text = text.replace(f"{{{name}}}", str(value))
        expect(page.get_by_text(text, exact=True).first).to_be_visible()

    def will(self, key: str, exercise: str) -> None:
        """Both devices say beforehand what the big button will do."""
        for page in (self.first.page, self.second):
            self.says(page, key, title=title(exercise))

    def button(self, page: Page, key: str) -> Any:
        return page.get_by_role("button", name=self.words[key], exact=True)


@pytest.fixture
def pair(served: House, chrome: Browser, watch: Watch) -> Iterator[Pair]:
    trainer = Trainer(chrome, served.url, watch)
    trainer.sign_in()
    trainer.make_session("Twee trainers", "full-day")
    device = watch.over(chrome.new_context(**LAPTOP, locale="nl-NL"))
    device.add_cookies(trainer.context.cookies())  # the same key, another device
    second = device.new_page()
    second.goto(trainer.page.url)
    second.get_by_role("heading", name=trainer.words["control"]["order"]).wait_for()
    people = [Participant(chrome, served.url, watch) for _ in VOTES]
    for one in people:
        one.join(trainer.code)
    yield Pair(trainer, second, people)


def test_two_trainers_lead_one_day(pair: Pair) -> None:
    the_next_step_is_said_and_done(pair)
    keys_and_a_black_screen(pair)
    notes_stay_with_the_trainer(pair)
    the_countdown_is_everywhere(pair)
    phones_come_along(pair)
    page_and_projector_come_back(pair)
    the_group_votes_twice(pair)
    nothing_happens_twice(pair)
    everybody_can_use_the_control(pair)


def the_next_step_is_said_and_done(pair: Pair) -> None:
    page = pair.first.page
    pair.says(page, "not_begun")
    for way in ("to_sessions", "to_report"):
        expect(page.get_by_role("link", name=pair.words[way]).first).to_be_visible()
    waiting = page.locator(".wb-control-row").filter(has_text=title(MOVED)).first
    expect(waiting).to_contain_text(pair.words["why_waiting"])
    expect(waiting).not_to_contain_text(pair.words["ready"].format(n=""))
    pair.will("next_opens", MOVED)
    pair.button(page, "step_button").click()
    pair.will("step_close", MOVED)
    pair.says(pair.second, "on_time")
    here = page.locator("[aria-current=step]")
    expect(here).to_contain_text(title(MOVED))
    expect(here).to_contain_text(
        re.compile(r"gepland \d\d:\d\d · begonnen \d\d:\d\d · 8 min")
    )
    field = page.get_by_label(pair.words["start_label"])
    hour, minute = map(int, field.input_value().split(":"))
    early = (hour * 60 + minute - 6) % (24 * 60)
    field.fill(f"{early // 60:02}:{early % 60:02}")
    behind = re.compile(r"^[67] min achter op schema$")
    for one in (page, pair.second):
        expect(one.get_by_text(behind)).to_be_visible()


def keys_and_a_black_screen(pair: Pair) -> None:
    page, screen = pair.first.page, pair.first.screen
    root = screen.locator(".wb-screen")
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text(pair.words["keys_dark"])
    page.keyboard.press("Escape")
    page.keyboard.press("b")
    expect(root).to_have_attribute("data-view", "black")
    expect(screen.get_by_role("heading")).to_have_count(0)
    expect(pair.button(pair.second, "dark_button")).to_have_attribute(
        "aria-pressed", "true"
    )
    pair.says(page, "step_light")
    screen.keyboard.press("PageDown")
    expect(root).to_have_attribute("data-view", "exercise")
    pair.will("step_close", MOVED)
    page.get_by_label(pair.words["timer_minutes"]).press("b")
    page.wait_for_timeout(800)
    expect(root).to_have_attribute("data-view", "exercise")
    screen.keyboard.press("PageDown")
    pair.will("next_opens", POINT)
    page.wait_for_timeout(800)
    page.locator("h1").click()
    page.keyboard.press("PageDown")
    pair.will("step_close", POINT)
    pair.first.sees(title(POINT))
    page.wait_for_timeout(800)
    page.keyboard.press("PageUp")
    pair.first.sees(title(MOVED))


def notes_stay_with_the_trainer(pair: Pair) -> None:
    for text in (NOTES.opening, *NOTES.debrief, *NOTES.pitfalls, *NOTES.safety):
        expect(pair.second.get_by_text(text.nl, exact=True)).to_be_visible()
        assert text.nl not in pair.first.screen.content()


def the_countdown_is_everywhere(pair: Pair) -> None:
    page, screen = pair.first.page, pair.first.screen
    phone = pair.people[0].page
    pair.people[0].open("opening")
    pair.people[0].exercise(POINT).wait_for()
    expect(page.get_by_label(pair.words["timer_minutes"])).to_have_value("8")
    page.get_by_label(pair.words["timer_minutes"]).fill("2")
    pair.button(page, "timer_start").click()
    places = [one.get_by_role("timer") for one in (page, pair.second, screen, phone)]
    for place in places:
        expect(place).to_have_text(re.compile(r"^1:5\d"))
    expect(phone.get_by_text("Je hebt 2 min.")).to_have_count(1)
    page.wait_for_timeout(600)
    pair.button(pair.second, "timer_pause").click()
    for place in places[2:]:
        expect(place).to_contain_text("pauze")
    page.wait_for_timeout(600)
    pair.button(page, "timer_more").click()
    for place in places:
        expect(place).to_have_text(re.compile(r"^2:5\d"))
    for _ in range(3):
        page.wait_for_timeout(700)
        pair.button(page, "timer_less").click()
    expect(places[3]).to_contain_text("De tijd is om")
    expect(places[2]).to_contain_text("De tijd is om")
    pair.will("step_close", POINT)  # nothing closed by itself
    page.wait_for_timeout(700)
    pair.button(pair.second, "timer_stop").click()
    expect(places[3]).to_be_hidden()


def phones_come_along(pair: Pair) -> None:
    page = pair.first.page
    goes, stays, types = pair.people[:3]
    for one in (stays, types):
        one.open("opening")
        one.exercise(POINT).wait_for()
    page.wait_for_timeout(600)
    pair.button(page, "follow_button").click()
    pressed = pair.button(pair.second, "follow_button")
    expect(pressed).to_have_attribute("aria-pressed", "true")
    stays.page.get_by_role("button", name="Blijf hier").click()
    pair.first.press("open", "opening/learning_wish")
    text = types.write("opening/learning_wish", "wish")
    pair.first.press("open", SORTING)
    expect(goes.page).to_have_url(re.compile(r"/nl/difference#sorting$"))
    expect(goes.exercise(SORTING)).to_be_in_viewport()
    offer = types.page.get_by_role("button", name="Ga mee")
    expect(offer).to_be_visible()
    types.page.wait_for_timeout(4000)
    for one in (stays, types):
        expect(one.page).to_have_url(re.compile("/nl/opening"))
    expect(types.box("opening/learning_wish", "wish")).to_have_value(text)
    offer.click()
    expect(types.page).to_have_url(re.compile(r"/nl/difference#sorting$"))
    types.open("opening")
    expect(types.box("opening/learning_wish", "wish")).to_have_value(text)
    pair.button(page, "follow_button").click()
    expect(stays.page.get_by_role("button", name="Ga mee")).to_be_hidden()


def page_and_projector_come_back(pair: Pair) -> None:
    """While a question is open the control is loaded anew and the projector is lost."""
    page, context = pair.first.page, pair.first.context
    address = pair.first.screen.url
    pair.first.screen.close()
    page.reload()
    for one in (page, pair.second):
        row = one.locator(".wb-control-row", has_text=title(SORTING)).first
        expect(row).to_contain_text(pair.words["state_open"])
    pair.first.screen = context.new_page()
    pair.first.screen.goto(address)
    heading = pair.first.screen.get_by_role("heading", name=title(SORTING))
    expect(heading).to_be_visible()


def the_group_votes_twice(pair: Pair) -> None:
    screen = pair.first.screen
    pair.first.press("open", CLAIM)
    for one, vote in zip(pair.people, VOTES, strict=True):
        one.open("influence")
        one.choose(CLAIM, vote)
    pair.first.press("show", CLAIM)
    expect(screen.locator(".wb-screen-result img")).to_be_visible()
    pair.first.press("again", CLAIM)
    expect(pair.second.get_by_text(pair.words["state_again"])).to_be_visible()
    # Who answered the first time is not ready with the second.
    expect(screen.locator(".wb-screen-ready")).to_have_count(0)
    for one, vote in zip(pair.people, SECOND, strict=True):
        one.choose(CLAIM, vote)
    pair.button(pair.second, "step_button").click()
    pair.will("step_show", CLAIM)
    pair.second.wait_for_timeout(700)
    pair.button(pair.second, "step_button").click()
    both = re.compile(r"helemaal oneens – eerste keer: 2, tweede keer: 0\.")
    expect(screen.locator(".wb-screen-result img")).to_have_attribute("alt", both)
    options = pair.people[0].exercise(CLAIM).locator(".wb-pairs > .wb-row")
    expect(options).to_have_count(5)
    counts = [one.locator(".wb-bar-count").all_inner_texts() for one in options.all()]
    assert counts == [["2", "0"], ["1", "0"], ["0", "0"], ["0", "1"], ["2", "4"]]
    expect(options.first).to_contain_text("eerste keer")


def nothing_happens_twice(pair: Pair) -> None:
    pages = (pair.first.page, pair.second)
    name = f"{pair.words['close']}: {title(SORTING)}"
    buttons = [one.get_by_role("button", name=name, exact=True) for one in pages]
    for button in buttons:
        expect(button).to_be_visible()
    # Both press before either page can have heard of the other.
    for button in buttons:
        button.evaluate("(button) => { setTimeout(() => button.click(), 300); }")
    for one in pages:
        row = one.locator(".wb-control-row", has_text=title(SORTING)).first
        expect(row).to_contain_text(pair.words["state_closed"])
    already = pair.words["problem_already_close"]
    done = [expect(one.locator(".wb-control-status")) for one in pages]
    for one in done:
        one.to_have_text(re.compile(f"{already}|{pair.words['done']}"))
    assert sum(one.get_by_text(already).count() for one in pages) == 1


def everybody_can_use_the_control(pair: Pair) -> None:
    for page in (pair.first.page, pair.second):
        for width, height in SIZES.values():
            page.set_viewport_size({"width": width, "height": height})
            expect(pair.button(page, "step_button")).to_be_in_viewport()
            assert page.evaluate(WIDE) == []
    page.add_script_tag(content=walk.AXE.read_text("utf-8"))
    for width, height in SIZES.values():
        page.set_viewport_size({"width": width, "height": height})
        found = page.evaluate(
            "rules => axe.run(document, rules).then((all) => all.violations)", RULES
        )
        assert [(it["id"], it["nodes"][0]["html"]) for it in found] == []
