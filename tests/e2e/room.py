"""The room of the end-to-end story: everybody in it, and how fast it follows."""

from dataclasses import dataclass, field

from e2e.house import House, Wire
from e2e.story import Participant, Trainer
from e2e.watch import Watch
from playwright.sync_api import Browser

START = "opening/first_moved"
SCALE = "opening/starting_point"
WISH = "opening/learning_wish"
SORTING = "difference/sorting"
QUESTIONS = "difference/two_questions"
OWN_WORDS = "difference/own_words"
CHAIN = "difference/chain"

PEOPLE = 12
ENGLISH = (3, 10)
ONLY_FOR_ME = (10, 11)
CHANGES, DELETES, MOVES = 6, 7, 2
CUT, KILLED = 4, 5
WRITERS = range(6)
DECLINED = 5
# Five, three, two and nobody: the last two may not be told apart.
MOVED = [*4 * ["self"], *3 * ["other"], *2 * ["both"], "self"]

# The pages note it themselves: how fast this test looks must not matter.
NOTE_WHEN_PRESSED = """(button) => button.addEventListener(
    "click", () => (button.pressedAt = Date.now()), { capture: true, once: true })"""
NOTE_WHEN_SEEN = """(region, what) => {
    region.seenAt = new Promise((tell) => {
        const timer = setInterval(() => {
            if (!region.querySelector(what)?.getClientRects().length) return;
            clearInterval(timer);
            tell(Date.now());
        }, 20);
    });
}"""


@dataclass
class Room:
    """Everybody in the room."""

    served: House
    browser: Browser
    watch: Watch
    trainer: Trainer
    wire: Wire
    people: list[Participant] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)

    @property
    def counted(self) -> list[Participant]:
        return [one for one in self.people if one.counts]

    def follows(self, key: str, exercise: str, seen: str) -> None:
        """Note how long a button of the trainer takes to reach a phone."""
        self.trainer.page.wait_for_timeout(2000)
        region = self.people[0].exercise(exercise or seen)
        region.evaluate(NOTE_WHEN_SEEN, "figure" if exercise else ".wb-input")
        button = self.trainer.button(key, exercise)
        button.evaluate(NOTE_WHEN_PRESSED)
        node = button.element_handle()  # its name changes once it is pressed
        button.click()
        begin = node.evaluate("(button) => button.pressedAt")
        end = region.evaluate("async (region) => await region.seenAt")
        self.waits.append((end - begin) / 1000)
