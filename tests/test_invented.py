"""Invented people: the same seed gives the same ones, and all that they say fits."""

import random

import pytest

from widgets.content import load
from widgets.invented import Person

EXERCISES = load().exercises
ORDER = list(EXERCISES)
ROOM = [Person(number, seed=4) for number in range(30)]


def answers(seed):
    people = [Person(number, seed) for number in range(5)]
    return [person.answer(EXERCISES[name]) for person in people for name in ORDER]


def test_the_same_seed_gives_the_same_answers_in_whatever_order():
    found = answers(7)
    shuffled = list(range(5))
    random.shuffle(shuffled)
    again = {
        n: [Person(n, 7).answer(EXERCISES[name]) for name in ORDER] for n in shuffled
    }
    assert found == [one for n in range(5) for one in again[n]]
    assert found != answers(8)


def test_people_differ_from_each_other():
    for person in ROOM[:3]:
        others = [one.answer(EXERCISES["opening/starting_point"]) for one in ROOM]
        assert others.count(person.answer(EXERCISES["opening/starting_point"])) == 1


def test_a_room_speaks_two_languages_and_not_everybody_is_counted():
    for people in (ROOM[:5], ROOM):
        assert {person.language for person in people} == {"nl", "en"}
    assert 0 < sum(not person.counting for person in ROOM) < 10


def test_some_drop_out_and_nobody_comes_back():
    left = [sum(person.has_left(name, ORDER) for person in ROOM) for name in ORDER]
    assert left == sorted(left)
    assert left[0] == 0
    assert 0 < left[-1] < 15
    assert not any(
        Person(n, 4, like_people=False).has_left(ORDER[-1], ORDER) for n in range(30)
    )


def test_thinking_takes_its_time_and_not_the_same_for_all():
    times = {person.thinks(ORDER[1], 10.0) for person in ROOM}
    assert len(times) == len(ROOM)
    assert min(times) < 3.0
    assert 7.0 < max(times) <= 10.0


@pytest.mark.parametrize("id", ORDER)
def test_whatever_is_left_empty_can_be_kept(id):
    exercise, kept = EXERCISES[id], []
    for number in range(120):
        answer = Person(number, seed=1).answer(exercise)
        kept.append(exercise.check(answer, {}))
    assert sum(map(exercise.is_complete, kept)) > 40
    assert not all(map(exercise.is_complete, kept))
