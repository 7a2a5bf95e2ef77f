"""A sentence of fixed words with places for what somebody filled in."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from .fields import Answer, TextField
from .kinds import Field
from .paper import Line
from .texts import Language, Model, Text

PLACE = re.compile(r"\{(\w+)\}")


def places(words: str) -> list[str]:
    """The names of the places, in the order of the sentence."""
    return PLACE.findall(words)


def parts(template: Text, language: Language) -> list[Any]:
    """What the browser draws: texts and {"field": key} in turn."""
    pieces = PLACE.split(template.in_(language))
    return [
        {"field": piece} if number % 2 else piece
        for number, piece in enumerate(pieces)
        if piece
    ]


def filled_in(template: Text, answer: Mapping[str, Any], language: Language) -> str:
    """The sentence with everything in its place."""
    return PLACE.sub(
        lambda place: str(answer[place[1]]).strip().rstrip("."),
        template.in_(language),
    )


class Whole(Model):
    """What some texts say together, in large letters below the last of them."""

    title: Text
    template: Text

    def public(self, language: Language) -> dict[str, Any]:
        """What the browser draws."""
        drawn = parts(self.template, language)
        return {"title": self.title.in_(language), "parts": drawn}

    def on_paper(self, answer: Answer, language: Language) -> list[Line]:
        """The sentence, once everything in it is there."""
        keys = places(self.template.nl)
        if not all(str(answer.get(key) or "").strip() for key in keys):
            return []
        text = filled_in(self.template, answer, language)
        return [Line(label=self.title.in_(language), text=text)]

    def problems(self, fields: Mapping[str, Field]) -> Iterator[str]:
        """What is wrong with the places, in words for an author."""
        dutch, english = places(self.template.nl), places(self.template.en)
        if sorted(dutch) != sorted(english):
            yield "both languages need the same places"
        for key in (*dutch, *english):
            if not isinstance(fields.get(key), TextField):
                yield f"{key} is no text field"
