"""What was asked twice: shown to one person, counted without a link."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets.content import load
from widgets.exercises.base import AnswerError
from widgets.exercises.pairs import pair
from widgets.exercises.scale import Scale
from widgets.exercises.sort_cards import SortCards

WORKBOOK = load()
SCALE = WORKBOOK.exercise("plan/where_now")
SORTING = WORKBOOK.exercise("plan/sorting_again")
assert isinstance(SCALE, Scale)
assert isinstance(SORTING, SortCards)
FIRST = {item.key: 3 for item in SCALE.items}
NOW = FIRST | {"L1": 5, "Z1": 1, "R1": "dont_know", "R3": "dont_know"}


def sorted_by(form: str, wrong: int):
    """One form with so many cards in another place than ours."""
    cards = [card for card in SORTING.cards if card.form == form]
    placed = {card.key: card.answer for card in cards}
    for card in cards[:wrong]:
        placed[card.key] = "P" if card.answer == "L" else "L"
    order = list(placed)
    return {"form": form, "order": order, "placed": placed, "done": True}


def test_two_answers_are_counted_as_one():
    assert pair(9, 12) == "9:12"


def test_the_same_items_are_asked_again():
    first = WORKBOOK.exercise("opening/starting_point")
    assert SCALE.asked == first.asked
    assert first.countable == {}


def test_a_part_counts_only_with_both_means():
    counted = SCALE.again_after(FIRST).counted(SCALE.check(NOW))
    # L in twelfths: four threes, then (5 + 3 + 3 + 3) / 4; Z in twentieths.
    assert counted == {"L": "36:42", "Z": "60:52"}


def test_a_mean_of_fewer_items_is_a_whole_number_of_steps_too():
    now = FIRST | {"L1": 4, "L4": "dont_know"}
    assert SCALE.again_after(FIRST).counted(now)["L"] == "36:40"  # 10 / 3


@given(st.data())
def test_every_pair_that_is_counted_may_be_counted(data):
    said = st.integers(1, 5) | st.just("dont_know")
    whole = st.fixed_dictionaries(dict.fromkeys(SCALE.asked, said))
    earlier, now = data.draw(whole), data.draw(whole)
    own = SCALE.again_after(earlier)
    for key, value in own.counted(now).items():
        field = SCALE.fields[key]
        assert value in WORKBOOK.countable()[f"{SCALE.id}.{key}"]
        steps = [int(one) / field.size for one in value.split(":")]
        assert steps == [own.score(earlier)[key], own.score(now)[key]]


def test_one_part_is_one_field_and_says_nothing_of_another():
    assert list(SCALE.countable) == ["L", "R", "Z"]
    assert [SCALE.fields[key].size for key in "LRZ"] == [12, 6, 20]
    assert set(WORKBOOK.exercise("follow_up/where_now").countable) == set("LRZ")


def test_a_pair_is_checked_against_what_is_possible():
    total = SORTING.fields["total"]
    assert total.check("9:12") == "9:12"
    for wrong in ("9:13", "9", "-1:3", "9:12:3", "09:12"):
        with pytest.raises(AnswerError):
            total.check(wrong)
    with pytest.raises(AnswerError):
        SCALE.fields["R"].check("7:12")  # no mean of two or three items


@pytest.mark.parametrize("earlier", [{}, FIRST | {"skipped": True}])
def test_nothing_counts_without_a_first_time(earlier):
    assert SCALE.again_after(earlier).counted(NOW) == {}
    assert SORTING.again_after({}).counted(sorted_by("A", 0)) == {}


def test_only_the_participant_reads_both_means():
    influence, exchange, steering = SCALE.again_after(FIRST).feedback(NOW, "nl")[
        "pairs"
    ]
    assert influence == {
        "label": "Invloed op anderen",
        "before": 3.0,
        "now": 3.5,
        "text": "○ eerder 3,0, ● nu 3,5",
    }
    assert exchange["now"] is None
    assert (
        exchange["text"] == "○ eerder 3,0, ● nu niet berekend, er is te weinig ingevuld"
    )
    assert steering["now"] == 2.6
    assert SCALE.again_after(FIRST).feedback({}, "nl") == {}


def test_small_steps_are_put_in_perspective_and_falling_is_normal():
    for id in ("plan/where_now", "follow_up/where_now"):
        exercise = WORKBOOK.exercise(id)
        assert "heel gewoon" in exercise.prompt.nl  # said before anything is shown
        text = exercise.again_after(FIRST).feedback(NOW, "nl")["text"]
        assert text.startswith("Eén stap op één vraag is al 0,20 tot 0,33 punt.")


def test_every_pair_hides_small_groups():
    for exercise in (SCALE, SORTING):
        assert all(field.own_situation for field in exercise.to_count)
    assert set(SORTING.countable) == {"total"}


PICTURE = {
    "n": 8,
    "cells": {"up": 6, "same": None, "down": None},
    "almost_all_same": False,
    "change": {
        "n": 8,
        "present": 9,
        "before": 2.91,
        "after": 3.31,
        "mean": 0.41,
        "low": -0.09,
        "high": 0.72,
        "g": None,
    },
}


def test_a_change_gets_the_words_of_its_language():
    picture = {"n": 8, "fields": {"L": PICTURE}}
    result = SCALE.result(picture, "nl")
    assert result["kind"] == "change"
    assert result["left_out"] == 2
    (row,) = result["rows"]
    assert row["label"] == "Invloed op anderen"
    assert [cell["count"] for cell in row["cells"]] == [6, None, None]
    change = row["change"]
    assert change["said"]["low"] == "−0,09"
    assert "g" not in change["said"]
    assert (change["from"], change["to"], change["limit"]) == (1, 5, 1)
    assert change["has_zero"] is True
    assert change["unit"] == "punt"


def test_a_wide_interval_gets_a_wide_line():
    wide = PICTURE | {"change": PICTURE["change"] | {"high": 3.2}}
    shown = SCALE.fields["L"].shown(wide, "en")["change"]
    assert (shown["limit"], shown["said"]["limit"]) == (3.5, "3.5")
    cards = SORTING.fields["total"].shown(PICTURE, "en")["change"]
    assert (cards["limit"], cards["unit"], cards["to"]) == (3, "cards", 12)


def test_what_may_not_be_computed_is_not_drawn():
    assert SCALE.fields["L"].shown(PICTURE | {"change": None}, "nl") == {"change": None}


@pytest.mark.parametrize(("had", "gets"), [("A", "B"), ("B", "A")])
def test_who_sorts_again_gets_the_other_cards(had, gets):
    own = SORTING.again_after(sorted_by(had, 0))
    assert {own.start("one session")["form"] for _ in range(9)} == {gets}
    assert {own.start()["form"] for _ in range(9)} == {gets}


def test_the_totals_count_and_no_card_does():
    own = SORTING.again_after(sorted_by("A", 5))
    assert own.counted(sorted_by("B", 2)) == {"total": "7:10"}
    text = own.feedback(sorted_by("B", 2), "nl")["text"]
    assert "lag 7 van de 12" in text


def test_one_person_leaves_no_trace_in_the_exercise_of_another():
    SCALE.again_after(FIRST)
    assert SCALE.counted(NOW) == {}
