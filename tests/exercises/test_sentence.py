import pytest

from widgets.content import load
from widgets.exercises.base import AnswerError
from widgets.exercises.sentence import Sentence

CHAIN = load().exercise("difference/chain")
assert isinstance(CHAIN, Sentence)
ANSWER = {"self": "eerst adem haal", "other": "mijn team mee te krijgen. "}


def test_the_whole_sentence():
    whole = "Omdat ik eerst adem haal, lukt het me om mijn team mee te krijgen."
    assert CHAIN.sentence(ANSWER, "nl") == whole
    assert CHAIN.feedback(ANSWER, "nl")["sentence"] == whole
    assert CHAIN.wall_text(ANSWER, "chain", "nl") == whole


def test_half_a_sentence_is_none():
    assert CHAIN.sentence({"self": "adem haal"}, "nl") == ""
    assert CHAIN.feedback({"self": "adem haal"}, "nl") == {}


def test_places_in_an_answer_are_only_words():
    answer = {"self": "{other} {self}", "other": r"\g<1> $1"}
    assert CHAIN.sentence(answer, "en") == (
        r"Because I {other} {self}, I manage to \g<1> $1."
    )


def test_the_longest_sentence_fits_on_the_wall():
    longest = {key: "x" * field.max_length for key, field in CHAIN.asked.items()}
    for language in ("nl", "en"):
        assert CHAIN.wall_text(CHAIN.check(longest), "chain", language)


def test_only_the_whole_sentence_goes_on_the_wall():
    with pytest.raises(AnswerError, match="not_for_wall"):
        CHAIN.wall_text(ANSWER, "self", "nl")
    with pytest.raises(AnswerError, match="unknown_field"):
        CHAIN.check({"chain": "zelf bedacht"})


def test_the_browser_gets_words_and_places_in_turn():
    parts = CHAIN.public("nl", {})["parts"]
    assert parts == [
        "Omdat ik ",
        {"field": "self"},
        ", lukt het me om ",
        {"field": "other"},
        ".",
    ]


def test_a_template_has_one_place_for_every_field():
    template = {"nl": "Omdat ik {self}", "en": "Because I {self}"}
    with pytest.raises(ValueError, match="one place for every field"):
        Sentence.model_validate(CHAIN.model_dump() | {"template": template})


def test_on_paper_it_is_one_sentence_or_the_places_to_fill_in():
    (line,) = CHAIN.on_paper(ANSWER, "nl")
    assert line.text == CHAIN.sentence(ANSWER, "nl")
    half = CHAIN.on_paper({"self": "adem haal"}, "nl")
    assert [line.text for line in half] == ["adem haal", ""]
    assert all(line.label and line.rows == 2 for line in half)
