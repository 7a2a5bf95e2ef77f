"""A room alone, and a room over a real line to a real desk and store."""

import asyncio
import json
import os
import stat

import pytest
from room_server import counted_now, keep, served, settled, stays, until

from widgets import room as rooms
from widgets.content import load
from widgets.line import LineError
from widgets.server.trainer import TrainerRole
from widgets.session import State

WISH, MOVED, CHAIN = "opening/learning_wish", "opening/first_moved", "difference/chain"
AGREEMENT = load().agreement
OPEN = State(is_open=True, was_opened=True)


@pytest.fixture
def server(tmp_path):
    with served(tmp_path) as server:
        yield server


# Served


def test_an_answer_is_there_in_the_next_room(server):
    secret = server.join()

    async def story():
        room = server.room(secret)
        assert (room.alone, room.counting, room.answer(WISH)) == (False, True, {})
        assert await keep(room, WISH, {"wish": "stiller worden 🌱"}) is None
        later = server.room(secret)
        assert later.answer(WISH) == {"wish": "stiller worden 🌱"}

    asyncio.run(story())
    visitor = server.run(server.desk.visitor(secret))
    assert visitor.progress[WISH] is True


def test_the_other_rooms_of_one_participant_follow(server):
    secret, stranger = server.join(), server.join()

    async def story():
        first, *others = [server.room(secret) for _ in range(3)]
        foreign = server.room(stranger)
        rung = []
        await asyncio.sleep(0.2)  # the first news of all, after the greeting
        for number, room in enumerate([*others, foreign]):
            room.watch(lambda number=number: rung.append(number))
        assert await keep(first, WISH, {"wish": "eerst"}) is None
        await until(lambda: set(rung) == {0, 1})
        for room in others:
            assert room.answer(WISH) == {"wish": "eerst"}
        assert await keep(others[0], WISH, {"wish": "daarna"}) is None
        await until(lambda: first.answer(WISH) == {"wish": "daarna"})
        assert await stays(lambda: foreign.answer(WISH) == {} and 2 not in rung)

    asyncio.run(story())


def test_a_change_of_the_trainer_is_pushed(tmp_path):
    with served(tmp_path, variant="full-day") as server:
        secret = server.join()

        async def story():
            room = server.room(secret)
            assert room.status(MOVED)["open"] is False
            rung = []
            room.watch(lambda: rung.append(True))
            server.run(server.desk.set_state(server.row, MOVED, OPEN))
            await until(lambda: rung)
            assert room.status(MOVED) == {"open": True, "opened": True, "shown": False, "picture": None}
            assert room.status("difference/unknown")["open"] is False

        asyncio.run(story())


def test_a_hidden_picture_stays_with_the_server(server):
    secret = server.join()
    picture = {"n": 6, "fields": {}}
    frozen = State(False, True, False, picture, 6)
    server.run(server.desk.set_state(server.row, MOVED, frozen))

    async def story():
        room = server.room(secret)
        assert room.status(MOVED)["picture"] is None
        shown = State(False, True, True, picture, 6)
        server.run(server.desk.set_state(server.row, MOVED, shown))
        await until(lambda: room.status(MOVED)["picture"] == picture)

    asyncio.run(story())


def test_counts_follow_the_choice(server):
    secret = server.join(counting=False)

    async def story():
        room = server.room(secret)
        assert room.counting is False
        assert await keep(room, MOVED, {"first_moved": "self"}) is None
        assert counted_now(server) == {}
        assert await settled(room.choose, True) is None
        assert room.counting is True
        assert counted_now(server)[f"{MOVED}.first_moved"] == ["self"]
        assert await keep(room, MOVED, {"first_moved": "other"}) is None
        assert counted_now(server)[f"{MOVED}.first_moved"] == ["other"]
        assert await keep(room, MOVED, {"skipped": True}) is None
        assert f"{MOVED}.first_moved" not in counted_now(server)
        assert await keep(room, MOVED, {"first_moved": "both"}) is None
        assert await settled(room.choose, False) is None
        assert counted_now(server) == {}

    asyncio.run(story())


def test_only_for_me_empties_the_counts_also_when_it_is_kept_as_an_answer(server):
    secret = server.join()

    async def story():
        room = server.room(secret)
        assert await keep(room, MOVED, {"first_moved": "self"}) is None
        assert await keep(room, AGREEMENT, {"counting": "no"}) is None

    asyncio.run(story())
    assert counted_now(server) == {}


def test_a_text_on_the_wall_and_off_it(server):
    secret = server.join()

    async def story():
        room = server.room(secret)
        assert await settled(room.post, WISH, "wish", "mag gezien worden") is None
        await until(lambda: room.wall(WISH) == {"wish": "queued"})
        assert room.wall(CHAIN) == {}
        assert await settled(room.withdraw, WISH, "wish") is None
        await until(lambda: room.wall(WISH) == {})
        assert await settled(room.post, MOVED, "first_moved", "x") == "unknown_field"
        assert await settled(room.post, WISH, "wish", " ") == "wrong_text"

    asyncio.run(story())
    assert server.run(server.desk.texts(server.row)) == []


def test_what_was_shown_on_the_wall_cannot_be_taken_back(server):
    secret = server.join()

    async def story():
        room = server.room(secret)
        assert await settled(room.post, WISH, "wish", "zichtbaar") is None
        (text,) = server.run(server.desk.texts(server.row))
        server.store.set_text_state(text["id"], "shown")
        assert await settled(room.withdraw, WISH, "wish") is not None
        assert await settled(room.post, WISH, "wish", "anders") is not None

    asyncio.run(story())
    (text,) = server.run(server.desk.texts(server.row))
    assert (text["text"], text["state"]) == ("zichtbaar", "shown")


def test_a_refused_answer_does_not_stay_in_the_room(server):
    secret = server.join(counting=True)

    async def story():
        room = server.room(secret)
        assert await keep(room, MOVED, {"first_moved": "self"}) is None
        odd = {"first_moved": "nobody-chose-this"}
        assert await keep(room, MOVED, odd) == "unknown_option"
        await until(lambda: room.answer(MOVED) == {"first_moved": "self"})

    asyncio.run(story())
    assert counted_now(server)[f"{MOVED}.first_moved"] == ["self"]


def test_whoever_was_deleted_is_told_that_nothing_is_kept(server):
    secret = server.join()

    async def story():
        room = server.room(secret)
        server.run(server.desk.forget(secret))
        assert await keep(room, WISH, {"wish": "x"}) == "unknown_participant"
        assert await settled(room.choose, True) == "unknown_participant"
        assert await settled(room.post, WISH, "wish", "x") is not None

    asyncio.run(story())
    assert counted_now(server) == {}
    assert server.run(server.desk.texts(server.row)) == []


def test_a_server_that_is_gone_is_said_every_time(server):
    secret = server.join()

    async def story():
        room = server.room(secret)
        assert await keep(room, WISH, {"wish": "bewaard"}) is None
        server.stop_lines()
        for _ in range(3):
            assert await keep(room, WISH, {"wish": "verder"}) == "no_server"
        assert await settled(room.choose, False) == "no_server"
        assert await settled(room.withdraw, WISH, "wish") == "no_server"

    asyncio.run(story())


def test_a_double_click_keeps_the_last_and_answers_both(server):
    secret = server.join()

    async def story():
        room, said = server.room(secret), []
        for choice in ("self", "other") * 10:
            answer = {"first_moved": choice}
            options = {"complete": True, "counted": answer, "done": said.append}
            room.keep(MOVED, answer, **options)
        await until(lambda: said == [None] * 20)
        assert await stays(lambda: room.answer(MOVED) == {"first_moved": "other"})

    asyncio.run(story())
    assert counted_now(server)[f"{MOVED}.first_moved"] == ["other"]


def test_a_change_during_the_greeting_is_not_lost(tmp_path, monkeypatch):
    with served(tmp_path, variant="full-day") as server:
        secret, own = server.join(), server.desk.own

        async def slow(who):
            found = await own(who)
            monkeypatch.undo()
            await server.desk.set_state(server.row, MOVED, OPEN)
            return found

        async def story():
            monkeypatch.setattr(server.desk, "own", slow)
            room = server.room(secret)
            assert room.status(MOVED)["open"] is False
            await until(lambda: room.status(MOVED)["open"] is True)

        asyncio.run(story())


def test_the_trainer_s_room_hears_and_steers(server):
    row = server.run(server.desk.new_session("Team", "en", "full-day"))

    async def story():
        capability = server.lines.issue(TrainerRole(server.desk, row))
        trainer = rooms.TrainerRoom(rooms.Line(server.lines.address, capability))
        assert trainer.language == "en"
        rung = []
        trainer.watch(lambda: rung.append(True))
        assert await settled(trainer.do, {"do": "open", "exercise": MOVED}) is None
        focus = {"view": "exercise", "exercise": MOVED}
        await until(lambda: rung and trainer.overview()["focus"] == focus)
        problem = await settled(trainer.do, {"do": "show", "exercise": MOVED})
        assert problem == "not_enough"

    asyncio.run(story())


def test_no_news_for_a_session_that_is_somebody_else_s(server):
    secret = server.join()
    other = server.run(server.desk.new_session("Andere", "nl", "self-study"))

    async def story():
        room, rung = server.room(secret), []
        await asyncio.sleep(0.2)  # the first news of all, after the greeting
        room.watch(lambda: rung.append(True))
        server.run(server.desk.set_state(other, MOVED, OPEN))
        assert await stays(lambda: not rung)

    asyncio.run(story())


# Which room


@pytest.fixture
def nowhere(monkeypatch, tmp_path):
    monkeypatch.setenv("WORKBOOK_DATA", str(tmp_path / "mine"))
    for name in ("WORKBOOK_ROOM", "WORKBOOK_CAPABILITY"):
        monkeypatch.delenv(name, raising=False)
    kept = {name: list(getattr(rooms, name)) for name in ("_here", "_trainer")}
    rooms._here.clear()
    rooms._trainer.clear()
    yield monkeypatch
    for name, found in kept.items():
        getattr(rooms, name)[:] = found


def test_without_a_server_one_is_alone(nowhere, tmp_path):
    here = rooms.here()
    assert here.alone is True
    assert here.folder == tmp_path / "mine"
    assert rooms.here() is here
    with pytest.raises(LineError):
        rooms.trainer()


@pytest.mark.parametrize("is_there", [True, False])
def test_a_served_kernel_never_becomes_alone(nowhere, server, tmp_path, is_there):
    place = server.lines.address if is_there else f"unix:{tmp_path}/gone"
    nowhere.setenv("WORKBOOK_ROOM", place)
    nowhere.setenv("WORKBOOK_CAPABILITY", "not-a-capability")
    for _ in range(2):
        with pytest.raises((LineError, OSError)):
            rooms.here()


def test_the_capability_leaves_the_environment(nowhere, server):
    nowhere.setenv("WORKBOOK_ROOM", server.lines.address)
    nowhere.setenv("WORKBOOK_CAPABILITY", server.capability(server.join()))

    async def enter():
        return rooms.here()

    assert asyncio.run(enter()).alone is False
    assert "WORKBOOK_CAPABILITY" not in os.environ


# Alone


def test_alone_an_answer_is_a_file_of_one_s_own(tmp_path):
    room, said, rung = rooms.AloneRoom(tmp_path / "mine"), [], []
    room.watch(lambda: rung.append(room.answer(WISH)))
    options = {"complete": True, "counted": {}, "done": said.append}
    room.keep(WISH, {"wish": "een é 🌱"}, **options)
    assert (said, rung) == ([None], [{"wish": "een é 🌱"}])
    assert rooms.AloneRoom(tmp_path / "mine").answer(WISH) == {"wish": "een é 🌱"}
    (file,) = [one for one in tmp_path.rglob("*") if one.is_file()]
    assert json.loads(file.read_text("utf-8")) == {"wish": "een é 🌱"}
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "mine").stat().st_mode) == 0o700


@pytest.mark.parametrize("damage", [b"", b"{", b"[1]", b'"x"', b"\xff\xfe"])
def test_alone_a_damaged_file_counts_as_no_answer(tmp_path, damage):
    room = rooms.AloneRoom(tmp_path)
    file = tmp_path / f"{WISH}.json"
    file.parent.mkdir()
    file.write_bytes(damage)
    assert room.answer(WISH) == {}


def test_alone_everything_is_open_and_there_is_no_wall(tmp_path):
    room, said = rooms.AloneRoom(tmp_path), []
    assert room.status(WISH)["open"] is True
    room.post(WISH, "wish", "tekst", said.append)
    room.withdraw(WISH, "wish", said.append)
    assert (said, room.wall(WISH)) == (["alone", "alone"], {})
    assert all(str(tmp_path) in line for line in room.note.values())
    assert set(room.note) == {"nl", "en"}


def test_alone_the_choice_is_kept(tmp_path):
    room, said = rooms.AloneRoom(tmp_path), []
    assert room.counting is None
    for choice in (True, False):
        room.choose(choice, said.append)
        assert rooms.AloneRoom(tmp_path).counting is choice
    assert said == [None, None]


def test_alone_a_folder_that_cannot_be_written_loses_nothing(tmp_path):
    room, said = rooms.AloneRoom(tmp_path / "mine"), []
    options = {"complete": True, "counted": {}, "done": said.append}
    room.keep(WISH, {"wish": "eerst"}, **options)
    (tmp_path / "mine/opening/learning_wish.new").mkdir()
    room.keep(WISH, {"wish": "daarna"}, **options)
    (tmp_path / "mine/difference").write_text("a file in the way")
    room.keep(CHAIN, {"self": "x"}, **options)
    assert said == [None, "not_saved", "not_saved"]
    assert room.answer(WISH) == {"wish": "eerst"}
