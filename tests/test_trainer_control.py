import json
import time

import pytest
from live_room import LiveRoom

from widgets import content
from widgets.server import overview
from widgets.trainer_control import Control, UnknownCommand, command_of

CARDS = "difference/sorting"
START = "opening/first_moved"


@pytest.fixture
def room(tmp_path):
    return LiveRoom(tmp_path)


@pytest.fixture
def control(room):
    return Control.for_(room, "nl")


def send(control, ticket="t1", **message):
    control._handle_custom_msg({**message, "ticket": ticket}, [])


def exercise(control, exercise_id):
    modules = control.overview["modules"]
    return next(e for m in modules for e in m["exercises"] if e["id"] == exercise_id)


def test_a_button_opens_an_exercise_and_the_page_shows_it(control):
    send(control, do="open", exercise=START)
    assert exercise(control, START)["open"]
    assert control.answered == "t1"
    assert control.problem == {}


def test_the_same_ticket_never_does_something_twice(control, room):
    send(control, do="next", ticket="once")
    send(control, do="next", ticket="once")
    assert room.commands == [{"do": "next"}]


def test_every_step_of_next_is_the_one_that_was_announced(control):
    modules = control.overview["modules"]
    asked = [e["id"] for m in modules for e in m["exercises"] if not e["free"]]
    for step in range(len(asked)):
        announced = control.overview["next"]
        send(control, do="next", ticket=f"step {step}")
        opened = [
            e["id"]
            for m in control.overview["modules"]
            for e in m["exercises"]
            if e["open"] and not e["free"]
        ]
        assert opened == [announced] == [asked[step]]
    assert control.overview["next"] is None


def test_four_answers_give_a_kind_problem_and_five_a_result(control, room):
    people = room.people(5)
    for person in people[:4]:
        room.answer(person, START, {"first_moved": "self"})
    send(control, do="show", exercise=START, ticket="four")
    assert control.problem["code"] == "not_enough"
    assert "5" in control.problem["text"]
    assert exercise(control, START)["result"] == {}
    room.answer(people[4], START, {"first_moved": "other"})
    send(control, do="show", exercise=START, ticket="five")
    assert control.problem == {}
    assert exercise(control, START)["result"]["n"] == 5


@pytest.mark.parametrize(
    "message",
    [
        {},
        {"do": "explode"},
        {"do": ["open"]},
        {"do": "open"},
        {"do": "open", "exercise": 7},
        {"do": "open", "exercise": ""},
        {"do": "focus", "view": "queue", "exercise": START},
        {"do": "approve", "id": None},
        {"do": "timer", "act": "explode", "minutes": 5},
        {"do": "timer", "act": "start", "minutes": True},
        {"do": "dark", "on": 1},
        {"do": "follow"},
        {"do": "start", "at": "9:00"},
        {"do": "step", "seen": ["open"]},
    ],
)
def test_what_is_no_command_does_not_reach_the_room(message, control, room):
    with pytest.raises(UnknownCommand):
        command_of(message)
    send(control, **message)
    assert room.commands == []
    assert control.problem["code"] == "unknown_command"
    assert control.answered == "t1"


def test_a_command_loses_what_does_not_belong_to_it():
    message = {"do": "close", "exercise": START, "ticket": "t", "id": "x"}
    assert command_of(message) == {"do": "close", "exercise": START}


@pytest.mark.parametrize(
    "message",
    [
        {"do": "open", "exercise": START, "seen": "0000-0"},
        {"do": "step", "seen": {"do": "open", "exercise": START}},
        {"do": "timer", "act": "start", "minutes": 5},
        {"do": "timer", "act": "pause"},
        {"do": "dark", "on": True},
        {"do": "start", "at": 1_800_000_000},
        {"do": "back"},
    ],
)
def test_a_command_keeps_what_belongs_to_it(message):
    assert command_of(message) == message


def test_what_the_other_device_did_already_is_said_kindly(control, room):
    seen = exercise(control, START)["stamp"]
    room.command(do="open", exercise=START)
    send(control, do="open", exercise=START, seen=seen)
    assert control.problem["code"] == "already_open"
    assert "andere apparaat" in control.problem["text"]


def test_every_way_to_be_late_has_words(control):
    words = control.words["control"]
    for code in ("moved_on", "no_back", "no_second", "not_the_same"):
        assert words[f"problem_{code}"]
    for verb in ("open", "close", "show", "hide", "again"):
        assert words[f"problem_already_{verb}"]


def test_a_ping_brings_a_running_clock_up_to_date(control, room, monkeypatch):
    room.command(do="timer", act="start", minutes=5)
    later = int(time.time()) + 100
    monkeypatch.setattr(overview, "now", lambda: later)
    control._handle_custom_msg({"do": "ping"}, [])
    assert control.overview["day"]["timer"]["left"] == pytest.approx(200, abs=2)


def test_the_notes_of_every_module_are_there(control):
    for module in control.overview["modules"]:
        notes = module["notes"]
        assert set(notes) == {"opening", "debrief", "pitfalls", "safety"}
        assert all(notes.values())


def test_a_blank_screen_needs_no_exercise(control):
    send(control, do="focus", view="blank", exercise=None)
    assert control.overview["focus"]["view"] == "blank"


def test_a_code_without_words_of_its_own_still_gets_a_text(control, monkeypatch, room):
    monkeypatch.setattr(room, "do", lambda command, done: done("on_fire"))
    send(control, do="next")
    assert control.problem["code"] == "on_fire"
    assert control.problem["text"] == control.words["control"]["problem_other"]


def test_a_ping_gets_an_answer_and_nothing_else_happens(control, monkeypatch, room):
    sent = []
    monkeypatch.setattr(control, "send", sent.append)
    control._handle_custom_msg({"do": "ping"}, [])
    control._handle_custom_msg("noise", [])
    [answer] = sent
    assert answer["pong"] is True
    assert abs(answer["now"] - time.time()) < 5
    assert room.commands == []


def test_a_text_is_judged_by_the_trainer(control, room):
    [person] = room.people(1)
    room.post(person, "opening/learning_wish.wish", "<b>Rust</b> bewaren")
    [text] = control.overview["wall"]
    send(control, do="approve", id=text["id"])
    assert [one["state"] for one in control.overview["wall"]] == ["approved"]


def test_an_ended_training_refuses_with_words(control):
    send(control, do="end", ticket="a")
    send(control, do="open", exercise=START, ticket="b")
    assert control.overview["session"]["ended"]
    assert control.problem["code"] == "ended"


@pytest.mark.parametrize("section", ["control", "screen"])
def test_both_languages_have_the_same_words_with_the_same_places(section):
    def places(language):
        words = content.words(language)[section]
        return {key: sorted(set(_places(text))) for key, text in words.items()}

    assert places("nl") == places("en")


def _places(text):
    return [part.split("}")[0] for part in text.split("{")[1:]]


def test_all_that_the_page_gets_is_json(control):
    json.dumps([control.overview, control.words])
