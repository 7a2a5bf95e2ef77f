"""What a frame adds to an exercise: suggestions, and what was written earlier."""

import asyncio
import json
import shutil

import pytest
from memory_room import Room
from room_server import keep, served, stays, until
from test_frame import CHOICE, EXERCISES, SENTENCE, WISH, write

from widgets.content import DATA, ContentError, load
from widgets.exercises.form import Form
from widgets.frame import Frame
from widgets.room import AloneRoom


@pytest.fixture
def room():
    return Room()


def small_form(**more):
    """A small form, as an author would write it."""
    said = {"nl": "x", "en": "x"}
    own = {"id": "a/b", "type": "form", "ref": "E", "concepts": []}
    field = {"kind": "text", "key": "then", "privacy": "A", "lints": ["plan_then"]}
    texts = dict.fromkeys(("title", "prompt", "evidence"), said)
    return Form.model_validate({**own, **texts, "field": [field], **more})


RECALL = {"recall": [f"{WISH}.wish", f"{SENTENCE}.chain", f"{CHOICE}.first_moved"]}


def test_a_suggestion_about_words_comes_with_the_feedback(room):
    frame = Frame.for_(small_form(), room, "nl")
    write(frame, {"then": "dan word ik niet boos"})
    assert frame.kept == 1
    expected = {"field": "then", "word": "niet"}
    assert expected.items() <= frame.feedback["lints"][0].items()
    write(frame, {"then": "dan adem ik uit"})
    assert "lints" not in frame.feedback


def test_what_was_written_earlier_is_read_back_and_follows_the_room(room):
    room.answers[WISH] = {"wish": "rust"}
    frame = Frame.for_(small_form(**RECALL), room, "en")
    wish = {"label": "My learning wish", "kind": "text", "text": "rust"}
    assert frame.recalled == [wish]
    room.answers[SENTENCE] = {"self": "adem", "other": "te luisteren"}
    room.answers[CHOICE] = {"first_moved": "self"}
    room.tell()
    texts = [entry["text"] for entry in frame.recalled]
    assert texts == ["rust", "Because I adem, I manage to te luisteren.", "myself"]


def test_nothing_is_read_back_of_what_was_skipped(room):
    room.answers[WISH] = {"wish": "rust", "skipped": True}
    assert Frame.for_(small_form(**RECALL), room, "nl").recalled == []


def test_one_thing_is_read_back_beside_a_field(room):
    room.answers[WISH] = {"wish": "rust"}
    beside = Frame.for_(small_form(beside={"then": f"{WISH}.wish"}), room, "nl")
    (entry,) = beside.recalled
    assert (entry["beside"], entry["text"]) == ("then", "rust")
    room.answers[WISH] = {}
    room.tell()
    assert beside.recalled == []


def test_what_is_read_back_beside_a_field_must_exist(tmp_path):
    with pytest.raises(ValueError, match="beside: no field 'nobody'"):
        small_form(beside={"nobody": f"{WISH}.wish"})
    data = shutil.copytree(DATA, tmp_path / "data")
    file = data / "modules/difference/chain.toml"
    text = file.read_text("utf-8")
    beside = 'ref = "E1.4"\nbeside = { self = "opening/learning_wish.wsh" }'
    file.write_text(text.replace('ref = "E1.4"', beside), encoding="utf-8")
    with pytest.raises(ContentError, match="did you mean 'wish'"):
        load(data)


def test_who_recalls_from_memory_sees_it_only_afterwards(room):
    room.answers[WISH] = {"wish": "kalmte"}
    frame = Frame.for_(small_form(**RECALL, recall_after=True), room, "nl")
    assert frame.recalled == []
    assert "kalmte" not in json.dumps(frame.get_state(), ensure_ascii=False)
    write(frame, {"then": "uit mijn hoofd"})
    assert [entry["text"] for entry in frame.recalled] == ["kalmte"]


def test_alone_what_was_written_earlier_comes_from_ones_own_folder(tmp_path):
    room = AloneRoom(tmp_path)
    later = Frame.for_(small_form(**RECALL), room, "nl")
    write(Frame.for_(EXERCISES[WISH], room, "nl"), {"wish": "rust"})
    assert [entry["text"] for entry in later.recalled] == ["rust"]


def test_in_a_session_it_follows_what_another_page_of_ones_own_keeps(tmp_path):
    with served(tmp_path) as server:
        secret, stranger = server.join(), server.join()

        async def story():
            rooms = [server.room(one) for one in (secret, secret, stranger)]
            mine, foreign = (
                Frame.for_(small_form(**RECALL), room, "nl") for room in rooms[1:]
            )
            assert await keep(rooms[0], WISH, {"wish": "rust"}) is None
            await until(lambda: mine.recalled)
            assert [entry["text"] for entry in mine.recalled] == ["rust"]
            assert await stays(lambda: foreign.recalled == [])

        asyncio.run(story())
