"""A mean with its interval, from the counted answers to what a room reads."""

import pytest
from invented_results import WORKBOOK, result
from pydantic import ValidationError

from widgets import session as rules
from widgets.content import LANGUAGES, words
from widgets.exercises.fields import ChoiceField
from widgets.exercises.means import mean_of
from widgets.reports.figures import figures
from widgets.server.overview import field_rules

TEN = rules.FieldRule(tuple(map(str, range(11))), own_situation=True, mean=True)
MEANS = {
    "plan/one_page": {"sure"},
    "plan/looking_back": {"useful", "safe", "pace"},
}


def mean(values, rule=TEN):
    return rules.picture({"a": rule}, {"a": values})["fields"]["a"]["mean"]


def test_the_mean_of_six_answers():
    # M = 7, SD = √2, t(.975, 5) = 2.5706: 7 ± 1.4841.
    assert mean(["6", "7", "7", "8", "5", "9"]) == {
        "n": 6,
        "mean": 7,
        "low": 5.5,
        "high": 8.5,
    }


def test_the_interval_stays_within_what_can_be_answered():
    told = mean(["10", "10", "10", "9", "3", "10", "10"])
    assert told["high"] == 10
    assert told["low"] < told["mean"] < told["high"]
    assert mean(["0", "0", "0", "1", "7", "0", "0"])["low"] == 0


@pytest.mark.parametrize("values", ["7 7 7 7 2", "7 7 7 7 7 7", "0 9 9 9 9 9"])
def test_no_mean_tells_what_one_of_many_said(values):
    assert mean(values.split()) is None


def test_who_does_not_know_is_not_in_the_mean():
    rule = rules.FieldRule(("1", "2", "3", "dont_know"), mean=True)
    assert mean(["1", "1", "2", "3", "3", *9 * ["dont_know"]], rule)["n"] == 5
    assert mean(["1", "1", "3", "3", *9 * ["dont_know"]], rule) is None


def test_four_answers_have_no_mean():
    assert rules.picture({"a": TEN}, {"a": ["6", "7", "7", "8"]}) is None


def test_two_more_answers_do_not_move_a_shown_mean():
    six = ["6", "7", "7", "8", "5", "9"]
    old = rules.picture({"a": TEN}, {"a": six})
    new = rules.picture({"a": TEN}, {"a": [*six, "0", "0"]}, before=old)
    assert new["fields"]["a"]["mean"] == old["fields"]["a"]["mean"]


def test_these_fields_have_one():
    found = {
        id: {key for key, rule in field_rules(one).items() if rule.mean}
        for id, one in WORKBOOK.exercises.items()
    }
    assert {id: keys for id, keys in found.items() if keys} == MEANS


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("id", MEANS)
def test_a_room_reads_it_beside_the_columns(id, language):
    shown = result(id, language)
    assert all("mean" in row for row in shown["rows"])
    point = "," if language == "nl" else "."
    for figure in figures("", shown, language):
        for row in figure.rows:
            said = f"{row.mean['mean']:.1f}".replace(".", point)
            assert any(said in remark for remark in figure.remarks)
        assert all(remark in figure.alt for remark in figure.remarks)


def test_it_is_said_as_people_read_it():
    told = mean_of({"mean": {"n": 6, "mean": 7.0, "low": 5.5, "high": 8.5}}, "nl")
    said = words("nl")["result"]["mean_told"].format_map(told["mean"]["said"])
    assert said.startswith("Gemiddeld 7,0 (95%-interval van 5,5 tot 8,5).")
    assert mean_of({"mean": None}, "nl") == mean_of({}, "nl") == {}


def test_a_field_without_numbers_has_no_mean():
    yes = {"key": "yes", "label": {"nl": "ja", "en": "yes"}}
    with pytest.raises(ValidationError, match="a mean is of numbers"):
        ChoiceField(key="a", privacy="C", options=[yes], mean=True)
