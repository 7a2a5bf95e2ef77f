import json

import pytest
from memory_room import Room

from widgets.content import LANGUAGES, load
from widgets.exercises.pattern_loop import PLACES, PatternLoop
from widgets.frame import Frame

LOOP = load().exercise("patterns/loop")
assert isinstance(LOOP, PatternLoop)
PATTERN = {
    "cue": "iemand is het niet\nmet me eens",
    "old": "ik zeg niets meer",
    "payoff": "geen gedoe",
    "price": "mijn idee telt niet mee",
    "new": "ik stel één vraag",
}


def without(*keys: str) -> dict[str, str]:
    return {key: text for key, text in PATTERN.items() if key not in keys}


def told(language: str, answer: dict) -> dict[str, str]:
    lines = LOOP.on_paper(answer, language)[len(PLACES) :]
    return {line.label: line.text for line in lines}


def test_every_place_is_only_for_the_participant():
    assert list(LOOP.fields) == list(PATTERN)
    assert {field.privacy for field in LOOP.fields.values()} == {"A"}
    assert {field.max_length for field in LOOP.fields.values()} == {140}
    assert not any(field.wall for field in LOOP.fields.values())
    assert LOOP.counted(PATTERN) == {}


@pytest.mark.parametrize("payoff", [{}, {"payoff": " \n"}])
def test_every_pattern_brings_something(payoff):
    answer = without("payoff") | payoff
    assert not LOOP.is_complete(answer)
    assert LOOP.feedback(answer, "nl") == {
        "no_payoff": "Elk patroon levert iets op. Anders had je het niet."
    }


@pytest.mark.parametrize("missing", ["cue", "old"])
def test_nobody_is_asked_what_it_brings_before_the_old_way_is_there(missing):
    assert LOOP.feedback(without("payoff", missing), "en") == {}


def test_a_whole_loop_leads_to_the_next_question():
    assert LOOP.is_complete(PATTERN)
    said = LOOP.feedback(PATTERN, "nl")
    assert list(said) == ["text"]
    assert said["text"].endswith("Krijg je dat ook langs de nieuwe weg?")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_thought_about_the_payoff_waits_until_it_is_due(language):
    frame = Frame.for_(LOOP, Room(), language)
    text = LOOP.no_payoff.in_(language)
    before = json.dumps(frame.get_state(), default=str, ensure_ascii=False)
    assert text not in before
    frame.set_state({"value": without("payoff"), "seq": 1})
    assert frame.feedback["no_payoff"] == text


@pytest.mark.parametrize(
    ("key", "typed"),
    [("old", "zo ben ik nu eenmaal"), ("new", "ik word niet meer boos")],
)
def test_what_one_does_is_no_label_and_a_new_way_is_doing_something(key, typed):
    frame = Frame.for_(LOOP, Room(), "nl")
    frame.set_state({"value": {key: typed}, "seq": 1})
    (lint,) = frame.feedback["lints"]
    assert lint["field"] == key
    assert frame.kept == 1


def test_on_paper_the_old_way_goes_round_and_the_new_one_out():
    assert told("nl", PATTERN) == {
        "De oude weg": "iemand is het niet met me eens → ik zeg niets meer → "
        "geen gedoe. Daarom gaat het de volgende keer weer zo.",
        "De nieuwe weg": "iemand is het niet met me eens → ik stel één vraag.",
    }


@pytest.mark.parametrize(
    ("missing", "ways"),
    [
        ("price", ["The old way", "The new way"]),
        ("payoff", ["The new way"]),
        ("new", ["The old way"]),
        ("cue", []),
    ],
)
def test_on_paper_half_a_way_is_none(missing, ways):
    assert list(told("en", without(missing))) == ways


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_browser_gets_a_name_for_every_place_and_words_for_every_way(language):
    public = LOOP.public(language, {})
    assert {place["key"] for place in public["places"]} == set(PLACES)
    assert all(place["name"] for place in public["places"])
    ways = {place["key"]: place["leads"] for place in public["places"]}
    assert {key for key, words in ways.items() if not words} == {"cue", "price"}
    assert public["again"]
    assert public["also"]


@pytest.mark.parametrize("change", [slice(0, 4), slice(1, 5)])
def test_a_loop_that_is_none_is_refused(change):
    table = LOOP.model_dump()
    with pytest.raises(ValueError, match="the places are cue, old, price, payoff, new"):
        PatternLoop.model_validate(table | {"place": table["place"][change]})
