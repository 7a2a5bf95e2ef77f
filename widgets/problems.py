"""What is wrong with the content: where, and how to mend it."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel, ValidationError


@dataclass(frozen=True)
class Problem:
    """What is wrong: in which file, at which key, and how to mend it."""

    file: str
    key: str
    text: str

    def __str__(self) -> str:
        return ": ".join(part for part in (self.file, self.key, self.text) if part)


class ContentError(Exception):
    """The content cannot be used; the message says where and how to mend it."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def nearest(key: str, known: Iterable[str]) -> str:
    """The end of a message: "; did you mean 'prompt'?", or what there is."""
    names = sorted(known)
    close = [name for name in names if name.casefold() == key.casefold()]
    close = close or get_close_matches(key, names, n=1, cutoff=0.6)
    if close:
        return f"; did you mean {close[0]!r}?"
    return f"; possible here: {', '.join(names)}" if names else ""


def explain(
    file: str, kind: type[BaseModel], error: ValidationError, table: dict[str, Any]
) -> list[Problem]:
    """The errors of pydantic in the words of an author of `table`."""
    problems = []
    for detail in error.errors():
        place = [*detail["loc"]]
        key = ".".join(str(part) for part in _written(place, table))
        text = _explain(detail["type"], place, kind, detail["msg"])
        problems.append(Problem(file, key, text))
    return problems


def _explain(code: str, place: list[int | str], kind: type, message: str) -> str:
    name = str(place[-1]) if place else ""
    if code == "extra_forbidden":
        return f"unknown key{nearest(name, _keys_at(kind, place[:-1]))}"
    if code == "missing" and name in ("nl", "en"):
        return f"the translation {name!r} is missing; add it"
    if code == "missing":
        return "is missing; add it"
    if code == "string_too_short":
        return "is empty; write something here"
    if code == "literal_error" and name == "privacy":
        return 'unknown privacy code; use "A", "C", "S" or "W"'
    return message.removeprefix("Value error, ")


def _written(place: list[int | str], table: object) -> list[int | str]:
    """The place without the names of kinds that pydantic adds and nobody wrote."""
    written: list[int | str] = []
    for number, part in enumerate(place):
        here = table
        try:
            table = table[part]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            if number < len(place) - 1 and isinstance(here, dict):
                continue
        written.append(part)
    return written


def _keys_at(kind: type, place: list[int | str]) -> set[str]:
    models = _models(kind)
    for part in place:
        inner = [
            found
            for model in models
            for name, info in model.model_fields.items()
            if name == part
            for found in _models(info.annotation)
        ]
        models = inner or models
    return {name for model in models for name in model.model_fields} - {"id", "slug"}


def _models(annotation: object) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for part in get_args(annotation) for model in _models(part)]
