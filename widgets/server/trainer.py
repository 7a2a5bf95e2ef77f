"""A trainer's line: the overview of a session, and the commands that steer it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any

from .. import day, second_vote
from .. import session as rules
from ..schema import TextState
from ..store import SessionRow
from .desk import Desk, DeskError
from .lines import Message, Push
from .overview import field_rules, has_enough, overview
from .sessions import now
from .steps import here_in, next_in, next_step, plan, running_order, stamp, step_back
from .writer import TROUBLE

VIEWS = ("join", "exercise", "result", "wall", "blank")
# Counts go to the trainer in steps, not per person: nobody can be seen answering.
COUNT_STEP = 0.7
# What each button wants; who finds it so already is told, and nothing happens twice.
GOALS: Mapping[str, Callable[[rules.State], bool]] = {
    "open": lambda state: state.is_open,
    "close": lambda state: not state.is_open,
    "show": lambda state: state.is_shown,
    "hide": lambda state: not state.is_shown,
    "again": second_vote.is_pending,
}


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
            bell.listen(TROUBLE, changed),
            bell.listen(("states", self._session_id), changed),
            bell.listen(("counts", self._session_id), counted),
        ]

    async def command(self, command: Mapping[str, Any]) -> None:
        """Carry out one command of the control page; raises DeskError."""
        async with self._desk.turn(self._session_id):
            await self._command(command)

    async def _command(self, command: Mapping[str, Any]) -> None:
        desk = self._desk
        row = await desk.session(self._code)
        what = str(command.get("do"))
        if what == "end":
            await desk.end(row.code)
        elif row.ended_at is not None:
            raise DeskError("ended")
        elif what in GOALS:
            await self._turn(row, what, self._known(command), command.get("seen"))
        elif what == "focus":
            await self._focus(row, str(command.get("view")), command.get("exercise"))
        elif what == "next":
            await self._next(row, command.get("seen"))
        elif what == "step":
            await self._step(row, command)
        elif what == "back":
            await self._back(row)
        elif what in ("dark", "follow", "start", "timer"):
            await self._steer_day(row, what, command)
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

    async def _turn(
        self, row: SessionRow, what: str, exercise: str, seen: Any = None
    ) -> None:
        """Open, close, show or hide, if all is still as the trainer saw it."""
        desk = self._desk
        state = (await desk.states(row))[exercise]
        if seen is not None and seen != stamp(state):
            is_done = GOALS[what](state)
            raise DeskError(f"already_{what}" if is_done else "moved_on")
        try:
            state = await self._turned(row, what, exercise, state)
        except rules.NotEnough as error:
            raise DeskError("not_enough") from error
        except second_vote.NotTheSame as error:
            await desk.set_state(row, exercise, second_vote.cancelled(state))
            raise DeskError("not_the_same") from error
        await desk.set_state(row, exercise, state)
        focus = row.focus.get("exercise")
        if what == "show":
            await desk.set_focus(row, "result", exercise)
        elif what in ("open", "again"):
            await self._come_to(row, exercise)
        elif what == "close":
            await desk.set_day(row, day.closed(row.focus, exercise))
        elif focus == exercise:
            await desk.set_focus(row, "exercise", exercise)

    async def _come_to(self, row: SessionRow, exercise: str) -> None:
        due = plan(self._desk, row).get(exercise, [0])[0]
        focus = day.opened(row.focus, exercise, due, now())
        await self._desk.set_day(row, focus)

    async def _turned(
        self, row: SessionRow, what: str, exercise: str, state: rules.State
    ) -> rules.State:
        if what == "open":
            return rules.open(state)
        if what == "close":
            return rules.close(state)
        if what == "hide":
            return rules.hide(state)
        if what == "again":
            if not second_vote.is_ready(self._desk.workbook.exercise(exercise), state):
                raise DeskError("no_second")
            return second_vote.begin(state)
        values = await self._desk.values(row, exercise)
        fields = field_rules(self._desk.workbook.exercise(exercise))
        if second_vote.began(state):
            return second_vote.show(state, fields, values)
        return rules.show(state, fields, values, await self._desk.here(row))

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

    async def _next(self, row: SessionRow, seen: Any = None) -> None:
        """Close what is open in the running order and open what comes after it."""
        states = await self._desk.states(row)
        order = running_order(self._desk, row)
        upcoming = next_in(order, states)
        if upcoming is None:
            raise DeskError("no_next")
        if seen is not None and seen != upcoming:
            raise DeskError("moved_on")
        for name in order:
            if states[name].is_open:
                await self._desk.set_state(row, name, rules.close(states[name]))
        await self._desk.set_state(row, upcoming, rules.open(states[upcoming]))
        await self._come_to(row, upcoming)

    async def _step(self, row: SessionRow, command: Mapping[str, Any]) -> None:
        """Do the next sensible act, if it still is what the page announced."""
        step = await self._next_step(row)
        if step is None:
            raise DeskError("no_next")
        seen = command.get("seen")
        if seen is not None and seen != step:
            raise DeskError("moved_on")
        if step["do"] == "light":
            await self._desk.set_day(row, {**row.focus, "dark": False})
        elif step["do"] == "open":
            await self._next(row)
        else:
            await self._turn(row, step["do"], step["exercise"])

    async def _next_step(self, row: SessionRow) -> Message | None:
        desk = self._desk
        states, order = await desk.states(row), running_order(desk, row)
        here = here_in(order, states, row.focus)
        values = await desk.values(row, here) if here else {}
        return next_step(order, states, row.focus, can_show=has_enough(values))

    async def _back(self, row: SessionRow) -> None:
        order = running_order(self._desk, row)
        place = step_back(order, await self._desk.states(row), row.focus)
        if place is None:
            raise DeskError("no_back")
        await self._desk.set_focus(row, *place)

    async def _steer_day(
        self, row: SessionRow, what: str, command: Mapping[str, Any]
    ) -> None:
        try:
            if what == "timer":
                act, minutes = str(command.get("act")), command.get("minutes")
                focus = day.timed(row.focus, act, minutes, now())
            elif what == "start":
                focus = day.started(row.focus, command.get("at"), now())
            else:
                focus = {**row.focus, what: command.get("on") is True}
        except day.WrongDay as error:
            raise DeskError("unknown_command") from error
        await self._desk.set_day(row, focus)

    async def _overview(self) -> Message:
        return await overview(self._desk, await self._desk.session(self._code))
