"""What was asked twice: shown to one person, counted without a link."""

import pytest

from widgets.content import load
from widgets.exercises.pairs import counted_pair, one_decimal
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


def test_numbers_are_rounded_as_people_do():
    assert counted_pair("x", 2.5, 3.5) == {
        "x_before": "3",
        "x_now": "4",
        "x_change": "up",
    }
    assert counted_pair("x", 4, 3.9)["x_change"] == "down"
    assert counted_pair("x", 11 / 3, 11 / 3)["x_change"] == "same"
    assert one_decimal(11 / 3, "nl") == "3,7"
    assert one_decimal(11 / 3, "en") == "3.7"


def test_the_same_items_are_asked_again():
    first = WORKBOOK.exercise("opening/starting_point")
    assert SCALE.asked == first.asked
    assert first.countable == {}


def test_a_part_counts_only_with_both_means():
    counted = SCALE.again_after(FIRST).counted(SCALE.check(NOW))
    assert counted["L_change"] == "up"
    assert counted["Z_change"] == "down"
    assert not any(key.startswith("R_") for key in counted)


@pytest.mark.parametrize("earlier", [{}, FIRST | {"skipped": True}])
def test_nothing_counts_without_a_first_time(earlier):
    assert SCALE.again_after(earlier).counted(NOW) == {}
    assert SORTING.again_after({}).counted(sorted_by("A", 0)) == {}


def test_only_the_participant_reads_both_means():
    text = SCALE.again_after(FIRST).feedback(NOW, "nl")["text"]
    assert "Invloed op anderen: ○ eerder 3,0, ● nu 3,5" in text
    assert "Ruil en macht: ○ eerder 3,0, ● nu niet berekend" in text
    assert SCALE.again_after(FIRST).feedback({}, "nl") == {}


def test_every_pair_hides_small_groups():
    for exercise in (SCALE, SORTING):
        assert all(field.own_situation for field in exercise.to_count)
    assert set(SORTING.countable) == {"total_before", "total_now", "total_change"}


@pytest.mark.parametrize(("had", "gets"), [("A", "B"), ("B", "A")])
def test_who_sorts_again_gets_the_other_cards(had, gets):
    own = SORTING.again_after(sorted_by(had, 0))
    assert {own.start("one session")["form"] for _ in range(9)} == {gets}
    assert {own.start()["form"] for _ in range(9)} == {gets}


def test_the_totals_count_and_no_card_does():
    own = SORTING.again_after(sorted_by("A", 5))
    assert own.counted(sorted_by("B", 2)) == {
        "total_before": "7",
        "total_now": "10",
        "total_change": "up",
    }
    text = own.feedback(sorted_by("B", 2), "nl")["text"]
    assert "lag 7 van de 12" in text


def test_one_person_leaves_no_trace_in_the_exercise_of_another():
    SCALE.again_after(FIRST)
    assert SCALE.counted(NOW) == {}
