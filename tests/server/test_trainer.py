"""What each command of the trainer does, also the second time and the wrong ones."""

import asyncio

import pytest
from live_room import LiveRoom

from widgets.server.desk import DeskError
from widgets.server.steps import running_order
from widgets.server.trainer import VIEWS, TrainerRole

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


# Commands


def test_open_and_close_twice_is_open_and_close(room):
    for _ in range(2):
        room.command(do="open", exercise=MOVED)
        found = exercises(room)[MOVED]
        assert (found["open"], found["opened"]) == (True, True)
        assert room.overview()["focus"] == {"view": "exercise", "exercise": MOVED}
    for _ in range(2):
        room.command(do="close", exercise=MOVED)
        found = exercises(room)[MOVED]
        assert (found["open"], found["opened"]) == (False, True)


def test_show_and_hide_twice_is_show_and_hide(room):
    room.command(do="open", exercise=MOVED)
    choose(room, room.people(5))
    results = []
    for _ in range(2):
        room.command(do="show", exercise=MOVED)
        results.append(exercises(room)[MOVED])
        assert room.overview()["focus"] == {"view": "result", "exercise": MOVED}
    assert results[0] == results[1]
    assert results[0]["open"] is False
    for _ in range(2):
        room.command(do="hide", exercise=MOVED)
        assert exercises(room)[MOVED]["shown"] is False


def test_what_has_nothing_to_count_is_never_shown(room):
    for person in room.people(6):
        room.answer(person, WISH, {"wish": "x"})
    assert code(room, do="show", exercise=WISH) == "not_enough"


@pytest.mark.parametrize("variant", ["full-day", "half-day", "teaser"])
def test_next_walks_through_the_running_order(tmp_path, variant):
    room = LiveRoom(tmp_path, variant=variant)
    order = running_order(room.desk, room.row)
    assert order
    assert AGREEMENT not in order
    for expected in order:
        assert room.overview()["next"] == expected
        room.command(do="next")
        found = exercises(room)
        assert [name for name in order if found[name]["open"]] == [expected]
        assert room.overview()["focus"]["exercise"] == expected
    assert room.overview()["next"] is None
    before = room.overview()
    assert code(room, do="next") == "no_next"
    assert room.overview() == before
    room.desk.close()


def test_self_study_needs_no_next(tmp_path):
    room = LiveRoom(tmp_path, variant="self-study")
    assert running_order(room.desk, room.row) == []
    assert room.overview()["next"] is None
    assert code(room, do="next") == "no_next"
    room.desk.close()


def test_next_goes_on_from_the_furthest(room):
    order = running_order(room.desk, room.row)
    room.command(do="open", exercise=order[2])
    room.command(do="open", exercise=order[0])
    room.command(do="next")
    assert room.overview()["focus"]["exercise"] == order[3]
    found = exercises(room)
    assert [name for name in order if found[name]["open"]] == [order[3]]


@pytest.mark.parametrize("view", VIEWS)
def test_the_projector_follows(room, view):
    room.command(do="focus", view=view, exercise=MOVED)
    focus = room.overview()["focus"]
    assert focus["view"] == view
    assert focus["exercise"] == (None if view in ("join", "blank") else MOVED)


@pytest.mark.parametrize(
    ("command", "problem"),
    [
        ({"do": "open", "exercise": "no/such"}, "unknown_exercise"),
        ({"do": "open"}, "unknown_exercise"),
        ({"do": "show", "exercise": MOVED}, "not_enough"),
        ({"do": "show", "exercise": AGREEMENT}, "not_enough"),
        ({"do": "focus", "view": "result"}, "unknown_exercise"),
        ({"do": "focus", "view": "desktop"}, "unknown_view"),
        ({"do": "focus"}, "unknown_view"),
        ({"do": "approve", "id": "nope"}, "unknown_text"),
        ({"do": "delete"}, "unknown_command"),
        ({"do": None}, "unknown_command"),
        ({}, "unknown_command"),
    ],
)
def test_a_wrong_command_changes_nothing(room, command, problem):
    before = room.overview()
    assert code(room, **command) == problem
    assert room.overview() == before


def test_after_the_end_nothing_moves(room):
    room.command(do="open", exercise=MOVED)
    room.command(do="end")
    room.command(do="end")
    before = room.overview()
    assert before["session"]["ended"] is True
    for command in ({"do": "next"}, {"do": "focus", "view": "blank"}):
        assert code(room, **command) == "ended"
    assert code(room, do="open", exercise=SORTING) == "ended"
    assert room.overview() == before


def test_a_deleted_session_is_said(room):
    asyncio.run(room.desk.delete(room.row.code))
    assert code(room, do="next") == "unknown_session"
    with pytest.raises(DeskError):
        asyncio.run(TrainerRole(room.desk, room.row).hello())


# The wall


def states(room):
    return sorted(text["state"] for text in room.overview()["wall"])


def test_the_wall_is_shown_from_five_approved_texts(room):
    for number, person in enumerate(room.people(6)):
        room.post(person, f"{WISH}.wish", f"wens {number}")
    *texts, last = room.overview()["wall"]
    room.command(do="focus", view="wall", exercise=WISH)
    assert states(room) == ["queued"] * 6
    for text in texts[:4]:
        room.command(do="approve", id=text["id"])
        room.command(do="approve", id=text["id"])
    room.command(do="focus", view="wall", exercise=WISH)
    assert states(room) == ["approved"] * 4 + ["queued"] * 2
    room.command(do="decline", id=last["id"])
    room.command(do="approve", id=texts[4]["id"])
    room.command(do="focus", view="wall", exercise=WISH)
    assert states(room) == ["declined"] + ["shown"] * 5
    for text in texts:
        room.command(do="approve", id=text["id"])
    assert states(room) == ["declined"] + ["shown"] * 5


def test_approved_texts_of_another_exercise_do_not_help(room):
    people = room.people(5)
    for person in people[:4]:
        room.post(person, f"{WISH}.wish", "wens")
    room.post(people[4], f"{CHAIN}.chain", "zin")
    for text in room.overview()["wall"]:
        room.command(do="approve", id=text["id"])
    room.command(do="focus", view="wall", exercise=WISH)
    assert states(room) == ["approved"] * 5


def test_the_texts_stand_in_no_order_that_tells(room):
    people = room.people(8)
    for person in people:
        room.post(person, f"{WISH}.wish", "wens")
    ids = [text["id"] for text in room.overview()["wall"]]
    assert ids == sorted(ids)
    assert {"id", "exercise", "field", "text", "state"} == set(
        room.overview()["wall"][0]
    )
