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
from .pairs import counted_pair, one_decimal, pair_fields

NOT_COMPUTED = Text(
    nl="niet berekend, er is te weinig ingevuld",
    en="not calculated, too little was filled in",
)
BOTH = Text(nl="○ eerder {before}, ● nu {now}", en="○ before {before}, ● now {now}")


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
    part_names: dict[Key, Text]
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

    @cached_property
    def fields(self) -> dict[str, Field]:
        """The items; asked again also the pairs that are counted, part by part."""
        names = self.part_names.items() if self.like else ()
        pairs = [pair_fields(part, name, range(1, 6)) for part, name in names]
        return by_key(
            [*self.asked.values(), *(field for own in pairs for field in own)]
        )

    def public(self, language: Language, answer: Answer) -> dict[str, Any]:
        """What the browser draws; parts and directions stay here."""
        points: list[dict[str, Any]] = [
            {"key": number, "label": text.in_(language)}
            for number, text in enumerate(self.points, start=1)
        ]
        points.append({"key": DONT_KNOW, "label": self.dont_know.in_(language)})
        own = {"points": points, "note": self.note.in_(language)}
        return super().public(language, answer) | own

    def counted(self, answer: Answer) -> dict[str, str]:
        """Asked again: before, now and the difference of each part that has both."""
        if not self.like or not self.is_complete(answer):
            return super().counted(answer)
        before, now = self.score(self._earlier), self.score(answer)
        found: dict[str, str] = {}
        for part in self.parts:
            if (old := before[part]) is not None and (new := now[part]) is not None:
                found |= counted_pair(part, old, new)
        return found

    def feedback(self, answer: Answer, language: Language) -> dict[str, Any]:
        """Asked again: the two means of each part, for the participant alone."""
        found = super().feedback(answer, language)
        if not self.like or not found:
            return found
        lines = [self._both(part, answer, language) for part in self.parts]
        return found | {"text": "\n".join([*lines, found["text"]])}

    def _both(self, part: str, answer: Answer, language: Language) -> str:
        name = self.part_names[part].in_(language)
        before, now = (
            NOT_COMPUTED.in_(language) if mean is None else one_decimal(mean, language)
            for mean in (self._mean(part, self._earlier), self._mean(part, answer))
        )
        return f"{name}: {BOTH.in_(language).format(before=before, now=now)}"

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
        if self.part_names.keys() != self.parts.keys():
            raise ValueError("part_names must name the parts, each once")
        return self
