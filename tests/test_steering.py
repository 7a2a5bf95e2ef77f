"""What the module on steering thoughts and feelings says, and to whom."""

import re

import pytest
from memory_room import Room

from widgets.content import LANGUAGES, load
from widgets.frame import Frame

WORKBOOK = load()
MOMENT = "steering/moment"
QUESTIONS = WORKBOOK.exercise("steering/four_questions")
EVENT = {"event": "ze keek weg", "thought": "het boeit haar niet", "intensity": 60}


def notes(answer: dict, language: str = "nl") -> list[str]:
    said = QUESTIONS.feedback(QUESTIONS.check(answer), language).get("notes", [])
    return [note["text"] for note in said]


def read_back(answer: dict, language: str = "nl") -> dict[str, str]:
    room = Room()
    room.answers[MOMENT] = answer
    frame = Frame.for_(QUESTIONS, room, language)
    return {entry["label"]: entry["text"] for entry in frame.recalled}


def test_four_questions_and_what_they_bring_are_only_for_the_participant():
    assert list(QUESTIONS.fields) == [
        "fact",
        "help",
        "other",
        "friend",
        "alternative",
        "intensity_after",
    ]
    assert {field.privacy for field in QUESTIONS.fields.values()} == {"A"}
    assert QUESTIONS.to_count == ()


@pytest.mark.parametrize("after", [0, 60, 80])
def test_whatever_the_feeling_is_afterwards_the_text_is_the_same(after):
    (said,) = notes({"intensity_after": after})
    assert said.endswith("Geen verschil is ook informatie.")
    assert notes({}) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_feeling_that_is_still_big_gets_the_way_to_help(language):
    gate = WORKBOOK.exercise(MOMENT).gate.text.in_(language)
    said = notes({"intensity_after": 81}, language)
    assert len(said) == 2
    assert said[1].rpartition(".")[0].rpartition(". ")[2] in gate


def test_the_thought_is_read_back_above_and_the_number_beside_the_new_one():
    event, thought, intensity = read_back(EVENT).values()
    assert (event, thought) == (EVENT["event"], EVENT["thought"])
    assert intensity == "60 (nauwelijks – heel sterk)"


def test_a_moment_that_is_too_big_is_not_worked_with():
    assert read_back(EVENT | {"intensity": 90}) == {}
    assert read_back(EVENT | {"skipped": True}) == {}


BUTTON = WORKBOOK.exercise("steering/button")


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_of_five_buttons_has_one_line_of_evidence_of_its_own(language):
    said = [
        BUTTON.feedback({"strategy": key}, language)["notes"]
        for key in BUTTON.asked["strategy"].option_keys
    ]
    assert [len(notes) for notes in said] == [1] * 5
    lines = [notes[0]["text"] for notes in said]
    assert len(set(lines)) == 5
    assert all(re.search(r"\[[VED]\]", line) for line in lines)


def test_only_the_button_is_counted_and_never_what_somebody_does_with_it():
    answer = BUTTON.check({"strategy": "reappraise", "action": "ik adem uit"})
    assert BUTTON.counted(answer) == {"strategy": "reappraise"}
    assert BUTTON.fields["action"].privacy == "A"
    assert BUTTON.fields["strategy"].own_situation


def test_seeing_it_differently_works_better_than_suppressing():
    (note,) = BUTTON.feedback({"strategy": "reappraise"}, "nl")["notes"]
    assert note["text"] == "Dit werkt gemiddeld beter dan het gevoel wegdrukken [V]."
