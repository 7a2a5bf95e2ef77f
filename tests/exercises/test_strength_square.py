import json

import pytest
from memory_room import Room

from widgets.content import load
from widgets.exercises.base import AnswerError
from widgets.exercises.strength_square import CORNERS, StrengthSquare
from widgets.frame import Frame

SQUARE = load().exercise("strengths/square")
assert isinstance(SQUARE, StrengthSquare)
QUESTIONS = [question.key for question in SQUARE.questions]
FILLED = {
    "strength": "geduldig",
    "pitfall": "alles laten lopen",
    "challenge": "de knoop doorhakken",
    "allergy": "over mensen heen walsen",
}


def test_every_field_is_only_for_the_participant():
    assert {field.privacy for field in SQUARE.fields.values()} == {"A"}
    assert not any(field.wall for field in SQUARE.fields.values())
    assert SQUARE.counted(FILLED | dict.fromkeys(QUESTIONS, "yes")) == {}


def test_four_corners_of_forty_characters():
    assert [corner.max_length for corner in SQUARE.corners] == [40] * 4
    with pytest.raises(AnswerError, match="pitfall: too_long"):
        SQUARE.check({"pitfall": "x" * 41})


@pytest.mark.parametrize("corner", CORNERS)
def test_any_corner_may_come_first(corner):
    answer = SQUARE.check({corner: FILLED[corner]})
    assert answer == {corner: FILLED[corner]}
    assert not SQUARE.is_complete(answer)


def test_complete_with_four_corners_and_four_answers_whatever_they_are():
    assert not SQUARE.is_complete(FILLED)
    for said in ("yes", "no"):
        answer = FILLED | dict.fromkeys(QUESTIONS, said)
        assert SQUARE.is_complete(SQUARE.check(answer))
        assert not SQUARE.is_complete(answer | {"allergy": " "})
        assert not SQUARE.is_complete(answer | {"skipped": True})


@pytest.mark.parametrize("key", QUESTIONS)
def test_a_no_gets_its_hint_and_a_yes_gets_none(key):
    hints = SQUARE.feedback(SQUARE.check({key: "no"}), "nl")["hints"]
    assert list(hints) == [key]
    assert SQUARE.feedback(SQUARE.check({key: "yes"}), "nl") == {}


def test_the_hint_about_an_unpleasant_challenge():
    hints = SQUARE.feedback({"challenge_positive": "no"}, "en")["hints"]
    assert "something that you do want to learn" in hints["challenge_positive"]


def test_no_hint_reaches_the_browser_before_a_no():
    frame = Frame.for_(SQUARE, Room(), "nl")
    hints = [question.if_no.nl for question in SQUARE.questions]

    def synced():
        return json.dumps(frame.get_state(), ensure_ascii=False, default=str)

    assert not [hint for hint in hints if hint in synced()]
    frame.set_state({"value": {QUESTIONS[0]: "no"}, "seq": 1})
    assert [hint for hint in hints if hint in synced()] == hints[:1]


def test_the_browser_gets_the_ways_the_examples_and_the_credit():
    public = SQUARE.public("nl", {})
    assert [corner["key"] for corner in public["corners"]] == list(CORNERS)
    assert all(corner["leads"] for corner in public["corners"])
    assert len(public["examples"]) == 8
    assert list(public["examples"][0]) == list(CORNERS)
    assert "D. Ofman, 1992" in public["credit"]
    assert "Schulz von Thun" in public["credit"]


def test_every_example_is_a_good_answer_in_both_languages():
    for language in ("nl", "en"):
        for example in SQUARE.public(language, {})["examples"]:
            assert SQUARE.check(example) == example


def test_the_questions_go_round_the_square():
    assert {corner for one in SQUARE.questions for corner in one.about} == set(CORNERS)
    assert len({one.about for one in SQUARE.questions}) == 4


@pytest.mark.parametrize("corners", [[0, 1, 2], [1, 0, 2, 3], [0, 1, 2, 3, 3]])
def test_a_square_has_its_four_corners_in_order(corners):
    table = SQUARE.model_dump()
    table["corners"] = [table["corners"][number] for number in corners]
    with pytest.raises(ValueError, match=r"the corners are strength|is taken"):
        StrengthSquare.model_validate(table)


def test_a_question_about_nothing_is_refused():
    table = SQUARE.model_dump()
    table["questions"][0]["about"] = ("strength", "pitfal")
    with pytest.raises(ValueError, match="there is no corner 'pitfal'"):
        StrengthSquare.model_validate(table)
