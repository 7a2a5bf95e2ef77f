"""The trainer's control: what is open, what is shown, what the projector shows."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from . import content
from .day import TIMER_ACTS
from .esm import bundle

if TYPE_CHECKING:
    from .room import Done, TrainerRoom

HERE = Path(__file__).parent
STYLES = ("tokens.css", "frame.css", "change_result.css", "trainer_control.css")
VIEWS = ("join", "exercise", "result", "wall", "blank")

# Every command that the page may send, with what belongs to it.
COMMANDS: Mapping[str, tuple[str, ...]] = {
    "open": ("exercise", "seen"),
    "close": ("exercise", "seen"),
    "show": ("exercise", "seen"),
    "hide": ("exercise", "seen"),
    "again": ("exercise", "seen"),
    "focus": ("view", "exercise"),
    "next": ("seen",),
    "step": ("seen",),
    "back": (),
    "dark": ("on",),
    "follow": ("on",),
    "start": ("at",),
    "timer": ("act", "minutes"),
    "approve": ("id",),
    "decline": ("id",),
    "end": (),
}

# What may be left out: "seen" is how all stood when the button was drawn.
OPTIONAL = ("seen", "minutes")
KINDS: Mapping[str, tuple[type, ...]] = {
    "seen": (str, dict),
    "minutes": (int,),
    "on": (bool,),
    "at": (int,),
}


class UnknownCommand(Exception):
    """The page asked for something that a control does not do."""


def command_of(message: Mapping[str, Any]) -> dict[str, Any]:
    """The command in a message, without anything that does not belong to it.

    Raises UnknownCommand when the command or one of its values is not known.
    """
    verb = message.get("do")
    if not isinstance(verb, str) or verb not in COMMANDS:
        raise UnknownCommand(verb)
    command = {"do": verb} | {key: message.get(key) for key in COMMANDS[verb]}
    if not all(_fits(key, value, verb) for key, value in command.items()):
        raise UnknownCommand(command)
    return {
        key: value
        for key, value in command.items()
        if value is not None or key not in OPTIONAL
    }


def _fits(key: str, value: object, verb: str) -> bool:
    if key in OPTIONAL and value is None:
        return True
    if key in KINDS:
        return type(value) in KINDS[key]
    if key == "view":
        return value in VIEWS
    if key == "act":
        return value in TIMER_ACTS
    if key == "exercise" and verb == "focus" and value is None:
        return True
    return isinstance(value, str) and value != ""


class Control(anywidget.AnyWidget):
    """The running order of one training with a button for everything it can do."""

    _esm = bundle(HERE / "trainer_control.js")
    _css = "\n".join((HERE / name).read_text("utf-8") for name in STYLES)

    overview = traitlets.Dict().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    language = traitlets.Unicode("nl").tag(sync=True)
    problem = traitlets.Dict().tag(sync=True)
    answered = traitlets.Unicode().tag(sync=True)

    def __init__(self, room: TrainerRoom, language: str) -> None:
        interface = content.words(language)
        words = {section: interface[section] for section in ("control", "result")}
        super().__init__(words=words, language=language)
        self._room = room
        self._seen: set[str] = set()
        self._refresh()
        room.watch(self._refresh)
        self.on_msg(self._receive)

    @classmethod
    def for_(cls, room: TrainerRoom, language: str) -> Control:
        """The control of one training, in the trainer's language."""
        return cls(room, language)

    def _refresh(self) -> None:
        self.overview = self._room.overview()
        if self.overview["day"].get("moving"):
            self.send({"moving": True})

    def _receive(self, _widget: object, message: Any, _buffers: object) -> None:
        if not isinstance(message, dict):
            return
        if message.get("do") == "ping":
            self.send({"pong": True, "now": int(time.time())})
            if (self.overview["day"].get("timer") or {}).get("running"):
                self._refresh()
            return
        ticket = str(message.get("ticket", ""))
        if ticket in self._seen:
            return
        self._seen.add(ticket)
        self._obey(message, self._answer(ticket))

    def _obey(self, message: dict[str, Any], done: Done) -> None:
        try:
            command = command_of(message)
        except UnknownCommand:
            done("unknown_command")
        else:
            self._room.do(command, done)

    def _answer(self, ticket: str) -> Done:
        def done(code: str | None) -> None:
            # One message: a button is free again when the page shows what it did.
            with self.hold_sync():
                self._refresh()
                self.problem = self._explained(code) if code else {}
                self.answered = ticket

        return done

    def _explained(self, code: str) -> dict[str, str]:
        words = self.words["control"]
        text = words.get(f"problem_{code}", words["problem_other"])
        return {"code": code, "text": text}
