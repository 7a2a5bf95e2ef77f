"""What every exercise is, and what the frame, the room and the projector may ask it."""

from abc import abstractmethod
from collections.abc import Mapping
from random import Random
from typing import Any, ClassVar, Literal, Self

from pydantic import Field as content
from pydantic import PrivateAttr, model_validator

from .date_fields import DateField, DatetimeField
from .fields import (
    DONT_KNOW,
    SKIPPED,
    Answer,
    AnswerError,
    BaseField,
    ChecksField,
    ChoiceField,
    Code,
    Concept,
    Group,
    Key,
    Option,
    Privacy,
    TextField,
    Value,
    clean,
)
from .kinds import AnyField, Field, by_key, form_of
from .list_fields import LinesField, MultiField, PickField, Top3Field
from .number_fields import NumberField, ScaleField, SliderField
from .paper import Line, line_of
from .texts import Language, Model, Text, Words

__all__ = [
    "DONT_KNOW",
    "SKIPPED",
    "Answer",
    "AnswerError",
    "AnyField",
    "BaseField",
    "ChecksField",
    "ChoiceField",
    "Code",
    "Concept",
    "DateField",
    "DatetimeField",
    "Exercise",
    "Field",
    "Group",
    "Key",
    "Language",
    "Line",
    "LinesField",
    "Model",
    "MultiField",
    "NumberField",
    "Option",
    "PickField",
    "Privacy",
    "ScaleField",
    "SliderField",
    "Text",
    "TextField",
    "Top3Field",
    "Value",
    "Words",
    "by_key",
    "clean",
]


class Exercise(Model):
    """One thing to answer; each type adds its own content and says what it means.

    `recall` names fields of earlier exercises, such as "opening/learning_wish.wish",
    that a participant reads back here: at once, or with `recall_after` only when this
    exercise is complete, for who recalls from memory first. `beside` reads one back
    right above a field of this exercise, to compare. `like` names an exercise that is
    asked again here: what this file does not say, that one says.
    """

    picture_kind: ClassVar[Literal["bars", "stacked", "change"]] = "bars"

    id: str
    type: str
    ref: str
    title: Text
    prompt: Text
    concepts: tuple[Concept, ...]
    evidence: Text
    after: Text | None = None
    always_open: bool = False
    recall: tuple[str, ...] = ()
    recall_after: bool = False
    beside: dict[Key, str] = content(default_factory=dict)
    like: str | None = None

    _earlier: Answer = PrivateAttr(default_factory=dict)

    def again_after(self, earlier: Answer) -> Self:
        """The same exercise for who gave this answer to the one that it is `like`."""
        own = self.model_copy()
        own._earlier = {} if earlier.get(SKIPPED) else earlier
        return own

    @property
    @abstractmethod
    def asked(self) -> dict[str, Field]:
        """The fields that a participant fills in."""

    @property
    def fields(self) -> dict[str, Field]:
        """All fields, also those that follow from an answer."""
        return self.asked

    @property
    def to_count(self) -> tuple[Field, ...]:
        """The fields that may be counted (privacy C)."""
        return tuple(field for field in self.fields.values() if field.privacy == "C")

    @property
    def countable(self) -> dict[str, BaseField]:
        """The single choices or pairs as which those fields are counted, by key."""
        choices = (choice for field in self.to_count for choice in field.counted_fields)
        return {choice.key: choice for choice in choices}

    def public(self, language: Language, answer: Answer) -> dict[str, Any]:
        """What the browser draws, as JSON; never an answer key or a reason."""
        asked = self.asked.values()
        # What follows from an answer and may be counted is announced as well.
        codes = {field.privacy for field in (*asked, *self.to_count)}
        return {
            "id": self.id,
            "type": self.type,
            "ref": self.ref,
            "title": self.title.in_(language),
            "prompt": self.prompt.in_(language),
            "evidence": self.evidence.in_(language),
            "always_open": self.always_open,
            "recall_after": self.recall_after,
            "beside": list(self.beside),
            "privacy": sorted(codes),
            "fields": [field.public(language) for field in asked],
        }

    def start(self, shared: str | None = None) -> Answer:
        """The answer with which a newcomer begins.

        In a small room `shared` is the same for everybody, and takes the place of
        chances that would divide the room.
        """
        return {}

    def check(self, answer: object, before: Answer | None = None) -> Answer:
        """The answer as it may be kept, given the one before it; raises AnswerError."""
        if not isinstance(answer, dict):
            raise AnswerError("", "wrong_type")
        given = {
            key: value
            for key, value in answer.items()
            if key != SKIPPED and value is not None
        }
        checked = self._check(given, before or {})
        if SKIPPED in answer:
            checked[SKIPPED] = _flag(SKIPPED, answer[SKIPPED])
        return checked

    def _check(self, answer: Answer, before: Answer) -> Answer:
        return self._check_fields(answer)

    def _check_fields(self, answer: Answer) -> Answer:
        asked = self.asked
        for key in answer:
            if key not in asked:
                raise AnswerError(str(key), "unknown_field")
        return {key: asked[key].check(value) for key, value in answer.items()}

    def invent(self, chance: Random) -> Answer:
        """An answer as somebody might give it, for a rehearsal."""
        return {key: field.invent(chance) for key, field in self.asked.items()}

    def is_complete(self, answer: Answer) -> bool:
        """Whether all is filled in that must be; a skipped exercise is not."""
        return not answer.get(SKIPPED) and all(
            field.optional or field.is_filled(answer.get(key))
            for key, field in self.asked.items()
        )

    def counted(self, answer: Answer) -> dict[str, str]:
        """The values that may count now: field key to option key."""
        if answer.get(SKIPPED):
            return {}
        counted: dict[str, str] = {}
        for field in self.to_count:
            if field.is_filled(answer.get(field.key)):
                counted |= field.counted(answer[field.key])
        return counted

    def feedback(self, answer: Answer, language: Language) -> dict[str, Any]:
        """What the participant may see now, {} while nothing is due."""
        if self.after is None or not self.is_complete(answer):
            return {}
        return {"text": self.after.in_(language)}

    def on_paper(self, answer: Answer, language: Language) -> list[Line]:
        """What was asked and answered, for a document; never a key, always words."""
        return [
            line_of(field, answer.get(key), language)
            for key, field in self.asked.items()
        ]

    def wall_text(self, answer: Answer, field: str, language: Language) -> str:
        """The text that goes on the wall by an explicit act.

        Raises AnswerError when the field may not go there, or is still empty.
        """
        if field not in self.fields or not self.fields[field].wall:
            raise AnswerError(field, "not_for_wall")
        text = self.in_words(answer, field, language).strip()
        if not text:
            raise AnswerError(field, "empty")
        return str(self.fields[field].check(text))

    def in_words(self, answer: Answer, field: str, language: Language) -> str:
        """What one field of an answer says, "" while it is empty."""
        value = answer.get(field)
        known = self.fields[field]
        return known.in_words(value, language) if known.is_filled(value) else ""

    def recalls_now(self, answer: Answer) -> bool:
        """Whether what was written earlier may be read back."""
        return not self.recall_after or self.is_complete(answer)

    def result(self, picture: Mapping[str, Any], language: Language) -> dict[str, Any]:
        """A frozen picture with its words: rows of labelled cells.

        A hidden cell has count and share None; fields that may not be shown are
        left out, and `left_out` says how many.
        """
        drawn = [(field, field.drawn(picture["fields"])) for field in self.to_count]
        rows = [self._row(field, own, language) for field, own in drawn if own]
        return {
            "kind": self.picture_kind,
            "n": picture["n"],
            "rows": rows,
            "left_out": len(drawn) - len(rows),
        }

    def _row(
        self, field: Field, shown: Mapping[str, Any], language: Language
    ) -> dict[str, Any]:
        counts = shown["cells"] or {}
        options = {option.key: option for option in field.choices}
        cells = []
        for key in shown.get("order", options):
            option, count = options[key], counts.get(key)
            cells.append(
                {
                    "key": option.key,
                    "label": option.label.in_(language),
                    "count": count,
                    "share": None if count is None else count / shown["n"],
                    "group": option.group,
                }
            )
        return {
            "key": field.key,
            "label": (field.label or self.prompt).in_(language),
            "n": shown["n"],
            "form": form_of(field),
            "cells": cells,
            "almost_all_same": bool(shown.get("almost_all_same")),
            "some_hidden": bool(shown.get("some_hidden")),
            **field.shown(shown, language),
        }

    @model_validator(mode="after")
    def _has_fields(self) -> Self:
        if not self.fields:
            raise ValueError("an exercise needs at least one field")
        for key in self.beside:
            if key not in self.fields:
                raise ValueError(f"beside: no field {key!r}")
        by_key(choice for field in self.to_count for choice in field.counted_fields)
        return self


def _flag(field: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise AnswerError(field, "wrong_type")
    return value
