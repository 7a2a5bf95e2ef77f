"""A strength, where it goes too far, what balances it, and what that clashes with."""

from functools import cached_property
from typing import Any, Self

from pydantic import model_validator

from .base import (
    Answer,
    ChoiceField,
    Exercise,
    Field,
    Key,
    Language,
    Model,
    Option,
    Text,
    TextField,
    by_key,
)

CORNERS = ("strength", "pitfall", "challenge", "allergy")
YES, NO = "yes", "no"
YES_OR_NO = (
    Option(key=YES, label=Text(nl="ja", en="yes")),
    Option(key=NO, label=Text(nl="nee", en="no")),
)


class Corner(TextField):
    """One corner; `leads` are the words on the way to the next one."""

    leads: Text


class Question(ChoiceField):
    """A gentle question about two corners; "no" gets a hint, and stays allowed."""

    options: tuple[Option, ...] = YES_OR_NO
    about: tuple[Key, Key]
    if_no: Text


class Example(Model):
    """A square of somebody else's."""

    strength: Text
    pitfall: Text
    challenge: Text
    allergy: Text


class StrengthSquare(Exercise):
    """Fill in four corners, from any of them, and look at them with four questions."""

    corners: tuple[Corner, ...]
    questions: tuple[Question, ...]
    more: tuple[TextField, ...] = ()  # what the square is good for, and not part of it
    examples: tuple[Example, ...]
    credit: Text

    @cached_property
    def _by_key(self) -> dict[str, Field]:
        return by_key((*self.corners, *self.questions, *self.more))

    @property
    def asked(self) -> dict[str, Field]:
        """The corners, the questions about them, and what follows."""
        return self._by_key

    def public(self, language: Language, answer: Answer) -> dict[str, Any]:
        """What the browser draws; the hints stay here until somebody says no."""
        return super().public(language, answer) | {
            "corners": [
                {"key": corner.key, "leads": corner.leads.in_(language)}
                for corner in self.corners
            ],
            "questions": [
                {"key": question.key, "about": list(question.about)}
                for question in self.questions
            ],
            "examples": [
                {key: getattr(example, key).in_(language) for key in CORNERS}
                for example in self.examples
            ],
            "credit": self.credit.in_(language),
        }

    def is_complete(self, answer: Answer) -> bool:
        """Whether the corners are filled in and the questions answered, yes or no."""
        return not answer.get("skipped") and all(
            field.is_filled(answer.get(field.key))
            for field in (*self.corners, *self.questions)
        )

    def feedback(self, answer: Answer, language: Language) -> dict[str, Any]:
        """A hint for every question that was answered with no."""
        hints = {
            question.key: question.if_no.in_(language)
            for question in self.questions
            if answer.get(question.key) == NO
        }
        return super().feedback(answer, language) | ({"hints": hints} if hints else {})

    @model_validator(mode="after")
    def _is_a_square(self) -> Self:
        keys = tuple(corner.key for corner in self.corners)
        if keys != CORNERS:
            raise ValueError(f"the corners are {', '.join(CORNERS)}, in this order")
        for question in self.questions:
            for key in question.about:
                if key not in CORNERS:
                    raise ValueError(f"{question.key}: there is no corner {key!r}")
        return self
