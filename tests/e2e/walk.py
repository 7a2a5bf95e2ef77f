"""What tests do on the pages: come in, wait for the exercises, fill them in."""

from pathlib import Path

from e2e.house import House
from e2e.serving import KEY, Server
from e2e.watch import Watch
from playwright.sync_api import Browser, BrowserContext, Locator, Page

from widgets.content import load

PHONE = {"width": 390, "height": 844}
LAPTOP = {"width": 1280, "height": 800}
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
EXERCISES = {slug: module.exercises for slug, module in load().modules.items()}
SORT, TWO, OWN, CHAIN = range(4)


def come_in(
    browser: Browser, server: Server, code: str, language: str = "nl", **options: object
) -> Page:
    """A participant's page, joined in this language and counting."""
    page = context(browser, language, **options).new_page()
    page.goto(f"{server.url}/join/{code}")
    page.click("button[value=yes]")
    page.wait_for_url(f"{server.url}/{language}/**")
    return page


def come_in_watched(served: House, browser: Browser, watch: Watch, module: str) -> Page:
    """A participant's page of one module, where everything wrong is noted."""
    server = Server(served.url, served.folder / "data")
    page = come_in(browser, server, server.session("self-study"))
    watch.over(page.context)
    page.goto(f"{server.url}/nl/{module}")
    return page


def context(browser: Browser, language: str, **options: object) -> BrowserContext:
    """A browser of somebody's own, on a phone unless told otherwise."""
    locale = {"nl": "nl-NL", "en": "en-GB"}[language]
    return browser.new_context(**{"viewport": PHONE, "locale": locale, **options})


def sign_in(browser: Browser, server: Server, language: str, **options: object) -> Page:
    """The trainer's page after the key was given."""
    page = context(browser, language, **options).new_page()
    page.goto(f"{server.url}/trainer")
    page.fill("#key", KEY)
    page.click("button.main")
    page.wait_for_selector("#title")
    return page


def open_module(page: Page, server: Server, language: str, module: str) -> None:
    """Go to a module and wait until all its exercises are drawn."""
    page.goto(f"{server.url}/{language}/{module}")
    drawn(page, module)


def drawn(page: Page, module: str) -> None:
    """Wait until every exercise of the module stands on the page."""
    last = len(EXERCISES[module]) - 1
    page.locator(".wb-frame").nth(last).wait_for(state="attached", timeout=60_000)


def frames(page: Page) -> list[Locator]:
    """The exercises on the page, in order."""
    return page.locator(".wb-frame").all()


def steps(page: Page) -> list[str]:
    """What the steps of the module are called in its address."""
    return list(
        page.evaluate("[...document.querySelectorAll('.wb-step')].map(s => s.id)")
    )


def go_to(page: Page, step: str) -> None:
    """Go to one step of the module, as its address does."""
    page.evaluate("(step) => { location.hash = step; }", step)
    page.locator(f'[id="{step}"]').wait_for()


def at(frame: Locator) -> Locator:
    """An exercise, with its step in sight."""
    frame.wait_for(state="attached", timeout=60_000)
    go_to(frame.page, frame.evaluate("(one) => one.closest('.wb-step').id"))
    return frame


def saved(frame: Locator) -> None:
    """Wait until this exercise says that all of it is kept."""
    at(frame)
    frame.locator('.wb-saved[data-state="saved"]').wait_for(timeout=20_000)


def place_all(frame: Locator, group: int = 0) -> None:
    """Give every card of a sorting a place, and ask for the explanation."""
    why = at(frame).locator(".wb-all-placed button")
    while not why.is_visible():
        frame.locator(".wb-group").nth(group).click()
        # A second tap within this time counts as the same one.
        frame.page.wait_for_timeout(550)
    why.click()
    frame.locator(".wb-score").wait_for(timeout=20_000)


def answer_opening(page: Page) -> None:
    """Answer the four exercises of the opening."""
    agreement, moved, start, wish = frames(page)
    at(agreement).locator(".wb-consent-button").first.click()
    at(moved).locator("input[type=radio]").first.check()
    for item in at(start).locator(".wb-item").all():
        item.locator("input").nth(2).check(force=True)
    at(wish).locator("textarea, input[type=text]").first.fill("Rustig blijven.")
    for frame in frames(page):
        saved(frame)


def answer_difference(page: Page) -> None:
    """Answer the four exercises of the difference, with answers that clash."""
    sorting, two, own, chain = frames(page)
    place_all(sorting)
    for frame in (two, own, chain):
        at(frame)
        for field in frame.locator("textarea, input[type=text]").all():
            field.fill("Ik plan mijn week op maandag.")
        for choice in frame.locator(".wb-choice").all():
            choice.locator("input").first.check()
        saved(frame)


def run_exchange(frame: Locator, number: int, prediction: int) -> None:
    """Predict one exchange, and let the model run."""
    at(frame).locator(".wb-situation").nth(number).click()
    predict = frame.locator(".wb-predict")
    predict.locator("input:visible").nth(prediction).check()
    predict.locator(".wb-primary").click()
    frame.locator(".wb-run").wait_for(timeout=20_000)


def answer_exchange(page: Page) -> None:
    """See two exchanges, change one of them, and explain."""
    frame = frames(page)[1]
    run_exchange(frame, 0, prediction=0)
    run_exchange(frame, 2, prediction=2)
    folds = frame.locator(".wb-fold")
    for number in range(folds.count()):
        folds.nth(number).evaluate("(fold) => (fold.open = true)")
    frame.locator(".wb-knob input[type=range]").first.press("ArrowRight")
    frame.locator("textarea").fill("De volger, want de beloften kwamen niet uit.")
    saved(frame)


def answer_all(page: Page, text: str = "Ik plan mijn week op maandag.") -> None:
    """Type in every field, take the first of every choice, move every slider."""
    for frame in frames(page):
        at(frame)
        for group in frame.get_by_role("group").all():
            first = group.locator("input[type=radio], input[type=checkbox]").first
            if first.is_visible():
                first.click(force=True)
        for field in frame.locator("textarea, input[type=text]").all():
            if field.is_visible() and field.is_enabled():
                field.fill(text)
        for slider in frame.locator("input[type=range]").all():
            if slider.is_visible():
                slider.press("ArrowRight")


def choose_words(frame: Locator, *numbers: int) -> None:
    """Choose these words of one's own in the word window, for good."""
    boxes = at(frame).locator("fieldset").first.locator("input[type=checkbox]")
    for number in numbers:
        boxes.nth(number).click(force=True)
    frame.locator(".wb-primary").first.click()
    frame.locator(".wb-words").first.wait_for(timeout=20_000)


def answer_mirror(page: Page) -> None:
    """Choose words, ask for a card, write one for nobody yet, and answer the rest."""
    choose_words(page.locator('[data-exercise="mirror/words"]'), 0, 1)
    card = at(page.locator('[data-exercise="mirror/card"]'))
    card.locator(".wb-card-part .wb-primary").first.click()
    card.locator(".wb-card-code").wait_for(timeout=20_000)
    answer_all(page)


ANSWER = dict.fromkeys(EXERCISES, answer_all) | {
    "opening": answer_opening,
    "difference": answer_difference,
    "exchange": answer_exchange,
    "mirror": answer_mirror,
}
