"""A second vote after discussion, beside the first."""

import pytest

from widgets import content, second_vote
from widgets import session as rules
from widgets.state import State

CLAIM = content.load().exercise("influence/claim")
FIELDS = {"claim_pre": rules.FieldRule(tuple("12345"))}


def votes(text):
    return {"claim_pre": list(text)}


def first(text="11255"):
    return rules.show(rules.open(State()), FIELDS, votes(text))


@pytest.mark.parametrize(
    ("name", "fits"),
    [
        ("influence/claim", True),
        ("opening/first_moved", False),  # one's own situation
        ("opening/agreement", False),
        ("difference/sorting", False),  # the answers were explained
        ("opening/learning_wish", False),
    ],
)
def test_only_an_opinion_is_voted_on_twice(name, fits):
    assert second_vote.fits(content.load().exercise(name)) is fits


def test_it_needs_a_first_picture_and_happens_once():
    assert not second_vote.is_ready(CLAIM, rules.open(State()))
    state = first()
    assert second_vote.is_ready(CLAIM, state)
    begun = second_vote.begin(state)
    assert not second_vote.is_ready(CLAIM, begun)
    done = second_vote.show(begun, FIELDS, votes("55455"))
    assert not second_vote.is_ready(CLAIM, done)


def test_the_first_picture_is_kept_and_not_shown_meanwhile():
    begun = second_vote.begin(first())
    assert begun.is_open
    assert not begun.is_shown
    assert second_vote.is_pending(begun)
    done = second_vote.show(begun, FIELDS, votes("55455"))
    assert done.is_shown
    assert not done.is_open
    assert done.picture["first"] == first().picture
    assert done.picture["fields"]["claim_pre"]["cells"]["5"] == 4


def test_showing_again_keeps_both():
    done = second_vote.show(second_vote.begin(first()), FIELDS, votes("55455"))
    hidden = rules.hide(done)
    assert second_vote.show(hidden, FIELDS, votes("11111")) == done


@pytest.mark.parametrize("text", ["1125551", "11255511", "1125555551"])
def test_one_or_two_people_of_difference_are_never_shown(text):
    begun = second_vote.begin(first("112555111"))
    with pytest.raises(second_vote.NotTheSame):
        second_vote.show(begun, FIELDS, votes(text))
    back = second_vote.cancelled(begun)
    assert back == first("112555111")


def test_fewer_than_five_are_not_shown():
    with pytest.raises(rules.NotEnough):
        second_vote.show(second_vote.begin(first()), FIELDS, votes("1"))


@pytest.mark.parametrize(
    ("language", "labels"),
    [("nl", ["eerste keer", "tweede keer"]), ("en", ["first time", "second time"])],
)
def test_both_stand_side_by_side_in_words(language, labels):
    done = second_vote.show(second_vote.begin(first()), FIELDS, votes("55455"))
    drawn = second_vote.result(CLAIM, done.picture, language)
    [row] = drawn["rows"]
    assert row["label"] == CLAIM.prompt.in_(language)
    assert row["cells"] == []
    assert {tuple(cell["label"] for cell in one["cells"]) for one in row["rows"]} == {
        tuple(labels)
    }
    counts = [[cell["count"] for cell in one["cells"]] for one in row["rows"]]
    assert counts == [[2, 0], [1, 0], [0, 0], [0, 1], [2, 4]]


def test_a_single_vote_is_drawn_as_ever():
    picture = first().picture
    assert second_vote.result(CLAIM, picture, "nl") == CLAIM.result(picture, "nl")
