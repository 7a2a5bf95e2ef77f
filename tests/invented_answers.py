"""Invented answers: what people, and those who mean no good, might send."""

from typing import Any

from hypothesis import strategies as st

from widgets.exercises.base import (
    ChecksField,
    DateField,
    DatetimeField,
    Exercise,
    Field,
    LinesField,
    MultiField,
    NumberField,
    ScaleField,
    SliderField,
    TextField,
    Top3Field,
)
from widgets.exercises.sort_cards import SortCards

# All characters, lone surrogates and control characters too.
hostile = st.text(st.characters(), max_size=120) | st.sampled_from(
    [
        "<script>alert(1)</script><img src=x onerror=alert(1)>",
        "\u202eomgekeerd\u202c \u200fעברית\u200f العربية",
        "👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽",
        "\ud83d los \ude00 half",
        "\x00\x1b[31m\x7f\x85",
        "=cmd|' /C calc'!A0",
        "regel\r\nregel\rregel\u2028regel",
        "e\x00\u0301",
        "x" * 100_000,
        "woord " * 20_000,
    ]
)


def value_of(field: Field) -> st.SearchStrategy[Any]:
    """Values that the field accepts."""
    if isinstance(field, TextField):
        return st.text(max_size=field.max_words or 30)
    if isinstance(field, ChecksField):
        return st.lists(st.sampled_from([option.key for option in field.options]))
    if isinstance(field, MultiField | Top3Field):
        chosen = st.sampled_from(field.option_keys)
        return st.lists(chosen, max_size=field.max, unique=True)
    if isinstance(field, LinesField):
        return st.lists(st.text(max_size=20), max_size=field.max_lines)
    if isinstance(field, ScaleField):
        return st.integers(1, 5) | st.just("dont_know")
    if isinstance(field, SliderField | NumberField):
        return st.integers(field.min, field.max)
    if isinstance(field, DatetimeField):
        return st.datetimes().map(lambda moment: f"{moment:%Y-%m-%dT%H:%M}".zfill(16))
    if isinstance(field, DateField):
        return st.dates().map(str)
    return st.sampled_from(field.option_keys)


@st.composite
def answer_to(draw: st.DrawFn, exercise: Exercise) -> dict[str, Any]:
    """An answer that the exercise accepts, more or less filled in."""
    answer = exercise.start()
    keys = answer["order"] if isinstance(exercise, SortCards) else exercise.asked
    some = draw(st.just(list(keys)) | st.lists(st.sampled_from(list(keys))))
    values = {key: draw(value_of(exercise.asked[key])) for key in some}
    if isinstance(exercise, SortCards):
        return answer | {"placed": values, "done": draw(st.booleans())}
    return answer | values
