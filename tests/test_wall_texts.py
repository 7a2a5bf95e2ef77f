"""Hostile text on its way over the wall: phone, trainer's control, projector.

In the widgets' own state here; in browsers in e2e/test_wall.py.
"""

import json

import pytest
from hostile import ALL, LEGITIMATE
from live_room import LiveRoom

from widgets.content import load
from widgets.exercises.base import AnswerError
from widgets.trainer_control import Control
from widgets.trainer_screen import Screen

WISH = "opening/learning_wish"
FIELD = load().exercise(WISH).fields["wish"]


def on_the_wall(text):
    """A text as the phone sends it, None when it is refused there."""
    try:
        return FIELD.check(text)
    except AnswerError:
        return None


@pytest.fixture(scope="module")
def room(tmp_path_factory):
    room = LiveRoom(tmp_path_factory.mktemp("wall"))
    yield room
    room.desk.close()


@pytest.fixture(scope="module")
def sent(room):
    """Every text that a phone lets through, each sent by somebody else."""
    texts = [on_the_wall(text) for text in ALL.values()]
    texts = [text for text in dict.fromkeys(texts) if text]
    for person, text in zip(room.people(len(texts)), texts, strict=True):
        room.post(person, f"{WISH}.wish", text)
    return texts


def test_the_trainer_reads_what_was_typed_before_anybody_else(room, sent):
    control, screen = Control.for_(room, "nl"), Screen.for_(room, "nl")
    queued = control.overview["wall"]
    assert sorted(one["text"] for one in queued) == sorted(sent)
    assert {one["state"] for one in queued} == {"queued"}
    room.command(do="focus", view="wall", exercise=WISH)
    screen._refresh()
    assert not [text for text in sent if text in json.dumps(screen.view)]
    json.dumps(control.overview, ensure_ascii=False, allow_nan=False).encode()


def test_the_projector_shows_what_was_typed_as_text(room, sent):
    for one in room.overview()["wall"]:
        room.command(do="approve", id=one["id"])
    room.command(do="focus", view="wall", exercise=WISH)
    view = Screen.for_(room, "nl").view
    shown = [text for page in view["pages"] for text in page]
    assert sorted(shown) == sorted(sent)
    json.dumps(view, ensure_ascii=False, allow_nan=False).encode()


def test_what_is_legitimate_is_on_the_wall_as_it_was_typed(sent):
    short = [text for text in LEGITIMATE.values() if len(text) <= FIELD.max_length]
    assert len(short) > 15
    assert set(short) <= set(sent)
