"""The projector: what the whole room may see, and nothing else."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from . import content
from .esm import bundle

if TYPE_CHECKING:
    from .room import TrainerRoom

HERE = Path(__file__).parent
STYLES = ("tokens.css", "frame.css", "trainer_screen.css", "change_result.css")
MINIMUM_TEXTS = 5
STACKED_ROWS = 3  # what is readable at 8 metres; the most disputed come first
WALL_TEXTS = 6
WALL_LONG_TEXTS = 4
LONG_TEXT = 150

Overview = Mapping[str, Any]
View = dict[str, Any]


def projected(overview: Overview, salt: bytes = b"") -> View:
    """What the room may see now, as data for the page: always a "view" and no more.

    The salt shuffles the wall: the same texts keep their place, and no place tells
    who was first.
    """
    session = overview["session"]
    if session["ended"]:
        return {"view": "ended", "title": session["title"]}
    focus = overview["focus"]
    exercise = _exercise(overview, focus["exercise"])
    day = overview["day"]
    if day["dark"]:
        return {"view": "black"}
    timer = {"timer": day["timer"]} if day["timer"] else {}
    if focus["view"] == "join":
        return _join(overview) | timer
    if focus["view"] == "blank" or exercise is None:
        return {"view": "blank"} | timer
    common = timer | {
        "view": focus["view"],
        "ref": exercise["ref"],
        "title": exercise["title"],
        "prompt": exercise["prompt"],
        "code": session["code"],
    }
    if focus["view"] == "result":
        return common | _result(exercise)
    if focus["view"] == "wall":
        return common | _wall(overview, exercise["id"], salt)
    return common | _question(exercise)


def _exercise(overview: Overview, exercise_id: str | None) -> Mapping[str, Any] | None:
    for module in overview["modules"]:
        for exercise in module["exercises"]:
            if exercise["id"] == exercise_id:
                return dict(exercise)
    return None


def _join(overview: Overview) -> View:
    session = overview["session"]
    kept = {key: session[key] for key in ("title", "code", "address", "qr")}
    return {"view": "join", "here": overview["here"], **kept}


def _question(exercise: Mapping[str, Any]) -> View:
    closed = "closed" if exercise["opened"] else "waiting"
    state = "open" if exercise["open"] else closed
    options = list(exercise.get("options", []))
    return {"state": state, "ready": exercise["ready"], "options": options}


def _result(exercise: Mapping[str, Any]) -> View:
    result = exercise["result"] if exercise["shown"] else {}
    if result.get("rows"):
        size = STACKED_ROWS if result["kind"] == "stacked" else 1
        pages = [dict(result, rows=rows) for rows in _pages(result["rows"], size)]
        return {"pages": pages}
    return {"pages": [], "few": exercise["shown"] or not exercise["can_show"]}


def _wall(overview: Overview, exercise_id: str, salt: bytes) -> View:
    texts = [
        text
        for text in overview["wall"]
        if text["exercise"] == exercise_id and text["state"] in ("approved", "shown")
    ]
    if len(texts) < MINIMUM_TEXTS:
        return {"pages": [], "few": True}
    texts.sort(key=lambda text: hashlib.sha256(salt + text["id"].encode()).digest())
    lines = [text["text"] for text in texts]
    long = max(map(len, lines)) > LONG_TEXT
    return {"pages": _pages(lines, WALL_LONG_TEXTS if long else WALL_TEXTS)}


def _pages(items: Sequence[Any], size: int) -> list[list[Any]]:
    """Pages as even as possible, so that none is left with one lonely item."""
    count = -(-len(items) // size)
    cuts = [len(items) * i // count for i in range(count + 1)]
    return [list(items[a:b]) for a, b in pairwise(cuts)]


class Screen(anywidget.AnyWidget):
    """What the projector shows; it follows the trainer's control by itself."""

    _esm = bundle(HERE / "trainer_screen.js")
    _css = "\n".join((HERE / name).read_text("utf-8") for name in STYLES)

    view = traitlets.Dict().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    language = traitlets.Unicode("nl").tag(sync=True)

    def __init__(self, room: TrainerRoom, language: str) -> None:
        interface = content.words(language)
        words = {section: interface[section] for section in ("screen", "result")}
        super().__init__(words=words, language=language)
        self._room = room
        self._salt = secrets.token_bytes(16)
        self._refresh()
        room.watch(self._refresh)
        self.on_msg(self._receive)

    @classmethod
    def for_(cls, room: TrainerRoom, language: str) -> Screen:
        """The projector of one training."""
        return cls(room, language)

    def _refresh(self) -> None:
        self.view = projected(self._room.overview(), self._salt)

    def _receive(self, _widget: object, message: Any, _buffers: object) -> None:
        match message.get("do") if isinstance(message, dict) else None:
            case "ping":
                self.send({"pong": True})
                if (self.view.get("timer") or {}).get("running"):
                    self._refresh()
            case "step":
                # Nothing that another device did in this same moment happens twice.
                seen = self._room.overview()["step"]
                self._room.do({"do": "step", "seen": seen}, self._refreshed)
            case "back":
                self._room.do({"do": "back"}, self._refreshed)
            case "dark":
                is_dark = self._room.overview()["day"]["dark"]
                self._room.do({"do": "dark", "on": not is_dark}, self._refreshed)

    def _refreshed(self, _code: str | None) -> None:
        # What could not be done is said on the control, never to the room.
        self._refresh()
