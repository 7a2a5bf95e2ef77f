"""A whole half-day: sixteen people, two devices of the trainer, and the report."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from urllib.parse import urlsplit

import pandas as pd
import pytest
from e2e.house import House, Wire
from e2e.story import LAPTOP, Participant, Trainer, title
from e2e.watch import PATIENCE, Watch
from playwright.sync_api import Browser, Locator, Page, expect
from pypdf import PdfReader

from widgets.content import load

pytestmark = pytest.mark.e2e

PEOPLE = 16  # the last of them comes late
MOVED, WISH = "opening/first_moved", "opening/learning_wish"
SORTING, CLAIM = "difference/sorting", "influence/claim"
# Eight, five, one and one: the last two may not be told apart.
FIRST = [*8 * ["self"], *5 * ["other"], "both", "none"]
VOTES = [*5 * ["1"], *3 * ["2"], *3 * ["3"], *5 * ["5"]]
SECOND = [*3 * ["1"], *3 * ["2"], *4 * ["3"], *6 * ["5"]]
HOSTILE = "<img src=x onerror=\"window.wasRun = 1\"> =1+1 {{ 7*7 }} 'ja'"
WRITERS = range(6)
COUNT = re.compile(rb'"count": ?(\d+|null)')
HALF_DAY = load().variants["half-day"]
ORDER = [
    f"{module}/{name}"
    for module, times in HALF_DAY.modules.items()
    for name in times.exercises
]


@dataclass
class Day:
    """Everybody who is there; the trainer's laptop hangs on a wire of its own."""

    served: House
    browser: Browser
    watch: Watch
    wire: Wire
    trainer: Trainer
    second: Page
    people: list[Participant] = field(default_factory=list)
    frames: list[bytes] = field(default_factory=list)  # all that a room's pages hear

    @property
    def controls(self) -> tuple[Page, Page]:
        return self.trainer.page, self.second

    def what(self, page: Page) -> str:
        """What the big button of a control will do."""
        return page.locator("#wb-control-what").inner_text()

    def will(self, key: str, exercise: str) -> re.Pattern[str]:
        """How a control says that the big button will do this."""
        said = self.trainer.words["control"][key].format(title=title(exercise))
        return re.compile(re.escape(said))

    def step(self, page: Page) -> None:
        """Press the big button once, and see that it did what it said."""
        before = self.what(page)
        page.get_by_role(
            "button", name=self.trainer.words["control"]["step_button"], exact=True
        ).click()
        expect(page.locator("#wb-control-what")).not_to_have_text(before)
        page.wait_for_timeout(800)  # a second press so soon is taken for a slip

    def on_to(self, exercise: str, page: Page | None = None) -> None:
        """Go on step by step until this exercise is open."""
        page = page or self.trainer.page
        for _ in range(3 * len(ORDER)):
            if self.will("step_close", exercise).search(self.what(page)):
                return
            self.step(page)
        raise AssertionError(f"{exercise} was never opened")

    def comes_in(self) -> Participant:
        one = Participant(self.browser, self.served.url, self.watch)
        self.listen(one.page)
        one.join(self.trainer.code)
        self.people.append(one)
        return one

    def listen(self, page: Page) -> None:
        """Keep what a page hears over its web sockets from now on."""

        def heard(frame: str | bytes) -> None:
            self.frames.append(frame if isinstance(frame, bytes) else frame.encode())

        page.on("websocket", lambda line: line.on("framereceived", heard))

    @property
    def picture(self) -> Locator:
        return self.trainer.screen.locator(".wb-screen-result img")


@pytest.fixture
def day(served: House, chrome: Browser, watch: Watch) -> Iterator[Day]:
    wire = Wire(served.url)
    trainer = Trainer(chrome, wire.url, watch)
    trainer.sign_in()
    trainer.make_session("Dagdeel mei", "half-day")
    device = watch.over(chrome.new_context(**LAPTOP, locale="nl-NL"))
    device.add_cookies(trainer.context.cookies())  # the same key, another device
    second = device.new_page()
    second.goto(served.url + urlsplit(trainer.page.url).path)
    second.locator("#wb-control-what").wait_for()
    one = Day(served, chrome, watch, wire, trainer, second)
    one.listen(trainer.screen)
    trainer.screen.reload()
    yield one


def test_a_whole_half_day(day: Day) -> None:
    fifteen_answer_and_see_themselves(day)
    one_comes_late(day)
    nothing_hidden_travels(day)
    a_hostile_text_is_a_text(day)
    the_laptop_sleeps(day)
    two_press_at_once(day)
    all_vote_twice(day)
    the_day_goes_on_to_its_end(day)
    the_report_holds_what_was_shown(day)


def fifteen_answer_and_see_themselves(day: Day) -> None:
    for _ in range(PEOPLE - 1):
        day.comes_in()
    here = day.trainer.words["screen"]["here"]
    day.trainer.sees(here.format(n=PEOPLE - 1))
    day.on_to(MOVED)
    for one in day.people:
        one.open("opening")
    for one, answer in zip(day.people, FIRST, strict=True):
        one.choose(MOVED, answer)
    day.step(day.second)
    day.step(day.trainer.page)
    expect(day.picture).to_have_attribute(
        "alt", re.compile("mezelf: 8, iemand anders: 5")
    )


def one_comes_late(day: Day) -> None:
    """Who comes late sees what the room sees, and is in from then on."""
    late = day.comes_in()
    late.open("opening")
    figure = late.exercise(MOVED).get_by_role("figure")
    expect(figure).to_contain_text(late.words["result"]["n"].format(n=PEOPLE - 1))


def nothing_hidden_travels(day: Day) -> None:
    """The counts of one stay on the server: no page of the room ever hears them."""
    said = [*day.frames, *(one.page.content().encode() for one in day.people)]
    counts = {count for one in said for count in COUNT.findall(one)}
    assert counts == {b"8", b"5", b"null"}


def a_hostile_text_is_a_text(day: Day) -> None:
    """The second device moderates; the projector shows signs and runs nothing."""
    day.on_to(WISH)
    texts = [HOSTILE, *(f"Rustig blijven, keer {n}" for n in WRITERS[1:])]
    writers = [day.people[number] for number in (PEOPLE - 1, *WRITERS[1:])]
    for one, text in zip(writers, texts, strict=True):
        one.box(WISH, "wish").fill(text)
        one.is_saved(WISH)
        one.post(WISH)
    approve = day.trainer.words["control"]["approve"]
    for text in texts:
        card = day.second.get_by_role("listitem").filter(has_text=text)
        card.get_by_role("button", name=approve).click()
        expect(card.get_by_role("button", name=approve)).to_be_hidden()
    day.trainer.press("view_wall")
    expect(day.trainer.screen.get_by_text(HOSTILE, exact=True)).to_be_visible()
    pages = (day.trainer.screen, *day.controls, *(one.page for one in day.people))
    assert not any(page.evaluate("'wasRun' in window") for page in pages)


def the_laptop_sleeps(day: Day) -> None:
    """The second device leads on; the laptop wakes up where the room is, and leads."""
    lost = day.trainer.page.get_by_text(day.trainer.words["control"]["lost"])
    with day.watch.forgiving():
        assert day.wire.cut()
        expect(lost).to_be_visible(timeout=PATIENCE)
        day.on_to(SORTING, day.second)
        day.wire.mend()
        what = day.trainer.page.locator("#wb-control-what")
        # A page is made anew at most once a minute.
        expect(what).to_have_text(day.will("step_close", SORTING), timeout=2 * PATIENCE)
        expect(lost).to_be_hidden()
        expect(
            day.trainer.screen.get_by_role("heading", name=title(SORTING))
        ).to_be_visible(timeout=PATIENCE)
    day.step(day.trainer.page)
    expect(day.second.locator("#wb-control-what")).to_have_text(day.what(what.page))


def two_press_at_once(day: Day) -> None:
    """Two hands on the same button take one step."""
    day.on_to(CLAIM)
    for one in day.people:
        one.open("influence")
    for one, vote in zip(day.people, VOTES, strict=True):
        one.choose(CLAIM, vote)
    name = day.trainer.words["control"]["step_button"]
    for page in day.controls:
        button = page.get_by_role("button", name=name, exact=True)
        button.evaluate("(one) => { setTimeout(() => one.click(), 300); }")
    day.trainer.page.wait_for_timeout(1500)
    for page in day.controls:
        expect(page.locator("#wb-control-what")).to_have_text(
            day.will("step_show", CLAIM)
        )


def all_vote_twice(day: Day) -> None:
    day.step(day.second)
    day.trainer.press("again", CLAIM)
    for one, vote in zip(day.people, SECOND, strict=True):
        one.choose(CLAIM, vote)
    day.step(day.second)
    day.step(day.trainer.page)
    both = re.compile(r"helemaal oneens – eerste keer: 5, tweede keer: 3\.")
    expect(day.picture).to_have_attribute("alt", both)
    seen = day.people[-1].exercise(CLAIM).locator(".wb-pairs > .wb-row").last
    expect(seen.locator(".wb-bar-count")).to_have_text(["5", "6"])


def the_day_goes_on_to_its_end(day: Day) -> None:
    """By turns, from either device, through all that the half-day has."""
    opened = []
    what = day.trainer.page.locator("#wb-control-what")
    for number in range(3 * len(ORDER)):
        said = what.inner_text()
        opened += [one for one in ORDER if day.will("next_opens", one).search(said)]
        if said == day.trainer.words["control"]["next_none"]:
            break
        day.step(day.controls[number % 2])
        expect(day.second.locator("#wb-control-what")).to_have_text(what.inner_text())
    assert opened == ORDER[ORDER.index(CLAIM) + 1 :]
    day.trainer.page.get_by_role(
        "button", name=day.trainer.words["control"]["end_ask"]
    ).click()
    day.trainer.page.get_by_role(
        "button", name=day.trainer.words["control"]["end_yes"]
    ).click()
    day.trainer.sees(day.trainer.words["screen"]["thanks"])


def the_report_holds_what_was_shown(day: Day) -> None:
    """The same numbers on the page, on paper and in the sheet; no text of anybody."""
    report = str(PurePosixPath(urlsplit(day.second.url).path).parent / "report")
    day.second.goto(day.served.url + report)
    expect(
        day.second.get_by_role("img", name="mezelf: 8, iemand anders: 5")
    ).to_have_count(1)
    page = day.second.locator("main").inner_text()

    def file(ending: str) -> bytes:
        answer = day.second.request.get(f"{day.served.url}{report}.{ending}")
        assert answer.ok
        return answer.body()

    pdf = PdfReader(io.BytesIO(file("pdf")))
    paper = "\n".join(one.extract_text() for one in pdf.pages)
    numbers = pd.read_csv(io.BytesIO(file("csv")))
    assert list(numbers.iloc[:2, -2]) == ["8", "5"]
    for text in (page, paper, numbers.to_string(), file("xlsx").decode("latin-1")):
        assert "wasRun" not in text and "Rustig blijven" not in text
    for text in (page, paper):
        assert title(MOVED) in text and title(CLAIM) in text
        assert f"Aanwezig: {PEOPLE}" in " ".join(text.split())
