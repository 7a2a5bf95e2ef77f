"""The exchange model in the browser does and says what the one in Python does."""

from dataclasses import asdict, replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from golden_exchange import CLOSE, GOLDEN, SENTENCES, any_exchange
from playwright.sync_api import Browser

from widgets.content import LANGUAGES, load
from widgets.esm import bundle
from widgets.simulation import CAUSES, FAIR, PRESETS, Parameters, judge, run

pytestmark = pytest.mark.e2e

WIDGETS = Path(__file__).parents[2] / "widgets"
MANY = 300
ASK = """async ([script, asked, causes, fair]) => {
  const file = new Blob([script], { type: "text/javascript" });
  const model = await import(URL.createObjectURL(file));
  return asked.map((one) => [
    model.runExchange(one),
    model.judgeExchange(one, causes, fair),
  ]);
}"""
SAY = """async ([script, exercise, told]) => {
  const file = new Blob([script], { type: "text/javascript" });
  const { whoLeftFirst } = await import(URL.createObjectURL(file));
  return told.map(([verdict, rounds]) => whoLeftFirst(verdict, exercise, rounds));
}"""


def in_the_browser(browser: Browser, asked: list[Parameters]) -> list[Any]:
    """Per exchange its rounds and its verdict."""
    page = browser.new_page()
    causes = {
        who: {cause: list(names) for cause, names in told.items()}
        for who, told in CAUSES.items()
    }
    script = bundle(WIDGETS / "simulation.js")
    given = [script, [asdict(one) for one in asked], causes, asdict(FAIR)]
    return list(page.evaluate(ASK, given))


def verdict_of(parameters: Parameters) -> dict[str, Any]:
    verdict = judge(parameters)
    return asdict(verdict) | {"first": verdict.first}


def test_t10_a_preset_ends_as_the_golden_file_says(chrome: Browser) -> None:
    results = in_the_browser(chrome, list(PRESETS.values()))
    for preset, (rounds, verdict) in zip(PRESETS, results, strict=True):
        golden = GOLDEN[preset]
        ends = {name: rounds[-1][name] for name in golden["final"]}
        assert ends == pytest.approx(golden["final"], abs=CLOSE)
        total = sum(one["effort"] for one in rounds)
        assert total == pytest.approx(golden["total_effort"], abs=CLOSE)
        assert verdict["first"] == judge(PRESETS[preset]).first
        assert {name: golden[name] for name in verdict if name != "first"} == {
            name: value for name, value in verdict.items() if name != "first"
        }


def test_any_exchange_goes_the_same_way(chrome: Browser) -> None:
    chance = Random(10)
    asked = [any_exchange(chance) for _ in range(MANY)]
    asked += [
        any_exchange(chance, promised=0, shock_round=5, shock_elsewhere=0.5)
        for _ in range(MANY)
    ]
    results = in_the_browser(chrome, asked)
    for parameters, (rounds, verdict) in zip(asked, results, strict=True):
        assert rounds == [asdict(one) for one in run(parameters)]
        assert verdict == verdict_of(parameters)


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_left_first_is_said_as_the_golden_file_says(
    chrome: Browser, language: str
) -> None:
    exchanges = [replace(FAIR, **golden["change"]) for golden in SENTENCES]
    told = [[verdict_of(one), one.rounds] for one in exchanges]
    exercise = load().exercise("exchange/simulator").public(language, {})
    script = bundle(WIDGETS / "run_view.js")
    said = chrome.new_page().evaluate(SAY, [script, exercise, told])
    assert said == [golden[language] for golden in SENTENCES]
