"""What a group may see of what was asked twice, and that no pair can be seen."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets import session
from widgets.session import NotEnough, PairRule, State, picture

PLACES = range(21)
TOTAL = {"f": PairRule(tuple(f"{a}:{b}" for a in PLACES for b in PLACES), size=4)}
GOLDEN = {
    # The worked example of tests/test_stats.py, in quarters of a point.
    "f": ["8:11", "10:12", "12:12", "13:15", "11:14", "14:13", "9:12", "16:17"],
}


def test_a_pair_is_shown_as_the_change_of_the_group():
    shown = session.show(State(), TOTAL, GOLDEN, present=11).picture
    assert shown["fields"]["f"] == {
        "n": 8,
        "cells": {"up": 6, "same": None, "down": None},  # one of each is hidden
        "almost_all_same": False,
        "change": {
            "n": 8,
            "present": 11,
            "before": 2.91,
            "after": 3.31,
            "mean": 0.41,
            "low": 0.09,
            "high": 0.72,
            "g": None,
        },
    }
    assert ":" not in "".join(_strings(shown))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _strings(inner)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize("people", range(5))
def test_four_pairs_are_not_shown(people):
    assert picture(TOTAL, {"f": GOLDEN["f"][:people]}) is None
    with pytest.raises(NotEnough):
        session.show(State(), TOTAL, {"f": GOLDEN["f"][:people]}, present=30)


def test_what_is_no_pair_does_not_count():
    odd = ["21:2", "x", "1", "1:2:3", "", "−1:2"]
    assert picture(TOTAL, {"f": GOLDEN["f"][:4] + odd}) is None


@pytest.mark.parametrize(
    "given",
    [
        ["0:3", "0:5", "0:6", "0:7", "0:9", "2:1"],  # nearly all began at one place
        ["3:12", "5:12", "6:12", "7:12", "9:12", "12:1"],  # or ended there
        ["1:3", "2:4", "3:5", "4:6", "5:7", "9:1"],  # or made the same step
    ],
)
def test_a_mean_that_gives_everybody_away_is_not_shown(given):
    drawn = picture(TOTAL, {"f": given})
    assert drawn["fields"]["f"]["change"] is None


def test_a_change_is_frozen_until_three_more_came_in():
    first = session.show(State(), TOTAL, GOLDEN, present=9)
    for late in (["0:12"], ["0:12", "12:0"]):
        more = {"f": GOLDEN["f"] + late}
        assert session.show(first, TOTAL, more, present=20).picture == first.picture
        assert session.new_count(first, TOTAL, more) == 0
    more = {"f": GOLDEN["f"] + ["1:4", "2:6", "3:7"]}
    again = session.show(first, TOTAL, more, present=12).picture["fields"]["f"]
    assert again["change"]["n"] == 11
    assert again["change"]["present"] == 12
    assert again["change"]["g"] is not None
    assert again["cells"] == {"up": 9, "same": None, "down": None}


def test_a_pair_that_somebody_changed_shows_nothing_new():
    first = session.show(State(), TOTAL, GOLDEN, present=9)
    changed = {"f": ["0:12", *GOLDEN["f"][1:]]}
    assert session.show(first, TOTAL, changed, present=9).picture == first.picture


@given(st.lists(st.sampled_from(TOTAL["f"].options), min_size=5, max_size=25))
def test_no_pair_is_in_a_picture_and_no_small_cell(given):
    field = picture(TOTAL, {"f": given}, present=25)["fields"]["f"]
    assert not [text for text in _strings(field) if ":" in text]
    assert all(count is None or count >= 3 for count in field["cells"].values())
    if field["change"]:
        numbers = [field["change"][key] for key in ("mean", "low", "high")]
        assert numbers == [round(number, 2) for number in numbers]
        assert (field["change"]["g"] is None) or len(given) >= 10
