"""What two lists share, told to one person and drawn for a group."""

import pytest

from widgets.content import LANGUAGES, load
from widgets.exercises.form import Form

CARD = load().exercise("exchange/card")
assert isinstance(CARD, Form)
PAIR = ("give", "other_top3")
CURRENCIES = [
    "pay",
    "appreciation",
    "support",
    "security",
    "promises",
    "development",
    "freedom",
    "information",
]


def notes(**answer: object) -> list[str]:
    found = CARD.feedback(CARD.check(answer), "nl").get("notes", [])
    return [note["text"] for note in found if note["field"] == "checked"]


def card(give: list[str], top: list[str]) -> str:
    return notes(give=give, other_top3=top, checked="asked")[0]


def test_both_lists_and_the_counts_have_the_eight_currencies():
    assert list(CARD.asked["give"].option_keys) == CURRENCIES
    give, top = (CARD.asked[key] for key in PAIR)
    assert give.choices == top.choices


@pytest.mark.parametrize(
    ("give", "top", "shared"),
    [
        (["pay"], ["support", "freedom", "security"], 0),
        (["pay", "support"], ["support", "freedom", "pay"], 2),
        (CURRENCIES, ["pay", "promises", "information"], 3),
    ],
)
def test_the_overlap_is_how_many_guesses_are_also_given(give, top, shared):
    assert f": {shared} van 3." in card(give, top)


def test_it_names_what_is_given_and_what_is_not_in_the_order_of_the_guesses():
    said = card(["pay", "support"], ["freedom", "support", "pay"])
    assert said.endswith(
        "Dit geef je al: steun, loon of geld. "
        "Dit telt volgens jou, maar geef je nu niet: vrijheid."
    )
    assert "maar geef je nu niet" not in card(["pay"], ["pay"])
    assert "Dit geef je al" not in card(["pay"], ["support"])


@pytest.mark.parametrize(
    "answer",
    [
        {"give": ["pay"], "other_top3": ["pay"]},
        {"give": ["pay"], "other_top3": [], "checked": "asked"},
        {"give": [], "other_top3": ["pay"], "checked": "asked"},
        {"other_top3": ["pay"], "checked": "asked"},
    ],
)
def test_nothing_is_compared_before_all_of_it_is_answered(answer):
    assert not [text for text in notes(**answer) if "Overlap" in text]


def test_guessed_or_asked_gets_a_question_of_its_own():
    both = {"give": ["pay"], "other_top3": ["pay"]}
    guessed, asked = (notes(**both, checked=key)[1:] for key in ("guessed", "asked"))
    assert guessed == ["Raden is een begin. Met welke vraag kom je het te weten?"]
    assert len(asked) == 1
    assert asked != guessed


def picture(given: dict[str, int], counts: dict[str, int], n: int = 10) -> dict:
    """A picture in which nobody chose anything that is not named here."""
    fields = {}
    for field, chosen in zip(PAIR, (given, counts), strict=True):
        for key in CURRENCIES:
            yes = chosen.get(key, 0)
            cells = {"yes": yes, "no": n - yes} if yes else {"yes": None, "no": None}
            fields[f"{field}_{key}"] = {"n": n, "cells": cells}
    return {"n": n, "fields": fields}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_group_sees_two_bars_for_every_currency(language):
    counts = dict.fromkeys(CURRENCIES, 4)
    result = CARD.result(picture(counts | {"pay": 7}, counts), language)
    (row,) = result["rows"]
    assert row["label"] == CARD.overlap.title.in_(language)
    assert row["fields"] == list(PAIR)
    assert [one["key"] for one in row["rows"]] == CURRENCIES
    for one in row["rows"]:
        assert [cell["key"] for cell in one["cells"]] == list(PAIR)
        assert one["apart"] is True
    pay = row["rows"][0]
    assert [cell["count"] for cell in pay["cells"]] == [7, 4]
    assert [cell["share"] for cell in pay["cells"]] == [0.7, 0.4]
    assert row["some_hidden"] is False


def test_what_may_not_be_shown_is_not_shown():
    result = CARD.result(picture({"pay": 7}, {"support": 4}), "nl")
    (row,) = result["rows"]
    assert [one["key"] for one in row["rows"]] == ["pay", "support"]
    told = [[cell["count"] for cell in one["cells"]] for one in row["rows"]]
    assert told == [[7, None], [None, 4]]
    assert row["some_hidden"] is True


def test_one_list_alone_stays_as_it_is():
    fields = picture({"pay": 7}, {"support": 4})["fields"]
    given = {key: value for key, value in fields.items() if key.startswith("give")}
    result = CARD.result({"n": 10, "fields": given}, "nl")
    (row,) = result["rows"]
    assert row["key"] == "give"
    assert [cell["count"] for cell in row["cells"]] == [7]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"filled": ["chekced"]}, "overlap: no field 'chekced'"),
        ({"of": "checked"}, "overlap: checked takes no several options"),
        ({"of": "top"}, "overlap: top takes no several options"),
        ({"within": "other"}, "overlap: other_top3 and other have different options"),
        ({"field": "chekced"}, "no field 'chekced'"),
    ],
)
def test_an_author_is_told_what_cannot_be_compared(change, message):
    table = CARD.model_dump()
    other = {**table["field"][2], "key": "other"}
    other["options"] = other["options"][1:]
    sides = {
        key: {**table["overlap"][key], "key": name}
        for key, name in change.items()
        if key in ("of", "within")
    }
    overlap = table["overlap"] | change | sides
    fields = (*table["field"], other)
    with pytest.raises(ValueError, match=message):
        Form.model_validate(table | {"field": fields, "overlap": overlap})
