"""Results as the trainer sees them: two votes on one claim stand side by side."""

import pytest
from live_room import LiveRoom

CLAIM, AGAIN = "influence/claim", "influence/claim_again"


@pytest.fixture
def room(tmp_path):
    return LiveRoom(tmp_path)


def vote(room, people, exercise, key, choices):
    for person, choice in zip(people, choices, strict=True):
        room.answer(person, exercise, {key: choice})
    room.command(do="show", exercise=exercise)


def result(room, id):
    overview = room.overview()
    return next(
        one["result"]
        for module in overview["modules"]
        for one in module["exercises"]
        if one["id"] == id
    )


def test_both_votes_are_one_picture_once_both_are_shown(room):
    people = room.people(6)
    vote(room, people, AGAIN, "claim_post", "122334")
    (row,) = result(room, AGAIN)["rows"]
    assert [cell["count"] for cell in row["cells"]] == [1, 2, 2, 1, 0]
    vote(room, people, CLAIM, "claim_pre", "555512")
    (row,) = result(room, AGAIN)["rows"]
    pairs = [[cell["count"] for cell in one["cells"]] for one in row["rows"]]
    assert pairs == [[1, 1], [1, 2], [0, 2], [0, 1], [4, 0]]
    labels = [cell["label"] for cell in row["rows"][0]["cells"]]
    assert labels == ["eerste keer", "tweede keer"]
    # The first vote alone stays what it was.
    assert "rows" not in result(room, CLAIM)["rows"][0]


def test_a_first_vote_that_was_hidden_again_stays_away(room):
    people = room.people(6)
    vote(room, people, CLAIM, "claim_pre", "555512")
    vote(room, people, AGAIN, "claim_post", "122334")
    room.command(do="hide", exercise=CLAIM)
    assert "rows" not in result(room, AGAIN)["rows"][0]
