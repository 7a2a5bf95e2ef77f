"""A page survives: a server that sleeps, a dead line, an hour alone, a new edition."""

import re
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest
from e2e.house import House, Wire, edition
from e2e.story import Participant, Trainer
from e2e.watch import PATIENCE, Watch
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.e2e

CHOICE, WISH = "opening/first_moved", "opening/learning_wish"
AWAKE = 12_000  # milliseconds until everybody has noticed that nothing answers
DROPPED = 40_000  # milliseconds after which the server has given a silent line up
BEFORE, AFTER = 'save_saved = "Bewaard"', 'save_saved = "Veilig bewaard"'


@dataclass
class Phone:
    """Somebody in a live room, whose page has a clock that can be put forward."""

    served: House
    wire: Wire
    watch: Watch
    who: Participant

    @property
    def page(self) -> Page:
        return self.who.page

    def types(self, text: str) -> None:
        """Type while nothing answers, and read that it is not saved yet."""
        self.who.box(WISH, "wish").fill(text)
        said = self.who.said("save_waiting", WISH)
        expect(said).to_be_visible(timeout=PATIENCE)

    def has_all(self, text: str) -> None:
        """The same exercise with the same answers, and the server has them."""
        expect(self.who.box(WISH, "wish")).to_have_value(text, timeout=PATIENCE)
        chosen = self.who.exercise(CHOICE).get_by_role("radio", checked=True)
        expect(chosen).to_have_value("self")
        expect(self.who.box(WISH, "wish")).to_be_visible()


@pytest.fixture
def phone(served: House, chrome: Browser, watch: Watch) -> Iterator[Phone]:
    trainer = Trainer(chrome, served.url, watch)
    trainer.sign_in()
    trainer.make_session("Teamdag augustus", "half-day")
    for exercise in (CHOICE, WISH):
        trainer.press("open", exercise)
    trainer.context.close()
    wire = Wire(served.url)
    who = Participant(chrome, wire.url, watch)
    who.page.clock.install()
    who.join(trainer.code)
    who.open("opening")
    who.choose(CHOICE, "self")
    who.page.evaluate("window.isTheSamePage = true")
    yield Phone(served, wire, watch, who)


def test_a_page_outlives_a_sleeping_server_and_an_hour_alone(phone: Phone) -> None:
    with phone.watch.forgiving():
        server_and_kernels_sleep(phone)
        an_hour_without_a_line(phone)


def server_and_kernels_sleep(phone: Phone) -> None:
    """They stand still, as on a closed laptop, and go on where they were."""
    server = psutil.Process(phone.served.process.pid)
    everybody = [server, *server.children(recursive=True)]
    for one in everybody:
        one.send_signal(signal.SIGSTOP)
    phone.types("terwijl de laptop slaapt")
    phone.page.wait_for_timeout(AWAKE)
    for one in everybody:
        one.send_signal(signal.SIGCONT)
    phone.who.is_saved(WISH)
    phone.has_all("terwijl de laptop slaapt")
    assert phone.page.evaluate("window.isTheSamePage")


def an_hour_without_a_line(phone: Phone) -> None:
    """The server ended the kernel meanwhile: the page is made anew."""
    assert phone.wire.cut()
    phone.types("na een uur")
    for kernel in phone.served.kernels():
        kernel.kill()
    phone.page.clock.fast_forward("01:00:00")
    expect(phone.who.said("save_waiting", WISH)).to_be_visible()
    phone.wire.mend()
    phone.who.is_saved(WISH)
    phone.has_all("na een uur")
    assert not phone.page.evaluate("Boolean(window.isTheSamePage)")


def test_a_page_outlives_a_server_killed_and_made_new(phone: Phone) -> None:
    """Scripts and words are those of the new edition, answers those of the person."""
    old = script(phone.page)
    with phone.watch.forgiving():
        phone.served.process.kill()
        phone.served.process.wait()
        phone.types("terwijl er niets draait")
        phone.served.start(newer_edition(phone.served.folder / "newer"))
        said = phone.who.exercise(WISH).get_by_text("Veilig bewaard", exact=True)
        expect(said).to_be_visible(timeout=PATIENCE)
        phone.has_all("terwijl er niets draait")
    assert script(phone.page) != old


def script(page: Page) -> str:
    """The address of the script of all exercises, with the hash of what is in it."""
    found = re.search(r"exercises\.js\?v=\w+", page.content())
    assert found
    return found[0]


def newer_edition(root: Path) -> Path:
    """The workbook with another word, another script and a version of its own."""
    edition(root)
    words = root / "data" / "interface" / "nl.toml"
    words.write_text(words.read_text("utf-8").replace(BEFORE, AFTER), "utf-8")
    script = root / "widgets" / "frame.js"
    script.write_text(script.read_text("utf-8") + "\nconst NEWER = true;\n", "utf-8")
    return root


def test_what_is_typed_on_a_silent_line_is_saved_when_it_speaks(phone: Phone) -> None:
    with phone.watch.forgiving():
        phone.wire.silence()
        phone.types("terwijl niemand iets hoort")
        phone.wire.speak()
        is_kept(phone, "terwijl niemand iets hoort")


def test_a_line_that_died_while_nobody_typed_is_taken_up_again(phone: Phone) -> None:
    with phone.watch.forgiving():
        phone.wire.silence()
        phone.page.wait_for_timeout(DROPPED)
        phone.wire.speak()
        phone.who.box(WISH, "wish").fill("na een stille minuut")
        is_kept(phone, "na een stille minuut")


def is_kept(phone: Phone, text: str) -> None:
    """The page goes on as it is, and one that is made anew has the text as well."""
    phone.who.is_saved(WISH)
    phone.has_all(text)
    assert phone.page.evaluate("window.isTheSamePage")
    phone.wire.cut()  # the browser would go on asking over the lines that are dead
    phone.wire.mend()
    phone.page.reload()
    phone.has_all(text)
