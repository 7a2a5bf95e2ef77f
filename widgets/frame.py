"""The frame around every exercise: one widget that draws it and keeps its answer."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Self

import anywidget
import traitlets

from .content import load, words
from .exercises.base import SKIPPED, AnswerError
from .lints import suggestions
from .looks import short_look, whole_look
from .second_vote import result
from .versions import Stored, merge

if TYPE_CHECKING:
    from .exercises.base import Answer, Exercise, Language
    from .room import Room

SECTIONS = ("frame", "fields", "result", "privacy", "day")
FROM_BROWSER = {"value": dict, "seq": int, "basis": dict}
LAST_SEQ = 2**53  # what JavaScript can count to

# Only where the way or the disk failed can the same answer be kept a moment later.
PASSING = {"not_saved", "no_server"}

log = logging.getLogger(__name__)


class Frame(anywidget.AnyWidget):
    """One exercise with its prompt, input, feedback and saved state.

    The browser sets `value`, `seq` and `basis` together; Python joins the value with
    what another device saved meanwhile, checks it, lets the room keep it, and sets
    `kept` to the last `seq` that is on disk. Everything else goes from Python to the
    browser only.
    """

    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)

    exercise = traitlets.Dict().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    language = traitlets.Unicode("nl").tag(sync=True)
    value = traitlets.Dict().tag(sync=True)
    seq = traitlets.Int(0).tag(sync=True)
    basis = traitlets.Dict().tag(sync=True, echo_update=False)
    versions = traitlets.Dict().tag(sync=True)
    kept = traitlets.Int(0).tag(sync=True)
    status = traitlets.Dict().tag(sync=True)
    problem = traitlets.Dict().tag(sync=True)
    feedback = traitlets.Dict().tag(sync=True)
    recalled: traitlets.List[dict[str, str]] = traitlets.List().tag(sync=True)
    result = traitlets.Dict().tag(sync=True)
    wall = traitlets.Dict().tag(sync=True)
    day = traitlets.Dict().tag(sync=True)

    def __init__(self, exercise: Exercise, room: Room, language: Language) -> None:
        self._exercise, self._language = exercise, language
        super().__init__(
            **(whole_look if room.alone else short_look)(exercise.type),
            words=self._said_here(),
            language=language,
        )
        self.observe(self._on_seq, "seq")
        self.on_msg(self._on_message)
        self.enter(room)

    def _said_here(self) -> dict[str, dict[str, str]]:
        """The words of the interface that this exercise needs."""
        said = words(self._language)
        names = (*SECTIONS, self._exercise.type)
        return {name: said.get(name, {}) for name in names}

    def enter(self, room: Room) -> None:
        """Begin with what this room knows; a frame may be made before anybody is in."""
        self._room = room
        self._own = room.answer(self._exercise.id)
        self._sent: Answer = {}
        self._look_back()
        self._begun = self._exercise.start(room.shared)
        with self.hold_sync():
            self.value = self._own or self._begun
            self._refresh()
        room.watch(self._on_room)

    @classmethod
    def for_(cls, exercise: Exercise, room: Room, language: Language) -> Self:
        """The frame of one exercise for who is in this room."""
        return cls(exercise, room, language)

    def set_state(self, sync_data: Mapping[str, Any]) -> None:
        """Take over what the browser may set; all other traits are Python's own."""
        fitting = {
            name: sync_data[name]
            for name, kind in FROM_BROWSER.items()
            if type(sync_data.get(name)) is kind
        }
        if 0 <= fitting.get("seq", 0) <= LAST_SEQ:
            super().set_state(_whole(fitting))

    def _look_back(self) -> None:
        """Put what is asked again beside the answer of the first time."""
        if self._exercise.like:
            earlier = self._room.answer(self._exercise.like)
            self._exercise = self._exercise.again_after(earlier)

    def _on_seq(self, change: Mapping[str, Any]) -> None:
        if change["new"] > self.kept:
            self._keep(change["new"])

    def _keep(self, seq: int) -> None:
        self._look_back()
        exercise, room = self._exercise, self._room
        try:
            self._join_versions()
            answer = exercise.check(self.value, room.answer(exercise.id))
            facts = (exercise.is_complete(answer), exercise.counted(answer))
        except AnswerError as error:
            self._refuse(error, seq)
        except Exception:
            # Whatever a browser sends: the exercise goes on, and nothing is kept.
            log.exception("%s: an answer could not be checked", exercise.id)
            self._refuse(AnswerError("", "wrong_type"), seq)
        else:
            self._own = answer
            complete, counted = facts
            room.keep(
                exercise.id,
                answer,
                complete=complete,
                counted=counted,
                done=lambda code: self._on_kept(seq, code),
            )

    def _join_versions(self) -> None:
        """Put what was typed here beside what another device saved meanwhile."""
        room, exercise = self._room, self._exercise
        kept = room.answer(exercise.id) or self._begun
        stored = Stored(kept, room.written(exercise.id), self._sent)
        self._sent = self.value
        self.value, gave_way = merge(exercise, self.value, self.basis, stored)
        if gave_way:
            self.versions = gave_way

    def _on_kept(self, seq: int, code: str | None) -> None:
        with self.hold_sync():
            if code is not None:
                self._say(code, seq)
                return
            self.problem = {}
            self._refresh()
            self.kept = max(self.kept, seq)

    def _refuse(self, error: AnswerError, seq: int) -> None:
        said = words(self._language).get("answer", {}).get(error.code, error.code)
        text = said.replace("{limit}", str(error.limit))
        self.problem = {
            "field": error.field,
            "code": error.code,
            "text": text,
            "seq": seq,
            "retry": False,
        }

    def _say(self, code: str, seq: int) -> None:
        said = words(self._language)["frame"]
        self.problem = {
            "field": "",
            "code": code,
            "text": said.get(f"problem_{code}", said["problem_other"]),
            "seq": seq,
            "retry": code in PASSING,
        }

    def _on_message(self, _: object, content: object, buffers: object) -> None:
        if not isinstance(content, dict):
            return
        act = {
            "ping": self._on_ping,
            "post": self._on_post,
            "withdraw": self._on_withdraw,
            "choose": self._on_choose,
        }.get(str(content.get("do")))
        try:
            if act:
                act(content)
        except AnswerError as error:
            self._refuse(error, -1)
        except Exception:
            # An odd message must not end the exercise for who sent it.
            log.exception("%s: a message failed", self._exercise.id)

    def _on_ping(self, content: Mapping[str, Any]) -> None:
        self.send({"pong": True})
        self.day = self._day()

    def _on_post(self, content: Mapping[str, Any]) -> None:
        field, room = str(content.get("field")), self._room
        answer = room.answer(self._exercise.id)
        text = self._exercise.wall_text(answer, field, self._language)
        room.post(self._exercise.id, field, text, self._on_done)

    def _on_withdraw(self, content: Mapping[str, Any]) -> None:
        field = str(content.get("field"))
        if field in self._exercise.fields:
            self._room.withdraw(self._exercise.id, field, self._on_done)

    def _on_choose(self, content: Mapping[str, Any]) -> None:
        counting = content.get("counting")
        if isinstance(counting, bool):
            self._room.choose(counting, self._on_done)

    def _on_done(self, code: str | None) -> None:
        if code is None:
            self.problem = {}
            self._refresh()
        else:
            self._say(code, -1)

    def _on_room(self) -> None:
        self._look_back()
        stored = self._room.answer(self._exercise.id)
        if stored != self._own and self.kept >= self.seq:
            self._own = stored
            self.value = stored or self._begun
        self._refresh()

    def _refresh(self) -> None:
        """Draw what the room says now; equal values are not sent again."""
        exercise, room, language = self._exercise, self._room, self._language
        status = room.status(exercise.id)
        picture = status.get("picture") if status.get("shown") else None
        with self.hold_sync():
            self.exercise = exercise.public(language, self._own or self._begun)
            self.feedback = self._feedback()
            self.recalled = self._recalled()
            self.wall = room.wall(exercise.id)
            self.result = result(exercise, picture, language) if picture else {}
            self.day = self._day()
            self.status = {
                "open": bool(status.get("open")) or exercise.always_open,
                "opened": bool(status.get("opened")),
                "done": bool(self._own) and exercise.is_complete(self._own),
                "shown": picture is not None,
                "alone": room.alone,
                "counting": room.counting,
            }

    def _day(self) -> dict[str, Any]:
        """The trainer's day, with the way to where the trainer is."""
        day = self._room.day()
        if not day.get("at"):
            return day
        there = load().exercise(day["at"])
        href = f"{self._language}/{there.id.replace('/', '#')}"
        return {**day, "title": there.title.in_(self._language), "href": href}

    def _feedback(self) -> dict[str, Any]:
        feedback = self._exercise.feedback(self._own, self._language)
        lints = suggestions(load().lints, self._exercise, self._own, self._language)
        return feedback | ({"lints": lints} if lints else {})

    def _recalled(self) -> list[dict[str, str]]:
        """What this participant wrote earlier; it goes to nobody but their browser."""
        exercise = self._exercise
        if not exercise.recalls_now(self._own):
            return []
        entries = [self._recall(name) for name in exercise.recall]
        for key, name in exercise.beside.items():
            entries.append(self._recall(name) | {"beside": key})
        return [entry for entry in entries if entry["text"]]

    def _recall(self, name: str) -> dict[str, str]:
        language = self._language
        earlier, field = load().field(name)
        answer = self._room.answer(earlier.id)
        is_skipped = answer.get(SKIPPED)
        return {
            "label": (field.label or earlier.title).in_(language),
            "kind": field.kind,
            "text": "" if is_skipped else earlier.in_words(answer, field.key, language),
        }


def _whole(state: dict[str, Any]) -> dict[str, Any]:
    # JavaScript can cut a character in two, and half of one cannot be sent back.
    text = json.dumps(state, ensure_ascii=False).encode("utf-8", "replace")
    return dict(json.loads(text))
