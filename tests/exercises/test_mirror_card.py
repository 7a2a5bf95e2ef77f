"""A card for one other person, and what becomes of those that one receives."""

import pytest

from widgets.content import load
from widgets.exercises.base import AnswerError
from widgets.exercises.mirror_card import MirrorCard
from widgets.lints import suggestions

CARD = load().exercise("mirror/card")
assert isinstance(CARD, MirrorCard)
TEXTS = {"saw": "je vroeg door", "effect": "ik dacht na", "option": "wacht even"}
FIRST, SECOND = {"id": "c1", **TEXTS}, {"id": "c2", **TEXTS, "saw": "je lachte"}


def test_what_is_written_is_shared_what_is_decided_is_not_and_a_number_counts():
    codes = {key: field.privacy for key, field in CARD.fields.items()}
    shared = dict.fromkeys(TEXTS, "S")
    assert codes == shared | {"keep": "A", "takeaway": "A", "given": "C"}
    assert not any(field.wall for field in CARD.fields.values())
    assert CARD.public("nl", {})["privacy"] == ["A", "C", "S"]


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("key", TEXTS)
def test_every_part_of_a_card_has_its_suggestion(language, key):
    text = {"nl": "Jij bent dominant.", "en": "You are bossy."}[language]
    answer = CARD.check({key: text})
    (said,) = suggestions(load().lints, CARD, answer, language)
    wanted = {
        "nl": "Beschrijf wat je zag, niet wie iemand is.",
        "en": "Describe what you saw, not who somebody is.",
    }
    assert (said["field"], said["text"]) == (key, wanted[language])


def test_a_draft_is_whole_or_no_card():
    assert CARD.draft(CARD.check({**TEXTS, "code": "X"})) == TEXTS
    for key in TEXTS:
        with pytest.raises(AnswerError, match="empty"):
            CARD.draft(CARD.check(TEXTS | {key: "  "}))


def test_after_sending_the_draft_is_gone_and_counted():
    sent = CARD.when_sent(CARD.check({**TEXTS, "code": "X", "takeaway": "t"}))
    assert sent == {"takeaway": "t", "given": 1}
    assert CARD.counted(sent) == {"given": "1"}
    assert CARD.counted(CARD.check(TEXTS)) == {}
    assert CARD.counted({"given": 7}) == {"given": "3plus"}


def test_a_browser_that_lags_behind_takes_no_card_away_and_counts_none_off():
    before = CARD.with_card({"given": 2}, FIRST)
    assert CARD.check({"takeaway": "t"}, before) == {
        "takeaway": "t",
        "given": 2,
        "cards": [FIRST],
    }


def test_a_card_comes_in_once():
    once = CARD.with_card({}, FIRST)
    assert CARD.with_card(once, FIRST) == once
    assert CARD.with_card(once, SECOND)["cards"] == [FIRST, SECOND]


def test_keeping_and_parking_leave_the_card():
    before = {"cards": [FIRST, SECOND]}
    answer = CARD.check({"choices": {"c1": "keep", "c2": "park"}}, before)
    assert answer["cards"] == [FIRST, SECOND]
    assert answer["choices"] == {"c1": "keep", "c2": "park"}


def test_throwing_away_takes_the_text_and_it_never_comes_back():
    before = {"cards": [FIRST]}
    thrown = CARD.check({"choices": {"c1": "away"}}, before)
    assert thrown == {"cards": [], "choices": {"c1": "away"}}
    late = {"cards": [FIRST], "choices": {"c1": "away"}}
    assert CARD.check(late, thrown) == thrown
    assert CARD.check({"cards": [FIRST]}, thrown)["cards"] == []
    assert CARD.with_card(thrown, FIRST) == thrown


def test_a_file_of_one_s_own_brings_its_cards_along():
    answer = {"cards": [FIRST], "choices": {"c1": "keep"}}
    assert CARD.check(answer) == answer


@pytest.mark.parametrize(
    "odd",
    [
        {"cards": "x"},
        {"cards": ["x"]},
        {"cards": [{"id": "c1"}]},
        {"cards": [FIRST | {"saw": "x" * 201}]},
        {"cards": [FIRST | {"id": "x" * 99}]},
        {"choices": ["c1"]},
        {"choices": {"c1": "sell"}},
        {"choices": {"c1": 1}},
        {"code": 7},
        {"code": "x" * 99},
        {"given": -1},
        {"given": True},
    ],
)
def test_odd_answers_are_refused(odd):
    with pytest.raises(AnswerError):
        CARD.check(odd)


@pytest.mark.parametrize(
    ("answer", "is_complete"),
    [
        ({}, False),
        ({"saw": "x"}, False),
        (TEXTS, True),
        ({"given": 1}, True),
        ({"cards": [FIRST]}, False),
        ({"cards": [FIRST], "choices": {"c1": "park"}}, True),
        ({"cards": [], "choices": {"c1": "away"}}, True),
        ({"given": 1, "skipped": True}, False),
    ],
)
def test_it_is_complete_when_one_gave_or_decided(answer, is_complete):
    assert CARD.is_complete(answer) is is_complete


def test_the_browser_gets_the_cards_and_no_more_than_that():
    public = CARD.public("nl", {"cards": [FIRST], "given": 2})
    assert public["cards"] == [FIRST]
    assert public["given"]["number"] == 2
    assert [one["key"] for one in public["keep"]["options"]] == ["keep", "park", "away"]
    asked = [field["key"] for field in public["fields"]]
    assert asked == ["saw", "effect", "option", "takeaway"]


def test_cards_that_were_kept_are_on_paper_with_what_was_decided():
    answer = {"cards": [FIRST, SECOND], "choices": {"c1": "keep"}, "takeaway": "rust"}
    lines = CARD.on_paper(answer, "nl")
    headings = [line.heading for line in lines if line.heading]
    assert headings == ["Een kaart die ik kreeg – Bewaren", "Een kaart die ik kreeg"]
    texts = [line.text for line in lines]
    assert texts[-1] == "rust"
    for text in (*TEXTS.values(), "je lachte"):
        assert text in texts


def test_the_take_away_is_there_in_the_plan():
    plan = load().exercise("plan/one_page")
    assert "mirror/card.takeaway" in plan.recall
    assert CARD.in_words({"takeaway": "vaker wachten"}, "takeaway", "nl") == (
        "vaker wachten"
    )
