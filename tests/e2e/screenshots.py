"""Makes the pictures of the README from the running product.

`python tests/e2e/screenshots.py` serves the invented cohort and drives it as a trainer
and a participant would.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from e2e.browsers import chromium
from e2e.house import House, house
from e2e.story import LAPTOP, PHONE, Participant, Trainer
from e2e.watch import PATIENCE, Watch
from playwright.sync_api import Browser, Page, expect, sync_playwright

from widgets.server.demo import PEOPLE

PICTURES = Path(__file__).parents[2] / ".github" / "screenshots"
SORTING = "difference/sorting"
SHARP = PHONE | {"device_scale_factor": 2}
STEPS = 4  # from the first question to the cards
REST = 1200  # by then everything has moved to its place


def picture(page: Page, name: str) -> None:
    """Keep what a page shows."""
    page.wait_for_timeout(REST)
    page.screenshot(path=PICTURES / f"{name}.png")
    print(PICTURES / f"{name}.png")


def tell(served: House, browser: Browser, watch: Watch) -> None:
    """Go through the first hour of a training, with a picture at each place."""
    trainer = Trainer(browser, served.url, watch)
    trainer.sign_in()
    trainer.enter("Demo")
    trainer.sees(trainer.code)
    picture(trainer.screen, "projector-join")
    phone = Participant(browser, served.url, watch, device=SHARP)
    phone.page.goto(f"{served.url}/join/{trainer.code}")
    picture(phone.page, "phone-join")
    phone.join(trainer.code)
    for _ in range(STEPS):
        trainer.press("next_button")
    read(served, browser, watch, trainer.code)
    sort(phone)
    show(trainer)


def read(served: House, browser: Browser, watch: Watch, code: str) -> None:
    """Somebody reads the module on a laptop."""
    laptop = Participant(browser, served.url, watch, device=LAPTOP)
    laptop.join(code)
    laptop.open("difference")
    laptop.exercise(SORTING).wait_for()
    picture(laptop.page, "laptop-module")


def sort(phone: Participant) -> None:
    """Half of the cards have a place."""
    phone.open("difference")
    groups = phone.exercise(SORTING).get_by_role(
        "group", name=phone.words["sort_cards"]["where"]
    )
    for number in range(5):
        groups.get_by_role("button").nth(number % 3).click()
    phone.exercise(SORTING).evaluate("(region) => region.scrollIntoView()")
    picture(phone.page, "phone-exercise")


def show(trainer: Trainer) -> None:
    """The invented cohort has answered: show what it chose."""
    ready = trainer.words["screen"]["ready"].format(n=PEOPLE)
    expect(trainer.screen.get_by_text(ready)).to_be_visible(timeout=PATIENCE)
    trainer.press("show", SORTING)
    trainer.sees(trainer.words["screen"]["disputed"])
    drawn = trainer.screen.locator(".wb-screen-result img")
    expect(drawn).not_to_have_js_property("naturalWidth", 0)
    picture(trainer.screen, "projector-result")
    picture(trainer.page, "laptop-control")


def main() -> None:
    """Make all pictures; fails when a page complains."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    watch = Watch()
    with house("--demo") as served, sync_playwright() as player:
        browser = player.chromium.launch(**chromium())
        tell(served, browser, watch)
        browser.close()
    assert watch.wrong == [], watch.wrong


if __name__ == "__main__":
    main()
