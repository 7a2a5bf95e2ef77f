import pytest

from widgets import session
from widgets.exercises.base import (
    AnswerError,
    ChoiceField,
    LinesField,
    MultiField,
    Option,
    PickField,
    Text,
    Top3Field,
)
from widgets.exercises.form import Form

WORDS = ("pay", "praise", "support", "freedom")
OPTIONS = tuple(Option(key=key, label=Text(nl=key, en=key)) for key in WORDS)
GIVE = MultiField(key="give", privacy="C", own_situation=True, options=OPTIONS, max=3)
GUESS = Top3Field(key="guess", privacy="C", options=OPTIONS)
BEST = PickField(key="best", privacy="A", of="give")
LINES = LinesField(key="l", privacy="A", max_lines=3, max_length=10)


def exercise(*fields) -> Form:
    said = Text(nl="x", en="x")
    return Form(
        id="a/b",
        type="form",
        ref="E",
        title=said,
        prompt=said,
        concepts=(),
        evidence=said,
        field=fields,
    )


@pytest.mark.parametrize(
    ("field", "value", "code", "limit"),
    [
        (GIVE, list(WORDS), "too_many", 3),
        (GIVE, ["gold"], "unknown_option", None),
        (GIVE, "pay", "wrong_type", None),
        (GIVE, [["pay"]], "wrong_type", None),
        (GUESS, list(WORDS), "too_many", 3),
        (GUESS, [1], "wrong_type", None),
        (LINES, ["a", "b", "c", "d"], "too_many_lines", 3),
        (LINES, ["x" * 11], "too_long", 10),
        (LINES, "a", "wrong_type", None),
        (LINES, [None], "wrong_type", None),
    ],
)
def test_what_does_not_fit_is_refused_with_a_code(field, value, code, limit):
    with pytest.raises(AnswerError) as caught:
        field.check(value)
    assert (caught.value.code, caught.value.limit) == (code, limit)


def test_a_choice_of_several_has_no_order_and_a_ranking_has():
    chosen = ["support", "pay", "support"]
    assert GIVE.check(chosen) == ["pay", "support"]
    assert GUESS.check(chosen) == ["support", "pay"]
    assert GUESS.in_words(["support", "pay"], "nl") == "1. support, 2. pay"


def test_nothing_chosen_is_no_answer_yet():
    assert not GIVE.is_filled(GIVE.check([]))
    assert not LINES.is_filled(LINES.check([" ", ""]))
    assert exercise(GIVE).counted({"give": []}) == {}


def test_one_is_picked_from_what_was_chosen():
    form = exercise(GIVE, BEST)
    answer = {"give": ["pay", "praise"], "best": "praise"}
    assert form.check(answer) == answer
    assert form.in_words(answer, "best", "nl") == "praise"
    assert form.is_complete(answer)
    gone = form.check(answer | {"give": ["pay"]})
    assert gone == {"give": ["pay"]}
    assert form.check({"best": "praise"}) == {}
    with pytest.raises(AnswerError, match="best: unknown_option"):
        form.check(answer | {"best": "gold"})


def test_the_browser_gets_the_options_to_pick_from():
    public = exercise(GIVE, BEST).public("nl", {})["fields"]
    assert public[1]["of"] == "give"
    assert public[1]["options"] == public[0]["options"]


def test_on_paper_the_options_to_pick_from_are_not_repeated():
    give, best = exercise(GIVE, BEST).on_paper({}, "nl")
    assert (give.options, best.options) == (WORDS, ())


@pytest.mark.parametrize(
    ("of", "message"),
    [("giv", "no field 'giv'; there are give, l, best"), ("l", "l takes no several")],
)
def test_picking_from_nothing_is_refused(of, message):
    with pytest.raises(ValueError, match=message):
        exercise(GIVE, LINES, BEST.model_copy(update={"of": of}))


def test_empty_lines_are_none_and_the_others_are_cleaned():
    assert LINES.check([" een ", "", "\t", "twee\x00", "dr\nie"]) == [
        "een",
        "twee",
        "dr ie",
    ]
    assert LINES.in_words(["een", "twee"], "nl") == "een\ntwee"


def test_every_option_counts_apart_as_yes_or_no():
    assert exercise(GIVE).counted({"give": ["pay", "support"]}) == {
        "give_pay": "yes",
        "give_praise": "no",
        "give_support": "yes",
        "give_freedom": "no",
    }
    assert all(one.own_situation for one in exercise(GIVE).countable.values())
    assert all(one.privacy == "C" for one in exercise(GIVE).countable.values())


def test_the_order_of_a_ranking_is_never_counted():
    counted = exercise(GUESS).counted
    assert counted({"guess": ["pay", "praise"]}) == counted(
        {"guess": ["praise", "pay"]}
    )


def test_a_key_that_an_option_takes_is_refused():
    taken = ChoiceField(key="give_pay", privacy="C", options=OPTIONS)
    with pytest.raises(ValueError, match="'give_pay' is taken"):
        exercise(GIVE, taken)


def group(*answers: list[str], field=GIVE) -> dict:
    form = exercise(field)
    values: dict[str, list[str]] = {}
    for answer in answers:
        for key, value in form.counted({field.key: answer}).items():
            values.setdefault(key, []).append(value)
    rules = {
        key: session.FieldRule(one.option_keys, one.own_situation)
        for key, one in form.countable.items()
    }
    picture = session.picture(rules, values)
    return form.result(picture, "nl") if picture else {}


def test_the_options_are_one_row_again_the_most_chosen_first():
    (row,) = group(*[["praise", "pay"]] * 4, *[["praise"]] * 4, field=GUESS)["rows"]
    found = [(cell["key"], cell["count"], cell["share"]) for cell in row["cells"]]
    assert found[:2] == [("praise", 8, 1.0), ("pay", 4, 0.5)]
    assert (row["key"], row["n"], row["some_hidden"]) == ("guess", 8, False)


def test_small_and_unanimous_options_of_ones_own_situation_stay_away():
    answers = [["pay", "praise"]] * 4 + [["pay", "support"]] * 2 + [["pay"]] * 4
    (row,) = group(*answers)["rows"]
    assert [(cell["key"], cell["count"]) for cell in row["cells"]] == [("praise", 4)]
    assert row["some_hidden"]


def test_a_row_may_keep_only_the_most_chosen():
    field = GUESS.model_copy(update={"top": 1})
    (row,) = group(*[["praise", "pay"]] * 4, ["praise"], field=field)["rows"]
    assert [cell["key"] for cell in row["cells"]] == ["praise"]


def test_four_answers_are_no_row():
    assert group(*[["praise"]] * 4, field=GUESS) == {}
