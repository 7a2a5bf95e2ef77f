import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from memory_room import CLOSED, Room

from widgets import content
from widgets.card_frame import CardFrame
from widgets.exercises.card_exercise import CardExercise
from widgets.frame import FROM_BROWSER, Frame
from widgets.room import AloneRoom

EXERCISES = content.load().exercises
CHOICE, WISH = "opening/first_moved", "opening/learning_wish"
CARDS, SENTENCE = "difference/sorting", "difference/chain"


@pytest.fixture
def room():
    return Room()


@pytest.fixture
def make(room):
    return lambda one, language="nl": Frame.for_(EXERCISES[one], room, language)


def write(frame, value, seq=None):
    frame.set_state({"value": value, "seq": frame.seq + 1 if seq is None else seq})


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("exercise", EXERCISES)
def test_every_exercise_has_a_frame_with_all_its_words(make, exercise, language):
    frame = make(exercise, language)
    assert frame.exercise["title"] == EXERCISES[exercise].title.in_(language)
    assert frame.words["frame"]["skip"]
    assert (frame._esm, frame._css) == (f"workbook:{frame.exercise['type']}", "")


def test_alone_a_frame_brings_its_script_and_its_style(make, room):
    room.alone = True
    frame = make(CHOICE)
    assert "export default frame(" in frame._esm
    assert ".wb-frame" in frame._css
    assert ".wb-road" in frame._css


@pytest.mark.parametrize("exercise", EXERCISES)
def test_every_word_that_a_script_asks_for_exists(room, exercise):
    room.alone = True
    kind = CardFrame if isinstance(EXERCISES[exercise], CardExercise) else Frame
    frame = kind.for_(EXERCISES[exercise], room, "nl")
    known = {key for section in frame.words.values() for key in section}
    asked = set(re.findall(r"\bwords\.(\w+)", frame._esm))
    assert asked - set(frame.words) <= known


def test_an_answer_is_checked_kept_and_acknowledged(make, room):
    frame = make(CHOICE)
    write(frame, {"first_moved": "self"})
    expected = ({"first_moved": "self"}, True, {"first_moved": "self"})
    assert room.kept == [expected]
    assert (frame.kept, frame.problem) == (1, {})


def test_nothing_is_acknowledged_before_it_is_on_disk(make, room):
    room.later = []
    frame = make(CHOICE)
    write(frame, {"first_moved": "self"})
    write(frame, {"first_moved": "other"})
    assert frame.kept == 0
    room.later[1](None)
    room.later[0](None)
    assert frame.kept == 2


@pytest.mark.parametrize("code", ["not_saved", "no_server"])
def test_a_way_that_failed_is_tried_again(make, room, code):
    room.error = code
    frame = make(WISH)
    write(frame, {"wish": "rust"})
    assert frame.kept == 0
    assert frame.problem["retry"]
    assert frame.problem["seq"] == 1
    room.error = None
    write(frame, {"wish": "rust"})
    assert (frame.kept, frame.problem) == (2, {})


@pytest.mark.parametrize("code", ["ended", "unknown_participant", "something_new"])
def test_what_cannot_pass_is_said_once_in_words(make, room, code):
    room.error = code
    frame = make(WISH, "en")
    write(frame, {"wish": "calm"})
    assert not frame.problem["retry"]
    assert " " in frame.problem["text"]


def test_a_text_that_is_too_long_is_refused_with_its_limit(make, room):
    frame = make(WISH)
    write(frame, {"wish": "x" * 141})
    assert room.kept == []
    assert frame.kept == 0
    assert (frame.problem["field"], frame.problem["code"]) == ("wish", "too_long")
    assert "140" in frame.problem["text"]
    assert not frame.problem["retry"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 2**35) | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=9), inner, max_size=3)
    ),
    max_leaves=6,
)
KEYS = st.sampled_from(["placed", "order", "form", "done", "skipped", "kept", "self"])


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(value=JSON | st.dictionaries(KEYS, JSON), seq=JSON | st.just(1))
@pytest.mark.parametrize("exercise", [CARDS, SENTENCE, "difference/two_questions"])
def test_nothing_that_a_browser_sends_breaks_the_frame(make, exercise, value, seq):
    frame = make(exercise)
    frame.set_state({"value": value, "seq": seq})
    frame._handle_custom_msg(value, [])
    write(frame, {}, seq=2**40)
    assert frame.kept == 2**40


def test_a_browser_sets_its_answer_and_nothing_else(make):
    frame = make(CHOICE)
    before = frame.get_state()
    hostile = {name: {} for name in before if name not in FROM_BROWSER}
    frame.set_state({**hostile, "kept": 9, "_esm": "export default {}"})
    assert frame.get_state() == before


def test_half_a_character_does_not_stop_what_follows(make, room):
    frame = make(WISH)
    write(frame, {"wish": "half \ud83d"})
    assert frame.kept == 1
    json.dumps(frame.get_state(["value"]), ensure_ascii=False).encode()


def test_feedback_comes_only_when_it_is_due(make):
    frame = make(CARDS)
    value = dict(frame.value)
    placed = {card: "L" for card in value["order"]}
    write(frame, {**value, "placed": placed, "done": False})
    assert frame.feedback == {}
    write(frame, {**value, "placed": placed, "done": True})
    assert frame.feedback["of"] == 12
    assert frame.feedback["score"] == 4


def test_the_explanation_is_in_no_trait_before_it_is_due(make):
    state = json.dumps(make(CARDS).get_state(), ensure_ascii=False)
    for card in EXERCISES[CARDS].cards:
        assert card.why.nl not in state


def test_an_answer_from_another_tab_appears(make, room):
    frame = make(WISH)
    room.answers[WISH] = {"wish": "vanuit een andere tab"}
    room.tell()
    assert frame.value == {"wish": "vanuit een andere tab"}


def test_another_tab_never_overwrites_what_is_on_its_way(make, room):
    room.later = []
    frame = make(WISH)
    write(frame, {"wish": "hier getypt"})
    room.answers[WISH] = {"wish": "daar getypt"}
    room.tell()
    assert frame.value == {"wish": "hier getypt"}


def test_the_cards_are_those_of_the_form_that_another_tab_chose(make, room):
    frame, start = make(CARDS), EXERCISES[CARDS].start()
    room.answers[CARDS] = {**start, "placed": {start["order"][0]: "L"}}
    room.tell()
    assert [card["id"] for card in frame.exercise["cards"]] == start["order"]


def test_opening_closing_and_showing_follow_the_room(make, room):
    room.states[CHOICE] = CLOSED
    frame = make(CHOICE)
    assert not frame.status["open"]
    cells = {"self": 5, "other": 3, "both": None, "none": None}
    field = {"n": 8, "cells": cells, "almost_all_same": False}
    picture = {"n": 8, "fields": {"first_moved": field}}
    shown = {"open": False, "opened": True, "shown": True, "picture": picture}
    room.states[CHOICE] = shown
    room.tell()
    assert frame.status["opened"]
    assert frame.result["rows"][0]["cells"][0]["count"] == 5
    room.states[CHOICE] = {**shown, "shown": False}
    room.tell()
    assert frame.result == {}


def test_the_status_says_when_an_exercise_is_done(make, room):
    frame = make(CHOICE)
    assert not frame.status["done"]
    room.answers[CHOICE] = {"first_moved": "self"}
    room.tell()
    assert frame.status["done"]
    room.answers[CHOICE] = {"skipped": True}
    room.tell()
    assert not frame.status["done"]


def test_an_exercise_that_is_always_open_needs_no_trainer(make, room):
    room.states["opening/agreement"] = CLOSED
    assert make("opening/agreement").status["open"]


def test_a_text_goes_to_the_wall_only_by_its_own_act_and_as_it_is_kept(make, room):
    frame = make(WISH)
    write(frame, {"wish": "rustig blijven"})
    assert room.posted == []
    frame._handle_custom_msg({"do": "post", "field": "wish"}, [])
    assert room.posted == [("wish", "rustig blijven")]


def test_the_whole_sentence_goes_to_the_wall(make, room):
    frame = make(SENTENCE)
    write(frame, {"self": "adem", "other": "te luisteren"})
    frame._handle_custom_msg({"do": "post", "field": "chain"}, [])
    assert room.posted == [("chain", "Omdat ik adem, lukt het me om te luisteren.")]


@pytest.mark.parametrize("field", ["self", "nothing", None, 3])
def test_a_private_field_cannot_be_sent_to_the_wall(make, room, field):
    frame = make(SENTENCE)
    write(frame, {"self": "adem", "other": "te luisteren"})
    frame._handle_custom_msg({"do": "post", "field": field}, [])
    assert room.posted == []
    assert frame.problem["code"] == "not_for_wall"


def test_a_text_can_be_taken_back(make, room):
    frame = make(WISH)
    frame._handle_custom_msg({"do": "withdraw", "field": "wish"}, [])
    frame._handle_custom_msg({"do": "withdraw", "field": "no_such_field"}, [])
    assert room.withdrawn == ["wish"]


@pytest.mark.parametrize(
    ("sent", "choice"), [(True, True), (False, False), ("x", None)]
)
def test_the_choice_to_count_reaches_the_room(make, room, sent, choice):
    frame = make("opening/agreement")
    frame._handle_custom_msg({"do": "choose", "counting": sent}, [])
    assert room.counting is choice
    assert frame.status["counting"] is choice


def test_a_ping_is_answered(make, monkeypatch):
    frame, sent = make(CHOICE), []
    monkeypatch.setattr(frame, "send", sent.append)
    frame._handle_custom_msg({"do": "ping"}, [])
    assert sent == [{"pong": True}]


def test_alone_an_answer_is_there_again_the_next_time(tmp_path):
    frame = Frame.for_(EXERCISES[WISH], AloneRoom(tmp_path), "nl")
    write(frame, {"wish": "rust 🙂"})
    assert frame.kept == 1
    again = Frame.for_(EXERCISES[WISH], AloneRoom(tmp_path), "en")
    assert again.value == {"wish": "rust 🙂"}
    assert again.status["alone"]


def test_the_day_comes_with_the_way_to_the_trainer(make, room):
    room.today = {"timer": None, "follow": True, "at": "difference/sorting"}
    frame = make("opening/learning_wish")
    assert frame.day == room.today | {
        "title": "Sorteren",
        "href": "nl/difference#sorting",
    }
    room.today = {"timer": None, "follow": False, "at": None}
    room.tell()
    assert frame.day == room.today


def test_a_ping_brings_the_day_up_to_date(make, room):
    frame = make("opening/learning_wish")
    assert frame.day == {}
    room.today = {"timer": {"left": 9, "running": True, "total": 60}, "follow": False}
    frame._on_message(frame, {"do": "ping"}, [])
    assert frame.day == room.today
