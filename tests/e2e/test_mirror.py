"""A mirror card on two phones: asked for, sealed, waiting, opened, and thrown away."""

import pytest
from e2e import walk
from e2e.house import House
from e2e.phone import Phone
from e2e.serving import Server
from e2e.watch import Watch
from playwright.sync_api import Browser, expect

from widgets.content import load

pytestmark = pytest.mark.e2e

CARD = load().exercise("mirror/card")


class Card(Phone):
    """Somebody with the mirror card in front of them."""

    name = "mirror/card"

    def write(self, **texts: str) -> None:
        """Fill in the parts of a card."""
        for key, text in texts.items():
            self.frame.get_by_label(self.label(key), exact=True).fill(text)
        walk.saved(self.frame)


@pytest.fixture
def phones(served: House, chrome: Browser, watch: Watch) -> list[Card]:
    server = Server(served.url, served.folder / "data")
    code = server.session("self-study")
    pages = [walk.come_in(chrome, server, code) for _ in range(3)]
    for page in pages:
        watch.over(page.context)
    return [Card(page, served.url) for page in pages]


def test_a_card_for_one_other_person(phones: list[Card], served: House) -> None:
    receiver, giver, third = phones
    first = {key: f"geheim {key} voor jou" for key in CARD.card}

    receiver.open()
    code = receiver.invite()
    receiver.look("1-invited")

    # Who was not invited sends nothing, and keeps what was written.
    third.open()
    third.write(**first)
    third.code("CDFH-JKMN")
    third.look("2-written")
    third.send()
    third.hears("problem_no_invitation")
    expect(third.frame.get_by_text(first["effect"]).first).to_be_visible()

    # The receiver's phone sleeps meanwhile.
    receiver.page.goto("about:blank")
    giver.open(f"?card={code}")
    expect(giver.frame.get_by_label(giver.said["code"], exact=True)).to_have_value(code)
    giver.write(**first | {"saw": "Jij bent geheim streng."})
    lint = load().lints["mirror"].text.nl
    expect(giver.frame.get_by_text(lint).first).to_be_visible()
    giver.look("3-lint")
    giver.write(**first)
    giver.send()
    giver.hears("done_give")
    expect(giver.frame.get_by_label(giver.label("saw"), exact=True)).to_have_value("")
    giver.look("5-sent")
    assert served.traces(first["saw"]) == []

    # The code is used up.
    third.button("send").or_(third.button("look")).first.wait_for()
    third.button("not_yet").click()
    third.code(code)
    third.send()
    third.hears("problem_no_invitation")

    receiver.open()
    got = receiver.frame.locator(".wb-card-got")
    expect(got).to_have_count(1)
    expect(got).to_contain_text(first["saw"])
    expect(got).to_contain_text(receiver.said["thanks"])
    got.get_by_role("radio", name="Bewaren").check()
    walk.saved(receiver.frame)
    receiver.look("6-received")

    # A second card comes in while the page is open, and is thrown away.
    third.button("not_yet").click()
    third.code(receiver.invite())
    third.send()
    third.hears("done_give")
    expect(got).to_have_count(2)
    got.last.get_by_role("radio", name="Parkeren").check()
    walk.saved(receiver.frame)
    got.last.get_by_role("button", name="Weggooien").click()
    receiver.look("7-away")
    got.last.get_by_role("button", name=receiver.said["away_yes"]).click()
    expect(got).to_have_count(1)
    walk.saved(receiver.frame)
    receiver.write(takeaway="geheim voor later")

    receiver.open()
    expect(got).to_have_count(1)
    expect(got.get_by_role("radio", name="Bewaren")).to_be_checked()
    receiver.page.goto(f"{served.url}/nl/plan")
    plan = receiver.page.locator('[data-exercise="plan/one_page"]')
    walk.at(plan)
    expect(plan.get_by_text("geheim voor later")).to_be_visible(timeout=60_000)
    for text in (*first.values(), "geheim voor later"):
        assert served.traces(text) == []


def test_an_invitation_is_withdrawn(phones: list[Card]) -> None:
    receiver, giver, _ = phones
    receiver.open()
    code = receiver.invite()
    receiver.button("withdraw").click()
    receiver.hears("done_uninvite")
    giver.open()
    giver.code(code)
    giver.button("check").click()
    giver.hears("problem_no_invitation")
