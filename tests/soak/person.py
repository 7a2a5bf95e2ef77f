"""Somebody who takes part as people do, on a line of their own that may fail."""

from __future__ import annotations

import asyncio
import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from http import HTTPStatus
from random import Random

from soak.ledger import Ledger
from soak.line import Line

from widgets.content import load
from widgets.exercises.base import Answer, AnswerError, Exercise, TextField
from widgets.invented import Person as Invented
from widgets.phone import Phone
from widgets.phone_page import PhoneError, PhonePage

WORDS = ("ik vraag eerst", "wacht; “nee”", "én bied 🙂", "it's fair", "so\nfar")
STAYS, LEAVES = 0.7, 0.12  # at the module where they are; the page, for a while
AGAIN = 0.5
FULL = HTTPStatus.SERVICE_UNAVAILABLE
CODE = re.compile(r'class="personal-code"[^>]*>(.*?)</p>', re.DOTALL)


class Person(Phone):
    """One participant; the same seed and number make the same choices."""

    def __init__(self, target: str, number: int, seed: int, speed: int = 0) -> None:
        self.line = Line(target, speed)
        super().__init__(self.line.url)
        self.number, self.seed = number, seed
        self.ledger = Ledger()
        self.refused: Counter[int] = (
            Counter()
        )  # by status: what the server said no with
        self.interrupted = 0
        self.silent: list[str] = []  # pages that were there and never answered
        self._invented = Invented(number, seed)
        self.language = self._invented.language
        self._module = "opening"

    async def come_in(self, code: str) -> None:
        """Join, however often that takes."""
        await self.line.open()
        counting = self._invented.counting
        while True:
            try:
                return await self.join(code, self.language, counting=counting)
            except PhoneError as error:
                await self._wait(error)

    async def take_part(self, over: asyncio.Event, pace: float) -> None:
        """Answer, look round, leave and come back until it is over."""
        turn = 0
        while not over.is_set():
            turn += 1
            chance = Random(f"{self.seed}/{self.number}/{turn}")
            await asyncio.sleep(chance.uniform(0.1, 1) * pace)
            await self.turn(chance, turn)
            if chance.random() < LEAVES:
                await self._pocket(chance.uniform(0, 2) * pace, chance.random() < 0.5)

    async def turn(self, chance: Random, turn: int) -> None:
        """Answer one exercise, in as many steps as a page saves while one types."""
        if chance.random() > STAYS:
            self._module = chance.choice(list(load().modules))
        page = await self.at(self._module)
        due = [
            id for id in load().modules[self._module].exercises if _is_open(page, id)
        ]
        if not due:
            return
        exercise = load().again_after(chance.choice(due), self.ledger.saved)
        for answer in self._typed(exercise, turn, chance):
            if self._may_be(exercise, answer):
                await self._insist(exercise.id, answer)

    async def at(self, module: str) -> PhonePage:
        """The page of a module: as it is, or opened however often that takes."""
        path = f"/{self.language}/{module}"
        while True:
            page = self.page
            if page is not None and page.path == path and page.is_open:
                return page
            try:
                await self.ask("/healthz")  # so that a good-bye arrives as well
                page = await self.open(path)
            except PhoneError as error:
                await self._wait(error)
            else:
                for id in load().modules[module].exercises:
                    self.ledger.look(id, self._shown(page, id))

    async def personal_code(self) -> str:
        """The code with which somebody goes on at another device."""
        html = (await self.ask("/me")).body.decode()
        found = CODE.search(html)
        assert found, html
        return re.sub(r"<[^>]+>", "", found[1]).strip()

    async def resume(self, personal: str) -> None:
        """Go on with somebody's answers."""
        await self.line.open()
        await self.ask("/resume")
        await self.ask("/resume", {"personal": personal})

    def _typed(self, exercise: Exercise, turn: int, chance: Random) -> Iterator[Answer]:
        person = Invented(self.number, self.seed * 10_000 + turn)
        whole = dict(person.answer(exercise))
        for key, field in exercise.asked.items():
            if isinstance(field, TextField) and isinstance(whole.get(key), str):
                whole[key] = f"{turn}"
                while chance.random() < 0.9:
                    longer = f"{whole[key]} {chance.choice(WORDS)}"
                    try:
                        whole[key] = field.check(longer)
                    except AnswerError:
                        break
                half = len(whole[key]) // 2 + 1
                yield whole | {key: whole[key][:half]}
        yield whole

    def _may_be(self, exercise: Exercise, answer: Answer) -> bool:
        """Whether it is kept as it is after whatever stands there now.

        Some exercises let a prediction stand once its explanation was seen.
        """
        possible = self.ledger.possible(exercise.id)
        try:
            return all(exercise.check(answer, one) == answer for one in possible)
        except AnswerError:
            return False

    async def _insist(self, id: str, answer: Answer) -> None:
        """Answer until it is acknowledged, as a page that keeps what was typed."""
        self.ledger.sends(id, answer)
        while True:
            page = await self.at(id.partition("/")[0])
            try:
                await page.answer(id, answer)
            except PhoneError as error:
                self.interrupted += 1
                if page.is_open:
                    self._look_at(page, id, answer)
                await self._wait(error)
            else:
                return self.ledger.acknowledge(id, answer)

    def _look_at(self, page: PhonePage, id: str, answer: Answer) -> None:
        """Find out why a page that is there did not save, and give up a silent one."""
        state = page.state(id) or {}
        problem = state["problem"]
        assert problem.get("retry", True), f"{id}: {answer!r}: {problem}"
        if problem.get("seq") != state["seq"]:
            said = f"seq {state['seq']}, kept {state['kept']}, {problem}"
            self.silent.append(f"{self.number}: {id}: kernel {page.kernel}: {said}")
            page.hang_up()

    async def shows(self, module: str) -> int:
        """How many answers a fresh page shows as they were acknowledged."""
        await self.leave()
        page = await self.at(module)
        saved = [
            id for id in load().modules[module].exercises if id in self.ledger.saved
        ]
        return sum(self._shown(page, id) in self.ledger.possible(id) for id in saved)

    def _shown(self, page: PhonePage, id: str) -> object:
        """What a page shows: {} where that is how the exercise begins for somebody."""
        value: Answer = (page.state(id) or {}).get("value") or {}
        begins = value.keys() == load().exercise(id).start().keys()
        return {} if begins and {} in self.ledger.possible(id) else value

    async def _pocket(self, seconds: float, kindly: bool) -> None:
        """Leave the page: with the good-bye of a browser, or out of reach."""
        if kindly:
            await self.leave()
        elif self.page is not None:
            self.page.hang_up()
        await asyncio.sleep(seconds)

    async def _wait(self, error: PhoneError) -> None:
        """Let a moment pass; in the waiting line, until it is their turn."""
        self.refused[error.status] += 1
        await asyncio.sleep(AGAIN)
        if error.status != FULL:
            return
        with suppress(PhoneError):
            while not json.loads((await self.ask("/waiting")).body)["ready"]:
                await asyncio.sleep(AGAIN)


def _is_open(page: PhonePage, id: str) -> bool:
    state = page.state(id)
    is_asked = not load().exercise(id).always_open  # that was done at the door
    return is_asked and state is not None and bool(state["status"]["open"])
