"""Weeks later: by the link of one's own, and in a session for looking back."""

import pytest
from e2e import walk
from e2e.house import House
from e2e.serving import Server
from e2e.watch import Watch
from playwright.sync_api import Browser

pytestmark = pytest.mark.e2e

STEP = "Ik stel eerst één vraag"


def test_the_plan_is_there_weeks_later(
    served: House, chrome: Browser, watch: Watch
) -> None:
    server = Server(served.url, served.folder / "data")
    page = walk.come_in(chrome, server, server.session("self-study"))
    watch.over(page.context)
    walk.open_module(page, server, "nl", "plan")
    plan = page.locator('[data-exercise="plan/one_page"]')
    walk.at(plan)
    plan.get_by_label("Wat ik ga doen").fill(STEP)
    plan.locator('.wb-saved[data-state="saved"]').wait_for()
    page.goto(f"{server.url}/me")
    code = page.locator(".personal-code").inner_text().replace("\n", "")

    later = walk.context(chrome, "nl").new_page()
    watch.over(later.context)
    later.goto(f"{server.url}/follow-up#{code}")
    later.get_by_role("button", name="Open mijn werkboek").click()
    later.wait_for_url(f"{server.url}/nl/follow_up")
    later.get_by_text(STEP).first.wait_for(state="attached")

    room = server.session("follow-up")
    fresh = walk.context(chrome, "nl").new_page()
    watch.over(fresh.context)
    fresh.goto(f"{server.url}/join/{room}")
    fresh.get_by_text("Was je er al eens bij?").click()
    fresh.get_by_label("Persoonlijke code").fill(code)
    fresh.keyboard.press("Enter")  # is no choice
    fresh.get_by_role("button", name="Alleen voor mij").click()
    fresh.wait_for_url(f"{server.url}/nl/")
    walk.open_module(fresh, server, "nl", "follow_up")
    fresh.get_by_text(STEP).first.wait_for(state="attached")
    assert "Telt mee" not in fresh.locator("header").first.inner_text()
