"""Group results as the trainer may see them: frozen, shown, and two votes together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .. import second_vote
from .. import session as rules
from ..content import Language, Workbook
from ..exercises.base import Exercise
from ..store import SessionRow
from .desk import Desk

Message = dict[str, Any]


def result_of(
    workbook: Workbook,
    states: Mapping[str, rules.State],
    exercise: Exercise,
    language: Language,
) -> Message:
    """The shown result of an exercise with its words; {} while nothing is shown.

    What was voted on twice shows both votes, each under its own rules: nobody can join
    the two answers of one person.
    """
    picture = _shown(states[exercise.id])
    if picture is None:
        return {}
    result = second_vote.result(exercise, picture, language)
    earlier = first_vote(workbook, exercise)
    before = _shown(states[earlier.id]) if earlier else None
    if earlier is None or before is None:
        return result
    first = earlier.result(before, language)
    return second_vote.both(first, result, language)


def _shown(state: rules.State) -> Mapping[str, Any] | None:
    return state.picture if state.is_shown else None


def first_vote(workbook: Workbook, exercise: Exercise) -> Exercise | None:
    """The exercise that asked the same choice before, and is read back here."""
    if len(exercise.countable) != 1:
        return None
    (now,) = exercise.countable.values()
    for name in exercise.recall:
        id, _, key = name.rpartition(".")
        earlier = workbook.exercise(id)
        then = earlier.countable.get(key)
        if then and len(earlier.countable) == 1 and then.option_keys == now.option_keys:
            return earlier
    return None


async def report_of(desk: Desk, row: SessionRow) -> Message:
    """What was shown in a session, for a report: results, how many were there."""
    states = await desk.states(row)
    language: Language = "en" if row.language == "en" else "nl"
    shown = {
        exercise.id: result_of(desk.workbook, states, exercise, language)
        for exercise in desk.workbook.exercises.values()
    }
    return {
        "language": language,
        "title": row.title,
        "code": row.code,
        "day": row.created_at.date().isoformat(),
        "invented": row.invented,
        "here": rules.shown_count(await desk.here(row)),
        "results": {id: result for id, result in shown.items() if result.get("rows")},
        "wall": any(text["state"] == "shown" for text in await desk.texts(row)),
    }
