"""Patterns in a browser: what is typed stands in the loop and in the plan at once."""

import pytest
from e2e import walk
from e2e.house import House
from e2e.watch import Watch
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.e2e

PAYOFF = "Elk patroon levert iets op. Anders had je het niet."


@pytest.fixture
def page(served: House, chrome: Browser, watch: Watch) -> Page:
    page = walk.come_in_watched(served, chrome, watch, "patterns")
    page.locator('[data-exercise="patterns/loop"] textarea').first.wait_for()
    return page


def test_the_loop_shows_what_is_typed_and_asks_for_the_pay_off(page: Page) -> None:
    loop = walk.at(page.locator('[data-exercise="patterns/loop"]'))
    for key, text in enumerate(("iemand vraagt iets", "ik zeg meteen ja")):
        loop.get_by_role("textbox").nth(key).fill(text)
    drawn = loop.get_by_role("figure").get_by_role("listitem")
    expect(drawn.nth(0)).to_contain_text("iemand vraagt iets")
    expect(drawn.nth(1)).to_contain_text("ik zeg meteen ja")
    loop.get_by_role("textbox").nth(1).blur()
    expect(loop.get_by_text(PAYOFF)).to_be_visible()
    loop.get_by_role("textbox").nth(2).fill("iedereen blij")
    expect(loop.get_by_text(PAYOFF)).to_be_hidden()


def test_the_plan_stands_in_one_sentence_and_comes_back_after_recalling(
    page: Page,
) -> None:
    plan = walk.at(page.locator('[data-exercise="patterns/plan"]'))
    plan.get_by_label("Als …").fill("iemand iets vraagt")
    plan.get_by_label("… dan …").fill("kijk ik eerst.")
    sentence = plan.get_by_role("group", name="Jouw plan")
    expect(sentence).to_contain_text("Als iemand iets vraagt, dan kijk ik eerst.")
    plan.get_by_label("… dan …").blur()
    walk.saved(plan)
    memory = walk.at(page.locator('[data-exercise="patterns/rehearsal"]'))
    memory.get_by_label("als …").fill("iemand iets vraagt")
    memory.get_by_label("dan …").fill("-")
    expect(memory.get_by_text("kijk ik eerst.")).to_have_count(0)
    memory.get_by_role("radio", name="ja").check()
    expect(memory.get_by_text("kijk ik eerst.")).to_be_visible()
