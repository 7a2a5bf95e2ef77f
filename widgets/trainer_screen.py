"""The projector: what the whole room may see, and nothing else."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from . import content
from .content import Language
from .esm import bundle
from .reports.figures import even, figure, pages

if TYPE_CHECKING:
    from .room import TrainerRoom

HERE = Path(__file__).parent
STYLES = ("tokens.css", "frame.css", "trainer_screen.css", "change_result.css")
MINIMUM_TEXTS = 5
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
        return common | _result(exercise, session["report_url"], session["language"])
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
    # In a second vote whoever answered the first is still ready: that count misleads.
    ready = None if exercise["second"] else exercise["ready"]
    return {"state": state, "ready": ready, "options": options}


def _result(exercise: Mapping[str, Any], report: str, language: Language) -> View:
    result = exercise["result"] if exercise["shown"] else {}
    if not result.get("rows"):
        return {"pages": [], "few": exercise["shown"] or not exercise["can_show"]}
    place = f"{report}/{exercise['id']}"
    return {
        "pages": [
            _page(page, exercise["title"], f"{place}/{number}.svg", language)
            for number, page in enumerate(pages(result), start=1)
        ]
    }


def _page(page: View, title: str, address: str, language: Language) -> View:
    """One picture of the report, the one that may be copied into a slide.

    A change with its interval is drawn by the page, beside what may mislead in it.
    """
    if page["form"] == "change":
        return page
    drawn = figure(title, page, language)
    version = hashlib.sha256(drawn.model_dump_json().encode()).hexdigest()[:16]
    own = {"heading": drawn.title, "alt": drawn.alt, "remarks": list(drawn.remarks)}
    return {**page, **own, "n": drawn.n, "src": f"{address}?v={version}"}


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
    return {"pages": even(lines, WALL_LONG_TEXTS if long else WALL_TEXTS)}


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
        overview = self._room.overview()
        self.view = projected(overview, self._salt)
        if overview["day"].get("moving"):
            self.send({"moving": True})

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
