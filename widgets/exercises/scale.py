"""A battery of five-point items in parts that are never added up to one total."""

from functools import cached_property
from statistics import fmean
from typing import Any, Self

from pydantic import PositiveInt, model_validator

from .base import (
    DONT_KNOW,
    Answer,
    Exercise,
    Field,
    Key,
    Language,
    Line,
    Model,
    Privacy,
    ScaleField,
    Text,
    by_key,
)


class Item(Model):
    """One sentence; a reversed one describes the opposite behaviour."""

    key: Key
    part: Key
    text: Text
    reverse: bool = False

    def points(self, value: int) -> int:
        """The answer in the direction of the part."""
        return 6 - value if self.reverse else value


class Scale(Exercise):
    """Say from 1 to 5 how well each sentence fits; "don't know" is a missing answer."""

    privacy: Privacy
    note: Text
    points: tuple[Text, Text, Text, Text, Text]
    dont_know: Text
    parts: dict[Key, PositiveInt]
    items: tuple[Item, ...]

    @cached_property
    def _by_key(self) -> dict[str, Field]:
        return by_key(
            ScaleField(key=item.key, label=item.text, privacy=self.privacy)
            for item in self.items
        )

    @property
    def asked(self) -> dict[str, Field]:
        """One field per item, in the order of the file."""
        return self._by_key

    def public(self, language: Language, answer: Answer) -> dict[str, Any]:
        """What the browser draws; parts and directions stay here."""
        points: list[dict[str, Any]] = [
            {"key": number, "label": text.in_(language)}
            for number, text in enumerate(self.points, start=1)
        ]
        points.append({"key": DONT_KNOW, "label": self.dont_know.in_(language)})
        own = {"points": points, "note": self.note.in_(language)}
        return super().public(language, answer) | own

    def on_paper(self, answer: Answer, language: Language) -> list[Line]:
        """The note, what the numbers mean, and every item with its number."""
        points = [text.in_(language) for text in self.points]
        meaning = [f"{number} = {point}" for number, point in enumerate(points, 1)]
        remarks = (self.note.in_(language), ", ".join(meaning) + ".")
        return [
            *(Line(text=remark, rows=0) for remark in remarks),
            *super().on_paper(answer, language),
        ]

    def score(self, answer: Answer) -> dict[str, float | None]:
        """The mean of each part, None where too few items were answered."""
        return {part: self._mean(part, answer) for part in self.parts}

    def _mean(self, part: str, answer: Answer) -> float | None:
        known = [
            item.points(answer[item.key])
            for item in self.items
            if item.part == part and isinstance(answer.get(item.key), int)
        ]
        return fmean(known) if len(known) >= self.parts[part] else None

    @model_validator(mode="after")
    def _parts_are_known(self) -> Self:
        for item in self.items:
            if item.part not in self.parts:
                raise ValueError(f"item {item.key} is in the unknown part {item.part}")
        return self
