"""What the trainer's clock makes of an hour and a minute."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser

from widgets.esm import bundle

pytestmark = pytest.mark.e2e

CLOCK = Path(__file__).parents[2] / "widgets" / "control_clock.js"
ZONE = "Europe/Amsterdam"
ASK = """async ([script, asked]) => {
  const file = new Blob([script], { type: "text/javascript" });
  const { momentOf } = await import(URL.createObjectURL(file));
  return asked.map(([hours, minutes, near]) => momentOf(hours, minutes, near));
}"""
CASES = {  # what is filled in, when that is done, what is meant
    (9, 5): ("2026-06-01 09:12:33", "2026-06-01 09:05"),
    (23, 56): ("2026-06-02 00:02:10", "2026-06-01 23:56"),
    (0, 3): ("2026-06-01 23:58:00", "2026-06-02 00:03"),
    (22, 30): ("2026-10-25 09:00:00", "2026-10-24 22:30"),  # an hour was put back
}


def moment(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(ZONE)).timestamp())


def test_a_day_that_began_before_midnight_began_yesterday(chrome: Browser) -> None:
    page = chrome.new_context(timezone_id=ZONE).new_page()
    asked = [[*clock, moment(now)] for clock, (now, _) in CASES.items()]
    found = page.evaluate(ASK, [bundle(CLOCK), asked])
    assert found == [moment(meant) for _, meant in CASES.values()]
    page.context.close()
