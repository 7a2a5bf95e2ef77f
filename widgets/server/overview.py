"""All that a trainer may see of a session, words in its language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import segno

from .. import day, second_vote
from .. import session as rules
from ..content import Trainer
from ..exercises.base import Exercise
from ..exercises.pairs import PairField
from ..store import SessionRow
from .desk import Desk
from .lines import Message
from .results import result_of
from .sessions import now
from .steps import here_in, next_in, next_step, plan, running_order, stamp


async def overview(desk: Desk, row: SessionRow) -> Message:
    """Return all that the trainer may see of a session, words in its language."""
    states = await desk.states(row)
    exercises = await _exercises(desk, row, states)
    order = running_order(desk, row)
    here = here_in(order, states, row.focus)
    enough = here is not None and bool(exercises[here]["can_show"])
    return {
        "session": _session(desk, row),
        "here": rules.shown_count(await desk.here(row)),
        "focus": {key: row.focus.get(key) for key in ("view", "exercise")},
        "next": next_in(order, states),
        "step": next_step(order, states, row.focus, can_show=enough),
        "day": {**_day(row), "here": here, **desk.leaving},
        "modules": _modules(desk, row.language, exercises),
        "wall": await desk.texts(row),
        "trouble": desk.trouble(),
    }


def described(desk: Desk, row: SessionRow) -> Message:
    """Return what a session is called, and where people join it."""
    return {
        "code": row.code,
        "title": row.title,
        "language": row.language,
        "variant": row.variant,
        "ended": row.ended_at is not None,
        "invented": row.invented,
        "join_url": f"{desk.base_url}/join/{row.code}",
    }


def _session(desk: Desk, row: SessionRow) -> Message:
    about = described(desk, row)
    return {
        **about,
        "address": desk.base_url.split("//", 1)[-1],
        "screen_url": f"{desk.base_path}trainer/{row.code}/screen",
        "control_url": f"{desk.base_path}trainer/{row.code}/control",
        "report_url": f"{desk.base_path}trainer/{row.code}/report",
        "trainer_url": f"{desk.base_path}trainer",
        "qr": segno.make(about["join_url"], error="m").svg_inline(scale=8, border=2),
    }


def _day(row: SessionRow) -> Message:
    return {
        **day.for_people(row.focus, now()),
        "started": row.focus.get("started"),
        "step": row.focus.get("step"),
        "times": row.focus.get("times", {}),
        "dark": bool(row.focus.get("dark")),
    }


def _modules(
    desk: Desk, language: Any, exercises: Mapping[str, Message]
) -> list[Message]:
    return [
        {
            "slug": module.slug,
            "title": module.title.in_(language),
            "notes": _notes(module.trainer, language),
            "exercises": [exercises[name] for name in module.exercises],
        }
        for module in desk.workbook.modules.values()
    ]


async def _exercises(
    desk: Desk, row: SessionRow, states: Mapping[str, rules.State]
) -> dict[str, Message]:
    due, ready = plan(desk, row), await desk.ready(row)
    language: Any = row.language
    found: dict[str, Message] = {}
    for name, exercise in desk.workbook.exercises.items():
        values = await desk.values(row, name)
        found[name] = {
            **_exercise(exercise, states[name], values, language),
            "result": result_of(desk.workbook, states, exercise, language),
            "free": desk.is_free(row, name),
            **dict(zip(("due", "minutes"), due.get(name, (None, None)), strict=True)),
            "ready": rules.shown_count(ready.get(name, 0)),
        }
    return found


def _exercise(
    exercise: Exercise,
    state: rules.State,
    values: Mapping[str, Sequence[str]],
    language: Any,
) -> Message:
    fields = exercise.fields.values()
    return {
        "id": exercise.id,
        "ref": exercise.ref,
        "title": exercise.title.in_(language),
        "prompt": exercise.prompt.in_(language),
        "evidence": exercise.evidence.in_(language),
        "open": state.is_open,
        "opened": state.was_opened,
        "shown": state.is_shown,
        "always_open": exercise.always_open,
        "countable": bool(exercise.countable),
        "wall": any(field.wall for field in fields),
        "can_show": has_enough(values),
        "stamp": stamp(state),
        "again": second_vote.is_ready(exercise, state),
        "second": second_vote.is_pending(state),
        "new": rules.new_count(state, field_rules(exercise), values),
        "options": _options(exercise, language),
    }


def _notes(notes: Trainer, language: Any) -> Message:
    return {
        "opening": [notes.opening.in_(language)],
        "debrief": [text.in_(language) for text in notes.debrief],
        "pitfalls": [text.in_(language) for text in notes.pitfalls],
        "safety": [text.in_(language) for text in notes.safety],
    }


def has_enough(values: Mapping[str, Sequence[str]]) -> bool:
    """Tell whether enough people answered to show what the group said."""
    return max(map(len, values.values()), default=0) >= rules.MINIMUM


def _options(exercise: Exercise, language: Any) -> list[str]:
    first = next(iter(exercise.to_count), None)
    if first is None or exercise.always_open or isinstance(first, PairField):
        return []
    return [option.label.in_(language) for option in first.choices]


def field_rules(exercise: Exercise) -> dict[str, rules.FieldRule]:
    """Return what may be shown of each counted field."""
    return {
        key: rules.PairRule(field.option_keys, size=field.size)
        if isinstance(field, PairField)
        else rules.FieldRule(field.option_keys, field.own_situation, field.mean)
        for key, field in exercise.countable.items()
    }
