"""A module on a phone: one exercise in focus at a time, and a way to the others."""

import re
from collections.abc import Iterator

import pytest
from e2e import walk
from e2e.browsers import chromium
from e2e.serving import Server, serving
from e2e.test_access import violations
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from widgets.content import load, words

pytestmark = pytest.mark.e2e

SCREENS = 4
LANDSCAPE = {"width": 844, "height": 390}
LOOP, PLAN, HARD = "loop", "plan", "how_hard"
SAID = words("nl")["page"]
HEIGHT = "document.documentElement.scrollHeight"
TITLES = {
    name.rpartition("/")[2]: load().exercise(name).title.nl
    for name in load().modules["patterns"].exercises
}


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving() as one:
        yield one


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        one = playwright.chromium.launch(**chromium())
        yield one
        one.close()


@pytest.fixture
def page(server: Server, browser: Browser) -> Iterator[Page]:
    one = walk.come_in(browser, server, server.session())
    walk.open_module(one, server, "nl", "patterns")
    yield one
    one.context.close()


def step(page: Page, name: str) -> Locator:
    return page.locator(f".wb-step#{name}")


def sees_only(page: Page, name: str) -> None:
    """One step is in sight, and said to be."""
    number = list(TITLES).index(name) + 1
    expect(page.locator(".wb-step:visible")).to_have_count(1)
    expect(step(page, name)).to_be_visible()
    place = SAID["step"].format(n=number, all=len(TITLES))
    expect(page.locator(".wb-steps summary")).to_have_text(place)


def turn(page: Page, key: str) -> Locator:
    return page.get_by_role("button", name=SAID[key], exact=True)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_step_is_longer_than_four_screens(
    server: Server, browser: Browser, language: str
) -> None:
    page = walk.come_in(browser, server, server.session(), language)
    high = {}
    for module in walk.EXERCISES:
        walk.open_module(page, server, language, module)
        assert len(walk.steps(page)) >= len(walk.EXERCISES[module])
        for name in walk.steps(page):
            walk.go_to(page, name)
            high[f"{module}/{name}"] = page.evaluate(HEIGHT)
    page.context.close()
    most = SCREENS * walk.PHONE["height"]
    assert {name: it for name, it in high.items() if it > most} == {}


def test_a_walk_by_keyboard_alone(page: Page) -> None:
    sees_only(page, LOOP)
    for key, name in (("step_on", PLAN), ("step_on", HARD), ("step_back", PLAN)):
        turn(page, key).focus()
        page.keyboard.press("Enter")
        sees_only(page, name)
        heading = step(page, name).get_by_role("heading").first
        expect(heading).to_be_focused()
        expect(heading).to_be_in_viewport()
    page.locator(".wb-steps summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    sees_only(page, LOOP)
    expect(page.locator(".wb-steps details")).not_to_have_attribute("open", "")
    expect(turn(page, "step_back")).to_be_hidden()


def test_back_and_reload_and_a_link_find_the_step(page: Page, server: Server) -> None:
    turn(page, "step_on").click()
    turn(page, "step_on").click()
    sees_only(page, HARD)
    page.go_back()
    sees_only(page, PLAN)
    page.reload()
    sees_only(page, PLAN)
    page.go_back()
    sees_only(page, LOOP)
    page.goto(f"{server.url}/nl/")
    page.goto(f"{server.url}/nl/patterns#{HARD}")
    sees_only(page, HARD)
    page.locator(".site-skip").press("Enter")
    expect(page.locator("#main")).to_be_focused()
    sees_only(page, HARD)
    expect(page).to_have_url(f"{server.url}/nl/patterns#{HARD}")


def test_what_was_typed_stays_while_one_walks_and_turns_the_phone(page: Page) -> None:
    box = step(page, LOOP).get_by_role("textbox").first
    box.fill("iemand vraagt iets")
    turn(page, "step_on").click()
    page.set_viewport_size(LANDSCAPE)
    sees_only(page, PLAN)
    page.set_viewport_size(walk.PHONE)
    sees_only(page, PLAN)
    turn(page, "step_back").click()
    expect(box).to_have_value("iemand vraagt iets")


def test_a_laptop_has_the_whole_page(page: Page) -> None:
    turn(page, "step_on").click()
    page.set_viewport_size(walk.LAPTOP)
    expect(page.locator(".wb-step:visible")).to_have_count(len(TITLES))
    expect(page.locator(".wb-steps")).to_be_hidden()
    expect(step(page, PLAN)).to_be_in_viewport()
    for theory in page.locator(".wb-theory > *").all():
        assert theory.get_attribute("hidden") is None


def test_without_scripts_everything_stands_there(
    server: Server, browser: Browser
) -> None:
    known = walk.come_in(browser, server, server.session())
    kept = known.context.storage_state()
    known.context.close()
    page = walk.context(
        browser, "nl", java_script_enabled=False, storage_state=kept
    ).new_page()
    page.goto(f"{server.url}/nl/patterns")
    expect(page.locator(".wb-step:visible")).to_have_count(len(TITLES))
    for title in TITLES.values():
        expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible()
    page.context.close()


def test_the_list_says_in_words_what_is_done(page: Page) -> None:
    page.locator(".wb-steps summary").click()
    line = page.locator(".wb-steps li").filter(has_text=TITLES[HARD])
    expect(line).not_to_contain_text(SAID["step_done"])
    assert violations(page) == []
    line.get_by_role("link").click()
    walk.answer_all(page)
    walk.saved(page.locator(f'[data-exercise="patterns/{HARD}"]'))
    expect(page.locator(f".wb-steps [href='#{HARD}']")).to_contain_text(
        SAID["step_done"]
    )


def test_what_the_trainer_opens_is_offered_not_forced(
    server: Server, browser: Browser
) -> None:
    code = server.session("full-day")
    page = walk.come_in(browser, server, code)
    walk.open_module(page, server, "nl", "patterns")
    offer = page.get_by_text(SAID["opens"].format(title=TITLES[PLAN]))
    expect(page.locator(".wb-offer button:visible")).to_have_count(0)
    server.workbook("session", "open", code, "patterns/plan")
    expect(offer).to_be_visible()
    sees_only(page, LOOP)
    assert violations(page) == []
    page.get_by_role("button", name=SAID["go_there"]).click()
    sees_only(page, PLAN)
    expect(offer).to_be_hidden()
    page.context.close()


def test_names_and_health_are_mentioned_once_per_exercise(page: Page) -> None:
    names = words("nl")["frame"]["no_names"]
    for frame in walk.frames(page):
        boxes = walk.at(frame).locator("textarea").all()
        assert frame.get_by_text(names).count() == 1 or not boxes
        for box in boxes:
            expect(box).to_have_accessible_description(re.compile(re.escape(names)))


def test_an_exercise_says_once_who_sees_it_and_where_it_comes_from(
    page: Page, server: Server
) -> None:
    walk.open_module(page, server, "nl", "plan")
    for frame in walk.frames(page):
        told = walk.at(frame).locator(".wb-privacy .wb-badge").all_inner_texts()
        assert told and len(told) == len(set(told))
        fold = frame.locator("details.wb-evidence")
        fold.locator("summary").click()
        expect(fold.locator("p").first).not_to_be_empty()
