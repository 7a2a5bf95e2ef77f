"""Two versions of one answer, of two devices: field by field the newest wins."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .exercises.base import SKIPPED, Answer, AnswerError

if TYPE_CHECKING:
    from .exercises.base import Exercise

TEXTS = ("text", "lines")


@dataclass(frozen=True)
class Stored:
    """An answer as it is kept now: when each field was written, in seconds, and what
    the page that sends something sent last."""

    answer: Answer
    written: Mapping[str, float]
    sent: Answer


def merge(
    exercise: Exercise, sent: Answer, basis: Mapping[str, Any], stored: Stored
) -> tuple[Answer, Answer]:
    """Return the answer to keep, and the texts that gave way to newer ones, by field.

    `basis` says what the page had before somebody typed (`value`) and when each field
    was typed (`typed`, in milliseconds); without it all that is sent is kept.
    """
    before = basis.get("value")
    if not isinstance(before, dict):
        return sent, {}
    typed = basis.get("typed")
    kept: Answer = {}
    gave_way: Answer = {}
    for keys in _parts(exercise, {*sent, *before, *stored.answer}):
        here, there, begun, last = (
            _checked(exercise, one, keys)
            for one in (sent, stored.answer, before, stored.sent)
        )
        newest, other = sent, stored.answer
        if there not in (here, begun, last):  # another device wrote this
            if here == begun or not _is_newer(keys, typed, stored.written):
                newest, other = other, newest
            if here != begun:
                gave_way |= _text(exercise, keys, newest, other)
        kept |= _only(newest, keys)
    return kept, gave_way


def dated(
    answer: Answer, before: Answer, written: Mapping[str, float], now: float
) -> dict[str, float]:
    """Return when each field of an answer was written: now, where it changed."""
    changed = {
        key: now for key in {*answer, *before} if answer.get(key) != before.get(key)
    }
    return {**written, **changed}


def _parts(exercise: Exercise, keys: Iterable[str]) -> Iterator[list[str]]:
    """Every field for itself; what else an answer holds means something as a whole."""
    apart = {*exercise.fields, SKIPPED}
    yield from ([key] for key in keys if key in apart)
    yield [key for key in keys if key not in apart]


def _only(answer: Answer, keys: Iterable[str]) -> Answer:
    return {key: answer[key] for key in keys if answer.get(key) is not None}


def _checked(exercise: Exercise, answer: Answer, keys: list[str]) -> Answer:
    """These keys as they would be kept, so that white space is no difference."""
    part = _only(answer, keys)
    for key in part.keys() & exercise.fields.keys():
        try:
            part[key] = exercise.fields[key].check(part[key])
        except AnswerError:
            continue  # it is refused later, in words
    return part


def _is_newer(keys: list[str], typed: object, written: Mapping[str, float]) -> bool:
    """Whether what was typed here is the newest; so it is when nobody knows."""
    if not isinstance(typed, dict):
        return True
    here = [typed[key] for key in keys if type(typed.get(key)) in (int, float)]
    there = [1000 * written[key] for key in keys if key in written]
    return not here or not there or bool(max(here) >= max(there))


def _text(
    exercise: Exercise, keys: list[str], newest: Answer, other: Answer
) -> dict[str, Any]:
    """The text that gives way, unless all of it stands in the newest."""
    field = exercise.fields.get(keys[0])
    if field is None or field.kind not in TEXTS:
        return {}
    lost = other.get(field.key)
    has = newest.get(field.key)
    if not field.is_filled(lost) or (has is not None and _holds(has, lost)):
        return {}
    return {field.key: lost}


def _holds(whole: Any, part: Any) -> bool:
    if isinstance(whole, list) and isinstance(part, list):
        return all(one in whole for one in part)
    return isinstance(whole, str) and isinstance(part, str) and part.strip() in whole
