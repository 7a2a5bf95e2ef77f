"""A machine that is full: a phone waits in line, says so, and goes on by itself."""

import pytest
from e2e.house import house
from e2e.story import Participant, Trainer
from e2e.watch import Watch
from playwright.sync_api import Browser, expect

pytestmark = pytest.mark.e2e


def test_the_third_phone_waits_and_goes_on_by_itself(
    chrome: Browser, watch: Watch
) -> None:
    with house("--max-pages", "4") as served:  # the trainer has two of them
        trainer = Trainer(chrome, served.url, watch)
        trainer.sign_in()
        trainer.make_session("Vol huis", "self-study")
        people = [
            Participant(chrome, served.url, watch, language=language)
            for language in ("nl", "nl", "nl", "en")
        ]
        for one in people:
            one.join(trainer.code)
        for one in people[:2]:
            one.open("opening")
            one.exercise("opening/first_moved").wait_for()
        with watch.forgiving():  # 503: not now
            for place, one in enumerate(people[2:]):
                one.open("opening")
                said = one.words["waiting"]
                expect(one.page.get_by_role("heading", level=1)).to_have_text(
                    said["title"]
                )
                text = said["ahead"].format(n=place) if place else said["next"]
                expect(one.page.get_by_role("status")).to_have_text(text)
            people[0].page.goto(served.url)  # leaves the page
            people[2].exercise("opening/first_moved").wait_for()
            next_one = people[3].words["waiting"]["next"]
            expect(people[3].page.get_by_role("status")).to_have_text(next_one)
            people[1].page.goto(served.url)
            people[3].exercise("opening/first_moved").wait_for()
        people[3].choose("opening/first_moved", "self")
