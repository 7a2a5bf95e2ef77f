"""What the trainer is told of a session: enough to steer, and never too much."""

import asyncio
import json

import pytest
from live_room import LiveRoom

from widgets.server.trainer import TrainerRole

MOVED, SORTING, CHAIN = (
    "opening/first_moved",
    "difference/sorting",
    "difference/chain",
)
WISH, AGREEMENT = "opening/learning_wish", "opening/agreement"


@pytest.fixture
def room(tmp_path):
    room = LiveRoom(tmp_path)
    yield room
    room.desk.close()
    room.desk._store.close()


def code(room, **command):
    said = []
    room.do(command, said.append)
    return said[0]


def exercises(room):
    return {
        one["id"]: one
        for module in room.overview()["modules"]
        for one in module["exercises"]
    }


def choose(room, people, option="self"):
    for person in people:
        room.answer(person, MOVED, {"first_moved": option})


def test_nothing_at_all_changes_below_five(room):
    room.command(do="open", exercise=MOVED)
    before = room.overview()
    people = room.people(4)
    choose(room, people)
    for person in people:
        room.answer(person, WISH, {"wish": "x"})
    assert room.overview() == before
    assert before["here"] == "<5"
    assert {one["ready"] for one in exercises(room).values()} == {"<5"}
    assert code(room, do="show", exercise=MOVED) == "not_enough"
    assert room.overview() == before


def test_from_five_on_the_trainer_may_know(room):
    room.command(do="open", exercise=MOVED)
    choose(room, room.people(5))
    found = exercises(room)[MOVED]
    assert room.overview()["here"] == "5"
    assert (found["ready"], found["can_show"], found["new"]) == ("5", True, 5)
    others = {name: one for name, one in exercises(room).items() if name != MOVED}
    assert {others[name]["ready"] for name in (WISH, SORTING, CHAIN)} == {"<5"}


def test_a_shown_result_hides_small_cells_and_says_new_from_three(room):
    room.command(do="open", exercise=MOVED)
    choose(room, room.people(5))
    choose(room, room.people(2), "other")
    room.command(do="show", exercise=MOVED)
    shown = exercises(room)[MOVED]
    cells = {cell["key"]: cell["count"] for cell in shown["result"]["rows"][0]["cells"]}
    assert cells["other"] is None
    room.command(do="open", exercise=MOVED)
    for expected in (0, 0, 3):
        choose(room, room.people(1))
        assert exercises(room)[MOVED]["new"] == expected


def test_a_hidden_result_is_in_no_overview(room):
    room.command(do="open", exercise=MOVED)
    choose(room, room.people(6))
    room.command(do="show", exercise=MOVED)
    assert exercises(room)[MOVED]["result"]
    room.command(do="hide", exercise=MOVED)
    assert exercises(room)[MOVED]["result"] == {}
    assert room.overview()["focus"] == {"view": "exercise", "exercise": MOVED}


def test_no_private_text_and_no_secret_is_in_the_overview(room):
    people = room.people(6)
    for person in people:
        room.answer(person, WISH, {"wish": "alleen-van-mij"})
    room.post(people[0], f"{WISH}.wish", "voor-de-muur")
    told = json.dumps(room.overview())
    assert "alleen-van-mij" not in told
    assert "voor-de-muur" in told
    for who, keys in people:
        assert who.participant_id not in told
        assert keys.seal.hex() not in told


def test_the_overview_can_be_sent_and_names_every_exercise(room):
    told = json.loads(json.dumps(room.overview()))
    assert {one["id"] for one in exercises(room).values()} == set(
        room.desk.workbook.exercises
    )
    session = told["session"]
    assert session["join_url"] == f"http://192.168.1.20:8866/join/{room.row.code}"
    assert session["qr"].startswith("<svg")
    assert session["ended"] is False


def test_states_are_told_at_once_and_counts_in_steps(room):
    async def story():
        pushed = []
        leaves = TrainerRole(room.desk, room.row).listen(pushed.append)
        bell, topic = room.desk.bell, room.row.id
        bell.ring(("states", topic))
        assert pushed == [{"event": "changed"}]
        for _ in range(20):
            bell.ring(("counts", topic))
        assert len(pushed) == 1
        await asyncio.sleep(0.9)
        assert len(pushed) == 2
        bell.ring(("counts", topic))
        await asyncio.sleep(0.9)
        assert len(pushed) == 3
        for leave in leaves:
            leave()
        bell.ring(("states", topic))
        assert len(pushed) == 3

    asyncio.run(story())
