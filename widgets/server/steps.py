"""What comes next in the running order, and what came before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .. import day, second_vote
from .. import session as rules
from ..programme import debrief_of
from ..store import SessionRow
from .desk import Desk

States = Mapping[str, rules.State]
Step = dict[str, Any]


def running_order(desk: Desk, row: SessionRow) -> list[str]:
    """Return the exercises that the trainer opens one by one."""
    return [
        exercise
        for module in desk.workbook.modules.values()
        for exercise in module.exercises
        if not desk.is_free(row, exercise)
    ]


def next_in(order: Sequence[str], states: States) -> str | None:
    """Return what comes after the last exercise that was opened."""
    opened = [at for at, name in enumerate(order) if states[name].was_opened]
    following = order[opened[-1] + 1 :] if opened else order
    return following[0] if following else None


def here_in(order: Sequence[str], states: States, focus: day.Focus) -> str | None:
    """Return the exercise that the room is at."""
    step = day.step_of(focus)
    if step in order:
        return step
    opened = [name for name in order if states[name].was_opened]
    return opened[-1] if opened else None


def next_step(
    order: Sequence[str], states: States, focus: day.Focus, *, can_show: bool
) -> Step | None:
    """Return the next sensible act: open, close, show, then on to what follows.

    `can_show` says whether enough people answered where the room is.
    """
    if focus.get("dark"):
        return {"do": "light", "exercise": None}
    here = here_in(order, states, focus)
    if here is not None:
        state = states[here]
        if state.is_open:
            return {"do": "close", "exercise": here}
        is_new = state.picture is None or second_vote.is_pending(state)
        if can_show and is_new and not state.is_shown:
            return {"do": "show", "exercise": here}
    upcoming = next_in(order, states)
    return None if upcoming is None else {"do": "open", "exercise": upcoming}


def step_back(
    order: Sequence[str], states: States, focus: day.Focus
) -> tuple[str, str] | None:
    """Return what the projector showed before; going back opens and closes nothing."""
    now, view = focus.get("exercise"), focus.get("view")
    if view in ("result", "wall"):
        return "exercise", str(now)
    here = here_in(order, states, focus)
    if view in ("join", "blank") or now not in order:
        return ("exercise", here) if here else None
    earlier = [name for name in order[: order.index(now)] if states[name].was_opened]
    if not earlier:
        return None
    return "result" if states[earlier[-1]].is_shown else "exercise", earlier[-1]


def plan(desk: Desk, row: SessionRow) -> dict[str, list[int]]:
    """Return when each exercise is due, in minutes from the start, and how long."""
    variant, minutes = desk.workbook.variants[row.variant], desk.programme(row)
    found: dict[str, list[int]] = {}
    at = 0
    for slug, module in desk.workbook.modules.items():
        together = [name for name in module.exercises if name in minutes]
        for name in together:
            found[name] = [at, minutes[name]]
            at += minutes[name]
        if together:
            at += debrief_of(variant, slug) + variant.breaks.get(slug, 0)
    return found


def stamp(state: rules.State) -> str:
    """Return a mark of how an exercise stands, to see that it is still so."""
    flags = (state.is_open, state.was_opened, state.is_shown, second_vote.began(state))
    return "".join(str(int(flag)) for flag in flags) + f"-{state.pictured}"
