"""Rules of a live session: what is open, and what a group may see of itself.

Pure functions, without a screen and without a database.
"""

import secrets
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from .state import State
from .stats import MINIMUM, mean_interval, paired_change

__all__ = [
    "MINIMUM",
    "RERELEASE",
    "SMALL_CELL",
    "SMALL_ROOM",
    "FieldRule",
    "NotEnough",
    "PairRule",
    "State",
    "close",
    "hide",
    "new_code",
    "new_count",
    "normalise_code",
    "open",
    "picture",
    "show",
    "shown_count",
    "wall",
]

RERELEASE = 3
SMALL_CELL = 3
SMALL_ROOM = 10  # fewer cannot be divided in two that may each be shown

# No vowels, so no words; of characters that look alike only one is in use.
CODE_ALPHABET = "CDFHJKMNPRTVWX23456789"
CODE_LENGTH = 6
_LOOK_ALIKES = str.maketrans("BGSZUOQ0", "8652VDDD")

Cells = dict[str, int | None]


class NotEnough(Exception):
    """Fewer than five people answered, so nothing may be shown."""

    def __init__(self, n: int) -> None:
        """Keep `n` for the caller; the message does not tell it."""
        super().__init__(f"fewer than {MINIMUM} answers")
        self.n = n


@dataclass(frozen=True)
class FieldRule:
    """The options of a counted field; small cells of one's own situation are hidden."""

    options: tuple[str, ...]
    own_situation: bool = False
    mean: bool = False  # of the options that are numbers


@dataclass(frozen=True)
class PairRule(FieldRule):
    """A field of pairs such as "9:12"; only how the group changed is ever shown."""

    own_situation: bool = True
    size: int = 1  # so many steps make one point


WAYS = FieldRule(("up", "same", "down"), own_situation=True)


def open(state: State) -> State:
    """Let people answer; a group result would steer them, so it goes away."""
    return replace(state, is_open=True, was_opened=True, is_shown=False)


def close(state: State) -> State:
    """Stop counting answers."""
    return replace(state, is_open=False)


def hide(state: State) -> State:
    """Take the group result away; it stays frozen."""
    return replace(state, is_shown=False)


def show(
    state: State,
    fields: Mapping[str, FieldRule],
    values: Mapping[str, Sequence[str]],
    present: int | None = None,
) -> State:
    """Close, freeze and show the group result; raises `NotEnough`.

    A change is told beside how many people are `present`.
    """
    fresh = picture(fields, values, before=state.picture, present=present)
    if fresh is None:
        raise NotEnough(max(map(len, values.values()), default=0))
    closed = close(state)
    return replace(closed, is_shown=True, picture=fresh, pictured=fresh["n"])


def picture(
    fields: Mapping[str, FieldRule],
    values: Mapping[str, Sequence[str]],
    *,
    before: Mapping[str, Any] | None = None,
    present: int | None = None,
) -> dict[str, Any] | None:
    """Count what may be shown: `{"n", "fields": {key: {"n", "cells", …}}}` or `None`.

    A field keeps its picture of `before` until three more people answered it.
    """
    old = before["fields"] if before else {}
    drawn = {
        key: _pairs(rule, values.get(key, ()), old.get(key), present)
        if isinstance(rule, PairRule)
        else _field(rule, values.get(key, ()), old.get(key))
        for key, rule in fields.items()
    }
    n = max((field["n"] or 0 for field in drawn.values()), default=0)
    return {"n": n, "fields": drawn} if n else None


def new_count(
    state: State,
    fields: Mapping[str, FieldRule],
    values: Mapping[str, Sequence[str]],
) -> int:
    """Say how many answers would come in by showing again: 0 below three."""
    old = state.picture["fields"] if state.picture else {}
    counted = (
        sum(_count(rule, values.get(key, ())).values())
        - ((old.get(key) or {}).get("n") or 0)
        for key, rule in fields.items()
    )
    most = max(counted, default=0)
    return most if most >= (RERELEASE if old else MINIMUM) else 0


def shown_count(n: int) -> str:
    """Say how many answered, as far as may be told."""
    return str(n) if n >= MINIMUM else f"<{MINIMUM}"


def wall(texts: Sequence[str]) -> list[str]:
    """Shuffle approved texts for the wall; none below five."""
    if len(texts) < MINIMUM:
        return []
    return secrets.SystemRandom().sample(list(texts), len(texts))


def new_code(length: int = CODE_LENGTH) -> str:
    """Make a code by chance, of characters that nobody misreads."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(length))


def normalise_code(text: str) -> str:
    """Read a join code as a person types it."""
    wide = unicodedata.normalize("NFKC", text[:100]).upper()
    plain = "".join(c for c in wide if c.isascii() and c.isalnum())
    return plain.translate(_LOOK_ALIKES)


def _count(rule: FieldRule, given: Sequence[str]) -> dict[str, int]:
    tally = Counter(given)
    return {option: tally[option] for option in rule.options}


def _field(
    rule: FieldRule, given: Sequence[str], before: dict[str, Any] | None
) -> dict[str, Any]:
    counts = _count(rule, given)
    n = sum(counts.values())
    old = before if before and before["n"] else None
    if old and n < old["n"] + RERELEASE:
        return old
    if n < MINIMUM:
        return {"n": None, "cells": None, "almost_all_same": False}
    same = rule.own_situation and max(counts.values()) >= n - 1
    hidden = set(counts) if same else _hidden(counts) if rule.own_situation else set()
    if old:
        # Two pictures side by side must not uncover what each of them hides.
        was = {key for key in counts if old["cells"].get(key) is None}
        if rule.own_situation and not hidden <= was:
            return old
        hidden = was
    cells: Cells = {key: None if key in hidden else c for key, c in counts.items()}
    drawn = {"n": n, "cells": cells, "almost_all_same": same}
    return drawn | {"mean": _mean(counts)} if rule.mean else drawn


def _mean(counts: Mapping[str, int]) -> dict[str, Any] | None:
    """Compute the mean of what are numbers, and its interval within their range.

    Nothing where all but one say the same: the mean would tell what that one said.
    One decimal: more would tell single answers, and nothing of the group.
    """
    numbers = {int(key): count for key, count in counts.items() if key.isdecimal()}
    given = [number for number, count in numbers.items() for _ in range(count)]
    found = mean_interval(given)
    if found is None or max(numbers.values()) >= len(given) - 1:
        return None
    low, high = max(found.low, min(numbers)), min(found.high, max(numbers))
    told = {"mean": found.mean, "low": low, "high": high}
    return {"n": found.n, **{key: round(one, 1) for key, one in told.items()}}


def _pairs(
    rule: PairRule,
    given: Sequence[str],
    before: dict[str, Any] | None,
    present: int | None,
) -> dict[str, Any]:
    """Draw how a group changed: which way so many people went, and the mean change.

    The pairs themselves end here. Cells of one or two people are hidden as in any
    field on one's own situation.
    """
    pairs = [_steps(value) for value in given if value in rule.options]
    drawn = _field(WAYS, [_way(old, new) for old, new in pairs], before)
    if drawn is before or drawn["n"] is None:
        return drawn
    return drawn | {"change": _change(pairs, rule.size, present)}


def _change(
    pairs: Sequence[tuple[int, int]], size: int, present: int | None
) -> dict[str, Any] | None:
    """Compute what may be shown; nothing where a mean would give everybody away."""
    columns = (*zip(*pairs, strict=True), [new - old for old, new in pairs])
    most = max(max(Counter(column).values()) for column in columns)
    found = paired_change(pairs, size)
    if found is None or most >= len(pairs) - 1:
        return None
    # Two decimals: more would tell steps of single people, and nothing of the group.
    shown = ("before", "after", "mean", "low", "high", "g")
    numbers = {key: getattr(found, key) for key in shown}
    rounded = {k: None if v is None else round(v, 2) for k, v in numbers.items()}
    return {"n": found.n, "present": present, **rounded}


def _steps(value: str) -> tuple[int, int]:
    old, _, new = value.partition(":")
    return int(old), int(new)


def _way(old: int, new: int) -> str:
    return "up" if new > old else "down" if new < old else "same"


def _hidden(counts: Mapping[str, int]) -> set[str]:
    """Choose the cells to hide so that no hidden cell follows from the others.

    Cells are hidden from small to large, and equal cells together: which of two equal
    cells is hidden would itself be a clue.
    """
    for limit in sorted({SMALL_CELL - 1, *counts.values()}):
        hidden = {key for key, count in counts.items() if count <= limit}
        if limit >= SMALL_CELL - 1 and not _follows([counts[key] for key in hidden]):
            return hidden
    return set(counts)


def _follows(hidden: Sequence[int]) -> bool:
    """Tell whether the sum of the hidden cells gives one of them away."""
    most = SMALL_CELL - 1
    all_small = all(count <= most for count in hidden)
    extremes = (0, most * len(hidden))
    return len(hidden) == 1 or (
        len(hidden) > 1 and all_small and sum(hidden) in extremes
    )
