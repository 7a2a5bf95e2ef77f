"""What every type promises, tried on every exercise of the workbook."""

import json
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented_answers import answer_to, hostile

from widgets import exercises
from widgets.content import LANGUAGES, load
from widgets.exercises.base import AnswerError, Exercise, TextField

EXERCISES = list(load().exercises.values())
every_exercise = pytest.mark.parametrize("exercise", EXERCISES, ids=lambda e: e.id)
unhurried = settings(
    deadline=None, max_examples=30, suppress_health_check=[HealthCheck.too_slow]
)


def test_types_are_found_by_their_file_names():
    assert set(exercises.types()) >= {exercise.type for exercise in EXERCISES}
    for name, kind in exercises.types().items():
        assert kind.__module__ == f"widgets.exercises.{name}"


@pytest.mark.parametrize("name", exercises.types())
def test_every_type_has_its_script_and_its_test(name: str):
    assert Path(exercises.__file__).with_name(f"{name}.js").exists()
    assert Path(__file__).with_name(f"test_{name}.py").exists()


@every_exercise
def test_a_newcomer_has_nothing_complete_counted_or_explained(exercise: Exercise):
    start = exercise.start()
    assert exercise.check(start) == start
    assert not exercise.is_complete(start)
    assert exercise.counted(start) == {}
    assert exercise.feedback(start, "nl") == {}


@every_exercise
@unhurried
@given(data=st.data())
def test_a_good_answer_is_json_and_stays_the_same(exercise: Exercise, data):
    answer = exercise.check(data.draw(answer_to(exercise)))
    assert json.loads(json.dumps(answer)) == answer
    assert exercise.check(answer, answer) == answer
    json.dumps(exercise.feedback(answer, "nl"), allow_nan=False)


@every_exercise
@unhurried
@given(data=st.data())
def test_only_choices_with_privacy_c_are_ever_counted(exercise: Exercise, data):
    answer = exercise.check(data.draw(answer_to(exercise)))
    for key, value in exercise.counted(answer).items():
        field = exercise.countable[key]
        assert field.privacy == "C"
        assert value in field.option_keys
    assert exercise.counted(answer | {"skipped": True}) == {} or (
        exercise.type == "consent"
    )


@every_exercise
@unhurried
@given(typed=hostile)
def test_hostile_text_is_cleaned_or_refused(exercise: Exercise, typed: str):
    for key, field in exercise.asked.items():
        if not isinstance(field, TextField):
            continue
        try:
            kept = exercise.check({key: typed})[key]
        except AnswerError as error:
            assert error.code in ("too_long", "too_many_words")
            assert error.limit
        else:
            kept.encode("utf-8")
            assert len(kept) <= field.max_length


@every_exercise
@unhurried
@given(
    answer=st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | hostile,
        lambda inner: st.lists(inner) | st.dictionaries(hostile, inner),
        max_leaves=5,
    )
)
def test_anything_else_is_refused_with_a_clear_error(exercise: Exercise, answer):
    try:
        assert isinstance(exercise.check(answer), dict)
    except AnswerError as error:
        assert str(error)


@every_exercise
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_browser_gets_json_in_its_language(exercise: Exercise, language):
    public = exercise.public(language, exercise.start())
    assert public["title"] == exercise.title.in_(language)
    asked = {field["privacy"] for field in public["fields"]}
    counted = {field.privacy for field in exercise.to_count}
    assert asked | counted == set(public["privacy"])
    assert json.loads(json.dumps(public, allow_nan=False)) == public
    hidden = {"why", "answer", "reverse", "part", "rule", "concepts"}
    assert not hidden & _keys(public)


def _keys(value) -> set[str]:
    if isinstance(value, dict):
        return set(value).union(*map(_keys, value.values()))
    if isinstance(value, list):
        return set().union(*map(_keys, value))
    return set()


@every_exercise
@pytest.mark.parametrize("seed", range(5))
def test_an_invented_answer_is_complete_and_follows_its_seed(exercise, seed):
    answer = exercise.invent(random.Random(seed))
    assert exercise.check(answer) == answer
    assert exercise.is_complete(answer)
    assert exercise.invent(random.Random(seed)) == answer


@every_exercise
def test_unknown_keys_are_refused(exercise: Exercise):
    with pytest.raises(AnswerError) as caught:
        exercise.check({"nobody_asked": "x"})
    assert caught.value.code == "unknown_field"


@every_exercise
def test_skipping_is_kept_and_is_a_yes_or_a_no(exercise: Exercise):
    assert exercise.check({"skipped": True}) == {"skipped": True}
    with pytest.raises(AnswerError):
        exercise.check({"skipped": "ja"})


@every_exercise
def test_only_fields_that_may_go_on_the_wall_go_there(exercise: Exercise):
    for key, field in exercise.fields.items():
        if not field.wall:
            with pytest.raises(AnswerError, match="not_for_wall"):
                exercise.wall_text({key: "geheim"}, key, "nl")
        else:
            assert isinstance(field, TextField)
            with pytest.raises(AnswerError, match="empty"):
                exercise.wall_text({}, key, "nl")


@every_exercise
def test_a_picture_gets_its_words_and_hides_what_is_hidden(exercise: Exercise):
    fields = {
        key: {"n": 8, "cells": dict.fromkeys(field.option_keys)}
        for key, field in exercise.countable.items()
    }
    result = exercise.result({"n": 8, "fields": fields}, "en")
    asked = [row for row in result["rows"] if "run" not in row]
    drawn = [key for row in asked for key in row.get("fields", [row["key"]])]
    assert drawn == [one.key for one in exercise.to_count]
    cells = [cell for row in result["rows"] for cell in row["cells"]]
    assert all(cell["count"] is cell["share"] is None for cell in cells)
    nothing = {key: {"n": None, "cells": None} for key in fields}
    result = exercise.result({"n": 4, "fields": nothing}, "en")
    assert result["rows"] == []
    assert result["left_out"] == len(exercise.to_count)


@every_exercise
@pytest.mark.parametrize("language", LANGUAGES)
def test_on_paper_a_newcomer_has_room_for_every_answer(exercise: Exercise, language):
    for answer in ({}, exercise.start()):
        lines = exercise.on_paper(answer, language)
        assert any(line.rows for line in lines)
        assert not any(line.text or line.why for line in lines if line.rows)


@every_exercise
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("seed", range(3))
def test_on_paper_a_complete_answer_is_all_in_words(exercise, language, seed):
    answer = exercise.invent(random.Random(seed))
    lines = exercise.on_paper(answer, language)
    said = "\n".join(line.text for line in lines)
    for key, field in exercise.asked.items():
        if field.is_filled(answer.get(key)):
            assert field.in_words(answer[key], language) in said
    numbers = {
        field.in_words(answer[key], language)
        for key, field in exercise.asked.items()
        if isinstance(answer.get(key), int)
    }
    for line in lines:
        # A place on a slider is told as its number, not as the part it lies in.
        if line.options and line.text and line.text not in numbers:
            assert any(option in line.text for option in line.options)


@every_exercise
@unhurried
@given(data=st.data())
def test_on_paper_every_good_answer_has_its_place(exercise: Exercise, data):
    answer = exercise.check(data.draw(answer_to(exercise)))
    lines = exercise.on_paper(answer, "nl")
    values = answer.get("placed", answer)
    given = {key: values[key] for key in exercise.asked if key in values}
    words = [exercise.asked[key].in_words(given[key], "nl") for key in given]
    is_shown = any(line.text for line in lines if line.rows)
    assert is_shown == any(word.strip() for word in words)
