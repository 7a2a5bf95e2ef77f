"""What the module on patterns says about a plan, and to whom."""

import json
import random

import pytest
from memory_room import Room

from widgets.content import LANGUAGES, load
from widgets.frame import Frame

WORKBOOK = load()
PLAN = WORKBOOK.exercise("patterns/plan")
REHEARSAL = WORKBOOK.exercise("patterns/rehearsal")
HOW_HARD = WORKBOOK.exercise("patterns/how_hard")
CHECKS = ["if_film", "then_one", "then_do", "then_mine"]
WRITTEN = {
    "wish": "zelf kiezen wat ik erbij neem",
    "best": "ik ben om vijf uur klaar",
    "obstacle": "ik ben bang dat ze me lui vinden",
    "if": "een collega vraagt of ik iets overneem",
    "then": "zeg ik dat ik het over een uur laat weten.",
}
PASSED = WRITTEN | dict.fromkeys(CHECKS, "yes")


def notes(exercise, answer: dict, language: str = "nl") -> dict[str, str]:
    said = exercise.feedback(exercise.check(answer), language).get("notes", [])
    return {note["field"]: note["text"] for note in said}


def rehearsed(answer: dict, plan: dict) -> Frame:
    room = Room()
    room.answers[PLAN.id] = plan
    frame = Frame.for_(REHEARSAL, room, "nl")
    frame.set_state({"value": answer, "seq": 1})
    return frame


@pytest.mark.parametrize("exercise", [PLAN, REHEARSAL], ids=lambda one: one.ref)
def test_the_plan_is_only_for_the_participant(exercise):
    assert {field.privacy for field in exercise.fields.values()} == {"A"}
    assert exercise.to_count == ()


def test_a_plan_is_ready_when_it_passes_all_four_questions():
    assert PLAN.is_complete(PLAN.check(PASSED))
    assert not PLAN.is_complete(PASSED | {"skipped": True})
    for key in CHECKS:
        assert not PLAN.is_complete(PASSED | {key: "no"})
    for key in PASSED:
        assert not PLAN.is_complete({**PASSED, key: ""})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", CHECKS)
def test_not_yet_gets_a_hint_of_its_own_and_yes_gets_none(key, language):
    assert list(notes(PLAN, {key: "no"}, language)) == [key]
    assert notes(PLAN, {key: "yes"}, language) == {}


@pytest.mark.parametrize("typed", ["word ik niet boos", "probeer ik rustig te blijven"])
def test_a_plan_says_what_one_does(typed):
    frame = Frame.for_(PLAN, Room(), "nl")
    frame.set_state({"value": {"then": typed}, "seq": 1})
    (lint,) = frame.feedback["lints"]
    assert (lint["field"], lint["text"]) == ("then", "Een plan zegt wat je wél doet.")
    assert frame.kept == 1


def test_the_moment_of_the_wish_is_read_back():
    room = Room()
    room.answers["patterns/loop"] = {"cue": "iemand vraagt iets", "new": "ik wacht"}
    texts = [entry["text"] for entry in Frame.for_(PLAN, room, "nl").recalled]
    assert texts == ["iemand vraagt iets", "ik wacht"]


def test_on_paper_the_plan_is_one_sentence():
    *_, last = PLAN.on_paper(WRITTEN, "nl")
    assert (last.label, last.text) == (
        "Jouw plan",
        "Als een collega vraagt of ik iets overneem, dan zeg ik dat ik het over een "
        "uur laat weten.",
    )
    assert PLAN.on_paper(WRITTEN | {"then": " "}, "nl")[-1].label != "Jouw plan"


def test_the_browser_gets_the_sentence_in_parts():
    assert PLAN.public("en", {})["whole"] == {
        "title": "Your plan",
        "parts": ["If ", {"field": "if"}, ", then ", {"field": "then"}, "."],
    }


@pytest.mark.parametrize("seed", range(20))
def test_an_invented_plan_passes(seed):
    assert PLAN.is_complete(PLAN.invent(random.Random(seed)))


def test_from_memory_first_and_only_then_beside_the_plan():
    frame = rehearsed({"rehearse": "yes", "recall_if": "een collega vraagt"}, PASSED)
    assert frame.recalled == []
    state = json.dumps(frame.get_state(), default=str, ensure_ascii=False)
    assert WRITTEN["then"] not in state
    whole = {"rehearse": "yes", "recall_if": "een collega vraagt", "recall_then": "-"}
    frame.set_state({"value": whole, "seq": 2})
    beside = {entry["beside"]: entry["text"] for entry in frame.recalled}
    assert beside == {"recall_if": WRITTEN["if"], "recall_then": WRITTEN["then"]}


def test_only_the_part_that_is_missing_is_marked():
    answer = {"rehearse": "yes", "recall_if": "een collega vraagt", "recall_then": "-"}
    assert list(notes(REHEARSAL, answer)) == ["recall_then"]
    answer |= {"recall_if": "?", "recall_then": "laat ik het later weten"}
    assert list(notes(REHEARSAL, answer)) == ["recall_if"]
    assert notes(REHEARSAL, {"rehearse": "yes", "recall_if": "-"}) == {}


def test_recalling_has_no_score():
    answer = REHEARSAL.invent(random.Random(1))
    assert "score" not in REHEARSAL.feedback(answer, "nl")


def test_the_plan_is_recalled_after_something_else():
    order = [id.rpartition("/")[2] for id in WORKBOOK.modules["patterns"].exercises]
    assert order.index("rehearsal") - order.index("plan") == 2


def test_complicated_and_hard_are_two_counted_places():
    assert {field.privacy for field in HOW_HARD.fields.values()} == {"C"}
    assert all(field.own_situation for field in HOW_HARD.fields.values())
    assert [len(field.choices) for field in HOW_HARD.fields.values()] == [5, 5]
    said = HOW_HARD.feedback({"complicated": 20, "hard": 80}, "nl")
    assert said["text"] == (
        "De bron van deze training zegt: niet ingewikkeld, wel lastig. En bij jou?"
    )
