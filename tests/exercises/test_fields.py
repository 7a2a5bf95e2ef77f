import unicodedata

import pytest
from hypothesis import given
from invented_answers import hostile

from widgets.exercises.base import (
    AnswerError,
    ChecksField,
    ChoiceField,
    Option,
    Text,
    TextField,
    clean,
)

OPTIONS = tuple(
    Option(key=key, label=Text(nl=key, en=key)) for key in ("one", "two", "three")
)
TEXT = TextField(key="t", privacy="A", max_length=20, max_words=3)
CHOICE = ChoiceField(key="c", privacy="C", options=OPTIONS)
CHECKS = ChecksField(key="k", privacy="A", options=OPTIONS)


@given(hostile)
def test_cleaned_text_can_be_kept_everywhere(typed: str):
    text = clean(typed)
    text.encode("utf-8")
    assert clean(text) == text
    assert unicodedata.is_normalized("NFC", text)
    assert not [c for c in text if unicodedata.category(c) == "Cc" and c != "\n"]


@pytest.mark.parametrize(
    "typed",
    [
        "<b>niet vet</b> & 'aanhaling'",
        "\u202eomgekeerd\u202c \u200fעברית",
        "👩‍👩‍👧‍👦 🏳️‍🌈",
        "twee\nregels",
        "café",
    ],
)
def test_what_people_write_stays_as_it_is(typed: str):
    assert clean(typed) == typed


def test_halves_of_characters_are_joined_or_dropped():
    assert clean("a\ud83d\ude00b") == "a😀b"
    assert clean("a\ud83db\ude00") == "ab"


def test_what_never_is_a_character_is_dropped():
    assert clean("a\ufffeb\uffffc\U0001ffffd\U0010fffee\ufdd0") == "abcde"
    assert clean("\ufffd\ufdcf\ufdf0\U0001fffd") == "\ufffd\ufdcf\ufdf0\U0001fffd"


def test_line_ends_and_tabs_become_plain():
    assert clean("een\r\ntwee\rdrie\tvier\x00") == "een\ntwee\ndrie vier"


def test_a_field_of_one_row_is_one_line():
    line = TextField(key="t", privacy="A", rows=1)
    assert line.check("een\ntwee") == "een twee"


@pytest.mark.parametrize(
    ("field", "value", "code", "limit"),
    [
        (TEXT, "x" * 21, "too_long", 20),
        (TEXT, "x" * 100_000, "too_long", 20),
        (TEXT, "een twee drie vier", "too_many_words", 3),
        (TEXT, 7, "wrong_type", None),
        (TEXT, None, "wrong_type", None),
        (CHOICE, "four", "unknown_option", None),
        (CHOICE, ["one"], "wrong_type", None),
        (CHECKS, ["one", "four"], "unknown_option", None),
        (CHECKS, "one", "wrong_type", None),
        (CHECKS, [{}], "wrong_type", None),
    ],
)
def test_what_does_not_fit_is_refused_with_a_code(field, value, code, limit):
    with pytest.raises(AnswerError) as caught:
        field.check(value)
    assert (caught.value.field, caught.value.code, caught.value.limit) == (
        field.key,
        code,
        limit,
    )


def test_what_fits_is_kept():
    assert TEXT.check("een twee drie") == "een twee drie"
    assert CHOICE.check("two") == "two"
    assert CHECKS.check(["three", "one", "three"]) == ["one", "three"]
    assert CHECKS.check([]) == []


def test_only_choices_can_be_counted():
    with pytest.raises(ValueError, match="privacy C counts choices"):
        TextField(key="t", privacy="C")


def test_two_options_with_one_key_are_refused():
    with pytest.raises(ValueError, match="same key"):
        ChoiceField(key="c", privacy="A", options=(OPTIONS[0], OPTIONS[0]))


def test_every_field_must_say_its_privacy():
    with pytest.raises(ValueError, match="privacy"):
        TextField.model_validate({"key": "t"})


def test_a_choice_is_counted_as_it_is_and_read_back_in_words():
    assert CHOICE.counted("two") == {"c": "two"}
    assert [field.option_keys for field in CHOICE.counted_fields] == [
        ("one", "two", "three")
    ]
    assert CHOICE.in_words("two", "nl") == "two"
    assert CHECKS.in_words(["three", "one"], "en") == "three, one"
    assert TEXT.in_words("zoals het er staat", "nl") == "zoals het er staat"
