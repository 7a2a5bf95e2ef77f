"""A battery of five-point items in parts that are never added up to one total."""

from collections.abc import Mapping
from functools import cached_property
from math import lcm
from random import Random
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
from .pairs import PairField, pair
from .texts import decimals

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
        pairs = [self._pair_of(part) for part in self.parts] if self.like else []
        return by_key([*self.asked.values(), *pairs])

    def _pair_of(self, part: str) -> PairField:
        size, known = self._size(part), self._known(part)
        places = {total * (size // k) for k in known for total in range(k, 5 * k + 1)}
        return PairField(
            key=part,
            label=self.part_names[part],
            privacy="C",
            own_situation=True,
            places=tuple(sorted(places)),
            size=size,
        )

    def _known(self, part: str) -> range:
        """How many items of a part may be answered for it to have a mean."""
        return range(self.parts[part], sum(i.part == part for i in self.items) + 1)

    def _size(self, part: str) -> int:
        """So many steps make a point that every mean is a whole number of steps."""
        return lcm(*self._known(part))

    def invent(self, chance: Random) -> Answer:
        """Any points; asked again the earlier ones, and here and there a step away."""
        fresh = super().invent(chance)
        earlier = {k: v for k, v in self._earlier.items() if isinstance(v, int)}
        moved = {
            key: min(5, max(1, value + chance.choice((-1, 0, 0, 0, 1, 1))))
            for key, value in earlier.items()
        }
        return fresh | moved

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
        """Asked again: one pair for each part that was answered both times."""
        if not self.like or not self.is_complete(answer):
            return super().counted(answer)
        found: dict[str, str] = {}
        for part in self.parts:
            old, new = self._steps(part, self._earlier), self._steps(part, answer)
            if old is not None and new is not None:
                found[part] = pair(old, new)
        return found

    def feedback(self, answer: Answer, language: Language) -> dict[str, Any]:
        """Asked again: the two means of each part, for the participant alone."""
        found = super().feedback(answer, language)
        if not self.like or not found:
            return found
        scores = self.score(self._earlier), self.score(answer)
        pairs = [self._both(part, *scores, language) for part in self.parts]
        return found | {"pairs": pairs}

    def _both(
        self,
        part: str,
        before: dict[str, float | None],
        now: dict[str, float | None],
        language: Language,
    ) -> dict[str, Any]:
        known = [before[part], now[part]]
        said = [
            NOT_COMPUTED.in_(language) if mean is None else decimals(mean, 1, language)
            for mean in known
        ]
        text = BOTH.in_(language).format(before=said[0], now=said[1])
        label = self.part_names[part].in_(language)
        return {"label": label, "before": known[0], "now": known[1], "text": text}

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
        steps = self._steps(part, answer)
        return None if steps is None else steps / self._size(part)

    def _steps(self, part: str, answer: Answer) -> int | None:
        known = [
            item.points(answer[item.key])
            for item in self.items
            if item.part == part and isinstance(answer.get(item.key), int)
        ]
        if len(known) not in self._known(part):
            return None
        return sum(known) * (self._size(part) // len(known))

    def result(self, picture: Mapping[str, Any], language: Language) -> dict[str, Any]:
        """The labelled rows; asked again they say how the group changed."""
        kind = {"kind": "change"} if self.like else {}
        return super().result(picture, language) | kind

    @model_validator(mode="after")
    def _parts_are_known(self) -> Self:
        for item in self.items:
            if item.part not in self.parts:
                raise ValueError(f"item {item.key} is in the unknown part {item.part}")
        if self.part_names.keys() != self.parts.keys():
            raise ValueError("part_names must name the parts, each once")
        return self
