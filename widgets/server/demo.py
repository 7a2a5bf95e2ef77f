"""An invented cohort: people who are not there answer what the trainer opens."""

from __future__ import annotations

import asyncio
import random

from ..exercises.base import SKIPPED, Answer, AnswerError, Exercise
from ..sealed import OwnAnswers
from ..store import SessionRow
from .desk import Desk

PEOPLE = 12
PAUSE = 2.5
# Of those who are like people: who drops out along the way, and what is left empty.
DROPS_OUT = 0.2
SKIPS = 0.05
LEAVES_EMPTY = 0.06


class Cohort:
    """Joins a session of its own, marked as invented, and follows the trainer."""

    def __init__(
        self,
        desk: Desk,
        people: int = PEOPLE,
        seed: int = 1,
        *,
        like_people: bool = False,
    ) -> None:
        self._desk = desk
        self._people = people
        self._seed = seed
        self._like_people = like_people
        self._secrets: list[str] = []
        self._answered: set[tuple[str, str]] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    async def begin(self) -> SessionRow:
        """Make the session, let everybody join, and follow what is opened."""
        row = await self._desk.new_session("Demo", "nl", "full-day", invented=True)
        await self.join(row)
        return row

    async def join(self, row: SessionRow) -> None:
        """Let everybody join a session that is marked as invented, and follow it."""
        if not row.invented:
            raise ValueError("invented people stay away from real ones")
        for number in range(self._people):
            counting = number % PEOPLE != PEOPLE - 1  # some keep everything private
            language = "en" if number % 4 == 3 else "nl"
            self._secrets.append(await self._desk.join(row.code, language, counting))
        self._desk.subscribe(row.id, lambda: self._follow(row))
        if row.variant == "self-study":  # nobody opens anything there
            self._follow(row)

    def _follow(self, row: SessionRow) -> None:
        task = asyncio.ensure_future(self._answer_what_is_open(row))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _answer_what_is_open(self, row: SessionRow) -> None:
        states = await self._desk.states(row)
        for name, exercise in self._desk.workbook.exercises.items():
            if not states[name].is_open or exercise.always_open:
                continue
            for number, secret in enumerate(self._secrets):
                if (secret, name) in self._answered:
                    continue
                self._answered.add((secret, name))
                if self._has_left(number, name):
                    continue
                # Chance of their own: who waits for whom changes nobody's answer.
                chance = random.Random(f"{self._seed}/{number}/{name}")
                await asyncio.sleep(chance.uniform(0, PAUSE))
                await self.answer(secret, exercise, chance)

    def _has_left(self, number: int, name: str) -> bool:
        """Tell whether somebody dropped out before this exercise."""
        chance = random.Random(f"{self._seed}/{number}")
        if not self._like_people or chance.random() >= DROPS_OUT:
            return False
        order = list(self._desk.workbook.exercises)
        return order.index(name) >= chance.randrange(3, len(order))

    def _invent(self, exercise: Exercise, chance: random.Random) -> Answer:
        """Return an answer; who is like people skips a thing or leaves it empty."""
        answer = exercise.invent(chance)
        if not self._like_people:
            return answer
        if chance.random() < SKIPS:
            return {SKIPPED: True}
        asked = exercise.asked  # an answer may have more, such as an order of cards
        left = {key for key in asked if chance.random() < LEAVES_EMPTY}
        rest = {key: value for key, value in answer.items() if key not in left}
        try:
            exercise.check(rest, {})
        except AnswerError:  # what was left empty belongs to what is there
            return answer
        return rest

    async def answer(
        self, secret: str, exercise: Exercise, chance: random.Random
    ) -> None:
        """Let one invented person answer one exercise, as their kernel would."""
        admitted = await self._desk.admit(secret)
        visitor = await self._desk.visitor(secret)
        if admitted is None or visitor is None:
            return
        who, keys = admitted
        own = OwnAnswers(keys.seal, who.session.id)
        if exercise.like:
            have = own.open_all((await self._desk.own(who)).answers)
            exercise = self._desk.workbook.again_after(exercise.id, have)
        answer = exercise.check(self._invent(exercise, chance), {})
        counts = exercise.counted(answer) if visitor.counting else {}
        sealed = own.seal(exercise.id, answer)
        await self._desk.keep(
            who,
            exercise.id,
            sealed,
            complete=exercise.is_complete(answer),
            counts=counts,
        )
