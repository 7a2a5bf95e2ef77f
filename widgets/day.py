"""The day of one session: when it began, where it is, its countdown, who follows.

All of it stands in the session's focus, as JSON, so that a restart keeps it. Pure
functions: they get the time and give a new focus. Moments are whole seconds since 1970.
"""

from collections.abc import Mapping
from typing import Any, Literal

Focus = dict[str, Any]
TimerAct = Literal["start", "pause", "resume", "more", "less", "stop"]

TIMER_ACTS: tuple[str, ...] = ("start", "pause", "resume", "more", "less", "stop")
MINUTE = 60
LONGEST = 180 * MINUTE
NEAR = 24 * 60 * MINUTE  # a day begins today, whatever a clock says
SHOWING = ("exercise", "result", "wall")


class WrongDay(ValueError):
    """Something that this day cannot do."""


def looking(focus: Mapping[str, Any], view: str, exercise: str | None) -> Focus:
    """Let the projector show something else; whatever it is, it is not black."""
    return {**focus, "view": view, "exercise": exercise, "dark": False}


def opened(focus: Mapping[str, Any], exercise: str, offset: int, now: int) -> Focus:
    """Come to an exercise; the first one begins the day, `offset` minutes into it."""
    changed = looking(focus, "exercise", exercise)
    changed.setdefault("started", now - offset * MINUTE)
    changed["times"] = {exercise: now, **focus.get("times", {})}
    if step_of(focus) != exercise:
        changed["step"] = {"exercise": exercise, "at": now}
        changed.pop("timer", None)
    return changed


def closed(focus: Mapping[str, Any], exercise: str) -> Focus:
    """Take the countdown of a closed exercise away."""
    timer = focus.get("timer") or {}
    if timer.get("exercise") != exercise:
        return dict(focus)
    return {key: value for key, value in focus.items() if key != "timer"}


def step_of(focus: Mapping[str, Any]) -> str | None:
    """Return the exercise that was opened last."""
    return (focus.get("step") or {}).get("exercise")


def started(focus: Mapping[str, Any], at: object, now: int) -> Focus:
    """Let the day have begun at a moment of today; raises WrongDay."""
    if not isinstance(at, int) or isinstance(at, bool) or abs(at - now) > NEAR:
        raise WrongDay("at")
    return {**focus, "started": at}


def left(focus: Mapping[str, Any], now: int) -> int:
    """Return the seconds that the countdown still has."""
    timer = focus["timer"]
    end = timer["ends"]
    return int(timer["left"] if end is None else max(end - now, 0))


def timed(focus: Mapping[str, Any], act: str, minutes: object, now: int) -> Focus:
    """Start, pause, resume, lengthen, shorten or stop the countdown; raises WrongDay.

    What is asked twice happens once: only a minute more or less adds up.
    """
    timer = focus.get("timer")
    if act == "start":
        return {**focus, "timer": _new_timer(focus, minutes, now)}
    if act == "stop" or timer is None:
        return {key: value for key, value in focus.items() if key != "timer"}
    rest, is_running = left(focus, now), timer["ends"] is not None
    if act in ("more", "less"):
        by = MINUTE if act == "more" else -MINUTE
        rest = min(max(rest + by, 0), LONGEST)
        timer = {**timer, "total": max(timer["total"], rest)}
    elif act in ("pause", "resume"):
        is_running = act == "resume"
    else:
        raise WrongDay(act)
    ends = now + rest if is_running else None
    return {**focus, "timer": {**timer, "ends": ends, "left": rest}}


def _new_timer(focus: Mapping[str, Any], minutes: object, now: int) -> dict[str, Any]:
    if not isinstance(minutes, int) or not 0 < minutes * MINUTE <= LONGEST:
        raise WrongDay("minutes")
    total = minutes * MINUTE
    here = step_of(focus) or focus.get("exercise")
    return {"exercise": here, "total": total, "ends": now + total, "left": total}


def countdown(focus: Mapping[str, Any], now: int) -> dict[str, Any] | None:
    """Return the countdown as pages draw it; None when there is none."""
    timer = focus.get("timer")
    if timer is None:
        return None
    running = timer["ends"] is not None
    return {"left": left(focus, now), "running": running, "total": timer["total"]}


def target(focus: Mapping[str, Any]) -> str | None:
    """Return the exercise where the trainer is."""
    shown = focus.get("exercise") if focus.get("view") in SHOWING else None
    return shown or step_of(focus)


def for_people(focus: Mapping[str, Any], now: int) -> dict[str, Any]:
    """Return what participants' pages need of the day."""
    follow = bool(focus.get("follow"))
    at = target(focus) if follow else None
    return {"timer": countdown(focus, now), "follow": follow, "at": at}


def aged(day: Mapping[str, Any], seconds: float) -> dict[str, Any]:
    """Return a day as it is some seconds after it was told."""
    timer = day.get("timer")
    if not timer or not timer["running"]:
        return dict(day)
    rest = max(timer["left"] - round(seconds), 0)
    return {**day, "timer": {**timer, "left": rest}}
