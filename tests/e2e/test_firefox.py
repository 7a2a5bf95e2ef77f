"""The short story once more in Firefox."""

import pytest
from e2e.house import House
from e2e.serving import Server
from e2e.story import SMALL, Participant
from e2e.watch import Watch
from playwright.sync_api import Browser, expect

pytestmark = pytest.mark.e2e

WISH = "opening/learning_wish"


def test_what_was_saved_is_there_after_a_reload(
    served: House, fox: Browser, watch: Watch
) -> None:
    code = Server(served.url, served.folder / "data").session("self-study")
    one = Participant(fox, served.url, watch, device={"viewport": SMALL})
    one.join(code)
    one.open("opening")
    one.choose("opening/first_moved", "both")
    text = one.write(WISH, "wish")
    one.is_saved(WISH)
    one.page.reload(wait_until="commit")
    expect(one.box(WISH, "wish")).to_have_value(text, timeout=60_000)
    both = one.exercise("opening/first_moved").get_by_role("radio", checked=True)
    expect(both).to_have_count(1)
