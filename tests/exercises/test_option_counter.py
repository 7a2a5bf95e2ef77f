"""Counting options before and after a mirror, and telling nobody which they are."""

import pytest

from widgets.content import load
from widgets.exercises.option_counter import OptionCounter

COUNTER = load().exercise("mirror/options")
assert isinstance(COUNTER, OptionCounter)


def listed(before: int, after: int) -> dict:
    return COUNTER.check(
        {
            "stuck": "een overleg",
            "options_before": [f"eerste {number}" for number in range(before)],
            "options_after": [f"tweede {number}" for number in range(after)],
        }
    )


@pytest.mark.parametrize(
    ("before", "after", "gain"),
    [
        (2, 2, "0"),
        (3, 1, "0"),
        (2, 3, "1"),
        (2, 4, "2"),
        (1, 4, "3plus"),
        (1, 9, "3plus"),
    ],
)
def test_what_was_gained_is_counted_up_to_three(before, after, gain):
    assert COUNTER.counted(listed(before, after)) == {"gain": gain}


def test_only_the_gain_may_be_counted():
    codes = {key: field.privacy for key, field in COUNTER.fields.items()}
    assert codes.pop("gain") == "C"
    assert set(codes.values()) == {"A"}
    assert not any(field.wall for field in COUNTER.fields.values())


def test_the_browser_says_that_something_may_be_counted():
    public = COUNTER.public("nl", {})
    assert public["privacy"] == ["A", "C"]
    assert public["gain"] == {
        "label": "Hoeveel mogelijkheden erbij kwamen",
        "privacy": "C",
    }
    assert "gain" not in [field["key"] for field in public["fields"]]


def test_nothing_is_counted_or_said_before_both_lists_are_there():
    for answer in (listed(0, 2), listed(2, 0), listed(2, 4) | {"skipped": True}):
        assert COUNTER.counted(answer) == {}
        assert COUNTER.feedback(answer, "nl") == {}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nl", "Je had 2 mogelijkheden, je hebt er nu 4."),
        ("en", "You had 2 options, now you have 4."),
    ],
)
def test_both_numbers_are_told(language, sentence):
    assert COUNTER.feedback(listed(2, 4), language)["text"].startswith(sentence)


def test_a_single_option_has_a_sentence_of_its_own():
    text = COUNTER.feedback(listed(1, 3), "nl")["text"]
    assert text.startswith("Je had 1 mogelijkheid, je hebt er nu 3.")


@pytest.mark.parametrize(("after", "is_said"), [(1, True), (2, True), (3, False)])
def test_no_gain_is_met_kindly(after, is_said):
    text = COUNTER.feedback(listed(2, after), "nl")["text"]
    assert ("en dat mag" in text) is is_said


def test_the_same_option_twice_is_one():
    answer = listed(1, 1) | {"options_after": ["Vragen", "vragen.", "wachten"]}
    assert COUNTER.counted(answer) == {"gain": "1"}


def test_the_group_sees_bars_for_none_one_two_and_more():
    cells = {"0": 2, "1": 3, "2": 3, "3plus": 2}
    picture = {"n": 10, "fields": {"gain": {"n": 10, "cells": cells}}}
    (row,) = COUNTER.result(picture, "nl")["rows"]
    assert [cell["label"] for cell in row["cells"]] == ["0", "1", "2", "3+"]
    assert [cell["count"] for cell in row["cells"]] == [2, 3, 3, 2]
