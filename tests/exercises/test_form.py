from random import Random

import pytest

from widgets.content import load
from widgets.exercises.base import AnswerError
from widgets.exercises.form import Form

QUESTIONS = load().exercise("difference/two_questions")
OWN_WORDS = load().exercise("difference/own_words")
GOAL = load().exercise("strengths/goal")
TALENTS = load().exercise("strengths/talents")
assert isinstance(QUESTIONS, Form)


def ask(label: str, target: str) -> list[dict]:
    answer = {f"ex_{label}": "een voorbeeld", f"{label}_target": target}
    return QUESTIONS.feedback(QUESTIONS.check(answer), "nl").get("rules", [])


@pytest.mark.parametrize(("label", "target"), [("L", "other"), ("P", "self")])
def test_a_matching_target_raises_no_question(label, target):
    assert ask(label, target) == []
    assert ask("B", "both") == []


@pytest.mark.parametrize(
    ("label", "target"),
    [
        ("L", "self"),
        ("L", "both"),
        ("P", "other"),
        ("P", "both"),
        ("B", "self"),
        ("B", "other"),
    ],
)
def test_a_target_that_does_not_match_raises_one_question(label, target):
    (rule,) = ask(label, target)
    assert rule["field"] == f"ex_{label}"
    assert rule["text"].endswith("Klopt dat?")
    assert rule["kept"] is False


def test_the_question_of_the_consistency_rule():
    (rule,) = ask("P", "other")
    assert rule["text"] == (
        "Je noemt dit persoonlijk leiderschap, maar je stuurt vooral een ander. "
        "Klopt dat?"
    )


def test_the_goal_decides_nothing():
    answer = {"ex_L": "voorbeeld", "L_target": "other", "L_goal": "personal"}
    assert "rules" not in QUESTIONS.feedback(answer, "nl")


def test_no_question_about_an_empty_example():
    assert QUESTIONS.feedback({"ex_P": "  ", "P_target": "other"}, "nl") == {}


def test_leaving_it_as_it_is_is_kept_as_long_as_the_question_stands():
    answer = {"ex_P": "voorbeeld", "P_target": "other", "kept": ["ex_P"]}
    checked = QUESTIONS.check(answer)
    assert checked == answer
    assert QUESTIONS.feedback(checked, "nl")["rules"][0]["kept"] is True
    mended = QUESTIONS.check(checked | {"P_target": "self"})
    assert "kept" not in mended
    with pytest.raises(AnswerError, match="kept: wrong_type"):
        QUESTIONS.check(answer | {"kept": "ex_P"})


def test_complete_with_every_field_filled_in():
    answer = {
        key: field.option_keys[0] if field.choices else "tekst"
        for key, field in QUESTIONS.asked.items()
    }
    assert QUESTIONS.is_complete(answer)
    assert not QUESTIONS.is_complete(answer | {"ex_B": " "})
    assert QUESTIONS.counted(answer) == {}


def test_boxes_are_for_oneself_and_need_not_be_ticked():
    answer = {"def_L": "anderen bewegen", "def_P": "mezelf sturen"}
    assert OWN_WORDS.is_complete(OWN_WORDS.check(answer))
    ticked = OWN_WORDS.check(answer | {"named_P": ["goal", "self"]})
    assert ticked["named_P"] == ["self", "goal"]


def test_twenty_five_words_are_enough():
    OWN_WORDS.check({"def_L": "woord " * 25})
    with pytest.raises(AnswerError) as caught:
        OWN_WORDS.check({"def_L": "woord " * 26})
    assert (caught.value.code, caught.value.limit) == ("too_many_words", 25)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"field": "ex_Q", "when": {}}, "no field 'ex_Q'"),
        ({"field": "ex_L", "when": {"L_targt": ["self"]}}, "no field 'L_targt'"),
        ({"field": "ex_L", "when": {"L_target": ["slef"]}}, "no option 'slef'"),
    ],
)
def test_a_rule_about_nothing_is_refused(change, message):
    rule = change | {"text": {"nl": "x", "en": "x"}}
    with pytest.raises(ValueError, match=message):
        Form.model_validate(QUESTIONS.model_dump() | {"rule": [rule]})


def test_a_note_comes_up_by_itself_and_waits_for_nothing():
    said = {"nl": "Van wie is dit doel?", "en": "Whose goal is this?"}
    note = {"when": {"L_goal": ["group"]}, "filled": ["ex_L"], "text": said}
    asked = Form.model_validate(
        QUESTIONS.model_dump() | {"note": [note, note | {"field": "L_goal"}]}
    )
    answer = {"ex_L": "een voorbeeld", "L_goal": "group"}
    assert asked.feedback(answer, "en") == {
        "notes": [
            {"field": "", "text": "Whose goal is this?"},
            {"field": "L_goal", "text": "Whose goal is this?"},
        ]
    }
    assert asked.feedback(answer | {"L_goal": "personal"}, "en") == {}
    with pytest.raises(ValueError, match="no field 'L_gaol'"):
        Form.model_validate(
            QUESTIONS.model_dump() | {"note": [note | {"field": "L_gaol"}]}
        )


def test_on_paper_parts_have_a_heading_and_the_sign_of_their_group():
    lines = QUESTIONS.on_paper({"ex_P": "ik sta op tijd op"}, "nl")
    heads = [(line.heading, line.group) for line in lines if line.heading]
    assert heads == [
        ("Leiderschap", "L"),
        ("Persoonlijk leiderschap", "P"),
        ("Allebei", "B"),
    ]
    (filled,) = (line for line in lines if line.text)
    assert (filled.heading, filled.text) == (heads[1][0], "ik sta op tijd op")


def test_on_paper_parts_come_first_and_loose_fields_last():
    part = {"title": {"nl": "Kop", "en": "Head"}, "fields": ["P_goal", "ex_B"]}
    form = Form.model_validate(QUESTIONS.model_dump() | {"part": [part]})
    labels = [line.label for line in form.on_paper({}, "nl")]
    first = [form.asked[key].label.nl for key in ("P_goal", "ex_B", "ex_L")]
    assert labels[:3] == first
    assert len(labels) == len(form.asked)


@pytest.mark.parametrize(("mine", "is_asked"), [(0, True), (39, True), (40, False)])
def test_a_goal_that_is_hardly_ones_own_raises_the_question_whose_it_is(mine, is_asked):
    notes = GOAL.feedback(GOAL.check({"mine": mine}), "nl").get("notes", [])
    asked = "Van wie is dit doel? Je mag een ander doel kiezen."
    assert notes == ([{"field": "mine", "text": asked}] if is_asked else [])


def test_a_proof_stays_marked_until_it_tells_a_situation():
    chosen = {"strengths": ["patient"], "top": "patient"}
    for proof in ("", "ik ben geduldig"):
        (note,) = TALENTS.feedback(chosen | {"proof": proof}, "nl")["notes"]
        assert note["field"] == "proof"
    told = chosen | {"proof": "een nieuwe collega het drie keer uitlegde"}
    assert "notes" not in TALENTS.feedback(told, "nl")


def test_only_the_words_that_were_chosen_are_counted():
    answer = {"strengths": ["patient", "quick"], "top": "quick", "proof": "geheim"}
    counted = TALENTS.counted(TALENTS.check(answer))
    yes = {key for key, value in counted.items() if value == "yes"}
    assert yes == {"strengths_patient", "strengths_quick"}
    assert len(counted) == 32


def test_an_optional_field_may_stay_empty():
    card = load().exercise("exchange/card")
    answer = card.invent(Random(1)) | {"open_promises": 0}
    del answer["promise_text"]
    assert card.is_complete(card.check(answer))
    assert not card.is_complete(answer | {"skipped": True})
    assert not card.is_complete(answer | {"ask": ""})


def test_an_open_promise_raises_a_question():
    card = load().exercise("exchange/card")
    assert isinstance(card, Form)
    assert card.feedback({"open_promises": 0}, "nl") == {}
    (note,) = card.feedback({"open_promises": 1}, "nl")["notes"]
    assert note["field"] == "open_promises"
    assert note["text"] == "Welke los je deze week in, of geef je eerlijk terug?"


PLAN = load().exercise("patterns/plan")


def spoilt(**change):
    return Form.model_validate(PLAN.model_dump() | change)


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ({"nl": "Als {iff}.", "en": "If {iff}."}, "whole: iff is no text field"),
        ({"nl": "{if_film}", "en": "{if_film}"}, "whole: if_film is no text field"),
        ({"nl": "Als {if}.", "en": "If {then}."}, "both languages need the same"),
    ],
)
def test_a_whole_sentence_is_made_of_its_texts(template, message):
    with pytest.raises(ValueError, match=message):
        spoilt(whole={"title": template, "template": template})


def test_what_makes_a_form_done_must_exist():
    with pytest.raises(ValueError, match="done: if_film has no option 'maybe'"):
        spoilt(done={"when": {"if_film": ("maybe",)}})
