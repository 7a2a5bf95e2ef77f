"""A second vote after discussion: the same people, the same question, both pictures.

The first picture stays, and the second stands beside it. Only who was counted before
is counted again: somebody who came later would stand out between the two pictures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from . import session as rules
from .state import State

if TYPE_CHECKING:
    from .exercises.base import Exercise, Language


class NotTheSame(Exception):
    """One or two people fewer than before: a comparison would show their answers."""


def fits(exercise: Exercise) -> bool:
    """Tell whether one can vote again: one opinion, and no answer explained yet."""
    fields = list(exercise.countable.values())
    is_one = exercise.type == "single_choice" and len(fields) == 1
    return is_one and not fields[0].own_situation and not exercise.always_open


def is_ready(exercise: Exercise, state: State) -> bool:
    """Tell whether the second vote can begin: the first picture was shown."""
    return fits(exercise) and state.picture is not None and not began(state)


def began(state: State) -> bool:
    """Tell whether a second vote is under way or over."""
    return "first" in (state.picture or {})


def is_pending(state: State) -> bool:
    """Tell whether the second picture is still to come."""
    return began(state) and (state.picture or {})["first"] is None


def begin(state: State) -> State:
    """Open the question again; what was shown first stays in the picture."""
    picture = {**(state.picture or {}), "first": None}
    return replace(rules.open(state), picture=picture)


def show(
    state: State,
    fields: Mapping[str, rules.FieldRule],
    values: Mapping[str, Sequence[str]],
) -> State:
    """Close, and show both pictures; raises NotEnough or NotTheSame."""
    before = dict(state.picture or {})
    if not is_pending(state):
        return replace(rules.close(state), is_shown=True)
    fresh = rules.picture(fields, values)
    if fresh is None:
        raise rules.NotEnough(max(map(len, values.values()), default=0))
    if 0 < abs(fresh["n"] - before["n"]) < rules.RERELEASE:
        raise NotTheSame
    first = {"n": before["n"], "fields": before["fields"]}
    picture = {**fresh, "first": first}
    return replace(
        rules.close(state), is_shown=True, picture=picture, pictured=fresh["n"]
    )


def cancelled(state: State) -> State:
    """Go back to the first picture: the second vote cannot be shown."""
    picture = {**(state.picture or {})}
    picture.pop("first", None)
    return replace(rules.close(state), is_shown=True, picture=picture)


def result(
    exercise: Exercise, picture: Mapping[str, Any], language: Language
) -> dict[str, Any]:
    """Return a picture with its words; after a second vote the two stand together."""
    drawn = exercise.result(picture, language)
    if not picture.get("first"):
        return drawn
    return both(exercise.result(picture["first"], language), drawn, language)


def both(
    first: dict[str, Any], second: dict[str, Any], language: Language
) -> dict[str, Any]:
    """Two results of one choice as one: for every option two bars."""
    if not first["rows"] or not second["rows"]:
        return second
    from .content import words

    say = words(language)["result"]
    then, now = first["rows"][0], second["rows"][0]
    if then["almost_all_same"] or now["almost_all_same"]:
        return second | {"rows": [then, now]}
    rows = [
        {
            "key": old["key"],
            "label": old["label"],
            "n": now["n"],
            "cells": [
                old | {"key": "first", "label": say["first_vote"]},
                new | {"key": "second", "label": say["second_vote"]},
            ],
            # The two are of different wholes: what is hidden is not their rest.
            "apart": True,
            "almost_all_same": False,
        }
        for old, new in zip(then["cells"], now["cells"], strict=True)
    ]
    return second | {"rows": [now | {"cells": [], "rows": rows}]}
