"""Invented people, and what they answer; the same seed gives the same people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from .exercises.base import SKIPPED, Answer, AnswerError, Exercise, Language

PEOPLE = range(5, 31)  # that a rehearsal may have
ONE_IN_ENGLISH = 4
ONE_IN_PRIVATE = 12
# Of those who are like people: who drops out along the way, and what is left empty.
DROPS_OUT = 0.2
SKIPS = 0.05
LEAVES_EMPTY = 0.06


@dataclass(frozen=True)
class Person:
    """Somebody who is not there."""

    number: int
    seed: int
    like_people: bool = True

    @property
    def language(self) -> Language:
        """In which language they join."""
        return "en" if self._is_last_of(ONE_IN_ENGLISH) else "nl"

    @property
    def counting(self) -> bool:
        """Whether they want to be counted; some keep everything private."""
        return not self._is_last_of(ONE_IN_PRIVATE)

    def _is_last_of(self, some: int) -> bool:
        return self.number % some == some - 1

    def _chance(self, *about: str) -> Random:
        # Chance of their own: who waits for whom changes nobody's answer.
        return Random("/".join((str(self.seed), str(self.number), *about)))

    def has_left(self, exercise: str, order: Sequence[str]) -> bool:
        """Tell whether they dropped out before this exercise."""
        chance = self._chance()
        if not self.like_people or chance.random() >= DROPS_OUT:
            return False
        return order.index(exercise) >= chance.randrange(3, len(order))

    def thinks(self, about: str, longest: float) -> float:
        """Return how many seconds they take over something."""
        return self._chance(about, "time").uniform(0, longest)

    def answer(self, exercise: Exercise) -> Answer:
        """Return an answer; who is like people skips a thing or leaves it empty."""
        chance = self._chance(exercise.id)
        answer = exercise.invent(chance)
        if not self.like_people:
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
