"""What was asked twice: the first answer beside the second, counted as one pair.

The pair is made where the answers are, in the participant's own kernel. It counts under
a token of its own, apart from the other pairs of the same person: no profile can be put
together. On the server it goes into the mean change of the group and nowhere else.
"""

from collections.abc import Mapping
from functools import cached_property
from math import ceil
from typing import Any, Literal

from pydantic import PositiveInt

from .fields import BaseField, Option
from .texts import Language, Text, decimals

CHANGES = (
    Option(key="up", label=Text(nl="omhoog", en="up")),
    Option(key="same", label=Text(nl="gelijk", en="equal")),
    Option(key="down", label=Text(nl="omlaag", en="down")),
)
NUMBERS = ("before", "after", "mean", "low", "high", "g")
POINTS = Text(nl="punt", en="points")


class PairField(BaseField):
    """A pair of whole numbers of steps, such as "9:12"; `size` steps make one point.

    `places` are all numbers of steps that one answer may come to.
    """

    kind: Literal["pair"] = "pair"
    places: tuple[int, ...]
    size: PositiveInt = 1
    unit: Text = POINTS

    @property
    def choices(self) -> tuple[Option, ...]:
        """The ways in which it may go: all that is shown of one pair."""
        return CHANGES

    @property
    def option_keys(self) -> tuple[str, ...]:
        """Every pair that may be counted."""
        return self._pairs

    @cached_property
    def _pairs(self) -> tuple[str, ...]:
        return tuple(pair(old, new) for old in self.places for new in self.places)

    @property
    def counted_fields(self) -> tuple["PairField", ...]:
        """The pair itself, for it says nothing when it is taken apart."""
        return (self,)

    def check(self, value: object) -> str:
        """One of the pairs; raises AnswerError."""
        return self._one_of(self.option_keys, value)

    def shown(self, picture: Mapping[str, Any], language: Language) -> dict[str, Any]:
        """The change of the group with its numbers as people read them."""
        change = picture.get("change")
        if not change:
            return {"change": None}
        known = {key: change[key] for key in NUMBERS if change[key] is not None}
        own = {
            "from": self.places[0] / self.size,
            "to": self.places[-1] / self.size,
            "limit": (limit := self._limit(change)),
            "unit": self.unit.in_(language),
            "has_zero": change["low"] <= 0 <= change["high"],
            "said": {k: decimals(number, 2, language) for k, number in known.items()}
            | {"limit": decimals(limit, 1, language)},
        }
        return {"change": {**change, **own}}

    def _limit(self, change: Mapping[str, Any]) -> float:
        """How far a drawing of the change reaches on both sides of zero.

        At least a quarter of what is possible: a small change has to look small.
        """
        possible = (self.places[-1] - self.places[0]) / self.size
        farthest = max(abs(change["low"]), abs(change["high"]))
        return float(max(possible / 4, ceil(2 * farthest) / 2))


def pair(before: int, now: int) -> str:
    """Two answers as one value that is counted."""
    return f"{before}:{now}"
