"""Everything that is mine as a JSON file, which can be read in again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..content import Workbook
from ..exercises.base import SKIPPED, Answer, AnswerError, Exercise

FORMAT = "leadership-workbook"
VERSION = 1
MOST_BYTES = 2**20


class OwnFileError(Exception):
    """A file that cannot be read in; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Found:
    """What a file brings: answers to take over, and how many were left where they are.

    `stayed` had an answer already; `strange` fit no exercise of this workbook.
    """

    answers: dict[str, Answer]
    stayed: int
    strange: int


def own_file(answers: Mapping[str, Answer], session: str, day: str) -> bytes:
    """The file; the personal code is not in it."""
    about = {"format": FORMAT, "version": VERSION, "session": session, "made": day}
    whole = about | {"answers": dict(answers)}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def read_own_file(data: bytes) -> dict[str, Any]:
    """The answers in a file by exercise, not checked yet; raises OwnFileError."""
    if not data:
        raise OwnFileError("no_file")
    if len(data) > MOST_BYTES:
        raise OwnFileError("too_large")
    try:
        table = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise OwnFileError("not_ours") from None
    if not isinstance(table, dict) or table.get("format") != FORMAT:
        raise OwnFileError("not_ours")
    if table.get("version") != VERSION:
        raise OwnFileError("other_version")
    answers = table.get("answers")
    if not isinstance(answers, dict):
        raise OwnFileError("not_ours")
    return answers


def fitting(
    workbook: Workbook,
    read: Mapping[str, Any],
    have: Mapping[str, Answer],
    *,
    replace: bool,
) -> Found:
    """What of a file may be kept beside the answers that are there.

    The agreement stays as it is: only a click decides who is counted.
    """
    answers: dict[str, Answer] = {}
    stayed = strange = 0
    for id, value in read.items():
        if id == workbook.agreement:
            continue
        exercise, before = workbook.exercises.get(id), have.get(id, {})
        answer = _checked(exercise, value, before) if exercise else None
        if exercise is None or answer is None:
            strange += 1
        elif is_empty(exercise, answer):
            continue
        elif answer == before or not (replace or is_empty(exercise, before)):
            stayed += 1
        else:
            answers[id] = answer
    return Found(answers, stayed, strange)


def _checked(exercise: Exercise, value: object, before: Answer) -> Answer | None:
    # What is only begun may be replaced by what was begun elsewhere; what is complete
    # may be final, and its type says so.
    is_final = exercise.is_complete(before)
    try:
        return exercise.check(value, before if is_final else None)
    except AnswerError:
        return None


def is_empty(exercise: Exercise, answer: Answer) -> bool:
    """Whether nothing was filled in and nothing was skipped."""
    lines = exercise.on_paper(answer, "nl")
    filled = any(line.text for line in lines if line.rows)
    return not filled and not answer.get(SKIPPED)
