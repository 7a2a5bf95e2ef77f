"""A pattern as a loop: what sets it off, what one does, and what keeps it going."""

from functools import cached_property
from typing import Any, Self

from pydantic import model_validator

from .base import (
    Answer,
    Exercise,
    Field,
    Language,
    Line,
    Text,
    TextField,
    by_key,
)

PLACES = ("cue", "old", "price", "payoff", "new")
OLD_WAY, NEW_WAY = ("cue", "old", "payoff"), ("cue", "new")
ONWARD = " → "


class Place(TextField):
    """One place in the loop: its name there, and the words on the way to it."""

    name: Text
    leads: Text | None = None


class PatternLoop(Exercise):
    """Describe a pattern, and see it as a loop with a second way out of its moment.

    The old way goes round: what it brings is why it happens again. What it costs hangs
    beside it, and the new way begins at the same moment.
    """

    place: tuple[Place, ...]
    again: Text  # on the way back to the moment
    also: Text  # asked where the new way ends
    no_payoff: Text  # said while the old way stands there and brings nothing
    old_way: Text
    new_way: Text

    @cached_property
    def _by_key(self) -> dict[str, Field]:
        return by_key(self.place)

    @property
    def asked(self) -> dict[str, Field]:
        """The places, in the order in which they are asked."""
        return self._by_key

    def public(self, language: Language, answer: Answer) -> dict[str, Any]:
        """What the browser draws; what is said about a payoff waits until it is due."""
        places = [
            {
                "key": place.key,
                "name": place.name.in_(language),
                "leads": place.leads.in_(language) if place.leads else "",
            }
            for place in self.place
        ]
        ways = {"again": self.again.in_(language), "also": self.also.in_(language)}
        return super().public(language, answer) | {"places": places} | ways

    def feedback(self, answer: Answer, language: Language) -> dict[str, Any]:
        """A thought about a payoff that is missing; in the end what follows."""
        if self._has(answer, "cue", "old") and not self._has(answer, "payoff"):
            return {"no_payoff": self.no_payoff.in_(language)}
        return super().feedback(answer, language)

    def on_paper(self, answer: Answer, language: Language) -> list[Line]:
        """The places, and below them each way that is there from end to end."""
        again = f". {self.again.in_(language)}"
        ways = ((self.old_way, OLD_WAY, again), (self.new_way, NEW_WAY, "."))
        whole = [
            Line(label=name.in_(language), text=self._told(answer, keys) + end)
            for name, keys, end in ways
            if self._has(answer, *keys)
        ]
        return [*super().on_paper(answer, language), *whole]

    def _has(self, answer: Answer, *keys: str) -> bool:
        return all(self.asked[key].is_filled(answer.get(key)) for key in keys)

    def _told(self, answer: Answer, keys: tuple[str, ...]) -> str:
        return ONWARD.join(" ".join(answer[key].split()).rstrip(".") for key in keys)

    @model_validator(mode="after")
    def _is_a_loop(self) -> Self:
        if {place.key for place in self.place} != set(PLACES):
            raise ValueError(f"the places are {', '.join(PLACES)}")
        return self
