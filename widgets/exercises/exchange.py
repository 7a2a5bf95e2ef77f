"""Predict what comes of an exchange, see the model run, and turn its knobs."""

import math
from collections.abc import Collection, Mapping
from dataclasses import asdict
from functools import cached_property
from random import Random
from typing import Any, Literal, Self, TypeVar

from pydantic import PositiveInt, model_validator

from ..simulation import CAUSES, FAIR, PRESETS, RANGES, SEVERAL, Parameters, judge, run
from .base import (
    SKIPPED,
    Answer,
    AnswerError,
    ChoiceField,
    Exercise,
    Field,
    Key,
    Language,
    Model,
    Option,
    Text,
    TextField,
    by_key,
)

RAN, SETTINGS = "ran", "settings"
WORKS = "works"
OUTCOMES = {WORKS, *CAUSES}
SENTENCES = {f"{way}_{who}" for way in (WORKS, "stops") for who in (*CAUSES, "both")}
SENTENCES |= {"works_nobody"}
REASONS = {f"{who}_{cause}" for who in CAUSES for cause in (*CAUSES[who], SEVERAL)}
K = TypeVar("K", list[str], dict[str, Any])
CAUSES_AS_JSON = {
    who: {cause: list(names) for cause, names in causes.items()}
    for who, causes in CAUSES.items()
}
STEP = 5  # of the hundred points that effort counts for on the screen


class Preset(Model):
    """An exchange to predict: what is agreed, and what its run teaches."""

    key: Key
    label: Text
    story: Text
    lesson: Text

    @property
    def field(self) -> str:
        """The key of its prediction."""
        return f"pred_{self.key}"


class Knob(Model):
    """One parameter of the model that a participant may turn."""

    key: Key
    label: Text
    unit: Literal["points", "percent", "rounds"] = "points"

    def public(self, language: Language) -> dict[str, Any]:
        """What the browser needs: whole numbers, of which `per` make 1 in the model."""
        low, high = RANGES[self.key]
        per, step = (1, 1) if self.unit == "rounds" else (100, STEP)
        return {
            "key": self.key,
            "label": self.label.in_(language),
            "unit": self.unit,
            "min": round(low * per),
            "max": round(high * per),
            "step": step,
            "per": per,
        }

    def check(self, value: object) -> float:
        """The value as the model takes it; raises AnswerError."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise AnswerError(SETTINGS, "wrong_type")
        low, high = RANGES[self.key]
        if not math.isfinite(value) or not low <= value <= high:
            raise AnswerError(SETTINGS, "unknown_option")
        return round(value) if self.unit == "rounds" else value


class Panel(Model):
    """Knobs that belong together, under a heading of their own."""

    title: Text
    knob: tuple[Knob, ...]


class Exchange(Exercise):
    """Predict every preset before it runs; what was predicted then stays.

    An answer holds the predictions, `ran` (the presets that ran), `settings` (per
    preset the knobs that were turned, which are never counted) and the explanation.
    """

    preset: tuple[Preset, ...]
    outcomes: tuple[Option, ...]
    explain: TextField
    enough: PositiveInt
    panel: tuple[Panel, ...]
    honesty: Text
    sentences: dict[Key, Text]
    reasons: dict[Key, Text]

    @cached_property
    def _presets(self) -> dict[str, Preset]:
        return {preset.key: preset for preset in self.preset}

    @cached_property
    def _knobs(self) -> dict[str, Knob]:
        return {knob.key: knob for panel in self.panel for knob in panel.knob}

    @cached_property
    def _by_key(self) -> dict[str, Field]:
        predictions = (
            ChoiceField(
                key=one.field, label=one.label, privacy="C", options=self.outcomes
            )
            for one in self.preset
        )
        return by_key((*predictions, self.explain))

    @property
    def asked(self) -> dict[str, Field]:
        """One prediction per preset, and the explanation."""
        return self._by_key

    def public(self, language: Language, answer: Answer) -> dict[str, Any]:
        """What the browser draws, and the numbers of the model that it redraws with."""
        presets = [
            {
                "key": one.key,
                "field": one.field,
                "label": one.label.in_(language),
                "story": one.story.in_(language),
                "parameters": asdict(PRESETS[one.key]),
            }
            for one in self.preset
        ]
        panels = [
            {
                "title": panel.title.in_(language),
                "knobs": [knob.public(language) for knob in panel.knob],
            }
            for panel in self.panel
        ]
        own = {
            "presets": presets,
            "panels": panels,
            "fair": asdict(FAIR),
            "causes": CAUSES_AS_JSON,
            "honesty": self.honesty.in_(language),
            "sentences": _in(language, self.sentences),
            "reasons": _in(language, self.reasons),
        }
        return super().public(language, answer) | own

    def _check(self, answer: Answer, before: Answer) -> Answer:
        ran = set(_known(RAN, answer.pop(RAN, []), list, self._presets))
        turned = _known(SETTINGS, answer.pop(SETTINGS, {}), dict, self._presets)
        # Their run was seen: what was predicted is what was thought before it.
        seen = {one.key: one.field for one in self.preset if one.key in _ran(before)}
        thought = {field: before[field] for field in seen.values()}
        checked = self._check_fields(answer | thought)
        kept = [
            one.key
            for one in self.preset
            if one.key in ran | seen.keys() and one.field in checked
        ]
        knobs = {key: self._check_knobs(own) for key, own in turned.items()}
        settings = {key: knobs[key] for key in kept if knobs.get(key)}
        more = {RAN: kept, SETTINGS: settings}
        return checked | {key: value for key, value in more.items() if value}

    def _check_knobs(self, turned: object) -> dict[str, float]:
        known = _known(SETTINGS, turned, dict, self._knobs)
        return {key: self._knobs[key].check(value) for key, value in known.items()}

    def invent(self, chance: Random) -> Answer:
        """All presets predicted and run, and an explanation."""
        return super().invent(chance) | {RAN: list(self._presets)}

    def is_complete(self, answer: Answer) -> bool:
        """Whether enough presets ran, and the explanation is there."""
        is_explained = self.explain.is_filled(answer.get(self.explain.key))
        has_seen_enough = len(_ran(answer)) >= self.enough
        return not answer.get(SKIPPED) and is_explained and has_seen_enough

    def feedback(self, answer: Answer, language: Language) -> dict[str, Any]:
        """What came of each preset that ran, as rounds that count from 0."""
        runs = {
            one.key: self._came_of(one, language)
            for one in self.preset
            if one.key in _ran(answer)
        }
        found = super().feedback(answer, language)
        return found | ({"runs": runs} if runs else {})

    def result(self, picture: Mapping[str, Any], language: Language) -> dict[str, Any]:
        """What was predicted for each situation, each followed by the run itself."""
        result = super().result(picture, language)
        presets = {one.field: one for one in self.preset}
        rows = []
        for row in result["rows"]:
            preset = presets[row["key"]]
            outcome = self._came_of(preset, language)["outcome"]
            for cell in row["cells"]:
                cell["right"] = cell["key"] == outcome
            rows += [row, row | self._run_of(preset, language)]
        return result | {"rows": rows}

    def _run_of(self, preset: Preset, language: Language) -> dict[str, Any]:
        """The same run as everybody saw: a sentence, and the two felt balances."""
        parameters = PRESETS[preset.key]
        rounds = run(parameters)
        return {
            "key": f"{preset.field}_run",
            "cells": [],
            "said": self.who_left_first(parameters, language),
            "run": [[100 * one.follower, 100 * one.leader] for one in rounds],
        }

    def who_left_first(self, parameters: Parameters, language: Language) -> str:
        """Who left first, and why, in one sentence; run_view.js says the same."""
        verdict = judge(parameters)
        who = verdict.first or "nobody"
        short = [n for n in (verdict.follower, verdict.leader) if n is not None]
        kind = "works" if verdict.stops is None else "stops"
        reason = self.reasons.get(f"{who}_{verdict.cause}")
        return (
            self.sentences[f"{kind}_{who}"]
            .in_(language)
            .format(
                rounds=parameters.rounds,
                round=min(short, default=0) + 1,
                stops=(verdict.stops or 0) + 1,
                reason=reason.in_(language) if reason else "",
            )
        )

    def _came_of(self, preset: Preset, language: Language) -> dict[str, Any]:
        verdict = judge(PRESETS[preset.key])
        return asdict(verdict) | {
            "first": verdict.first,
            "outcome": WORKS if verdict.stops is None else verdict.first,
            "lesson": preset.lesson.in_(language),
        }

    @model_validator(mode="after")
    def _names_are_known(self) -> Self:
        knobs = [knob.key for panel in self.panel for knob in panel.knob]
        _named("preset", [one.key for one in self.preset], PRESETS)
        _named("knob", knobs, RANGES)
        if len(set(knobs)) < len(knobs):
            raise ValueError("two knobs have the same key")
        _all_named("outcome", [option.key for option in self.outcomes], OUTCOMES)
        _all_named("sentence", self.sentences, SENTENCES)
        _all_named("reason", self.reasons, REASONS)
        if self.enough > len(self.preset):
            raise ValueError(f"enough: there are only {len(self.preset)} presets")
        return self


def _ran(answer: Answer) -> list[str]:
    return list(answer.get(RAN, []))


def _in(language: Language, texts: Mapping[str, Text]) -> dict[str, str]:
    return {key: text.in_(language) for key, text in texts.items()}


def _known(field: str, given: object, kind: type[K], known: Collection[str]) -> K:
    """What was given, if it is of this kind and holds known keys only."""
    if not isinstance(given, kind) or not all(isinstance(key, str) for key in given):
        raise AnswerError(field, "wrong_type")
    if not set(given) <= set(known):
        raise AnswerError(field, "unknown_option")
    return given


def _named(what: str, keys: Collection[str], known: Collection[str]) -> None:
    for key in keys:
        if key not in known:
            raise ValueError(f"no {what} {key!r}; there are {', '.join(known)}")


def _all_named(what: str, keys: Collection[str], known: Collection[str]) -> None:
    _named(what, keys, sorted(known))
    missing = sorted(set(known) - set(keys))
    if missing:
        raise ValueError(f"{what} {missing[0]!r} is missing; add it")
