"""The people of the end-to-end story, and what each of them does in a browser."""

import secrets
from collections.abc import Mapping
from typing import Any

from e2e.serving import KEY
from e2e.watch import PATIENCE, Watch
from playwright.sync_api import Browser, Locator, Page, WebSocket, expect

from widgets.content import Language, load, words

SMALL = {"width": 390, "height": 844}
PHONE = {"viewport": SMALL, "has_touch": True, "is_mobile": True}
LAPTOP = {"viewport": {"width": 1280, "height": 800}}
PROJECTOR = {"width": 1920, "height": 1080}
LOCALE = {"nl": "nl-NL", "en": "en-GB"}
WORKBOOK = load()


def title(exercise: str, language: Language = "nl") -> str:
    """An exercise as people call it."""
    return WORKBOOK.exercise(exercise).title.in_(language)


class Trainer:
    """The trainer's laptop, with the projector as its second window."""

    def __init__(self, browser: Browser, url: str, watch: Watch) -> None:
        context = browser.new_context(**LAPTOP, locale=LOCALE["nl"])
        self.context = watch.over(context)
        self.url = url
        self.page = self.context.new_page()
        self.words = words("nl")
        self.code = ""

    def sign_in(self) -> None:
        """Sign in with the key that the server printed."""
        said = self.words["trainer"]
        self.page.goto(f"{self.url}/trainer")
        self.page.get_by_label(said["key"]).fill(KEY)
        self.page.get_by_role("button", name=said["sign_in"]).click()
        expect(self.page.get_by_role("heading", name=said["sessions"])).to_be_visible()

    def make_session(self, name: str, variant: str) -> None:
        """Make a session and enter it."""
        said = self.words["trainer"]
        self.page.get_by_label(said["title"], exact=True).fill(name)
        length = WORKBOOK.variants[variant].title.in_("nl")
        self.page.get_by_label(said["variant"]).select_option(label=length)
        self.page.get_by_role("button", name=said["make"]).click()
        self.enter(name)

    def enter(self, name: str) -> None:
        """Open the screen and the control of a session."""
        said = self.words["trainer"]
        card = self.page.get_by_role("article", name=name)
        self.code = card.locator("b").inner_text()
        with self.context.expect_page() as opened:
            card.get_by_role("link", name=said["screen"]).click()
        self.screen = opened.value
        self.screen.set_viewport_size(PROJECTOR)
        card.get_by_role("link", name=said["control"]).click()
        self.page.get_by_role("heading", name=self.words["control"]["order"]).wait_for()

    def button(self, key: str, exercise: str = "") -> Locator:
        """A button of the control, of one exercise if it is named."""
        name = self.words["control"][key]
        name = f"{name}: {title(exercise)}" if exercise else name
        return self.page.get_by_role("button", name=name, exact=True)

    def press(self, key: str, exercise: str = "") -> None:
        """Press it and see that it is done."""
        self.button(key, exercise).click()
        expect(self.page.get_by_text(self.words["control"]["done"])).to_be_visible()

    def sees(self, text: str) -> None:
        """The projector shows this."""
        expect(self.screen.get_by_text(text).first).to_be_visible()


class Participant:
    """Somebody with a phone."""

    def __init__(
        self,
        browser: Browser,
        url: str,
        watch: Watch,
        *,
        language: Language = "nl",
        counts: bool = True,
        device: Mapping[str, Any] = PHONE,
    ) -> None:
        self.url, self.watch, self.language, self.counts = url, watch, language, counts
        context = browser.new_context(**device, locale=LOCALE[language])
        self.context = watch.over(context)
        self.page: Page = self.context.new_page()
        self.lines: list[WebSocket] = []
        self.page.on("websocket", lambda line: self.lines.append(line))
        self.words = words(language)
        self.texts: dict[str, str] = {}
        self.form = ""

    def join(self, code: str) -> None:
        """Type the code of the room and choose."""
        said = self.words["join"]
        self.page.goto(self.url)
        self.page.get_by_label(said["code"], exact=True).fill(code.lower())
        self.page.get_by_role("button", name=said["go"]).click()
        choice = said["count_me" if self.counts else "only_me"]
        self.page.get_by_role("button", name=choice).click()
        heading = self.words["contents"]["modules"]
        self.page.get_by_role("heading", name=heading).wait_for()

    def resume(self, code: str) -> None:
        """Go on with the personal code."""
        said = self.words["join"]
        self.page.goto(f"{self.url}/resume")
        self.page.get_by_label(said["personal"]).fill(code)
        self.page.get_by_role("button", name=said["resume_go"]).click()

    def personal_code(self) -> str:
        """Read the code on the page about me."""
        self.page.goto(f"{self.url}/me")
        code = self.page.locator(".personal-code").inner_text().replace("\n", "")
        self.watch.private.append(code)
        return code

    def open(self, module: str) -> None:
        """Go to a module from the contents; its exercises come later."""
        self.page.goto(f"{self.url}/{self.language}/")
        name = WORKBOOK.modules[module].title.in_(self.language)
        self.page.get_by_role("link", name=name).last.click(no_wait_after=True)

    def exercise(self, exercise: str) -> Locator:
        """One exercise on the page, with its step in sight."""
        module, _, step = exercise.partition("/")
        self.page.wait_for_url(f"**/{self.language}/{module}*", wait_until="commit")
        counted = self.page.locator(".wb-steps summary > span").first
        expect(counted).not_to_be_empty(timeout=PATIENCE)  # before that all are shown
        at = self.page.locator(f'[id="{step}"]')
        if not at.is_visible():
            self.page.evaluate("(step) => { location.hash = step; }", step)
            at.wait_for(timeout=PATIENCE)
        name = title(exercise, self.language)
        return self.page.get_by_role("region", name=name, exact=True)

    def go_on(self, module: str) -> None:
        """Follow the link to the next module, from the last step of this one."""
        modules = list(WORKBOOK.modules)
        before = WORKBOOK.modules[modules[modules.index(module) - 1]]
        self.exercise(before.exercises[-1])
        name = WORKBOOK.modules[module].title.in_(self.language)
        links = self.page.get_by_role("navigation", name=self.words["pages"]["modules"])
        links.get_by_role("link", name=name).click(no_wait_after=True)

    def said(self, key: str, exercise: str) -> Locator:
        """A sentence of the frame around an exercise."""
        return self.exercise(exercise).get_by_text(self.words["frame"][key], exact=True)

    def write(self, exercise: str, field: str) -> str:
        """Type a private text that nobody else could have typed."""
        text = self.texts[f"{exercise}.{field}"] = f"geheim {secrets.token_hex(8)}"
        self.watch.private.append(text)
        self.box(exercise, field).fill(text)
        return text

    def is_saved(self, exercise: str) -> None:
        """The exercise says that the answer is on disk."""
        expect(self.said("save_saved", exercise)).to_be_visible(timeout=PATIENCE)

    def choose(self, exercise: str, option: str) -> None:
        """Take one of the options."""
        (field,) = WORKBOOK.exercise(exercise).fields.values()
        label = next(one.label for one in field.options if one.key == option)
        name = label.in_(self.language)
        self.exercise(exercise).get_by_role("radio", name=name, exact=True).check()
        self.is_saved(exercise)

    def rate(self) -> None:
        """Fill in the twelve statements, one of them with "don't know"."""
        region = self.exercise("opening/starting_point")
        groups = region.get_by_role("group")
        for number in range(12):
            point = 5 if number == 7 else secrets.randbelow(5)
            groups.nth(number).get_by_role("radio").nth(point).check()
        self.is_saved("opening/starting_point")

    def sort(self) -> None:
        """Give every card a place and look at the explanation."""
        said = self.words["sort_cards"]
        region = self.exercise("difference/sorting")
        groups = region.get_by_role("group", name=said["where"]).get_by_role("button")
        for number in range(12):
            groups.nth((number + secrets.randbelow(2)) % 3).click()
        region.get_by_role("button", name=said["done"]).click()
        expect(region.get_by_text(said["you"]).first).to_be_visible()
        first = WORKBOOK.exercise("difference/sorting").cards[0].text.in_(self.language)
        self.form = "A" if region.get_by_text(first).count() else "B"

    def two_questions(self, target: str = "other") -> None:
        """Give three examples, and say who is steered and whose goal it is."""
        name = "difference/two_questions"
        for letter, who in (("L", target), ("P", "self"), ("B", "both")):
            self.write(name, f"ex_{letter}")
            for field, option in (("target", who), ("goal", "both")):
                self.take(name, f"{letter}_{field}", option)
        self.is_saved(name)

    def take(self, exercise: str, key: str, option: str) -> None:
        """Take one option of one field of a form."""
        asked, field = WORKBOOK.field(f"{exercise}.{key}")
        part = next(one for one in asked.part if key in one.fields)
        group = self.exercise(exercise).get_by_role(
            "group", name=part.title.in_(self.language), exact=True
        )
        group = group.get_by_role("group", name=field.label.in_(self.language))
        label = next(one.label for one in field.options if one.key == option)
        name = label.in_(self.language)
        group.get_by_role("radio", name=name, exact=True).check()

    def own_words(self) -> None:
        """Explain both, and look at one's own explanation."""
        name = "difference/own_words"
        for field in ("def_L", "def_P"):
            self.write(name, field)
        boxes = self.exercise(name).get_by_role("checkbox")
        boxes.first.check()
        boxes.last.check()
        self.is_saved(name)

    def chain(self) -> None:
        """Finish the sentence."""
        name = "difference/chain"
        mine = self.write(name, "self")
        theirs = self.write(name, "other")
        yours = self.words["sentence"]["yours"]
        sentence = self.exercise(name).get_by_role("group", name=yours)
        expect(sentence).to_contain_text(mine)
        expect(sentence).to_contain_text(theirs)
        self.is_saved(name)

    def box(self, exercise: str, field: str) -> Locator:
        """Where a text is typed."""
        _, asked = WORKBOOK.field(f"{exercise}.{field}")
        label = asked.label.in_(self.language) if asked.label else ""
        return self.exercise(exercise).get_by_label(label, exact=True)

    def post(self, exercise: str) -> None:
        """Send the text to the trainer, after one more look."""
        said = self.words["frame"]
        region = self.exercise(exercise)
        region.get_by_role("button", name=said["wall_offer"], exact=True).click()
        region.get_by_role("button", name=said["wall_send"], exact=True).click()
        expect(region.get_by_text(said["wall_queued"])).to_be_visible()
