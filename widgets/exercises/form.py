"""Several fields on one card, with gentle questions where answers seem to clash."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from random import Random
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
    MultiField,
    PickField,
    Text,
    Top3Field,
    by_key,
)
from .conditions import Condition
from .overlap import Overlap
from .template import Whole

KEPT = "kept"


class Rule(Condition):
    """A question about one field that comes up when other fields have these values."""

    field: Key
    text: Text


class Note(Condition):
    """Something to think about; under a field, or under all of them."""

    field: Key | None = None
    text: Text


class Part(Model):
    """Fields that belong together, under a heading of their own."""

    title: Text
    fields: tuple[Key, ...]


class Form(Exercise):
    """Fill in several fields; `kept` names the fields about which one is sure.

    It is complete only when `done` holds as well.
    """

    field: tuple[AnyField, ...]
    rule: tuple[Rule, ...] = ()
    note: tuple[Note, ...] = ()
    part: tuple[Part, ...] = ()
    overlap: Overlap | None = None
    whole: Whole | None = None
    done: Condition = Condition()

    @cached_property
    def _by_key(self) -> dict[str, Field]:
        given: dict[str, Field] = by_key(self.field)
        return {key: _with_options(field, given) for key, field in given.items()}

    @property
    def _picks(self) -> list[PickField]:
        return [one for one in self.asked.values() if isinstance(one, PickField)]

    @property
    def asked(self) -> dict[str, Field]:
        """The fields in the order of the file."""
        return self._by_key

    def public(self, language: Language, answer: Answer) -> dict[str, Any]:
        """What the browser draws; `parts` groups the fields under headings."""
        whole = {"whole": self.whole.public(language)} if self.whole else {}
        parts = [
            {"title": part.title.in_(language), "fields": list(part.fields)}
            for part in self.part
        ]
        return super().public(language, answer) | {"parts": parts} | whole

    def _check(self, answer: Answer, before: Answer) -> Answer:
        kept = answer.pop(KEPT, [])
        if not isinstance(kept, list):
            raise AnswerError(KEPT, "wrong_type")
        checked = self._check_fields(answer)
        for pick in self._picks:
            if not pick.is_offered(checked):
                checked.pop(pick.key, None)
        # A field that no longer raises a question needs no "leave it as it is".
        still = [rule.field for rule in self._questions(checked) if rule.field in kept]
        return checked | ({KEPT: still} if still else {})

    def _questions(self, answer: Answer) -> list[Rule]:
        return [
            rule
            for rule in self.rule
            if self.asked[rule.field].is_filled(answer.get(rule.field))
            and rule.holds(answer, self.asked)
        ]

    def is_complete(self, answer: Answer) -> bool:
        """Whether every field that must be is filled in, and it is done with."""
        return super().is_complete(answer) and self.done.holds(answer, self.asked)

    def feedback(self, answer: Answer, language: Language) -> dict[str, Any]:
        """The questions and notes that the answers call for now."""
        kept = answer.get(KEPT, [])
        rules = [
            {
                "field": rule.field,
                "text": rule.text.in_(language),
                "kept": rule.field in kept,
            }
            for rule in self._questions(answer)
        ]
        notes = [
            {"field": note.field or "", "text": note.text.in_(language)}
            for note in self.note
            if note.holds(answer, self.asked)
        ]
        compared = self.overlap and self.overlap.told(answer, self.asked, language)
        if self.overlap and compared:
            notes.insert(0, {"field": self.overlap.field, "text": compared})
        found = super().feedback(answer, language)
        own = {"rules": rules, "notes": notes}
        return found | {name: said for name, said in own.items() if said}

    def invent(self, chance: Random) -> Answer:
        """An answer that is done, and in which what is picked was chosen, too."""
        answer = super().invent(chance)
        while not self.done.holds(answer, self.asked):
            answer = super().invent(chance)
        picked = {one.key: chance.choice(answer[one.of]) for one in self._picks}
        return answer | picked

    def result(self, picture: Mapping[str, Any], language: Language) -> dict[str, Any]:
        """The rows of the fields; two lists that are compared stand side by side."""
        result = super().result(picture, language)
        if self.overlap is None:
            return result
        field = self.asked[self.overlap.of.key]
        rows = self.overlap.beside(result["rows"], field, language)
        return result | {"rows": rows}

    def on_paper(self, answer: Answer, language: Language) -> list[Line]:
        """The fields in the order of the parts, each part under its heading."""
        lines = dict(zip(self.asked, super().on_paper(answer, language), strict=True))
        for pick in self._picks:  # its options stand above it, and are not repeated
            lines[pick.key] = replace(lines[pick.key], options=())
        ordered: dict[str, Line] = {}
        for part in self.part:
            ordered |= {key: lines[key] for key in part.fields}
            first = part.fields[0]
            title, group = part.title.in_(language), _group_of(first)
            ordered[first] = replace(ordered[first], heading=title, group=group)
        loose = (line for key, line in lines.items() if key not in ordered)
        whole = self.whole.on_paper(answer, language) if self.whole else []
        return [*ordered.values(), *loose, *whole]

    @model_validator(mode="after")
    def _names_are_known(self) -> Self:
        said: tuple[Rule | Note | Overlap, ...] = (*self.rule, *self.note)
        said += (self.overlap,) if self.overlap else ()
        named_in = (*said, *((self.whole,) if self.whole else ()))
        for one in named_in:
            for problem in one.problems(self.asked):
                raise ValueError(f"{type(one).__name__.lower()}: {problem}")
        for problem in self.done.problems(self.asked):
            raise ValueError(f"done: {problem}")
        named = [one.field for one in said if one.field]
        parts = (key for part in self.part for key in part.fields)
        for key in (*named, *parts, *(one.of for one in self._picks)):
            if key not in self.asked:
                known = ", ".join(self.asked)
                raise ValueError(f"no field {key!r}; there are {known}")
        for pick in self._picks:
            if not isinstance(self.asked[pick.of], MultiField | Top3Field):
                raise ValueError(f"{pick.key}: {pick.of} takes no several options")
        return self


def _with_options(field: Field, given: dict[str, Field]) -> Field:
    """The field itself; one that picks from another with the options of that one."""
    if not isinstance(field, PickField) or field.of not in given:
        return field
    return field.model_copy(update={"options": given[field.of].choices})


def _group_of(key: str) -> Group | None:
    """The group that a key such as ex_L belongs to."""
    end = key.rpartition("_")[2]
    return next((group for group in get_args(Group) if group == end), None)
