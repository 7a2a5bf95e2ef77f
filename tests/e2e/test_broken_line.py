"""A line that breaks and comes back: the page goes on, and hears what it missed."""

import pytest
from e2e.house import House, Wire
from e2e.story import Participant, Trainer
from e2e.watch import PATIENCE, Watch
from playwright.sync_api import Browser, expect

pytestmark = pytest.mark.e2e

FIRST, NEXT = "opening/first_moved", "opening/starting_point"


def test_a_phone_hears_what_it_missed_and_is_the_same_page(
    served: House, chrome: Browser, watch: Watch
) -> None:
    trainer = Trainer(chrome, served.url, watch)
    trainer.sign_in()
    trainer.make_session("Teamdag juni", "half-day")
    wire = Wire(served.url)
    phone = Participant(chrome, wire.url, watch)
    phone.join(trainer.code)
    phone.open("opening")
    trainer.press("open", FIRST)
    phone.choose(FIRST, "self")
    phone.page.evaluate("window.isTheSamePage = true")
    with watch.forgiving():
        assert wire.cut()
        phone.exercise(FIRST).get_by_role("radio").nth(1).check()
        expect(phone.said("save_waiting", FIRST)).to_be_visible(timeout=PATIENCE)
        trainer.press("close", FIRST)
        trainer.press("open", NEXT)
        wire.mend()
        phone.is_saved(FIRST)
        expect(phone.exercise(NEXT).get_by_role("radio").first).to_be_visible(
            timeout=PATIENCE
        )
    assert phone.page.evaluate("window.isTheSamePage")
    expect(phone.exercise(FIRST).get_by_role("radio").nth(1)).to_be_checked()
