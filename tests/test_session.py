"""What a group may see of itself, and that nobody can be worked out from it."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from widgets import session
from widgets.session import (
    FieldRule,
    NotEnough,
    State,
    normalise_code,
    picture,
)

CLAIM = {"f": FieldRule(("a", "b", "c", "d"))}
OWN = {"f": FieldRule(("a", "b", "c", "d"), own_situation=True)}


def answers(*counts: int) -> dict[str, list[str]]:
    pairs = zip("abcdef", counts, strict=False)
    return {"f": [option for option, n in pairs for _ in range(n)]}


def cells(drawn: dict[str, Any] | None) -> list[int | None]:
    assert drawn is not None
    return list(drawn["fields"]["f"]["cells"].values())


@pytest.mark.parametrize("people", [0, 1, 4])
def test_nothing_below_five(people):
    assert picture(CLAIM, answers(people)) is None
    with pytest.raises(NotEnough) as refused:
        session.show(State(), CLAIM, answers(people))
    assert refused.value.n == people
    assert str(people) not in str(refused.value)


@pytest.mark.parametrize("people", [5, 7, 8])
def test_five_are_shown(people):
    drawn = picture(CLAIM, answers(people - 1, 1))
    assert drawn == {
        "n": people,
        "fields": {
            "f": {
                "n": people,
                "cells": {"a": people - 1, "b": 1, "c": 0, "d": 0},
                "almost_all_same": False,
            }
        },
    }


def test_a_field_with_fewer_than_five_stays_out():
    rules = {"f": FieldRule(("a",)), "g": FieldRule(("a",))}
    drawn = picture(rules, {"f": ["a"] * 6, "g": ["a"] * 4})
    assert drawn is not None
    assert drawn["n"] == 6
    assert drawn["fields"]["g"] == {"n": None, "cells": None, "almost_all_same": False}


def test_values_that_are_no_option_do_not_count():
    assert picture(CLAIM, {"f": ["a"] * 4 + ["<script>"], "g": ["a"] * 9}) is None


def test_small_cells_of_ones_own_situation_are_hidden():
    assert cells(picture(CLAIM, answers(5, 2, 1, 0))) == [5, 2, 1, 0]
    assert cells(picture(OWN, answers(5, 2, 1, 0))) == [5, None, None, None]


def test_a_lone_small_cell_takes_another_with_it():
    assert cells(picture(OWN, answers(5, 4, 3, 1))) == [5, 4, None, None]


def test_equal_cells_are_hidden_together():
    assert cells(picture(OWN, answers(5, 3, 3, 1))) == [5, None, None, None]


@pytest.mark.parametrize("counts", [(8, 0, 0, 0), (0, 0, 1, 7), (4, 1)])
def test_almost_all_the_same_is_said_without_saying_what(counts):
    drawn = picture(OWN, answers(*counts))
    assert cells(drawn) == [None] * 4
    assert drawn is not None
    assert drawn["fields"]["f"]["almost_all_same"]
    assert None not in cells(picture(CLAIM, answers(*counts)))


def test_two_apart_is_not_almost_all_the_same():
    drawn = picture(OWN, answers(6, 2))
    assert drawn is not None
    assert not drawn["fields"]["f"]["almost_all_same"]


def distributions(n: int, options: int) -> Iterator[tuple[int, ...]]:
    if options == 1:
        yield (n,)
        return
    for first in range(n + 1):
        for rest in distributions(n - first, options - 1):
            yield (first, *rest)


def seen(counts: tuple[int, ...], before: dict[str, Any] | None = None) -> Any:
    rules = {"f": FieldRule(tuple("abcdef"[: len(counts)]), own_situation=True)}
    return picture(rules, answers(*counts), before=before)


def key(drawn: Any) -> tuple[Any, ...]:
    field = drawn["fields"]["f"]
    return field["n"], field["almost_all_same"], *field["cells"].values()


@pytest.mark.parametrize("options", [2, 3, 4, 5])
@pytest.mark.parametrize("n", range(5, 13))
def test_no_hidden_cell_can_be_worked_out(n, options):
    """Whoever knows these rules still has two values for every hidden cell."""
    possible = defaultdict(list)
    for counts in distributions(n, options):
        possible[key(seen(counts))].append(counts)
    for (_, _, *shown), behind in possible.items():
        for at, cell in enumerate(shown):
            assert len({counts[at] for counts in behind}) > 1 or cell is not None
            assert cell is None or (cell >= 3 and {cell} == {c[at] for c in behind})


@pytest.mark.parametrize(("n", "options"), [(5, 3), (8, 3), (5, 4), (6, 4), (8, 4)])
def test_two_pictures_together_uncover_no_small_cell(n, options):
    possible = defaultdict(set)
    for first in distributions(n, options):
        for more in range(6):
            for extra in distributions(more, options):
                second = tuple(map(sum, zip(first, extra, strict=True)))
                before = seen(first)
                after = seen(second, before)
                possible[key(before), key(after)].add((first, second))
    for pictures, behind in possible.items():
        for which, (_, _, *shown) in enumerate(pictures):
            for at, cell in enumerate(shown):
                values = {both[which][at] for both in behind}
                assert cell is not None or len(values) > 1 or min(values) >= 3


def test_a_shown_picture_is_frozen_until_three_more_came_in():
    first = session.show(State(), CLAIM, answers(3, 2))
    assert first.is_shown and first.pictured == 5
    for late in [(3, 2), (4, 2), (5, 2), (0, 5), (0, 0, 4)]:
        again = session.show(session.hide(first), CLAIM, answers(*late))
        assert again == first
        assert session.new_count(first, CLAIM, answers(*late)) == 0
    assert session.new_count(first, CLAIM, answers(5, 3)) == 3
    fresh = session.show(first, CLAIM, answers(5, 3))
    assert fresh.pictured == 8
    assert cells(fresh.picture) == [5, 3, 0, 0]


def test_a_cell_that_became_small_is_not_shown_the_next_time():
    """Answers may change: four people chose b, later one is left."""
    first = picture(OWN, answers(6, 4, 3, 3))
    assert cells(first) == [6, 4, 3, 3]
    assert picture(OWN, answers(9, 1, 5, 5), before=first) == first


def test_what_was_hidden_stays_hidden_in_a_later_picture():
    first = picture(OWN, answers(5, 2, 1, 0))
    assert cells(picture(OWN, answers(6, 5, 1, 0), before=first)) == [6] + [None] * 3


def test_every_field_waits_for_three_of_its_own():
    rules = {"f": FieldRule(("a", "b")), "g": FieldRule(("a", "b"))}
    first = picture(rules, {"f": ["a"] * 5, "g": ["a"] * 5})
    later = {"f": ["a"] * 5 + ["b"] * 3, "g": ["a"] * 5 + ["b"]}
    second = picture(rules, later, before=first)
    assert second is not None
    assert second["fields"]["f"]["cells"] == {"a": 5, "b": 3}
    assert second["fields"]["g"]["cells"] == {"a": 5, "b": 0}


def test_new_answers_that_cannot_be_shown_yet_are_not_told():
    assert session.new_count(State(), CLAIM, answers(4)) == 0
    assert session.new_count(State(), CLAIM, answers(4, 1)) == 5


def test_open_close_show_hide():
    opened = session.open(State())
    assert opened.is_open and opened.was_opened
    shown = session.show(opened, CLAIM, answers(3, 3))
    assert shown.is_shown and not shown.is_open
    assert not session.hide(shown).is_shown
    assert session.hide(shown).picture == shown.picture
    reopened = session.open(shown)
    assert reopened.is_open and not reopened.is_shown
    assert session.close(reopened).was_opened


def test_a_count_is_told_from_five():
    assert [session.shown_count(n) for n in (0, 4, 5, 12)] == ["<5", "<5", "5", "12"]


def test_texts_appear_from_five_and_in_any_order():
    assert session.wall(list("abcd")) == []
    orders = {tuple(session.wall(list("abcde"))) for _ in range(200)}
    assert len(orders) > 50
    assert {tuple(sorted(order)) for order in orders} == {tuple("abcde")}


def test_join_codes_cannot_be_misread_or_be_words():
    made = [session.new_code() for _ in range(2000)]
    assert len(set(made)) > 1990
    assert all(len(code) == 6 for code in made)
    assert not set("".join(made)) & set("AEIOUY01LQBGSZ")


@given(st.data())
def test_a_join_code_is_forgiven_how_it_is_typed(data):
    code = session.new_code()
    gaps = st.sampled_from(["", " ", "-", "\n", "."])
    look = {"8": "B", "6": "G", "5": "S", "2": "Z", "V": "U", "D": "O"}
    typed = "".join(look.get(c, c).lower() + data.draw(gaps) for c in code)
    assert normalise_code(typed) == normalise_code(code) == code


@given(st.text())
def test_whatever_is_typed_gives_a_plain_code(text):
    code = normalise_code(text)
    assert code == normalise_code(code)
    assert code == "" or (code.isascii() and code.isalnum())
