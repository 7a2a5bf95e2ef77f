"""Several fields on one card, with gentle questions where answers seem to clash."""

from dataclasses import replace
from functools import cached_property
from typing import Any, Self, get_args

from pydantic import model_validator

from .base import (
    Answer,
    AnswerError,
    AnyField,
    Exercise,
    Field,
    Group,
    Key,
    Language,
    Line,
    Model,
    Text,
    by_key,
)

KEPT = "kept"


class Rule(Model):
    """A question about one field that comes up when other fields have these values."""

    field: Key
    when: dict[Key, tuple[Key, ...]]
    text: Text

    def applies(self, answer: Answer) -> bool:
        """Whether the field has something in it and all conditions hold."""
        return bool(str(answer.get(self.field, "")).strip()) and all(
            answer.get(key) in values for key, values in self.when.items()
        )


class Part(Model):
    """Fields that belong together, under a heading of their own."""

    title: Text
    fields: tuple[Key, ...]


class Form(Exercise):
    """Fill in several fields; `kept` names the fields about which one is sure."""

    field: tuple[AnyField, ...]
    rule: tuple[Rule, ...] = ()
    part: tuple[Part, ...] = ()

    @cached_property
    def _by_key(self) -> dict[str, Field]:
        return by_key(self.field)

    @property
    def asked(self) -> dict[str, Field]:
        """The fields in the order of the file."""
        return self._by_key

    def public(self, language: Language, answer: Answer) -> dict[str, Any]:
        """What the browser draws; `parts` groups the fields under headings."""
        parts = [
            {"title": part.title.in_(language), "fields": list(part.fields)}
            for part in self.part
        ]
        return super().public(language, answer) | {"parts": parts}

    def _check(self, answer: Answer, before: Answer) -> Answer:
        kept = answer.pop(KEPT, [])
        if not isinstance(kept, list):
            raise AnswerError(KEPT, "wrong_type")
        checked = self._check_fields(answer)
        # A field that no longer raises a question needs no "leave it as it is".
        still = [rule.field for rule in self._questions(checked) if rule.field in kept]
        return checked | ({KEPT: still} if still else {})

    def _questions(self, answer: Answer) -> list[Rule]:
        return [rule for rule in self.rule if rule.applies(answer)]

    def feedback(self, answer: Answer, language: Language) -> dict[str, Any]:
        """The questions that the answers raise now."""
        kept = answer.get(KEPT, [])
        rules = [
            {
                "field": rule.field,
                "text": rule.text.in_(language),
                "kept": rule.field in kept,
            }
            for rule in self._questions(answer)
        ]
        found = super().feedback(answer, language)
        return found | ({"rules": rules} if rules else {})

    def on_paper(self, answer: Answer, language: Language) -> list[Line]:
        """The fields in the order of the parts, each part under its heading."""
        lines = dict(zip(self.asked, super().on_paper(answer, language), strict=True))
        ordered: dict[str, Line] = {}
        for part in self.part:
            ordered |= {key: lines[key] for key in part.fields}
            first = part.fields[0]
            title, group = part.title.in_(language), _group_of(first)
            ordered[first] = replace(ordered[first], heading=title, group=group)
        loose = (line for key, line in lines.items() if key not in ordered)
        return [*ordered.values(), *loose]

    @model_validator(mode="after")
    def _names_are_known(self) -> Self:
        for rule in self.rule:
            self._known(rule.field)
            for key, values in rule.when.items():
                options = self._known(key).option_keys
                for value in values:
                    if value not in options:
                        raise ValueError(f"rule: {key} has no option {value!r}")
        for part in self.part:
            for key in part.fields:
                self._known(key)
        return self

    def _known(self, key: str) -> Field:
        if key not in self.asked:
            raise ValueError(f"no field {key!r}; there are {', '.join(self.asked)}")
        return self.asked[key]


def _group_of(key: str) -> Group | None:
    """The group that a key such as ex_L belongs to."""
    end = key.rpartition("_")[2]
    return next((group for group in get_args(Group) if group == end), None)
