"""How long a page waits before it asks for the server again."""

from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from widgets.esm import bundle

pytestmark = pytest.mark.e2e

PULSE = Path(__file__).parents[2] / "widgets" / "pulse.js"
ASK = """async (script) => {
  const file = new Blob([script], { type: "text/javascript" });
  const { backOff } = await import(URL.createObjectURL(file));
  const room = Array.from({ length: 200 });
  return Array.from({ length: 9 }, (_, tries) => room.map(() => backOff(tries)));
}"""


def test_it_waits_longer_each_time_and_a_room_never_asks_at_once(
    chrome: Browser,
) -> None:
    waits = chrome.new_page().evaluate(ASK, bundle(PULSE))
    middles = [(min(room) + max(room)) / 2 for room in waits]
    growing = middles[:4]
    assert all(later > 1.3 * earlier for earlier, later in pairwise(growing))
    assert all(min(room) >= 3_000 and max(room) <= 25_000 for room in waits)
    assert all(max(room) > 1.4 * min(room) for room in waits)
