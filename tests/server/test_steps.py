"""What the big button does, step by step, and what a second device finds done."""

import asyncio

import pytest
from live_room import LiveRoom

from widgets.server import trainer
from widgets.server.desk import DeskError
from widgets.server.steps import plan, running_order
from widgets.trainer_screen import projected

MOVED = "opening/first_moved"
POINT = "opening/starting_point"
CLAIM = "influence/claim"


@pytest.fixture
def room(tmp_path):
    room = LiveRoom(tmp_path)
    yield room
    room.desk.close()


def code(room, **command):
    try:
        asyncio.run(room.role.command(command))
    except DeskError as error:
        return error.code
    return None


def exercise(room, name):
    modules = room.overview()["modules"]
    return next(e for m in modules for e in m["exercises"] if e["id"] == name)


def vote(room, people, votes, name=CLAIM, field="claim_pre"):
    for person, value in zip(people, votes, strict=True):
        room.answer(person, name, {field: value})


def step(room):
    """What is announced is what happens."""
    announced = room.overview()["step"]
    room.command(do="step", seen=announced)
    return announced["do"], announced["exercise"]


def test_open_close_show_and_on(room):
    people = room.people(5)
    assert step(room) == ("open", MOVED)
    vote(room, people, ["self"] * 5, MOVED, "first_moved")
    assert step(room) == ("close", MOVED)
    assert step(room) == ("show", MOVED)
    assert room.overview()["focus"] == {"view": "result", "exercise": MOVED}
    assert step(room) == ("open", POINT)
    assert step(room) == ("close", POINT)


def test_what_cannot_be_shown_is_left_out(room):
    step(room)
    step(room)
    assert room.overview()["step"] == {"do": "open", "exercise": POINT}


def test_what_was_hidden_is_not_shown_again(room):
    vote(room, room.people(5), ["self"] * 5, MOVED, "first_moved")
    for _ in range(3):
        step(room)
    room.command(do="hide", exercise=MOVED)
    assert room.overview()["step"]["do"] == "open"


def test_the_whole_day_in_single_steps(room):
    order = running_order(room.desk, room.row)
    for name in order:
        assert step(room) == ("open", name)
        assert step(room) == ("close", name)
    assert room.overview()["step"] is None
    assert code(room, do="step") == "no_next"


def test_a_black_screen_first_becomes_light(room):
    step(room)
    room.command(do="dark", on=True)
    assert step(room) == ("light", None)
    assert room.overview()["step"] == {"do": "close", "exercise": MOVED}


def test_back_shows_what_was_shown_and_opens_nothing(room):
    assert code(room, do="back") == "no_back"
    vote(room, room.people(5), ["self"] * 5, MOVED, "first_moved")
    for _ in range(4):
        step(room)
    before = exercise(room, MOVED), exercise(room, POINT)
    views = []
    for _ in range(3):
        code(room, do="back")
        views.append(tuple(room.overview()["focus"].values()))
    assert views == [("result", MOVED), ("exercise", MOVED), ("exercise", MOVED)]
    assert (exercise(room, MOVED), exercise(room, POINT)) == before
    assert room.overview()["step"] == {"do": "close", "exercise": POINT}


@pytest.mark.parametrize("what", ["open", "close", "show", "hide"])
def test_who_comes_second_is_told_that_it_is_done(room, what):
    vote(room, room.people(5), ["self"] * 5, MOVED, "first_moved")
    if what != "open":
        room.command(do="open", exercise=MOVED)
    if what == "hide":
        room.command(do="show", exercise=MOVED)
    seen = exercise(room, MOVED)["stamp"]
    assert code(room, do=what, exercise=MOVED, seen=seen) is None
    after = exercise(room, MOVED)
    assert code(room, do=what, exercise=MOVED, seen=seen) == f"already_{what}"
    assert exercise(room, MOVED) == after


def test_a_button_drawn_for_another_moment_does_nothing(room):
    seen = exercise(room, MOVED)["stamp"]
    room.command(do="open", exercise=MOVED)
    room.command(do="close", exercise=MOVED)
    assert code(room, do="open", exercise=MOVED, seen=seen) == "moved_on"
    assert not exercise(room, MOVED)["open"]


def test_two_devices_take_one_step(room):
    announced = room.overview()["step"]
    room.command(do="step", seen=announced)
    assert code(room, do="step", seen=announced) == "moved_on"
    assert exercise(room, MOVED)["open"]
    upcoming = room.overview()["next"]
    room.command(do="next", seen=upcoming)
    assert code(room, do="next", seen=upcoming) == "moved_on"
    assert exercise(room, POINT)["open"]


def test_two_acts_at_once_come_one_after_the_other(room):
    async def both():
        act = {"do": "timer", "act": "more"}
        await asyncio.gather(*(room.role.command(act) for _ in range(5)))

    room.command(do="timer", act="start", minutes=1)
    room.command(do="timer", act="pause")
    before = room.overview()["day"]["timer"]["left"]
    asyncio.run(both())
    assert room.overview()["day"]["timer"]["left"] == before + 5 * 60


def test_the_plan_is_that_of_the_variant(room):
    due = plan(room.desk, room.row)
    assert due["opening/agreement"] == [0, 5]
    assert due[MOVED] == [5, 8]
    assert due["difference/sorting"] == [30, 8]
    assert exercise(room, "difference/sorting")["due"] == 30


def test_the_clock_begins_with_the_first_exercise(room, monkeypatch):
    monkeypatch.setattr(trainer, "now", lambda: 1_800_000_000)
    step(room)
    today = room.overview()["day"]
    assert today["started"] == 1_800_000_000 - 5 * 60
    assert today["step"] == {"exercise": MOVED, "at": 1_800_000_000}
    room.command(do="start", at=1_800_000_000 - 900)
    assert room.overview()["day"]["started"] == 1_800_000_000 - 900


@pytest.mark.parametrize(
    "command",
    [
        {"do": "start", "at": None},
        {"do": "start", "at": 5},
        {"do": "timer", "act": "explode"},
        {"do": "timer", "act": "start"},
    ],
)
def test_what_no_day_can_do_changes_nothing(room, command):
    room.command(do="timer", act="start", minutes=3)
    room.command(do="timer", act="pause")
    before = room.overview()
    assert code(room, **command) == "unknown_command"
    assert room.overview() == before


def test_a_new_server_finds_the_day_as_it_was(room):
    step(room)
    room.command(do="timer", act="start", minutes=3)
    room.command(do="timer", act="pause")
    room.command(do="follow", on=True)
    room.command(do="dark", on=True)
    before = room.overview()["day"]
    kept = asyncio.run(room.desk.session(room.row.code)).focus
    asyncio.run(room.desk.set_focus(room.row, "blank", None))
    asyncio.run(room.desk.set_day(room.row, kept))
    assert room.overview()["day"] == before
    assert before["timer"]["left"] == pytest.approx(180, abs=2)


def test_participants_hear_of_the_day_what_is_theirs(room):
    step(room)
    room.command(do="follow", on=True)
    told = asyncio.run(room.desk.day(room.row.id))
    assert told == {"timer": None, "follow": True, "at": MOVED}
    room.command(do="end")
    assert asyncio.run(room.desk.day(room.row.id)) == {}


# Two votes


def revote(room, people, votes):
    for (who, _), value in zip(people, votes, strict=True):
        answer = {"claim_pre": value}
        counts = room.desk.workbook.exercise(CLAIM).counted(answer)
        keeping = room.desk.keep(who, CLAIM, b"sealed", complete=True, counts=counts)
        asyncio.run(keeping)


def both_counts(room):
    [row] = exercise(room, CLAIM)["result"]["rows"]
    options = [[cell["count"] for cell in one["cells"]] for one in row["rows"]]
    return [list(votes) for votes in zip(*options, strict=True)]


def test_a_second_vote_stands_beside_the_first(room):
    people = room.people(5)
    assert code(room, do="again", exercise=CLAIM) == "no_second"
    room.command(do="open", exercise=CLAIM)
    revote(room, people, "11255")
    room.command(do="show", exercise=CLAIM)
    seen = exercise(room, CLAIM)["stamp"]
    assert exercise(room, CLAIM)["again"]
    room.command(do="again", exercise=CLAIM, seen=seen)
    assert code(room, do="again", exercise=CLAIM, seen=seen) == "already_again"
    assert exercise(room, CLAIM)["second"]
    assert exercise(room, CLAIM)["result"] == {}
    room.command(do="focus", view="exercise", exercise=CLAIM)
    assert projected(room.overview())["ready"] is None
    revote(room, people, "55455")
    assert step(room) == ("close", CLAIM)
    assert step(room) == ("show", CLAIM)
    assert both_counts(room) == [[2, 1, 0, 0, 2], [0, 0, 0, 1, 4]]
    room.command(do="focus", view="exercise", exercise=CLAIM)
    assert projected(room.overview())["ready"] == "5"


def test_a_newcomer_is_no_part_of_the_second_vote(room):
    people = room.people(6)
    room.command(do="open", exercise=CLAIM)
    revote(room, people[:5], "11255")
    room.command(do="show", exercise=CLAIM)
    room.command(do="again", exercise=CLAIM)
    revote(room, people, "112553")
    room.command(do="show", exercise=CLAIM)
    assert both_counts(room) == [[2, 1, 0, 0, 2], [2, 1, 0, 0, 2]]


def test_who_leaves_in_between_is_not_given_away(room):
    people = room.people(6)
    room.command(do="open", exercise=CLAIM)
    revote(room, people, "112553")
    room.command(do="show", exercise=CLAIM)
    first = exercise(room, CLAIM)["result"]
    room.command(do="again", exercise=CLAIM)
    who = people[5][0]
    asyncio.run(room.desk.keep(who, CLAIM, b"sealed", complete=False, counts={}))
    assert code(room, do="show", exercise=CLAIM) == "not_the_same"
    assert exercise(room, CLAIM)["result"] == first
