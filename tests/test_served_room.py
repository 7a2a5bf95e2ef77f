"""A participant's room over a real line to a real desk and store."""

import asyncio
import time

import pytest
from room_server import counted_now, keep, served, settled, stays, until

from widgets import served_room
from widgets.content import load
from widgets.session import State

WISH, MOVED, CHAIN = "opening/learning_wish", "opening/first_moved", "difference/chain"
AGREEMENT = load().agreement
OPEN = State(is_open=True, was_opened=True)


@pytest.fixture
def server(tmp_path):
    with served(tmp_path) as server:
        yield server


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
            assert room.status(MOVED) == {
                "open": True,
                "opened": True,
                "shown": False,
                "picture": None,
            }
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


def test_a_room_hears_of_the_countdown_and_lets_it_run(server, monkeypatch):
    secret = server.join()
    timer = {"exercise": None, "total": 300, "ends": None, "left": 300}

    async def story():
        room = server.room(secret)
        assert room.day()["timer"] is None
        row = await server.desk.session(server.row.code)
        running = timer | {"ends": int(time.time()) + 300}
        await server.desk.set_day(row, {**row.focus, "timer": running})
        await until(lambda: room.day()["timer"])
        assert 290 < room.day()["timer"]["left"] <= 300
        told = room._told_at
        monkeypatch.setattr(served_room.time, "monotonic", lambda: told + 100)
        assert 190 < room.day()["timer"]["left"] <= 200

    asyncio.run(story())
