"""A trainer's line: the overview of a session, and the commands that steer it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import segno

from .. import session as rules
from ..exercises.base import Exercise
from ..schema import TextState
from ..store import SessionRow
from .desk import Desk, DeskError
from .lines import Message, Push
from .results import result_of

VIEWS = ("join", "exercise", "result", "wall", "blank")
# Counts go to the trainer in steps, not per person: nobody can be seen answering.
COUNT_STEP = 0.7


class TrainerRole:
    """The trainer of one session."""

    def __init__(self, desk: Desk, session: SessionRow) -> None:
        self._desk = desk
        self._code = session.code
        self._session_id = session.id
        self._language = session.language

    async def hello(self) -> Message:
        """Return the session's language and overview."""
        overview = await self._overview()
        return {"language": self._language, "overview": overview}

    async def do(self, message: Message) -> Message:
        """Carry out read or command."""
        match message.get("do"):
            case "read":
                return {"overview": await self._overview()}
            case "command":
                await self.command(dict(message["command"]))
                return {"overview": await self._overview()}
        raise DeskError("unknown_request")

    def listen(self, push: Push) -> list[Callable[[], None]]:
        """Say at once what the room sees, and in steps what it answers."""
        pending: list[asyncio.TimerHandle] = []

        def changed() -> None:
            push({"event": "changed"})

        def counted() -> None:
            if not pending:
                loop = asyncio.get_running_loop()
                pending.append(loop.call_later(COUNT_STEP, step))

        def step() -> None:
            pending.clear()
            changed()

        bell = self._desk.bell
        return [
            bell.listen(("states", self._session_id), changed),
            bell.listen(("counts", self._session_id), counted),
        ]

    async def command(self, command: Mapping[str, Any]) -> None:
        """Carry out one command of the control page; raises DeskError."""
        desk = self._desk
        row = await desk.session(self._code)
        what = command.get("do")
        if what == "end":
            await desk.end(row.code)
        elif row.ended_at is not None:
            raise DeskError("ended")
        elif what in ("open", "close", "show", "hide"):
            await self._turn(row, what, self._known(command))
        elif what == "focus":
            await self._focus(row, str(command.get("view")), command.get("exercise"))
        elif what == "next":
            await self._next(row)
        elif what in ("approve", "decline"):
            judged: TextState = "approved" if what == "approve" else "declined"
            await desk.judge(row, str(command["id"]), judged)
        else:
            raise DeskError("unknown_command")

    def _known(self, command: Mapping[str, Any]) -> str:
        exercise = str(command.get("exercise"))
        if exercise not in self._desk.workbook.exercises:
            raise DeskError("unknown_exercise")
        return exercise

    async def _turn(self, row: SessionRow, what: str, exercise: str) -> None:
        desk = self._desk
        state = (await desk.states(row))[exercise]
        try:
            state = await self._turned(row, what, exercise, state)
        except rules.NotEnough as error:
            raise DeskError("not_enough") from error
        await desk.set_state(row, exercise, state)
        focus = row.focus.get("exercise")
        if what == "show":
            await desk.set_focus(row, "result", exercise)
        elif what == "open" or (what == "hide" and focus == exercise):
            await desk.set_focus(row, "exercise", exercise)

    async def _turned(
        self, row: SessionRow, what: str, exercise: str, state: rules.State
    ) -> rules.State:
        if what == "open":
            return rules.open(state)
        if what == "close":
            return rules.close(state)
        if what == "hide":
            return rules.hide(state)
        values = await self._desk.values(row, exercise)
        fields = field_rules(self._desk.workbook.exercise(exercise))
        return rules.show(state, fields, values)

    async def _focus(self, row: SessionRow, view: str, exercise: Any) -> None:
        if view not in VIEWS:
            raise DeskError("unknown_view")
        if view in ("exercise", "result", "wall"):
            exercise = self._known({"exercise": exercise})
        else:
            exercise = None
        if view == "wall":
            await self._desk.show_wall(row, exercise)
        await self._desk.set_focus(row, view, exercise)

    async def _next(self, row: SessionRow) -> None:
        """Close what is open in the running order and open what comes after it."""
        states = await self._desk.states(row)
        order = running_order(self._desk, row)
        upcoming = next_in(order, states)
        if upcoming is None:
            raise DeskError("no_next")
        for name in order:
            if states[name].is_open:
                await self._desk.set_state(row, name, rules.close(states[name]))
        await self._desk.set_state(row, upcoming, rules.open(states[upcoming]))
        await self._desk.set_focus(row, "exercise", upcoming)

    async def _overview(self) -> Message:
        return await overview(self._desk, await self._desk.session(self._code))


def running_order(desk: Desk, row: SessionRow) -> list[str]:
    """Return the exercises that the trainer opens one by one."""
    return [
        exercise
        for module in desk.workbook.modules.values()
        for exercise in module.exercises
        if not desk.is_free(row, exercise)
    ]


def next_in(order: Sequence[str], states: Mapping[str, rules.State]) -> str | None:
    """Return what comes after the last exercise that was opened."""
    opened = [at for at, name in enumerate(order) if states[name].was_opened]
    following = order[opened[-1] + 1 :] if opened else order
    return following[0] if following else None


async def overview(desk: Desk, row: SessionRow) -> Message:
    """Return all that the trainer may see of a session, words in its language."""
    states = await desk.states(row)
    ready = await desk.ready(row)
    minutes = desk.workbook.variants[row.variant].exercises
    wall = await desk.texts(row)
    language: Any = row.language
    exercises: dict[str, Message] = {}
    for name, exercise in desk.workbook.exercises.items():
        values = await desk.values(row, name)
        exercises[name] = {
            **_exercise(exercise, states[name], values, language),
            "result": result_of(desk.workbook, states, exercise, language),
            "minutes": minutes.get(name),
            "free": desk.is_free(row, name),
            "ready": rules.shown_count(ready.get(name, 0)),
        }
    order = running_order(desk, row)
    return {
        "session": _session(desk, row),
        "here": rules.shown_count(await desk.here(row)),
        "focus": row.focus,
        "next": next_in(order, states),
        "modules": [
            {
                "slug": module.slug,
                "title": module.title.in_(language),
                "exercises": [exercises[name] for name in module.exercises],
            }
            for module in desk.workbook.modules.values()
        ],
        "wall": wall,
    }


def _session(desk: Desk, row: SessionRow) -> Message:
    join_url = f"{desk.base_url}/join/{row.code}"
    return {
        "code": row.code,
        "title": row.title,
        "language": row.language,
        "variant": row.variant,
        "ended": row.ended_at is not None,
        "invented": row.invented,
        "join_url": join_url,
        "address": desk.base_url.split("//", 1)[-1],
        "screen_url": f"{desk.base_path}trainer/{row.code}/screen",
        "control_url": f"{desk.base_path}trainer/{row.code}/control",
        "report_url": f"{desk.base_path}trainer/{row.code}/report",
        "trainer_url": f"{desk.base_path}trainer",
        "qr": segno.make(join_url, error="m").svg_inline(scale=8, border=2),
    }


def _exercise(
    exercise: Exercise,
    state: rules.State,
    values: Mapping[str, Sequence[str]],
    language: Any,
) -> Message:
    enough = max((len(answers) for answers in values.values()), default=0)
    fields = exercise.fields.values()
    return {
        "id": exercise.id,
        "ref": exercise.ref,
        "title": exercise.title.in_(language),
        "prompt": exercise.prompt.in_(language),
        "open": state.is_open,
        "opened": state.was_opened,
        "shown": state.is_shown,
        "always_open": exercise.always_open,
        "countable": bool(exercise.countable),
        "wall": any(field.wall for field in fields),
        "can_show": enough >= rules.MINIMUM,
        "new": rules.new_count(state, field_rules(exercise), values),
        "options": _options(exercise, language),
    }


def _options(exercise: Exercise, language: Any) -> list[str]:
    first = next(iter(exercise.to_count), None)
    if first is None or exercise.always_open:
        return []
    return [option.label.in_(language) for option in first.choices]


def field_rules(exercise: Exercise) -> dict[str, rules.FieldRule]:
    """Return what may be shown of each counted field."""
    return {
        key: rules.FieldRule(field.option_keys, field.own_situation)
        for key, field in exercise.countable.items()
    }
