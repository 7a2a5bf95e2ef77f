"""Words about which the workbook has a suggestion; it suggests and never refuses."""

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any, Self

from pydantic import model_validator

from .exercises.base import Answer, Exercise, Language, Model, Text


class Lint(Model):
    """One suggestion, and per language the words that call for it.

    Each entry is a regular expression for whole words, whatever their capitals.
    """

    text: Text
    nl: tuple[str, ...]
    en: tuple[str, ...]

    @cached_property
    def _patterns(self) -> dict[Language, re.Pattern[str]]:
        return {"nl": _whole_words(self.nl), "en": _whole_words(self.en)}

    def word_in(self, text: str, language: Language) -> str:
        """The first of its words in a text, as it was written, or ""."""
        found = self._patterns[language].search(text.replace("’", "'"))
        return text[slice(*found.span())] if found else ""

    @model_validator(mode="after")
    def _patterns_are_patterns(self) -> Self:
        for words in (self.nl, self.en):
            try:
                _whole_words(words)
            except re.error as error:
                raise ValueError(f"no regular expression: {error}") from error
        return self


def _whole_words(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)


def suggestions(
    lints: Mapping[str, Lint], exercise: Exercise, answer: Answer, language: Language
) -> list[dict[str, Any]]:
    """What there is to say about the texts of an answer, in the order of its fields."""
    return [
        {"field": key, "word": word, "text": lint.text.in_(language)}
        for key, text in _texts(exercise, answer)
        for lint in (lints[name] for name in exercise.fields[key].lints)
        if (word := lint.word_in(text, language))
    ]


def _texts(exercise: Exercise, answer: Answer) -> Iterator[tuple[str, str]]:
    for key, field in exercise.asked.items():
        if field.lints and field.is_filled(answer.get(key)):
            value = answer[key]
            yield key, "\n".join(value) if isinstance(value, list) else value
