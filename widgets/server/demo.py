"""An invented cohort: people who are not there answer what the trainer opens."""

from __future__ import annotations

import asyncio
import random

from ..exercises.base import Exercise
from ..sealed import OwnAnswers
from ..store import SessionRow
from .desk import Desk

PEOPLE = 12
PAUSE = 2.5


class Cohort:
    """Joins a session of its own, marked as invented, and follows the trainer."""

    def __init__(self, desk: Desk, people: int = PEOPLE, seed: int = 1) -> None:
        self._desk = desk
        self._people = people
        self._seed = seed
        self._secrets: list[str] = []
        self._answered: set[tuple[str, str]] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    async def begin(self) -> SessionRow:
        """Make the session, let everybody join, and follow what is opened."""
        row = await self._desk.new_session("Demo", "nl", "full-day", invented=True)
        for number in range(self._people):
            counting = number != self._people - 1  # one keeps everything private
            language = "en" if number % 4 == 3 else "nl"
            self._secrets.append(await self._desk.join(row.code, language, counting))
        self._desk.subscribe(row.id, lambda: self._follow(row))
        return row

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
                # Chance of their own: who waits for whom changes nobody's answer.
                chance = random.Random(f"{self._seed}/{number}/{name}")
                await asyncio.sleep(chance.uniform(0, PAUSE))
                await self.answer(secret, exercise, chance)

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
        answer = exercise.check(exercise.invent(chance), {})
        counts = exercise.counted(answer) if visitor.counting else {}
        sealed = own.seal(exercise.id, answer)
        await self._desk.keep(
            who,
            exercise.id,
            sealed,
            complete=exercise.is_complete(answer),
            counts=counts,
        )
