"""The few words that a notebook of the workbook uses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from .control import Control
    from .frame import Frame
    from .screen import Screen

__all__ = ["control", "exercise", "module", "screen"]

_language: Literal["nl", "en"] = "nl"


def module(slug: str, language: Literal["nl", "en"] = "nl") -> Any:
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


def _line(text: str) -> Any:
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
    from .content import load
    from .frame import Frame

    return Frame.for_(load().exercise(id), room.here(), language or _language)


def control() -> Control:
    """Return the trainer's control of the session that this kernel serves."""
    from . import room
    from .control import Control

    here = room.trainer()
    return Control.for_(here, here.language)


def screen() -> Screen:
    """Return what the projector shows of the session that this kernel serves."""
    from . import room
    from .screen import Screen

    here = room.trainer()
    return Screen.for_(here, here.language)
