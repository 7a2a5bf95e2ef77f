import json
import re

import pytest
from memory_room import Room

from widgets.content import LANGUAGES, load
from widgets.exercises.base import AnswerError
from widgets.exercises.scenario import Scenario
from widgets.frame import Frame

IDS = {
    "SC1": "influence/rota_gap",
    "SC2": "exchange/promised_day",
    "SC3": "exchange/may_leave",
    "SC4": "steering/remark",
    "SC5": "patterns/all_yourself",
    "SC6": "mirror/hurry",
}
ALL = [load().exercise(id) for id in IDS.values()]
GAP = load().exercise("influence/rota_gap")
assert isinstance(GAP, Scenario)
SCRIPTS = {"_esm", "_css"}
every_scenario = pytest.mark.parametrize("scenario", ALL, ids=lambda one: one.ref)


def told(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, default=str)


@every_scenario
def test_three_roads_a_counted_choice_and_a_private_text(scenario):
    assert scenario.id == IDS[scenario.ref]
    assert len(scenario.choice.options) == 3
    codes = {key: field.privacy for key, field in scenario.fields.items()}
    assert codes == {"choice": "C", "at_work": "A"}
    assert scenario.concepts
    assert len({tuple(road.effects) for road in scenario.choice.options}) == 3


@every_scenario
def test_every_road_has_its_price_or_is_the_only_one_without(scenario):
    free = [
        road.key
        for road in scenario.choice.options
        if min(dict(road.effects).values()) > 0
    ]
    assert len(free) <= 1


@every_scenario
def test_no_road_is_called_right_or_wrong(scenario):
    verdict = re.compile(r"\b(fout|verkeerd|juiste?|goed zo|wrong|correct|well done)\b")
    assert not verdict.search(told(scenario.choice.model_dump()))


@every_scenario
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_of_what_follows_is_anywhere_before_the_choice(scenario, language):
    room = Room()
    frame = Frame.for_(scenario, room, language)
    secret = [road.consequence.in_(language) for road in scenario.choice.options]
    secret += [scenario.after.in_(language), "effects"]
    synced = frame.get_state().items()
    state = told({key: value for key, value in synced if key not in SCRIPTS})
    assert GAP.type in state
    assert not [text for text in secret if text in state]
    taken = scenario.choice.options[0].key
    frame.set_state({"value": {**frame.value, "choice": taken}, "seq": 1})
    assert frame.feedback["taken"]["consequence"] == secret[0]
    assert frame.feedback["text"] == scenario.after.in_(language)
    assert {road["key"] for road in frame.feedback["others"]} == {
        road.key for road in scenario.choice.options[1:]
    }


def test_everybody_gets_an_order_of_their_own_and_keeps_it():
    orders = {tuple(GAP.start("one session")["order"]) for _ in range(60)}
    assert len(orders) == 6
    start = {"order": ["team", "assign", "ask"]}
    answer = GAP.check(start | {"choice": "ask"})
    assert answer == start | {"choice": "ask"}
    assert GAP.check({"choice": "team"}, answer) == start | {"choice": "team"}
    others = GAP.feedback(answer, "nl")["others"]
    assert [road["key"] for road in others] == ["team", "assign"]


def test_the_consequence_and_the_judgement_of_the_road_taken():
    feedback = GAP.feedback({"choice": "assign"}, "en")
    assert feedback["taken"]["label"] == "You assign someone."
    assert feedback["taken"]["consequence"].startswith("The gap is closed")
    assert feedback["taken"]["effects"] == {"now": 1, "other": -1, "later": 0}
    assert feedback["text"].startswith("Directive or subtle")


def test_a_changed_mind_is_saved_and_counted():
    before = GAP.check({"choice": "assign", "at_work": "eerst vragen"})
    after = GAP.check(before | {"choice": "team"}, before)
    assert after["at_work"] == "eerst vragen"
    assert GAP.counted(before) == {"choice": "assign"}
    assert GAP.counted(after) == {"choice": "team"}
    assert GAP.feedback(after, "nl")["taken"]["key"] == "team"


def test_the_choice_completes_it_and_the_text_does_not():
    assert GAP.is_complete(GAP.check({"choice": "ask"}))
    assert not GAP.is_complete(GAP.check({"at_work": "eerst vragen"}))
    assert GAP.feedback({"at_work": "eerst vragen"}, "nl") == {}
    assert not GAP.is_complete({"choice": "ask", "skipped": True})


@pytest.mark.parametrize("order", ["team", 3, {"team": 1}])
def test_an_order_that_is_none_is_refused(order):
    with pytest.raises(AnswerError, match="order: wrong_type"):
        GAP.check({"order": order})


def test_an_order_of_other_roads_is_mended():
    answer = GAP.check({"order": ["team", "gone", "team", {}, "ask"]})
    assert answer == {"order": ["team", "ask", "assign"]}


def test_the_picture_says_how_many_took_each_road():
    cells = {"ask": 4, "team": 3, "assign": 1}
    picture = {"n": 8, "fields": {"choice": {"n": 8, "cells": cells}}}
    (row,) = GAP.result(picture, "nl")["rows"]
    assert [cell["count"] for cell in row["cells"]] == [4, 3, 1]
    assert "meldt iemand zich" not in told(row)


@pytest.mark.parametrize("effect", [2, -2, 0.5, "+1"])
def test_an_effect_is_more_less_or_the_same(effect):
    table = GAP.model_dump()
    table["choice"]["options"][0]["effects"]["now"] = effect
    with pytest.raises(ValueError, match="now"):
        Scenario.model_validate(table)
