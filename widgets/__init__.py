"""The few words that a notebook of the workbook uses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeVar

if TYPE_CHECKING:
    from ipywidgets import Label

    from .frame import Frame
    from .trainer_control import Control
    from .trainer_screen import Screen

__all__ = ["control", "exercise", "module", "screen"]

Live = TypeVar("Live", "Control", "Screen")
_language: Literal["nl", "en"] = "nl"


def module(slug: str, language: Literal["nl", "en"] = "nl") -> Label | None:
    """Begin a module in one language; says so in one line when you work alone.

    Raises ContentError for a module that does not exist.
    """
    global _language
    from . import room
    from .content import load
    from .problems import ContentError, Problem, nearest

    modules = load().modules
    if slug not in modules:
        hint = nearest(slug, modules)
        raise ContentError(Problem("", "", f"unknown module {slug!r}{hint}"))
    _language = language
    note = room.here().note.get(language)
    return _line(note) if note else None


def _line(text: str) -> Label:
    from ipywidgets import Label

    line = Label(value=text)
    line.add_class("wb-note")
    return line


def exercise(id: str, language: Literal["nl", "en"] | None = None) -> Frame:
    """Return the widget of one exercise, such as "difference/sorting".

    Its language is that of `module(…)` in the same notebook, else Dutch. Raises
    ContentError for an exercise that does not exist.
    """
    from . import room
    from .card_frame import CardFrame
    from .content import load
    from .exercises.card_exercise import CardExercise
    from .frame import Frame

    asked = load().exercise(id)
    kind = CardFrame if isinstance(asked, CardExercise) else Frame
    return kind.for_(asked, room.here(), language or _language)


def control() -> Control | Label:
    """Return the trainer's control of the session that this kernel serves."""
    from .trainer_control import Control

    return _for_trainer(Control)


def screen() -> Screen | Label:
    """Return what the projector shows of the session that this kernel serves."""
    from .trainer_screen import Screen

    return _for_trainer(Screen)


def _for_trainer(widget: type[Live]) -> Live | Label:
    from . import room
    from .content import words
    from .line import LineError

    try:
        here = room.trainer()
    except LineError:
        return _line(words(_language)["page"]["needs_server"])
    return widget.for_(here, here.language)
