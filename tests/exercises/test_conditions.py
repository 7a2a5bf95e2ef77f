import pytest

from widgets.exercises.base import (
    ChoiceField,
    MultiField,
    NumberField,
    Option,
    Text,
    TextField,
    by_key,
)
from widgets.exercises.conditions import Condition

OPTIONS = tuple(
    Option(key=key, label=Text(nl=key, en=key)) for key in ("rank", "rules", "skill")
)
FIELDS = by_key(
    (
        TextField(key="why", privacy="A"),
        ChoiceField(key="one", privacy="A", options=OPTIONS),
        MultiField(key="many", privacy="A", options=OPTIONS),
        NumberField(key="mine", privacy="A", max=100),
    )
)


@pytest.mark.parametrize(
    ("condition", "holds", "fails"),
    [
        ({"when": {"one": ["rank"]}}, {"one": "rank"}, {"one": "skill"}),
        ({"when": {"one": ["rank"]}}, {"one": "rank"}, {}),
        (
            {"when": {"many": ["rank", "rules"]}, "without": {"many": ["skill"]}},
            {"many": ["rules"]},
            {"many": ["rules", "skill"]},
        ),
        (
            {"when": {"many": ["rank", "rules"]}, "also": {"many": ["skill"]}},
            {"many": ["rank", "skill"]},
            {"many": ["rank", "rules"]},
        ),
        ({"below": {"mine": 40}}, {"mine": 39}, {"mine": 40}),
        ({"below": {"mine": 40}}, {"mine": 0}, {}),
        ({"above": {"mine": 80}}, {"mine": 81}, {"mine": 80}),
        ({"above": {"mine": 0}}, {"mine": 1}, {}),
        ({"filled": ["one"], "empty": ["why"]}, {"one": "rank"}, {}),
        (
            {"filled": ["one"], "empty": ["why"]},
            {"one": "rank", "why": " "},
            {"one": "rank", "why": "omdat"},
        ),
        ({"brief": {"why": 3}}, {"why": "omdat het"}, {"why": "omdat het moet"}),
        ({"brief": {"why": 3}}, {}, {"why": " omdat  het\nmoet "}),
        (
            {"when": {"one": ["rank"]}, "above": {"mine": 9}},
            {"one": "rank", "mine": 10},
            {"one": "skill", "mine": 10},
        ),
    ],
)
def test_all_of_it_must_hold(condition, holds, fails):
    found = Condition.model_validate(condition)
    assert found.holds(holds, FIELDS)
    assert not found.holds(fails, FIELDS)


@pytest.mark.parametrize(
    ("condition", "problem"),
    [
        ({"when": {"on": ["rank"]}}, "no field 'on'; there are why, one, many, mine"),
        ({"empty": ["whi"]}, "no field 'whi'; there are why, one, many, mine"),
        ({"without": {"many": ["rang"]}}, "many has no option 'rang'"),
        ({"above": {"why": 3}}, "why is no number"),
        ({"brief": {"mine": 3}}, "mine is no text"),
    ],
)
def test_a_name_that_is_unknown_is_told(condition, problem):
    assert list(Condition.model_validate(condition).problems(FIELDS)) == [problem]
    known = Condition.model_validate({"when": {"one": ["rank"]}, "below": {"mine": 2}})
    assert list(known.problems(FIELDS)) == []
