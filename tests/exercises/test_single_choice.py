import pytest

from widgets.content import load
from widgets.exercises.base import AnswerError

FIRST_MOVED = load().exercise("opening/first_moved")


def test_a_choice_completes_and_counts():
    answer = FIRST_MOVED.check({"first_moved": "self"})
    assert FIRST_MOVED.is_complete(answer)
    assert FIRST_MOVED.counted(answer) == {"first_moved": "self"}
    assert "Het verschil" in FIRST_MOVED.feedback(answer, "nl")["text"]


def test_a_choice_can_be_taken_back():
    assert FIRST_MOVED.check({"first_moved": None}) == {}


def test_an_unknown_choice_is_refused():
    with pytest.raises(AnswerError, match="unknown_option"):
        FIRST_MOVED.check({"first_moved": "mij"})


def test_the_picture_has_four_bars_in_the_order_of_the_options():
    cells = {"other": 5, "self": 3, "none": None, "both": None}
    picture = {"n": 10, "fields": {"first_moved": {"n": 10, "cells": cells}}}
    result = FIRST_MOVED.result(picture, "nl")
    (row,) = result["rows"]
    assert result["kind"] == "bars"
    assert [cell["count"] for cell in row["cells"]] == [3, 5, None, None]
    assert [cell["share"] for cell in row["cells"]] == [0.3, 0.5, None, None]
    assert row["cells"][0]["label"] == "mezelf"
