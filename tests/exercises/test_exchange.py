"""Predicting an exchange before it runs, and what is kept of turning its knobs."""

import math
import tomllib
from dataclasses import replace

import pytest
from golden_exchange import SENTENCES
from invented_results import result
from pydantic import ValidationError

from widgets.content import DATA, LANGUAGES, load
from widgets.exercises.base import AnswerError
from widgets.exercises.exchange import Exchange
from widgets.simulation import FAIR, PRESETS, RANGES, judge
from widgets.simulation import run as simulated

SIMULATOR = load().exercise("exchange/simulator")
assert isinstance(SIMULATOR, Exchange)
SEEN = {"pred_fair": "follower", "ran": ["fair"]}
TWO = SEEN | {"pred_too_expensive": "leader", "ran": ["fair", "too_expensive"]}
each_language = pytest.mark.parametrize("language", LANGUAGES)


def test_every_preset_of_the_model_is_asked():
    predictions = [key for key in SIMULATOR.asked if key != "explain"]
    assert predictions == [f"pred_{preset}" for preset in PRESETS]


@pytest.mark.parametrize("preset", PRESETS)
def test_a_run_is_told_only_after_its_prediction_and_its_start(preset):
    field = f"pred_{preset}"
    assert SIMULATOR.feedback(SIMULATOR.check({field: "works"}), "nl") == {}
    assert SIMULATOR.feedback(SIMULATOR.check({"ran": [preset]}), "nl") == {}
    seen = SIMULATOR.check({field: "works", "ran": [preset]})
    assert list(SIMULATOR.feedback(seen, "nl")["runs"]) == [preset]


@pytest.mark.parametrize(
    ("preset", "outcome", "first", "cause", "stops"),
    [
        ("fair", "works", None, None, None),
        ("wrong_currency", "follower", "follower", "currency", 20),
        ("empty_promises", "follower", "follower", "promises", 18),
        ("too_expensive", "leader", "leader", "price", 23),
        ("better_elsewhere", "follower", "follower", "elsewhere", 32),
    ],
)
def test_what_came_of_each_preset(preset, outcome, first, cause, stops):
    run = SIMULATOR.feedback({"ran": [preset]}, "en")["runs"][preset]
    told = (run["outcome"], run["first"], run["cause"], run["stops"])
    assert told == (outcome, first, cause, stops)
    assert run["lesson"]


def test_t11_a_run_is_the_same_in_every_language():
    answer = {"ran": list(PRESETS)}
    runs = [SIMULATOR.feedback(answer, language)["runs"] for language in LANGUAGES]
    lessons = [[run.pop("lesson") for run in told.values()] for told in runs]
    assert runs[0] == runs[1]
    assert not set(lessons[0]) & set(lessons[1])


def test_what_was_predicted_before_the_run_stays():
    before = SIMULATOR.check(SEEN)
    changed = SIMULATOR.check({"pred_fair": "works", "ran": []}, before)
    assert changed == before
    other = SIMULATOR.check(SEEN | {"pred_wrong_currency": "leader"}, before)
    assert SIMULATOR.check({"pred_wrong_currency": "works"}, other) == (
        SEEN | {"pred_wrong_currency": "works"}
    )
    assert SIMULATOR.check({"skipped": True}, before) == before | {"skipped": True}


def test_what_ran_stands_once_and_in_order():
    answer = TWO | {"ran": ["too_expensive", "fair", "fair", "empty_promises"]}
    assert SIMULATOR.check(answer) == TWO


def test_only_predictions_are_counted():
    settings = {"fair": {"fit": 0.35, "delay": 3}}
    answer = SIMULATOR.check(TWO | {"settings": settings, "explain": "de leider"})
    assert answer["settings"] == settings
    predicted = {"pred_fair": "follower", "pred_too_expensive": "leader"}
    assert SIMULATOR.counted(answer) == predicted
    assert SIMULATOR.counted(answer | {"skipped": True}) == {}


def test_it_is_done_after_two_runs_and_an_explanation():
    assert not SIMULATOR.is_complete(TWO)
    assert not SIMULATOR.is_complete(SEEN | {"explain": "Niemand."})
    done = TWO | {"explain": "De leider, want het werd te duur."}
    assert SIMULATOR.is_complete(done)
    assert not SIMULATOR.is_complete(done | {"skipped": True})
    assert SIMULATOR.feedback(done, "nl")["text"] == SIMULATOR.after.nl


def test_knobs_are_turned_only_after_a_run():
    settings = {"fair": {"fit": 0.35}, "empty_promises": {"kept": 1}}
    assert SIMULATOR.check(SEEN | {"settings": settings})["settings"] == {
        "fair": {"fit": 0.35}
    }
    put_back = SIMULATOR.check(SEEN | {"settings": {"fair": {}}})
    assert put_back == SEEN


@pytest.mark.parametrize("name", RANGES)
def test_a_knob_goes_no_further_than_the_model(name):
    low, high = RANGES[name]
    for value in (low, high):
        kept = SIMULATOR.check(SEEN | {"settings": {"fair": {name: value}}})
        assert kept["settings"]["fair"] == {name: value}
    for value in (low - 0.01, high + 0.01, math.nan, math.inf, -math.inf):
        with pytest.raises(AnswerError, match="settings: unknown_option"):
            SIMULATOR.check(SEEN | {"settings": {"fair": {name: value}}})


def test_rounds_are_whole():
    kept = SIMULATOR.check(SEEN | {"settings": {"fair": {"delay": 2.6}}})
    assert kept["settings"]["fair"]["delay"] == 3


@pytest.mark.parametrize(
    "change",
    [
        {"ran": "fair"},
        {"ran": ["unfair"]},
        {"ran": [["fair"]]},
        {"settings": []},
        {"settings": {"unfair": {}}},
        {"settings": {"fair": []}},
        {"settings": {"fair": {"trust": 1}}},
        {"settings": {"fair": {"fit": "1"}}},
        {"settings": {"fair": {"fit": True}}},
        {"pred_fair": "both"},
    ],
)
def test_a_broken_answer_is_refused(change):
    with pytest.raises(AnswerError):
        SIMULATOR.check(SEEN | change)


@each_language
def test_the_browser_gets_the_numbers_and_words_but_no_outcome(language):
    public = SIMULATOR.public(language, SEEN)
    for preset in public["presets"]:
        assert preset["parameters"]["fit"] == PRESETS[preset["key"]].fit
        assert preset["field"] in SIMULATOR.asked
    for preset in SIMULATOR.preset:
        assert preset.lesson.in_(language) not in str(public)
    knobs = [knob for panel in public["panels"] for knob in panel["knobs"]]
    assert {knob["key"] for knob in knobs} == set(RANGES)
    fit = next(knob for knob in knobs if knob["key"] == "fit")
    assert (fit["min"], fit["max"], fit["step"], fit["per"]) == (0, 100, 5, 100)
    delay = next(knob for knob in knobs if knob["key"] == "delay")
    assert (delay["min"], delay["max"], delay["step"], delay["per"]) == (1, 10, 1, 1)


@each_language
def test_it_says_that_the_model_proves_nothing(language):
    said = SIMULATOR.public(language, {})["honesty"]
    assert {
        "nl": "volgt dus niet uit het model",
        "en": "does not follow from the model",
    }[language] in said


@each_language
def test_every_verdict_has_a_sentence_that_names_its_rounds_and_its_reason(language):
    public = SIMULATOR.public(language, {})
    for preset in PRESETS.values():
        verdict = judge(preset)
        who = verdict.first or "nobody"
        way = "works" if verdict.stops is None else "stops"
        sentence = public["sentences"][f"{way}_{who}"]
        assert ("{stops}" in sentence) is (way == "stops")
        assert ("{reason}" in sentence) is (verdict.cause is not None)
        if verdict.cause:
            assert public["reasons"][f"{who}_{verdict.cause}"]


@pytest.mark.parametrize(
    ("place", "value", "message"),
    [
        (("preset", 0, "key"), "unfair", "no preset 'unfair'; there are fair, "),
        (("preset", 0, "key"), "too_expensive", "'pred_too_expensive' is taken"),
        (("panel", 0, "knob", 0, "key"), "trust", "no knob 'trust'; there are "),
        (("panel", 0, "knob", 0, "key"), "gain", "two knobs have the same key"),
        (("outcomes", 0, "key"), "both", "no outcome 'both'; there are follower, "),
        (("sentences", "works_follower"), None, "'works_follower' is missing"),
        (("reasons", "leader_price"), None, "'leader_price' is missing"),
        (("enough",), 6, "enough: there are only 5 presets"),
    ],
)
def test_an_author_is_told_what_does_not_fit(place, value, message):
    path = DATA / "modules" / "exchange" / "simulator.toml"
    table = tomllib.loads(path.read_text("utf-8"))
    *way, last = place
    part = table
    for step in way:
        part = part[step]
    if value is None:
        del part[last]
    else:
        part[last] = value
    with pytest.raises(ValidationError, match=message):
        Exchange.model_validate(table | {"id": "exchange/simulator"})


@each_language
def test_the_room_sees_its_predictions_and_then_the_same_run(language):
    rows = result("exchange/simulator", language)["rows"]
    assert [row["key"] for row in rows] == [
        key for one in SIMULATOR.preset for key in (one.field, f"{one.field}_run")
    ]
    for one, predicted, run in zip(
        SIMULATOR.preset, rows[::2], rows[1::2], strict=True
    ):
        rounds = simulated(PRESETS[one.key])
        assert run["run"][-1] == [100 * rounds[-1].follower, 100 * rounds[-1].leader]
        came = SIMULATOR.feedback({"ran": [one.key]}, language)["runs"][one.key]
        right = [cell["key"] for cell in predicted["cells"] if cell["right"]]
        assert right == [came["outcome"]]


@each_language
@pytest.mark.parametrize("golden", SENTENCES, ids=lambda golden: golden["en"])
def test_who_left_first_is_said_as_the_golden_file_says(golden, language):
    parameters = replace(FAIR, **golden["change"])
    assert SIMULATOR.who_left_first(parameters, language) == golden[language]


def test_the_golden_file_has_every_sentence_and_every_reason():
    verdicts = [judge(replace(FAIR, **golden["change"])) for golden in SENTENCES]
    assert {
        f"{'works' if one.stops is None else 'stops'}_{one.first or 'nobody'}"
        for one in verdicts
    } == set(SIMULATOR.sentences)
    assert {f"{one.first}_{one.cause}" for one in verdicts if one.cause} == set(
        SIMULATOR.reasons
    )


def test_the_room_reads_who_left_first_and_why():
    said = {row["key"]: row.get("said") for row in result("exchange/simulator")["rows"]}
    assert said["pred_fair_run"].startswith("De ruil werkt na 40 rondes nog steeds.")
    assert said["pred_wrong_currency_run"] == (
        "De volger haakte als eerste af: wat de leider gaf, was voor de volger te "
        "weinig waard. Vanaf ronde 1 kwam de volger tekort, en vanaf ronde 21 werkt de "
        "ruil niet meer."
    )
