"""Every variant, from the choice at the door to the documents that go home."""

import asyncio
import io
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import docx
import pytest
from e2e import walk
from e2e.house import House
from e2e.serving import Server
from e2e.watch import Watch
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from widgets.content import load
from widgets.server import door

pytestmark = pytest.mark.e2e

WORKBOOK = load()
TYPED = "Eigen woorden: één lijst, € 2,50 \N{GRINNING FACE}"
SENTENCE = "Een lang verhaal, tot de laatste letter, telkens weer. "
LONG = (SENTENCE * 50)[:2000].strip()


def open_everything(folder: Path, code: str, variant: str) -> None:
    """What the trainer opens in the course of the day."""
    if variant == "self-study":
        return  # all is open

    async def story() -> None:
        for name in WORKBOOK.variants[variant].exercises:
            request = {"do": "open", "code": code, "exercise": name}
            await door.ask(folder, "", request)

    with ThreadPoolExecutor() as apart:  # Playwright's own loop runs in this thread
        apart.submit(asyncio.run, story()).result()


def fill_in(page: Page, server: Server, language: str, module: str) -> None:
    """Answer a whole module and wait until all of it is kept."""
    page.goto(f"{server.url}/{language}/{module}")
    walk.drawn(page, module)
    words = page.locator('[data-exercise="mirror/words"][data-state="usable"]')
    if words.count():
        walk.choose_words(words, 2, 4, 31)
    walk.answer_all(page, TYPED)
    if module == "plan":
        notes = page.locator('[data-exercise="plan/one_page"]')
        walk.at(notes).locator("textarea").last.fill(LONG)
    page.wait_for_timeout(1000)  # within a second of a change it is on its way
    for state in ("saving", "waiting", "offline"):
        page.locator(f'.wb-saved[data-state="{state}"]').first.wait_for(
            state="detached", timeout=30_000
        )


def squeezed(text: str) -> str:
    return re.sub(r"\s|-", "", text)


@pytest.mark.parametrize(
    ("variant", "language"),
    [*((variant, "nl") for variant in WORKBOOK.variants), ("full-day", "en")],
)
def test_a_variant_from_the_door_to_the_documents(
    served: House, chrome: Browser, watch: Watch, variant: str, language: str
) -> None:
    server = Server(served.url, served.folder / "data")
    code = server.session(variant)
    open_everything(server.folder, code, variant)
    page = walk.come_in(chrome, server, code, language)
    watch.over(page.context)
    modules = list(WORKBOOK.variants[variant].modules)
    for module in modules:
        fill_in(page, server, language, module)
    mine = page.request.get(f"{server.url}/me/workbook.json").json()["answers"]
    written = [id for id, answer in mine.items() if TYPED in str(answer)]
    assert {id.partition("/")[0] for id in written} >= set(modules) - {"opening"}
    long = LONG if "plan" in modules else ""
    assert mine.get("plan/one_page", {}).get("notes", "") == long
    assert_documents(page, server, len(written), long)
    page.goto(f"{server.url}/me")
    personal = page.locator(".personal-code").inner_text().replace("\n", "")
    fresh = walk.context(chrome, language).new_page()
    fresh.goto(f"{server.url}/resume")
    fresh.locator("input[name=personal]").fill(personal)
    fresh.locator("main button").first.click()
    fresh.wait_for_url(f"{server.url}/{language}/")
    again = fresh.request.get(f"{server.url}/me/workbook.json").json()["answers"]
    assert again == mine
    assert_documents(fresh, server, len(written), long)


def assert_documents(page: Page, server: Server, at_least: int, long: str) -> None:
    """PDF and Word hold what was typed, as often as it was."""
    pdf = page.request.get(f"{server.url}/me/workbook.pdf").body()
    text = "".join(one.extract_text() for one in PdfReader(io.BytesIO(pdf)).pages)
    word = page.request.get(f"{server.url}/me/workbook.docx").body()
    nodes = docx.Document(io.BytesIO(word)).element.iter()
    for found in (text, "".join(node.text or "" for node in nodes)):
        found = squeezed(found)
        assert found.count(squeezed("één lijst, € 2,50")) >= at_least
        # Where a page ends, its foot stands between two lines.
        whole = long.count(SENTENCE)
        assert found.count(squeezed(SENTENCE)) >= whole - 1
