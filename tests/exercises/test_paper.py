"""One line on paper: the words of an answer, or room to give it by hand."""

import pytest

from widgets.exercises.base import (
    ChecksField,
    ChoiceField,
    NumberField,
    ScaleField,
    SliderField,
    TextField,
)
from widgets.exercises.paper import Line, line_of

WORDS = {"nl": "ja", "en": "yes"}, {"nl": "nee", "en": "no"}
OPTIONS = [
    {"key": "k1", "label": WORDS[0], "group": "L"},
    {"key": "k2", "label": WORDS[1]},
]
CHOICE = ChoiceField(key="a", privacy="A", options=OPTIONS)
CHECKS = ChecksField(key="a", privacy="A", options=OPTIONS)
TEXT = TextField(key="a", privacy="A", rows=2, label={"nl": "Vraag", "en": "Question"})
SCALE = ScaleField(key="a", privacy="A")
NUMBER = NumberField(key="a", privacy="A", max=10, count_to=3)


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [
        (CHOICE, "k1", "yes"),
        (CHOICE, None, ""),
        (CHOICE, "an option of long ago", ""),
        (CHECKS, ["k1", "k2"], "yes, no"),
        (CHECKS, [], ""),
        (TEXT, "k1", "k1"),
        (TEXT, "  ", ""),
        (NUMBER, 7, "7"),
        (SCALE, 4, "4"),
        (SCALE, "dont_know", "don't know"),
        (SCALE, None, ""),
    ],
)
def test_an_answer_is_words_and_never_a_key(field, value, text):
    assert line_of(field, value, "en").text == text


def test_a_question_has_what_a_pen_needs():
    assert line_of(TEXT, None, "nl") == Line(label="Vraag", rows=2)
    assert line_of(CHOICE, None, "nl") == Line(options=("ja", "nee"))
    assert line_of(NUMBER, None, "nl") == Line()
    assert line_of(SCALE, None, "en").options == ("1", "2", "3", "4", "5", "don't know")


def test_a_number_is_no_choice_of_the_bin_that_holds_it():
    ends = {"low": WORDS[1], "high": WORDS[0]}
    slider = SliderField(key="a", privacy="C", **ends)
    assert line_of(slider, 42, "nl") == Line(text="42 (nee – ja)")
    assert len(line_of(slider, None, "nl").options) == 5


def test_a_choice_has_the_sign_of_its_group():
    assert line_of(CHOICE, "k1", "nl").group == "L"
    assert line_of(CHOICE, "k2", "nl").group is None
    assert line_of(CHECKS, ["k1"], "nl").group is None
