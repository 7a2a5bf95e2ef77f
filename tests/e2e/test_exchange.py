"""The simulator in a browser: first a prediction, then a run, then the knobs."""

import re

import pytest
from e2e import walk
from e2e.house import House
from e2e.serving import Server
from e2e.watch import Watch
from playwright.sync_api import Browser, Locator, Page, expect

from widgets.content import load, words
from widgets.exercises.exchange import Exchange

pytestmark = pytest.mark.e2e

SAID = words("nl")["exchange"]
PROMISES = 2  # the third situation
KEPT = "Deel van de beloften dat uitkomt"
BROKEN = (
    "Vanaf ronde 9 kwam de volger tekort, en vanaf ronde 19 werkt de ruil niet meer."
)

TURN = """(slider, value) => {
  const run = slider.closest(".wb-run");
  const line = run.querySelector("svg[role=img] [data-line=follower]");
  const drawn = line.getAttribute("d");
  slider.value = value;
  slider.dispatchEvent(new Event("input", { bubbles: true }));
  return line.getAttribute("d") !== drawn;
}"""


@pytest.fixture
def simulator(served: House, chrome: Browser, watch: Watch) -> Locator:
    server = Server(served.url, served.folder / "data")
    page = walk.come_in(chrome, server, server.session("self-study"))
    watch.over(page.context)
    walk.open_module(page, server, "nl", "exchange")
    return the_simulator(page)


def the_simulator(page: Page) -> Locator:
    return walk.at(page.locator(".wb-frame:has(.wb-exchange)"))


def drawing(simulator: Locator, name: str) -> Locator:
    return simulator.get_by_role("img", name=SAID[name])


def knob(simulator: Locator, role: str = "slider") -> Locator:
    return simulator.get_by_role(role, name=KEPT)  # type: ignore[arg-type]


def lines(simulator: Locator) -> list[str | None]:
    found = simulator.locator("svg[role=img] [data-line]").all()
    return [line.get_attribute("d") for line in found]


def test_no_run_without_a_prediction(simulator: Locator) -> None:
    exercise = load().exercise("exchange/simulator")
    assert isinstance(exercise, Exchange)
    expect(simulator.get_by_text(exercise.honesty.nl)).to_be_visible()
    simulator.get_by_role("button", name=SAID["run"]).click()
    expect(simulator.get_by_text(SAID["predict_first"])).to_be_visible()
    expect(simulator.get_by_role("radio").first).to_be_focused()
    expect(drawing(simulator, "interests")).to_be_hidden()
    simulator.get_by_role("radio").first.check()
    expect(simulator.get_by_text(SAID["predict_first"])).to_be_hidden()
    expect(drawing(simulator, "interests")).to_be_hidden()


def test_a_run_is_told_in_words_lines_and_numbers(simulator: Locator) -> None:
    walk.run_exchange(simulator, PROMISES, prediction=2)
    sentence = simulator.locator(".wb-run-sentence")
    expect(sentence).to_be_focused()
    expect(sentence).to_contain_text(BROKEN)
    expect(simulator.get_by_text(SAID["different"])).to_be_visible()
    expect(simulator.get_by_role("radio")).to_have_count(0)
    for name, told in (
        ("interests", "belang volger: begint op 1,"),
        ("shares", "vertrouwen: begint op 80, eindigt op 7,"),
        ("book", "623 punten beloofd, daarvan 62 ingelost, 561 niet nagekomen"),
    ):
        expect(drawing(simulator, name)).to_have_accessible_description(
            re.compile(re.escape(told))
        )
    simulator.get_by_text(SAID["numbers"], exact=True).first.click()
    expect(simulator.get_by_role("row")).to_have_count(41)
    expect(simulator.get_by_role("row").last).to_contain_text("40")
    simulator.get_by_role("button", name=SAID["next"]).click()
    expect(simulator.get_by_role("heading", name="Eerlijke ruil")).to_be_focused()


def test_the_knobs_move_the_lines_at_once(simulator: Locator) -> None:
    walk.run_exchange(simulator, PROMISES, prediction=1)
    sentence, before = simulator.locator(".wb-run-sentence"), lines(simulator)
    simulator.get_by_text(SAID["knobs"]).click()
    slider = knob(simulator)
    assert slider.evaluate(TURN, 40), "the line moves within the same frame"
    expect(sentence).to_contain_text("De ruil werkt na 40 rondes nog")
    slider.press("ArrowLeft")
    expect(slider).to_have_attribute("aria-valuetext", "35 %")
    number = knob(simulator, "spinbutton")
    number.fill("0")
    number.press("Enter")
    expect(sentence).to_contain_text("vanaf ronde 17 werkt de ruil niet meer")
    number.fill("400")
    number.press("Tab")
    expect(number).to_have_value("100")
    reads_again(simulator.page, "100")
    simulator.get_by_role("button", name=re.compile("Terug naar")).click()
    expect(sentence).to_contain_text(BROKEN)
    expect(number).to_have_value("10")
    assert lines(simulator) == before


def reads_again(page: Page, kept: str) -> None:
    """After a reload everything is as it was left."""
    walk.saved(the_simulator(page))
    page.reload()
    walk.drawn(page, "exchange")
    simulator = the_simulator(page)
    simulator.get_by_text(SAID["knobs"]).click()
    expect(knob(simulator, "spinbutton")).to_have_value(kept)
    expect(simulator.locator(".wb-run-sentence")).to_contain_text("werkt na 40 rondes")
