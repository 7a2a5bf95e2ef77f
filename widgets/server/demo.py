"""An invented cohort: people who are not there answer what the trainer opens."""

from __future__ import annotations

import asyncio

from ..exercises.base import Exercise
from ..invented import Person
from ..sealed import OwnAnswers
from ..store import SessionRow
from .desk import Desk

PEOPLE = 12
PAUSE = 2.5


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
        self._people = [Person(number, seed, like_people) for number in range(people)]
        self._secrets: dict[str, Person] = {}
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
        for person in self._people:
            secret = await self._desk.join(row.code, person.language, person.counting)
            self._secrets[secret] = person
        self._desk.subscribe(row.id, lambda: self._follow(row))
        if row.variant == "self-study":  # nobody opens anything there
            self._follow(row)

    def _follow(self, row: SessionRow) -> None:
        task = asyncio.ensure_future(self._answer_what_is_open(row))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _answer_what_is_open(self, row: SessionRow) -> None:
        states = await self._desk.states(row)
        exercises = self._desk.workbook.exercises
        order = list(exercises)
        for name, exercise in exercises.items():
            if not states[name].is_open or exercise.always_open:
                continue
            for secret, person in self._secrets.items():
                if (secret, name) in self._answered:
                    continue
                self._answered.add((secret, name))
                if person.has_left(name, order):
                    continue
                await asyncio.sleep(person.thinks(name, PAUSE))
                await self.answer(secret, exercise, person)

    async def answer(self, secret: str, exercise: Exercise, person: Person) -> None:
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
        answer = exercise.check(person.answer(exercise), {})
        counts = exercise.counted(answer) if visitor.counting else {}
        sealed = own.seal(exercise.id, answer)
        await self._desk.keep(
            who,
            exercise.id,
            sealed,
            complete=exercise.is_complete(answer),
            counts=counts,
        )
