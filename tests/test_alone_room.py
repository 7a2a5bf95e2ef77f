"""A room of one's own: answers are files that nobody else can read."""

import json
import stat

import pytest

from widgets.alone_room import AloneRoom

WISH, CHAIN = "opening/learning_wish", "difference/chain"


def test_alone_an_answer_is_a_file_of_one_s_own(tmp_path):
    room, said, rung = AloneRoom(tmp_path / "mine"), [], []
    room.watch(lambda: rung.append(room.answer(WISH)))
    options = {"complete": True, "counted": {}, "done": said.append}
    room.keep(WISH, {"wish": "een é 🌱"}, **options)
    assert (said, rung) == ([None], [{"wish": "een é 🌱"}])
    assert AloneRoom(tmp_path / "mine").answer(WISH) == {"wish": "een é 🌱"}
    (file,) = [one for one in tmp_path.rglob("*") if one.is_file()]
    assert json.loads(file.read_text("utf-8")) == {"wish": "een é 🌱"}
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "mine").stat().st_mode) == 0o700


@pytest.mark.parametrize("damage", [b"", b"{", b"[1]", b'"x"', b"\xff\xfe"])
def test_alone_a_damaged_file_counts_as_no_answer(tmp_path, damage):
    room = AloneRoom(tmp_path)
    file = tmp_path / f"{WISH}.json"
    file.parent.mkdir()
    file.write_bytes(damage)
    assert room.answer(WISH) == {}


def test_alone_everything_is_open_and_there_is_no_wall(tmp_path):
    room, said = AloneRoom(tmp_path), []
    assert room.status(WISH)["open"] is True
    room.post(WISH, "wish", "tekst", said.append)
    room.withdraw(WISH, "wish", said.append)
    assert (said, room.wall(WISH)) == (["alone", "alone"], {})
    assert all(str(tmp_path) in line for line in room.note.values())
    assert set(room.note) == {"nl", "en"}


def test_alone_the_choice_is_kept(tmp_path):
    room, said = AloneRoom(tmp_path), []
    assert room.counting is None
    for choice in (True, False):
        room.choose(choice, said.append)
        assert AloneRoom(tmp_path).counting is choice
    assert said == [None, None]


def test_alone_a_folder_that_cannot_be_written_loses_nothing(tmp_path):
    room, said = AloneRoom(tmp_path / "mine"), []
    options = {"complete": True, "counted": {}, "done": said.append}
    room.keep(WISH, {"wish": "eerst"}, **options)
    (tmp_path / "mine/opening/learning_wish.new").mkdir()
    room.keep(WISH, {"wish": "daarna"}, **options)
    (tmp_path / "mine/difference").write_text("a file in the way")
    room.keep(CHAIN, {"self": "x"}, **options)
    assert said == [None, "not_saved", "not_saved"]
    assert room.answer(WISH) == {"wish": "eerst"}
