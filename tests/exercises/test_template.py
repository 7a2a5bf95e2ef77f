"""A sentence with places: its parts, and what it says when it is filled in."""

import pytest

from widgets.exercises.base import Text
from widgets.exercises.template import filled_in, parts, places

PLAN = Text(nl="Als {if}, dan {then}.", en="{then} if {if}.")


def test_the_places_stand_in_the_order_of_the_sentence():
    assert places(PLAN.nl) == ["if", "then"]
    assert places(PLAN.en) == ["then", "if"]


def test_the_parts_are_texts_and_places_in_turn():
    assert parts(PLAN, "en") == [{"field": "then"}, " if ", {"field": "if"}, "."]


@pytest.mark.parametrize(
    ("then", "whole"),
    [
        (" wacht ik. ", "Als het regent, dan wacht ik."),
        ("{if}", "Als het regent, dan {if}."),
        (r"\1 \g<0>", r"Als het regent, dan \1 \g<0>."),
    ],
)
def test_what_is_filled_in_is_only_words(then, whole):
    assert filled_in(PLAN, {"if": "het regent", "then": then}, "nl") == whole
