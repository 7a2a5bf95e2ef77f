"""The report page in a browser: its pictures appear, and everybody can read it."""

import asyncio
from pathlib import Path

import pytest
from e2e.browsers import chromium
from e2e.serving import KEY, Server, serving
from playwright.sync_api import Page, expect, sync_playwright

from widgets import session as rules
from widgets.content import load, words
from widgets.server.desk import Desk
from widgets.store import Store

pytestmark = pytest.mark.e2e
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
MOVED = "opening/first_moved"
# As over plain HTTP, seen from another machine.
NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', { value: undefined })"


def show_a_result(server: Server, code: str) -> None:
    """Freeze a group result in the database of the running server."""
    store = Store(f"sqlite:///{server.folder / 'workbook.db'}")
    desk = Desk(store, load(), server.url)
    field = desk.workbook.exercise(MOVED).countable["first_moved"]
    fields = {"first_moved": rules.FieldRule(field.option_keys, own_situation=True)}
    answers = 5 * ["self"] + 4 * ["other"] + 3 * ["both"] + 3 * ["none"]
    state = rules.show(rules.State(), fields, {"first_moved": answers})

    async def freeze() -> None:
        await desk.set_state(await desk.session(code), MOVED, state)

    asyncio.run(freeze())
    desk.close()
    store.close()


def test_the_report_is_seen_and_accessible() -> None:
    with serving() as server:
        code = server.session()
        show_a_result(server, code)  # before Playwright has a loop of its own
        look_at_the_report(server)


def look_at_the_report(server: Server) -> None:
    """Sign in on a phone, open the report, and let axe read it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**chromium())
        page = browser.new_page(locale="nl-NL", viewport={"width": 390, "height": 844})
        page.goto(f"{server.url}/trainer")
        page.get_by_label(words("nl")["trainer"]["key"]).fill(KEY)
        page.get_by_role("button", name=words("nl")["trainer"]["sign_in"]).click()
        page.get_by_role("link", name=words("nl")["trainer"]["report"]).click()
        picture = page.get_by_role("img", name="mezelf: 5")
        picture.scroll_into_view_if_needed()
        expect(picture).to_be_visible()
        page.wait_for_function(
            "image => image.complete && image.naturalWidth > 0",
            arg=picture.element_handle(),
            timeout=60_000,
        )
        for summary in page.locator("summary").all():
            summary.click()
        page.evaluate(AXE.read_text("utf-8"))
        found = page.evaluate("axe.run()")
        assert [one["id"] for one in found["violations"]] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        copy_into_a_slide(page)
        browser.close()


def copy_into_a_slide(page: Page) -> None:
    """Both buttons fill the clipboard; where none may be used it is said kindly."""
    said = words("nl")["report"]
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name=said["copy_numbers"]).click()
    expect(page.get_by_text(said["copied"])).to_be_visible()
    table = page.evaluate("navigator.clipboard.readText()")
    assert "mezelf\t5" in table and len(table.splitlines()) > 4
    page.get_by_role("button", name=said["copy_picture"]).click()
    page.wait_for_function(
        "async () => (await navigator.clipboard.read())[0].types.includes('image/png')",
        timeout=60_000,
    )
    page.evaluate(NO_CLIPBOARD)
    for button in ("copy_numbers", "copy_picture"):
        page.get_by_role("button", name=said[button]).last.click()
        expect(page.get_by_text(said["not_copied"])).to_be_in_viewport()
