"""Talents in a browser: what was chosen is to be picked from, and nothing else."""

import pytest
from e2e import walk
from e2e.house import House
from e2e.watch import Watch
from playwright.sync_api import Browser, Locator, expect

from widgets.content import words

pytestmark = pytest.mark.e2e

FIRST = words("nl")["fields"]["pick_first"]


@pytest.fixture
def talents(served: House, chrome: Browser, watch: Watch) -> Locator:
    page = walk.come_in_watched(served, chrome, watch, "strengths")
    return walk.at(page.locator('[data-exercise="strengths/talents"]'))


def test_one_is_picked_from_the_words_that_were_chosen(talents: Locator) -> None:
    offered = talents.get_by_role("radio")
    expect(talents.get_by_text(FIRST)).to_be_visible(timeout=60_000)
    expect(offered).to_have_count(0)
    for word in ("grondig", "snel"):
        talents.get_by_role("checkbox", name=word).check()
    expect(offered).to_have_count(2)
    talents.get_by_role("radio", name="snel").check()
    walk.saved(talents)
    talents.get_by_role("checkbox", name="snel").uncheck()
    expect(offered).to_have_count(1)
    expect(offered).not_to_be_checked()
