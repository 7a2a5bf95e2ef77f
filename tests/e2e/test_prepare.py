"""A trainer chooses a programme: it is added up while choosing, and kept."""

from collections.abc import Iterator

import pytest
from e2e import walk
from e2e.browsers import chromium
from e2e.serving import Server, serving
from playwright.sync_api import Browser, expect, sync_playwright

from widgets.content import words

pytestmark = pytest.mark.e2e
SAID = words("nl")["trainer"]


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


@pytest.mark.parametrize("scripts", [True, False])
def test_the_sum_follows_the_choice(
    server: Server, browser: Browser, scripts: bool
) -> None:
    code = server.session("half-day")
    page = walk.sign_in(browser, server, "nl", java_script_enabled=scripts)
    page.goto(f"{server.url}/trainer/{code}/programme")
    total = page.locator("[role=status] strong")
    over = page.locator(".over-time")
    expect(total).to_have_text(SAID["programme_sum"].format(n=210, of=210))
    expect(over).to_be_hidden()
    page.get_by_label("Jouw drive").check()
    if scripts:
        expect(total).to_have_text(SAID["programme_sum"].format(n=216, of=210))
        expect(over).to_have_text(SAID["programme_over"].format(n=6))
    for box in page.locator("input[name=exercise][value^='follow_up/']").all():
        box.check()
    if scripts:
        expect(over).to_have_text(SAID["programme_over"].format(n=26))
    for box in page.locator("input[name=exercise][value^='difference/']").all():
        box.uncheck()
    page.get_by_role("button", name=SAID["save"]).click()
    # Without a module there is nothing to talk over either.
    expect(total).to_have_text(SAID["programme_sum"].format(n=216, of=210))
    expect(over).to_have_text(SAID["programme_over"].format(n=6))
    expect(page.locator("[value='difference/sorting']")).not_to_be_checked()
    page.context.close()
