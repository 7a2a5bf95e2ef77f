"""Fields whose value is a list: options that were chosen, or lines of text."""

from collections.abc import Mapping
from functools import cached_property
from random import Random
from typing import Any, Literal

from pydantic import PositiveInt

from .fields import (
    Answer,
    AnswerError,
    BaseField,
    ChoiceField,
    Key,
    Option,
    WithOneOption,
    WithOptions,
    clean,
)
from .texts import Language, Text

YES = Option(key="yes", label=Text(nl="gekozen", en="chosen"))
NO = Option(key="no", label=Text(nl="niet gekozen", en="not chosen"))


class _SeveralField(WithOptions):
    """Several of the options.

    Counted as one yes or no per option, each under a token of its own: nothing tells
    which choices were made together, and a small "yes" is hidden like any small cell.
    In the group result the options are one row again; `top` keeps only the most chosen.
    """

    max: PositiveInt | None = None
    top: PositiveInt | None = None

    @property
    def choices(self) -> tuple[Option, ...]:
        """The options."""
        return self.options

    @cached_property
    def counted_fields(self) -> tuple[ChoiceField, ...]:
        """One yes or no per option."""
        return tuple(
            self._as_choice(self._part(option.key), (YES, NO))
            for option in self.options
        )

    def _part(self, option: str) -> str:
        return f"{self.key}_{option}"

    def counted(self, value: list[str]) -> dict[str, str]:
        """Yes or no for every option."""
        return {
            self._part(key): (YES if key in value else NO).key
            for key in self.option_keys
        }

    def drawn(self, shown: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """The options that may be shown, the most chosen first."""
        parts = {key: shown.get(self._part(key)) or {} for key in self.option_keys}
        n = max((part.get("n") or 0 for part in parts.values()), default=0)
        if not n:
            return None
        cells = {key: (part.get("cells") or {}) for key, part in parts.items()}
        known = {
            key: cell[YES.key]
            for key, cell in cells.items()
            if cell.get(YES.key) is not None
        }
        order = sorted(known, key=lambda key: -known[key])[: self.top]
        is_hidden = len(known) < len(parts)
        return {"n": n, "cells": known, "order": order, "some_hidden": is_hidden}

    def check(self, value: object) -> list[str]:
        """The chosen keys, once each; raises AnswerError."""
        if not isinstance(value, list):
            raise AnswerError(self.key, "wrong_type")
        keys = self.option_keys
        chosen = self._in_order([self._one_of(keys, item) for item in value])
        if self.max is not None and len(chosen) > self.max:
            raise AnswerError(self.key, "too_many", self.max)
        return chosen

    def _in_order(self, chosen: list[str]) -> list[str]:
        return [key for key in self.option_keys if key in chosen]

    def invent(self, chance: Random) -> list[str]:
        """Some of the options, the first ones more often."""
        keys = self.option_keys
        count = chance.randint(1, min(self.max or 3, len(keys)))
        weights = range(len(keys) + 2, 2, -1)
        return self.check(chance.choices(keys, weights=weights, k=count))

    def is_filled(self, value: object) -> bool:
        """Whether anything was chosen."""
        return isinstance(value, list) and bool(value)

    def public(self, language: Language) -> dict[str, Any]:
        """What the browser needs to draw the field."""
        return super().public(language) | {"max": self.max}


class MultiField(_SeveralField):
    """Several of the options, at most `max`."""

    kind: Literal["multi"] = "multi"


class Top3Field(_SeveralField):
    """At most three of the options, the most important first; the order is private."""

    kind: Literal["top3"] = "top3"
    max: PositiveInt | None = 3

    def _in_order(self, chosen: list[str]) -> list[str]:
        return list(dict.fromkeys(chosen))

    def in_words(self, value: Any, language: Language) -> str:
        """The choices with their places."""
        labels = enumerate(self.labels(value, language), start=1)
        return ", ".join(f"{place}. {label}" for place, label in labels)


class PickField(WithOneOption):
    """One of what was chosen in the field `of` of the same form.

    The form gives it the options of that field.
    """

    kind: Literal["pick"] = "pick"
    of: Key
    options: tuple[Option, ...] = ()

    def is_offered(self, answer: Answer) -> bool:
        """Whether what was picked is still chosen there."""
        return answer.get(self.key) in answer.get(self.of, ())

    def public(self, language: Language) -> dict[str, Any]:
        """What the browser needs to draw the field."""
        return super().public(language) | {"of": self.of}


class LinesField(BaseField):
    """Short texts, each on a line of its own; empty lines are none."""

    kind: Literal["lines"] = "lines"
    max_lines: PositiveInt = 10
    max_length: PositiveInt = 100

    def check(self, value: object) -> list[str]:
        """The cleaned lines; raises AnswerError."""
        if not isinstance(value, list):
            raise AnswerError(self.key, "wrong_type")
        lines = [line for line in map(self._line, value) if line]
        if len(lines) > self.max_lines:
            raise AnswerError(self.key, "too_many_lines", self.max_lines)
        return lines

    def _line(self, value: object) -> str:
        if not isinstance(value, str):
            raise AnswerError(self.key, "wrong_type")
        line = clean(value).replace("\n", " ").strip()
        if len(line) > self.max_length:
            raise AnswerError(self.key, "too_long", self.max_length)
        return line

    def invent(self, chance: Random) -> list[str]:
        """Lines that show that nobody wrote them."""
        lines = ["verzonnen regel", "invented line", "nog een", "another one"]
        return lines[: chance.randint(1, min(4, self.max_lines))]

    def is_filled(self, value: object) -> bool:
        """Whether there is a line."""
        return isinstance(value, list) and bool(value)

    def in_words(self, value: Any, language: Language) -> str:
        """The lines below each other."""
        return "\n".join(value)

    def public(self, language: Language) -> dict[str, Any]:
        """What the browser needs to draw the field."""
        limits = {"max_lines": self.max_lines, "max_length": self.max_length}
        return super().public(language) | limits
