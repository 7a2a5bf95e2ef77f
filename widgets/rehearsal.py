"""A rehearsal: invented people join a session over HTTP and answer what is open."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import escape

from .content import load, words
from .exercises.base import Answer
from .invented import Person
from .phone import Phone
from .phone_page import PhoneError, PhonePage

THINKS = 12.0  # seconds at most, before joining and before each answer
GLANCE = 2.0  # seconds between two looks at the contents
TRIES = 30
NOW = re.compile(
    r'<section class="card now">.*?class="button main" href="[^"]*/(\w+)"', re.DOTALL
)


@dataclass
class Rehearsal:
    """Where it is, and how it ends: `once` is enough when nothing is left to answer."""

    url: str
    code: str
    is_self_study: bool = False
    once: bool = False
    answers: int = 0  # so far


class Guest:
    """One invented person with a phone, from joining until they leave."""

    def __init__(self, person: Person, rehearsal: Rehearsal) -> None:
        self._person = person
        self._rehearsal = rehearsal
        self._phone = Phone(rehearsal.url)
        self._answers: dict[str, Answer] = {}
        self._is_done = False

    async def take_part(self) -> None:
        """Join and follow the room; raises PhoneError when the server stays away."""
        person, phone = self._person, self._phone
        await asyncio.sleep(person.thinks("joining", THINKS))
        code, counting = self._rehearsal.code, person.counting
        await phone.join(code, person.language, counting=counting)
        try:
            await self._follow()
        finally:
            await phone.leave()

    async def _follow(self) -> None:
        failed = 0
        while not self._is_done:
            try:
                await self._look_round()
                failed = 0
            except PhoneError as error:  # a server may start again: phones come back
                failed += not error.status
                if failed > TRIES:
                    raise
            if not self._is_done:
                await asyncio.sleep(GLANCE)

    async def _look_round(self) -> None:
        """Go where the room is and answer what is open there, until nothing is."""
        while slug := await self._where():
            if not await self._answer_all(slug):
                break
        is_enough = self._rehearsal.once or self._rehearsal.is_self_study
        self._is_done = self._is_done or is_enough

    async def _where(self) -> str:
        """Return the module where the room is, "" when there is none now."""
        language = self._person.language
        page = await self._phone.ask(f"/{language}/")
        html = page.body.decode()
        ended = escape(words(language)["contents"]["ended_title"])
        self._is_done = self._is_done or page.code != 200 or ended in html
        if self._is_done:
            return ""
        if self._rehearsal.is_self_study:
            return self._next_alone()
        found = NOW.search(html)
        return found[1] if found else ""

    def _next_alone(self) -> str:
        # The page itself leads back to what was skipped, again and again.
        for slug, module in load().modules.items():
            if any(self._is_due(id) for id in module.exercises):
                return slug
        return ""

    def _is_due(self, id: str) -> bool:
        """Whether it is still to be answered: some of it is done at the door."""
        return id not in self._answers and not load().exercise(id).always_open

    async def _answer_all(self, slug: str) -> int:
        """Answer what is open in a module; returns how many that were."""
        before = len(self._answers)
        page = await self._page(f"/{self._person.language}/{slug}")
        for id in load().modules[slug].exercises:
            if self._is_due(id) and _is_open(page, id) and not self._is_done:
                await self._answer(page, id)
        return len(self._answers) - before

    async def _page(self, path: str) -> PhonePage:
        page = self._phone.page
        if page is not None and page.path == path and page.is_open:
            return page
        return await self._phone.open(path)

    async def _answer(self, page: PhonePage, id: str) -> None:
        """Think, and answer what is still open then; who has had enough leaves."""
        person, workbook = self._person, load()
        self._is_done = person.has_left(id, list(workbook.exercises))
        if self._is_done:
            return
        await asyncio.sleep(person.thinks(id, THINKS))
        if _is_open(page, id):
            answer = person.answer(workbook.again_after(id, self._answers))
            await page.answer(id, answer)
            self._answers[id] = answer
            self._rehearsal.answers += 1


def _is_open(page: PhonePage, id: str) -> bool:
    state = page.state(id)
    return state is not None and bool(state["status"]["open"])


async def look(rehearsal: Rehearsal) -> None:
    """See whether people can join there; raises PhoneError."""
    await Phone(rehearsal.url).ask(f"/join/{rehearsal.code}")


async def rehearse(rehearsal: Rehearsal, people: Iterable[Person]) -> None:
    """Let everybody take part until the last one leaves; raises PhoneError."""
    guests = [Guest(person, rehearsal) for person in people]
    try:
        async with asyncio.TaskGroup() as room:
            for guest in guests:
                room.create_task(guest.take_part())
    except ExceptionGroup as group:
        raise group.exceptions[0] from None
