"""Everything that is mine: out and in again, and nothing else gets in."""

import json

import pytest
from printed_workbook import WORKBOOK, invented

from widgets.reports.own_file import (
    MOST_BYTES,
    OwnFileError,
    fitting,
    is_empty,
    own_file,
    read_own_file,
)

WISH, SORTING = "opening/learning_wish", "difference/sorting"
MOVED, AGREEMENT = "opening/first_moved", WORKBOOK.agreement


def written(**change):
    return json.dumps(
        {"format": "leadership-workbook", "version": 1, "answers": {}} | change
    ).encode()


def found(read, have=None, replace=False):
    return fitting(WORKBOOK, read, have or {}, replace=replace)


@pytest.mark.parametrize("seed", range(5))
def test_what_went_out_comes_in_again(seed):
    mine = invented(seed) | {WISH: {"wish": "ë ij € 😀 \u202e ‘é’ \n" + "x" * 100}}
    read = read_own_file(own_file(mine, "Teamdag <mei>", "2026-11-24"))
    assert read == mine
    assert found(read).answers == {
        id: answer for id, answer in mine.items() if id != AGREEMENT
    }


def test_the_choice_to_be_counted_is_made_by_a_click_only():
    assert found({AGREEMENT: {"counting": "yes"}}, replace=True).answers == {}


def test_only_what_is_empty_is_filled():
    mine = {WISH: {"wish": "van hier"}, MOVED: {}}
    read = {WISH: {"wish": "van thuis"}, MOVED: {"first_moved": "self"}}
    result = found(read, mine)
    assert result.answers == {MOVED: {"first_moved": "self"}}
    assert (result.stayed, result.strange) == (1, 0)
    assert found(read, mine, replace=True).answers == read


def test_cards_that_were_dealt_but_not_placed_are_empty():
    exercise = WORKBOOK.exercise(SORTING)
    begun = exercise.start()
    assert is_empty(exercise, begun)
    read = {SORTING: invented()[SORTING]}
    assert found(read, {SORTING: begun}).answers == read
    other = begun | {"placed": {begun["order"][0]: "L"}}
    assert found(read, {SORTING: other}).stayed == 1
    assert found(read, {SORTING: other}, replace=True).answers == read


def test_what_was_explained_stays_as_it_was():
    mine = {SORTING: invented(1)[SORTING]}
    read = {SORTING: invented(2)[SORTING]}
    result = found(read, mine, replace=True)
    assert (result.answers, result.stayed) == ({}, 1)


def test_a_skipped_exercise_was_decided_about():
    mine = {WISH: {"skipped": True}}
    assert found({WISH: {"wish": "x"}}, mine).stayed == 1
    assert found({WISH: {"skipped": True}}).answers == {WISH: {"skipped": True}}


def test_nothing_filled_in_takes_nothing_away():
    mine = {WISH: {"wish": "van hier"}}
    assert found({WISH: {}}, mine, replace=True).answers == {}
    assert found({WISH: {"wish": "  "}}, mine, replace=True).answers == {}


@pytest.mark.parametrize(
    "answer",
    [None, [], "x", 1, {"wish": 1}, {"wish": "x" * 141}, {"other": "x"}, {"wish": {}}],
)
def test_what_does_not_fit_is_left_out(answer):
    result = found({WISH: answer, "no/where": {}, MOVED: {"first_moved": "self"}})
    assert list(result.answers) == [MOVED]
    assert result.strange == 2


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "no_file"),
        (b"%PDF-1.7", "not_ours"),
        (b"\xff\xfe\x00", "not_ours"),
        (b"null", "not_ours"),
        (b"{}", "not_ours"),
        (b"[" * 100_000, "not_ours"),
        (b'{"a":' + b"9" * 10_000 + b"}", "not_ours"),
        (written(format="other"), "not_ours"),
        (written(answers=[]), "not_ours"),
        (written(answers=None), "not_ours"),
        (written(version=2), "other_version"),
        (written(version=None), "other_version"),
        (b" " * (MOST_BYTES + 1), "too_large"),
    ],
)
def test_a_file_of_something_else_is_refused(content, code):
    with pytest.raises(OwnFileError) as caught:
        read_own_file(content)
    assert caught.value.code == code


def test_a_mark_at_the_start_of_the_file_is_forgiven():
    assert read_own_file(b"\xef\xbb\xbf" + written(answers={WISH: {}})) == {WISH: {}}
