"""One small event taken apart into the links of a chain, one link at a time."""

from dataclasses import replace
from functools import cached_property
from random import Random
from typing import Any, Literal, Self, get_args

from pydantic import model_validator

from .base import (
    Answer,
    AnyField,
    Exercise,
    Field,
    Group,
    Key,
    Language,
    Line,
    Model,
    NumberField,
    SliderField,
    Text,
    by_key,
)

LINKS = ("event", "thought", "feeling", "behaviour", "consequence")


class Link(Model):
    """One link of the chain, with what is asked about it."""

    key: Literal["event", "thought", "feeling", "behaviour", "consequence"]
    title: Text
    field: tuple[AnyField, ...]


class Gate(Model):
    """Above which number an event is too big for a training, and what is said."""

    field: Key
    above: int
    text: Text


class EventChain(Exercise):
    """Fill in link after link, and see the chain as a whole.

    A gate that is shut asks for a smaller example: nothing after it is open, and what
    was written is not read back elsewhere. Only the participant sees that it is shut.
    """

    link: tuple[Link, ...]
    gate: Gate

    @cached_property
    def _by_key(self) -> dict[str, Field]:
        return by_key(field for link in self.link for field in link.field)

    @property
    def asked(self) -> dict[str, Field]:
        """The fields in the order of the chain."""
        return self._by_key

    def public(self, language: Language, answer: Answer) -> dict[str, Any]:
        """What the browser draws; what the gate says stays here until it is shut."""
        links = [
            {
                "key": link.key,
                "title": link.title.in_(language),
                "fields": [field.key for field in link.field],
            }
            for link in self.link
        ]
        return super().public(language, answer) | {"links": links}

    def is_complete(self, answer: Answer) -> bool:
        """Whether every link is filled in, for an event of a size that fits."""
        return super().is_complete(answer) and not self._is_shut(answer)

    def invent(self, chance: Random) -> Answer:
        """A chain as somebody might fill it in, of an event that is small enough."""
        answer = super().invent(chance)
        while self._is_shut(answer):
            answer = super().invent(chance)
        return answer

    def feedback(self, answer: Answer, language: Language) -> dict[str, Any]:
        """The words of the gate while it is shut."""
        if self._is_shut(answer):
            said = {"field": self.gate.field, "text": self.gate.text.in_(language)}
            return {"gate": said}
        return super().feedback(answer, language)

    def in_words(self, answer: Answer, field: str, language: Language) -> str:
        """What one field says; an event that is too big is not worked with further."""
        if self._is_shut(answer):
            return ""
        return super().in_words(answer, field, language)

    def on_paper(self, answer: Answer, language: Language) -> list[Line]:
        """The fields, each link under its heading."""
        lines = dict(zip(self.asked, super().on_paper(answer, language), strict=True))
        for link in self.link:
            first, title = link.field[0].key, link.title.in_(language)
            lines[first] = replace(lines[first], heading=title, group=_group_of(link))
        return list(lines.values())

    def _is_shut(self, answer: Answer) -> bool:
        return int(answer.get(self.gate.field) or 0) > self.gate.above

    @model_validator(mode="after")
    def _is_a_chain(self) -> Self:
        if tuple(link.key for link in self.link) != LINKS:
            raise ValueError(f"the links are {', '.join(LINKS)}, in this order")
        if not isinstance(self.asked.get(self.gate.field), SliderField | NumberField):
            raise ValueError(f"gate: {self.gate.field} is no number")
        return self


def _group_of(link: Link) -> Group | None:
    """The group whose colour and sign a link has: the first and the last have none."""
    return next((group for group in get_args(Group) if group == link.key), None)
