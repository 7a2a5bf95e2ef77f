"""A sentence to finish: fixed words with places to fill in."""

from functools import cached_property
from typing import Any, Self

from pydantic import model_validator

from .base import Answer, Exercise, Field, Language, Line, Text, TextField, by_key
from .template import filled_in, parts, places


class Sentence(Exercise):
    """Finish the sentence; as a whole it may go on the wall, as field `whole`."""

    template: Text
    field: tuple[TextField, ...]
    whole: TextField

    @cached_property
    def _by_key(self) -> dict[str, Field]:
        return by_key(self.field)

    @property
    def asked(self) -> dict[str, Field]:
        """The places to fill in."""
        return self._by_key

    @property
    def fields(self) -> dict[str, Field]:
        """The places, and the whole sentence that follows from them."""
        return by_key((*self.field, self.whole))

    def public(self, language: Language, answer: Answer) -> dict[str, Any]:
        """What the browser draws: `parts` are texts and {"field": key} in turn."""
        own = {"parts": parts(self.template, language), "wall_field": self.whole.key}
        return super().public(language, answer) | own

    def feedback(self, answer: Answer, language: Language) -> dict[str, Any]:
        """The finished sentence, {} while something is missing."""
        whole = self.sentence(answer, language)
        return super().feedback(answer, language) | (
            {"sentence": whole} if whole else {}
        )

    def sentence(self, answer: Answer, language: Language) -> str:
        """The sentence with everything filled in, "" while something is missing."""
        is_whole = self.is_complete(answer)
        return filled_in(self.template, answer, language) if is_whole else ""

    def in_words(self, answer: Answer, field: str, language: Language) -> str:
        """One place, or the whole sentence."""
        if field == self.whole.key:
            return self.sentence(answer, language)
        return super().in_words(answer, field, language)

    def on_paper(self, answer: Answer, language: Language) -> list[Line]:
        """The finished sentence as one, else the places to fill in."""
        whole = self.sentence(answer, language)
        return [Line(text=whole)] if whole else super().on_paper(answer, language)

    @model_validator(mode="after")
    def _places_are_fields(self) -> Self:
        for language, words in self.template.model_dump().items():
            if sorted(places(words)) != sorted(self.asked):
                raise ValueError(f"template.{language}: one place for every field")
        return self
