"""Every module on paper, printed from the browser: empty and filled in."""

import io
import re
from collections.abc import Iterator

import pytest
from e2e import walk
from e2e.browsers import chromium
from e2e.serving import Server, serving
from playwright.sync_api import Browser, Page, sync_playwright
from pypdf import PdfReader

from widgets.content import load, words

pytestmark = pytest.mark.e2e

LONG = ("Een lang verhaal, tot de laatste letter. " * 6)[:220] + "slot"
SAID = words("nl")["page"]
A4 = (595, 842)


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
    yield one
    one.context.close()


def squeezed(text: str) -> str:
    """A text without what a line break on paper changes."""
    return re.sub(r"[\s*\-\N{SOFT HYPHEN}\N{HYPHEN}]", "", text)


def printed(page: Page) -> str:
    """What stands on the paper."""
    paper = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    size = paper.pages[0].mediabox
    assert (round(size.width), round(size.height)) == A4
    return squeezed("".join(one.extract_text() for one in paper.pages))


def prompt(exercise: str, language: str) -> str:
    text = load().exercise(exercise).prompt.in_(language)  # type: ignore[arg-type]
    return squeezed(re.sub(r"^- ", "", text.split("\n")[0]))


@pytest.mark.parametrize("module", list(walk.EXERCISES))
def test_an_empty_module_has_every_prompt_also_from_a_phone(
    page: Page, server: Server, module: str
) -> None:
    walk.open_module(page, server, "nl", module)
    text = printed(page)
    for exercise in walk.EXERCISES[module]:
        assert prompt(exercise, "nl") in text, exercise
    assert squeezed(SAID["step_on"] + SAID["print_module"]) not in text
    assert squeezed(SAID["print_exercise"]) not in text
    # The screen is as it was: one step, and no paper left in it.
    assert page.locator(".wb-step:visible").count() == 1
    assert page.locator(".wb-paper").count() == 0


def test_all_that_was_typed_stands_on_paper(page: Page, server: Server) -> None:
    walk.open_module(page, server, "nl", "difference")
    frame = walk.at(page.locator('[data-exercise="difference/two_questions"]'))
    box = frame.locator("textarea").first
    box.fill(LONG)
    walk.go_to(page, "sorting")
    assert squeezed(LONG) in printed(page)


def test_all_cards_stand_on_paper_before_they_are_sorted(
    page: Page, server: Server
) -> None:
    walk.open_module(page, server, "nl", "difference")
    text = printed(page)
    cards = load().exercise("difference/sorting").cards
    found = [card for card in cards if squeezed(card.text.nl) in text]
    assert len(found) == 12


def test_one_exercise_can_be_printed_alone(page: Page, server: Server) -> None:
    walk.open_module(page, server, "nl", "patterns")
    walk.go_to(page, "plan")
    page.evaluate("window.print = () => undefined")
    page.get_by_role("button", name=SAID["print_exercise"]).click()
    text = printed(page)
    assert prompt("patterns/plan", "nl") in text
    assert prompt("patterns/loop", "nl") not in text
    assert prompt("patterns/loop", "nl") in printed(page), "only once"
