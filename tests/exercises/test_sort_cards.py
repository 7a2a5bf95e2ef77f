from collections import Counter

import pytest

from widgets.content import load
from widgets.exercises.base import AnswerError
from widgets.exercises.sort_cards import SortCards

SORTING = load().exercise("difference/sorting")
assert isinstance(SORTING, SortCards)
FEELINGS = load().exercise("steering/thought_or_feeling")
assert isinstance(FEELINGS, SortCards)
KEYS = {card.key: card.answer for card in SORTING.cards}


def all_placed(form: str, wrong: int = 0) -> dict:
    order = [key for key in KEYS if key.startswith(form)]
    placed = {key: KEYS[key] for key in order}
    for key in order[:wrong]:
        placed[key] = "P" if KEYS[key] != "P" else "L"
    return {"form": form, "order": order, "placed": placed, "done": True}


def test_two_forms_of_twelve_with_four_of_each():
    for form in "AB":
        groups = Counter(card.answer for card in SORTING.cards if card.form == form)
        assert groups == {"L": 4, "P": 4, "B": 4}


@pytest.mark.parametrize(("wrong", "score"), [(0, 12), (3, 9), (12, 0)])
@pytest.mark.parametrize("form", "AB")
def test_the_score_counts_what_is_right(form, wrong, score):
    feedback = SORTING.feedback(SORTING.check(all_placed(form, wrong)), "nl")
    assert (feedback["score"], feedback["of"]) == (score, 12)
    assert sum(card["right"] for card in feedback["cards"].values()) == score


def test_the_explanation_of_a_card():
    feedback = SORTING.feedback(all_placed("A", wrong=1), "en")
    card = feedback["cards"]["A01"]
    assert (card["answer"], card["right"]) == ("L", False)
    assert card["why"].startswith("Others are steered")
    assert "text" in feedback


def test_chance_decides_form_and_order():
    starts = [SORTING.start() for _ in range(60)]
    assert {start["form"] for start in starts} == {"A", "B"}
    assert len({tuple(start["order"]) for start in starts}) > 50
    for start in starts:
        assert sorted(start["order"]) == sorted(
            key for key in KEYS if key.startswith(start["form"])
        )


def test_a_small_room_shares_its_form_but_not_the_order():
    starts = [SORTING.start("one session") for _ in range(20)]
    assert len({start["form"] for start in starts}) == 1
    assert len({tuple(start["order"]) for start in starts}) > 1
    forms = {SORTING.start(f"session {n}")["form"] for n in range(20)}
    assert forms == {"A", "B"}


def test_done_takes_all_twelve():
    answer = all_placed("A")
    del answer["placed"]["A07"]
    checked = SORTING.check(answer)
    assert checked["done"] is False
    assert SORTING.counted(checked) == {}
    assert SORTING.feedback(checked, "nl") == {}


def test_what_was_placed_before_the_explanation_stays():
    before = SORTING.check(all_placed("A", wrong=3))
    changed = all_placed("A")
    assert SORTING.check(changed, before) == before
    assert SORTING.check(changed | {"done": False}, before) == before
    assert SORTING.check({"skipped": True}, before) == before | {"skipped": True}
    assert SORTING.counted(before) == before["placed"]


def test_the_form_stays_once_a_card_is_placed():
    before = all_placed("A") | {"done": False}
    with pytest.raises(AnswerError, match="unknown_field"):
        SORTING.check(all_placed("B"), before)
    untouched = before | {"placed": {}}
    assert SORTING.check(all_placed("B"), untouched)["form"] == "B"


@pytest.mark.parametrize(
    "change",
    [
        {"form": "C"},
        {"form": 1},
        {"order": ["A01"]},
        {"order": [["A01"]]},
        {"order": "A01"},
        {"placed": {"B01": "L"}},
        {"placed": {"A01": "X"}},
        {"placed": []},
        {"done": "ja"},
    ],
)
def test_a_broken_answer_is_refused(change):
    with pytest.raises(AnswerError):
        SORTING.check(all_placed("A") | change)


def test_the_browser_gets_its_own_form_in_its_own_order_without_answers():
    start = SORTING.start()
    public = SORTING.public("nl", start)
    assert [card["id"] for card in public["cards"]] == start["order"]
    assert [group["key"] for group in public["groups"]] == ["L", "P", "B"]
    assert not any(card.why.nl in str(public) for card in SORTING.cards)


def test_the_most_disputed_statement_comes_first():
    cells = {
        "A01": {"L": 8, "P": 0, "B": 0},
        "A02": {"L": 3, "P": 3, "B": 2},
        "A03": {"L": 0, "P": 2, "B": 6},
    }
    fields = {key: {"n": 8, "cells": counts} for key, counts in cells.items()}
    fields["A04"] = {"n": None, "cells": None}
    result = SORTING.result({"n": 8, "fields": fields}, "nl")
    assert result["kind"] == "stacked"
    assert [row["key"] for row in result["rows"]] == ["A02", "A03", "A01"]
    assert result["left_out"] == 21
    assert [cell["group"] for cell in result["rows"][0]["cells"]] == ["L", "P", "B"]
    assert not any("right" in cell for row in result["rows"] for cell in row["cells"])


def test_nine_cards_in_one_form_with_three_of_each_group():
    start = FEELINGS.start()
    assert len(start["order"]) == 9
    assert set(Counter(card.answer for card in FEELINGS.cards).values()) == {3}


def test_groups_have_the_sign_that_their_file_gives_them():
    groups = FEELINGS.public("nl", FEELINGS.start())["groups"]
    assert [group["group"] for group in groups] == ["thought", "feeling", "behaviour"]
    plain = [group.model_dump() | {"group": None} for group in FEELINGS.groups]
    unsigned = SortCards.model_validate(FEELINGS.model_dump() | {"groups": plain})
    groups = unsigned.public("nl", unsigned.start())["groups"]
    assert [group["group"] for group in groups] == [None] * 3
    assert unsigned.result({"n": 4, "fields": {}}, "nl")["kind"] == "bars"


def test_i_feel_that_is_a_thought():
    order = FEELINGS.start()["order"]
    placed = dict.fromkeys(order, "feeling")
    answer = {"form": "A", "order": order, "placed": placed, "done": True}
    feedback = FEELINGS.feedback(FEELINGS.check(answer), "nl")
    assert (feedback["score"], feedback["of"]) == (3, 9)
    card = feedback["cards"]["not_serious"]
    assert (card["answer"], card["right"]) == ("thought", False)
    assert "over hém" in card["why"]


def test_the_picture_marks_where_a_card_belongs():
    cells = {"thought": 3, "feeling": 5, "behaviour": 0}
    picture = {"n": 8, "fields": {"not_serious": {"n": 8, "cells": cells}}}
    result = FEELINGS.result(picture, "nl")
    (row,) = result["rows"]
    assert result["kind"] == "stacked"
    assert [cell["right"] for cell in row["cells"]] == [True, False, False]


def test_a_card_of_no_group_is_refused():
    groups = [group.model_dump() for group in FEELINGS.groups[:2]]
    with pytest.raises(ValueError, match="card walk_away: no group behaviour"):
        SortCards.model_validate(FEELINGS.model_dump() | {"groups": groups})


def test_on_paper_the_cards_of_the_own_form_in_the_own_order():
    answer = all_placed("B", wrong=1) | {"done": False}
    answer["order"] = answer["order"][::-1]
    lines = SORTING.on_paper(answer, "nl")
    texts = {card.key: card.text.nl for card in SORTING.cards}
    assert [line.label for line in lines] == [texts[key] for key in answer["order"]]
    assert [line.group for line in lines] == [
        answer["placed"][key] for key in answer["order"]
    ]
    assert not any(line.why for line in lines)


def test_on_paper_the_explanation_comes_when_it_was_shown():
    first, second = SORTING.on_paper(all_placed("A", wrong=1), "en")[:2]
    assert (first.text, first.group) == ("personal leadership", "P")
    assert (first.why.label, first.why.group) == ("leadership", "L")
    assert first.why.text.startswith("Others are steered")
    assert second.why.label == second.text


def test_on_paper_without_a_form_it_is_the_first():
    lines = SORTING.on_paper({}, "nl")
    texts = [card.text.nl for card in SORTING.cards if card.form == "A"]
    assert [line.label for line in lines] == texts
    assert all(len(line.options) == 3 for line in lines)
