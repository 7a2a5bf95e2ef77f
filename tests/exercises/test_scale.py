import pytest

from widgets.content import load
from widgets.exercises.scale import Scale

SCALE = load().exercise("opening/starting_point")
assert isinstance(SCALE, Scale)
# The worked example: L3 is unknown, and of Z only three of five were answered.
EXAMPLE = {
    "L1": 4,
    "L2": 3,
    "L3": "dont_know",
    "L4": 2,
    "R1": 5,
    "R2": 1,
    "R3": 3,
    "Z1": 2,
    "Z4": 4,
    "Z5": 2,
}


def test_the_worked_example():
    score = SCALE.score(SCALE.check(EXAMPLE))
    assert score["L"] == pytest.approx(11 / 3)
    assert score["R"] == pytest.approx(13 / 3)
    assert score["Z"] is None


def test_one_more_answer_makes_the_third_part():
    assert SCALE.score(EXAMPLE | {"Z2": 5})["Z"] == pytest.approx(15 / 4)


def test_twelve_items_in_three_mixed_parts():
    parts = [item.part for item in SCALE.items]
    assert {part: parts.count(part) for part in "LRZ"} == {"L": 4, "R": 3, "Z": 5}
    assert [item.key for item in SCALE.items if item.reverse] == ["R2", "L4", "Z5"]
    assert "".join(parts) == "LZRZLRZLZRLZ"


def test_the_score_is_not_shown_now():
    answer = SCALE.check(EXAMPLE | {"Z2": "dont_know", "Z3": 1})
    assert SCALE.is_complete(answer)
    assert SCALE.feedback(answer, "nl") == {
        "text": "Bewaard. Je ziet je antwoorden terug aan het eind."
    }
    assert SCALE.countable == {}


def test_every_point_has_words_and_not_knowing_is_one_of_them():
    public = SCALE.public("nl", {})
    keys = [point["key"] for point in public["points"]]
    assert keys == [1, 2, 3, 4, 5, "dont_know"]
    assert "niet als oordeel" in public["note"]


def test_an_item_of_an_unknown_part_is_refused():
    table = SCALE.model_dump() | {"parts": {"L": 3, "R": 2}}
    with pytest.raises(ValueError, match="unknown part Z"):
        Scale.model_validate(table)


def test_on_paper_the_numbers_are_explained_and_the_limits_told():
    note, meaning, *items = SCALE.on_paper(EXAMPLE, "nl")
    assert "niet als oordeel" in note.text
    assert meaning.text.startswith("1 = helemaal niet, 2 = ")
    assert (note.rows, meaning.rows) == (0, 0)
    said = dict(zip(SCALE.asked, (line.text for line in items), strict=True))
    assert (said["L1"], said["L3"], said["Z3"]) == ("4", "weet ik niet", "")
