import pytest

from widgets.exercises.base import (
    AnswerError,
    NumberField,
    ScaleField,
    SliderField,
    Text,
)

SUBTLE, DIRECT = Text(nl="subtiel", en="subtle"), Text(nl="directief", en="directive")
SLIDER = SliderField(key="s", privacy="C", low=SUBTLE, high=DIRECT)
PROMISES = NumberField(key="p", privacy="C", max=10, count_to=3)
CONFIDENCE = NumberField(key="c", privacy="C", max=10)
WEEKS = NumberField(key="w", privacy="A", min=2, max=26)
SCALE = ScaleField(key="s", privacy="A")


@pytest.mark.parametrize(
    ("field", "value", "code", "limit"),
    [
        (SLIDER, -1, "too_small", 0),
        (SLIDER, 101, "too_large", 100),
        (SLIDER, 10**9, "too_large", 100),
        (SLIDER, "50", "wrong_type", None),
        (SLIDER, 50.0, "wrong_type", None),
        (SLIDER, True, "wrong_type", None),
        (WEEKS, 1, "too_small", 2),
        (WEEKS, 27, "too_large", 26),
        (WEEKS, None, "wrong_type", None),
        (SCALE, 0, "unknown_option", None),
        (SCALE, 6, "unknown_option", None),
        (SCALE, True, "wrong_type", None),
        (SCALE, 3.0, "wrong_type", None),
        (SCALE, "3", "wrong_type", None),
    ],
)
def test_what_does_not_fit_is_refused_with_a_code(field, value, code, limit):
    with pytest.raises(AnswerError) as caught:
        field.check(value)
    assert (caught.value.code, caught.value.limit) == (code, limit)


def test_what_fits_is_kept():
    assert [SLIDER.check(n) for n in (0, 50, 100)] == [0, 50, 100]
    assert [WEEKS.check(n) for n in (2, 26)] == [2, 26]
    assert [SCALE.check(n) for n in (1, 5, "dont_know")] == [1, 5, "dont_know"]


def test_nothing_is_filled_in_before_it_was_touched():
    assert not SLIDER.is_filled(None)
    assert SLIDER.is_filled(0)


@pytest.mark.parametrize(
    ("low", "high", "labels"),
    [
        (0, 100, ["0–20", "21–40", "41–60", "61–80", "81–100"]),
        (0, 10, ["0–2", "3–4", "5–6", "7–8", "9–10"]),
        (1, 5, ["1–1", "2–2", "3–3", "4–4", "5–5"]),
    ],
)
def test_a_slider_is_counted_in_the_bin_whose_label_holds_its_number(low, high, labels):
    slider = SLIDER.model_copy(update={"min": low, "max": high})
    names = {option.key: option.label.nl.partition(" ")[0] for option in slider.choices}
    assert list(names.values()) == labels
    for value in range(low, high + 1):
        first, last = names[slider.counted(value)["s"]].split("–")
        assert int(first) <= value <= int(last)


def test_the_outer_bins_say_what_their_ends_mean():
    labels = [option.label.en for option in SLIDER.choices]
    assert labels[0] == "0–20 (subtle)"
    assert labels[-1] == "81–100 (directive)"


def test_the_names_of_the_bins_never_change():
    assert SLIDER.option_keys == ("bin1", "bin2", "bin3", "bin4", "bin5")


def test_promises_are_counted_as_none_one_two_or_more():
    assert [option.label.nl for option in PROMISES.choices] == ["0", "1", "2", "3+"]
    counted = [PROMISES.counted(n)["p"] for n in (0, 1, 2, 3, 10)]
    assert counted == ["0", "1", "2", "3plus", "3plus"]


def test_a_short_range_is_counted_number_by_number():
    assert CONFIDENCE.option_keys == tuple(map(str, range(11)))
    assert CONFIDENCE.counted(7) == {"c": "7"}


def test_a_long_range_cannot_be_counted():
    with pytest.raises(ValueError, match="privacy C counts choices"):
        NumberField(key="w", privacy="C", min=2, max=26)


@pytest.mark.parametrize(
    "change", [{"min": 5, "max": 5}, {"max": 9, "count_to": 10}, {"max": -1}]
)
def test_a_range_without_room_is_refused(change):
    with pytest.raises(ValueError, match=r"min must|count_to must|greater than"):
        NumberField.model_validate({"key": "n", "privacy": "A", **change})


def test_a_slider_needs_room_for_its_bins():
    with pytest.raises(ValueError, match="at least 5 places"):
        SliderField(key="s", privacy="A", low=SUBTLE, high=DIRECT, max=3)


def test_the_browser_gets_the_ends_in_its_language():
    assert SLIDER.public("en")["low"] == "subtle"
    assert SLIDER.public("nl")["middle"] is None
    assert (WEEKS.public("nl")["min"], WEEKS.public("nl")["max"]) == (2, 26)
    assert SCALE.public("en")["dont_know"] == "don't know"


def test_numbers_are_read_back_with_what_they_mean():
    assert SLIDER.in_words(42, "nl") == "42 (subtiel – directief)"
    assert PROMISES.in_words(4, "nl") == "4"
    assert SCALE.in_words("dont_know", "en") == "don't know"
