"""Two lists of the same options, compared: by one person, and by a group."""

from collections.abc import Iterator, Mapping
from typing import Any

from .conditions import Condition
from .fields import Answer, Key
from .kinds import Field
from .list_fields import MultiField, Top3Field
from .texts import Language, Model, Text

Row = dict[str, Any]


class Side(Model):
    """One of the two lists, with what it is called beside the other."""

    key: Key
    label: Text


class Overlap(Condition):
    """How much of one list is also in another, said when its conditions hold.

    `text` may name {shared} and {all}, `both` and `missing` the {options}. In a group
    result the two lists are one row under `title`, with two bars for every option.
    """

    field: Key
    of: Side
    within: Side
    title: Text
    text: Text
    both: Text
    missing: Text

    @property
    def sides(self) -> tuple[Side, Side]:
        """What stands first in the group result, and what beside it."""
        return self.within, self.of

    def told(
        self, answer: Answer, fields: Mapping[str, Field], language: Language
    ) -> str:
        """How much is shared, and what; "" while there is nothing to compare."""
        chosen, other = (answer.get(side.key) or [] for side in (self.of, self.within))
        if not chosen or not other or not self.holds(answer, fields):
            return ""
        shared = [key for key in chosen if key in other]
        missing = [key for key in chosen if key not in other]
        number = self.text.in_(language).replace("{shared}", str(len(shared)))
        said = [number.replace("{all}", str(len(chosen)))]
        labels = {
            one.key: one.label.in_(language) for one in fields[self.of.key].choices
        }
        for keys, text in ((shared, self.both), (missing, self.missing)):
            named = ", ".join(labels[key] for key in keys)
            said += [text.in_(language).replace("{options}", named)] if keys else []
        return " ".join(said)

    def beside(self, rows: list[Row], field: Field, language: Language) -> list[Row]:
        """The rows of a group result in which those of both lists are one."""
        found = {row["key"]: row for row in rows}
        if not all(side.key in found for side in self.sides):
            return rows
        first, second = (found[side.key] for side in self.sides)
        joined = self._joined(first, second, field, language)
        return [joined if row is first else row for row in rows if row is not second]

    def _joined(self, first: Row, second: Row, field: Field, language: Language) -> Row:
        pairs = [
            {
                "key": option.key,
                "label": option.label.in_(language),
                "n": first["n"],
                "cells": cells,
                # The two count other things: together they are no whole.
                "apart": True,
                "almost_all_same": False,
            }
            for option in field.choices
            if (cells := self._cells(option.key, (first, second), language))
        ]
        return first | {
            "label": self.title.in_(language),
            "fields": [first["key"], second["key"]],
            "cells": [],
            "rows": pairs,
            "some_hidden": len(pairs) < len(field.choices),
        }

    def _cells(
        self, option: str, rows: tuple[Row, Row], language: Language
    ) -> list[Row]:
        """One option in both lists, nothing when it is hidden in both."""
        hidden = {"count": None, "share": None}
        counted = [
            next((cell for cell in row["cells"] if cell["key"] == option), hidden)
            for row in rows
        ]
        if all(cell["count"] is None for cell in counted):
            return []
        return [
            {
                "key": side.key,
                "label": side.label.in_(language),
                "count": cell["count"],
                "share": cell["share"],
                "group": None,
            }
            for side, cell in zip(self.sides, counted, strict=True)
        ]

    def problems(self, fields: Mapping[str, Field]) -> Iterator[str]:
        """What is wrong with the names, in words for an author."""
        yield from super().problems(fields)
        lists = [fields.get(side.key) for side in self.sides]
        for side, known in zip(self.sides, lists, strict=True):
            if not isinstance(known, MultiField | Top3Field):
                yield f"{side.key} takes no several options"
                return
        first, second = (known.option_keys for known in lists if known)
        if first != second:
            yield f"{self.of.key} and {self.within.key} have different options"
