"""What an exercise looks like on paper: what was asked, and the answer in words."""

from dataclasses import dataclass
from typing import Any

from .fields import BaseField, Group, Option
from .texts import Language


@dataclass(frozen=True, kw_only=True)
class Line:
    """One thing that was asked; without `text` there is room to answer it by hand."""

    heading: str = ""
    label: str = ""
    text: str = ""
    group: Group | None = None  # gives heading and text the colour and shape of L, P, B
    options: tuple[str, ...] = ()  # to choose from by hand
    rows: int = 1  # to write on by hand; 0 is a remark that asks nothing
    why: "Line | None" = None  # the explanation, once it is due


def line_of(field: BaseField, value: Any, language: Language) -> Line:
    """One field with its value as people read it; what is not filled in has no text."""
    options: tuple[Option, ...] = getattr(field, "options", field.choices)
    labels = tuple(option.label.in_(language) for option in options)
    text = field.in_words(value, language) if field.is_filled(value) else ""
    # A number that was counted in a bin is no choice of that bin.
    is_choice = not text or any(label in text for label in labels)
    return Line(
        label=field.label.in_(language) if field.label else "",
        text=text,
        group=next((one.group for one in options if one.key == value), None),
        options=labels if is_choice else (),
        rows=getattr(field, "rows", 1),
    )
